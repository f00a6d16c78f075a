"""What a headline says of itself: whose voice it is, who does what to whom, which of a series; pure.

Two headlines that differ only in a name (A会见B, A会见C) tell two events; a comment, a reaction or a round-up tells none of
its own. `digests/day/relations.py` weighs what is found here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from store.chinese.names import SURNAMES
from store.chinese.words import frequency
from store.places import find

_COLUMN = re.compile("【([^】]*)】")
_COMMENT = re.compile(
    "快评|社论|评论|锐评|署名文章|任仲平|钟声|时评|短评|微评|杂谈|漫谈|今日谈|之我见|有话说|编后|编者按|观点|论学习|谈谈"
)
_REACTION = re.compile(
    "反响|热议|积极评价|高度评价|点赞|声援|心声|热评|盛赞|感言|人士[：:表认]|各界.{0,6}表示|引发.{0,6}(?:关注|共鸣)|高度关注"
)
_ROUND_UP = re.compile(
    "综述|述评|盘点|一周|警讯|速览|集锦|侧记|特写|花絮|手记|见闻|巡礼|回眸|纪实|掠影|走笔|各地|多地|多国|各部门|各县|各景区|全市|我市各"
)
# 外交部：…, 市住建局负责人：…; a place before a colon is a dateline and no speaker.
_SPEAKER = re.compile(
    "^[^：:，,\\s]{0,12}(?:发言人|部|办|局|委|署|院|会|厅|长官|负责人|负责同志|专家|代表|委员|书记|[县市省区镇乡局部院校]长|主任|主席|教授|人士|媒体|外媒|网友|居民|市民)[：:]"
)
_COMMENT_KICKER = re.compile("评论|社论|时评|短评|编后|观点|杂谈|言论")
_ROUND_UP_KICKER = re.compile("综述|侧记|特写|手记|盘点|见闻|纪实")
_ORDINAL = re.compile(
    "第[一二三四五六七八九十百零〇、\\d]+(?:次|集|号|期|批|讲|篇|站|季|版|回|轮|组)|[①-⑳]|（[上中下一二三四五六七八九十]{1,3}）|[之](?=[一二三四五六七八九十]$)[一二三四五六七八九十]"
)
_SERIES = re.compile(
    "第[一二三四五六七八九十百\\d]+(?:集|号|期|讲|篇|次)|[①-⑳]|海采|系列|专题片|公告|单行本|访谈"
)
_ACTS = (
    "会见|会谈|会晤|通电话|致电|致贺电|致贺信|致慰问电|接见|约谈|看望|慰问|走访|调研|考察|督导|督查|检查|暗访|"
    "指导|出席|主持|参加|访问|赴|抵达|率队|带队|宣讲|接访|座谈|讲话|作报告"
)
_ACTOR = re.compile(
    f"(?:^|\\s)(?P<who>[一-鿿·]{{2,4}}?)(?:分别|集体|再次|深入|先后)?(?:同|将|在|向|和|与|对|给|就|到|听取|举行仪式|{_ACTS})"
)
_MET = re.compile(
    "(?:会见|接见|看望|慰问|欢迎|同|与|向|致电|考察|调研|督导|检查|走访)(?P<whom>[^\\s，、]{2,10}?)"
    "(?:$|\\s|[，、]|总统|总理|首相|议长|主席|国王|总书记|书记|外长|代表团|一行|访华|会谈|会晤|通电话|举行|共商|致|时)"
)
_FORMULA = re.compile(
    "会见|会谈|会晤|接见|通电话|举行仪式欢迎|致贺|贺信|贺电|慰问电|唁电|述职|出席.*(?:致辞|讲话|演讲)|主持.*会议|欢迎仪式|共商国是|调研|考察|督导|走访|看望|常委会|常务会议|办公会|全体会议|调度会|推进会|部署会|例会"
)
_HAN = re.compile("[一-鿿]")
_NUMBER = re.compile("[\\d一二三四五六七八九十两]")
_KIND_OF_PLACE = re.compile("[村镇乡县市区州省园校院局河湖湾站]|小学|中学|学校|法院|公司|社区|街道")
_COUNTRY = re.compile(
    "[一-鿿]{1,4}(?:国|斯坦|尼亚|利亚|比亚|西亚|维亚|牙|兰|岛|里亚|哥|瓦|邦)$|日本|越南|印度|缅甸|老挝|伊朗|巴西|秘鲁|智利|古巴|埃及|以色列|黎巴嫩|"
    "乌克兰|加拿大|新加坡|希腊|葡萄牙|土耳其|沙特|卡塔尔|科威特|阿曼|约旦|苏丹|加蓬|多哥|马里|乍得|贝宁|肯尼亚|刚果|越共|东盟|欧盟|非盟|拉美|非洲"
)
_INSTITUTION = re.compile(
    "人大|政协|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|工会|妇联|共青团|法院|检察院|公安|纪委"
)
_PERSON = re.compile(f"[{''.join(sorted(SURNAMES))}][一-鿿]{{1,2}}")
_BEGINS = re.compile(
    "将|拟|即将|计划|预告|征求意见|招标|动工|开工|启动|合练|演练|转运|出发|启程|离京|赴|抵达|开赛|开幕|开通|首日|首批|逼近|预警|爆裂|突发|发生|地震|爆炸|起火|火灾|开跑|坍塌|暴雨|公示|亮相|确定|倒计时|今起|明起|初步"
)
_GOES_ON = re.compile(
    "结束|完成|落幕|闭幕|圆满|通车|定了|出炉|结果|回到|回国|修好|恢复|揭晓|登陆|成功|进驻|返回|升至|已致|增至|超\\d|上升|持续|继续|进展|后续|再|"
    "第[二三四五六七八九十]天|收官|合龙|获救|落网|宣判|开通|投用|建成|开幕|举行|出席|发射|到位|赔付|复工|来暖|通水|会见|会谈|逼近|遇难|伤亡|死亡|失踪|救援|查明|原因|通报|重建|返家|跑过|完赛|夺冠"
)


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline's text without its column (【…】), and what it says of itself.

    `voice` is "comment", "reaction", "round-up" or "statement", "" for a report. `column` is what stands in 【】.
    `ordinals` are 第三次, ②; `series` whether it is one of many by its name, `formula` whether many such are
    printed each week (A会见B). `actor` does something to `whom`.
    """

    text: str
    voice: str
    column: str
    ordinals: tuple[str, ...]
    series: bool
    formula: bool
    actor: str
    whom: str


