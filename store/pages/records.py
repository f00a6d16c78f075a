"""From what was found to records: articles, photos, notices, with their lines, confidence and warnings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from store.models import Byline, ParsedArticle, SetAside, Warning_
from store.pages.affinity import grams
from store.pages.articles import build_body, find_byline, headline
from store.pages.bylines import parse_names, read_own_line
from store.pages.characters import BLANKS, ends_open
from store.pages.chunks import Chunk
from store.pages.legibility import legibility
from store.pages.measures import Layout
from store.pages.notices import Notice
from store.pages.photos import Photo
from store.pages.repeats import Repeat
from store.pages.roles import ShortLine, has_dash, is_short, page_style
from store.pages.runs import Group, Role
from store.pages.states import Draft, Plan
from store.pages.verse import Verse
from store.pages.weighing import weigh

_PLACED = {
    "before": "stands before its body",
    "after": "stands inside or behind its body",
    "next": "stands behind the next article",
    "far": "stands in or beside another article",
    "": "",
}


class Mark(NamedTuple):
    """The role of a chunk, the first chunk (later: index) of its article, how sure, and why."""

    role: str
    owner: int | None
    confidence: float
    reasons: tuple[str, ...]


class Page(Protocol):
    """What the records need of the work on a page."""

    chunks: list[Chunk]
    aside: list[SetAside]
    warnings: list[Warning_]
    jumped: set[int]
    marks: dict[int, Mark]
    shorts: dict[int, ShortLine]
    layout: Layout


def line_ranges(chunks: Sequence[Chunk], numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """1-based inclusive ranges of the lines of some chunks."""
    spans = sorted((chunks[n].first_line + 1, chunks[n].last_line + 1) for n in numbers)
    out: list[tuple[int, int]] = []
    for first, last in spans:
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return tuple(out)


def written_records(plan: Plan, window: Sequence[int], page: Page) -> list[tuple[int, ParsedArticle]]:
    """The articles of a plan, each with its first chunk."""
    out: list[tuple[int, ParsedArticle]] = []
    prose, subheads = set(plan.prose), {n for n, _ in plan.subheads}
    starts = [_opening(draft.start, window, subheads) for draft in plan.drafts]
    for index, draft in enumerate(plan.drafts):
        stop = starts[index + 1] if index + 1 < len(starts) else len(window)
        start = starts[index] if index else 0
        mine = [n for n in window[start:stop] if n in prose or n in subheads]
        lone = [n for n, place in plan.bylines if start <= place < stop]
        out.append(_written(draft, mine, lone, subheads, plan, page))
    return out


def _opening(start: int, window: Sequence[int], subheads: set[int]) -> int:
    """Where an article opens: at its first prose, or at the subheads right above it."""
    while start and window[start - 1] in subheads:
        start -= 1
    return start


def _written(
    draft: Draft, mine: list[int], lone: list[int], subheads: set[int], plan: Plan, page: Page
) -> tuple[int, ParsedArticle]:
    chunks = page.chunks
    body = build_body([(chunks[n], n in subheads) for n in mine])
    kicker, title, subtitle, own = headline(draft.head, chunks)
    own = " ".join([own, *(chunks[n].text for n in lone)]).strip()
    byline, paragraphs = find_byline(own, body.paragraphs, rows=bool(mine and chunks[mine[-1]].rows))
    lines = [*mine, *lone, *(draft.head.lines if draft.head else ())]
    first = min(lines)
    cut_off = bool(paragraphs) and not chunks[mine[-1]].rows and ends_open(paragraphs[-1])
    sure = confidence(draft, plan.margin, paragraphs, cut_off=cut_off)
    _warn(page, first, mine, title, paragraphs, cut_off, body.gaps)
    page.aside += [SetAside("furniture", text, line + 1, line + 1) for text, line in body.jumps]
    for n in mine:
        role = "subhead" if n in subheads else "body"
        page.marks[n] = Mark(role, first, sure, _why(n, role, mine, page))
    for n in lone:
        page.marks[n] = Mark("byline", first, min(sure, 0.8), page.shorts[n].reasons)
    if draft.head:
        for n, part in zip(draft.head.lines, draft.head.roles, strict=True):
            words = () if part == "byline" else (f"{draft.share:.0%} of its words recur in the body",)
            page.marks[n] = Mark(
                part, first, sure, (_PLACED[draft.placement], *words, *page.shorts[n].reasons)
            )
    article = ParsedArticle(
        "article",
        title,
        tuple(paragraphs),
        kicker=kicker,
        subtitle=subtitle,
        byline=byline,
        subheads=tuple(body.subheads),
        lines=line_ranges(chunks, lines),
        confidence=sure,
        legibility=legibility(paragraphs),
        complete=not (cut_off or body.jumps or body.gaps or any(n in page.jumped for n in mine)),
    )
    return first, article


def _why(number: int, role: str, mine: list[int], page: Page) -> tuple[str, ...]:
    if role == "subhead" or number in page.shorts:
        return page.shorts[number].reasons
    at = mine.index(number)
    if not at:
        return ("opens the body",)
    if mine[at - 1] not in page.shorts and ends_open(page.chunks[mine[at - 1]].text):
        return ("goes on with a sentence cut above",)
    return ("goes on with the article above",)


def _warn(
    page: Page, first: int, mine: list[int], title: str, paragraphs: list[str], cut_off: bool, gaps: list[int]
) -> None:
    opening = paragraphs[0][:20] if paragraphs else ""
    line = page.chunks[first].first_line + 1
    if not title:
        page.warnings.append(Warning_("no-headline", f"No headline was found for: {opening}", line))
    if not paragraphs:
        page.warnings.append(Warning_("no-body", f"A headline without a text: {title}", line))
    if cut_off:
        last = page.chunks[mine[-1]].last_line + 1
        page.warnings.append(
            Warning_("cut-off", f"An article stops in mid-sentence: {title or opening}", last)
        )
    for gap in gaps:
        page.warnings.append(
            Warning_("text-lost", f"Text is missing behind this line: {title or opening}", gap)
        )


def confidence(
    draft: Draft, margin: float, paragraphs: Sequence[str] = (), *, cut_off: bool = False
) -> float:
    """How likely headline and body belong together and are whole, between 0 and 1: from the headline's words, from how the
    paragraphs hold and where they end, and from the distance to the next best reading of the page."""
    head, joints = draft.head, draft.joints
    score = 2.6 + 0.8 * min(6.0, margin) / 6 + 0.5 * max(-6.0, min(3.0, joints.weakest)) / 3
    score -= 0.35 * max(-6.0, min(6.0, joints.below)) / 3
    if head is None:
        score -= 1.1
    else:
        score += 0.5 * (draft.share - 0.8) + 2.0 * (min(0.6, draft.held) - 0.3)
        score -= (0.0 if draft.share else 0.5) + (0.0 if draft.placement == "before" else 0.45)
        score += 0.4 if head.has_byline else 0.0
    score -= 2.4 if joints.leads else 0.0
    score -= 1.2 if cut_off else 0.0
    score += 0.3 if draft.end - draft.start == 1 else 0.0
    score -= 0.3 * (math.log(1 + sum(map(len, paragraphs))) - 5.5)
    return round(min(0.99, max(0.05, 1 / (1 + math.exp(-score)))), 3)


def photo_record(photo: Photo, page: Page) -> tuple[int, ParsedArticle]:
    """A picture with its caption and credit."""
    chunks = page.chunks
    numbers = [*photo.captions, *(n for n in (photo.credit, photo.head) if n >= 0)]
    first = min(numbers)
    pieces: list[tuple[Chunk, bool]] = [(chunks[n], False) for n in photo.captions]
    raw = chunks[photo.credit].text if photo.credit >= 0 else ""
    if photo.cut >= 0:
        last = chunks[photo.captions[-1]]
        raw = last.text[photo.cut :]
        pieces[-1] = (replace(last, text=last.text[: photo.cut].rstrip(BLANKS)), False)
    body = build_body(pieces)
    sure = 0.9 if photo.captions else 0.6
    for n in photo.captions:
        page.marks[n] = Mark("caption", first, sure, (photo.reason,))
    if photo.credit >= 0:
        page.marks[photo.credit] = Mark("credit", first, 0.95, ("names who took a picture",))
    if photo.head >= 0:
        page.marks[photo.head] = Mark("title", first, 0.8, ("its words recur in the caption below alone",))
    if not photo.captions:
        line = chunks[photo.credit].first_line + 1
        page.warnings.append(Warning_("caption-lost", f"A picture's credit without its caption: {raw}", line))
    byline = parse_names(raw) if raw else Byline()
    return first, ParsedArticle(
        "photo",
        chunks[photo.head].text if photo.head >= 0 else "",
        tuple(body.paragraphs),
        byline=byline,
        lines=line_ranges(chunks, numbers),
        confidence=sure,
        legibility=legibility(body.paragraphs),
        complete=bool(photo.captions) and not ends_open(body.paragraphs[-1] if body.paragraphs else ""),
    )


def notice_record(notice: Notice, page: Page) -> tuple[int, ParsedArticle]:
    """A notice under its heading."""
    chunks = page.chunks
    numbers = [*([notice.head] if notice.head >= 0 else []), *notice.body]
    first = min(numbers)
    title = chunks[notice.head].text if notice.head >= 0 else ""
    texts = [text for n in notice.body for text in (chunks[n].rows or (chunks[n].text,))]
    if notice.cut:
        title, texts[0] = texts[0][: notice.cut], texts[0][notice.cut :].strip(BLANKS)
    for n in notice.body:
        page.marks[n] = Mark("body", first, 0.85, (notice.reason,))
    if notice.head >= 0:
        page.marks[notice.head] = Mark("title", first, 0.85, ("a notice's heading",))
    return first, ParsedArticle(
        "notice",
        title.strip("【】[]：:◆■●★☆▲ \u3000"),
        tuple(texts),
        lines=line_ranges(chunks, numbers),
        confidence=0.85,
        legibility=legibility(texts),
    )


def verse_record(poem: Verse, page: Page) -> tuple[int, ParsedArticle]:
    """A poem: its lines are its paragraphs, the headings of its parts its subheads."""
    chunks = page.chunks
    numbers = sorted((*poem.lines, *poem.parts))
    body = build_body([(chunks[n], n in poem.parts) for n in numbers], mend=False)
    own = chunks[poem.byline].text if poem.byline >= 0 else ""
    for n in numbers:
        page.marks[n] = Mark("subhead" if n in poem.parts else "body", poem.head, 0.8, ("verse",))
    page.marks[poem.head] = Mark("title", poem.head, 0.8, ("says that a poem follows",))
    if poem.byline >= 0:
        page.marks[poem.byline] = Mark("byline", poem.head, 0.8, ("stands below a poem's headline",))
    page.aside += [SetAside("furniture", text, line + 1, line + 1) for text, line in body.jumps]
    return poem.head, ParsedArticle(
        "article",
        chunks[poem.head].text,
        tuple(body.paragraphs),
        byline=parse_names(own) if own else Byline(),
        subheads=tuple(body.subheads),
        lines=line_ranges(chunks, [poem.head, *numbers, *([poem.byline] if poem.byline >= 0 else [])]),
        confidence=0.8,
        legibility=legibility(body.paragraphs),
    )


def whole_record(page: Page) -> list[tuple[int, ParsedArticle]]:
    """One article from a page that is one already: headline, byline, then paragraphs as they are."""
    chunks = page.chunks
    if not chunks:
        return []
    style = page_style(chunks, page.layout)
    short = [n for n, c in enumerate(chunks) if is_short(c)]
    for n in short:
        others = [chunks[m].text for m in short if m != n]
        page.shorts[n] = weigh(chunks[n], style, page.layout, others)
    roles: list[Role] = []
    head: list[int] = []
    for n in range(min(5, len(chunks))):
        if n not in page.shorts or (n and len(chunks) == n + 1 and len(roles) == 0):
            break
        text = chunks[n].text
        own = read_own_line(text) or page.shorts[n].byline > 1
        if not head:
            role: Role = "title"
        elif own:
            role = "byline"
        elif has_dash(text) or ("byline" not in roles and page.shorts[n].subtitle > -1.5):
            role = "subtitle"
        else:
            break
        head.append(n)
        roles.append(role)
    group = Group(tuple(head), tuple(roles)) if head else None
    rest = [n for n in range(len(chunks)) if n not in head]
    subheads = {n for n in rest if n in page.shorts and page.shorts[n].subhead > 1.5}
    body = build_body([(chunks[n], n in subheads) for n in rest], mend=False)
    kicker, title, subtitle, own_line = headline(group, chunks)
    byline, paragraphs = find_byline(own_line, body.paragraphs)
    for n in rest:
        page.marks[n] = Mark("subhead" if n in subheads else "body", 0, 0.95, ("the page is one article",))
    for n, part in zip(head, roles, strict=True):
        page.marks[n] = Mark(part, 0, 0.95, ("the page is one article",))
    page.aside += [SetAside("furniture", text, line + 1, line + 1) for text, line in body.jumps]
    article = ParsedArticle(
        "article",
        title,
        tuple(paragraphs),
        kicker=kicker,
        subtitle=subtitle,
        byline=byline,
        subheads=tuple(body.subheads),
        lines=line_ranges(chunks, range(len(chunks))),
        confidence=0.95,
        legibility=legibility(paragraphs),
        complete=not (paragraphs and ends_open(paragraphs[-1])),
    )
    return [(0, article)]


def set_owners(articles: list[ParsedArticle]) -> list[ParsedArticle]:
    """Photos with the article they belong to: the one that holds most of a caption's words, if it holds many."""
    if not any(a.kind == "photo" and a.body for a in articles):
        return articles
    texts = [
        grams("".join((a.title, a.subtitle, *a.body))) if a.kind != "notice" else set() for a in articles
    ]
    out: list[ParsedArticle] = []
    for index, article in enumerate(articles):
        owner: int | None = None
        if article.kind == "photo" and texts[index]:
            shares = [
                (len(texts[index] & text) / len(texts[index]), -other)
                for other, text in enumerate(texts)
                if articles[other].kind == "article"
            ]
            best = max(shares, default=(0.0, 0))
            owner = -best[1] if best[0] >= 0.3 else None
        out.append(replace(article, photo_of=owner) if owner is not None else article)
    return out


__all__ = [
    "Mark",
    "Repeat",
    "confidence",
    "notice_record",
    "photo_record",
    "set_owners",
    "verse_record",
    "whole_record",
    "written_records",
]
