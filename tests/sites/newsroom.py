"""Invented editions for the miniature sites: papers, pages and articles of places that do not exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

DAY = date(2026, 11, 26)
WEEKDAYS = "一二三四五六日"


@dataclass
class Story:
    """An article. `box` is its rectangle on the small picture, None where the map leaves it out."""

    id: int
    title: str
    paragraphs: tuple[str, ...]
    kicker: str = ""
    subtitle: str = ""
    author: str = ""
    caption: str = ""
    box: tuple[int, int, int, int] | None = (10, 10, 100, 100)


@dataclass
class Sheet:
    """A page."""

    label: str
    name: str
    stories: list[Story] = field(default_factory=list)


@dataclass
class Issue:
    """A paper on a day."""

    paper: str
    day: date
    sheets: list[Sheet]

    @property
    def printed(self) -> str:
        """2026年11月26日 星期四."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日 星期{WEEKDAYS[self.day.weekday()]}"


_SUBJECTS = (
    (
        "苇桥镇新修水渠通水",
        "苇桥镇新修的水渠昨日通水，沿线七个村的麦田当天就浇上了头遍水。",
        "镇水管站站长卢望山说，过去要等三天的水，如今半天就到。",
    ),
    (
        "城南旧厂房改成社区书屋",
        "城南停工多年的纽扣厂旧厂房，经过半年修整，改成了一间社区书屋。",
        "书屋早上八点开门，附近的孩子放学后常来这里写作业。",
    ),
    (
        "霜岭果农抱团卖梨",
        "霜岭的梨今年又是丰收，六十户果农头一回合在一起找销路。",
        "合作社把梨按大小分了四等，客商一来就能定下价钱。",
    ),
    (
        "夜班公交添了两条线",
        "从下周一起，市里添开两条夜班公交线，末班车延到晚上十一点半。",
        "开夜班车的司机都是自己报名，车上备了热水和雨伞。",
    ),
    (
        "老匠人收徒传漆艺",
        "七十一岁的漆匠段守成近日收下四名徒弟，最小的只有十九岁。",
        "他说漆要一层一层地上，急不得，人也是一样。",
    ),
    (
        "河堤巡护换上新装备",
        "北沿河河堤巡护队这个月换上了新雨衣和对讲机。",
        "队员每天要走十四公里，哪一段土软，他们心里都有数。",
    ),
)


def issue(
    paper: str = "苇河日报", day: date = DAY, labels: tuple[str, ...] = ("01", "02", "03"), each: int = 3
) -> Issue:
    """An edition with `each` articles a page; every text is its own."""
    sheets = []
    number = 4000 + day.toordinal() % 1000 * 100
    for at, label in enumerate(labels):
        stories = []
        for place in range(each):
            number += 1
            title, first, second = _SUBJECTS[(at * each + place) % len(_SUBJECTS)]
            stories.append(
                Story(
                    number,
                    f"{title}（{number % 100}）" if at * each + place >= len(_SUBJECTS) else title,
                    (
                        f"本报讯（记者 温若谷）{first}",
                        second,
                        f"这是{label}版的第{place + 1}篇，编号{number}。",
                    ),
                    kicker="秋冬农事" if place == 0 else "",
                    subtitle="沿线村民说方便多了" if place == 1 else "",
                    box=(10 + place * 100, 20, 100 + place * 100, 200 + at),
                )
            )
        sheets.append(Sheet(label, ("头版", "要闻", "副刊", "乡村", "民生", "文教")[at % 6], stories))
    return Issue(paper, day, sheets)
