"""Headlines and paragraphs become articles: all placements are weighed against each other, the best whole wins.

The page is read once from top to bottom. A state holds the article being read, the one before it if that still
lacks a headline, and a headline that waits for its body; of states that the rest of the page cannot tell apart
only the best is kept. A headline may stand before its body, inside it at a column cut, behind it, or behind the
next body as well. Bodies run on without a gap: what lies between (pictures, banners, staff lines) is out already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.pages.affinity import Affinity
from store.pages.bylines import LEAD, tail_names
from store.pages.characters import CLOSERS, ends_open, ends_sentence
from store.pages.chunks import Chunk, Layout
from store.pages.roles import PageStyle, ShortLine
from store.pages.runs import Group, Reading, read_run
from store.pages.weights import WEIGHTS as W

WIDTH = 40
"""How many states are kept after each step."""
_END_MARK = re.compile(
    r"[（(](?:完|[上中下终一二三四五]|本报.{0,24}[电讯]|新华社.{0,24}[电讯]|据.{2,16}[电讯报]?|作者.{2,30}|原载.{2,24}|续完|未完待续)[）)]$"
)
_FRESH = re.compile(
    r"^(?:近日|日前|连日来|近年来|今年以来|去年|今年|\d{1,2}月\d{1,2}日|\d{4}年|昨[日天]|今[日天]|近段时间|近期|最近|本报|为[了进切深贯])"
)
_GOES_ON = re.compile(
    r"^(?:[，。、；！？,;!?：:”’」』）)》的了着过们]|并[且]?[^不非肩]|以及|而[且]?|及其|和[^平谐睦])"
)
_FOLLOWS = re.compile(
    r"^(?:据[了悉介]|此外|同时|与此同时|另外|目前|下一步|随后|其中|会议[指要强还]|会上|活动中|[他她它](?:们|说|指|还|在|的)|这[些一个种是]|该[县市区校院局村镇]|[^，。]{2,4}(?:说|表示|指出|强调|介绍|认为|还说|告诉))"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article in the making: its paragraphs as positions in the stream of prose, its headline's group."""

    start: int
    end: int
    head: Group | None
    placement: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What became of the page's chunks: articles over `prose`, lines that are banners or subheads, lone bylines."""

    prose: tuple[int, ...]
    drafts: tuple[Draft, ...]
    banners: tuple[int, ...]
    subheads: tuple[tuple[int, int], ...]
    bylines: tuple[tuple[int, int], ...]
    orphans: tuple[Group, ...]
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class _Article:
    start: int
    head: Group | None
    placement: str
    base: float


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    current: _Article | None
    before: _Article | None
    before_end: int
    waiting: Group | None
    mid: bool
    bits: int
    trail: object

    def key(self) -> object:
        """What the rest of the page can know of this state."""
        c, b = self.current, self.before
        return (
            c and (c.start, c.head and c.head.lines),
            b and b.head is None and b.start,
            self.waiting and self.waiting.lines,
            self.mid,
        )


def assemble(
    chunks: Sequence[Chunk],
    stream: Sequence[int],
    shorts: dict[int, ShortLine],
    style: PageStyle,
    layout: Layout,
) -> Plan:
    """The best reading of the page's chunks in `stream`; those in `shorts` may be something else than prose."""
    return _Search(chunks, stream, shorts, layout).run()


