"""The traps that real e-paper sites set, one by one, on sites of our own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.database import Store
from tests.sites.families import build, founder_old, founder_present, paperindex, shtml
from tests.sites.newsroom import DAY, Story, issue
from tests.sites.server import Site
from tests.store.sources.conftest import Fetch, dump

BEFORE = DAY - timedelta(days=1)
LATER = DAY + timedelta(days=1)


@pytest.mark.parametrize("builder", [founder_old, founder_present])
def test_articles_of_other_pages_in_a_focus_block_stay_on_their_own(
    builder: object, site: Site, store: Store, fetch_day: Fetch
) -> None:
    """今日关注 lists other pages' articles in the same markup; each article stands on its page, once."""
    path = builder(site, issue(), focus=True)  # type: ignore[operator]
    report = fetch_day(path)
    assert (report.outcome, report.pages) == ("new", (("01", 3), ("02", 3), ("03", 3)))
    assert len({article.title for article in store.articles.on(DAY)}) == 9


def test_focus_block_without_a_map_is_left_out(site: Site, store: Store, fetch_day: Fetch) -> None:
    """Where no map helps, the block's heading does."""
    edition = issue()
    for sheet in edition.sheets:
        for story in sheet.stories:
            story.box = None
    report = fetch_day(founder_old(site, edition, focus=True, tail=False))
    assert report.pages == (("01", 3), ("02", 3), ("03", 3))


def test_tree_of_the_whole_issue_gives_each_page_its_own(site: Site, fetch_day: Fetch) -> None:
    """A page that lists every page's articles under their pages is read for its own alone."""
    edition = issue()
    for sheet in edition.sheets:
        for story in sheet.stories:
            story.box = None
    assert fetch_day(founder_present(site, edition, tree=True)).pages == (("01", 3), ("02", 3), ("03", 3))


def test_older_front_is_not_todays_paper(site: Site, store: Store, fetch_day: Fetch) -> None:
    """The front shows yesterday's issue: nothing is stored under today's date, and yesterday's can be had."""
    path = founder_old(site, issue(day=BEFORE))
    report = fetch_day(path)
    assert (report.outcome, store.articles.on(DAY), store.articles.on(BEFORE)) == ("not-yet", [], [])
    assert str(BEFORE) in report.reason
    assert fetch_day(path, BEFORE).outcome == "new"


def test_day_the_site_leaves_out_is_no_edition(site: Site, fetch_day: Fetch) -> None:
    """停刊: the site has a later paper and none of this day."""
    path = founder_present(site, issue(day=LATER))
    assert fetch_day(path, DAY, today=LATER).outcome == "no-edition"


def test_printed_date_decides_not_the_address(site: Site, store: Store, fetch_day: Fetch) -> None:
    """The day's address answers with yesterday's pages."""
    edition = issue(day=BEFORE)
    path = shtml(site, edition)
    for name in [name for name in site.pages if f"{BEFORE:%Y%m%d}" in name]:
        site.pages[name.replace(f"{BEFORE:%Y%m%d}", f"{DAY:%Y%m%d}")] = site.pages[name]
    assert fetch_day(path).outcome == "not-yet"
    assert store.articles.on(DAY) == []


def test_notice_of_no_edition_is_understood(site: Site, fetch_day: Fetch) -> None:
    """The front of an older paper says on which days none is printed."""
    edition = issue(day=BEFORE)
    path = founder_old(site, edition)
    front = next(page for name, page in site.pages.items() if name.endswith("node_187.htm"))
    front.body = front.body.replace(
        b"</body>", f"<p>本报{DAY.month}月{DAY.day}日至28日休刊，29日恢复出版。</p></body>".encode()
    )
    assert fetch_day(path).outcome == "no-edition"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_bytes_decide_the_encoding(encoding: str, site: Site, store: Store, fetch_day: Fetch) -> None:
    """The page says gb2312, the header nothing or something else: the bytes are right."""
    edition = issue()
    path = founder_old(site, edition)
    for page in site.pages.values():
        page.body = page.body.decode().encode(encoding)
        page.kind = "text/html; charset=ISO-8859-1"
    assert fetch_day(path).outcome == "new"
    assert store.articles.on(DAY)[0].title == edition.sheets[0].stories[0].title


def test_changed_layout_stores_nothing_and_is_kept(site: Site, store: Store, fetch_day: Fetch) -> None:
    """Pages whose lists are no longer understood: no empty edition, the page for the operator."""
    path = founder_old(site, issue())
    for page in site.pages.values():
        page.body = page.body.replace(b"content_", b"story-")
    report = fetch_day(path)
    assert (report.outcome, report.pages, store.editions.on(DAY)) == ("layout", (), [])
    kept = store.sources.page_not_understood("苇河日报")
    assert kept is not None and b"pageLink" in kept[2]


