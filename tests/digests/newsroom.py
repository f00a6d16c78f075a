"""A small newsroom: articles and stores full of invented pages."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from store.database import Store
from store.models import Article, PageRef, PageText, ParsedArticle, ParsedPage, Place
from store.models.articles import Article as Stored
from tests.digests.stories import Labelled

DAY = date(2024, 7, 15)
NOW = datetime(2024, 7, 15, 7, 30, tzinfo=UTC)

_TOPICS = (
    "灌溉水渠清淤", "老年食堂试营业", "剪纸传人收徒", "温室辣椒装车", "校车换新座椅", "湿地飞来白鹭", "古槐挂上名牌",
    "驾校考场搬迁", "粮仓完成检修", "村史馆征集旧物", "羽毛球馆翻新", "蜂农转场归来", "书法展收官", "河道放养鱼苗",
    "路灯改用太阳能", "殡葬服务公示", "红薯粉条出口", "电影队下乡放映", "消防栓逐一试水", "盲道清除占用",
)  # fmt: skip


def parsed(title: str, *body: str, places: Iterable[str] = (), **more: object) -> ParsedArticle:
    """An article of a page."""
    named = tuple(Place(place, "county", city="云岭市") for place in places)
    base = ParsedArticle(kind="article", title=title, body=body, places=named)
    return replace(base, **more)  # type: ignore[arg-type]


def filler(number: int) -> ParsedArticle:
    """One of many articles that have nothing to do with each other: beyond the topics, characters by chance."""
    chance = random.Random(number)

    def some(count: int) -> str:
        return "".join(chr(chance.randint(0x4E00, 0x9000)) for _ in range(count))

    topic = _TOPICS[number] if number < len(_TOPICS) else some(6)
    body = "。".join(f"{topic if n < 2 else some(4)}{some(9)}，{some(11)}，{some(7)}" for n in range(4))
    return parsed(topic, body + "。")


def put(
    store: Store, *articles: ParsedArticle, paper: str = "云岭日报", day: date = DAY, page: int = 1
) -> tuple[int, ...]:
    """Store a page; the ids of its new articles."""
    text = PageText(tuple(f"{article.title}{article.body}" for article in articles))
    return store.editions.put(
        PageRef(paper, day, page), text, ParsedPage(articles), source="made", now=NOW
    ).added


def put_labelled(store: Store, labelled: Iterable[Labelled]) -> dict[int, int]:
    """Store labelled articles, a page each; {article id: story}."""
    found = {}
    for number, one in enumerate(labelled):
        article = one.article
        (article_id,) = put(
            store,
            parsed(article.title, *article.body, places=[place.name for place in article.places]),
            paper=article.paper,
            day=article.day,
            page=number + 1,
        )
        found[article_id] = one.story
    return found


def article(title: str, *body: str, article_id: int = 1, **more: object) -> Stored:
    """A stored article without a store."""
    base = Article(
        id=article_id, paper="云岭日报", day=DAY, page=1, position=0, kind="article", title=title, body=body
    )
    return replace(base, **more)  # type: ignore[arg-type]
