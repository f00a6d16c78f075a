"""The door of the page parser: a page's text goes in, its articles come out.

The steps: lines become chunks (chunks), repeats and furniture go aside (repeats, furniture), pictures are taken out
(photos), short lines are weighed (roles, runs), headlines and paragraphs are put together (assembly), and the plan
becomes records (articles). Places, persons and dates are filled in later by store/places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from store.models import Byline, LineExplanation, PageText, ParsedArticle, ParsedPage, SetAside, Warning_
from store.pages.affinity import grams
from store.pages.articles import build_body, find_byline, headline
from store.pages.assembly import Plan, assemble
from store.pages.bylines import parse_names
from store.pages.characters import BLANKS, ends_open
from store.pages.chunks import Chunk, Layout, split_chunks
from store.pages.furniture import furniture_reason
from store.pages.photos import Photo, find_photos
from store.pages.repeats import Repeat, find_repeats
from store.pages.roles import is_short, page_style, weigh


def parse_page(page: PageText, *, explain: bool = False) -> ParsedPage:
    """Part a page into its articles; never raises, whatever the lines hold."""
    layout, chunks = split_chunks(page)
    work = _Page(layout, chunks)
    work.cut_repeats()
    work.put_furniture_aside()
    work.take_photos()
    work.assemble()
    articles = work.articles()
    return ParsedPage(
        tuple(articles),
        tuple(sorted(work.aside, key=lambda s: (s.first_line, s.last_line))),
        tuple(work.warnings),
        paper=page.paper,
        day=page.day,
        number=page.number,
        explanations=tuple(work.explain(page)) if explain else (),
    )


@dataclass(slots=True)
class _Page:
    """The work on one page: chunks and what is known of each so far."""

    layout: Layout
    chunks: list[Chunk]
    aside: list[SetAside] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    photos: list[Photo] = field(default_factory=list)
    repeats: dict[int, int] = field(default_factory=dict)
    roles: dict[int, tuple[str, int | None, float, tuple[str, ...]]] = field(default_factory=dict)
    plan: Plan | None = None
    stream: list[int] = field(default_factory=list)

    def cut_repeats(self) -> None:
        """Take text that the page prints twice out of its chunks."""
        ranges: dict[int, list[Repeat]] = {}
        for repeat in find_repeats([c.text for c in self.chunks]):
            ranges.setdefault(repeat.chunk, []).append(repeat)
        for number, found in ranges.items():
            chunk = self.chunks[number]
            kept: list[str] = []
            starts: list[tuple[int, int]] = []
            at = length = 0
            for repeat in [*found, Repeat(number, len(chunk.text), len(chunk.text))]:
                if repeat.start > at:
                    starts += [(length, chunk.line_at(at))]
                    starts += [(length + s - at, line) for s, line in chunk.starts if at < s < repeat.start]
                    kept.append(chunk.text[at : repeat.start])
                    length += repeat.start - at
                if repeat.end > repeat.start:
                    first, last = chunk.line_at(repeat.start) + 1, chunk.line_at(repeat.end - 1) + 1
                    text = chunk.text[repeat.start : repeat.end]
                    self.aside.append(SetAside("repeat", text, first, last))
                    self.warnings.append(
                        Warning_("repeat", f"Text printed twice was kept out: {text[:24]}", first)
                    )
                at = repeat.end
            text = "".join(kept)
            self.repeats[number] = found[0].start
            if text.strip(BLANKS):
                self.chunks[number] = replace(chunk, text=text, starts=tuple(starts))
            else:
                self.taken.add(number)
                self.roles[number] = ("repeat", None, 0.9, ("an exact copy of text further up",))

    def put_furniture_aside(self) -> None:
        """Staff lines, dates, page numbers, jump lines."""
        for number, chunk in enumerate(self.chunks):
            if number in self.taken:
                continue
            reason = furniture_reason(chunk.text)
            if reason:
                self._set_aside("furniture", number, reason)

    def _set_aside(self, role: str, number: int, *reasons: str) -> None:
        chunk = self.chunks[number]
        self.taken.add(number)
        self.roles[number] = (role, None, 0.9, reasons)
        self.aside.append(SetAside(role, chunk.text, chunk.first_line + 1, chunk.last_line + 1))

    def take_photos(self) -> None:
        """Captions and credits leave the stream of prose."""
        self.photos = find_photos(self.chunks, self.layout, self.taken)
        for photo in self.photos:
            self.taken.update(photo.captions)
            if photo.credit >= 0:
                self.taken.add(photo.credit)

    def assemble(self) -> None:
        """Headlines find their bodies."""
        self.stream = [n for n in range(len(self.chunks)) if n not in self.taken]
        style = page_style([self.chunks[n] for n in self.stream], self.layout)
        shorts = {
            n: weigh(self.chunks[n], style, self.layout) for n in self.stream if is_short(self.chunks[n])
        }
        self.plan = assemble(self.chunks, self.stream, shorts, style, self.layout) if self.stream else None

    def articles(self) -> list[ParsedArticle]:
        """Articles, photos and notices in the order in which they begin on the page."""
        found: list[tuple[int, ParsedArticle]] = []
        if self.plan is not None:
            found += self._written(self.plan)
        found += [self._photo(photo) for photo in self.photos]
        found.sort(key=lambda item: item[0])
        texts = [grams("".join(a.body) + a.title) for _, a in found]
        out: list[ParsedArticle] = []
        for index, (_, article) in enumerate(found):
            owner = None
            if article.kind == "photo":
                owner = _owner(index, [a for _, a in found], texts)
            out.append(replace(article, photo_of=owner))
        self._number_roles([start for start, _ in found])
        return out

    def _number_roles(self, starts: list[int]) -> None:
        order = {start: index for index, start in enumerate(starts)}
        for number, (role, owner, confidence, reasons) in list(self.roles.items()):
            if owner is not None:
                self.roles[number] = (role, order.get(owner), confidence, reasons)

    def _written(self, plan: Plan) -> list[tuple[int, ParsedArticle]]:
        found: list[tuple[int, ParsedArticle]] = []
        for number in plan.banners:
            self._set_aside("banner", number, "a column's banner")
        for group in plan.orphans:
            for number in group.lines:
                self._set_aside("banner", number, "a headline without a body")
        prose, subheads = set(plan.prose), {n for n, _ in plan.subheads}
        for index, draft in enumerate(plan.drafts):
            stop = plan.drafts[index + 1].start if index + 1 < len(plan.drafts) else len(self.stream)
            start = draft.start if index else 0
            mine = [n for n in self.stream[start:stop] if n in prose or n in subheads]
            lone = [n for n, place in plan.bylines if start <= place < stop]
            body = build_body([(self.chunks[n], n in subheads) for n in mine])
            kicker, title, subtitle, own = headline(draft.head, self.chunks)
            own = " ".join([own, *(self.chunks[n].text for n in lone)]).strip()
            byline, paragraphs = find_byline(own, body.paragraphs)
            lines = [*mine, *lone, *(draft.head.lines if draft.head else ())]
            first = min(lines)
            self.aside += [SetAside("furniture", text, line + 1, line + 1) for text, line in body.jumps]
            complete = not (paragraphs and ends_open(paragraphs[-1]))
            if any(n in self.repeats for n in mine):
                pass
            if not complete:
                self.warnings.append(
                    Warning_(
                        "cut-off",
                        f"An article stops in mid-sentence: {title or paragraphs[0][:20]}",
                        self.chunks[mine[-1]].last_line + 1,
                    )
                )
            if not title:
                self.warnings.append(
                    Warning_(
                        "no-headline",
                        f"No headline was found for: {paragraphs[0][:20] if paragraphs else ''}",
                        self.chunks[first].first_line + 1,
                    )
                )
            for n in mine:
                self.roles[n] = ("subhead" if n in subheads else "body", first, 0.9, ())
            for n in lone:
                self.roles[n] = ("byline", first, 0.8, ())
            if draft.head:
                for n, role in zip(draft.head.lines, draft.head.roles, strict=True):
                    self.roles[n] = (role, first, 0.9, (f"headline {draft.placement} its body",))
            found.append(
                (
                    first,
                    ParsedArticle(
                        "article",
                        title,
                        tuple(paragraphs),
                        kicker=kicker,
                        subtitle=subtitle,
                        byline=byline,
                        subheads=tuple(body.subheads),
                        lines=self._ranges(lines),
                        complete=complete and not body.jumps,
                    ),
                )
            )
        return found

    def _photo(self, photo: Photo) -> tuple[int, ParsedArticle]:
        numbers = [*photo.captions, *([photo.credit] if photo.credit >= 0 else [])]
        pieces: list[tuple[Chunk, bool]] = [(self.chunks[n], False) for n in photo.captions]
        raw = self.chunks[photo.credit].text if photo.credit >= 0 else ""
        if photo.cut >= 0:
            last = self.chunks[photo.captions[-1]]
            raw = last.text[photo.cut :]
            pieces[-1] = (replace(last, text=last.text[: photo.cut].rstrip(BLANKS)), False)
        body = build_body(pieces)
        for n in photo.captions:
            self.roles[n] = ("caption", numbers[0], 0.9, (photo.reason,))
        if photo.credit >= 0:
            self.roles[photo.credit] = ("credit", numbers[0], 0.9, ("names who took a picture",))
        byline = parse_names(raw) if raw else Byline()
        return min(numbers), ParsedArticle(
            "photo",
            "",
            tuple(body.paragraphs),
            byline=byline,
            lines=self._ranges(numbers),
            complete=bool(photo.captions),
        )

    def _ranges(self, numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
        """1-based inclusive ranges of the lines of some chunks."""
        spans = sorted((self.chunks[n].first_line + 1, self.chunks[n].last_line + 1) for n in numbers)
        out: list[tuple[int, int]] = []
        for first, last in spans:
            if out and first <= out[-1][1] + 1:
                out[-1] = (out[-1][0], max(last, out[-1][1]))
            else:
                out.append((first, last))
        return tuple(out)

    def explain(self, page: PageText) -> list[LineExplanation]:
        """What each line was taken for."""
        out: list[LineExplanation] = []
        for number, chunk in enumerate(self.chunks):
            role, owner, confidence, reasons = self.roles.get(number, ("body", None, 0.5, ()))
            for line in range(chunk.first_line, chunk.last_line + 1):
                out.append(
                    LineExplanation(
                        line + 1, page.lines[line].strip(BLANKS), role, owner, confidence, reasons
                    )
                )
        return out


def _owner(index: int, articles: list[ParsedArticle], texts: list[set[str]]) -> int | None:
    """The article a photo belongs to: the one it shares most words with, if it shares many."""
    mine = texts[index]
    best: tuple[float, int] | None = None
    for other, article in enumerate(articles):
        if article.kind == "article" and mine:
            share = len(mine & texts[other]) / len(mine)
            if share >= 0.3 and (best is None or share > best[0]):
                best = (share, other)
    return best[1] if best else None
