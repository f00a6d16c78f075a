"""Fits the weights of the page parser: one at a time, by what pages with gold make of it.

    python benchmarks/fit_weights.py FOLDER [FOLDER ...] [--held FOLDER] [--only NAME] [--rounds N] [--gain SHARE]

A folder holds NAME.txt and NAME.json (gold), as for benchmarks/pages.py. The weights are those of the features of short
lines (store/pages/features.py) and of the assembly (store/pages/weights.py). Each is tried a little higher and a little
lower; a change stays if the mean of articles F1, B-cubed F1 and whole paragraphs over the folders gains at least
`--gain`, so that a weight is never moved for the sake of one paragraph. `--held` names pages to score before and after and
never to fit on: if they lose, throw the fit away. Nothing is written: the changes are printed, to be judged and typed in.

A run over thirty pages parses each some 500 times: half an hour. `--only` fits the weights whose name begins so.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from page_scores import figures, score_page
from pages import as_dicts

from store.models import PageText
from store.pages import parse_page
from store.pages.features import FEATURES, Feature
from store.pages.weights import WEIGHTS, Weights

GOALS = ("art_f1", "b3_f1", "para")
STEPS = (1.25, 0.8)
"""A weight is tried at these multiples of itself …"""
NUDGE = 0.5
"""… and one of 0 at this much above and below."""
SURE = {"sure"}
"""Not evidence but an operator's word."""


@dataclass(frozen=True)
class Weight:
    """One number that can be fitted: of a feature for a role, or of the assembly."""

    name: str
    holder: Feature | Weights
    key: str

    @property
    def value(self) -> float:
        """What it is now."""
        if isinstance(self.holder, Feature):
            return self.holder.says[self.key]
        return float(getattr(self.holder, self.key))

    def set(self, value: float) -> None:
        """Make it something else, for the whole program."""
        if isinstance(self.holder, Feature):
            self.holder.says[self.key] = value
        else:
            object.__setattr__(self.holder, self.key, value)


def weights() -> Iterator[Weight]:
    """All that can be fitted."""
    for feature in FEATURES:
        for role in feature.says:
            yield Weight(f"{feature.name} → {role}", feature, role)
    for one in fields(WEIGHTS):
        if one.name not in SURE:
            yield Weight(one.name, WEIGHTS, one.name)


def read_pages(folders: Sequence[Path]) -> list[tuple[dict[str, Any], str]]:
    """Gold and text of each page."""
    out = []
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            source = path.with_suffix(".txt")
            if "articles" in gold and source.exists():
                out.append((gold, source.read_text(encoding="utf-8")))
    return out


def score(pages: Sequence[tuple[dict[str, Any], str]]) -> float:
    """The mean of the goals over all pages, 0 to 1."""
    total: Counter[str] = Counter()
    for gold, text in pages:
        total += score_page(gold, as_dicts(parse_page(PageText(tuple(text.split("\n"))))), text)
    found = figures(total)
    return sum(found[goal] for goal in GOALS) / len(GOALS)


def tries(value: float) -> list[float]:
    """The values to try beside a weight's own."""
    if not value:
        return [NUDGE, -NUDGE]
    return [round(value * step, 3) for step in STEPS]


def fit(
    pages: Sequence[tuple[dict[str, Any], str]], chosen: Sequence[Weight], *, rounds: int, gain: float
) -> float:
    """Move one weight after the other as long as a round changes anything; the score reached."""
    best = score(pages)
    for _ in range(rounds):
        changed = False
        for weight in chosen:
            before = weight.value
            for value in tries(before):
                weight.set(value)
                found = score(pages)
                if found >= best + gain:
                    print(f"{weight.name}: {before:g} → {value:g}  {best:.4f} → {found:.4f}", flush=True)
                    best, changed = found, True
                    break
                weight.set(before)
        if not changed:
            break
    return best


def main() -> None:
    """Read the command line, fit, and print what changed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--held", action="append", type=Path, default=[], help="score only, never fit on")
    parser.add_argument("--only", default="", help="fit the weights whose name begins so")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gain", type=float, default=0.002)
    options = parser.parse_args()
    pages, held = read_pages(options.folder), read_pages(options.held)
    if not pages:
        parser.error("no pages with gold in these folders")
    chosen = [weight for weight in weights() if weight.name.startswith(options.only)]
    start = {weight.name: weight.value for weight in chosen}
    before, held_before = score(pages), score(held) if held else 0.0
    print(f"{len(chosen)} weights, {len(pages)} pages to fit on, {len(held)} held back")
    after = fit(pages, chosen, rounds=options.rounds, gain=options.gain)
    print(f"fitted on: {before:.4f} → {after:.4f}")
    if held:
        print(f"held back: {held_before:.4f} → {score(held):.4f}")
    for weight in chosen:
        if weight.value != start[weight.name]:
            print(f"  {weight.name}: {start[weight.name]:g} → {weight.value:g}")


if __name__ == "__main__":
    main()