def test_changed_article_pages_store_nothing(site: Site, store: Store, fetch_day: Fetch) -> None:
    """Lists as before, but no article page is understood any more."""
    path = founder_present(site, issue())
    for name, page in site.pages.items():
        if "content_" in name:
            page.body = b"<html><body><div id=app></div><script src=app.js></script></body></html>"
    assert fetch_day(path).outcome == "layout"
    assert store.editions.on(DAY) == []


def test_page_that_answers_404_leaves_the_others(site: Site, store: Store, fetch_day: Fetch) -> None:
    """An advertisement page that is not there is named; all else is stored."""
    path = paperindex(site, issue(labels=("01", "02", "03")))
    name = next(name for name in site.pages if "Page02NU" in name)
    del site.pages[name]
    report = fetch_day(path)
    assert (report.outcome, report.pages) == ("incomplete", (("01", 3), ("03", 3)))
    assert [(one.page, one.url.endswith("Page02NU.htm")) for one in report.missing] == [("02", True)]


def test_later_run_adds_what_has_grown(site: Site, store: Store, fetch_day: Fetch) -> None:
    """More pages and articles than an hour ago; what was there keeps its ids."""
    small = founder_old(site, issue(labels=("01", "02")))
    site.validate_all()
    fetch_day(small)
    ids = {article.id for article in store.articles.on(DAY)}
    path = founder_old(site, issue(labels=("01", "02", "03")))
    site.validate_all()
    report = fetch_day(path)
    assert (report.outcome, len(report.pages)) == ("updated", 3)
    assert ids < {article.id for article in store.articles.on(DAY)}


def test_article_that_fails_today_is_not_taken_away(site: Site, store: Store, fetch_day: Fetch) -> None:
    """What an earlier run has stored stays, and comes back whole."""
    path = founder_old(site, issue())
    fetch_day(path)
    before = [article.id for article in store.articles.on(DAY)]
    name = next(name for name in site.pages if "content_" in name)
    page = site.pages.pop(name)
    assert fetch_day(path).outcome == "incomplete"
    assert [article.id for article in store.articles.on(DAY)] == before
    site.pages[name] = page
    assert fetch_day(path).outcome == "unchanged"


def test_entries_that_are_no_articles_are_left_out(site: Site, store: Store, fetch_day: Fetch) -> None:
    """广告, 本版责编, 导读 by their titles; a picture keeps its caption; a notice stays a notice."""
    edition = issue()
    stories = edition.sheets[0].stories
    for number, title in enumerate(("广告", "公益广告", "本版责编 温若谷", "导读")):
        stories.append(Story(9000 + number, title, ("一句话。",)))
    stories.append(Story(9010, "图片报道", (), caption="十一月的霜岭，果农正在装车。 卢望山 摄"))
    stories.append(Story(9011, "遗失声明", ("霜岭合作社遗失印章一枚，声明作废。",)))
    report = fetch_day(founder_old(site, edition))
    assert (report.outcome, report.pages[0]) == ("new", ("01", 5))
    kinds = {article.title or article.body[0][:5]: article.kind for article in store.articles.on(DAY)}
    assert kinds["遗失声明"] == "notice"
    assert kinds["十一月的霜"] == "photo"


def test_labels_do_not_fall_together(site: Site, store: Store, fetch_day: Fetch) -> None:
    """A01, B01, 0607 and a gap: four pages, cited as printed."""
    report = fetch_day(founder_old(site, issue(labels=("A01", "A03", "B01", "0607"))))
    assert [label for label, _ in report.pages] == ["A01", "A03", "B01", "0607"]
    names = [article.page_name for article in store.articles.on(DAY)]
    assert sorted(set(names)) == ["0607", "A01", "A03", "B01"]
    edition = store.editions.on(DAY)[0]
    assert (len(edition.pages), edition.expected_pages) == (4, 4)


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:9/content_1.htm",
        "http://169.254.7.7/content_1.htm",
        "file:///etc/content_1.htm",
        "http://localhost:9/content_1.htm",
    ],
)
def test_links_to_inner_addresses_are_refused_and_said(target: str, site: Site, fetch_day: Fetch) -> None:
    """A list entry that leads to this machine or its neighbours is not asked."""
    path = founder_old(site, issue())
    front = next(page for name, page in site.pages.items() if name.endswith("node_187.htm"))
    first = issue().sheets[0].stories[0].id
    front.body = front.body.replace(f"content_{first}.htm".encode(), target.encode())
    report = fetch_day(path)
    assert report.outcome == "incomplete"
    assert target in {one.url for one in report.missing}


