"""Inline mode: `@bot 托管班` in any chat gives cards of articles with their source, by the same search, page by page.

Nothing is kept: no session, no count of words, for a query comes with each letter that is typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.handlers.services import services
from bot.messages.keyboard import keyboard
from bot.messages.lines import article_url, attributed, headline, printed_in, source
from bot.messages.search import shown_query, snippet_html
from bot.messages.split import cut
from bot.texts import language_of, plain
from bot.texts.markup import Html, bold, escape, join, link, shown
from store.database import Store
from store.models.articles import Article
from store.models.delivery import Button
from store.models.search import Hit

CARDS_A_PAGE = 20
"""Telegram takes 50; a phone shows six."""
MOST_OFFSET = 1000
CACHE_SECONDS = 60
"""Tomorrow's paper may come any minute; Telegram's own default is five."""
_QUERY_CHARACTERS = 200
_TITLE_UNITS = 100
_BUTTON_UNITS = 60
_TEXT_UNITS = 300


@dataclass(frozen=True, slots=True)
class Card:
    """An article as a card: `title` and `below` on the card, `html` as the message that choosing it sends."""

    article_id: int
    title: str
    below: str
    html: Html


@dataclass(frozen=True, slots=True)
class Page:
    """Cards from an offset on; `following` is the next offset (0: no more), `button` stands above them."""

    cards: tuple[Card, ...]
    following: int = 0
    button: str = ""


def page(store: Store, query: str, offset: int, *, language: str, bot_username: str, today: date) -> Page:
    """The page for what has been typed; without words the newest papers' articles, front pages first."""
    query = " ".join(query.split())[:_QUERY_CHARACTERS]
    offset = min(max(offset, 0), MOST_OFFSET)
    if not query:
        day = store.editions.latest_day(upto=today)
        newest = [one for one in store.articles.on(day) if one.kind == "article"] if day else []
        newest.sort(key=lambda one: (one.page, one.paper, one.position))
        chosen = newest[offset : offset + CARDS_A_PAGE]
        cards = tuple(_of_article(one, language, bot_username) for one in chosen)
        more = offset + CARDS_A_PAGE if len(newest) > offset + CARDS_A_PAGE else 0
        return Page(cards, more, plain(language, "inline_latest"))
    found = store.search.find(query, limit=CARDS_A_PAGE, offset=offset, today=today)
    cards = tuple(_of_hit(hit, language, bot_username) for hit in found.hits)
    more = offset + CARDS_A_PAGE if found.total > offset + CARDS_A_PAGE and found.hits else 0
    if cards or offset:
        return Page(cards, more)
    words, *_ = cut(shown_query(query), _BUTTON_UNITS)
    return Page((), 0, plain(language, "inline_nothing", words=words))


async def asked(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer an inline query; one that is too old by now is nobody's any more."""
    query, given = update.inline_query, services(context)
    if query is None:
        return
    language, username = language_of(query.from_user.language_code), context.bot.username
    today = given.clock().astimezone(ZoneInfo(given.time_zone)).date()
    offset = (
        int(query.offset)
        if query.offset.isascii() and query.offset.isdigit() and len(query.offset) < 6
        else 0
    )
    found = await given.ask(
        lambda store: page(store, query.query, offset, language=language, bot_username=username, today=today)
    )
    results = [
        InlineQueryResultArticle(
            id=str(card.article_id),
            title=card.title,
            description=card.below,
            input_message_content=InputTextMessageContent(
                card.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            reply_markup=keyboard(
                ((Button(plain(language, "inline_read"), url=article_url(username, card.article_id)),),)
            ),
        )
        for card in found.cards
    ]
    try:
        await query.answer(
            results,
            cache_time=CACHE_SECONDS,
            is_personal=True,  # the words around the cards are in the asker's language
            next_offset=str(found.following) if found.following else "",
            button=InlineQueryResultsButton(found.button, start_parameter="inline") if found.button else None,
        )
    except BadRequest as error:
        if "too old" not in error.message and "invalid" not in error.message.lower():
            raise


def _of_hit(hit: Hit, language: str, bot_username: str) -> Card:
    said = "".join(text for text, _ in hit.snippet).replace("\n", " ").strip()
    title = " ".join(hit.title.split()) or said or plain(language, "article_untitled")
    printed = printed_in(hit.paper, hit.day, hit.page, language, year=True, label=hit.label)
    return _card(hit.article_id, title, said, snippet_html(hit.snippet), printed, bot_username)


def _of_article(article: Article, language: str, bot_username: str) -> Card:
    said, *_ = cut(" ".join(article.text.split()), _TEXT_UNITS)
    return _card(
        article.id,
        headline(article, language),
        said,
        escape(said),
        source(article, language, year=True),
        bot_username,
    )


def _card(article_id: int, title: str, said: str, text: Html, printed: Html, bot_username: str) -> Card:
    first, *rest = cut(title, _TITLE_UNITS)
    title = f"{first}…" if rest else first
    below, *_ = cut(f"{shown(printed)}　{said}", _TEXT_UNITS)
    lines = [bold(link(title, article_url(bot_username, article_id)))]
    if shown(text).strip() and shown(text).strip() != title:
        lines.append(text)
    lines.append(attributed(printed))
    return Card(article_id, title, below, join("\n", lines))
