"""A page as a person can check it: every line in the colour of its article, gold on the left, prediction on the right."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from page_scores import fold

from store.models import ParsedPage

STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","PingFang SC",sans-serif;margin:1.5rem;color:#222;background:#fff}
table{border-collapse:collapse;table-layout:fixed;width:100%} td,th{vertical-align:top;padding:.2rem .5rem;border-bottom:1px solid #eee;text-align:left}
.role{font-size:.75rem;color:#555;white-space:nowrap} .differs{outline:2px solid #c00}
.title{font-weight:700}.kicker,.subtitle,.subhead{font-weight:600}.loop,.repeat{text-decoration:line-through}
.furniture,.banner{color:#777} td.n{width:3rem;color:#999} th.n{width:3rem}
@media (prefers-color-scheme: dark){body{background:#181818;color:#ddd}td,th{border-color:#333}.role{color:#aaa}mark{color:#111}}
"""


def colour(index: int | None) -> str:
    """A pale colour for an article; none for what belongs to none."""
    return "transparent" if index is None else f"hsl({(index * 67) % 360} 70% 85%)"


def write_view(
    folder: Path, pages: list[tuple[str, str, dict[str, Any], ParsedPage, dict[str, float]]]
) -> None:
    """Write one file a page and an index."""
    folder.mkdir(parents=True, exist_ok=True)
    links = []
    for name, text, gold, parsed, scores in pages:
        (folder / f"{name}.html").write_text(_page(name, text, gold, parsed, scores), encoding="utf-8")
        line = " ".join(f"{key} {value:.3f}" for key, value in scores.items())
        links.append(f'<li><a href="{escape(name)}.html">{escape(name)}</a> {line}</li>')
    body = f"<h1>{escape(folder.name)}</h1><ol>{''.join(links)}</ol>"
    (folder / "index.html").write_text(_document(folder.name, body), encoding="utf-8")


def _document(title: str, body: str) -> str:
    return f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>{body}</html>'


def _gold_lines(text: str, gold: dict[str, Any]) -> list[tuple[int | None, str]]:
    """Article number and role of each line by the gold's spans, or by where its words are found."""
    order = {a["id"]: i for i, a in enumerate(gold["articles"])}
    out: list[tuple[int | None, str]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        best: tuple[int, int | None, str] = (0, None, "")
        for first, last, owner, role, *_ in gold.get("spans") or ():
            size = min(end, last) - max(start, first)
            if size > best[0]:
                best = (size, order.get(owner), role)
        if not gold.get("spans") and line.strip():
            best = (1, *_by_words(fold(line), gold))
        out.append((best[1], best[2]))
        start = end + 1
    return out


def _by_words(line: str, gold: dict[str, Any]) -> tuple[int | None, str]:
    for number, article in enumerate(gold["articles"]):
        for role in ("title", "kicker", "subtitle"):
            if article.get(role) and line == fold(article[role]):
                return number, role
        if line[:12] in fold("".join(article["body"])):
            return number, "body"
    return None, ""


def _page(name: str, text: str, gold: dict[str, Any], parsed: ParsedPage, scores: dict[str, float]) -> str:
    known = {e.line: e for e in parsed.explanations}
    pairs: dict[int | None, dict[int | None, int]] = {}
    lines = text.split("\n")
    golds = _gold_lines(text, gold)
    for number, line in enumerate(lines, 1):
        found = known.get(number)
        if found is not None:
            seen = pairs.setdefault(found.article, {})
            seen[golds[number - 1][0]] = seen.get(golds[number - 1][0], 0) + len(line)
    mate = {
        article: max(seen, key=lambda k: seen[k]) for article, seen in pairs.items() if article is not None
    }
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        owner, role = golds[number - 1]
        found = known.get(number)
        mine = mate.get(found.article) if found and found.article is not None else None
        differs = " differs" if found and mine != owner else ""
        reasons = "；".join(found.reasons) if found else ""
        rows.append(
            f'<tr><td class="n">{number}</td><td style="background:{colour(owner)}"><mark class="{role}" style="background:none">{escape(line)}</mark>'
            f' <span class="role">{role} {"" if owner is None else owner + 1}</span></td>'
            f'<td class="{differs}" style="background:{colour(mine)}" title="{escape(reasons)}"><mark class="{found.role if found else ""}" style="background:none">{escape(line)}</mark>'
            f' <span class="role">{found.role if found else ""} {"" if not found or found.article is None else found.article + 1} {found.confidence if found else 0:.2f}</span></td></tr>'
        )
    head = " ".join(f"{key} {value:.3f}" for key, value in scores.items())
    warnings = "".join(f"<li>{escape(w.code)} {w.line}: {escape(w.text)}</li>" for w in parsed.warnings)
    table = f'<table><tr><th class="n">#</th><th>gold</th><th>parser</th></tr>{"".join(rows)}</table>'
    return _document(name, f"<h1>{escape(name)}</h1><p>{head}</p><ul>{warnings}</ul>{table}")
