"""Persons of an article: its byline, and those named or quoted with their office; pure.

A quoted office without a name (县委组织部相关负责人) is a person with an empty name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.chinese.names import ALSO_WORDS, COMPOUND_SURNAMES, SURNAMES
from store.models.pages import Byline, Person

_SURNAMES = "".join(sorted(SURNAMES - ALSO_WORDS))
_COMPOUND = "|".join(sorted(COMPOUND_SURNAMES))
# An office ends in one of these; before it stands where the person works or lives.
OFFICES = (
    "党委书记|党支部书记|支部书记|村党支部书记|第一书记|副书记|总书记|书记|党组成员|副主任|主任医师|主任|副局长|局长|副县长|县长|副区长|区长|副市长|市长|副镇长|镇长|副乡长|乡长|"
    "副部长|部长|副院长|院长|副校长|校长|副所长|所长|副站长|站长|副队长|大队长|队长|副处长|处长|副科长|科长|副会长|会长|秘书长|理事长|董事长|总经理|副总经理|经理|"
    "村委会主任|副教授|教授|研究员|工程师|医生|护士|护士长|教师|老师|教练|园长|班主任|志愿者|网格员|讲解员|宣讲员|驾驶员|司机|店主|老板|摊主|业主|"
    "农艺师|技术员|技术人员|负责人|工作人员|相关人员|民警|辅警|交警|法官|检察官|律师|代表|委员|队员|学员|学生|家长|选手|球员|演员|职工|员工|工人|厂长|车间主任|"
    "居民|村民|市民|农民|群众|党员|游客|顾客|种植户|养殖户|贫困户|脱贫户|果农|菜农|大户|户主|社长|合作社理事长|场长|台长|馆长|行长|庭长|主席|副主席|常委|专员|调研员|干事|"
    "传承人|创始人|发起人|经营者|从业者|爱好者|老人|大爷|大妈|阿姨|小伙|姑娘|母亲|父亲|儿子|女儿|妻子|丈夫|孙子|楼长|组长|副组长|班长|连长|排长|指导员|政委|船长|船员|乘务员|骑手|快递员"
)  # fmt: skip
_SPEAKS = "说|表示|介绍|告诉|坦言|感慨|感叹|讲述|指出|强调|认为|回忆|称|谈|透露|解释|笑|高兴|激动|开心|自豪|欣慰|满口|轻声|连连|深有|不禁|兴奋|由衷|竖起|算了|感激"
_AFTER = rf"(?=(?:{_SPEAKS}|[，。、；：！？,;:!?”’（(）)]|等|和|与|在|对|为|从|正|是|的|带|向|把|将|一边|每|主持|出席|参加|作|致|以|到|来|去|就|也|都|还|又|率|陪|看|拿|忙|家|给|及|今年|站|走|有|已|通过|宣|手|先|会见)|$)"
_NAME = rf"(?:(?:{_COMPOUND})[一-鿿]{{1,2}}?|[{_SURNAMES}][一-鿿]{{1,2}}?|[一-鿿]{{2,6}}·[一-鿿]{{1,6}})"
# A name is looked for behind the last character of an office, and the office read backwards from there: the other way
# round the expression would try every office at every character.
_ENDS = "".join(sorted({office[-1] for office in OFFICES.split("|")}))
_NAMED = re.compile(rf"(?<=[{_ENDS}])(?P<name>{_NAME}){_AFTER}")
_OFFICE = re.compile(rf"[一-鿿A-Za-z0-9“”《》·]{{0,24}}?(?:{OFFICES})$")
_UNNAMED = re.compile(
    r"(?<![一-鿿“”·])(?P<office>[一-鿿“”·]{3,24}?(?:有关|相关)?(?:负责人|负责同志|工作人员))(?=(?:[一-鿿]{0,4})(?:说|表示|介绍|告诉|坦言|透露|解释|讲述|称))"
)
# What stands before an office and is no part of it.
_LEADING = re.compile(
    r"^.*(?:据|记者|听|看到|见到|找到|采访了|走访了|来自|邀请|由|对|向|与|跟|让|使|被|给|和|及|是|在|了|着|时任|，|“|”|这是|随后|如今|说起|谈起|提起|今年|日前|近日|当天|当日|现场|昨日|今天|一旁的|正在|身为|作为|学习贯彻|贯彻落实|受|经|提升|叫|连|但|而|则|也|都|还|又)(?=[一-鿿])"
)
# Words that an office and a surname's character make by chance (群众幸福感, 书记关于党 …).
_NO_NAME = re.compile(
    "^(?:关于|路线|幸福|满意|安居|满足|安排|安全|成长|成果|成绩|成效|成为|成功|高度|高质|高效|高兴|方便|应该|应急|应对|金融|从业|习惯|时间|时刻|时代|解决|和谐|平台"
    "|万元|万人|万余|常见|家庭|家园|家里|家中|路上|温暖|红色|谢谢|水平|水利|周边|周围|查看|查找|游客|何时|何况|巩固|师傅|任务|任职|任何|全[市县区体面程部]|单位"
    "|同志|经常|通过|通知|包括|利用|容易|明确|明显|和平|农业|农村|广大|安心|党员|党建|党组|党中|从|计划|公司|公开|公共|相关|能力|能够|干部|干群|连续|满脸|易地|云集|齐聚|冷不|车辆|包联|包村)"
    "|[的了地着过们在是有和感这那就也都还谈说]"
)


def _office(text: str) -> str:
    """The office without the words that lead up to it: 据盐湖区党群服务中心工作人员 -> 盐湖区党群服务中心工作人员."""
    return re.sub(r"^[“”·《》0-9]+", "", _LEADING.sub("", text))


def _byline(byline: Byline) -> list[Person]:
    offices = (("记者", byline.reporters), ("通讯员", byline.correspondents), ("摄影", byline.photographers))
    return [Person(name, office) for office, names in offices for name in names]


def people_in(byline: Byline, texts: Iterable[str]) -> tuple[Person, ...]:
    """The persons of an article: who made it, then those named with an office, each once, in the order of the text."""
    found: dict[str, Person] = {}
    for person in _byline(byline):
        found.setdefault(person.name, person)
    for text in texts:
        hits: list[tuple[int, str, str]] = []
        for match in _NAMED.finditer(text):
            office = _OFFICE.search(text, max(0, match.start() - 28), match.start())
            if office and not _NO_NAME.search(match["name"]):
                hits.append((match.start(), _office(office[0]), match["name"]))
        if "负责" in text or "工作人员" in text:
            followed = {at for at, _, _ in hits}
            hits += [
                (m.end(), _office(m["office"]), "")
                for m in _UNNAMED.finditer(text)
                if m.end() not in followed
            ]
        for _, office_, name in sorted(hits):
            if name:
                found.setdefault(name, Person(name, office_))
            elif len(office_) > 4:
                found.setdefault("\0" + office_, Person("", office_))
    return tuple(found.values())
