"""Scores predicted articles of a page against gold: articles, titles, characters, paragraphs, bylines, kinds.

Text is compared without blanks and list marks, with full-width forms folded. An article counts as found when the
character 5-grams of its body agree to 0.8 (Jaccard) with a prediction's and the titles are 0.8 alike. B-cubed runs
over the page's characters that belong to a gold item; a paragraph counts when the prediction has it as one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

DROPPED = set("#*■◆●▲□◇○△▶►★☆>|\\`_~\u200b\ufeff")
ALIKE = 0.8
_FOLDED = {
    "“": '"',
    "”": '"',
    "„": '"',
    "＂": '"',
    "‘": "'",
    "’": "'",
    "—": "-",
    "–": "-",
    "―": "-",
    "─": "-",
    "…": ".",
    "·": ".",
    "•": ".",
    "・": ".",
}
_LEAD = re.compile(r"^(本报|新华社)[^()]{0,16}?(讯|电)?(\([^)]{2,40}\))?")
_ROLE_WORDS = re.compile(
    r"本报讯|本报|新华社|特约|见习|实习|全媒体|融媒体|记者|通讯员|摄影报道|摄影|报道|供稿|文/图|图/文|撰文|[（）()：:；;，,。/]|摄(?=\s|$)"
)
FIGURES = ("art_f1", "body_f1", "title_f1", "b3_p", "b3_r", "b3_f1", "para", "by", "kind")


def folded(text: str) -> tuple[str, list[int]]:
    """The text as compared, and where each of its characters stands in the original."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text or ""):
        if char.isspace() or char in DROPPED:
            continue
        if char in _FOLDED:
            char = _FOLDED[char]
        elif 0xFF01 <= ord(char) <= 0xFF5E:
            char = chr(ord(char) - 0xFEE0)
        if char in DROPPED:
            continue
        out.append(char)
        places.append(place)
    return "".join(out), places


def fold(text: str) -> str:
    """The text as compared."""
    return folded(text)[0]


def alike(one: str, other: str) -> float:
    """How alike two short texts are, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def _grams(text: str) -> set[str]:
    return {text[i : i + 5] for i in range(len(text) - 4)} or ({text} if text else set())


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


@dataclass(slots=True)
class Item:
    """A gold or predicted article, ready to be compared."""

    kind: str
    paragraphs: list[str]
    body: str
    titles: list[str]
    pieces: list[str]
    raw: str
    names: set[str]
    id: str = ""
    grams: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))


def make_item(article: dict[str, Any], *, gold: bool = False) -> Item:
    """An article as a dict of the gold's form (body a list of paragraphs, subheads among them)."""
    paragraphs = [p for p in article.get("body") or [] if p.strip()]
    kicker, title, subtitle = (article.get(k) or "" for k in ("kicker", "title", "subtitle"))
    byline = article.get("byline") or {}
    wordings = (
        {title, kicker + title, title + subtitle, kicker + title + subtitle} if title or kicker else set()
    )
    titles = sorted({t for t in (re.sub(r"[^\w]", "", fold(w)) for w in wordings) if t})
    body = fold("".join(paragraphs))
    item = Item(
        article.get("kind") or "article",
        [fold(p) for p in paragraphs],
        body,
        titles,
        [p for p in (kicker, title, subtitle) if p],
        byline.get("raw") or "",
        _names(byline, gold),
        article.get("id", ""),
    )
    item.grams = _grams(body), _grams(_LEAD.sub("", body))
    return item


def _names(byline: dict[str, Any], gold: bool) -> set[str]:
    named = [n for key in ("reporters", "correspondents", "photographers") for n in byline.get(key) or []]
    if named or gold:
        return {re.sub(r"\s", "", n) for n in named}
    raw = re.sub(r"(?<![一-鿿])([一-鿿])[ 　]([一-鿿])(?![一-鿿])", r"\1\2", byline.get("raw") or "")
    return {n for n in re.split(r"[\s、]+", _ROLE_WORDS.sub(" ", raw)) if re.fullmatch(r"[一-鿿·]{2,5}", n)}


