"""A digest as messages: header, main points, items in groups, what can be used today; split between items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.messages.callbacks import encode
from bot.messages.split import GAP, LIMIT, cut, pack
from bot.texts import full_date, plain, say, short_date
from bot.texts.markup import Html, bold, escape, is_visible, join, link
from store.models.articles import Article, page_name
from store.models.delivery import Button, Buttons, Part
from store.models.digests import Digest, Item, Quote
from store.models.subscribers import Length

BY_PAPER, BY_PLACE, AS_ORDERED = "p", "l", "o"
_HEADLINE_UNITS = 160
_UNTITLED_UNITS = 40
_QUOTE_UNITS = 600
_BARE_A_BLOCK = 6
_MOST_PAPERS = 40
_LINE_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class _Writer:
    """What every line of a digest needs to know."""

    digest: Digest
    language: str
    length: Length
    bot_username: str


def article_url(bot_username: str, article_id: int) -> str:
    """The deep link that opens an article in the chat with the bot."""
    return f"https://t.me/{bot_username}?start=a{article_id}"


def headline(article: Article, language: str) -> str:
    """The article's headline, or for want of one the beginning of its text."""
    title = " ".join(article.title.split())
    if is_visible(title):
        first, *rest = cut(title, _HEADLINE_UNITS)
    elif article.body and is_visible(article.body[0]):
        first, *rest = cut(article.body[0], _UNTITLED_UNITS)
    else:
        return plain(language, "article_untitled")
    return f"{first.rstrip('，,、；：')}…" if rest else first


def compose_digest(
    digest: Digest,
    *,
    language: str,
    length: Length,
    bot_username: str,
    view: str = AS_ORDERED,
) -> tuple[Part, ...]:
    """The digest as messages, the buttons under the last one. `view` regroups the items by paper or by place."""
    writer = _Writer(digest, language, length, bot_username)
    opening = _opening(writer)
    blocks = [*_groups(writer, view), *_practical(writer)]
    if not digest.items:
        blocks.append(say(language, "digest_empty"))
    header = full_date(language, digest.day)
    if digest.kind == "weekly":
        header = plain(language, "digest_week", day=header)
    packed = pack([opening, *blocks])
    parts = []
    for number, chosen in enumerate(packed, start=1):
        if len(packed) == 1:
            title = say(language, "digest_title", day=header)
        else:
            title = say(language, "digest_title_part", day=header, part=number, parts=len(packed))
        # The opening goes right under the title; a continuation has a blank line there.
        body = GAP.join(block for block in chosen if block)
        gap = "\n" if number == 1 and opening else GAP
        buttons = digest_buttons(digest, language=language, view=view) if number == len(packed) else ()
        parts.append(Part(f"{title}{gap}{body}" if body else title, buttons))
    return tuple(parts)


def compose_page(
    digest: Digest,
    *,
    language: str,
    length: Length,
    bot_username: str,
    view: str = AS_ORDERED,
    page: int = 0,
) -> Part:
    """One part of the digest, to stand in the place of a message: with buttons to its other parts."""
    parts = compose_digest(digest, language=language, length=length, bot_username=bot_username, view=view)
    page = min(max(page, 0), len(parts) - 1)
    turning = []
    if page > 0:
        turning.append(Button(plain(language, "page_previous"), _shown_as(digest, view, page - 1)))
    if page < len(parts) - 1:
        turning.append(Button(plain(language, "page_next"), _shown_as(digest, view, page + 1)))
    rows = digest_buttons(digest, language=language, view=view)
    return Part(parts[page].html, (tuple(turning), *rows) if turning else rows)


def _shown_as(digest: Digest, view: str, page: int = 0) -> str:
    """The button data for this digest in another grouping or page: a day is built anew, what was sent is looked up."""
    if digest.kind == "day":
        return encode("day", digest.day.isoformat(), view, "", page)
    return encode("digest", digest.id, view, page)


