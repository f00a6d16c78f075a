"""Measures the search beside its peers on any JSONL with title, body and date.

    python benchmarks/search.py CORPUS [--limit N] [--peers baozhai,tantivy,…] [--passes 3] [--fuzz N]

Every peer gets the same records and the same derived queries, runs in a process of its own, and is timed in CPU time of
its process; a figure that matters is a ratio between two of one run. `--fuzz` also times N random queries.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from search_peers import PEERS, Baozhai, paper_of, place_of
from search_queries import Case, chance_neighbours, derive, load, title_runs, truth

from store.chinese import words
from store.search.sql import condition


def percentile(values: list[float], part: float) -> float:
    """The value below which this part of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else 0.0


def milliseconds(call: Any) -> float:
    """CPU milliseconds of a call."""
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def measure(name: str, corpus: Path, limit: int | None, passes: int, fuzz: int) -> dict[str, Any]:
    """All figures of one peer."""
    records = load(corpus, limit)
    cases = derive(records)
    words.cut("预热")
    out: dict[str, Any] = {"peer": name, "articles": len(records)}
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        peer = PEERS[name](Path(folder))
        peer.store(records)
        out["articles_per_cpu_second"] = len(records) / max(milliseconds(peer.build) / 1000, 1e-9)
        text = sum(len((record.title + record.body).encode()) for record in records)
        out["index_to_text"] = peer.size() / text
        times: list[float] = []
        by_kind: dict[str, list[float]] = defaultdict(list)
        chance = random.Random(5)
        for turn in range(passes + 1):
            for case in chance.sample(cases, len(cases)):
                spent = milliseconds(lambda case=case: peer.first(case.terms))
                if turn:  # the first warms up
                    times.append(spent)
                    by_kind[case.kind].append(spent)
        out |= {f"p{part}": percentile(times, part / 100) for part in (50, 90, 99)}
        out["p99_by_kind"] = {kind: percentile(spent, 0.99) for kind, spent in by_kind.items()}
        out |= _recall(peer, cases, truth(records, cases))
        texts = {record.id: record.title + "\n" + record.body for record in records}
        out["words_in_ten"] = _words_in_ten(peer, chance_neighbours(records), texts)
        runs = title_runs(records)
        out["known_item"] = (
            sum(number in peer.first((run,))[:3] for run, number in runs) / len(runs)
            if runs
            else float("nan")
        )
        if isinstance(peer, Baozhai):
            out["filters"] = _filters(peer, cases, len(records), records[-1].day)
            if fuzz:
                out["fuzz"] = _fuzz(peer, fuzz)
    return out


def _recall(peer: Any, cases: list[Case], relevant: list[set[int]]) -> dict[str, Any]:
    recall, precision = defaultdict(list), defaultdict(list)
    nothing = 0
    for case, wanted in zip(cases, relevant, strict=True):
        if not wanted:
            continue
        found = peer.every(case.terms)
        recall[case.kind].append(len(found & wanted) / len(wanted))
        precision[case.kind].append(len(found & wanted) / len(found) if found else 1.0)
        nothing += not found & wanted

    def mean(values: Any) -> float:
        values = list(values)
        return sum(values) / max(len(values), 1)

    return {
        "recall": mean(value for values in recall.values() for value in values),
        "precision": mean(value for values in precision.values() for value in values),
        "recall_by_kind": {kind: mean(values) for kind, values in recall.items()},
        "precision_by_kind": {kind: mean(values) for kind, values in precision.items()},
        "found_nothing": nothing,
    }


def _words_in_ten(peer: Any, queries: list[str], texts: dict[int, str]) -> float:
    """How many of the first ten hits have the query as a word of its own, by jieba over the whole text."""
    cut: dict[int, set[str]] = {}
    shares = []
    for query in queries:
        first = peer.first((query,))
        for number in first:
            if number not in cut:
                cut[number] = set(words.cut(texts[number]))
        shares.append(sum(query in cut[number] for number in first) / max(len(first), 1))
    return sum(shares) / max(len(shares), 1)


