"""An article's line as readers meet it: headline, quotes, where it was printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.messages.split import cut
from bot.texts import say, short_date
from bot.texts.markup import Html, escape, is_visible, shown
from store.models.articles import Article, page_name
from store.models.digests import Quote

QUOTE_UNITS = 600
_HEADLINE_UNITS = 160
_UNTITLED_UNITS = 40
_SHORT_TITLE = 8
"""Characters under which a headline hardly stands without its kicker or second line."""
_MARKS = re.compile(r"[\s，。、；：！？,.;:!?“”‘’\"'（）()【】《》—…·-]+")


def article_url(bot_username: str, article_id: int) -> str:
    """The deep link that opens an article in the chat with the bot."""
    return f"https://t.me/{bot_username}?start=a{article_id}"


def day_url(bot_username: str, day: date) -> str:
    """The deep link that opens a day's digest in the chat with the bot."""
    return f"https://t.me/{bot_username}?start=d{day.isoformat()}"


def headline(article: Article, language: str) -> str:
    """The article's headline, with its kicker or second line where it is short; without one the beginning of its text."""
    title = _full_title(article)
    if is_visible(title):
        first, *rest = cut(title, _HEADLINE_UNITS)
    else:
        texts = (*article.body, *(text for text, _ in article.subheads), article.subtitle, article.byline.raw)
        text = next((" ".join(one.split()) for one in texts if is_visible(one)), "")
        if not text:
            return shown_page(article, language)
        first, *rest = cut(text, _UNTITLED_UNITS)
    return f"{first.rstrip('，,、；：')}…" if rest else first


def _full_title(article: Article) -> str:
    title, kicker, second = (
        " ".join(text.split()) for text in (article.title, article.kicker, article.subtitle)
    )
    if not is_visible(title):
        return kicker
    if len(title) > _SHORT_TITLE:
        return title
    if is_visible(kicker):
        return f"{kicker.rstrip('：:')}：{title}"
    return f"{title} {second}" if is_visible(second) else title


def shown_page(article: Article, language: str) -> str:
    """《运城日报》3版, as plain text."""
    return shown(paper_page(article, language))


def repeats(text: str, title: str) -> bool:
    """Whether a text says no more than a headline, as a photo's caption that is both does."""
    said, headed = _MARKS.sub("", text), _MARKS.sub("", title)
    return bool(headed) and (said in headed or (said.startswith(headed) and len(said) - len(headed) <= 4))


def joined_quotes(quotes: Sequence[Quote]) -> str:
    """The quotes one after the other, with an ellipsis where a quote stops before its sentence does."""
    text = ""
    for quote in quotes:
        piece = " ".join(quote.span.text.split())
        text += piece
        if text.rstrip('”’」』）)"')[-1:] not in tuple("。！？!?…"):
            text += "……"
    first, *rest = cut(text, QUOTE_UNITS * 3)
    return f"{first}……" if rest else first


def attributed(source_line: Html) -> Html:
    """— 芮城县《运城日报》8月5日 3版; no blank before 《, which is wide enough by itself."""
    return Html(f"—{source_line}" if source_line.startswith("《") else f"— {source_line}")


def source(article: Article, language: str, *, year: bool = False) -> Html:
    """《运城日报》8月5日 3版; without a page where the source has none (an RSS item)."""
    return printed_in(article.paper, article.day, article.page, language, year=year, label=article.label)


def printed_in(
    paper: str, day: date, page: int, language: str, *, year: bool = False, label: str = ""
) -> Html:
    """The same for what is not an article's record."""
    shown_day = short_date(language, day, year=year)
    if page < 1:
        return say(language, "item_source_whole", paper=paper, day=shown_day)
    return say(language, "item_source", paper=paper, day=shown_day, page=page_name(page, label))


def paper_page(article: Article, language: str) -> Html:
    """《运城日报》3版, for where the day is known."""
    if article.page < 1:
        return escape(f"《{article.paper}》")
    return say(language, "paper_page", paper=article.paper, page=article.page_name)
