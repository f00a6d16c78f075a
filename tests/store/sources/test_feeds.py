"""Feeds: JSON Feed with whole texts, and a feed that only teases, whose pages are read instead."""

from __future__ import annotations

import json

from store.database import Store
from store.sources.documents import Document
from store.sources.feeds import is_feed, read
from tests.sites.newsroom import DAY
from tests.sites.server import Site
from tests.store.sources.conftest import Fetch

WHOLE = "苇桥镇新修的水渠昨日通水，沿线七个村的麦田当天就浇上了头遍水，镇里说明年还要再修两条。" * 6


def test_json_feed_gives_the_days_articles_whole(site: Site, store: Store, fetch_day: Fetch) -> None:
    """Of two days the one asked for; the evening's entry in UTC is the next morning's in Shanghai."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "苇河日报",
        "items": [
            {
                "id": "1",
                "url": "/1.html",
                "title": "水渠通水",
                "content_html": f"<p>{WHOLE}</p>",
                "date_published": "2026-11-25T18:30:00Z",
            },
            {
                "id": "2",
                "url": "/2.html",
                "title": "旧闻一则",
                "content_text": WHOLE,
                "date_published": "2026-11-25T09:00:00+08:00",
            },
        ],
    }
    site.put("feed.json", json.dumps(feed, ensure_ascii=False), kind="application/feed+json")
    report = fetch_day("/feed.json")
    assert (report.outcome, report.family) == ("new", "feed")
    assert [article.title for article in store.articles.on(DAY)] == ["水渠通水"]
    assert fetch_day("/feed.json").outcome == "unchanged"


def test_page_is_read_where_the_feed_only_teases(site: Site, store: Store, fetch_day: Fetch) -> None:
    """And the teaser stands in where the page is gone."""
    entries = "".join(
        f"<item><title>{title}</title><link>{site.url}/{name}.html</link><description>{title}，详情……</description>"
        "<pubDate>Thu, 26 Nov 2026 06:00:00 +0800</pubDate></item>"
        for name, title in (("a", "书屋今天开门"), ("b", "老街的灯都亮了"))
    )
    site.put(
        "rss.xml",
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>苇河日报</title>{entries}</channel></rss>",
        kind="text/xml",
    )
    text = "".join(f"<p>{WHOLE}这是第{number}段。</p>" for number in range(3))
    site.put(
        "a.html",
        f"<html><head><title>书屋今天开门</title></head><body><article><h1>书屋今天开门</h1>{text}</article></body></html>",
    )
    report = fetch_day("/rss.xml")
    bodies = {article.title: "".join(article.body) for article in store.articles.on(DAY)}
    assert WHOLE in bodies["书屋今天开门"]
    assert bodies["老街的灯都亮了"].startswith("老街的灯都亮了")
    assert any("only its teaser" in warning for warning in report.warnings)


def test_other_json_is_no_feed() -> None:
    """A feed says what it is; one without entries has no day."""
    assert not is_feed(Document("http://127.0.0.1:9/", b'{"items": []}'))
    empty = b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'
    assert read(Document("http://127.0.0.1:9/", empty), DAY).day is None