def _filters(peer: Baozhai, cases: list[Case], many: int, last_day: str) -> dict[str, float]:
    """p90 of a filter as Baozhai does it, and by joins with full BM25, in milliseconds."""
    search = peer.opened.search
    paper, place = f"第{paper_of(1):02}日报", place_of(1)
    month = last_day[:7]
    joins = "JOIN articles ON articles.id = article_bigrams.rowid JOIN pages ON pages.id = page_id JOIN editions ON editions.id = edition_id"
    tail = "ORDER BY bm25(article_bigrams, 10.0, 1.0, 2.0, 0.0) LIMIT 10"
    ways = {
        "paper": (f"报纸:{paper}", f"{joins} WHERE {{}} AND paper_id = {paper_of(1)} {tail}"),
        "place": (
            f"地点:{place[:-1]}",
            f"JOIN article_places ON article_id = article_bigrams.rowid WHERE {{}} AND name = '{place}' {tail}",
        ),
        "dates": (
            f"日期:{month}",
            f"{joins} WHERE {{}} AND day BETWEEN '{month}-01' AND '{month}-31' {tail}",
        ),
    }
    out = {}
    for name, (typed, sql) in ways.items():
        found, ours, joined = [], [], []
        for case in cases:
            wanted = condition(search._prepare(" ".join(case.terms), None, upto=many).plan)
            if wanted is None or wanted.table != "article_bigrams":
                continue
            query = f"{' '.join(case.terms)} {typed}"
            found.append(milliseconds(lambda query=query: search.find(query)))
            plan = search._prepare(query, None, upto=many).plan
            ours.append(milliseconds(lambda plan=plan: search.index.newest(plan, limit=50, upto=many)))
            text = f"SELECT article_bigrams.rowid FROM article_bigrams {sql.format(wanted.sql)}"
            joined.append(
                milliseconds(
                    lambda text=text, wanted=wanted: peer.db.execute(text, wanted.parameters).fetchall()
                )
            )
        out[name] = percentile(ours, 0.9)
        out[f"{name}, whole search"] = percentile(found, 0.9)
        out[f"{name} by join"] = percentile(joined, 0.9)
    return out


def random_query(chance: random.Random) -> str:
    """Chinese, operators, quotation marks, fields and control characters in any order."""
    parts = (
        "理发",
        "今天",
        "的",
        "会议 ",
        "OR",
        " OR ",
        "|",
        '"',
        "“",
        "”",
        "-",
        " -",
        "地点:",
        "标题:",
        "日期:",
        "2024-08",
        "近7天",
        "版:",
        "*",
        "(",
        ")",
        "^",
        "NEAR(",
        "NOT ",
        "AND ",
        "\x00",
        "\x1b",
        "\n",
        "，",
        ":",
        "+",
        "5.2%",
        "C++",
        "𠮷",
        "é",
        "怡",
        "\ud800",
        "\u202e",
        "一二三四五六七八",
        " ",
        "\u3000",
        "%",
        "'",
        ";--",
        "..",
        "上周",
        "類",
        "１２",
    )
    return "".join(chance.choice(parts) for _ in range(chance.randint(1, 9)))


def _fuzz(peer: Baozhai, many: int) -> dict[str, float]:
    chance = random.Random(3)
    peer.opened.search.prepare()  # as the bot does when it starts
    times = [milliseconds(lambda: peer.opened.search.find(random_query(chance))) for _ in range(many)]
    return {
        "queries": many,
        "p99": percentile(times, 0.99),
        "longest": max(times),
        "above 50 ms": sum(spent > 50 for spent in times),
    }


def show(results: list[dict[str, Any]]) -> None:
    """The table and the ratios."""
    columns = (
        "p50",
        "p90",
        "p99",
        "recall",
        "precision",
        "found_nothing",
        "index_to_text",
        "articles_per_cpu_second",
        "words_in_ten",
        "known_item",
    )
    print(f"{'':14}" + "".join(f"{name:>13.13}" for name in columns))
    for result in results:
        print(f"{result['peer']:14}" + "".join(f"{result[name]:13.3f}" for name in columns))
    by_name = {result["peer"]: result for result in results}
    ours = by_name.get("baozhai")
    if ours is None:
        return
    print("\nrecall / precision by class:")
    for kind, value in ours["recall_by_kind"].items():
        print(
            f"  {kind:26}{value:8.4f}{ours['precision_by_kind'][kind]:8.4f}   p99 {ours['p99_by_kind'][kind]:.2f} ms"
        )
    for name, figure in (
        ("bigrams-bm25", "p99"),
        ("tantivy", "p99"),
        ("tantivy", "articles_per_cpu_second"),
        ("bigrams-bm25", "words_in_ten"),
    ):
        if name in by_name:
            print(f"{figure} to {name}: {ours[figure] / by_name[name][figure]:.3f}")
    for name in ("paper", "place", "dates"):
        alone, whole, join = (ours["filters"][f"{name}{part}"] for part in ("", ", whole search", " by join"))
        print(
            f"filter by {name}, p90: {alone:.2f} ms (whole search {whole:.2f}), {alone / join:.3f} of the join ({join:.2f})"
        )
    if "fuzz" in ours:
        print("random queries:", ", ".join(f"{name} {value:.6g}" for name, value in ours["fuzz"].items()))


def main() -> None:
    """Measure each peer in a process of its own and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--fuzz", type=int, default=0)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        print(json.dumps(measure(chosen.only, chosen.corpus, chosen.limit, chosen.passes, chosen.fuzz)))
        return
    results = []
    for name in chosen.peers.split(","):
        command = [sys.executable, "-W", "ignore", __file__, str(chosen.corpus), "--only", name]
        command += ["--passes", str(chosen.passes), "--fuzz", str(chosen.fuzz)]
        command += ["--limit", str(chosen.limit)] if chosen.limit else []
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name} failed: {done.stderr[-2000:]}", file=sys.stderr)
            continue
        results.append(json.loads(done.stdout.splitlines()[-1]))
        print(f"{name} done", file=sys.stderr)
    show(results)


if __name__ == "__main__":
    main()
