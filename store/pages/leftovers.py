"""Headlines left over when a page is put together, and the articles that got none or the wrong one.

A headline may lie in the cut of another article, where its own body is two steps away; the assembly, which keeps
one waiting headline at most, has then left it alone and taken a banner in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from store.pages.runs import Group
from store.pages.states import Draft

Measure = Callable[[Sequence[int], int, int], tuple[float, float, float]]
"""How much of some lines' words a span of the stream holds (affinity.share)."""
OWN = 0.65
"""A headline's own body holds more of its words than this (98 of 100)."""
HELD = 0.3
"""… and this share of all its pairs, which a banner's body does not."""
FOREIGN = 0.25
"""A headline with less of its words in the body is not its own."""
NEAR = 3
"""So many articles away a headline is looked for."""


def place_leftovers(
    drafts: Sequence[Draft], loose: Sequence[Group], at: dict[int, int], measure: Measure
) -> tuple[list[Draft], set[int]]:
    """Drafts with the loose headlines that are theirs; and the lines of all headlines in use."""
    out = list(drafts)
    for group in loose:
        place = at[group.lines[0]]
        if len(group.wording) == 0:
            continue
        best: tuple[float, int, Group] | None = None
        for index in _near(out, place):
            draft = out[index]
            if draft.head is not None and (draft.share >= FOREIGN or draft.head.has_byline):
                continue
            share, _, held = measure(group.wording, draft.start, draft.end)
            if share >= OWN and held >= HELD and (best is None or held > best[0]):
                best = held, index, group
        if best is not None:
            index = best[1]
            head = group if group.is_head else Group(group.lines, ("title",))
            share, _, held = measure(head.wording, out[index].start, out[index].end)
            out[index] = replace(out[index], head=head, placement="far", share=share, held=held)
    return out, {n for draft in out if draft.head for n in draft.head.lines}


def _near(drafts: Sequence[Draft], place: int) -> list[int]:
    """The articles around a place of the stream."""
    here = sum(1 for draft in drafts if draft.start <= place)
    return list(range(max(0, here - NEAR), min(len(drafts), here + NEAR)))
