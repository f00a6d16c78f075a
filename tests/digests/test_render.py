"""A digest as page, feed and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import lxml.html
import pytest

from digests.day.builder import build_delivery
from digests.render import as_json, atom, html
from digests.render.export import write_day
from store.database import Store
from store.models import Byline, Digest, Edition, Profile
from tests.digests.newsroom import DAY, NOW, filler, parsed, put
from tests.digests.stories import read

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def digest() -> Iterator[Digest]:
    """Everything a digest can have: follows, places, other papers, numbers, a photo, late, follow-up, practical."""
    with Store() as store:
        for one in (one.article for one in read()):
            if one.day == DAY and one.title.startswith(("柳河大桥", "从城里")):
                put(store, parsed(one.title, *one.body, places=["柳河县"]), paper=one.paper, page=one.page)
        fire = [one.article for one in read() if one.story == 15]
        put(
            store,
            parsed(
                "城北建材市场仓库起火",
                "7月12日凌晨，白塔区城北建材市场一仓库起火，消防部门出动消防车赶赴现场处置。",
                places=["白塔区"],
            ),
            day=DAY - timedelta(days=3),
            page=9,
        )
        after = store.articles.newest_id()
        bridge = [one.article for one in read() if one.story == 1]
        put(store, parsed(bridge[2].title, *bridge[2].body, places=["柳河县"]), paper="柳河时报", page=1)
        put(store, parsed(fire[0].title, *fire[0].body, places=["白塔区"]), page=2)
        put(store, parsed(fire[1].title, *fire[1].body, places=["白塔区"]), paper="云岭晚报", page=12)
        photo = parsed("", "图为<收徒>现场。", kind="photo", photo_of=0)
        put(store, replace(filler(2), kicker="“文化” & 生活"), photo, page=5)
        long = replace(filler(3), body=(*filler(3).body, "第二段。"), subheads=(("小标题在此", 1),))
        put(store, replace(long, byline=Byline("记者 梅孝先", ("梅孝先",))), filler(4), filler(5), page=6)
        put(
            store,
            parsed("停水通知", "7月18日8时至20时，迎宾路以北停水，咨询电话：2188110。", kind="notice"),
            page=7,
        )
        put(store, parsed("<b>标题</b>\x0b坏字符", "正文里有\x01控制符。"), page=8)
        put(store, filler(7), day=DAY - timedelta(days=1))
        yield build_delivery(
            store,
            profile=Profile(follows=("剪纸",), places=("柳河县",)),
            after=after,
            upto=store.articles.newest_id(),
            day=DAY,
            now=NOW,
        )


def test_page_has_every_article_sentence_and_source(digest: Digest) -> None:
    """Nothing of the record is left out, and what is printed is what was quoted."""
    page = lxml.html.fromstring(html(digest))
    text = page.text_content()
    for item in digest.items:
        assert page.get_element_by_id(f"a{item.article.id}") is not None
        for quote in item.quotes:
            assert quote.span.text.replace("\x01", "\ufffd") in text
        for other in item.also:
            assert other.title in text
    for quote in (*digest.points, *digest.practical):
        assert quote.span.text in text
    assert "2024年7月15日 星期一" in text
    assert "另见《云岭晚报》" in text
    assert "过火面积约800平方米" in text
    assert "补遗" in text
    assert "前情：" in text
    assert "关注：剪纸" in text
    assert text.index("小标题在此") < text.index("第二段。") < text.index("记者 梅孝先")


def test_page_links_lead_to_items(digest: Digest) -> None:
    """Points and practical sentences jump to their article, also when another article leads it."""
    page = lxml.html.fromstring(html(digest))
    targets = {link.get("href") for link in page.xpath("//main//a")}
    ids = {f"#a{item.article.id}" for item in digest.items}
    assert targets
    assert targets <= ids


def test_page_escapes_what_the_papers_print(digest: Digest) -> None:
    """A headline with tags is text."""
    page = html(digest)
    assert "<b>标题" not in page
    assert "&lt;b&gt;标题" in page
    assert "\x0b" not in page
    assert "\x01" not in page


def test_page_is_for_phones_in_dark_and_light(digest: Digest) -> None:
    """One file, no script, nothing loaded from elsewhere."""
    page = html(digest)
    assert 'name="viewport"' in page
    assert "prefers-color-scheme: dark" in page
    assert "<script" not in page
    assert "http" not in page.replace("<!doctype html>", "")


def test_empty_digest_is_a_page_that_says_so(digest: Digest) -> None:
    """Not a blank one."""
    assert "没有可读的文章" in html(replace(digest, items=(), points=(), practical=()))


def test_header_says_what_was_read_and_what_was_missing(digest: Digest) -> None:
    """「平日8版」 and 「今日未见」."""
    editions = (
        Edition("运城日报", DAY, tuple(range(1, 9)), 60, 8),
        Edition("晋中日报", DAY, (1, 2, 3), 20, 8),
    )
    page = html(replace(digest, editions=editions, missing=("朔州日报",)))
    assert "运城日报 8版 · 晋中日报 3版（平日8版） · 朔州日报今日未见" in page


def test_header_names_the_day_of_an_edition_of_another_day(digest: Digest) -> None:
    """A digest of today may be made of yesterday's papers."""
    edition = Edition("运城日报", DAY - timedelta(days=1), (1, 2), 9)
    assert "运城日报 7月14日 2版" in html(replace(digest, editions=(edition,)))


