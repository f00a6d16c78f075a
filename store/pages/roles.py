"""Short lines: which lines may be something else than prose, and the small questions asked of them.

What each answer says for a headline, a byline or a subhead is in `weighing`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.pages.bylines import LEAD, is_bare_names, read_own_line
from store.pages.characters import BLANKS, CLOSERS, HAN, ends_sentence
from store.pages.chunks import Chunk
from store.pages.measures import Layout

SHORT = 46
"""No headline line of a daily is longer."""

_DASH = re.compile(r"^[—–―─-]{1,4}[ 　]?(?=[^\d—])")
_INNER_DASH = re.compile(r"(?<=\S\S\S)(?:[ 　]+[—―]{1,3}|——)(?=\S{5})")
_SAYS = re.compile(r"(?:说|指出|表示|强调|介绍|认为|要求|告诉记者|获悉|了解到|据悉)[，,：:“]")
_PLACE = re.compile(
    rf"^(?:[{HAN}]{{1,7}}[县市区旗州盟省乡镇村]|[{HAN}]{{1,14}}(?:[局委办院校所站队部社厂矿厅]|中心|公司|集团|学校|大学|学院|医院|法院|检察院|社区|街道|支队|纪委监委|监委|银行|分行|支行|分局|大队|协会|商会|学会|联合会|总工会|工会|联社|机关|开发区|新区|景区|管委会|居委会|村委会|人大常委会))[：:]?$"
)
_SECOND = re.compile(
    rf"(?:观后|小记|侧记|纪实|综述|述评|纪要|见闻|巡礼|访谈|扫描|透视|启示|调查|速写|记事|走笔|回眸|剪影|素描|札记|随感|有感)$|^(?:[记访写看读论评](?!者)[{HAN}“《]|本报|来自|写在|从.{{2,20}}(?:看|说))"
)


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How headlines look on this page: `hashes` share of short lines with Markdown marks, `size` the body's font size."""

    hashes: bool = False
    title_level: int = 0
    size: float = 0.0
    indented: bool = False


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A short line with its scores for each role, in log-odds: positive speaks for the role. The assembly weighs them against
    where the words of a headline recur."""

    title: float
    kicker: float
    subtitle: float
    byline: float
    banner: float
    subhead: float
    body: float
    reasons: tuple[str, ...] = ()
    sure: bool = False
    """An operator said so: a headline that is sure heads an article."""


def is_short(chunk: Chunk) -> bool:
    """Whether a chunk may be something else than prose."""
    text = chunk.text
    if chunk.rows:
        return False
    if chunk.heading:
        return len(text) <= 2 * SHORT
    if len(text) > SHORT or LEAD.match(text):
        return False
    if read_own_line(text) or is_bare_names(text):
        return True
    tail = text.rstrip(BLANKS)
    if tail[-1] in "。；;，,、" or (tail.rstrip(CLOSERS)[-1:] in ("。", "…") and len(tail) > 8):
        return False
    if (
        len(text) <= 44
        and text[0] in "（("
        and tail[-1] in "）)"
        and re.search(r"[电讯]|记者|[下上续完]", text)
    ):
        return False
    commas = text.count("，") + text.count(",")
    if commas and (len(text) > 20 or _SAYS.search(text)) and not _INNER_DASH.search(text):
        return False
    if tail[-1] in "：:":
        return commas == 0 and len(text) <= 24
    if ends_sentence(text):
        return len(text) <= 24 and commas <= 1 and "。" not in text
    return "。" not in text and commas <= 2


def page_style(chunks: Sequence[Chunk], layout: Layout) -> PageStyle:
    """What marks a headline on this page."""
    short = [c for c in chunks if is_short(c)]
    marked = [c.heading for c in short if c.heading]
    sizes: dict[float, int] = {}
    for c in chunks:
        if c.box:
            sizes[round(c.box.size, 1)] = sizes.get(round(c.box.size, 1), 0) + len(c.text)
    return PageStyle(
        len(marked) >= 2 and len(marked) >= 0.25 * len(short),
        min(marked) if marked else 0,
        max(sizes, key=lambda s: sizes[s]) if sizes else 0.0,
        layout.indented,
    )


def alike(one: str, other: str) -> float:
    """How much two short lines are built alike, as the subheads of one article are: 0 to 1."""
    if one == other or abs(len(one) - len(other)) > 2 or not 3 <= len(one) <= 20:
        return 0.0
    same = sum(1 for a, b in zip(one, other, strict=False) if a == b)
    back = sum(1 for a, b in zip(one[::-1], other[::-1], strict=False) if a == b)
    return max(same, back) / max(len(one), len(other))


def is_place(text: str) -> bool:
    """Whether a line names a place or an office and nothing more."""
    return bool(_PLACE.match(text))


def has_dash(text: str) -> bool:
    """Whether a line opens with the dash of a second line."""
    return bool(_DASH.match(text))


def has_inner_dash(text: str) -> bool:
    """Whether a headline carries its second line behind a dash or a space with a dash."""
    return bool(_INNER_DASH.search(text))


def names_a_speaker(text: str) -> bool:
    """Whether somebody says something in a line: a verb of saying before a comma or colon."""
    return bool(_SAYS.search(text))


def is_second(text: str) -> bool:
    """Whether a line is worded like the second line of a headline."""
    return bool(_SECOND.search(text))


def strip_mark(text: str) -> str:
    """A subhead without the square, dot or triangle before it."""
    return re.sub(r"^[■◆●▲□◇○△▶►★☆◎※✦❖➤][ 　]*", "", text)