class _Search:
    """One pass over one page; holds what all steps look at."""

    def __init__(
        self, chunks: Sequence[Chunk], stream: Sequence[int], shorts: dict[int, ShortLine], layout: Layout
    ) -> None:
        self.chunks = chunks
        self.stream = list(stream)
        self.shorts = shorts
        self.layout = layout
        self.at = {number: place for place, number in enumerate(self.stream)}
        heads = [n for n in self.stream if n in shorts]
        self.head_index = {n: i for i, n in enumerate(heads)}
        self.affinity = Affinity(
            [chunks[n].text for n in self.stream],
            [chunks[n].text for n in heads],
            [n not in shorts for n in self.stream],
        )
        self.pulls: dict[tuple[tuple[int, ...], int, int], float] = {}

    def pull(self, group: Group, start: int, end: int) -> float:
        """How strongly a headline belongs to a span of the stream; its own lines do not count."""
        lines = tuple(
            n
            for n, role in zip(group.lines, group.roles, strict=True)
            if role in ("kicker", "title", "subtitle")
        )
        key = (lines, start, end)
        found = self.pulls.get(key)
        if found is None:
            found = self.affinity.pull([self.head_index[n] for n in lines], start, end)
            self.pulls[key] = found
        return found

    def run(self) -> Plan:
        states = [_State(0.0, None, None, 0, None, False, 0, None)]
        place = 0
        while place < len(self.stream):
            number = self.stream[place]
            if number not in self.shorts:
                states = self._prune(self._prose(states, place))
                place += 1
                continue
            stop = place
            while stop < len(self.stream) and self.stream[stop] in self.shorts:
                stop += 1
            run = self.stream[place:stop]
            done: list[_State] = []
            for part in (run[i : i + 12] for i in range(0, len(run), 12)):
                readings = read_run(part, self.chunks, self.shorts)
                done = []
                for reading in readings:
                    done += self._read(states, reading)
                states = self._prune(done)
            place = stop
        finished = sorted((self._finish(s) for s in states), key=lambda s: -s.score)
        margin = finished[0].score - finished[1].score if len(finished) > 1 else 9.0
        return self._plan(finished[0], margin)

    def _prune(self, states: list[_State]) -> list[_State]:
        best: dict[object, _State] = {}
        for state in states:
            key = state.key()
            held = best.get(key)
            if held is None or state.score > held.score:
                best[key] = state
        return sorted(best.values(), key=lambda s: -s.score)[:WIDTH]

    # prose

    def _prose(self, states: list[_State], place: int) -> list[_State]:
        out: list[_State] = []
        go_on = self._continuity(place)
        bits = self.affinity.bits[place]
        for state in states:
            if state.current is not None and state.waiting is None:
                link = self.affinity.link(state.bits, bits)
                score = state.score + go_on + link
                if state.mid:
                    score += self._mid_cost(place)
                out.append(
                    _State(
                        score,
                        state.current,
                        state.before,
                        state.before_end,
                        None,
                        False,
                        state.bits | bits,
                        state.trail,
                    )
                )
            out.append(self._open(state, place, bits))
        return out

    def _mid_cost(self, place: int) -> float:
        """A headline inside its body stands at a column cut."""
        before = self._prose_before(place)
        if before < 0:
            return -3.0
        return W.middle if ends_open(self.chunks[before].text) else W.middle_whole

    def _prose_before(self, place: int) -> int:
        for back in range(place - 1, max(-1, place - 14), -1):
            if self.stream[back] not in self.shorts:
                return self.stream[back]
        return -1

    def _open(self, state: _State, place: int, bits: int) -> _State:
        """A new article begins with this paragraph."""
        score, trail = state.score, state.trail
        chunk = self.chunks[self.stream[place]]
        before, before_end = state.before, state.before_end
        if state.current is not None:
            score, trail = self._close_before(score, trail, state)
            before, before_end = state.current, max(self._end(place), state.current.start + 1)
            score += self._pull_waiting(state.current, before_end)
            trail = (trail, ("close", state.current, before_end))
            score -= self._ahead(state.bits, place)
        if LEAD.match(chunk.text):
            score += W.lead_start
        if state.waiting is not None:
            current = _Article(place, state.waiting, "before", 0.0)
            score += W.before
            if not state.waiting.has_byline and not LEAD.match(chunk.text):
                score += W.plain_start
        else:
            current = _Article(place, None, "", 0.0)
            score -= W.headless
        return _State(score, current, before, before_end, None, False, bits, trail)

    def _ahead(self, bits: int, place: int) -> float:
        """How much the paragraphs behind a supposed beginning still speak of the article before it."""
        found = 0.0
        seen = 0
        for n in range(place + 1, min(len(self.stream), place + 6)):
            if self.stream[n] in self.shorts:
                continue
            if LEAD.match(self.chunks[self.stream[n]].text):
                break
            found += W.ahead * self.affinity.link(bits, self.affinity.bits[n])
            seen += 1
            if seen == 2:
                break
        return max(-1.5, min(3.0, found))

    def _end(self, place: int) -> int:
        """The stream place behind the last prose before `place`."""
        for back in range(place - 1, -1, -1):
            if self.stream[back] not in self.shorts:
                return back + 1
        return place

    def _close_before(self, score: float, trail: object, state: _State) -> tuple[float, object]:
        return score, trail

    def _pull_waiting(self, article: _Article, end: int) -> float:
        """The headline's words in its body, counted when the body is complete (already counted: headline behind it)."""
        if article.head is None or article.placement in ("after", "next"):
            return 0.0
        return self.pull(article.head, article.start, end)

    def _continuity(self, place: int, *, short: bool = False) -> float:
        """How much this paragraph goes on with the one before: log-odds."""
        chunk = self.chunks[self.stream[place]]
        text = chunk.text
        previous = self._prose_before(place)
        if previous < 0:
            return 0.0
        above = self.chunks[previous].text
        score = 0.0 if short else W.stay
        opened = ends_open(above)
        lead = bool(LEAD.match(text))
        if lead:
            score += W.lead_stay
        if opened:
            score += 0.0 if lead else W.body_cut if short else W.cut
            if unclosed(above) and not short:
                score += W.unclosed
        if _GOES_ON.match(text):
            score += W.goes_on_cut if opened else W.goes_on
        elif _FOLLOWS.match(text):
            score += W.follows
        elif _FRESH.match(text):
            score += W.fresh
        if not opened and (_END_MARK.search(above[-60:]) or tail_names(above) >= 0):
            score += W.end_mark
        if chunk.gap > max(1, self.layout.gap) and not opened:
            score += W.gap
        return score

    # short lines

    def _read(self, states: list[_State], reading: Reading) -> list[_State]:
        """Go over the groups of one reading from every state."""
        now = [
            _State(
                s.score + reading.score, s.current, s.before, s.before_end, s.waiting, s.mid, s.bits, s.trail
            )
            for s in states
        ]
        for group in reading.groups:
            following: list[_State] = []
            for state in now:
                following += self._group(state, group)
            now = following
            if len(now) > 3 * WIDTH:
                now = self._prune(now)
        return now

    def _group(self, state: _State, group: Group) -> list[_State]:
        role = group.roles[0]
        place = self.at[group.lines[0]]
        out: list[_State] = []
        note = lambda what: (state.trail, (what, group))  # noqa: E731
        if role == "banner":
            return [self._with(state, state.score, trail=note("banner"))]
        if role == "byline":
            cost = -1.0 if state.current is not None and state.waiting is None else -3.0
            return [self._with(state, state.score + cost, trail=note("byline"))]
        if role == "subhead":
            if state.current is None or state.waiting is not None:
                return []
            return [self._with(state, state.score + self._subhead_cost(state.current, place), trail=note("subhead"))]
        if role == "body":
            if state.current is None or state.waiting is not None:
                return [self._open(state, place, self.affinity.bits[place])]
            link = self._continuity(place, short=True)
            return [
                _State(
                    state.score + link,
                    state.current,
                    state.before,
                    state.before_end,
                    None,
                    False,
                    state.bits | self.affinity.bits[place],
                    state.trail,
                )
            ]
        bonus = W.with_byline if group.has_byline else 0.0
        if state.waiting is None:
            out.append(self._with(state, state.score + bonus, waiting=group, trail=note("wait")))
            current = state.current
            if current is not None and current.head is None:
                end = max(self._end(place), current.start + 1)
                score = state.score + bonus + W.headless + W.after + self.pull(group, current.start, end)
                out.append(
                    _State(
                        score,
                        _Article(current.start, group, "after", 0.0),
                        state.before,
                        state.before_end,
                        None,
                        True,
                        state.bits,
                        note("after"),
                    )
                )
            if state.before is not None and state.before.head is None and current is not None:
                score = (
                    state.score
                    + bonus
                    + W.headless
                    + W.following
                    + self.pull(group, state.before.start, state.before_end)
                )
                named = _Article(state.before.start, group, "next", 0.0)
                out.append(
                    _State(
                        score,
                        current,
                        named,
                        state.before_end,
                        None,
                        state.mid,
                        state.bits,
                        (state.trail, ("next", group, state.before.start)),
                    )
                )
        out.append(self._with(state, state.score + W.orphan, trail=note("orphan")))
        return out

    def _with(
        self, state: _State, score: float, *, waiting: Group | None = None, trail: object = None
    ) -> _State:
        return _State(
            score,
            state.current,
            state.before,
            state.before_end,
            waiting or state.waiting,
            state.mid,
            state.bits,
            trail,
        )

    def _subhead_cost(self, article: _Article, place: int) -> float:
        """Subheads stand between whole paragraphs, and nothing opens an article behind them."""
        previous = self._prose_before(place)
        cost = 0.0
        if previous >= 0 and ends_open(self.chunks[previous].text):
            cost += W.subhead_cut
        if place + 1 >= len(self.stream):
            return cost - 3.0
        own = Group((self.stream[place],), ("title",))
        cost += W.subhead_pull * self.pull(own, article.start, min(place + 5, len(self.stream)))
        following = self.chunks[self.stream[place + 1]].text
        if LEAD.match(following):
            cost += W.subhead_lead
        return cost

    # the end

    def _finish(self, state: _State) -> _State:
        score, trail = state.score, state.trail
        if state.current is not None:
            end = max(self._end(len(self.stream)), state.current.start + 1)
            score += self._pull_waiting(state.current, end)
            trail = (trail, ("close", state.current, end))
        if state.waiting is not None:
            score += W.orphan
            trail = (trail, ("orphan", state.waiting))
        return _State(score, None, None, 0, None, False, 0, trail)

    def _plan(self, state: _State, margin: float) -> Plan:
        events: list[tuple[object, ...]] = []
        node = state.trail
        while node is not None:
            node, event = node  # type: ignore[misc]
            events.append(event)
        events.reverse()
        drafts: dict[int, Draft] = {}
        late: dict[int, Group] = {}
        waiting: Group | None = None
        banners: list[int] = []
        subheads: list[tuple[int, int]] = []
        bylines: list[tuple[int, int]] = []
        orphans: list[Group] = []
        for event in events:
            what = event[0]
            if what == "close":
                article, end = event[1], event[2]
                assert isinstance(article, _Article) and isinstance(end, int)
                drafts[article.start] = Draft(article.start, end, article.head, article.placement)
            elif what == "next":
                assert isinstance(event[1], Group) and isinstance(event[2], int)
                late[event[2]] = event[1]
            else:
                group = event[1]
                assert isinstance(group, Group)
                if what == "banner":
                    banners += group.lines
                elif what == "subhead":
                    subheads.append((group.lines[0], self.at[group.lines[0]]))
                elif what == "byline":
                    bylines += [(n, self.at[n]) for n in group.lines]
                elif what == "orphan":
                    orphans.append(group)
        for start, group in late.items():
            drafts[start] = Draft(start, drafts[start].end, group, "next")
        del waiting
        body = self._body_lines(drafts.values(), banners, subheads, bylines, orphans)
        return Plan(
            tuple(body),
            tuple(drafts[s] for s in sorted(drafts)),
            tuple(banners),
            tuple(subheads),
            tuple(bylines),
            tuple(orphans),
            margin,
        )

    def _body_lines(
        self,
        drafts: object,
        banners: list[int],
        subheads: list[tuple[int, int]],
        bylines: list[tuple[int, int]],
        orphans: list[Group],
    ) -> list[int]:
        """Every chunk of the stream that is body text, in order."""
        other = set(banners) | {n for n, _ in subheads} | {n for n, _ in bylines}
        for group in orphans:
            other.update(group.lines)
        for draft in drafts:  # type: ignore[attr-defined]
            if draft.head is not None:
                other.update(draft.head.lines)
        return [n for n in self.stream if n not in other]


def unclosed(text: str) -> bool:
    """Whether a quotation or bracket opened in the text is still open at its end."""
    tail = text[-400:]
    return (
        tail.rfind("“") > tail.rfind("”")
        or tail.rfind("（") > tail.rfind("）")
        or tail.rfind("《") > tail.rfind("》")
    )


__all__ = ["CLOSERS", "Draft", "Plan", "assemble", "ends_sentence", "unclosed"]
