"""The door of the page parser: a page's text goes in, its articles come out.

The steps: lines become chunks (chunks), repeats, notices and furniture go aside (repeats, notices, furniture), pictures
are taken out (photos), short lines are weighed (roles, runs), headlines and paragraphs are put together (assembly), and
the plan becomes records (records). Places, persons and dates are filled in later by store/places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from store.models import Correction, LineExplanation, PageText, ParsedArticle, ParsedPage, SetAside, Warning_
from store.pages.assembly import assemble
from store.pages.bylines import read_own_line
from store.pages.characters import BLANKS, ends_sentence
from store.pages.chunks import Chunk, split_chunks
from store.pages.cleaning import clean_lines
from store.pages.continuity import is_lead
from store.pages.corrected import (
    ASIDE,
    WHY,
    bare_headline,
    breaks,
    captions,
    find_lines,
    join_articles,
    roles_of,
    sure_line,
)
from store.pages.furniture import furniture_reason, is_masthead
from store.pages.legibility import legibility
from store.pages.marked import Marked, find_marked, marked_record, role_of
from store.pages.measures import Layout
from store.pages.notices import Notice, find_notices
from store.pages.photos import Photo, find_photos
from store.pages.records import (
    Mark,
    notice_record,
    photo_record,
    set_owners,
    verse_record,
    whole_record,
    written_records,
)
from store.pages.repeats import Repeat, find_repeats
from store.pages.roles import ShortLine, is_short, page_style
from store.pages.shadow import Original, shadow_of
from store.pages.states import Plan
from store.pages.verse import Verse, find_verse
from store.pages.weighing import weigh

MOST_LINES = 8000
"""A page of a daily has a few hundred lines; more is no page, and is kept as one plain text."""
MOST_CHARACTERS = 400_000
PAGE_HEAD = 6
"""Among so many pieces at the top of a page its masthead stands beside its date."""
WINDOW = 260
"""So many chunks are assembled at a time: three dense pages' worth, so that time grows with length and no faster."""


def parse_page(
    page: PageText, *, explain: bool = False, corrections: Sequence[Correction] = ()
) -> ParsedPage:
    """Part a page into its articles, as its `corrections` say; never raises, whatever the lines hold."""
    if len(page.lines) > 4 * MOST_LINES or sum(map(len, page.lines)) > MOST_CHARACTERS:
        return _plain(page)
    printed = clean_lines(page.lines)
    shadow = shadow_of(printed)
    said, lost = find_lines(corrections, page.lines)
    layout, chunks = split_chunks(replace(page, lines=printed if shadow is None else shadow), breaks(said))
    if len(chunks) > MOST_LINES:
        return _plain(page)
    work = _Work(layout, chunks, warnings=lost, said=said, roles=roles_of(chunks, said))
    found = _parsed(page, work, explain=explain)
    return found if shadow is None else Original(printed, shadow).page(found)


def _parsed(page: PageText, work: _Work, *, explain: bool) -> ParsedPage:
    """The page as it was read, in the characters it was read in."""
    if page.whole:
        work.read_whole()
    else:
        work.take_corrected()
        work.take_marked(page)
        work.cut_repeats()
        work.take_notices()
        work.put_furniture_aside()
        work.take_photos()
        work.take_verse()
        work.assemble()
    articles = work.articles()
    texts = [p for a in articles for p in (a.title, *a.body) if p] + [piece.text for piece in work.aside]
    read = legibility(texts)
    if read < POOR and sum(map(len, texts)) >= 60:
        work.warnings.append(Warning_("illegible", f"Much of this page was misread (legibility {read:.2f})"))
    return ParsedPage(
        tuple(articles),
        tuple(sorted(work.aside, key=lambda s: (s.first_line, s.last_line))),
        tuple(sorted(work.warnings, key=lambda w: w.line)),
        read,
        page.paper,
        page.day,
        page.number,
        tuple(work.explain(page)) if explain else (),
    )


POOR = 0.5
"""Below this a text counts as misread: news read cleanly lies above 0.58, a third of its characters wrong below 0.48."""


def _plain(page: PageText) -> ParsedPage:
    """A text far too long for a page: kept whole, a paragraph a line, with a warning."""
    lines = [(n, text) for n, line in enumerate(page.lines, 1) if (text := line.strip(BLANKS))]
    if not lines:
        return ParsedPage((), paper=page.paper, day=page.day, number=page.number)
    read = legibility([text[:400] for _, text in lines[:50]])
    article = ParsedArticle(
        "article",
        "",
        tuple(t for _, t in lines),
        lines=((lines[0][0], lines[-1][0]),),
        confidence=0.1,
        legibility=read,
        complete=False,
    )
    warning = Warning_(
        "too-long", f"{len(lines)} lines are no newspaper page; the text was kept in one piece"
    )
    return ParsedPage((article,), (), (warning,), read, page.paper, page.day, page.number)


