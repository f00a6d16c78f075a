"""From a plan to records: paragraphs joined over cuts, headline parts, bylines, what was put aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from store.models import Byline
from store.pages.bylines import is_supplier, lead_names, parse_names, tail_names
from store.pages.characters import BLANKS, HAN, ends_open
from store.pages.chunks import Chunk, join
from store.pages.continuity import goes_on, joins_word
from store.pages.furniture import HEAD_JUMP, TAIL_JUMP
from store.pages.roles import is_short, strip_mark
from store.pages.runs import Group

LINE = 26
"""A paragraph's beginning that was cut off is longer, as a rule; a line of its own is shorter."""
_SPEAKS = re.compile(rf"^[{HAN}]{{9,24}}(?:表示|介绍|指出|强调|告诉记者)[,，：:]")
"""A person with an office begins to speak: a new paragraph, even when the one before stops in mid-sentence."""


@dataclass(slots=True)
class Body:
    """Paragraphs being put together, with what was found in them on the way."""

    paragraphs: list[str] = field(default_factory=list)
    subheads: list[tuple[str, int]] = field(default_factory=list)
    jumps: list[tuple[str, int]] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    """1-based lines behind which text is missing."""


def build_body(pieces: Sequence[tuple[Chunk, bool]], *, mend: bool = True) -> Body:
    """Paragraphs of an article from its pieces in order (chunk, is a subhead); cut paragraphs are whole again.

    Without `mend` each piece stays a paragraph of its own, as in lists and notices.
    """
    body = Body()
    opened = False
    above = 0
    bare = ""
    for chunk, is_subhead in pieces:
        text = chunk.text
        if chunk.rows:
            body.paragraphs += chunk.rows
            opened, bare = False, ""
            continue
        if is_subhead:
            body.subheads.append((strip_mark(text), len(body.paragraphs)))
            opened = False
            continue
        jump = HEAD_JUMP.match(text)
        if jump:
            body.jumps.append((jump.group(), chunk.first_line))
            text = text[jump.end() :].lstrip(BLANKS)
        jump = TAIL_JUMP.search(text[-40:])
        if jump:
            body.jumps.append((jump.group(), chunk.last_line))
            text = text[: len(text) - len(jump.group())].rstrip(BLANKS)
        if not text:
            continue
        if opened and _SPEAKS.match(text) and not joins_word(body.paragraphs[-1][-2:], text[:2]):
            body.gaps.append(above)
            opened = False
        if opened and bare and not (joins_word(bare[-2:], text[:2]) or goes_on(text)):
            opened = False  # a line of its own: a subhead or a list's item that nothing marks
        if opened and body.paragraphs:
            body.paragraphs[-1] = join(body.paragraphs[-1], text)
        else:
            body.paragraphs.append(text)
        bare = text if not opened and is_short(chunk) and len(text) < LINE else ""
        opened = mend and ends_open(text)
        above = chunk.last_line + 1
    return body


def headline(group: Group | None, chunks: Sequence[Chunk]) -> tuple[str, str, str, str]:
    """Kicker, title, subtitle and byline of a headline's lines."""
    parts: dict[str, list[str]] = {"kicker": [], "title": [], "subtitle": [], "byline": []}
    if group is not None:
        for number, role in zip(group.lines, group.roles, strict=True):
            parts[role].append(chunks[number].text)
    title = " ".join(parts["title"])
    if not parts["subtitle"]:
        at = _inner_dash(title)
        if at > 0:
            parts["subtitle"].append(title[at:].strip(BLANKS))
            title = title[:at].strip(BLANKS)
    return " ".join(parts["kicker"]), title, " ".join(parts["subtitle"]), " ".join(parts["byline"])


def _inner_dash(title: str) -> int:
    """Where a second line printed on the headline's own line begins; -1 where there is none."""
    for dash in ("——", "―", "──"):
        for blank in (" ", "\u3000"):
            at = title.find(blank + dash)
            if at > 1:
                return at
    at = title.find("——")
    return at if at >= 4 and len(title) - at >= 7 else -1


def find_byline(own: str, paragraphs: list[str], *, rows: bool = False) -> tuple[Byline, list[str]]:
    """The byline of an article and its paragraphs without a name that ends the body; a name that ends `rows` is a cell."""
    if own:
        return parse_names(own), paragraphs
    lead = lead_names(paragraphs[0]) if paragraphs else ""
    tail = ""
    if paragraphs and not rows:
        at = tail_names(paragraphs[-1])
        if at > 0:
            tail = paragraphs[-1][at:].strip(BLANKS)
            paragraphs = [*paragraphs[:-1], paragraphs[-1][:at].rstrip(BLANKS)]
    found = parse_names(lead or tail)
    if lead and tail:
        more = parse_names(tail)
        found = Byline(
            f"{lead} {tail}",
            tuple(dict.fromkeys(found.reporters + more.reporters)),
            tuple(dict.fromkeys(found.correspondents + more.correspondents)),
            found.photographers,
        )
    if tail and is_supplier(tail.strip("（）()")):
        found = Byline(found.raw, found.reporters if lead else (), found.correspondents if lead else ())
    return found, paragraphs
