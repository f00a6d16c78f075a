"""Sites made otherwise than the miniature families: other blocks, other words, other walls; nothing here opens a socket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import httpx
import pytest

from store.sources.client import Client, Manners
from store.sources.cut import read_article
from store.sources.documents import Document
from store.sources.errors import NoEdition, NotAnswered, NotYet
from store.sources.issues import Issue, enter, find_issue, read_pages
from store.sources.printed import day_of
from store.sources.records import Paper
from store.sources.robots import read_robots
from store.sources.trust import trust

HOST = "http://127.0.0.1:9"
DAY = date(2026, 11, 26)
FRONT = "/wh/html/2026-11/26/node_1.htm"
PRINTED = "<p>苇河日报 2026年11月26日 星期四</p>"
Answer = str | Callable[[httpx.Request], httpx.Response]


def client(pages: Mapping[str, Answer], **facts: float) -> Client:
    """A client of a site that holds these pages by path."""

    def handle(request: httpx.Request) -> httpx.Response:
        found = pages.get(request.url.raw_path.decode())
        if found is None:
            return httpx.Response(404)
        return httpx.Response(200, text=found) if isinstance(found, str) else found(request)

    manners = Manners(delay_seconds=0, sleep=lambda seconds: None, **facts)
    return Client(trust(HOST), manners, transport=httpx.MockTransport(handle))


def read(pages: Mapping[str, Answer], path: str = FRONT) -> Issue:
    """The edition that an address leads to."""
    asker = client(pages)
    return read_pages(asker, enter(asker, Paper("苇河日报", HOST + path), HOST + path, DAY))


def titles(issue: Issue) -> dict[str, list[str]]:
    """{label: titles}."""
    return {page.label: [item.title for item in page.items] for page in issue.pages}


def page(lists: str, *, nodes: str = "") -> str:
    """A page of the old system with two pages in its list."""
    nodes = nodes or "<a href='node_1.htm'>第01版：头版</a> <a href='node_2.htm'>第02版：乡村</a>"
    return f"<html><head><title>苇河日报</title></head><body>{PRINTED}<div id=pageLink>{nodes}</div>{lists}</body></html>"


def listed(*names: tuple[int, str]) -> str:
    """A list of articles."""
    return (
        "<ul>"
        + "".join(f"<li><a href='content_{number}.htm'>{name}</a></li>" for number, name in names)
        + "</ul>"
    )


OWN_1 = listed((1, "水渠通水到村口"), (2, "书屋今天开门"))
OWN_2 = listed((3, "霜岭的梨卖得好"), (4, "巡堤队换了新装备"))


def test_block_that_only_repeats_is_told_by_what_it_holds() -> None:
    """A focus block under a heading nobody knows, on both pages, with articles of both: each stays on its own page."""
    block = "<div><h3>速览</h3>" + listed((1, "水渠通水到村口"), (3, "霜岭的梨卖得好")) + "</div>"
    found = read({FRONT: page(block + OWN_1), FRONT.replace("_1", "_2"): page(block + OWN_2)})
    assert titles(found) == {
        "01": ["水渠通水到村口", "书屋今天开门"],
        "02": ["霜岭的梨卖得好", "巡堤队换了新装备"],
    }


def test_front_that_others_repeat_keeps_its_articles() -> None:
    """Page 2 lists all of page 1 in a block of its own."""
    found = read(
        {FRONT: page(OWN_1), FRONT.replace("_1", "_2"): page(f"<div>{OWN_1}</div><div>{OWN_2}</div>")}
    )
    assert [len(entries) for entries in titles(found).values()] == [2, 2]


def test_tree_with_headings_in_words_gives_each_page_its_own() -> None:
    """第02版 stands over its articles as words, not as a link."""
    tree = f"<dl><dt>第01版：头版</dt><dd>{OWN_1}</dd><dt>第02版：乡村</dt><dd>{OWN_2}</dd></dl>"
    found = read({FRONT: page(tree), FRONT.replace("_1", "_2"): page(tree)})
    assert [len(entries) for entries in titles(found).values()] == [2, 2]


def test_page_list_of_pictures_is_read_by_what_they_are_called() -> None:
    """The label stands in the picture's alt."""
    nodes = "<a href='node_1.htm'><img src=1.jpg alt='第A01版：头版'></a><a href='node_2.htm'><img src=2.jpg alt='第A02版：乡 村'></a>"
    found = read({FRONT: page(OWN_1, nodes=nodes), FRONT.replace("_1", "_2"): page(OWN_2, nodes=nodes)})
    assert [(one.label, one.name) for one in found.pages] == [("A01", "头版"), ("A02", "乡村")]


