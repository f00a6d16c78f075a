"""A digest as messages: what came in, the calendar, the reader's places, the main points; the rest folded, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.messages.callbacks import encode
from bot.messages.digest_lines import Writer, headline_line, item_text, opening, points, practical
from bot.messages.lines import (
    article_url,
    attributed,
    headline,
    joined_quotes,
    paper_page,
    printed_in,
    source,
)
from bot.messages.split import GAP, LIMIT
from bot.texts import full_date, plain, say
from bot.texts.markup import Html, Weight, bold, folded, join, units, weigh
from digests.day.places import place_of
from digests.day.sections import Section, SectionKind, sections
from store.models.delivery import Button, Buttons, Part
from store.models.digests import Digest, Item
from store.models.subscribers import Length

__all__ = [
    "article_url",
    "attributed",
    "compose_digest",
    "compose_page",
    "digest_buttons",
    "headline",
    "joined_quotes",
    "paper_page",
    "printed_in",
    "source",
]

BY_PAPER, BY_PLACE, AS_ORDERED = "p", "l", "o"
FEW = 6
"""So many items need no folding."""
OPEN_ITEMS = 4
"""Of each of the reader's own sections; the rest of it is folded."""
_LINE = "\n"


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is never divided: a block of its own, or an item of a section; `heading` stands above a section's first."""

    html: Html
    heading: Html | None = None
    folds: bool = False
    apart: bool = False
    """Begins the quotation of the headings inside, where a heading of its own went before."""


def compose_digest(
    digest: Digest,
    *,
    language: str,
    length: Length,
    bot_username: str,
    view: str = AS_ORDERED,
) -> tuple[Part, ...]:
    """The digest as messages, the buttons under the last one. `view` regroups the items by paper or by place."""
    writer = Writer(digest, language, length, bot_username)
    pieces = list(_pieces(writer, view))
    if not digest.items:
        pieces.append(_Piece(say(language, "digest_empty")))
    header = full_date(language, digest.day)
    if digest.kind == "weekly":
        header = plain(language, "digest_week", day=header)
    packed = _packed(pieces)
    parts = []
    for number, chosen in enumerate(packed, start=1):
        if len(packed) == 1:
            title = say(language, "digest_title", day=header)
        else:
            title = say(language, "digest_title_part", day=header, part=number, parts=len(packed))
        body = _laid_out(chosen)
        # The opening goes right under the title; a continuation has a blank line there.
        gap = _LINE if number == 1 and (digest.editions or digest.missing) else GAP
        buttons = digest_buttons(digest, language=language, view=view) if number == len(packed) else ()
        parts.append(Part(f"{title}{gap}{body}" if body else title, buttons))
    return tuple(parts)


def _pieces(writer: Writer, view: str) -> Iterator[_Piece]:
    """Everything below the title, in the order of reading."""
    digest = writer.digest
    for html in (opening(writer), *practical(writer)):
        if html:
            yield _Piece(html)
    grouped = _grouped(writer, view)
    own = [section for section in grouped if view == AS_ORDERED and section.kind in ("follow", "place")]
    own = [section for section in own if _is_own(section)]
    for section in own:
        yield from _section(section, writer, open_items=OPEN_ITEMS)
    main = points(writer)
    if main:
        yield _Piece(main)
    plain_day = len(digest.items) <= FEW or digest.kind == "weekly"
    for section in grouped:
        if section not in own:
            open_items = len(section.items) if plain_day else 0
            inside = section.kind in ("rest", "notices") and not plain_day
            yield from _section(section, writer, open_items=open_items, inside=inside)


def _is_own(section: Section) -> bool:
    return any(item.reason.kind in ("follow", "place") for item in section.items)


