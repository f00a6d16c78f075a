"""Notices: 公告, 遗失声明, 停水停电通知, 招聘, 拍卖, 公示, corrections (更正) and indexes of what is inside (导读).

Several in one block are kept apart at their headings. News that is about a notice (…发布公告) is left to the assembly:
a heading that is more than the bare word counts only when the text below is worded like a notice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.pages.bylines import LEAD, is_credit, is_name, read_own_line, tail_credit
from store.pages.characters import BLANKS, HAN
from store.pages.chunks import Chunk
from store.pages.furniture import furniture_reason
from store.pages.measures import Layout
from store.pages.roles import is_place

_WORD = r"公告|通告|公示|启事|声明|通知书?|预告|告示|告知书?|须知|更正|更正说明|更正启事|致歉信?|致歉声明|讣告|公开信|导读|要目|招聘|招租|招标|拍卖会?|转让|寻人|寻物|认领"
_BARE = re.compile(
    rf"^[【\[◆■●★☆▲◎※ 　]*(?:(?:遗失|挂失|作废|注销|清算|减资|合并|分立|停电|停水|停气|停热|停暖|停水停电|停机|施工|断路|交通|封路|招聘|招租|招标|招生|征稿|征文|拍卖|竞买|竞价|转让|出让|挂牌|变更|迁坟|迁移|搬迁|认尸|寻人|寻物|招领|失物|催收|债权|开庭|送达|拆迁|征收|环评|任前|拟任|中标|成交|结果|重要|紧急|律师|版权|郑重|严正|致歉|更正|检修|计划|供水|供电|供热|温馨|放假|休刊|免责|订户|举报|处罚|听证|预售|更名|义诊|讲座|活动|演出|放映|开班|人才|医师|教师|职位|物业|业主|股权|土地|国有建设用地使用权|环境影响评价|工程|项目|商标)*"
    rf"(?:{_WORD})|(?:今日|本报|本期|要闻|新闻|内容|版面|精彩|每日|今天)*(?:导读|看点|提要|导航|要目|索引)|更正|勘误|重要更正)[】\]！!： 　:]*$"
)
_HEAD = re.compile(
    rf"^(?=.{{3,34}}$)[{HAN}A-Za-z\d“”\"（）()《》、—\-·]{{1,30}}(?:{_WORD})(?:[（(][^（）()]{{1,14}}[）)])?$"
)
_NEWS = re.compile(
    r"(?:发布|发表|联合|签署|出台|印发|下发|宣读|回应|驳斥|谴责|再次|收到|接到)[^，]{0,12}(?:公告|声明|通知|公示|通告)$"
)
_CUE = re.compile(
    r"特此|声明作废|作废|遗失|挂失|停电|停水|停气|停暖|公示期|予以公示|公示如下|公告如下|公告期|予以公告|联系电话|联系人|咨询电话|监督电话|报名|拍卖标的|拍卖时间|竞买|保证金|招聘|应聘|薪资|岗位要求|招标|投标|敬请|请广大|谅解|登报|债权人|清算组|注销|应为|误为|误写|系[^，]{1,12}之误|致歉|更正|逾期|异议|此致|如下|招租|面议|有意者|预展|施工期间|绕行|现予|失主|尊敬的|请于|兹有|定于|逝世|名单如下|检修|暂停|第\d{4,}期|来稿|投稿|稿酬|送达|治丧|讣告"
)
_BLANK = re.compile(r"[ \u3000]+")
_PREFIX = (
    r"遗失|挂失|作废|注销|清算|减资|停电|停水|停气|停水停电|招聘|招租|拍卖|转让|寻人|寻物|致歉|放假|休刊|检修"
)
_INLINE = re.compile(
    rf"^[【\[]?(?P<head>(?:(?:{_PREFIX}|更正|公示|结果|重要)?(?:{_WORD})[】\]]?[：:]|(?:{_PREFIX})(?:{_WORD})[】\]]?[ 　]+(?=\S{{6}})|(?<=[【\[])(?:{_PREFIX})?(?:{_WORD})[】\]]))"
)
_LOST = re.compile(
    rf"^[●◆■▲★○◇□]?[{HAN}A-Za-z\d（）()·*、 　]{{2,40}}(?:不慎|将)?(?:遗失|丢失|挂失).{{0,220}}(?:声明作废|作废|特此声明|声明)[。.]?$"
)
_SIGN_DATE = re.compile(
    r"^(?:\d{4}|[〇○零一二三四五六七八九十]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)
_PAGE_REF = re.compile(
    r"(?:[（(【\[▶►→/…·.—\- 　]|详见|见|>>|＞＞)+第?[ 　]*[A-D]?\d{1,2}[ 　]*[-—、·]?[ 　]*\d{0,2}[ 　]*版?[）)】\]]?$|[A-D]?\d{1,2}版[）)】\]]?$"
)
_LAST = re.compile(
    r"特此(?:公告|声明|通知|通告|公示|更正|说明|启事)[。.！!]?$|声明作废[。.]?$|谢谢(?:合作|配合|理解)[。.！!]?$"
)
_SHOWN = re.compile(r"(?:^|。)图为")
_ITEM = re.compile(
    r"^[^，。]{1,12}[：:]|^[\d一二三四五六七八九十]{1,3}[、.．]|^[（(][\d一二三四五六七八九十]{1,2}[）)]|电话|\d{7,}|^[（(〔\[]\d{4}[）)〕\]].{1,20}号$|[〔（(\[]\d{4}[〕）)\]].{0,6}号$"
)
_ITEM_MARK = re.compile(r"^[●◆■▲★○◇□◎※]")
_OFFICE = re.compile(
    rf"^[{HAN}A-Za-z（）()·×]{{2,30}}(?:公司|编辑部|合作社|清算组|管理人|委员会|办公室|指挥部|事务所|小组|协会|学会|社区|物业|厂|店)$"
)
_LISTED = re.compile(r"名单|公示|获奖|中奖|以下|如下|录取|入选")
MOST = 40
"""More paragraphs than this are no notice."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: its heading's chunk (-1: none, or printed in front of the text, `cut` characters of it)."""

    head: int
    body: tuple[int, ...]
    cut: int = 0
    reason: str = ""


