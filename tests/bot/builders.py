"""Articles, digests and a small store of an invented paper for the tests of what readers meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.handlers.exchange import Request
from bot.messages.callbacks import Press
from store.database import Store
from store.models import (
    Article,
    Byline,
    Digest,
    Edition,
    Item,
    PageRef,
    PageText,
    ParsedArticle,
    ParsedPage,
    Person,
    Place,
    Quote,
    Reason,
    Span,
)

NOW = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a Thursday
DAY = date(2026, 3, 5)
PAPER = "汾北日报"
BOT = "baozhai_bot"


def article(number: int = 1, **changes: object) -> Article:
    """An article with everything in it."""
    plain = Article(
        id=number,
        paper=PAPER,
        day=DAY,
        page=3,
        position=number,
        kind="article",
        title=f"第{number}号桥今天通车",
        body=("本报讯 柳林渡口的新桥三月五日通车。", "过桥只要两分钟，比绕路少走十一公里。"),
        kicker="家门口的变化",
        subtitle="两岸村民不再绕路",
        byline=Byline("本报记者 邵一鸣", reporters=("邵一鸣",)),
        places=(Place("芮城县", "county", "140830", "运城市"),),
        people=(Person("乔二河", "村支书"),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def quote(article_id: int, text: str) -> Quote:
    """A quote of the first paragraph."""
    return Quote(article_id, 0, Span(0, len(text), text))


def item(number: int = 1, **changes: object) -> Item:
    """An item with a summary."""
    one = article(number)
    plain = Item(
        article=one,
        section="芮城县",
        tier="summary",
        reason=Reason("day"),
        quotes=(quote(number, "柳林渡口的新桥三月五日通车"), quote(number, "过桥只要两分钟。")),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def digest(*items: Item, **changes: object) -> Digest:
    """A day's digest of these items."""
    plain = Digest(
        id=1,
        kind="day",
        day=DAY,
        profile_key="",
        after=0,
        upto=99,
        built_at=NOW,
        editions=(Edition(PAPER, DAY, (1, 2, 3, 4), len(items), 4),),
        items=items,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def parsed(title: str, *body: str, place: str = "", reporter: str = "") -> ParsedArticle:
    """A parsed article of a few lines."""
    return ParsedArticle(
        kind="article",
        title=title,
        body=body,
        byline=Byline(f"本报记者 {reporter}", reporters=(reporter,)) if reporter else Byline(),
        places=(Place(place, "county", "", "运城市"),) if place else (),
        lines=((1, 2),),
    )


PAGES = {
    (DAY - timedelta(days=1), 1): (
        parsed(
            "柳林渡口新桥昨日合龙", "柳林渡口新桥昨日合龙，预计明天通车。", place="芮城县", reporter="邵一鸣"
        ),
        parsed(
            "社区食堂添了早餐", "南街社区食堂从今天起供应早餐，两元管饱。", place="盐湖区", reporter="罗青禾"
        ),
    ),
    (DAY, 1): (
        parsed(
            "柳林渡口新桥通车",
            "柳林渡口新桥三月五日通车。",
            "过桥只要两分钟，少走十一公里。",
            place="芮城县",
            reporter="邵一鸣",
        ),
        parsed(
            "托管班开到晚上八点",
            "南街社区托管班延长到晚上八点，每月收六十元。",
            place="盐湖区",
            reporter="罗青禾",
        ),
        parsed("果农学剪枝", "农技员到田间教果农剪枝，一天讲了五场。", place="临猗县", reporter="罗青禾"),
    ),
    (DAY, 2): (
        parsed(
            "周日义诊在南风广场", "三月八日上午九时，十二名医生在南风广场义诊，免费测血压。", place="盐湖区"
        ),
        parsed(
            "老街理发店守了四十年",
            "理发师傅葛长顺在老街守了四十年，理发一直是五元。",
            place="芮城县",
            reporter="邵一鸣",
        ),
        parsed(
            "图书车开进山村", "流动图书车开进垣曲的山村，带去三百本书。", place="垣曲县", reporter="罗青禾"
        ),
        parsed("羊肉价格稳中有降", "羊肉每公斤比上周便宜了两元。", place="盐湖区"),
    ),
}
"""(day, page) → articles."""


def fill(store: Store, *, now: datetime = NOW) -> None:
    """Two days of the paper."""
    for (day, number), articles in PAGES.items():
        add_page(store, day, number, *articles, now=now)


def add_page(
    store: Store, day: date, number: int, *articles: ParsedArticle, now: datetime = NOW
) -> tuple[int, ...]:
    """A page with these articles; their ids."""
    text = PageText(tuple(line for one in articles for line in (one.title, *one.body)))
    change = store.editions.put(
        PageRef(PAPER, day, number),
        text,
        ParsedPage(articles),
        source=f"{PAPER}/{day}/{number:02}.txt",
        now=now,
    )
    return change.added


def request(
    words: str = "", *, press: Press | None = None, store: Store | None = None, **changes: object
) -> Request:
    """What a reader at a phone asks; with `store` as somebody whom it knows."""
    plain = Request(
        chat_id=1000,
        user_id=1000,
        now=NOW,
        bot_username=BOT,
        words=words,
        press=press or Press(""),
        subscriber=store.subscribers.by_chat(1000) if store else None,
        telegram_language="zh-hans",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