def digest_buttons(digest: Digest, *, language: str, view: str = AS_ORDERED) -> Buttons:
    """The rows under a digest: days before and after, the other groupings, thumbs; an empty one leads to what emptied it."""
    day = digest.day.isoformat()
    if not digest.items:
        return (
            (
                Button(plain(language, "digest_previous"), encode("day", day, view, "before")),
                Button(plain(language, "digest_next"), encode("day", day, view, "after")),
            ),
            (
                Button(plain(language, "following_open"), encode("following")),
                Button(plain(language, "welcome_settings"), encode("set", "main", "new")),
            ),
        )
    views = ((AS_ORDERED, "digest_by_order"), (BY_PAPER, "digest_by_paper"), (BY_PLACE, "digest_by_place"))
    return (
        (
            Button(plain(language, "digest_previous"), encode("day", day, view, "before")),
            Button(plain(language, "digest_next"), encode("day", day, view, "after")),
        ),
        tuple(Button(plain(language, key), _shown_as(digest, code)) for code, key in views if code != view),
        (
            Button(plain(language, "digest_up"), encode("vote", day, 1)),
            Button(plain(language, "digest_down"), encode("vote", day, 0)),
        ),
    )


def _opening(writer: _Writer) -> Html:
    """What was read, what was missing, and the main points."""
    digest, language = writer.digest, writer.language
    papers = []
    for edition in digest.editions:
        read = len(edition.pages)
        if edition.expected_pages > read:
            papers.append(
                say(
                    language,
                    "edition_partly",
                    paper=edition.paper,
                    pages=read,
                    expected=edition.expected_pages,
                )
            )
        else:
            papers.append(say(language, "edition_read", paper=edition.paper, pages=read))
    papers += [say(language, "edition_missing", paper=paper) for paper in digest.missing]
    if len(papers) > _MOST_PAPERS:
        papers = [*papers[:_MOST_PAPERS], Html("…")]
    pieces = [join(_LINE_SEPARATOR, papers)] if papers else []
    if digest.points:
        points = [Html(f"• {_pointer(quote, writer)}") for quote in digest.points]
        pieces.append(join("\n", [say(language, "digest_points"), *points]))
    return join(GAP, pieces)


def _practical(writer: _Writer) -> list[Html]:
    quotes = writer.digest.practical
    if not quotes:
        return []
    lines = [Html(f"• {_practical_line(quote, writer)}") for quote in quotes]
    # One block a line would let a part begin in the middle of the list; the whole list is short by design.
    whole = join("\n", [say(writer.language, "digest_practical"), *lines])
    if len(pack([whole])) == 1 and len(whole) < LIMIT.units:
        return [whole]
    return [join("\n", [say(writer.language, "digest_practical"), lines[0]]), *lines[1:]]


def _practical_line(quote: Quote, writer: _Writer) -> Html:
    """The text plain, for it is to be read and used; its page is the link."""
    text = cut(" ".join(quote.span.text.split()), _QUOTE_UNITS)[0]
    article = writer.digest.articles.get(quote.article_id)
    if article is None:
        return escape(text)
    page = link(paper_page(article, writer.language), article_url(writer.bot_username, article.id))
    return Html(f"{escape(text)} {page}")


def _pointer(quote: Quote, writer: _Writer) -> Html:
    text = cut(" ".join(quote.span.text.split()), _QUOTE_UNITS)[0]
    return link(text, article_url(writer.bot_username, quote.article_id))


def _groups(writer: _Writer, view: str) -> list[Html]:
    """Item blocks; the first of each group has the group's heading on top, so that a heading never stands alone."""
    items = list(writer.digest.items)
    if view in (BY_PAPER, BY_PLACE):
        names = [_group_name(item, view, writer.language) for item in items]
        order = list(dict.fromkeys(names))
        elsewhere = plain(writer.language, "section_other")
        order.sort(key=lambda name: name == elsewhere)  # stable: only what has no place moves to the end
        ordered = sorted(
            zip(names, range(len(items)), strict=True), key=lambda pair: (order.index(pair[0]), pair[1])
        )
        grouped = [
            (name, [items[index] for _, index in pairs])
            for name, pairs in groupby(ordered, lambda pair: pair[0])
        ]
    else:
        grouped = [
            (section_name(name, writer.digest, writer.language), list(members))
            for name, members in groupby(items, lambda item: item.section)
        ]
    blocks = []
    for name, members in grouped:
        inner = _blocks(members, writer)
        if name:
            inner[0] = Html(f"{bold(name)}\n{inner[0]}")
        blocks += inner
    return blocks


