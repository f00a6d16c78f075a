"""Fit and check the weights of `digests/summaries/weights.py`.

    python benchmarks/editing.py [--labels LABELS ARTICLES] [--more FILE] [--print]

The labels of `benchmarks/editing_labels.txt` (the invented pages of tests/data; a line an article: T the sentences that
tell the news, S those that spoil an item, H those that hang on a neighbour) are always used. --labels names a file of
sentence labels with its articles (JSONL), --more a further file of lines like ours with the articles in JSON beside it.
Printed is, for each quality, the area under the curve on each half of the labelled articles (told by a hash of
their ids) of weights fitted without that half; --print gives the table of weights, fitted on all.
Needs numpy, which the extra `dev` brings along.
"""

from __future__ import annotations

import argparse
import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from digests.summaries.sentences import nesting, split, widen
from digests.summaries.traits import Seen, endings, see

QUALITIES = ("tells", "spoils", "hangs")
SMOOTH = 4.0
ROOT = Path(__file__).parents[1]


def looked_at(text: str, title: str) -> tuple[str, list[Seen]]:
    """The text with wide marks and what is seen in each of its sentences."""
    plain = widen(text)
    nested = nesting(plain)
    return plain, see(plain, split(plain, nested=nested), nested, title)


def fit(rows: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Logistic regression with a ridge, by Newton's steps; the last column is the constant."""
    weights = np.zeros(rows.shape[1])
    ridge = np.eye(rows.shape[1]) * SMOOTH
    ridge[-1, -1] = 0.01
    for _ in range(12):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - wanted) + ridge @ weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge
        weights -= np.linalg.solve(bend, slope)
    return weights


def area(scores: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any]) -> float:
    """How often a wanted row scores above another one."""
    order = np.empty(len(scores))
    order[np.argsort(scores)] = np.arange(len(scores))
    hits = wanted.sum()
    return float((order[wanted == 1].sum() - hits * (hits - 1) / 2) / (hits * (len(wanted) - hits)))


def marked(line: str) -> tuple[str, list[set[int]]]:
    """`key T1,2 S0 H` → the key and the three sets of sentences."""
    key, *groups = line.split()
    return key, [{int(number) for number in group[1:].split(",") if number} for group in groups]


def ours() -> Iterator[tuple[str, str, str, list[set[int]]]]:
    """Key, text, title and marks of each of our labelled articles."""
    pages: dict[str, Any] = {}
    for line in (ROOT / "benchmarks/editing_labels.txt").read_text("utf-8").splitlines():
        key, groups = marked(line)
        page, _, number = key.partition("#")
        if page not in pages:
            pages[page] = json.loads((ROOT / "tests/data" / f"{page}.json").read_text("utf-8"))
        article = pages[page]["articles"][int(number)]
        yield key, "\n".join(article["body"]), article["title"], groups


def further(path: Path) -> Iterator[tuple[str, str, str, list[set[int]]]]:
    """The same of a JSONL file with id, text, title and marks."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], row["text"], row["title"], marked("x " + row["marks"])[1]


def main() -> None:
    """Read, fit, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labels", nargs=2, type=Path)
    parser.add_argument("--more", type=Path)
    parser.add_argument("--print", action="store_true", dest="show")
    options = parser.parse_args()
    rows: list[dict[str, float]] = []
    wanted: list[tuple[bool, bool, bool]] = []
    groups: list[int] = []
    stops: list[dict[str, float]] = []
    stopped: list[bool] = []
    stop_groups: list[int] = []
    for _, text, title, (tells, spoils, hangs) in [*ours(), *(further(options.more) if options.more else ())]:
        for seen in looked_at(text, title)[1]:
            at = seen.sentence.index
            rows.append(seen.traits)
            wanted.append((at in tells, at in spoils, at in hangs))
            groups.append(2)
    if options.labels:
        articles = {
            row["id"]: row for row in map(json.loads, options.labels[1].read_text("utf-8").splitlines())
        }
        for gold in map(json.loads, options.labels[0].read_text("utf-8").splitlines()):
            article = articles[gold["id"]]
            half = zlib.crc32(gold["id"].encode()) % 2
            starts = [0]
            for paragraph in article["body"]:
                starts.append(starts[-1] + len(paragraph) + 1)
            places = [
                (starts[row["p"]] + row["s"], starts[row["p"]] + row["e"], row) for row in gold["sentences"]
            ]
            plain, sights = looked_at("\n".join(article["body"]), article.get("title") or "")
            for seen in sights:
                shared = [
                    min(end, seen.sentence.end) - max(start, seen.sentence.start) for start, end, _ in places
                ]
                at = max(range(len(places)), key=shared.__getitem__)
                start, end, row = places[at]
                rows.append(seen.traits)
                wanted.append(
                    (
                        at in gold["point"] or [at] in gold["best"],
                        at in gold["never"] or (row["needs"] == "speaker" and not row["alone"]),
                        not row["alone"] and row["needs"] in ("before", "subject", "condition"),
                    )
                )
                groups.append(half)
                allowed = gold["stops"].get(str(at))
                if allowed is not None and at in gold["point"] and shared[at] > 0.8 * (end - start):
                    allowed = [starts[row["p"]] + place for place in allowed]
                    for index in range(len(seen.clauses) - 1):
                        stops.append(endings(plain, seen, seen.clauses, index, seen.start, seen.sentence.end))
                        stopped.append(any(abs(seen.clauses[index].end - place) <= 1 for place in allowed))
                        stop_groups.append(half)
    tables = {}
    for names, table, targets, halves in (
        (
            list(rows[0]),
            rows,
            {name: [row[at] for row in wanted] for at, name in enumerate(QUALITIES)},
            groups,
        ),
        (list(stops[0]) if stops else [], stops, {"stops": stopped}, stop_groups),
    ):
        if not table:
            continue
        data = np.array([[*(row[name] for name in names), 1.0] for row in table])
        halved = np.array(halves)
        for quality, target in targets.items():
            goal = np.array(target, float)
            figures = [
                area(
                    data[halved == part] @ fit(data[halved != part], goal[halved != part]),
                    goal[halved == part],
                )
                for part in sorted(set(halves))
                if len(set(halves)) > 1
            ]
            print(quality, len(goal), round(float(goal.mean()), 3), [round(figure, 3) for figure in figures])
            tables[quality] = dict(zip([*names, ""], fit(data, goal).round(2).tolist(), strict=True))
    if options.show:
        for name in tables["tells"]:
            print(f'    "{name}": ({", ".join(str(tables[quality][name]) for quality in QUALITIES)}),')
        for name, weight in tables.get("stops", {}).items():
            print(f'    "{name}": {weight},')


if __name__ == "__main__":
    main()