@lru_cache(maxsize=4096)
def headline(title: str, kicker: str = "") -> Headline:
    """A headline read; the kicker may say that it is a comment or a round-up."""
    columns = _COLUMN.findall(title)
    text = _COLUMN.sub("", title).strip()
    actor, met = _ACTOR.search(text), _MET.search(text)
    return Headline(
        text=text,
        voice=_voice(text, kicker, columns),
        column=columns[0] if columns else "",
        ordinals=tuple(_ORDINAL.findall(text)),
        series=bool(_SERIES.search(text) or (columns and _SERIES.search(columns[0]))),
        formula=bool(_FORMULA.search(text)),
        actor=actor["who"] if actor else "",
        whom=met["whom"] if met else "",
    )


def _voice(text: str, kicker: str, columns: list[str]) -> str:
    if _COMMENT.search(text) or _COMMENT_KICKER.search(kicker) or any(map(_COMMENT.search, columns)):
        return "comment"
    if _REACTION.search(text):
        return "reaction"
    if _SPEAKER.match(text):
        return "statement"
    if _ROUND_UP.search(text) or _ROUND_UP_KICKER.search(kicker):
        return "round-up"
    return ""


def swapped(one: str, other: str, one_told: str, other_told: str) -> tuple[float, bool]:
    """How much of the longer headline is a frame around words that only their own article knows (0 to 1); are they names?

    灵石法院公开审理…, 介休法院公开审理…: the frame is alike, 灵石 is nowhere in the one and 介休 nowhere in the other.
    """
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    frame = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
    share = frame / max(len(one), len(other), 1)
    found = False
    mine_alone: list[str] = []
    its_alone: list[str] = []
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "delete" and _INSTITUTION.search(one[start:end]):
            mine_alone.append(one[start:end])
        if tag == "insert" and _INSTITUTION.search(other[begin:stop]):
            its_alone.append(other[begin:stop])
        if tag != "replace":
            continue
        mine, its = one[start:end], other[begin:stop]
        if _NUMBER.search(mine) and _NUMBER.search(its):
            continue
        follows = one[end : end + 2]
        if len(mine) < 2 or len(its) < 2:
            mine, its = one[max(0, start - 1) : end + 1], other[max(0, begin - 1) : stop + 1]
        if mine in other_told or its in one_told or not (_HAN.search(mine) and _HAN.search(its)):
            continue
        found = True
        if _is_name(one[start:end], follows) and _is_name(other[begin:stop], follows):
            return share, True
    if mine_alone and its_alone:
        return share, True
    return (share, False) if found else (0.0, False)


def _is_name(text: str, follows: str) -> bool:
    """Whether a piece of a headline names somebody or some place; `follows` is what stands behind it in the frame."""
    if not 1 <= len(text) <= 12:
        return False
    if _KIND_OF_PLACE.match(follows) and len(text) <= 5:
        return True
    if _INSTITUTION.search(text) or _COUNTRY.search(text) or _KIND_OF_PLACE.search(text[-1]):
        return True
    return bool(find(text)) or bool(len(text) >= 2 and _PERSON.fullmatch(text) and not frequency(text))


def goes_on(earlier: str, later: str) -> bool:
    """Whether the later headline reads like what came of the earlier: announced, then done."""
    return bool(_BEGINS.search(earlier)) and bool(_GOES_ON.search(later))