def _blocks(members: Sequence[Item], writer: _Writer) -> list[Html]:
    """A block an item with something to say, then headlines alone, close together, a few to a block."""
    bare = [_headline_line(item, writer) for item in members if _is_bare(item, writer)]
    return [
        *(_item(item, writer) for item in members if not _is_bare(item, writer)),
        *(join("\n", bare[start : start + _BARE_A_BLOCK]) for start in range(0, len(bare), _BARE_A_BLOCK)),
    ]


def _is_bare(item: Item, writer: _Writer) -> bool:
    if item.differing:
        return False
    return (
        writer.length == "titles"
        or not (item.quotes or item.also or item.previous)
        or (item.tier == "headline" and not (item.also or item.previous))
    )


def _headline_line(item: Item, writer: _Writer) -> Html:
    """A headline and, in the same line, where it is from."""
    language, article = writer.language, item.article
    title = link(headline(article, language), article_url(writer.bot_username, article.id))
    return Html(f"• {title} {_source_line(item, writer, with_day=item.article.day != writer.digest.day)}")


def _group_name(item: Item, view: str, language: str) -> str:
    if view == BY_PAPER:
        return f"《{item.article.paper}》"
    for place in item.article.places:
        if place.level in ("county", "city"):
            return plain(language, "section_place", name=place.name)
    return plain(language, "section_other")


def section_name(section: str, digest: Digest, language: str) -> str:
    """The heading of a section: "" holds what is followed, else it is a place or a paper."""
    if not section:
        return plain(language, "section_follow")
    if any(item.article.paper == section for item in digest.items):
        return f"《{section}》"
    return plain(language, "section_place", name=section)


def _item(item: Item, writer: _Writer) -> Html:
    language, article = writer.language, item.article
    lines = [bold(link(headline(article, language), article_url(writer.bot_username, article.id)))]
    if writer.length != "titles" and item.tier == "summary":
        quotes = item.quotes if writer.length == "detailed" else item.quotes[:2]
        if quotes:
            lines.append(escape(joined_quotes(quotes)))
    lines.append(attributed(_source_line(item, writer)))
    if item.also and writer.length != "titles":
        lines.append(say(language, "item_also", sources=_also(item.also, writer)))
    if item.previous is not None and writer.length != "titles":
        url = article_url(writer.bot_username, item.previous.id)
        lines.append(say(language, "item_follows_up", title=link(headline(item.previous, language), url)))
    for quotes in item.differing[:3]:
        lines.append(say(language, "item_differing", numbers=_differing(quotes, writer)))
    return join("\n", lines)


def joined_quotes(quotes: Sequence[Quote]) -> str:
    """The quotes one after the other, with an ellipsis where a quote stops before its sentence does."""
    text = ""
    for quote in quotes:
        piece = " ".join(quote.span.text.split())
        text += piece
        if text.rstrip('”’」』）)"')[-1:] not in tuple("。！？!?…"):
            text += "……"
    first, *rest = cut(text, _QUOTE_UNITS * 3)
    return f"{first}……" if rest else first


def _source_line(item: Item, writer: _Writer, *, with_day: bool = True) -> Html:
    """补遗 · 关注：芮城 · 芮城县《运城日报》8月5日 3版"""
    language, article = writer.language, item.article
    pieces = []
    if item.late:
        pieces.append(say(language, "item_late"))
    if item.reason.kind == "follow" and item.reason.text:
        pieces.append(say(language, "item_followed", rule=item.reason.text))
    place = escape(article.places[0].name) if article.places else ""
    printed = source(article, language) if with_day else paper_page(article, language)
    pieces.append(Html(f"{place}{printed}"))
    return join(_LINE_SEPARATOR, pieces)


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


def _differing(quotes: Sequence[Quote], writer: _Writer) -> str:
    """What each paper printed, side by side: 《运城日报》1200人 / 《晋中日报》1300人."""
    articles = writer.digest.articles
    return " / ".join(
        f"《{articles[quote.article_id].paper}》{quote.span.text}"
        for quote in quotes[:4]
        if quote.article_id in articles
    )


def _also(articles: Sequence[Article], writer: _Writer) -> Html:
    return join(
        "、",
        [
            link(paper_page(article, writer.language), article_url(writer.bot_username, article.id))
            for article in articles[:5]
        ],
    )
