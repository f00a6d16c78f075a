"""Evidence for the role of short lines: what a line looks like on its own and among the lines of its page.

Scores are log-odds-like sums: positive speaks for the role. The assembly weighs them against where the words
of a headline recur.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from store.pages.bylines import LEAD, is_bare_names, is_supplier, opens_report, read_own_line
from store.pages.characters import BLANKS, CLOSERS, HAN, count_han, ends_sentence
from store.pages.chunks import Chunk
from store.pages.measures import Layout
from store.pages.weights import WEIGHTS as W

SHORT = 46
"""No headline line of a daily is longer."""

EARLY = 0.8
"""A last line up to this share of a full one has room left: what goes on below would have filled it."""

_MARKED = re.compile(
    r"^(?:[■◆●▲□◇○△▶►★☆◎※✦❖➤]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]{1,2}[章节部]|[①-⑩])"
)
_DASH = re.compile(r"^[—–―─-]{1,4}[ 　]?(?=[^\d—])")
_INNER_DASH = re.compile(r"(?<=\S\S\S)(?:[ 　]+[—―]{1,3}|——)(?=\S{5})")
_SAYS = re.compile(r"(?:说|指出|表示|强调|介绍|认为|要求|告诉记者|获悉|了解到|据悉)[，,：:“]")
_SUBHEAD_SIZE = (
    -3.0,
    -3.0,
    -1.0,
    0.0,
    1.0,
    1.3,
    1.3,
    1.4,
    1.4,
    1.4,
    1.0,
    0.7,
    0.3,
    -0.2,
    -0.7,
    -1.5,
    -2.0,
    -3.0,
    -4.0,
)
"""Log-odds of a subhead against a headline by its number of characters."""
_PLACE = re.compile(
    rf"^(?:[{HAN}]{{1,7}}[县市区旗州盟省乡镇村]|[{HAN}]{{1,14}}(?:[局委办院校所站队部社厂矿厅]|中心|公司|集团|学校|大学|学院|医院|法院|检察院|社区|街道|支队|纪委监委|监委|银行|分行|支行|分局|大队|协会|商会|学会|联合会|总工会|工会|联社|机关|开发区|新区|景区|管委会|居委会|村委会|人大常委会))[：:]?$"
)
_SECOND = re.compile(
    rf"(?:观后|小记|侧记|纪实|综述|述评|纪要|见闻|巡礼|访谈|扫描|透视|启示|调查|速写|记事|走笔|回眸|剪影|素描|札记|随感|有感)$|^(?:[记访写看读论评](?!者)[{HAN}“《]|本报|来自|写在|从.{{2,20}}(?:看|说))"
)
_BANNER_END = re.compile(
    r"(?:进行时|在行动|在路上|在一线|在身边|在基层|故事|新观察|观察|风采|飘扬|走基层|进行曲|专栏|专题|专刊|专版|专页|聚焦|视点|纵横|广角|采风行|大家谈|看台|之声|之窗|论坛|巡礼|记者行|行记|新征程|新时代|特别报道|回眸|新气象|新作为|新篇章|新画卷|新答卷|视窗|速递|速览|快讯|集纳|一线|前沿|天地|园地|周刊|副刊|典型|榜样|先锋|样本|直通车|曝光台|回音壁|在线|专访|系列(?:报道|述评)|之[一二三四五六七八九十])$"
)
_BANNER_START = re.compile(
    r"^(?:聚焦|关注|走进|喜迎|奋进|建功|踔厉|学习贯彻|深入学习|贯彻落实|新春|庆祝|抓[^，]{1,10}[促强]|党旗|代表委员|两会|乡村振兴|壮丽|我们的|身边的?|百姓|文明|弘扬|践行|牢记|争做|致敬|最美|网络中国|中国式现代化|高质量发展|打赢|决胜|推进|强国|奋斗|时代|书香|法治|平安|清廉|健康|绿色|创建|争创|我为群众)"
)
_BRIEFS = re.compile(
    r"(?:短讯|简讯|快讯|短波|速览|速递|集纳|快报|一句话新闻|资讯|播报|点击|一览|榜|战报|简明新闻|预告|开奖)$"
)
_LISTED = re.compile(r"^[■●◆▲★□○◇△☆※]")


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How headlines look on this page: `hashes` share of short lines with Markdown marks, `size` the body's font size."""

    hashes: bool = False
    title_level: int = 0
    size: float = 0.0
    indented: bool = False


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A short line with its scores for each role."""

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


def weigh(
    chunk: Chunk,
    style: PageStyle,
    layout: Layout,
    others: Sequence[str] = (),
    following: str = "",
    *,
    block: bool = False,
) -> ShortLine:
    """The scores of a short line, from its own looks, the short lines it may be one of a set with, and the text below
    (`block`: rows or verses)."""
    text = chunk.text
    size = len(text)
    reasons: list[str] = []
    title = kicker = subtitle = banner = subhead = body = 0.0
    byline = -9.0
    own = read_own_line(text) or (text.strip("（）() ").endswith("评论员") and size <= 12)
    place = bool(_PLACE.match(text))
    names = (
        not own
        and is_bare_names(text)
        and not chunk.heading
        and not (place and text[-1] in "市县区省镇乡村州盟旗")
    )
    if own:
        reasons.append("a byline with its role")
        return ShortLine(-8, -8, -8, 5, -8, -8, -4, tuple(reasons))
    if is_supplier(text):
        return ShortLine(-3, -4, -4, 3, -4, -6, -3, ("names a supplier",))
    if names:
        byline = 3.0 if size <= 4 else 2.0
        title, kicker, subhead, banner = -3.0, -3.0, -3.0, -3.0
        reasons.append("only names of persons")
    marked = bool(_MARKED.match(text))
    dash = bool(_DASH.match(text))
    if chunk.heading:
        title += 1.5
        subhead += 0.3
        banner += 0.5
        kicker += 0.5
        body -= 6
        reasons.append(f"Markdown heading of level {chunk.heading}")
    elif style.hashes:
        title -= 2.0
        kicker -= 1.0
        banner -= 1.0
        body += 1.0
        reasons.append("no Markdown mark, though headlines here have one")
    if style.size and chunk.box:
        ratio = chunk.box.size / style.size
        if ratio >= 1.15:
            title += min(6.0, 6 * (ratio - 1))
            body -= 6
            subhead -= 6 * (ratio - 1.25) if ratio > 1.3 else -1
            reasons.append(f"printed {ratio:.1f} times the body's size")
        elif not chunk.box.bold:
            title -= 4
            kicker -= 1
            body += 1
    if style.indented and chunk.indent and not chunk.heading:
        # what is longer than a line is indented by some tools, whatever it is
        share = 0.4 if layout.wrap and len(chunk.starts) > 1 else 1.0
        if _ends_early(chunk):
            share = 0.1
            body -= 1.5
            reasons.append("ends before its column's edge, without a stop")
        share = min(share, 0.2) if opens_report(following) else share
        title -= 4.0 * share
        kicker -= 3.0 * share
        banner -= 2.0 * share
        subhead -= 0.5
        body += 2.5 * share
        reasons.append("indented like a paragraph")
    elif style.indented and not chunk.heading:
        body -= 2.5
        title += 0.5
    if marked:
        subhead += 4.0
        title -= 3.0
        kicker -= 3.0
        banner -= 2.0
        body += 1.0
        reasons.append("marked like a subhead")
    if dash:
        subtitle += 5.0
        title -= 2.5
        kicker -= 4.0
        subhead -= 4.0
        banner -= 4.0
        body += 1.0
        reasons.append("opens with a dash")
    else:
        subtitle -= 1.2
        if _SECOND.search(text):
            subtitle += 2.5
            title -= 0.7
            reasons.append("worded like a second line")
        if _INNER_DASH.search(text):
            title += 2.0
            body -= 2.0
            subhead -= 3.0
            banner -= 3.0
            reasons.append("carries its second line")
    if size < 4:
        title -= 2.5
        banner -= 1.0
    elif size < 6:
        title -= 1.5
    elif size <= 30:
        title += 0.5
    if size > 34:
        title -= 0.5
        body += 0.5
    if place:
        kicker += 2.0 if size <= 8 else 1.0
        title -= 1.5 if size <= 8 else 0.5
        subhead -= 2.0
        reasons.append("names a place or an office")
    else:
        kicker -= 1.5
    if text[-1] in "：:":
        kicker += 1.5
        title -= 2.0
        subhead -= 0.5
        body += 2.0
    if size > 22 and "的" in text and not chunk.heading and " " not in text and "\u3000" not in text:
        title -= 1.5
        body += 1.5
    if text[-1] in "，,、":
        body += 4
        title -= 4
    hits = bool(_BANNER_END.search(text)) + bool(_BANNER_START.search(text))
    banner += -3.2 + 2.2 * hits
    if hits:
        title -= 0.8 * hits
        reasons.append("worded like a column's banner")
    subhead += _SUBHEAD_SIZE[min(size, len(_SUBHEAD_SIZE) - 1)]
    if size > 16:
        banner -= 1.5
    body -= 2.0
    if text[0] in "，,。、；;！？!?：:”’）)》":
        body += 6
        title -= 6
        kicker -= 6
        subhead -= 6
        banner -= 6
    elif text[0] in "的了着过们":
        body += 3
        title -= 3
    commas = text.count("，") + text.count(",")
    if commas:
        title -= 2.0 * commas
        kicker -= 2.0
        banner -= 2.0
        body += 1.2 * commas
        if size > 10:
            subhead -= 2.0
        if _SAYS.search(text):
            body += 2.0
            title -= 1.5
            subhead -= 1.0
    if text[-1] in '”’"？?！!' and text[0] in '“‘"':
        body += 3.0
        title -= 2.0
        subhead -= 1.0
    if commas and text[-1] in "？?！!":
        body += 2.0
        title -= 1.5
    if _BRIEFS.search(text) and size <= 8:
        subhead -= 4.0
        if _LISTED.match(following):
            title += 4.5
            body -= 4.0
            banner -= 2.0
            reasons.append("names a list of briefs")
    if block and not names and text[-1] not in "，,、：:":
        title += 3.0
        subhead -= 3.0
        body -= 3.0
        banner -= 1.0
        reasons.append("stands above rows or verses")
    if text[0] in "（(" and text[-1] in "）)":
        title -= 4.0
        subhead -= 3.0
        kicker -= 3.0
        body += 1.0
    likeness = max((alike(text, other) for other in others), default=0.0)
    if likeness >= 0.25:
        subhead += min(4.0, 1.0 + 5 * likeness)
        title -= 4.0 * likeness
        reasons.append("built like another short line")
    if count_han(text) < 0.4 * size:
        title -= 1.5
        banner -= 0.5
    if _open_pair(text):
        body += 3
        title -= 2
        subhead -= 3
        banner -= 3
    return ShortLine(
        title + W.title,
        kicker + W.kicker,
        subtitle + W.subtitle,
        byline,
        banner + W.banner,
        subhead + W.subhead,
        body + W.body,
        tuple(reasons),
    )


def _ends_early(chunk: Chunk) -> bool:
    """Whether a wrapped text's last line is short and says nothing to its end: a paragraph that is cut fills its last line."""
    if len(chunk.starts) < 2 or chunk.text[-1] in "：:）)”’\"'" or any(c in chunk.text for c in "，、的。"):
        return False
    longest = max(b[0] - a[0] for a, b in pairwise(chunk.starts))
    return len(chunk.text) - chunk.starts[-1][0] <= EARLY * longest


def _open_pair(text: str) -> bool:
    return (
        text.count("“") > text.count("”")
        or text.count("（") > text.count("）")
        or text.count("《") > text.count("》")
    )


def is_place(text: str) -> bool:
    """Whether a line names a place or an office and nothing more."""
    return bool(_PLACE.match(text))


def has_dash(text: str) -> bool:
    """Whether a line opens with the dash of a second line."""
    return bool(_DASH.match(text))


def is_second(text: str) -> bool:
    """Whether a line is worded like the second line of a headline."""
    return bool(_SECOND.search(text))


def strip_mark(text: str) -> str:
    """A subhead without the square, dot or triangle before it."""
    return re.sub(r"^[■◆●▲□◇○△▶►★☆◎※✦❖➤][ 　]*", "", text)
