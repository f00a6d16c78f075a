"""What is seen of a short line: its text, its print, its neighbours. What each thing says is in `features`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from store.pages.blocks import lists_briefs, names_briefs
from store.pages.bylines import is_bare_names, opens_report
from store.pages.chunks import Chunk
from store.pages.measures import Layout
from store.pages.roles import PageStyle, alike, is_place

EARLY = 0.8
"""A last line up to this share of a full one has room left: what goes on below would have filled it."""

_MARKED = re.compile(
    r"^(?:[■◆●▲□◇○△▶►★☆◎※✦❖➤]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]{1,2}[章节部]|[①-⑩])"
)
_BANNER_END = re.compile(
    r"(?:进行时|在行动|在路上|在一线|在身边|在基层|故事|新观察|观察|风采|飘扬|走基层|进行曲|专栏|专题|专刊|专版|专页|聚焦|视点|纵横|广角|采风行|大家谈|看台|之声|之窗|论坛|巡礼|记者行|行记|新征程|新时代|特别报道|回眸|新气象|新作为|新篇章|新画卷|新答卷|视窗|速递|速览|快讯|集纳|一线|前沿|天地|园地|周刊|副刊|典型|榜样|先锋|样本|直通车|曝光台|回音壁|在线|专访|系列(?:报道|述评)|之[一二三四五六七八九十])$"
)
_BANNER_START = re.compile(
    r"^(?:聚焦|关注|走进|喜迎|奋进|建功|踔厉|学习贯彻|深入学习|贯彻落实|新春|庆祝|抓[^，]{1,10}[促强]|党旗|代表委员|两会|乡村振兴|壮丽|我们的|身边的?|百姓|文明|弘扬|践行|牢记|争做|致敬|最美|网络中国|中国式现代化|高质量发展|打赢|决胜|推进|强国|奋斗|时代|书香|法治|平安|清廉|健康|绿色|创建|争创|我为群众)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A short line with what is asked of it more than once."""

    chunk: Chunk
    style: PageStyle
    layout: Layout
    below: str
    block: bool
    """Whether rows or verses stand below it."""
    likeness: float
    """How much it is built like another short line, 0 to 1."""
    text: str
    size: int
    commas: int
    place: bool
    """Whether it names a place or an office and nothing more."""
    names: bool
    """Whether it holds names of people and nothing more."""

    @property
    def ratio(self) -> float:
        """Its font size against the body's; 0 where the page has no boxes."""
        return self.chunk.box.size / self.style.size if self.style.size and self.chunk.box else 0.0

    @property
    def is_indented(self) -> bool:
        """Indented on a page that indents its paragraphs."""
        return bool(self.style.indented and self.chunk.indent and not self.chunk.heading)

    @property
    def is_outdented(self) -> bool:
        """Not indented on a page that indents its paragraphs."""
        return bool(self.style.indented and not self.chunk.indent and not self.chunk.heading)

    @property
    def ends_early(self) -> bool:
        """Whether a wrapped text's last line is short and says nothing to its end."""
        starts, text = self.chunk.starts, self.text
        if len(starts) < 2 or text[-1] in "：:）)”’\"'" or any(c in text for c in "，、的。"):
            return False
        longest = max(b[0] - a[0] for a, b in pairwise(starts))
        return len(text) - starts[-1][0] <= EARLY * longest

    @property
    def indent_share(self) -> float:
        """How much its indent says: some tools indent whatever is longer than a line, and what stands on a report."""
        if not self.is_indented:
            return 0.0
        share = 0.4 if self.layout.wrap and len(self.chunk.starts) > 1 else 1.0
        share = 0.1 if self.ends_early else share
        return min(share, 0.2) if opens_report(self.below) else share

    @property
    def is_marked(self) -> bool:
        """Whether it begins with a square, a dot, a number or another mark of a list."""
        return bool(_MARKED.match(self.text))

    @property
    def names_briefs(self) -> bool:
        """Whether it is the heading of a column of briefs."""
        return names_briefs(self.text)

    @property
    def lists_below(self) -> bool:
        """Whether it names briefs and the text below begins with the mark of a list."""
        return lists_briefs(self.text, self.below)

    @property
    def banner_words(self) -> int:
        """In how many places it is worded like a banner: 0, 1 or 2."""
        return bool(_BANNER_END.search(self.text)) + bool(_BANNER_START.search(self.text))

    @property
    def opens_pair(self) -> bool:
        """Whether a quotation mark, bracket or book title mark is left open."""
        return any(self.text.count(a) > self.text.count(b) for a, b in ("“”", "（）", "《》"))


def look(
    chunk: Chunk, style: PageStyle, layout: Layout, others: Sequence[str], below: str, *, block: bool
) -> Line:
    """A line as it is seen among the short lines it may be one of a set with (`others`) and above the text below."""
    text = chunk.text
    place = is_place(text)
    region = place and text[-1] in "市县区省镇乡村州盟旗"
    return Line(
        chunk,
        style,
        layout,
        below,
        block,
        likeness=max((alike(text, other) for other in others), default=0.0),
        text=text,
        size=len(text),
        commas=text.count("，") + text.count(","),
        place=place,
        names=is_bare_names(text) and not chunk.heading and not region,
    )