@pytest.mark.parametrize("target", ["http://127.0.0.2:9/", "http://10.0.0.1/", "http://other.example/"])
def test_refresh_and_redirect_to_another_host_are_refused(target: str, site: Site, fetch_day: Fetch) -> None:
    """The entry sends us elsewhere: nothing is asked there, the reason names the address."""
    site.put("a.htm", f'<meta http-equiv="refresh" content="0;url={target}">')
    site.redirect("b.htm", target)
    for path in ("/a.htm", "/b.htm"):
        report = fetch_day(path)
        assert report.outcome == "failed"
        assert target in report.reason


def test_redirects_in_a_circle_end(site: Site, fetch_day: Fetch) -> None:
    """Two redirects that name each other, two refreshes that do."""
    site.redirect("a", "/b")
    site.redirect("b", "/a")
    site.put("c", '<meta http-equiv="refresh" content="0;url=/d">')
    site.put("d", '<meta http-equiv="refresh" content="0;url=/c">')
    assert fetch_day("/a").outcome == "failed"
    assert fetch_day("/c").outcome == "failed"
    assert len(site.asked) < 12


def test_page_without_end_is_given_up(site: Site, fetch_day: Fetch) -> None:
    """5 MB of page, and a page that never ends."""
    site.put("large.htm", b"<p>" + b"x" * 5_000_000)
    site.put("endless.htm", b"y" * 1_000_000, drip=0.001)
    with site.served():
        assert "MB" in fetch_day("/large.htm", live=True).reason
        assert "MB" in fetch_day("/endless.htm", live=True).reason


def test_busy_site_is_asked_again_later(site: Site, fetch_day: Fetch) -> None:
    """503, then 429 with Retry-After, then the page."""
    path = founder_old(site, issue())
    site.pages[path].refusals = [503, 429]
    site.pages[path].headers = {"Retry-After": "3"}
    assert fetch_day(path).outcome == "new"
    assert site.paths().count(path) == 3


def test_refusal_is_not_asked_again(site: Site, fetch_day: Fetch) -> None:
    """403 means no."""
    site.put("x/", "", status=403)
    report = fetch_day("/x/")
    assert (report.outcome, site.paths()) == ("failed", ["/x/"])
    assert "403" in report.reason


def test_robots_are_obeyed(site: Site, fetch_day: Fetch) -> None:
    """What robots.txt keeps for itself is not asked."""
    path = founder_old(site, issue())
    site.put("robots.txt", "User-agent: *\nDisallow: /whrb/\n", kind="text/plain")
    report = fetch_day(path)
    assert (report.outcome, site.paths()) == ("failed", [])
    assert "robots.txt" in report.reason


def test_we_say_who_we_are(site: Site, fetch_day: Fetch) -> None:
    """A name that begins like a browser's, and one question at a time."""
    with site.served():
        fetch_day(founder_old(site, issue()), live=True)
    assert all(
        one.headers["user-agent"].startswith("Mozilla/5.0 (compatible; Baozhai/") for one in site.asked
    )
    assert site.most_at_once == 1


def test_deep_address_works_where_the_root_is_refused(site: Site, store: Store, fetch_day: Fetch) -> None:
    """The operator names a page of any day; the day's own address is made from it."""
    founder_old(site, issue())
    site.put("", "", status=403)
    assert fetch_day("/whrb/html/2026-11/20/node_187.htm").outcome == "new"


def test_crash_in_the_middle_goes_on(
    site: Site, store: Store, fetch_day: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that dies after the first page; the next ends as one that never died."""
    path = founder_old(site, issue())
    put, calls = store.editions.put, []

    def dies(*args: object, **facts: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return put(*args, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(store.editions, "put", dies)
    with pytest.raises(KeyboardInterrupt):
        fetch_day(path)
    assert len(store.editions.on(DAY)[0].pages) == 1
    monkeypatch.undo()
    fetch_day(path)
    assert [len(store.editions.on(DAY)[0].pages), len(store.articles.on(DAY))] == [3, 9]
    before = dump(store)
    assert fetch_day(path).outcome == "unchanged"
    assert dump(store) == before


def test_same_text_listed_twice_is_kept_once(site: Site, store: Store, fetch_day: Fetch) -> None:
    """One text at two addresses is one article; one title with two texts is two."""
    edition = issue()
    first = edition.sheets[0].stories[0]
    edition.sheets[1].stories.append(Story(9100, first.title, first.paragraphs))
    edition.sheets[2].stories.append(Story(9101, first.title, ("同题另文，写的是另一个村的事。",)))
    fetch_day(build(site, "founder-old", edition))
    assert [article.title for article in store.articles.on(DAY)].count(first.title) == 2
