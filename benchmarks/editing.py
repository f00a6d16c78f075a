"""Fit and check the weights of `digests/summaries/weights.py`.

    python benchmarks/editing.py [--labels LABELS ARTICLES]... [--more FILE] [--held-out SCORER] [--show] [--print]

The labels of `benchmarks/editing_labels.txt` (the invented pages of tests/data; a line an article: T the sentences that
tell the news, S those that spoil an item, H those that hang on a neighbour) are always used. --labels names a file of
sentence labels with its articles (JSONL) and may be given again, --more a further file of lines like ours with the
articles in JSON beside it. Printed is, for each quality, the area under the curve on each half of the labelled articles
(told by a hash of their ids) of weights fitted without that half; --print gives the table of weights, fitted on all.

--held-out names the scorer that came with the labels (a Python file with `Article`, `judge` and `figures`): each
fifth of the labelled articles is edited with weights fitted on the other four and on all else, and judged, a row a file
of labels. --show prints what was not good.
Needs numpy, which the extra `dev` brings along.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from digests.summaries import editor
from digests.summaries.sentences import nesting, split, widen
from digests.summaries.traits import Seen, endings, see

QUALITIES = ("tells", "spoils", "hangs")
SMOOTH = 4.0
STEPS = 12
FOLDS = 5
TASKS = (("items", 2, 120), ("lines", 1, 60))
ROOT = Path(__file__).parents[1]

Table = np.ndarray[Any, Any]


@dataclass(slots=True)
class Labelled:
    """An article's rows: traits and marks of its sentences, traits and fairness of its places to stop.

    `part` is its half, 2 where it is always fitted on; `gold` its label, none where there are marks alone.
    """

    text: str
    title: str
    part: int
    source: int = -1
    gold: dict[str, Any] | None = None
    body: list[str] = field(default_factory=list)
    rows: list[dict[str, float]] = field(default_factory=list)
    wanted: list[tuple[bool, bool, bool]] = field(default_factory=list)
    stops: list[dict[str, float]] = field(default_factory=list)
    stopped: list[bool] = field(default_factory=list)


def looked_at(text: str, title: str) -> tuple[str, list[Seen]]:
    """The text with wide marks and what is seen in each of its sentences."""
    plain = widen(text)
    nested = nesting(plain)
    return plain, see(plain, split(plain, nested=nested), nested, title)


def fit(rows: Table, wanted: Table) -> Table:
    """Logistic regression with a ridge, by Newton's steps; the last column is the constant."""
    weights = np.zeros(rows.shape[1])
    ridge = np.eye(rows.shape[1]) * SMOOTH
    ridge[-1, -1] = 0.01
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - wanted) + ridge @ weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge
        weights -= np.linalg.solve(bend, slope)
    return weights


def area(scores: Table, wanted: Table) -> float:
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


def marks_only(text: str, title: str, marks: Sequence[set[int]]) -> Labelled:
    """An article of which only the three sets of sentences are known."""
    found = Labelled(text, title, 2)
    for seen in looked_at(text, title)[1]:
        found.rows.append(seen.traits)
        tells, spoils, hangs = (seen.sentence.index in group for group in marks)
        found.wanted.append((tells, spoils, hangs))
    return found


def labelled(labels: Path, articles: Path, source: int) -> Iterator[Labelled]:
    """The articles of a file of sentence labels."""
    by_id = {row["id"]: row for row in map(json.loads, articles.read_text("utf-8").splitlines())}
    for gold in map(json.loads, labels.read_text("utf-8").splitlines()):
        article = by_id[gold["id"]]
        body, title = article["body"], article.get("title") or ""
        found = Labelled("\n".join(body), title, zlib.crc32(gold["id"].encode()) % 2, source, gold, body)
        starts = [0]
        for paragraph in body:
            starts.append(starts[-1] + len(paragraph) + 1)
        places = [
            (starts[row["p"]] + row["s"], starts[row["p"]] + row["e"], row) for row in gold["sentences"]
        ]
        plain, sights = looked_at(found.text, title)
        for seen in sights:
            shared = [
                min(end, seen.sentence.end) - max(start, seen.sentence.start) for start, end, _ in places
            ]
            at = max(range(len(places)), key=shared.__getitem__)
            start, end, row = places[at]
            found.rows.append(seen.traits)
            found.wanted.append(
                (
                    at in gold["point"] or [at] in gold["best"],
                    at in gold["never"] or (row["needs"] == "speaker" and not row["alone"]),
                    not row["alone"] and row["needs"] in ("before", "subject", "condition"),
                )
            )
            allowed = gold["stops"].get(str(at))
            if allowed is not None and at in gold["point"] and shared[at] > 0.8 * (end - start):
                allowed = [starts[row["p"]] + place for place in allowed]
                for index in range(len(seen.clauses) - 1):
                    found.stops.append(
                        endings(plain, seen, seen.clauses, index, seen.start, seen.sentence.end)
                    )
                    found.stopped.append(any(abs(seen.clauses[index].end - place) <= 1 for place in allowed))
        yield found


