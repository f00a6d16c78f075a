"""Laws of the page parser: nothing raises, nothing of a page is lost, every line is accounted for."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from store.models import PageText, ParsedPage
from store.pages import parse_page
from tests.pagemaker.layout import STYLES, lay_out
from tests.pagemaker.stories import make_stories

MARKS = set("#>*_■◆●▲□◇○△▶►★☆◎※✦❖➤【】[]：:")
"""Marks of the layout, which are no text: a heading's hashes, a subhead's square."""

WORDS = [
    "山货大集",
    "开张",
    "本报讯（记者 谭知远）",
    "（",
    "）",
    "“",
    "”",
    "，",
    "。",
    "、",
    "记者",
    " 摄",
    "凌霄",
    "公告",
    "声明作废",
    "■ ",
    "### ",
    "——",
    "　　",
    "第3版",
    "图为",
    "下转第二版",
    "12",
    "AED",
    "的",
    "飞檐镇",
    "责编",
    "\u200b",
    "\u202e",
    "\x07",
    "\ud83d",
    "\ufffd",
    "特此公告。",
    "\t",
]
lines_of_words = st.lists(st.sampled_from(WORDS), max_size=14).map("".join)
any_lines = st.text(max_size=60).filter(lambda t: "\n" not in t)
pages = st.lists(st.one_of(lines_of_words, any_lines, st.just("")), max_size=40)


def printed(page: ParsedPage) -> Counter[str]:
    """All characters of all parts."""
    parts = [piece.text for piece in page.set_aside]
    for a in page.articles:
        parts += [a.kicker, a.title, a.subtitle, a.byline.raw, *a.body, *(text for text, _ in a.subheads)]
    return Counter("".join(parts))


def check_nothing_lost(lines: tuple[str, ...], page: ParsedPage) -> None:
    """Every visible character of the page is in a part, and every line is in an article or put aside."""
    have = printed(page)
    for char, count in Counter("".join(lines)).items():
        if char.isprintable() and not char.isspace() and char not in MARKS:
            assert have[char] >= count, (char, count, have[char])
    covered = {n for a in page.articles for first, last in a.lines for n in range(first, last + 1)}
    covered |= {n for piece in page.set_aside for n in range(piece.first_line, piece.last_line + 1)}
    for number, line in enumerate(lines, 1):
        if any(c.isprintable() and not c.isspace() for c in line):
            assert number in covered


@settings(max_examples=120, deadline=None)
@given(pages, st.booleans())
def test_nothing_of_any_page_is_lost(lines: list[str], whole: bool):
    """Whatever the lines hold, each visible character and each line is accounted for, and nothing raises."""
    page = parse_page(PageText(tuple(lines), whole=whole), explain=True)
    check_nothing_lost(tuple(lines), page)
    assert all(0 <= a.confidence <= 1 and 0 <= a.legibility <= 1 for a in page.articles)
    assert all(0 <= i <= len(a.body) for a in page.articles for _, i in a.subheads)
    assert all(a.photo_of is None or page.articles[a.photo_of].kind == "article" for a in page.articles)


@settings(max_examples=24, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(sorted(STYLES)), st.sampled_from([1, 2, 4, 7, 11]))
def test_nothing_of_a_made_page_is_lost(seed: int, style: str, articles: int):
    """Pages laid out with all kinds of damage lose nothing either."""
    rng = random.Random(seed)
    stories = make_stories(rng, articles=articles, photos=rng.randint(0, 2), notices=rng.randint(0, 3))
    lines = tuple(lay_out(stories, rng, STYLES[style])[0].split("\n"))
    check_nothing_lost(lines, parse_page(PageText(lines), explain=True))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_parsing_is_pure(seed: int):
    """The same page gives the same articles."""
    rng = random.Random(seed)
    lines = tuple(lay_out(make_stories(rng, articles=4), rng, STYLES["rough"])[0].split("\n"))
    assert parse_page(PageText(lines)) == parse_page(PageText(lines))