def find_notices(chunks: Sequence[Chunk], layout: Layout, taken: set[int]) -> list[Notice]:
    """The page's notices, in order."""
    out: list[Notice] = []
    number = 0
    while number < len(chunks):
        found = None if number in taken else _notice_at(chunks, number, layout, taken)
        if found is None:
            number += 1
            continue
        out.append(found)
        number = max([found.head, *found.body]) + 1
    return out


def _notice_at(chunks: Sequence[Chunk], number: int, layout: Layout, taken: set[int]) -> Notice | None:
    text = chunks[number].text
    if chunks[number].rows:
        return None
    if len(text) <= 36:
        if _BARE.match(text) or (len(text) <= 8 and _BARE.match(_BLANK.sub("", text))):
            return _below(chunks, number, layout, taken, sure=True)
        if _HEAD.match(text) and not _NEWS.search(text):
            return _below(chunks, number, layout, taken, sure=False)
    if (
        _PAGE_REF.search(text[-14:])
        and len(text) <= 60
        and not chunks[number].heading
        and len(text.split()) <= 4
    ):
        return _index(chunks, number, taken, -1)
    inline = _INLINE.match(text)
    if inline and len(text) > inline.end() + 8 and _CUE.search(text[inline.end() :]):
        return Notice(
            -1,
            _body(chunks, number, layout, taken, first=True),
            inline.end(),
            "opens with a notice's heading",
        )
    if len(text) <= 260 and _LOST.match(text):
        numbers = [number]
        while (
            numbers[-1] + 1 < len(chunks)
            and numbers[-1] + 1 not in taken
            and _LOST.match(chunks[numbers[-1] + 1].text[:260])
        ):
            numbers.append(numbers[-1] + 1)
        return Notice(-1, tuple(numbers), 0, "declares something lost")
    return None


def _below(
    chunks: Sequence[Chunk], head: int, layout: Layout, taken: set[int], *, sure: bool
) -> Notice | None:
    """The notice under a heading."""
    following = head + 1
    if following >= len(chunks) or following in taken:
        return None
    if re.search(r"导读|看点|提要|导航|要目|索引", chunks[head].text):
        return _index(chunks, following, taken, head)
    body = _body(chunks, following, layout, taken)
    if not body:
        return None
    words = "".join(chunks[n].text[:600] for n in body)
    if (not sure and not _CUE.search(words)) or LEAD.match(chunks[following].text):
        return None
    return Notice(head, body, 0, "under a notice's heading")


