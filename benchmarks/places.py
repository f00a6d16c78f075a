"""Score places and dates against the gold of a folder of pages, and measure the speed.

    BAOZHAI_PAGES=../shared/pages python benchmarks/places.py            # the gold's articles, paper unknown
    python benchmarks/places.py --papers --misses                        # the gold names the paper; show every miss

The articles are the gold's own, so that only places and dates are measured; --parsed reads them with the page parser.
A gold name and a found place agree when they are the same place (临猗 and 临猗县); names of gold that repeat count once.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from store.models.pages import Byline, ParsedArticle, ParsedPage, Place
from store.pages import parse_page
from store.places import annotate, find
from store.readers import read

Triple = tuple[int, int, int]


def page_of(gold: dict) -> ParsedPage:
    """The gold as a parsed page."""
    articles = []
    for a in gold["articles"]:
        by = a.get("byline") or {}
        byline = Byline(
            by.get("raw", ""),
            *(tuple(by.get(k) or ()) for k in ("reporters", "correspondents", "photographers")),
        )
        articles.append(
            ParsedArticle(
                kind=a["kind"],
                title=a.get("title") or "",
                body=tuple(a.get("body") or ()),
                kicker=a.get("kicker") or "",
                subtitle=a.get("subtitle") or "",
                byline=byline,
            )
        )
    return ParsedPage(tuple(articles))


def parsed(file: Path, gold: ParsedPage) -> ParsedPage:
    """The page as the parser reads it, its articles in the gold's order (an empty one where none is alike)."""
    found = list(parse_page(read(file.with_suffix(".txt").read_bytes(), name="page.txt")[0]).articles)
    order = []
    for wanted in gold.articles:
        grams = shingles(wanted)
        best = max(
            found, key=lambda a: len(grams & shingles(a)) / len(grams | shingles(a) or {""}), default=None
        )
        alike = best is not None and len(grams & shingles(best)) * 2 > len(grams)
        order.append(best if alike and best is not None else ParsedArticle("article", "", ()))
    return ParsedPage(tuple(order))


def shingles(article: ParsedArticle) -> set[str]:
    """Runs of five characters of the body."""
    text = re.sub(r"\W", "", "".join(article.body))
    return {text[i : i + 5] for i in range(len(text) - 4)}


def agree(gold: list[str], found: list[Place]) -> tuple[Triple, list[str]]:
    """(true, false, missed) and the misses in words."""
    open_ = list(found)
    wrong = []
    true = 0
    meant: set[str] = set()
    for name in gold:
        codes = {p.code for p in find(name)}
        hit = next((p for p in open_ if p.code in codes), None)
        if hit:
            true += 1
            open_.remove(hit)
            meant.add(hit.code)
        elif not codes & meant:
            wrong.append("missed " + name)
    wrong += ["false " + p.name for p in open_]
    missed = sum(w.startswith("missed") for w in wrong)
    return (true, len(open_), missed), wrong


def agree_dates(gold: list[str], found: list[str]) -> tuple[Triple, list[str]]:
    """Dates agree when their texts do, without blanks."""
    g, f = ({re.sub(r"\s", "", x) for x in xs} for xs in (gold, found))
    return (len(g & f), len(f - g), len(g - f)), ["missed " + x for x in sorted(g - f)] + [
        "false " + x for x in sorted(f - g)
    ]


def f1(counts: Triple) -> float:
    true, false, missed = counts
    return 2 * true / (2 * true + false + missed) if true + false + missed else 1.0


def main() -> None:
    """Print the scores."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--papers", action="store_true", help="give annotate the paper the gold names")
    options.add_argument(
        "--parsed", action="store_true", help="parse the page's text, not the gold's articles"
    )
    options.add_argument("--misses", action="store_true")
    options.add_argument("--only", default="", help="pages whose name contains this")
    options.add_argument(
        "--all", action="store_true", help="show everything found, for pages without gold places too"
    )
    chosen = options.parse_args()
    folder = Path(os.environ.get("BAOZHAI_PAGES", "../shared/pages"))
    total: dict[str, Counter[int]] = {k: Counter() for k in ("county", "city", "dates")}
    articles = characters = 0
    cpu = 0.0
    find("芮城")
    for file in sorted(folder.glob("*/*.json")):
        if chosen.only not in file.name:
            continue
        gold = json.loads(file.read_text(encoding="utf-8"))
        if "articles" not in gold:
            continue
        page = page_of(gold)
        if chosen.parsed:
            page = parsed(file, page)
        start = time.process_time()
        done = annotate(replace(page), paper=gold.get("newspaper") or "" if chosen.papers else "")
        cpu += time.process_time() - start
        articles += len(done.articles)
        characters += sum(len(a.title) + sum(map(len, a.body)) for a in done.articles)
        for a, b in zip(gold["articles"], done.articles, strict=True):
            if chosen.all:
                print(
                    file.stem,
                    b.title[:24],
                    "|",
                    " ".join(f"{p.name}/{p.level[:2]}{p.count}" for p in b.places),
                    "|",
                    [d.text for d in b.dates],
                    "|",
                    [f"{p.office}:{p.name}" for p in b.people],
                )
            if a.get("places_county") is None:
                continue
            for key, (counts, wrong) in {
                "county": agree(a["places_county"], [p for p in b.places if p.level == "county"]),
                "city": agree(a["places_city"], [p for p in b.places if p.level == "city"]),
                "dates": agree_dates(a["dates"], [d.text for d in b.dates]),
            }.items():
                total[key].update(dict(enumerate(counts)))
                if chosen.misses and wrong:
                    print(file.stem, a["id"], key, "; ".join(wrong))
    for key, counter in total.items():
        counts = (counter[0], counter[1], counter[2])
        print(f"{key:8} F1 {f1(counts):.3f}  true {counts[0]} false {counts[1]} missed {counts[2]}")
    if articles:
        print(f"{articles} articles, {characters} characters, {1000 * cpu / articles:.2f} ms CPU an article")


if __name__ == "__main__":
    main()