@dataclass(slots=True)
class _Work:
    """The work on one page: its chunks and what is known of each so far."""

    layout: Layout
    chunks: list[Chunk]
    aside: list[SetAside] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    jumped: set[int] = field(default_factory=set)
    marks: dict[int, Mark] = field(default_factory=dict)
    found: list[tuple[int, ParsedArticle]] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    verse: list[Verse] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)
    shorts: dict[int, ShortLine] = field(default_factory=dict)
    said: list[Correction] = field(default_factory=list)
    roles: dict[int, Correction] = field(default_factory=dict)
    """What operators said of chunks: these are taken for nothing else."""

    def take_corrected(self) -> None:
        """What operators called banners, furniture or captions leaves the stream of prose."""
        for number, one in self.roles.items():
            if one.what in ASIDE:
                self.set_aside(one.what, number, WHY)
        self.photos = captions(self.chunks, self.roles)
        for photo in self.photos:
            self.taken.update((*photo.captions, *(n for n in (photo.credit,) if n >= 0)))

    def cut_repeats(self) -> None:
        """Take text that the page prints twice out of its chunks."""
        ranges: dict[int, list[Repeat]] = {}
        texts = [
            "" if n in self.taken or n in self.roles or c.rows else c.text for n, c in enumerate(self.chunks)
        ]
        for repeat in find_repeats(texts):
            ranges.setdefault(repeat.chunk, []).append(repeat)
        for number, found in ranges.items():
            chunk = self.chunks[number]
            kept: list[str] = []
            starts: list[tuple[int, int]] = []
            at = length = 0
            for repeat in [*found, Repeat(number, len(chunk.text), len(chunk.text))]:
                if repeat.start > at:
                    starts.append((length, chunk.line_at(at)))
                    starts += [(length + s - at, line) for s, line in chunk.starts if at < s < repeat.start]
                    kept.append(chunk.text[at : repeat.start])
                    length += repeat.start - at
                if repeat.end > repeat.start:
                    self._note_repeat(chunk, repeat)
                at = repeat.end
            if "".join(kept).strip(BLANKS):
                self.chunks[number] = replace(chunk, text="".join(kept), starts=tuple(starts))
            else:
                self.taken.add(number)
                self.marks[number] = Mark("repeat", None, 0.9, ("an exact copy of text further up",))

    def _note_repeat(self, chunk: Chunk, repeat: Repeat) -> None:
        first, last = chunk.line_at(repeat.start) + 1, chunk.line_at(repeat.end - 1) + 1
        text = chunk.text[repeat.start : repeat.end]
        self.aside.append(SetAside("repeat", text, first, last))
        shown = text.strip("，。,;；" + BLANKS)[:24]
        if repeat.jump:
            self.jumped.add(repeat.chunk)
            self.warnings.append(
                Warning_(
                    "jumped-back",
                    f"The reader of the page jumped back here, text may be lost: {shown}",
                    first,
                )
            )
        else:
            self.warnings.append(Warning_("repeat", f"Text printed twice was kept out: {shown}", first))

    def take_marked(self, page: PageText) -> None:
        """What the reader has marked by the page's geometry leaves the stream of prose."""
        self.marked = find_marked(self.chunks, page, self.taken) if page.roles else []
        for marked in self.marked:
            self.taken.update(marked.numbers)
        for number, chunk in enumerate(self.chunks):
            if number not in self.taken and role_of(chunk, page) in ("furniture", "section"):
                role = "furniture" if role_of(chunk, page) == "furniture" else "banner"
                self.set_aside(
                    role, number, "stands where a page has its head, its foot or a section's heading"
                )

    def take_notices(self) -> None:
        """Notices, corrections and indexes leave the stream of prose."""
        self.notices = find_notices(self.chunks, self.layout, self.taken | self.roles.keys())
        for notice in self.notices:
            self.taken.update(notice.body)
            if notice.head >= 0:
                self.taken.add(notice.head)

    def put_furniture_aside(self) -> None:
        """Staff lines, dates, page numbers, jump lines."""
        for number, chunk in enumerate(self.chunks):
            if number not in self.taken and number not in self.roles and not chunk.rows:
                reason = furniture_reason(chunk.text)
                if reason:
                    self.set_aside("furniture", number, reason)
        head = range(min(PAGE_HEAD, len(self.chunks)))
        if any(number in self.marks and self.marks[number].role == "furniture" for number in head):
            for number in head:
                if (
                    number not in self.taken
                    and number not in self.roles
                    and is_masthead(self.chunks[number].text)
                ):
                    self.set_aside("furniture", number, "the paper's name in the page's head")

    def set_aside(self, role: str, number: int, *reasons: str) -> None:
        """A chunk that belongs to no article."""
        chunk = self.chunks[number]
        self.taken.add(number)
        self.marks[number] = Mark(role, None, 0.9, reasons)
        self.aside.append(SetAside(role, chunk.text, chunk.first_line + 1, chunk.last_line + 1))

    def take_photos(self) -> None:
        """Captions and credits leave the stream of prose."""
        self.photos += find_photos(self.chunks, self.layout, self.taken | self.roles.keys())
        for photo in self.photos:
            self.taken.update(photo.captions)
            self.taken.update(n for n in (photo.credit, photo.head) if n >= 0)

    def take_verse(self) -> None:
        """Poems leave the stream of prose, with their headlines."""
        self.verse = find_verse(self.chunks, self.taken | self.roles.keys())
        for poem in self.verse:
            self.taken.update((poem.head, *poem.lines, *poem.parts))
            if poem.byline >= 0:
                self.taken.add(poem.byline)

    def assemble(self) -> None:
        """Headlines find their bodies."""
        stream = [n for n in range(len(self.chunks)) if n not in self.taken]
        style = page_style([self.chunks[n] for n in stream], self.layout)
        said = {n: one.what for n, one in self.roles.items()}
        short = [n for n in stream if said.get(n) != "body" and (n in said or is_short(self.chunks[n]))]
        for window in self._windows(stream):
            inside = set(window)
            near = [n for n in short if n in inside]
            sets = self._sets(window, inside & set(short))
            shorts = {
                n: weigh(
                    self.chunks[n],
                    style,
                    self.layout,
                    sets.get(n, ()),
                    self._below(n).text[:40],
                    block=bool(self._below(n).rows),
                )
                for n in near
            }
            shorts |= {n: sure_line(said[n]) for n in near if n in said}
            self.shorts.update(shorts)
            self._record(assemble(self.chunks, window, shorts, self.layout), window)

    def _below(self, number: int) -> Chunk:
        return self.chunks[min(number + 1, len(self.chunks) - 1)]

    def _sets(self, window: list[int], short: set[int]) -> dict[int, list[str]]:
        """For each short line the others that could be subheads of the same article: none where an item opens right
        below it or was signed right above it, and none past such a place."""
        out: dict[int, list[str]] = {}
        section: list[int] = []
        for place, number in enumerate([*window, -1]):
            text = self.chunks[number].text if number >= 0 else ""
            signed = number < 0 or read_own_line(text) or (number not in short and is_lead(text))
            if number in short and not signed:
                section.append(number)
                continue
            if not signed:
                continue
            while section and place and section[-1] == window[place - 1]:
                section.pop()
                place -= 1
            for n in section:
                out[n] = [self.chunks[m].text for m in section if m != n]
            section = []
        return out

    def _windows(self, stream: list[int]) -> list[list[int]]:
        """The stream in pieces of bearable length, parted before a short line that follows a sentence's end."""
        out: list[list[int]] = []
        while len(stream) > WINDOW:
            cut = WINDOW
            for place in range(WINDOW, WINDOW // 2, -1):
                if is_short(self.chunks[stream[place]]) and ends_sentence(
                    self.chunks[stream[place - 1]].text
                ):
                    cut = place
                    break
            out.append(stream[:cut])
            stream = stream[cut:]
        return [*out, stream] if stream else out

    def _record(self, plan: Plan, window: list[int]) -> None:
        for number in plan.banners:
            self.set_aside("banner", number, "a column's banner", *self.shorts[number].reasons)
        for group in plan.orphans:
            for number in group.lines:
                if self.shorts[number].sure:
                    self.found.append((number, bare_headline(self.chunks[number])))
                    self.marks[number] = Mark("title", number, 1.0, (WHY,))
                    continue
                self.set_aside("banner", number, "a headline without a body", *self.shorts[number].reasons)
        self.found += written_records(plan, window, self)
        for number in window:
            if number not in self.marks:
                self.set_aside("banner", number, "belongs to no article", *self.shorts[number].reasons)

    def read_whole(self) -> None:
        """The page is one article already."""
        self.found += whole_record(self)

    def articles(self) -> list[ParsedArticle]:
        """Articles, photos and notices in the order in which they begin on the page."""
        self.found += [photo_record(photo, self) for photo in self.photos]
        self.found += [notice_record(notice, self) for notice in self.notices]
        self.found += [verse_record(poem, self) for poem in self.verse]
        self.found += [marked_record(marked, self) for marked in self.marked]
        self.found.sort(key=lambda item: item[0])
        self.found, moved = join_articles(self.found, self.said)
        order = {start: index for index, (start, _) in enumerate(self.found)}
        for number, mark in self.marks.items():
            if mark.owner is not None:
                self.marks[number] = mark._replace(owner=order.get(moved.get(mark.owner, mark.owner)))
        return set_owners([article for _, article in self.found])

    def explain(self, page: PageText) -> list[LineExplanation]:
        """What each line was taken for, and why."""
        out: list[LineExplanation] = []
        for number, chunk in enumerate(self.chunks):
            mark = self.marks.get(number) or Mark("body", None, 0.5, ())
            for line in range(chunk.first_line, chunk.last_line + 1):
                out.append(LineExplanation(line + 1, page.lines[line].strip(BLANKS), *mark))
        return out
