"""When nothing is found: what was perhaps meant, and what would find something. Never mixed into the hits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from store import words
from store.connection import Connection
from store.models.search import Suggestion
from store.search.documents import short_place
from store.search.query import Either, Filter, Node, Query, Term

_MOST = 3
_MOST_NAMES = 4000
_MOST_TITLES = 400
_HAN = re.compile("[\u4e00-\u9fff]{2,8}\\Z")
_LETTERS = re.compile("[a-z]{3,30}\\Z")
_FIELD_NAMES = {
    "title": "标题",
    "person": "记者",
    "place": "地点",
    "paper": "报纸",
    "page": "版",
    "kind": "类",
    "days": "日期",
}

Count = Callable[[str], int]


def written(nodes: Iterable[Node], unwanted: Iterable[Node] = ()) -> str:
    """The nodes as a reader would type them."""
    return " ".join([*map(_written, nodes), *("-" + _written(node) for node in unwanted)])


def _written(node: Node) -> str:
    if isinstance(node, Either):
        return "|".join(map(_written, node.choices))
    text = node.shown if isinstance(node, Term) else node.value
    if re.search(r"[\s|]", text):
        text = '"' + text.replace('"', "") + '"'
    return f"{_FIELD_NAMES[node.field]}:{text}" if node.field else text


def fewer(query: Query, count: Count) -> list[Suggestion]:
    """Queries with one word or all filters less, or with a long word in parts, that find something."""
    found: list[Suggestion] = []
    filters = [node for node in query.wanted if isinstance(node, Filter)]
    terms = tuple(node for node in query.wanted if not isinstance(node, Filter))
    if filters and terms:
        found += _counted([written(terms, query.unwanted)], "unfiltered", count)
    if len(terms) > 1:
        without = [written([node for node in query.wanted if node is not left]) for left in terms]
        found += sorted(_counted(without, "fewer", count), key=lambda suggestion: suggestion.count)[:_MOST]
        if not any(suggestion.kind == "fewer" for suggestion in found):
            alone = [written([node]) for node in terms]
            found += sorted(_counted(alone, "fewer", count), key=lambda suggestion: suggestion.count)[:_MOST]
    elif len(terms) == 1 and isinstance(terms[0], Term) and len(terms[0].folded) >= 4:
        parts = [word for word in words.cut(terms[0].folded) if len(word) > 1]
        if len(parts) > 1:
            found += _counted([" ".join(parts), *parts], "fewer", count)[:_MOST]
    if query.unwanted and not found:
        found += _counted([written(query.wanted)], "fewer", count)
    return found


def _counted(queries: Sequence[str], kind: str, count: Count) -> list[Suggestion]:
    counted = [Suggestion(query, count(query), kind) for query in dict.fromkeys(queries) if query]
    return [suggestion for suggestion in counted if suggestion.count]


def names(db: Connection) -> list[str]:
    """Places, people and papers the store knows, the frequent first, and the words of the newest titles."""
    known: dict[str, None] = {}
    for table in ("article_places", "article_people"):
        rows = db.rows(
            f"SELECT name, count(*) AS many FROM {table} GROUP BY name ORDER BY many DESC LIMIT {_MOST_NAMES}"
        )
        for row in rows:
            known.setdefault(short_place(row["name"]) if table == "article_places" else row["name"])
            known.setdefault(row["name"])
    for row in db.rows("SELECT name FROM papers ORDER BY id"):
        known.setdefault(row["name"])
    titles = db.rows(
        "SELECT title FROM articles WHERE removed_at IS NULL ORDER BY id DESC LIMIT ?", [_MOST_TITLES]
    )
    for row in titles:
        for word in words.cut(row["title"]):
            known.setdefault(word)
    return [name for name in known if _HAN.match(name)]


def near(query: Query, known: Sequence[str], count: Count) -> list[Suggestion]:
    """Queries with one word replaced by a name that sounds or looks nearly the same, and that find something."""
    found: list[Suggestion] = []
    for index, node in enumerate(query.wanted):
        if isinstance(node, Either) or (isinstance(node, Filter) and node.field not in ("place", "paper")):
            continue
        text = node.folded if isinstance(node, Term) else node.value
        for name in nearest(text, known):
            other: Node = Term(name, name, node.field) if isinstance(node, Term) else Filter(node.field, name)
            replaced = written((*query.wanted[:index], other, *query.wanted[index + 1 :]), query.unwanted)
            found += _counted([replaced], "name", count)
            if len(found) >= _MOST:
                return found
    return found


def nearest(text: str, known: Sequence[str]) -> list[str]:
    """The known names that sound like the text (Han characters or pinyin) or differ in one character, best first."""
    from rapidfuzz.distance import Levenshtein

    text = text.replace(" ", "").replace("'", "")
    if _LETTERS.match(text):
        wanted = _blurred(text)
        scored = [(0, name) for name in known if _blurred_sound(name) == wanted]
        return [name for _, name in scored][:_MOST]
    if not _HAN.match(text):
        return []
    wanted = _blurred_sound(text)
    scored = []
    for name in known:
        if name == text or abs(len(name) - len(text)) > 1:
            continue
        blurred = _blurred_sound(name)
        if blurred == wanted:
            scored.append((0, name))
        elif len(text) >= 3 and Levenshtein.distance(name, text) == 1:
            scored.append((1, name))
        elif len(name) == len(text) and len(wanted) > 6 and Levenshtein.distance(blurred, wanted) == 1:
            scored.append((2, name))
    return [name for _, name in sorted(scored, key=lambda pair: pair[0])][:_MOST]


@cache
def sound(name: str) -> str:
    """The pinyin without tones and blanks: 芮城 → ruicheng."""
    from pypinyin import lazy_pinyin  # slow to load, and seldom needed

    return "".join(lazy_pinyin(name))


@cache
def _blurred_sound(name: str) -> str:
    return _blurred(sound(name))


_BLURS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("f", "h"), ("v", "u"))


def _blurred(pinyin: str) -> str:
    """What many speakers do not tell apart is written alike."""
    for told, blurred in _BLURS:
        pinyin = pinyin.replace(told, blurred)
    return pinyin