def test_feed_has_what_atom_asks_for(digest: Digest) -> None:
    """RFC 4287: id, title, updated for feed and entries, an author, ids that differ."""
    feed = ElementTree.fromstring(atom([digest, digest], "https://news.example/digests"))
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)) == len(digest.items)
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"https://news.example/digests/2024-07-15.html#a{digest.items[0].article.id}"


def test_feed_has_a_lasting_address_and_papers_have_their_own(digest: Digest, tmp_path: Path) -> None:
    """rel=self, an absolute base, the paper's day as published; an older day does not replace the newest."""
    write_day(digest, tmp_path, base_url="https://news.example/d")
    feed = ElementTree.parse(tmp_path / "feed.atom").getroot()
    (own,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("href") == "https://news.example/d/feed.atom"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}base") == "https://news.example/d/"
    published = {entry.findtext(f"{ATOM}published") for entry in feed.findall(f"{ATOM}entry")}
    assert "2024-07-14T16:00:00+00:00" in published  # midnight of the 15th in China
    paper = ElementTree.parse(tmp_path / "feed-云岭晚报.atom").getroot()
    assert {entry.findtext(f"{ATOM}author/{ATOM}name") for entry in paper.findall(f"{ATOM}entry")} <= {
        "云岭晚报"
    }
    assert paper.findtext(f"{ATOM}id") != feed.findtext(f"{ATOM}id")
    newest = (tmp_path / "feed.atom").read_bytes()
    write_day(replace(digest, day=DAY - timedelta(days=2)), tmp_path)
    assert (tmp_path / "feed.atom").read_bytes() == newest


def test_pages_of_neighbouring_days_link_to_each_other(digest: Digest, tmp_path: Path) -> None:
    """Also the earlier one, which was written first."""
    write_day(digest, tmp_path)
    write_day(replace(digest, day=DAY + timedelta(days=1)), tmp_path)
    assert 'rel="next" href="2024-07-16.html"' in (tmp_path / "2024-07-15.html").read_text("utf-8")
    assert 'rel="prev" href="2024-07-15.html"' in (tmp_path / "2024-07-16.html").read_text("utf-8")


def test_feed_ids_do_not_change_when_a_digest_is_built_anew(digest: Digest) -> None:
    """A feed reader shows an entry once."""

    def ids(of: Digest) -> list[str | None]:
        feed = ElementTree.fromstring(atom([of], "https://news.example/"))
        return [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]

    later = replace(digest, id=99, revision=2, built_at=NOW + timedelta(hours=3))
    assert ids(later) == ids(digest)


def test_json_has_the_documented_keys(digest: Digest) -> None:
    """Scripts depend on them (docs/digest.md)."""
    told = json.loads(json.dumps(as_json(digest)))
    assert set(told) == {
        "id", "kind", "date", "weekday", "papers", "missing", "points", "items", "practical",
    }  # fmt: skip
    assert (told["date"], told["weekday"]) == ("2024-07-15", 1)
    assert set(told["papers"][0]) == {"paper", "date", "pages", "expected_pages", "articles"}
    for item in told["items"]:
        assert set(item) == {
            "id", "title", "kicker", "kind", "paper", "date", "page", "places", "place", "section", "tier", "reason",
            "sentences", "also", "group", "photos", "late", "follows_up", "differing",
        }  # fmt: skip
        assert set(item["reason"]) == {"kind", "text"}
    first = told["items"][0]
    assert first["reason"] == {"kind": "follow", "text": "剪纸"}
    assert first["photos"][0]["caption"] == "图为<收徒>现场。"
    assert {"text", "paragraph", "start", "end", "article"} == set(told["practical"][0])
    assert [item["follows_up"]["title"] for item in told["items"] if item["follows_up"]]
    fire = next(item for item in told["items"] if item["differing"])
    assert [side["article"]["paper"] for side in fire["differing"][0]] == ["云岭日报", "云岭晚报"]


def test_export_writes_the_day_and_an_index_of_all(digest: Digest, tmp_path: Path) -> None:
    """Twice the same files; a second day joins the index."""

    folder = tmp_path / "out"
    first = write_day(digest, folder)
    assert [path.name for path in first][:3] == ["2024-07-15.html", "2024-07-15.atom", "2024-07-15.json"]
    assert first[-1].name == "index.html"
    contents = [path.read_bytes() for path in first]
    assert [path.read_bytes() for path in write_day(digest, folder)] == contents
    write_day(replace(digest, day=DAY + timedelta(days=1)), folder)
    listed = (folder / "index.html").read_text("utf-8")
    assert listed.index("2024-07-16.html") < listed.index("2024-07-15.html")
    assert {path.name for path in folder.iterdir()} >= {"index.html", "feed.atom", "2024-07-15.json"}
    assert write_day(replace(digest, kind="weekly"), folder)[0].name == "week-2024-07-15.html"
    assert [path.read_bytes() for path in first[:3]] != contents[:3]  # its page leads to the next day now
    assert [path.read_bytes() for path in first[1:3]] == contents[1:3]