def _pairs(scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """One-to-one pairs, the best first."""
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    out = []
    for (g, p), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if g not in taken_gold and p not in taken_found:
            taken_gold.add(g)
            taken_found.add(p)
            out.append((g, p))
    return out


def _owners(page: str, items: list[Item]) -> list[int]:
    """For each character of the folded page the item that holds it, or -1."""
    owner = [-1] * len(page)
    free = list(page)

    def claim(item: int, start: int, end: int) -> None:
        for k in range(start, end):
            if owner[k] < 0:
                owner[k] = item
                free[k] = "\0"

    small: list[tuple[int, str]] = []
    whole = sorted(
        ((len(p), i, p) for i, item in enumerate(items) for p in item.paragraphs), key=lambda x: -x[0]
    )
    for length, i, paragraph in whole:
        if length < 12:
            small.append((i, paragraph))
            continue
        rest = "".join(free)
        at = rest.find(paragraph)
        if at >= 0:
            claim(i, at, at + length)
            continue
        for block in SequenceMatcher(None, paragraph, rest, autojunk=False).get_matching_blocks():
            if block.size >= 6:
                claim(i, block.b, block.b + block.size)
    for i, item in enumerate(items):
        small += [(i, fold(piece)) for piece in item.pieces]
        if item.raw and fold(item.raw) not in item.body:
            small.append((i, fold(item.raw)))
    for i, piece in sorted(small, key=lambda x: -len(x[1])):
        if not piece:
            continue
        rest = "".join(free)
        mine = [k for k, o in enumerate(owner) if o == i]
        low, high = (mine[0], mine[-1]) if mine else (0, 0)
        places = [m.start() for m in re.finditer(f"(?={re.escape(piece)})", rest)]
        if places:
            at = min(
                places, key=lambda a: 0 if low <= a <= high else min(abs(a + len(piece) - low), abs(a - high))
            )
            claim(i, at, at + len(piece))
        elif len(piece) >= 8:
            for block in SequenceMatcher(None, piece, rest, autojunk=False).get_matching_blocks():
                if block.size >= 5:
                    claim(i, block.b, block.b + block.size)
    return owner


def _gold_owners(
    gold: dict[str, Any], text: str, page: str, places: list[int], items: list[Item]
) -> list[int]:
    """For each character of the folded page its gold item; -1 none, -2 not counted (furniture, repeats)."""
    spans = gold.get("spans")
    if not spans:
        return _owners(page, items)
    number = {item.id: i for i, item in enumerate(items)}
    label: dict[int, int] = {}
    for start, end, owner, role, *_ in spans:
        value = -2 if role == "loop" else number.get(owner, -1)
        for k in range(start, end):
            label[k] = value
    owners = [label.get(k, -2) for k in places]
    for start, end, owner, role, *_ in spans:
        if role != "loop" or owner not in number:
            continue
        unit = fold(text[start:end])
        for size in range(1, len(unit)):
            if len(unit) % size == 0 and unit[:size] * (len(unit) // size) == unit:
                unit = unit[:size]
                break
        if len(unit) <= 3:
            continue
        for match in re.finditer(f"(?={re.escape(unit)})", page):
            span = range(match.start(), match.start() + len(unit))
            if all(owners[k] in (-2, number[owner]) for k in span):
                for k in span:
                    owners[k] = -2
    return owners


def score_page(gold: dict[str, Any], predicted: list[dict[str, Any]], text: str) -> Counter[str]:
    """The counts of one page; add pages up and ask `figures`."""
    gold_items = [
        make_item(a, gold=True) for a in gold["articles"] if a.get("title") or any(a.get("body") or [])
    ]
    found = [item for item in map(make_item, predicted) if item.body or item.titles]
    count: Counter[str] = Counter(gold=len(gold_items), pred=len(found))
    count["gold_titles"] = sum(bool(g.titles) for g in gold_items)
    count["pred_titles"] = sum(bool(p.titles) for p in found)
    bodies: dict[tuple[int, int], float] = {}
    titles: dict[tuple[int, int], float] = {}
    for i, g in enumerate(gold_items):
        for j, p in enumerate(found):
            body = max(_jaccard(g.grams[0], p.grams[0]), _jaccard(g.grams[1], p.grams[1]))
            title = max((alike(x, y) for x in g.titles for y in p.titles), default=0.0)
            if body >= ALIKE:
                bodies[i, j] = body
            if title >= ALIKE:
                titles[i, j] = title
    count["art"] = len(
        _pairs({k: s for k, s in bodies.items() if not gold_items[k[0]].titles or k in titles})
    )
    mates = dict(_pairs(bodies))
    count["body"] = len(mates)
    count["title"] = len(_pairs(titles))
    for i, g in enumerate(gold_items):
        mate = found[mates[i]] if i in mates else None
        for paragraph in g.paragraphs:
            count["gold_para"] += 1
            count["para"] += mate is not None and any(
                p == paragraph
                or (abs(len(p) - len(paragraph)) <= 0.1 * len(paragraph) and alike(paragraph, p) >= 0.95)
                for p in mate.paragraphs
            )
        if g.names:
            count["gold_by"] += 1
            count["by"] += mate is not None and mate.names == g.names
        count["kind"] += mate is not None and mate.kind == g.kind
    page, places = folded(text)
    sizes_gold: Counter[int] = Counter()
    sizes_found: Counter[int] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    for g_owner, p_owner in zip(
        _gold_owners(gold, text, page, places, gold_items), _owners(page, found), strict=True
    ):
        if g_owner == -2:
            continue
        sizes_gold[g_owner] += 1
        sizes_found[p_owner] += 1
        both[g_owner, p_owner] += 1
    for (g_owner, p_owner), size in both.items():
        if g_owner < 0:
            continue
        count["chars"] += size
        count["b3p_parts"] += round(1e6 * size * (1.0 if p_owner < 0 else size / sizes_found[p_owner]))
        count["b3r_parts"] += round(
            1e6 * size * (1.0 / sizes_gold[g_owner] if p_owner < 0 else size / sizes_gold[g_owner])
        )
    return count


def figures(count: Counter[str]) -> dict[str, float]:
    """The figures of one page or of many added up."""

    def share(part: str, whole: str) -> float:
        return count[part] / count[whole] if count[whole] else 1.0

    def f1(hits: str, gold: str, found: str) -> float:
        return 2 * count[hits] / (count[gold] + count[found]) if count[gold] + count[found] else 1.0

    precision, recall = share("b3p_parts", "chars") / 1e6, share("b3r_parts", "chars") / 1e6
    if not count["chars"]:
        precision = recall = 1.0
    return {
        "art_f1": f1("art", "gold", "pred"),
        "body_f1": f1("body", "gold", "pred"),
        "title_f1": f1("title", "gold_titles", "pred_titles"),
        "b3_p": precision,
        "b3_r": recall,
        "b3_f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "para": share("para", "gold_para"),
        "by": share("by", "gold_by"),
        "kind": share("kind", "body"),
    }
