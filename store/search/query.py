"""What a reader types → a tree of terms and filters; pure, and never an exception: what is odd becomes a remark.

全民 健身          both           理发|剪发  理发 OR 剪发     either (binds tighter than the blank)
"城市客厅"         exactly        -会议                     not
地点:芮城 place:…  a field        近7天 上周 2024-07..2024-08  days
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from store.chinese.characters import number
from store.chinese.folding import fold
from store.models.search import Remark
from store.search.periods import Period, bare_period, period

LONGEST_QUERY = 200
"""Characters read of a query; a message to the bot may have 4096, a search has a dozen."""
MOST_TERMS = 16

FIELDS = {
    "标题": "title", "题目": "title", "title": "title",
    "地点": "place", "地方": "place", "place": "place",
    "报纸": "paper", "报": "paper", "paper": "paper",
    "记者": "person", "作者": "person", "reporter": "person", "author": "person", "by": "person",
    "版": "page", "版面": "page", "page": "page",
    "类": "kind", "类型": "kind", "kind": "kind",
    "日期": "days", "时间": "days", "date": "days",
}  # fmt: skip
KINDS = {
    "图片": "photo", "照片": "photo", "图": "photo", "photo": "photo", "photos": "photo",
    "文章": "article", "报道": "article", "新闻": "article", "article": "article",
    "公告": "remark", "启事": "remark", "通知": "remark", "remark": "remark",
}  # fmt: skip

_EDGES = "\"'(),:;<>?[]`{}!。、《》〈〉【】〔〕〖〗«»—―"
"""Cut off at both ends of a word: the marks around a word are not part of it (“五一”, 《条例》, 理发？)."""
_FIELD = re.compile(r"(-?)([^\W\d_]{1,8})[:：](.*)\Z", re.S)
_PIECE = re.compile(
    r'(?P<lead>[-－−]?(?:[^\W\d_]{1,8}[:：])?)"(?P<exact>[^"]*)"|(?P<bar>[|｜])|(?P<word>[^\s|｜"]+)|(?P<odd>")'
)
_PARTED = re.compile(rf"(?<![^\s|｜\-－−])({'|'.join(sorted(FIELDS, key=len, reverse=True))})[:：]\s+", re.I)
"""A field with a blank before its value, as fingers type it: 地点: 芮城."""
_AROUND = _EDGES + "“”‘’（），：；！？「」『』"


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found in a row. `folded` is compared, `shown` was typed; `field` is "", "title" or "person"."""

    folded: str
    shown: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition that is no text: `field` is "place", "paper", "page", "kind" or "days"."""

    field: str
    value: str
    days: Period | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    choices: tuple[Node, ...]


Node = Term | Filter | Either


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted` and none of `unwanted`, with what there is to say about how it was read."""

    wanted: tuple[Node, ...] = ()
    unwanted: tuple[Node, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The wanted words, those of alternatives too: what is set in bold."""
        found: list[Term] = []
        for node in self.wanted:
            for leaf in node.choices if isinstance(node, Either) else (node,):
                if isinstance(leaf, Term):
                    found.append(leaf)
        return tuple(found)


def parse(text: str, *, today: date) -> Query:
    """The query a reader meant."""
    reading = _Reading(today)
    if len(text) > LONGEST_QUERY:
        text = text[:LONGEST_QUERY]
        reading.remarks.append(Remark("query_cut", (("limit", LONGEST_QUERY),)))
    reading.read(text)
    return reading.query()


class _Reading:
    """The state of reading one query: the groups so far, and whether the next word belongs to the last group."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.groups: list[list[Node]] = []
        self.unwanted: list[Node] = []
        self.remarks: list[Remark] = []
        self.bare_days: list[tuple[int, str]] = []
        self.joining = False

    def read(self, text: str) -> None:
        outside = text.split('"')
        outside[::2] = [_PARTED.sub(r"\1:", part) for part in outside[::2]]
        for found in _PIECE.finditer('"'.join(outside)):
            operator = fold(found["word"] or "")
            if found["bar"] or operator == "or":
                self.joining = bool(self.groups)
            elif operator == "and" and self.groups:
                continue  # both, which the blank says already
            elif found["odd"]:
                self.remarks.append(Remark("odd_quote"))
            elif found["exact"] is not None:
                self._word(found["lead"] or "", found["exact"], exact=True)
            else:
                self._word("", found["word"], exact=False)

    def _word(self, lead: str, word: str, *, exact: bool) -> None:
        whole = lead + word
        unwanted = (lead if exact else whole)[:1] in ("-", "－", "−") and len(whole) > 1
        if unwanted:
            whole = whole[1:]
            lead = lead[1:] if lead else lead
        node = self._node(whole, lead, word if lead or exact else whole, exact=exact)
        if node is None:
            return
        if unwanted:
            self.unwanted.append(node)
        elif self.joining:
            self.groups[-1].append(node)
        else:
            self.groups.append([node])
        self.joining = False

    def _node(self, whole: str, lead: str, word: str, *, exact: bool) -> Node | None:
        found = _FIELD.match(unicodedata.normalize("NFKC", lead) + word if exact else whole)
        field = FIELDS.get(fold(found[2])) if found and (lead or not exact) else None
        if found and field:
            return self._field(field, found[2], found[3])
        if not exact:
            days = bare_period(unicodedata.normalize("NFKC", whole), today=self.today)
            if days is not None:
                self.bare_days.append((len(self.groups), whole))
                return Filter("days", whole, days)
        return _exact(word) if exact else _term(whole)

    def _field(self, field: str, name: str, value: str) -> Node | None:
        value = value.strip().strip('"“”')
        plain = unicodedata.normalize("NFKC", value)
        if not plain:
            self.remarks.append(Remark("field_empty", (("field", name),)))
            return None
        if field == "days":
            days = period(plain.replace(" ", ""), today=self.today)
            if days is None:
                self.remarks.append(Remark("not_a_date", (("value", value),)))
                return _term(value)
            return Filter("days", value, days)
        if field == "page":
            page = re.sub(r"\D", "", plain) or _chinese_page(plain.strip("第版"))
            if not page or len(page) > 4:
                self.remarks.append(Remark("not_a_page", (("value", value),)))
                return None
            return Filter("page", str(int(page)))
        if field == "kind":
            kind = KINDS.get(plain.lower())
            if kind is None:
                self.remarks.append(Remark("not_a_kind", (("value", value),)))
                return None
            return Filter("kind", kind)
        folded = fold(plain).strip(_EDGES + " \t\n")
        if not folded:
            self.remarks.append(Remark("field_empty", (("field", name),)))
            return None
        if field in ("place", "paper"):
            return Filter(field, folded)
        return Term(folded, value, field)

    def query(self) -> Query:
        # 上周 alone is a word like any other (今天 is in 今天天气真好); beside words it means the days.
        if self.bare_days and len(self.groups) == 1 and len(self.groups[0]) == 1:
            word = self.bare_days[0][1]
            if not re.search(r"[\d.．]", word):
                term = _term(word)
                self.groups = [[term]] if term else []
                self.bare_days = []
        for _, word in self.bare_days:
            if ".." in word or word.startswith("近"):  # nobody looks for these characters
                continue
            self.remarks.append(Remark("read_as_days", (("value", word),)))
        if len(self.groups) + len(self.unwanted) > MOST_TERMS:
            self.remarks.append(Remark("too_many_words", (("limit", MOST_TERMS),)))
            self.groups = self.groups[:MOST_TERMS]
            self.unwanted = self.unwanted[: MOST_TERMS - len(self.groups)]
        wanted = tuple(
            group[0] if len(group) == 1 else Either(tuple(dict.fromkeys(group[:MOST_TERMS])))
            for group in self.groups
        )
        if not wanted:
            self.remarks.append(Remark("only_unwanted" if self.unwanted else "no_words"))
        return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(self.unwanted)), tuple(self.remarks))


def _chinese_page(text: str) -> str:
    """三 as "3", 头 (版) as "1", "" for what is no number."""
    with suppress(KeyError, ValueError):
        return "1" if text == "头" else str(number(text))
    return ""


def _term(text: str) -> Term | None:
    folded = re.sub(r"\s+", " ", fold(text)).strip(_EDGES + " ")
    return Term(folded, text.strip().strip(_AROUND) or text.strip()) if folded else None


def _exact(text: str) -> Term | None:
    """Between quotation marks every mark counts, also at the ends."""
    folded = re.sub(r"\s+", " ", fold(text)).strip(" ")
    return Term(folded, text.strip()) if folded else None
