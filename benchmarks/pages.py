"""Scores the page parser on a folder of pages with gold, beside naive floors, by style, with its speed.

    python benchmarks/pages.py [FOLDER ...] [--html DIR] [--floors] [--pages]

A folder holds NAME.txt and NAME.json (gold). Without a folder BAOZHAI_PAGES is taken (its subfolders if it has no
pages itself). `--html` writes a page-by-page view: each line coloured by its article, gold beside prediction.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from page_scores import FIGURES, figures, score_page
from page_view import write_view

from store.models import PageText, ParsedPage
from store.pages import parse_page


def as_dicts(page: ParsedPage) -> list[dict[str, Any]]:
    """A parsed page in the gold's form: subheads stand among the paragraphs."""
    out = []
    for article in page.articles:
        body = list(article.body)
        for text, index in reversed(article.subheads):
            body.insert(index, text)
        byline = article.byline
        out.append(
            {
                "kind": article.kind,
                "kicker": article.kicker,
                "title": article.title,
                "subtitle": article.subtitle,
                "body": body,
                "byline": {
                    "raw": byline.raw,
                    "reporters": list(byline.reporters),
                    "correspondents": list(byline.correspondents),
                    "photographers": list(byline.photographers),
                },
            }
        )
    return out


def floor_whole(text: str) -> list[dict[str, Any]]:
    """The whole page is one article, its first line the title."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [{"title": lines[0], "body": lines[1:]}] if lines else []


def floor_blank(text: str) -> list[dict[str, Any]]:
    """Each block between blank lines is an article without a title."""
    return [
        {"title": "", "body": [block.replace("\n", "")]}
        for block in re.split(r"\n\s*\n", text)
        if block.strip()
    ]


def floor_short(text: str) -> list[dict[str, Any]]:
    """A run of short lines that end in no stop opens an article."""
    out: list[dict[str, Any]] = []
    in_head = False
    for block in re.split(r"\n\s*\n", text):
        line = re.sub(r"^#+\s*", "", "".join(part.strip() for part in block.split("\n")))
        if not line:
            continue
        short = len(line) <= 34 and not re.search(r"[。！？!?；;…，,]$|摄$|摄影报道$", line)
        if short and not in_head:
            out.append({"title": line, "body": []})
        elif short:
            out[-1]["title"] += " " + line
        else:
            if not out:
                out.append({"title": "", "body": []})
            out[-1]["body"].append(line)
        in_head = short
    return out


FLOORS = {
    "floor: whole page": floor_whole,
    "floor: blank lines": floor_blank,
    "floor: short lines": floor_short,
}


def folders(arguments: list[str]) -> list[Path]:
    """The folders to score: as given, or those of BAOZHAI_PAGES."""
    roots = [Path(a) for a in arguments] or [Path(os.environ.get("BAOZHAI_PAGES", "../shared/pages"))]
    out: list[Path] = []
    for root in roots:
        out += (
            [root]
            if list(root.glob("*.json"))
            else sorted(p for p in root.iterdir() if p.is_dir())
            if root.is_dir()
            else []
        )
    return out


def row(name: str, count: Counter[str]) -> str:
    """One line of the table."""
    found = figures(count)
    return f"{name:<26}{count['gold']:>5}{count['pred']:>5}" + "".join(f"{found[k]:>9.3f}" for k in FIGURES)


def run(folder: Path, options: argparse.Namespace) -> None:
    """Score one folder and print its table."""
    total: Counter[str] = Counter()
    styles: dict[str, Counter[str]] = defaultdict(Counter)
    floors: dict[str, Counter[str]] = defaultdict(Counter)
    views: list[tuple[str, str, dict[str, Any], ParsedPage, dict[str, float]]] = []
    rows: list[tuple[str, Counter[str]]] = []
    seconds = 0.0
    characters = 0
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = path.with_suffix(".txt")
        if "articles" not in gold or not source.exists():
            continue
        text = source.read_text(encoding="utf-8")
        page = PageText(tuple(text.split("\n")))
        started = time.process_time()
        parsed = parse_page(page)
        seconds += time.process_time() - started
        characters += len(text)
        count = score_page(gold, as_dicts(parsed), text)
        total += count
        styles[gold.get("style") or "unnamed"] += count
        rows.append((path.stem, count))
        if options.floors:
            for name, floor in FLOORS.items():
                floors[name] += score_page(gold, floor(text), text)
        if options.html:
            views.append((path.stem, text, gold, parse_page(page, explain=True), figures(count)))
    if not rows:
        print(f"{folder}: no pages with gold")
        return
    print(f"\n{folder.name}: {len(rows)} pages, {characters / len(rows):.0f} characters a page")
    print(f"{'':<26}{'gold':>5}{'pred':>5}" + "".join(f"{k:>9}" for k in FIGURES))
    for name, count in rows if options.pages else []:
        print(row(name, count))
    if len(styles) > 1:
        for name in sorted(styles):
            print(row(f"style {name}", styles[name]))
    for name, count in floors.items():
        print(row(name, count))
    print(row("parser, all pages", total))
    print(
        f"speed: {len(rows) / seconds:.0f} pages a second of CPU time, {characters / seconds / 3500:.0f} at 3,500 characters a page"
    )
    if options.html:
        out = Path(options.html)
        write_view(out / folder.name, views)
        print(f"view: {out / folder.name / 'index.html'}")


def main() -> None:
    """Read the command line and score each folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="*")
    parser.add_argument("--html", metavar="DIR", help="write a page-by-page view")
    parser.add_argument("--floors", action="store_true", help="score the naive floors too")
    parser.add_argument("--pages", action="store_true", help="one line a page")
    options = parser.parse_args()
    found = folders(options.folder)
    if not found:
        sys.exit("no pages: name a folder, or set BAOZHAI_PAGES")
    parse_page(PageText(("预热", "", "程序载入词表。")))
    for folder in found:
        run(folder, options)


if __name__ == "__main__":
    main()