def _section(section: Section, writer: Writer, *, open_items: int, inside: bool = False) -> Iterator[_Piece]:
    """An item a piece: those with something to say first, then headlines alone.

    With `inside` the heading folds with the items, so that a paper's rest and the notices make one quotation.
    """
    told = [item for item in section.items if not _is_bare(item, writer)]
    bare = [item for item in section.items if _is_bare(item, writer)]
    heading = bold(_heading(section, writer))
    ordered = [(item, item_text(item, writer, section)) for item in told]
    ordered += [(item, headline_line(item, writer, section)) for item in bare]
    for number, (_, html) in enumerate(ordered):
        if inside:
            yield _Piece(Html(f"{heading}\n{html}") if number == 0 else html, folds=True, apart=number == 0)
        else:
            yield _Piece(html, heading if number == 0 else None, folds=number >= open_items)


def _is_bare(item: Item, writer: Writer) -> bool:
    if item.differing or item.group:
        return False
    beside = bool(item.also or item.previous)
    return (
        writer.length == "titles" or not (item.quotes or beside) or (item.tier == "headline" and not beside)
    )


def _grouped(writer: Writer, view: str) -> list[Section]:
    digest, language = writer.digest, writer.language
    if view not in (BY_PAPER, BY_PLACE):
        return list(sections(digest))
    found: dict[str, list[Item]] = {}
    for item in digest.items:
        found.setdefault(_group_name(item, view), []).append(item)
    elsewhere = plain(language, "section_other")
    names = sorted(found, key=lambda name: not name)  # stable: only what has no place moves to the end
    kind: SectionKind = "paper" if view == BY_PAPER else "place"
    return [
        Section(kind, name or elsewhere, tuple(found[name])) for name in sorted(names, key=lambda n: not n)
    ]


def _group_name(item: Item, view: str) -> str:
    if view == BY_PAPER:
        return item.article.paper
    return place_of(item.article)


def _heading(section: Section, writer: Writer) -> str:
    """What stands above a section, with how many follow where it is folded."""
    language, count = writer.language, len(section.items)
    if section.kind == "rest":
        return plain(language, "section_rest", paper=section.name, count=count)
    if section.kind == "paper":
        return f"《{section.name}》"
    if section.kind == "place":
        if section.name == plain(language, "section_other"):
            return section.name
        return plain(language, "section_place", name=section.name)
    return plain(language, f"section_{section.kind}", count=count)


def _packed(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """The pieces in their order, in as few parts as a greedy hand makes, each within Telegram's limits."""
    parts: list[list[_Piece]] = []
    weight = Weight()
    between = Weight(units=units(GAP), raw_bytes=len(GAP))
    for piece in pieces:
        # A section that opens or goes on is a heading and a quotation more.
        added = (
            weigh(piece.heading or "") + weigh(folded(piece.html) if piece.folds else piece.html) + between
        )
        if piece.folds and not piece.heading and parts and parts[-1][-1].folds:
            added = weigh(piece.html) + between
        if parts and (weight + added).fits(LIMIT):
            parts[-1].append(piece)
            weight = weight + added
        else:
            parts.append([piece])
            weight = added
    return parts


def _laid_out(pieces: Sequence[_Piece]) -> Html:
    """Blocks with a blank line between them; what folds together is one quotation, an item a line."""
    blocks: list[Html] = []
    folding: list[Html] = []

    def close() -> None:
        if folding:
            quoted = folded(join(_LINE, folding))
            if blocks and blocks[-1].endswith("</b>") and _LINE not in blocks[-1]:
                blocks[-1] = Html(f"{blocks[-1]}\n{quoted}")
            else:
                blocks.append(quoted)
            folding.clear()

    apart = False
    for piece in pieces:
        if piece.heading or not piece.folds or (piece.apart and not apart):
            close()
            apart = piece.apart
        if piece.folds:
            if piece.heading:
                blocks.append(piece.heading)
            folding.append(piece.html)
        elif piece.heading:
            blocks.append(Html(f"{piece.heading}\n{piece.html}"))
        else:
            blocks.append(piece.html)
    close()
    return join(GAP, blocks)


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