def _index(chunks: Sequence[Chunk], number: int, taken: set[int], head: int) -> Notice | None:
    """Lines that each name a page; without a heading at least three of them."""
    numbers: list[int] = []
    while number < len(chunks) and number not in taken and len(chunks[number].text) <= 70:
        text = chunks[number].text
        ends = bool(_PAGE_REF.search(text[-14:]))
        if not ends and not (
            head >= 0
            and number + 1 < len(chunks)
            and _PAGE_REF.search(chunks[number + 1].text[-14:])
            and len(text) <= 40
        ):
            break
        numbers.append(number)
        number += 1
    if not numbers or (head < 0 and len(numbers) < 3):
        return None
    return Notice(head, tuple(numbers), 0, "lines that each name a page")


def _is_heading(text: str) -> bool:
    return (
        len(text) <= 36
        and "\n" not in text
        and bool(_BARE.match(text) or (_HEAD.match(text) and not _NEWS.search(text)))
    )


def _body(
    chunks: Sequence[Chunk], number: int, layout: Layout, taken: set[int], *, first: bool = False
) -> tuple[int, ...]:
    """The paragraphs of a notice from here on, with its signature."""
    numbers: list[int] = []
    start = number
    while number < len(chunks) and number not in taken and len(numbers) < MOST:
        chunk = chunks[number]
        text = chunk.text.strip(BLANKS)
        if chunk.rows and (number == start or chunk.gap <= max(1, layout.gap)):
            numbers.append(number)
            number += 1
            continue
        if number > start or not first:
            if _is_heading(text) or LEAD.match(text) or chunk.heading or read_own_line(text):
                break
            if number > start and (
                (_INLINE.match(text) and len(text) > 14) or chunk.gap > max(1, layout.gap)
            ):
                break
        if _SIGN_DATE.match(text):
            numbers.append(number)
            break
        if numbers and _is_list(text) and _LISTED.search("".join(chunks[n].text for n in numbers)):
            numbers.append(number)
            number += 1
            continue
        credited = number + 1 < len(chunks) and is_credit(chunks[number + 1].text)
        if number > start and (
            is_credit(text) or credited or _SHOWN.search(text) or (len(text) < 380 and tail_credit(text) >= 0)
        ):
            break  # a picture
        if (
            numbers
            and _LAST.search(chunks[numbers[-1]].text[-16:])
            and not (_LOST.match(text[:260]) or _same_mark(chunks[numbers[-1]].text, text))
            and not (is_place(text) or _signs(chunks, number, numbers))
        ):
            break
        if len(text) <= 30 and text[-1] not in "。；;，,：:、！!" and not _ITEM.search(text):
            if _signs(chunks, number, numbers) or (not numbers and len(text) > 14):
                numbers.append(number)
                number += 1
                continue
            break
        if numbers and len(text) > 60 and not _CUE.search(text) and not _ITEM.search(text[:40]):
            break
        numbers.append(number)
        number += 1
    return tuple(numbers)


def _is_list(text: str) -> bool:
    """Whether a line is a row of four names and more, parted by blanks or commas."""
    names = [name for name in re.split(r"[ 　、，,]+", text) if name]
    return len(names) >= 4 and sum(is_name(name) for name in names) >= 0.8 * len(names)


def _same_mark(above: str, text: str) -> bool:
    return bool(_ITEM_MARK.match(text)) and text[0] == above[0]


def _signs(chunks: Sequence[Chunk], number: int, numbers: Sequence[int]) -> bool:
    """Whether a short line is the office that signs a notice: a date or another heading follows, or nothing.

    Before a headline only an office that is never printed above one signs, or one that the notice speaks of.
    """
    text = chunks[number].text
    office = is_place(text) or bool(_OFFICE.match(text))
    if not office and len(text) > 24:
        return False
    following = chunks[number + 1].text.strip(BLANKS) if number + 1 < len(chunks) else ""
    if _SIGN_DATE.match(following):
        return True
    if not office:
        return False
    if not following or _is_heading(following) or furniture_reason(following):
        return True
    return bool(numbers) and (bool(_OFFICE.match(text)) or any(text in chunks[n].text for n in numbers))