def rows_of(articles: Sequence[Labelled], name: str) -> tuple[list[str], Table, dict[str, Table]]:
    """The names of the traits, the rows with a last column of ones, and what is wanted of them: `rows` or `stops`."""
    table = [row for article in articles for row in getattr(article, name)]
    names = list(table[0])
    data = np.array([[*(row[trait] for trait in names), 1.0] for row in table])
    if name == "stops":
        return names, data, {"stops": np.array([one for two in articles for one in two.stopped], float)}
    goals = np.array([one for article in articles for one in article.wanted], float)
    return names, data, {quality: goals[:, at] for at, quality in enumerate(QUALITIES)}


def weights(articles: Sequence[Labelled]) -> dict[str, dict[str, float]]:
    """For each quality, and for stops, what each trait is worth; the constant under ""."""
    found = {}
    for name in ("rows", "stops"):
        if any(getattr(article, name) for article in articles):
            names, data, goals = rows_of(articles, name)
            for quality, goal in goals.items():
                found[quality] = dict(zip([*names, ""], fit(data, goal).round(2).tolist(), strict=True))
    return found


def use(found: dict[str, dict[str, float]]) -> None:
    """Let the editor decide by these weights."""
    editor.CONSTANT = tuple(found[quality][""] for quality in QUALITIES)  # type: ignore[assignment]
    editor.TRAITS = {  # type: ignore[assignment]
        name: tuple(found[quality][name] for quality in QUALITIES) for name in found["tells"] if name
    }
    editor.ENDING_CONSTANT = found["stops"][""]
    editor.ENDINGS = {name: weight for name, weight in found["stops"].items() if name}


def held_out(articles: Sequence[Labelled], scorer: ModuleType, show: bool) -> None:
    """Judge each fifth with the weights of the rest; a line for each file of labels and each task."""
    judged = [article for article in articles if article.gold is not None]
    random.Random(0).shuffle(judged)
    told: dict[tuple[int, str], list[Any]] = {}
    for fold in range(FOLDS):
        mine = judged[fold::FOLDS]
        use(weights([article for article in articles if not any(article is one for one in mine)]))
        for article in mine:
            gold, plain = article.gold, widen(article.text)
            nested = nesting(plain)
            sentences = split(plain, nested=nested)
            for task, sents, chars in TASKS:
                if gold is None or (task == "lines" and not gold["point"]):
                    continue
                places = editor.edit(
                    plain, sentences, nested, title=article.title, max_sents=sents, max_chars=chars
                )
                spans = [article.text[start:end] for start, end in places]
                verdict = scorer.judge(scorer.Article(gold, article.body), spans, task == "lines")
                told.setdefault((article.source, task), []).append((gold, verdict))
                if show and verdict["verdict"] != "good":
                    why = ",".join(verdict["hard"] + verdict["soft"])
                    print(task, gold["id"], why, "|", article.title, "|", " ‖ ".join(spans))
    for (source, task), verdicts in sorted(told.items()):
        figures = scorer.figures(verdicts)
        shares = " / ".join(f"{figures[name] / figures['items']:.3f}" for name in ("good", "fair", "poor"))
        print(f"held out, labels {source}: {task} {figures['items']}: {shares}; facts {figures['facts']:.3f}")


def main() -> None:
    """Read, fit, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labels", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--more", type=Path)
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--print", action="store_true", dest="table")
    options = parser.parse_args()
    articles = [
        marks_only(text, title, marks)
        for _, text, title, marks in (*ours(), *(further(options.more) if options.more else ()))
    ]
    for source, (labels, bodies) in enumerate(options.labels, start=1):
        articles += labelled(labels, bodies, source)
    for name in ("rows", "stops"):
        with_rows = [article for article in articles if getattr(article, name)]
        if not with_rows:
            continue
        _, data, goals = rows_of(with_rows, name)
        halves = np.array([article.part for article in with_rows for _ in getattr(article, name)])
        for quality, goal in goals.items():
            figures = [
                area(
                    data[halves == part] @ fit(data[halves != part], goal[halves != part]),
                    goal[halves == part],
                )
                for part in sorted(set(halves.tolist()))
                if len(set(halves.tolist())) > 1
            ]
            print(quality, len(goal), round(float(goal.mean()), 3), [round(figure, 3) for figure in figures])
    if options.held_out and options.labels:
        spec = importlib.util.spec_from_file_location("scorer", options.held_out)
        if spec is None or spec.loader is None:
            parser.error(f"{options.held_out} is no Python file")
        scorer = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(scorer)
        held_out(articles, scorer, options.show)
    if options.table:
        tables = weights(articles)
        print(f"CONSTANT = ({', '.join(str(tables[quality]['']) for quality in QUALITIES)})")
        for name in tables["tells"]:
            if name:
                print(f'    "{name}": ({", ".join(str(tables[quality][name]) for quality in QUALITIES)}),')
        for name, weight in tables.get("stops", {}).items():
            print(f'    "{name}": {weight},' if name else f"ENDING_CONSTANT = {weight}")


if __name__ == "__main__":
    main()