def test_pages_without_numbers_are_called_by_their_place() -> None:
    """No two pages share a label, whatever the site prints."""
    nodes = "<a href='node_1.htm'>头版</a><a href='node_2.htm'>乡村</a>"
    found = read({FRONT: page(OWN_1, nodes=nodes), FRONT.replace("_1", "_2"): page(OWN_2, nodes=nodes)})
    assert [(one.label, one.name) for one in found.pages] == [("01", "头版"), ("02", "乡村")]


def test_news_of_another_host_in_a_block_of_its_own_is_no_article() -> None:
    """A portal's links have the shape of articles; they are not asked, and nothing is missing."""
    portal = (
        "<div>"
        + "".join(
            f"<a href='http://news.example/2026-11/26/content_{number}.htm'>门户要闻第{number}条</a>"
            for number in (7, 8)
        )
        + "</div>"
    )
    found = read({FRONT: page(portal + OWN_1), FRONT.replace("_1", "_2"): page(OWN_2 + portal)})
    assert [len(entries) for entries in titles(found).values()] == [2, 2]


def test_page_whose_list_is_made_otherwise_is_missing_not_empty() -> None:
    """One page of two is not understood: it is named, and not stored without articles."""
    other = "<ul><li><a href='show?id=3'>霜岭的梨今年卖得好</a></li><li><a href='show?id=4'>巡堤队昨天换了装备</a></li></ul>"
    found = read({FRONT: page(OWN_1), FRONT.replace("_1", "_2"): page(other)})
    assert list(titles(found)) == ["01"]
    assert [(one.page, one.reason) for one in found.missing] == [
        ("02", "its list of articles is not understood")
    ]


def test_page_that_only_lists_pdfs_is_an_edition() -> None:
    """A day as printed, and a file for each page; the row names it where the link only says PDF."""
    text = f"<html><title>苇河日报</title>{PRINTED}<ul><li>第01版：头版 <a href='p/a.pdf'>PDF</a></li><li>第02版：乡村 <a href='p/b.pdf'>PDF</a></li></ul>"
    found = read({"/pdf/": text}, "/pdf/")
    assert [(one.label, one.name, one.pdf) for one in found.pages] == [
        ("01", "头版", f"{HOST}/pdf/p/a.pdf"),
        ("02", "乡村", f"{HOST}/pdf/p/b.pdf"),
    ]


def test_cookie_that_sends_back_to_the_same_address_is_no_circle() -> None:
    """A wall gives a cookie and asks to come again; who comes with it is let in."""

    def wall(request: httpx.Request) -> httpx.Response:
        if "pass=1" in request.headers.get("cookie", ""):
            return httpx.Response(200, text=page(OWN_1))
        return httpx.Response(302, headers={"location": FRONT, "set-cookie": "pass=1"})

    assert len(read({FRONT: wall, FRONT.replace("_1", "_2"): page(OWN_2)}).pages) == 2


