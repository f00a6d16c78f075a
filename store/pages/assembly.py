"""Headlines and paragraphs become articles: all placements are weighed against each other, the best whole wins.

The page is read once from top to bottom. A state holds the article being read, the one before it if that still
lacks a headline, and a headline that waits for its body; of states that the rest of the page cannot tell apart
only the best is kept. A headline may stand before its body, inside it at a column cut, behind it, or behind the
next body as well. Bodies run on without a gap: what lies between (pictures, notices, staff lines) is out already.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.pages.affinity import Affinity
from store.pages.blocks import lists_briefs
from store.pages.bylines import opens_brief
from store.pages.chunks import Chunk
from store.pages.continuity import is_lead, leaves_open, measure_continuity
from store.pages.leftovers import FOREIGN, place_leftovers
from store.pages.measures import Layout
from store.pages.roles import ShortLine
from store.pages.runs import Group, Reading, orphan_cost, read_run
from store.pages.states import (
    JOINT,
    WIDTH,
    Article,
    Draft,
    Event,
    Joints,
    Plan,
    State,
    Trail,
    prose_around,
    prune,
    told,
)
from store.pages.weights import WEIGHTS as W

RUN = 12
"""Longer runs of short lines are read in pieces."""
AROUND = 12
"""Paragraphs behind a short line in which its words may recur."""


def assemble(
    chunks: Sequence[Chunk], stream: Sequence[int], shorts: dict[int, ShortLine], layout: Layout
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
        is_prose = [n not in shorts for n in self.stream]
        self.affinity = Affinity(
            [chunks[n].text for n in self.stream], [chunks[n].text for n in heads], is_prose
        )
        self.prose_before, self.prose_end = prose_around(self.stream, is_prose)
        self.leads = [is_lead(chunks[n].text) for n in self.stream]
        self.blocks = [bool(chunks[n].rows) for n in self.stream]
        # Briefs that open with their place in brackets have no headline; one alone is a part of something else.
        briefs = [opens_brief(chunks[n].text) for n in self.stream]
        self.briefs = [brief and sum(briefs) >= 2 for brief in briefs]
        self.pulls: dict[tuple[tuple[int, ...], int, int], float] = {}
        self.aheads: dict[tuple[int, int], float] = {}
        self.known: dict[tuple[int, bool], float] = {}

    def run(self) -> Plan:
        """Read the stream to its end and take the best state."""
        states = [State(0.0, None, None, 0, None, False, 0, None)]
        place = 0
        while place < len(self.stream):
            if self.stream[place] not in self.shorts:
                states = prune(self._prose(states, place))
                place += 1
                continue
            stop = place
            while stop < len(self.stream) and self.stream[stop] in self.shorts:
                stop += 1
            run = self.stream[place:stop]
            for part in (run[i : i + RUN] for i in range(0, len(run), RUN)):
                done: list[State] = []
                for reading in read_run(part, self.chunks, self.shorts):
                    done += self._read(states, reading)
                states = prune(done)
            place = stop
        finished = sorted((self._finish(s) for s in states), key=lambda s: -s.score)
        margin = finished[0].score - finished[1].score if len(finished) > 1 else 9.0
        return self._plan(finished[0], margin)

    # how strongly things belong together

    def _pull(self, lines: tuple[int, ...], start: int, end: int) -> float:
        key = (lines, start, end)
        found = self.pulls.get(key)
        if found is None:
            found = self.affinity.pull([self.head_index[n] for n in lines], start, end)
            self.pulls[key] = found
        return found

    def _head_pull(self, head: Group, start: int, end: int) -> float:
        """How strongly a headline belongs to a span of the stream; the words of a table's or a poem's rarely recur."""
        pull = self._pull(head.wording, start, end)
        if start >= len(self.stream):
            return pull
        below = self.chunks[self.stream[start]].text
        named = self.blocks[start] or any(lists_briefs(self.chunks[n].text, below) for n in head.wording)
        return max(pull, W.block_pull) if named else pull

    def _own_pull(self, article: Article, place: int) -> float:
        """How strongly a subhead or a piece of text belongs to the article it stands in."""
        return self._pull((self.stream[place],), article.start, min(place + AROUND, len(self.stream)))

    def _ahead(self, bits: int, start: int, place: int) -> float:
        """How much the paragraphs behind a supposed beginning still speak of the article before it."""
        found = self.aheads.get((start, place))
        if found is not None:
            return found
        total = 0.0
        seen = 0
        for n in range(place + 1, min(len(self.stream), place + 6)):
            if self.stream[n] in self.shorts:
                continue
            if self.leads[n]:
                break
            total += W.ahead * self.affinity.link(bits, self.affinity.bits[n])
            seen += 1
            if seen == 2:
                break
        total = max(-1.5, min(3.0, total))
        self.aheads[start, place] = total
        return total

    def _continuity(self, place: int, *, short: bool = False) -> float:
        known = self.known.get((place, short))
        if known is not None:
            return known
        previous = self.prose_before[place]
        if previous < 0:
            return 0.0
        wide = self.chunks[self.stream[place]].gap > max(1, self.layout.gap)
        above, text = self.chunks[previous].text, self.chunks[self.stream[place]].text
        if self.chunks[previous].rows:
            above = ""
        if self.blocks[place]:
            return W.stay + (W.block_open if leaves_open(above) else 0.0)
        if self.briefs[place]:
            return W.stay + W.lead_stay + W.lead_own
        known = self.known[place, short] = measure_continuity(above, text, wide_gap=wide, short=short)
        return known

    # prose

    def _prose(self, states: list[State], place: int) -> list[State]:
        out: list[State] = []
        go_on = self._continuity(place)
        bits = self.affinity.bits[place]
        for state in states:
            if state.current is not None and state.waiting is None:
                score = state.score + go_on + self.affinity.link(state.bits, bits)
                if state.middle:
                    score += self._middle_cost(place)
                out.append(state.with_text(score, bits))
            out.append(self._open(state, place, bits))
            if (
                state.carried is not None
                and state.waiting is None
                and self.leads[place]
                and self._head_pull(state.carried, place, min(place + 3, len(self.stream))) > 0
            ):
                out.append(self._open(state, place, bits, carried=state.carried))
        return out

    def _middle_cost(self, place: int) -> float:
        """A headline inside its body stands at a column cut."""
        previous = self.prose_before[place]
        if previous < 0:
            return W.middle_whole
        return W.middle if self._is_cut(previous) else W.middle_whole

    def _is_cut(self, number: int) -> bool:
        """Whether a piece stops in mid-sentence; rows end as they end."""
        return not self.chunks[number].rows and leaves_open(self.chunks[number].text)

    def _open(self, state: State, place: int, bits: int, carried: Group | None = None) -> State:
        """A new article begins with this paragraph."""
        score, trail = state.score, state.trail
        before, before_end = state.before, state.before_end
        if state.current is not None:
            before, before_end = state.current, max(self.prose_end[place], state.current.start + 1)
            score += self._closing(before, before_end) - self._ahead(state.bits, before.start, place)
            trail = Trail(trail, Event("close", None, before, before_end))
        if self.leads[place]:
            score += W.lead_start
        if state.waiting is not None:
            current = Article(place, state.waiting, "before")
            score += W.before if not self.briefs[place] else W.before_brief
            if not state.waiting.has_byline and not self.leads[place]:
                score += W.plain_start
        elif carried is not None:
            current = Article(place, carried, "far")
            score += W.far - orphan_cost(carried)
        else:
            current = Article(place, None, "")
            score -= W.headless if not self.briefs[place] else W.headless_brief
        return State(score, current, before, before_end, None, False, bits, trail)

    def _closing(self, article: Article, end: int) -> float:
        """The headline's words in the complete body; one behind the next body has been weighed already."""
        if article.head is None or article.placement == "next":
            return 0.0
        return self._head_pull(article.head, article.start, end)

    # short lines

    def _read(self, states: list[State], reading: Reading) -> list[State]:
        """Go over the groups of one reading from every state."""
        now = states
        for group in reading.groups:
            now = [after for state in now for after in self._group(state, group)]
            if len(now) > 2 * WIDTH:
                now = prune(now)
        return [State(s.score + reading.score, *s[1:]) for s in now]  # _replace takes thrice the time

    def _group(self, state: State, group: Group) -> list[State]:
        role = group.roles[0]
        place = self.at[group.lines[0]]
        inside = state.current is not None and state.waiting is None
        if role == "banner":
            return [self._noted(state, 0.0, "banner", group)]
        if role == "byline":
            return [self._noted(state, W.byline if inside else W.byline_outside, "byline", group)]
        if role == "subhead":
            if state.waiting is not None:
                return [self._noted(state, W.subhead_first, "subhead", group)]
            if state.current is None:
                return [self._noted(state, W.subhead_nowhere, "banner", group)]
            return [self._noted(state, self._subhead_cost(state.current, place), "subhead", group)]
        if role == "body":
            bits = self.affinity.bits[place]
            if state.current is None or state.waiting is not None:
                return [self._open(state, place, bits)]
            score = self._continuity(place, short=True) + W.body_pull * self._own_pull(state.current, place)
            return [state._replace(score=state.score + score, middle=False, bits=state.bits | bits)]
        return self._headline(state, group, place)

    def _headline(self, state: State, group: Group, place: int) -> list[State]:
        """A headline waits for its body, or belongs to this article, or to the one before, or to none."""
        cost = orphan_cost(group) - (W.sure if any(self.shorts[n].sure for n in group.lines) else 0.0)
        out = [self._noted(state, cost, "orphan", group)]
        previous = self.prose_before[place]
        if state.current is not None and previous >= 0 and self._is_cut(previous):
            out[0] = out[0]._replace(carried=group)
        if state.waiting is not None:
            return out
        bonus = W.with_byline if group.has_byline else 0.0
        out.append(self._with(state, bonus, Event("wait", group), state.current, group, state.middle))
        current, before = state.current, state.before
        if current is not None and current.head is None:
            gain = bonus + W.headless + W.after
            named = Article(current.start, group, "after")
            out.append(self._with(state, gain, Event("after", group), named, None, True))
        if before is not None and before.head is None and current is not None:
            gain = bonus + W.headless + W.following + self._head_pull(group, before.start, state.before_end)
            named = Article(before.start, group, "next")
            event = Event("next", group, named, state.before_end)
            out.append(
                state._replace(score=state.score + gain, before=named, trail=Trail(state.trail, event))
            )
        return out

    def _noted(self, state: State, gain: float, what: str, group: Group) -> State:
        return self._with(state, gain, Event(what, group), state.current, state.waiting, state.middle)

    def _with(
        self,
        state: State,
        gain: float,
        event: Event,
        current: Article | None,
        waiting: Group | None,
        middle: bool,
    ) -> State:
        trail = Trail(state.trail, event)
        return State(
            state.score + gain,
            current,
            state.before,
            state.before_end,
            waiting,
            middle,
            state.bits,
            trail,
            state.carried,
        )

    def _subhead_cost(self, article: Article, place: int) -> float:
        """Subheads stand between whole paragraphs of their article, and no report opens behind them."""
        previous = self.prose_before[place]
        cost = W.subhead_pull * self._own_pull(article, place)
        if previous >= 0 and self._is_cut(previous):
            cost += W.subhead_cut
        if place + 1 >= len(self.stream):
            return cost + W.subhead_last
        if self.leads[place + 1]:
            cost += W.subhead_lead
        return cost

    # the end

    def _finish(self, state: State) -> State:
        score, trail = state.score, state.trail
        if state.current is not None:
            end = max(self.prose_end[-1], state.current.start + 1)
            score += self._closing(state.current, end)
            trail = Trail(trail, Event("close", None, state.current, end))
        if state.waiting is not None:
            score += orphan_cost(state.waiting)
            trail = Trail(trail, Event("orphan", state.waiting))
        return state._replace(score=score, trail=trail)

    def _plan(self, state: State, margin: float) -> Plan:
        drafts, groups = told(state.trail)
        found = [self._draft(*drafts[start]) for start in sorted(drafts)]
        heads = {n for d in found if d.head for n in d.head.lines}
        groups["orphan"] = [g for g in groups["orphan"] if heads.isdisjoint(g.lines)]
        loose = [*groups["orphan"], *(g for g in groups["banner"] if len(self.chunks[g.lines[0]].text) >= 6)]
        spoken = {n for some in groups.values() for g in some for n in g.lines}
        spoken |= heads
        inside = [Group((n,), ("body",)) for n in self.shorts if n not in spoken and n in self.at]
        loose += [g for g in [*groups["subhead"], *inside] if self._is_foreign(g, found)]
        used: set[int] = set()
        if loose and any(draft.share < FOREIGN for draft in found):
            weak = [draft.head for draft in found if draft.head]
            found, used = place_leftovers(found, loose, self.at, self._share)
            groups["banner"] += [head for head in weak if not used.issuperset(head.lines)]
        lines = {
            what: [n for group in some for n in group.lines if n not in used] for what, some in groups.items()
        }
        other = {n for numbers in lines.values() for n in numbers}
        for draft in found:
            other.update(draft.head.lines if draft.head else ())
        return Plan(
            tuple(n for n in self.stream if n not in other),
            tuple(found),
            tuple(sorted(lines["banner"])),
            tuple((n, self.at[n]) for n in lines["subhead"]),
            tuple((n, self.at[n]) for n in lines["byline"]),
            tuple(group for group in groups["orphan"] if used.isdisjoint(group.lines)),
            margin,
        )

    def _is_foreign(self, subhead: Group, drafts: Sequence[Draft]) -> bool:
        """Whether a supposed subhead stands in a cut and has nothing of its article's words."""
        number = subhead.lines[0]
        place = self.at[number]
        above = self.prose_before[place]
        if len(self.chunks[number].text) < 6 or above < 0 or not self._is_cut(above):
            return False
        return all(
            self._share(subhead.lines, d.start, d.end)[0] < FOREIGN
            for d in drafts
            if d.start <= place < d.end
        )

    def _share(self, wording: Sequence[int], start: int, end: int) -> tuple[float, float, float]:
        return self.affinity.share([self.head_index[n] for n in wording], start, end)

    def _draft(self, article: Article, end: int) -> Draft:
        share = held = 0.0
        if article.head is not None:
            share, _, held = self._share(article.head.wording, article.start, end)
        bits, weakest, leads = self.affinity.bits[article.start], JOINT, 0
        for place in range(article.start + 1, end):
            if self.stream[place] in self.shorts:
                continue
            weakest = min(weakest, self._joint(bits, place))
            leads += self.leads[place]
            bits |= self.affinity.bits[place]
        below = next((p for p in range(end, len(self.stream)) if self.stream[p] not in self.shorts), 0)
        joints = Joints(weakest, self._joint(bits, below) if below else -JOINT, leads)
        return Draft(article.start, end, article.head, article.placement, share, held, joints)

    def _joint(self, bits: int, place: int) -> float:
        """How well a paragraph goes on with the article above it: wording and words together."""
        return self._continuity(place) + self.affinity.link(bits, self.affinity.bits[place])
