"""The words of a question or a pasted sentence by which papers can be searched: names and nouns, no figures; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations

from store.chinese import words
from store.places.mentions import scan

MOST = 6
_STOP = frozenset(
    ["哪个", "哪里", "哪儿", "什么", "怎么", "怎样", "怎么办", "如何", "多少", "几点", "几号", "为什么", "请问", "谁", "吗", "呢", "可以", "能不能", "有没有", "是不是", "我们", "你们", "他们", "这个", "那个", "一个", "时候", "现在", "今天", "明天", "昨天", "最近", "知道", "需要", "进行", "请", "相互", "转告", "大家", "居民", "市民", "群众", "广大", "希望", "因为", "所以", "由于", "如果", "但是", "还是", "已经", "没有", "不要", "不能", "不会", "上午", "下午", "晚上", "早上", "凌晨", "中午", "时间", "地点", "电话", "号码", "通知", "公告", "起", "止", "至", "前", "后", "月", "日", "时", "分", "年", "号", "点", "打", "找", "去", "到", "在", "的", "了", "是", "有", "和", "与", "或", "及", "等", "将", "被", "把", "给", "为", "对", "从", "向", "以", "于", "也", "都", "就", "还", "又", "再", "很", "更", "最", "各位", "用户", "单位", "个人", "期间", "部分", "有关", "相关", "以下", "以上", "咨询", "联系", "不便", "敬请", "谅解", "提前", "做好", "准备", "影响", "区域", "范围"]
)  # fmt: skip
_WORD = re.compile(r"[一-鿿A-Za-z]{2,}\Z")


def keywords(text: str) -> list[str]:
    """The words to search for, the telling first: names of places, then what the dictionary knows least."""
    names = [mention.text for mention in scan(text) if mention.proves >= 2 or len(mention.text) > 2]
    rest: dict[str, int] = {}
    for word in words.cut(text):
        word = word.strip()
        if _WORD.match(word) and word not in _STOP and word not in names:
            rest.setdefault(word, words.frequency(word))
    # Very common words tell little; a word the dictionary does not know may be a name.
    told = sorted(rest, key=lambda word: (rest[word] > 20_000, -min(len(word), 4), rest[word]))
    return list(dict.fromkeys([*names, *told]))[:MOST]


def queries(text: str, count: Callable[[str], int], *, most: int = 3) -> list[tuple[str, int]]:
    """(query, hits) of what finds something: two words together before one, the more telling first."""
    found: list[tuple[str, int]] = []
    chosen = keywords(text)
    for pair in _pairs(chosen):
        query = " ".join(pair)
        hits = count(query)
        if hits:
            found.append((query, hits))
        if len(found) >= most - 1:
            break
    for word in chosen:
        if len(found) >= most:
            break
        hits = count(word)
        if hits:
            found.append((word, hits))
    return found


def _pairs(chosen: Sequence[str]) -> list[tuple[str, str]]:
    return list(combinations(chosen[:4], 2))