def test_host_that_never_answers_is_left_alone_after_three_questions() -> None:
    """An edition of sixty articles does not wait sixty times."""

    def silent(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("late")

    asker = client({"/robots.txt": "", **{f"/{number}": silent for number in range(9)}})
    for number in range(9):
        with pytest.raises(NotAnswered):
            asker.get(f"{HOST}/{number}")
    assert asker.asked == 4


def test_words_that_a_page_is_not_there_mean_no_edition() -> None:
    """The site answers 200 and says in words that there is nothing; its newest paper is of the next day."""
    later = DAY + timedelta(days=1)
    newest = page(OWN_1, nodes="<a href='node_1.htm'>第01版：头版</a>").replace(
        "11月26日 星期四", "11月27日 星期五"
    )
    path = FRONT.replace("/26/", "/27/")
    gone = "<html><body><h1>对不起，您访问的页面不存在</h1></body></html>"
    asker = client({path: newest, FRONT: gone, "/": f"<meta http-equiv=refresh content='0;url={path}'>"})
    with pytest.raises(NoEdition):
        find_issue(asker, Paper("苇河日报", HOST + "/"), DAY, today=later)


def test_edition_with_another_first_file_is_found_by_the_link_to_it() -> None:
    """The front's number differs from day to day: the link to the day before is followed."""
    before = DAY - timedelta(days=1)
    old = FRONT.replace("/26/node_1", "/25/node_7")
    asker = client(
        {
            FRONT: page(OWN_1 + "<a href='../25/node_7.htm'>上一期</a>"),
            old: page(OWN_2, nodes="<a href='node_7.htm'>第01版：头版</a>").replace(
                "26日 星期四", "25日 星期三"
            ),
        }
    )
    found = find_issue(asker, Paper("苇河日报", HOST + FRONT), before, today=DAY)
    assert (found.front.url, found.front.day) == (HOST + old, before)


def test_clock_of_the_reader_is_not_the_printed_day() -> None:
    """今天是 … is when the page is read."""
    text = "<p>今天是2026年11月27日 星期五</p><p>二〇二六年十一月二十六日 星期四</p>"
    assert day_of(Document(HOST, text.encode())) == DAY


def test_front_of_yesterday_is_not_yet_today() -> None:
    """And the address it was asked under says nothing."""
    asker = client({FRONT: page(OWN_1), FRONT.replace("_1", "_2"): page(OWN_2)})
    with pytest.raises(NotYet):
        find_issue(
            asker, Paper("苇河日报", HOST + FRONT), DAY + timedelta(days=1), today=DAY + timedelta(days=1)
        )


BODY = "苇桥镇新修的水渠昨日通水，沿线七个村的麦田当天就浇上了头遍水，镇里说明年还要再修两条。"


@pytest.mark.parametrize(
    "text",
    [
        f"<h1>水渠通水到村口</h1><div class=x1><p>{BODY}</p><p>本版责编：温若谷 美编：段守成</p></div><div><a href=/>首页</a></div>",
        f"<h1>水渠通水到村口</h1><table><tr><td>{BODY}<br>责任编辑：温若谷</td></tr></table>",
        f"<h1>水渠通水到村口</h1><!--enpcontent--><p>{BODY}</p><!--/enpcontent--><!--enpproperty <articleid>7</articleid><date>2026-11-25 22:10:00.0</date>-->",
    ],
)
def test_article_is_found_in_places_nobody_named(text: str) -> None:
    """By where its text is densest; who edited the page is no part of it."""
    found = read_article(Document(HOST, f"<html><body>{text}</body></html>".encode()))
    assert (found.title, found.paragraphs, found.day) == ("水渠通水到村口", (BODY,), None)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/a/b.pdf", False),
        ("/a/b.pdf?x=1", True),
        ("/private/x", False),
        ("/private/open/x", True),
        ("/x/y/archive/z", False),
        ("/other", True),
    ],
)
def test_robots_patterns_are_read_as_the_standard_says(path: str, allowed: bool) -> None:
    """Stars, ends, the longest pattern; the group that names us instead of everybody's."""
    rules = read_robots(
        "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: baozhai\nDisallow: /*.pdf$\nDisallow: /private/\n"
        "Allow: /private/open/\nDisallow: /x/*/archive\nCrawl-delay: 2.5\n"
    )
    assert (rules.permits(HOST + path), rules.delay_seconds) == (allowed, 2.5)
