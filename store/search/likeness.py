"""Whether an article tells what a text tells, and where the two say otherwise: days, hours, numbers, names; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from store.calendar import days
from store.calendar.details import HOURS
from store.places.mentions import scan

LEAST = 0.5
"""Share of the text's pairs of characters that an article must have to tell the same."""
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*")
_HAN = re.compile(r"[一-鿿]+")
_NUMBER = re.compile(r"(?<![\d.:：])\d+(?:\.\d+)?(?=[一-鿿%％])")
_PHONE = re.compile(r"(?<!\d)(?:0\d{2,3}[-—－ ]?\d{7,8}|1[3-9]\d{9}|\d{5,8})(?!\d)")
_SPOT = re.compile(
    r"[一-鿿]{2,4}?(?:大街|大道|街道|路|街|巷|桥|镇|乡|村|社区|小区|家园|花园|医院|中学|小学|幼儿园|学校|学院|广场|公园|图书馆|文化馆|博物馆|体育馆|体育场|剧院|商场|超市|市场|大厦|酒店|水库)(?![一-鿿]?(?:上|里)的)"
)
_LEADING = re.compile(
    r"^.*?(?:[在到于对由从至往因经和与及将请凡让把为沿起时月日点分号]|位于|前往|设在|改走|绕行|来自|[县市区镇乡村州](?=.{3}))"
)
_PERSON = re.compile(
    r"(?:医生|主任|专家|教授|老师|书记|县长|市长|校长|院长|局长|经理|主席|师傅)([一-鿿]{2,3})(?=[，。、在将来于到介说作主])"
)
_AROUND = re.compile(r"请?(?:相互|互相)?转告|请?大?家?转发|速转|扩散|看到的?|通知[:：]|【[^】]*】")


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that the text tells otherwise: `kind` is "day", "hour", "number", "phone" or "name"; both sentences."""

    kind: str
    fact: str
    said: str
    printed: str


def sentences(text: str) -> list[str]:
    """The text's sentences, trimmed."""
    return [found[0].strip() for found in _SENTENCE.finditer(text) if found[0].strip()]


def pairs(text: str) -> set[str]:
    """Pairs of neighbouring Han characters; figures and marks are no part of what a text is about."""
    found: set[str] = set()
    for run in _HAN.findall(_AROUND.sub("，", text)):
        run = re.sub("[年月日时点分至到]", "", run)
        found |= {run[at : at + 2] for at in range(len(run) - 1)}
    return found


def share(text: str, printed: str) -> float:
    """The share of the text's pairs that the printed text has."""
    wanted = pairs(text)
    return len(wanted & pairs(printed)) / len(wanted) if wanted else 0.0


def nearest(sentence: str, printed: Sequence[str]) -> str:
    """The printed sentence most like one of the text."""
    return max(printed, key=lambda one: share(sentence, one) + share(one, sentence), default="")


def tells_the_same(text: str, title: str, body: str) -> float:
    """How surely an article tells what the text tells: 0 (not at all) to 1."""
    whole = share(text, f"{title}。{body}")
    closest = max((share(text, one) for one in _windows(body)), default=0.0)
    return min(whole, closest + 0.15)


def _windows(body: str) -> list[str]:
    """Three sentences in a row: a pasted notice stands together, words of a long article anywhere do not count."""
    all_of = sentences(body)
    return ["".join(all_of[at : at + 3]) for at in range(max(1, len(all_of) - 2))]


def differences(text: str, title: str, body: str, *, today: date, printed: date) -> tuple[Difference, ...]:
    """Where the text says otherwise than the article, each with the sentences side by side."""
    whole = f"{title}。{body}"
    known = _facts(whole, printed)
    squeezed = re.sub(r"[\s\-—－–]", "", whole)
    all_of = sentences(body) or [title]
    found: list[Difference] = []
    for sentence in sentences(_AROUND.sub("，", text)):
        said = _facts(sentence, printed if abs((today - printed).days) < 40 else today)
        for kind, facts in said.items():
            for fact, shown in facts.items():
                missing = fact not in known[kind]
                if kind in ("name", "phone"):
                    missing = re.sub(r"[\s\-—－–]", "", fact) not in squeezed
                if missing and known[kind] and not any(one.kind == kind for one in found):
                    found.append(Difference(kind, shown, sentence, _side(kind, sentence, all_of, printed)))
    return tuple(found)


def _side(kind: str, sentence: str, printed: Sequence[str], day: date) -> str:
    """The printed sentence to set beside it: one that has such a fact at all, the most alike."""
    having = [one for one in printed if _facts(one, day)[kind]] or list(printed)
    return nearest(sentence, having)


def _facts(text: str, printed: date) -> dict[str, dict[str, str]]:
    """kind → {fact in one form: as written}."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in ("day", "hour", "phone", "number", "name")}
    when = days.find(text, printed)
    for day, (start, end) in zip(when.days, when.spans, strict=False):
        found["day"][day.isoformat()] = text[start:end]
    masked = list(text)
    for start, end in when.spans:
        masked[start:end] = "，" * (end - start)
    rest = "".join(masked)
    for match in HOURS.finditer(rest):
        for clock in re.finditer(r"(\d{1,2})\s?(?:[:：∶]\s?(\d{2})|[时点](半|\d{1,2})?)", match[0]):
            minute = 30 if clock[3] == "半" else int(clock[2] or clock[3] or 0)
            hour = int(clock[1])
            hour += 12 * (hour < 12 and bool(re.search("下午|晚", match[0][: clock.start() + 1])))
            found["hour"][f"{hour % 24}:{minute:02}"] = match[0]
    rest = HOURS.sub("，", rest)
    for match in _PHONE.finditer(rest):
        found["phone"][re.sub(r"\D", "", match[0])] = match[0]
    rest = _PHONE.sub("，", rest)
    for match in _NUMBER.finditer(rest):
        unit = rest[match.end() : match.end() + 1]
        found["number"][match[0] + unit] = match[0] + unit
    for mention in scan(text):
        if mention.proves >= 2:
            found["name"][mention.text] = mention.text
    for match in _SPOT.finditer(rest):
        name = _LEADING.sub("", match[0]) if len(match[0]) > 3 else match[0]
        if len(name) >= 3:
            found["name"][name] = name
    for match in _PERSON.finditer(rest):
        found["name"][match[1]] = match[1]
    return found
