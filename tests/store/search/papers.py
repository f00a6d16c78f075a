"""Small newspapers for the tests of search."""

from __future__ import annotations

from datetime import UTC, date, datetime

from store.database import Store
from store.models import Byline, PageRef, PageText, ParsedArticle, ParsedPage, Person, Place
from store.tables.page_articles import PageChange

NOW = datetime(2024, 8, 20, 6, tzinfo=UTC)
DAY = date(2024, 8, 15)
RUICHENG = Place("芮城县", "county", "140830", "运城市")


def article(title: str, *body: str, **rest: object) -> ParsedArticle:
    """An article; `reporters` and `places` may be given as in the record."""
    reporters = rest.pop("reporters", ())
    if reporters:
        rest["byline"] = Byline("记者 " + " ".join(reporters), tuple(reporters))  # type: ignore[arg-type,call-overload]
    return ParsedArticle(kind=rest.pop("kind", "article"), title=title, body=body, **rest)  # type: ignore[arg-type]


def put(
    store: Store,
    *articles: ParsedArticle,
    paper: str = "青河日报",
    day: date = DAY,
    page: int = 1,
    edition: str = "",
) -> PageChange:
    """Store a page with these articles; another `edition` is the same page corrected."""
    lines = (*(line for one in articles for line in (one.title, *one.body)), edition)
    return store.editions.put(
        PageRef(paper, day, page), PageText(lines), ParsedPage(articles), source="test", now=NOW
    )


def fill(store: Store) -> None:
    """A few days of two papers."""
    put(
        store,
        article(
            "今天天气真好",
            "本报讯（记者 曹欣怡）2025年春节前后，芮城县举行“五一”活动。",
            "用电增长5.2%，C++小组试飞A-10模型。",
        ),
        article(
            "城市客厅迎来理发摊",
            "1元理发回来了，9,257人次享受服务。",
            reporters=("曹欣怡",),
            places=(RUICHENG,),
        ),
        article("产品和服务都要好", "企业提供产品和服务。"),
    )
    put(
        store,
        article("和服展开幕", "展出和服四十件。", kind="photo"),
        article("𠮷野家里的猫", "头髮花白的阿卜杜・买买提在读报。", people=(Person("阿卜杜·买买提"),)),
        paper="晨光晚报",
        day=date(2024, 7, 31),
        page=3,
    )
