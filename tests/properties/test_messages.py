"""Laws of what readers are sent: valid for Telegram's own parser, within its limits, nothing lost."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages.article import compose_article
from bot.messages.digest import BY_PAPER, BY_PLACE, compose_digest, compose_page
from bot.texts.markup import clean, shown, units
from store.models import Article, Digest, Part
from tests.bot.builders import BOT
from tests.bot.messages.strategies import articles, digests
from tests.botapi import tdlib

SOME: Any = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def check(part: Part) -> list[tuple[str, int, int, str, str]]:
    """The part is what Telegram takes; its entities."""
    parsed = tdlib.parse(part.html)
    assert not isinstance(parsed, str), parsed
    text, entities = parsed
    assert tdlib.complaints(part.html, parsed) == []
    assert 0 < units(text) <= 4096 and len(text) <= 4096
    found = tdlib.execute("getTextEntities", text=text).get("entities", [])
    assert len(entities) + len(found) <= 100
    assert sum(len(url.encode()) + 24 for _, _, _, url, _ in entities) <= 9500
    assert len(part.html.encode()) <= 32_768
    for row in part.buttons:
        assert 1 <= len(row) <= 8
        for button in row:
            assert len(button.data.encode()) <= 64 and len(button.copy) <= 256
            assert sum(map(bool, (button.data, button.url, button.copy))) == 1 and button.text.strip()
    return entities


@SOME
@given(
    digests(),
    st.sampled_from(["titles", "summaries", "detailed"]),
    st.sampled_from(["zh", "en"]),
    st.sampled_from(["o", BY_PAPER, BY_PLACE]),
)
def test_every_part_of_a_digest_is_valid_and_every_item_stands_in_one(
    digest: Digest, length: Any, language: str, view: str
) -> None:
    """Each item's headline link stands in exactly one part, in a whole block; parts are numbered."""
    parts = compose_digest(digest, language=language, length=length, bot_username=BOT, view=view)
    opened = [url for part in parts for kind, _, _, url, _ in check(part) if kind == "text_link"]
    for item in digest.items:
        assert opened.count(f"https://t.me/{BOT}?start=a{item.article.id}") >= 1
    for number, part in enumerate(parts, start=1):
        first = part.html.split("\n", 1)[0]
        assert len(parts) == 1 or f"{number}/{len(parts)}" in first
        assert bool(part.buttons) == (number == len(parts))
    for page in range(len(parts)):
        check(compose_page(digest, language=language, length=length, bot_username=BOT, view=view, page=page))


@SOME
@given(articles(), st.sampled_from(["zh", "en"]))
def test_the_pages_of_an_article_are_valid_and_lose_nothing(article: Article, language: str) -> None:
    """All paragraphs are there in order once the pages are read one after the other."""
    first = compose_article(article, language=language)
    pages = [compose_article(article, language=language, page=number) for number in range(first.pages)]
    text = ""
    for page in pages:
        check(page.part)
        text += shown(page.part.html)
    flat = "".join(text.split())
    at = 0
    for paragraph in article.body:
        for piece in clean(paragraph).split():
            for some in (piece[:40], piece[-40:]):
                assert some in flat[at:] or len(piece) > 1000
        at = 0
    assert all(page.pages == first.pages for page in pages)


@SOME
@given(articles())
def test_an_article_beyond_its_last_page_is_its_last_page(article: Article) -> None:
    """A page number is user input."""
    assert (
        compose_article(article, language="zh", page=999).page
        == compose_article(article, language="zh").pages - 1
    )
