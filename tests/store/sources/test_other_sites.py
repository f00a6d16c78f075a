"""Sites of other makes than the miniature families are found without configuration; nothing here opens a socket."""

from __future__ import annotations

from datetime import UTC, date, datetime

import httpx
import pytest

from store.database import Store
from store.sources.client import Client, Manners
from store.sources.documents import Document
from store.sources.families import unnamed
from store.sources.fetching import fetch
from store.sources.issues import enter, read_pages
from store.sources.json_papers import article_of
from store.sources.records import FetchReport, Paper
from store.sources.trust import trust
from tests.sites.other_sites import BODY, MADE, PAPER, Made

HOST = "http://127.0.0.1:9"
DAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)


def client(made: Made) -> Client:
    """A client of the site."""

    def handle(request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode()
        if path in made.moved:
            return httpx.Response(302, headers={"location": made.moved[path]})
        found = made.pages.get(f"POST {path}" if request.method == "POST" else path)
        if request.method == "POST" and b"=2026-11-26" not in request.content:
            found = None
        if found is None:
            return httpx.Response(404)
        return httpx.Response(200, content=found if isinstance(found, bytes) else found.encode())

    return Client(
        trust(HOST),
        Manners(delay_seconds=0, sleep=lambda seconds: None),
        transport=httpx.MockTransport(handle),
    )


@pytest.mark.parametrize("name", MADE)
def test_site_of_another_make_is_read_without_configuration(name: str) -> None:
    """Paper, printed day, pages with their own articles, and each article's text."""
    made = MADE[name]()
    asker = client(made)
    entry = enter(asker, Paper("", HOST + made.entry), HOST + made.entry, DAY)
    issue = read_pages(asker, entry)
    assert {page.label: [item.title for item in page.items] for page in issue.pages} == made.wanted
    assert (entry.front.day, entry.front.paper, issue.missing) == (DAY, PAPER, ())
    for page in issue.pages:
        for item in page.items:
            cut = item.text or article_of(asker.get(item.url), listed=item.title)
            assert BODY in "".join(cut.paragraphs)


def fetched(store: Store, made: Made, **facts: str) -> FetchReport:
    """The edition of the site, into the store."""
    paper = Paper(PAPER, HOST + made.entry, **facts)  # type: ignore[arg-type]
    return fetch(store, paper, DAY, client=client(made), now=NOW, today=DAY)


def test_system_nobody_named_is_no_surprise_only_where_none_was_known(store: Store) -> None:
    """A paper read as one system that is now of none has changed its layout, until the configuration says otherwise."""
    assert fetched(store, MADE["bare_columns"]()).outcome == "new"
    made = MADE["by_query"]()
    report = fetched(store, made)
    assert (report.outcome, "founder-present" in report.reason) == ("layout", True)
    assert fetched(store, made, family="other").outcome in ("updated", "unchanged")


def test_ordinary_news_site_is_no_paper() -> None:
    """Headlines alone, and page numbers of a long list, are no edition's page list."""
    rows = "".join(f"<li><a href='/news/{n}.html'>苇河水渠通水到了村口之{n}</a></li>" for n in range(9))
    steps = "".join(
        f"<a href='/list_{n}.html'>{n}</a> <a href='/list_{n}.html'>第{n}页</a>" for n in range(1, 6)
    )
    text = f"<html><title>苇河新闻网</title><p>2026年11月26日 星期四</p><ul>{rows}</ul>{steps}</html>"
    assert unnamed(Document(HOST + "/", text.encode())) is None
