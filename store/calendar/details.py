"""Hours, prices, telephone numbers and the place in a sentence, as printed; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLOCK = r"(?:[01]?\d|2[0-4])\s?(?:[:：∶]\s?[0-5]\d|[时点](?:整|半|[0-5]?\d分?)?(?!间|代|候|期|段|评|击|亮|缀|赞|燃|子|名|多|余|钟)|(?:十[一二]?|[一二两三四五六七八九])[时点](?:整|半|一刻|三刻)?(?!间|代|候|期|段|评|击|亮|缀|赞|燃|子|名|多|余|钟))"
_PART = r"(?:上午|下午|早上|晚上|晚间|夜间|凌晨|中午|每?早|每?晚|当[日天晚]|次[日晨])?\s?"
HOURS = re.compile(
    rf"{_PART}{_CLOCK}(?:\s?(?:至|到|—|–|－|-|~|～){{1,2}}\s?{_PART}{_CLOCK})?(?:\s?[、，]\s?{_PART}{_CLOCK}\s?(?:至|到|—|–|－|-|~|～){{1,2}}\s?{_PART}{_CLOCK})*"
)
_NUMBER = r"(?:1[3-9]\d{9}|0\d{2,3}\s?[-—－–]?\s?\d{7,8}(?:\s?转\s?\d{1,4})?|400[-—－ ]?\d{3,4}[-—－ ]?\d{3,4}|[2-8]\d{6,7}|95\d{3}|12\d{3}|1[12]\d)"
PHONE = re.compile(
    rf"(?<![\d.:：/-]){_NUMBER}(?:\s?[、，,/或和]\s?{_NUMBER})*(?![\d:：]|\s?[元人万亿余多个家户名年米吨亩公路号台辆张条册次场点时版%.]|[-—]\d)"
    rf"|(?<=[话线打系询][：:])\s?{_NUMBER}"
)
PHONE_WORD = re.compile(
    r"电话|热线|拨打|咨询|联系|预约|服务|监督|举报|报修|抢修|报名|微信|TEL|Tel|手机|致电|客服|☎"
)
PRICE = re.compile(
    r"(?:免费|不收(?:取)?费用?|不收取?(?:任何)?费|免票|半价|全免|公益性?免费)"
    r"|(?:\d+(?:\.\d+)?\s?(?:元|块|折)(?:/[人次张天月年份斤期场盆节])?(?:起)?(?!素))|售价(?:的)?\d+%|\d+%(?=的?补贴|的?优惠)"
)
_SIGNS = (
    r"以[东西南北内外上下]|之间|两侧|沿线|门[口前]|附近|周边|[东西南北]侧|[东西南北]门|对面|院内|[一二三四五六七八九十\d]+[楼层]|\d+号(?:楼|院|馆|门|窗口)?|\d+(?:室|厅|教)|窗口|[A-Z]区|[A-Z]座|大厅|服务厅|报告厅|多功能厅|会议室|展厅|剧场|剧院|影院|影城|大?礼堂|会堂|会馆"
    r"|环线|内环|外环|主城区|城区|老城|新城|大街|大道|公路|高速|国道|省道|隧道|立交|大桥|桥|路口|路段|街|路(?![线由过演])|巷|胡同|弄|里弄|匝道|收费站|服务区"
    r"|小区|家园|花园|花苑|苑|社区(?!工作)|新村|村委会|村|(?<!城)镇|(?<!城)乡(?![镇村])|街道|屯|庄|县城|开发区|高新区|工业园|园区|产业园"
    r"|卫生院|卫生室|医院|诊所|疾控中心|门诊部|保健院|血站|接种点"
    r"|幼儿园|小学|中学|初中|高中|学校|大学|学院|党校|校区|教学楼|体育馆|体育场|体育中心|游泳馆|健身中心|球馆"
    r"|图书馆|博物馆|美术馆|文化馆|科技馆|展览馆|纪念馆|档案馆|少年宫|青少年宫|文化宫|文化站|书店|书城|书院|文化广场|广场|公园|景区|风景区|植物园|动物园|古城|古镇|遗址|寺|庙|塔|湖|水库|滩|步道|绿道"
    r"|市场|商场|超市|购物中心|万达|商城|商厦|大厦|酒店|宾馆|饭店|食堂|大楼|写字楼|银行|网点|邮局|营业厅|派出所|车管所|政务(?:服务)?中心|服务中心|服务站|便民中心|市民之?家|行政审批局|社保局|税务局|法院|交易中心|人才市场|活动中心|会展中心|文化中心|中心|火车站|汽车站|客运站|高铁站|车站|机场|码头|公交站|停车场|基地|工地|站台"
)  # fmt: skip
_SIGN = re.compile(_SIGNS)
_COUNTY = re.compile(r"[一-鿿]{1,7}?(?:自治县|县|区|市|旗)(?=[^域级直])")
_BREAK = re.compile(
    r"[，,。；;：:！!？?（）()“”\"《》\s]|于|在|到(?!会|场)|对|由|经|走|绕行|搬[至往]|迁[至往到]|移至|改为|前往|位于|设在|赴|为(?!民)|将|请|向|从|自|及其|是|至|把|停靠|途经|取消|增设|沿(?!线|街|江|河|海)|往|给|因|凡|让|邀请"
)
_AFTER = re.compile(r"(?:[在于到对往走至]|位于|设在|前往|地[点址][：:为]|绕行|沿)$")
_TAIL = re.compile(
    r"^(?:[、和及与](?:[^，。；：、\s（）]{1,14}?)(?=[、和及与]|[一二两三四五六七八九十\d]+(?:个|条|处|座|村|镇|乡|街)|等))+"
)
_NO_PLACE = re.compile(
    r"^各|^(?:[主老新]?城区|城乡|路段)$|^\d{4}年|^(?:全|各|本|该|我)?[市县区镇村]$|^.{0,3}(?:公交|路公交)$|^(?:附近|沿线|周边|两侧|窗口|中心|银行|网点|学校|医院|社区|小区|市场|\d+路|\d+号|服务中心|服务区|道路|公路|高速公路)$"
)


def hours_in(text: str) -> tuple[str, ...]:
    """Hours of the day, as printed."""
    return tuple(found[0].strip() for found in HOURS.finditer(text))


def price_in(text: str) -> tuple[str, ...]:
    """What it costs, as printed: 免费, 5元, 半价."""
    return tuple(dict.fromkeys(found[0].strip() for found in PRICE.finditer(text)))


def phone_in(text: str) -> tuple[str, int, int] | None:
    """(the number as printed, start, end) of the first telephone number that is called one."""
    for found in PHONE.finditer(text):
        before = text[max(0, found.start() - 22) : found.start()]
        if PHONE_WORD.search(before):
            said = found[0].strip()
            start = found.start() + found[0].index(said[0])
            return said, start, start + len(said)
    return None


def place_in(text: str, taken: Sequence[tuple[int, int]], counties: Sequence[str] = ()) -> str:
    """The place in a sentence as printed, "" when there is none. `taken` are spans that are days, hours, numbers."""
    blank = list(text)
    for start, end in taken:
        blank[start:end] = "，" * (end - start)
    masked = "".join(blank)
    best: tuple[float, int, str] | None = None
    start = 0
    for stop in [*_BREAK.finditer(masked), None]:
        end = stop.start() if stop else len(masked)
        piece = _fitted(masked[start:end], counties)
        if piece:
            offset = start + masked[start:end].index(piece)
            score = 1.0 + 1.5 * bool(_AFTER.search(masked[max(0, offset - 4) : offset]))
            score += 1.5 * any(piece.startswith(county) for county in counties)
            score += 0.6 * (len(piece) > 5) + 0.5 * bool(
                re.search("以[东西南北内]|[路街桥]|小区|[楼层]|大厅|村", piece)
            )
            tail = _TAIL.match(masked[offset + len(piece) :])
            if tail:
                piece += tail[0]
            if best is None or score > best[0]:
                best = (score, -offset, piece)
        start = stop.end() if stop else end
    return best[2] if best else ""


def _fitted(run: str, counties: Sequence[str]) -> str:
    """The part of a run without a break that is a place: from its county, if it names one, to its last sign of a place."""
    signs = [
        found
        for found in _SIGN.finditer(run)
        if not (found[0] == "小区" and run[: found.start()].endswith("沿线"))
    ]
    if not signs:
        return ""
    start = 0
    for county in counties:
        if county in run[: signs[-1].end()]:
            start = run.index(county)
            break
    end = max(
        (found for found in signs if found[0] != "沿线"), key=lambda found: found.end(), default=signs[-1]
    ).end()
    piece = run[start:end].strip("、和及的等对 ")
    piece = re.sub(
        r"^(?:我市|我县|我区|届时|同时|其中|每[天日晚]|全天|以及|并|还|也|即|均|都|下列|以下|部分)+",
        "",
        piece,
    )
    piece = re.sub(
        r"(?<=[^一-九\d])[一二两三四五六七八九十\d]+个?(?:行政|自然)?(?:村|小区|社区|街道|镇)$", "", piece
    )
    if len(piece) < 2 or len(piece) > 44 or _NO_PLACE.search(piece) or piece in counties:
        return ""
    return piece
