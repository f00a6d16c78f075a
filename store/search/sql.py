"""A plan → SQL over the FTS5 tables; pure.

What one table can answer goes into one MATCH, which FTS5 walks in step; only parts of different tables meet in SQL.
Tokens are quoted, so nothing a reader types is ever FTS5 syntax.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any as Value

from store.search.plan import All, Any, Ids, Mark, Nothing, Phrase, Plan, Read
from store.search.tokens import TITLE

KEYS = {"indexed_articles": "article_id"}


@dataclass(frozen=True, slots=True)
class Condition:
    """`SELECT key FROM table WHERE sql` is the plan."""

    table: str
    sql: str
    parameters: list[Value] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The column with the article's id."""
        return KEYS.get(self.table, "rowid")


def condition(plan: Plan) -> Condition | None:
    """The plan as the condition of a query, or None when no article can have it."""
    plan = simplify(plan)
    if plan == Nothing():
        return None
    parts = plan.parts if isinstance(plan, All) else (plan,)
    but_not = plan.but_not if isinstance(plan, All) else ()
    driving = ""
    for table in ("article_bigrams", "article_marks", "title_bigrams"):
        if any(_home(part) == table for part in parts):
            driving = table
            break
    if not driving:
        driving = "indexed_articles"
    mine = tuple(part for part in parts if _home(part) == driving)
    not_mine = tuple(part for part in but_not if _home(part) == driving) if mine else ()
    sql, parameters = [], []
    if mine:
        sql.append(f"{driving} MATCH ?")
        parameters.append(match(All(mine, not_mine) if not_mine or len(mine) > 1 else mine[0]))
    key = f"{driving}.{KEYS.get(driving, 'rowid')}"
    for part in parts:
        if part not in mine:
            inner, values = _inside(part, key)
            sql.append(inner)
            parameters += values
    for part in but_not:
        if part not in not_mine:
            inner, values = _inside(part, key)
            sql.append(f"NOT ({inner})")
            parameters += values
    return Condition(driving, " AND ".join(sql) or "1", parameters)


def _inside(plan: Plan, key: str) -> tuple[str, list[Value]]:
    """A condition on `key` anywhere in a query.

    The + keeps SQLite from looking ids up one by one beside a MATCH, which FTS5 refuses within an OR.
    """
    if isinstance(plan, Nothing):
        return "0", []
    if isinstance(plan, Ids):
        return f"+{key} IN (SELECT value FROM json_each(?))", [json.dumps(sorted(plan.ids))]
    if home := _home(plan):
        return f"+{key} IN (SELECT rowid FROM {home} WHERE {home} MATCH ?)", [match(plan)]
    if isinstance(plan, Any):
        # What one table can answer is asked together: a hundred runs of signs beside a Mark are two lists, not a hundred.
        together: dict[str, list[Plan]] = {}
        for part in plan.parts:
            together.setdefault(_home(part), []).append(part)
        alone = together.pop("", [])
        inner = [_inside(part, key) for part in (*(Any(tuple(parts)) for parts in together.values()), *alone)]
        return "(" + " OR ".join(sql for sql, _ in inner) + ")", [
            value for _, values in inner for value in values
        ]
    found = condition(plan)
    if found is None:
        return "0", []
    return f"+{key} IN (SELECT {found.key} FROM {found.table} WHERE {found.sql})", found.parameters


def _home(plan: Plan) -> str:
    """The FTS5 table that can answer the whole plan alone, or ""."""
    match plan:
        case Phrase(column=column):
            return "title_bigrams" if column == "heading" else "article_bigrams"
        case Mark():
            return "article_marks"
        case All(parts, but_not):
            homes = {_home(part) for part in (*parts, *but_not)}
            return homes.pop() if len(homes) == 1 and parts else ""
        case Any(parts):
            homes = {_home(part) for part in parts}
            return homes.pop() if len(homes) == 1 else ""
    return ""


def match(plan: Plan) -> str:
    """The plan in FTS5's query language; only for plans one table can answer."""
    match plan:
        case Phrase(tokens, column):
            name = "title" if column == "heading" else column
            return (f"{name} : " if name else "") + quoted(" ".join(tokens))
        case Mark(mark, column):
            return quoted((TITLE if column in ("title", "heading") else "") + mark)
        case All(parts, but_not):
            sql = "(" + " AND ".join(match(part) for part in parts) + ")"
            return f"({sql} NOT ({' OR '.join(match(part) for part in but_not)}))" if but_not else sql
        case Any(parts):
            return "(" + " OR ".join(match(part) for part in parts) + ")"
    raise TypeError(plan)


def quoted(text: str) -> str:
    """An FTS5 string: everything but the quotation mark, which is doubled, is a plain character in it."""
    return '"' + text.replace('"', '""') + '"'


def simplify(plan: Plan) -> Plan:
    """The plan without parts that cannot matter: Nothing is drawn out, nested All and Any are made flat."""
    match plan:
        case Any(parts):
            flat: list[Plan] = []
            for part in map(simplify, parts):
                flat += part.parts if isinstance(part, Any) else [] if part == Nothing() else [part]
            flat = list(dict.fromkeys(flat))
            return Nothing() if not flat else flat[0] if len(flat) == 1 else Any(tuple(flat))
        case All(parts, but_not):
            flat, without = [], [part for part in map(simplify, but_not) if part != Nothing()]
            for part in map(simplify, parts):
                if part == Nothing():
                    return Nothing()
                if isinstance(part, All):
                    flat += part.parts
                    without += part.but_not
                else:
                    flat.append(part)
            flat = list(dict.fromkeys(flat))
            if len(flat) == 1 and not without:
                return flat[0]
            return All(tuple(flat), tuple(dict.fromkeys(without)))
        case Read():
            raise TypeError("a Read is answered before SQL is made (search.py)")
    return plan
