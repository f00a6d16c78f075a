"""Queries derived from a corpus, in the classes that matter, and what truly contains them."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from store.chinese import words

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_PLACE = re.compile("[\u4e00-\u9fff]{1,3}[省市县州区]\\Z")
_HAN = re.compile("[\u4e00-\u9fff]+\\Z")


@dataclass(frozen=True)
class Record:
    """A record of the corpus as printed, its id the place in the file from 1."""

    id: int
    title: str
    body: str
    day: str


@dataclass(frozen=True)
class Case:
    """A query: its class and the words that all have to be there."""

    kind: str
    terms: tuple[str, ...]


def load(path: Path, limit: int | None = None) -> list[Record]:
    """The records of a JSONL file with title, body and date."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if limit and number > limit:
                break
            record = json.loads(line)
            found.append(Record(number, record["title"], record["body"], record["date"][:10]))
    return found


def norm(text: str) -> str:
    """What the truth compares: NFKC and lower case, nothing else."""
    return unicodedata.normalize("NFKC", text).lower()


def derive(records: list[Record], seed: int = 11) -> list[Case]:
    """About two hundred queries, each of them somewhere in the corpus."""
    chance = random.Random(seed)
    sample = chance.sample(records, min(2500, len(records)))
    two, known, unknown, places, characters, signs = (Counter[str]() for _ in range(6))
    for record in sample:
        for word in words.cut(record.body[:400]):
            if not _HAN.match(word):
                continue
            if len(word) == 2:
                two[word] += 1
            if _PLACE.match(word):
                places[word] += 1
            if word[0] in SURNAMES and len(word) == 3:
                (known if words.is_word(word) else unknown)[word] += 1
        characters.update(character for character in record.body if _HAN.match(character))
        signs.update(
            re.findall(
                r"[A-Za-z][A-Za-z0-9]{1,9}|(?:19|20)\d\d年|[A-Za-z]?\d+[A-Za-z%]+|\d+\.\d+%?",
                norm(record.body),
            )
        )
    cases = [
        *_banded("two-character words", two, 42, chance),
        *_banded("names in the dictionary", known, 12, chance),
        *_banded("names not in it", unknown, 21, chance),
        *_banded("places", places, 30, chance),
        *_banded("one character", characters, 12, chance),
        *_banded("Latin and digits", signs, 18, chance),
    ]
    while sum(case.kind == "spans cut anywhere" for case in cases) < 36:
        runs = re.findall("[\u4e00-\u9fff]{8,}", chance.choice(records).body)
        if runs:
            run, length = chance.choice(runs), chance.choice((4, 4, 5, 6, 8))
            start = chance.randint(0, len(run) - length)
            cases.append(Case("spans cut anywhere", (run[start : start + length],)))
    common = [word for word, _ in two.most_common(1500)]
    while sum(case.kind == "two words" for case in cases) < 34:
        body = chance.choice(records).body
        both = [word for word in chance.sample(common, min(400, len(common))) if word in body][:2]
        if len(both) == 2:
            cases.append(Case("two words", (both[0], both[1])))
    return list(dict.fromkeys(cases))


def _banded(kind: str, counted: Counter[str], many: int, chance: random.Random) -> list[Case]:
    """As many common, middling and rare ones each."""
    ordered = [text for text, _ in counted.most_common()]
    cuts = [0, max(1, len(ordered) // 50), max(2, len(ordered) // 5), len(ordered)]
    found: list[Case] = []
    for low, high in pairwise(cuts):
        pool = ordered[low:high]
        found += [Case(kind, (text,)) for text in chance.sample(pool, min(many // 3, len(pool)))]
    return found


def chance_neighbours(records: list[Record], many: int = 60, seed: int = 7) -> list[str]:
    """Two-character words that stand in most of their articles only by chance (和服 in 产品和服务)."""
    chance = random.Random(seed)
    sample = chance.sample(records, min(2500, len(records)))
    as_word, anywhere = Counter[str](), Counter[str]()
    for record in sample:
        text = record.body[:400]
        as_word.update({word for word in words.cut(text) if len(word) == 2 and _HAN.match(word)})
        anywhere.update({text[at : at + 2] for at in range(len(text) - 1)})
    found = [word for word, often in as_word.items() if anywhere[word] >= 12 and often < 0.5 * anywhere[word]]
    return chance.sample(sorted(found), min(many, len(found)))


def title_runs(records: list[Record], many: int = 200, seed: int = 5) -> list[tuple[str, int]]:
    """(six to ten characters of a title that no other title has, its record's id)."""
    chance = random.Random(seed)
    titles = Counter(record.title for record in records)
    joined = "\n".join(titles)
    found: list[tuple[str, int]] = []
    for record in chance.sample(records, len(records)):
        runs = re.findall("[\u4e00-\u9fff]{6,}", record.title)
        if runs and titles[record.title] == 1:
            run, length = chance.choice(runs), chance.randint(6, 10)
            start = chance.randint(0, max(0, len(run) - length))
            part = run[start : start + length]
            if joined.count(part) == 1:
                found.append((part, record.id))
        if len(found) == many:
            break
    return found


def truth(records: list[Record], cases: list[Case]) -> list[set[int]]:
    """For each query the records whose title or body has every word, anywhere."""
    texts = [(record.id, norm(record.title) + "\n" + norm(record.body)) for record in records]
    having: dict[str, set[int]] = {}
    for case in cases:
        for term in case.terms:
            if term not in having:
                having[term] = {number for number, text in texts if norm(term) in text}
    return [set.intersection(*(having[term] for term in case.terms)) for case in cases]
