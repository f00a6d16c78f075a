"""When nothing is found: what was perhaps meant, and what would find something. Never mixed into the hits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from store.chinese import words
from store.models.search import Suggestion
from store.search import keywords
from store.search.names import Sounds
from store.search.query import Either, Filter, Node, Query, Term

_MOST = 3
_MOST_TRIED = 4
"""Words of a query that may be meant otherwise, and that are tried without."""
_LONGEST_WORD = 4
"""Characters; what is longer is a phrase."""
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
    if re.search(r"[\s|]|^[-－−]", text):
        text = '"' + text.replace('"', "") + '"'
    return f"{_FIELD_NAMES[node.field]}:{text}" if node.field else text


def as_rule(query: Query) -> str:
    """The query as a rule to follow by (store/rules.py): a rule looks forward, so days, pages and kinds fall away; the
    names of places, papers and people are words like any other."""
    wanted = [node for node in map(_worded, query.wanted) if node]
    unwanted = [node for node in map(_worded, query.unwanted) if node]
    return written(wanted, unwanted)


def _worded(node: Node) -> Node | None:
    if isinstance(node, Either):
        choices = tuple(choice for choice in map(_worded, node.choices) if choice)
        return Either(choices) if choices else None
    if isinstance(node, Filter):
        return Term(node.value, node.value) if node.field in ("place", "paper") else None
    return Term(node.folded, node.shown)


def fewer(query: Query, count: Count) -> list[Suggestion]:
    """Queries with one word or all filters less, or with a long word in parts, that find something."""
    found: list[Suggestion] = []
    spoken = " ".join(node.shown for node in query.wanted if isinstance(node, Term) and not node.field)
    if _is_speech(query, spoken):
        return [Suggestion(words_, hits, "fewer") for words_, hits in keywords.queries(spoken, count)]
    filters = [node for node in query.wanted if isinstance(node, Filter)]
    terms = tuple(node for node in query.wanted if not isinstance(node, Filter))
    if filters and terms:
        found += _counted([written(terms, query.unwanted)], "unfiltered", count)
    if len(terms) > 1:
        without = [
            written([node for node in query.wanted if node is not left]) for left in terms[:_MOST_TRIED]
        ]
        found += sorted(_counted(without, "fewer", count), key=lambda suggestion: suggestion.count)[:_MOST]
        if not any(suggestion.kind == "fewer" for suggestion in found):
            alone = [written([node]) for node in terms[:_MOST_TRIED]]
            found += sorted(_counted(alone, "fewer", count), key=lambda suggestion: suggestion.count)[:_MOST]
    elif len(terms) == 1 and isinstance(terms[0], Term) and len(terms[0].folded) >= 3:
        parts = [word for word in words.cut(terms[0].folded) if len(word) > 1]
        if parts and parts != [terms[0].folded]:
            found += _counted([" ".join(parts), *parts], "fewer", count)[:_MOST]
    if query.unwanted and not found:
        found += _counted([written(query.wanted)], "fewer", count)
    return found


def _is_speech(query: Query, spoken: str) -> bool:
    """Whether a question or a sentence was typed rather than words: words stand apart and are short."""
    plain = all(isinstance(node, Term) and not node.field for node in query.wanted)
    if len(query.wanted) > 1 and all(_is_word(part) for part in spoken.split()):
        return False
    han = sum("一" <= character <= "鿿" for character in spoken)
    return plain and not query.unwanted and (han >= 6 or bool(re.search(r"\d", spoken) and han >= 2))


def _is_word(text: str) -> bool:
    return len(text) <= _LONGEST_WORD and not re.search(r"\d", text)


def _counted(queries: Sequence[str], kind: str, count: Count) -> list[Suggestion]:
    counted = [Suggestion(query, count(query), kind) for query in dict.fromkeys(queries) if query]
    return [suggestion for suggestion in counted if suggestion.count]


def near(query: Query, known: Sounds, count: Count) -> list[Suggestion]:
    """Queries with one word replaced by a name that sounds or looks nearly the same, and that find something."""
    found: list[Suggestion] = []
    for index, node in enumerate(query.wanted[:_MOST_TRIED]):
        if isinstance(node, Either) or (isinstance(node, Filter) and node.field not in ("place", "paper")):
            continue
        text = node.folded if isinstance(node, Term) else node.value
        for name in known.nearest(text):
            other: Node = Term(name, name, node.field) if isinstance(node, Term) else Filter(node.field, name)
            replaced = written((*query.wanted[:index], other, *query.wanted[index + 1 :]), query.unwanted)
            found += _counted([replaced], "name", count)
            if len(found) >= _MOST:
                return found
    return found
