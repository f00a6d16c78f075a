"""A morning with every kind of source: what comes, what does not, what the operators hear, and the digest that results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.arrivals.dropping import DropFolder
from bot.arrivals.morning import Morning
from bot.config import SourcesConfig
from digests.day.builder import build_delivery
from store.database import Store
from store.models import Profile
from store.sources.client import Client, Manners
from store.sources.fetching import fetch
from store.sources.records import FetchReport, Paper
from store.sources.trust import trust
from tests.digests.newsroom import filler, put
from tests.pdfs.press import newspaper
from tests.pdfs.sheet import pdf
from tests.sites.families import founder_old, founder_present, shtml
from tests.sites.newsroom import DAY, Issue, issue
from tests.sites.server import Site

BEFORE = DAY - timedelta(days=1)
USUAL = ("苇河日报", "霜岭晚报", "北沿晨报", "河东都市报", "城南商报", "石桥日报")
PAGE = "苇桥镇办起流动图书车\n\n本报讯（记者 温若谷）苇桥镇的流动图书车昨日开到了六个村，孩子们一次可以借三本书。\n"


def at(clock: str, day: date = DAY) -> datetime:
    """A moment of the day in Shanghai."""
    hours, minutes = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hours - 8, minutes=minutes)


class World:
    """The papers' sites, a drop folder, and what the operators were told."""

    def __init__(self, folder: Path) -> None:
        self.drop = folder / "drop"
        self.drop.mkdir()
        self.sites = {name: Site() for name in USUAL if name != "河东都市报"}
        self.papers: list[Paper] = []
        self.told: list[tuple[str, str]] = []
        for number, site in enumerate(self.sites.values()):
            site.url = f"http://127.0.0.{number + 11}:9"
        self._late()
        self._pdf()
        self._feed()
        self._layout()
        self._none()
        config = SourcesConfig("", 0, 20, time(12), self.drop, folder / "none", tuple(self.papers))
        self.morning, self.folder = Morning(config, self.fetch), DropFolder(self.drop)

    def _paper(self, name: str, path: str) -> None:
        self.papers.append(Paper(name, self.sites[name].url + path, hour="06:00"))

    def _late(self) -> None:
        """Until twenty to seven the front shows yesterday's paper."""
        self._paper("苇河日报", founder_old(self.sites["苇河日报"], issue(day=BEFORE, labels=("A01", "B01"))))

    def comes(self) -> None:
        """The late paper is there."""
        founder_old(self.sites["苇河日报"], issue(labels=("A01", "B01")))

    def _pdf(self) -> None:
        site = self.sites["霜岭晚报"]
        site.put("p1.pdf", pdf([newspaper(5).sheet]), kind="application/pdf")
        site.put(
            "pdf/",
            "<html><title>霜岭晚报</title><p>2026年11月26日 星期四</p><a href='/p1.pdf'>第01版：头版</a></html>",
        )
        self._paper("霜岭晚报", "/pdf/")

    def _feed(self) -> None:
        body = (
            "北沿河河堤巡护队这个月换上了新雨衣和对讲机，队员每天要走十四公里，哪一段土软，他们心里都有数。"
            * 6
        )
        self.sites["北沿晨报"].put(
            "feed.xml",
            "<rss version='2.0'><channel><title>北沿晨报</title><item><title>河堤巡护换上新装备</title><link>/1.html</link>"
            f"<pubDate>Thu, 26 Nov 2026 05:30:00 +0800</pubDate><description>{body}</description></item></channel></rss>",
            kind="application/rss+xml",
        )
        self._paper("北沿晨报", "/feed.xml")

    def _layout(self) -> None:
        site = self.sites["城南商报"]
        path = founder_present(site, issue(paper="城南商报"))
        for page in site.pages.values():
            page.body = page.body.replace(b"content_", b"story-")
        self._paper("城南商报", path)

    def _none(self) -> None:
        site = self.sites["石桥日报"]
        old = issue(paper="石桥日报", day=BEFORE)
        path = shtml(site, Issue(old.paper, old.day, old.sheets))
        for page in site.pages.values():
            page.body = page.body.replace(b"</body>", "<p>本报11月26日休刊一天。</p></body>".encode())
        self._paper("石桥日报", path)

    def fetch(self, store: Store, paper: Paper, day: date, now: datetime) -> FetchReport:
        """As over the network, without one."""
        manners = Manners(delay_seconds=0, sleep=lambda seconds: None)
        client = Client(trust(paper.url), manners, transport=self.sites[paper.name].transport())
        try:
            return fetch(store, paper, day, client=client, now=now, today=day)
        finally:
            client.close()

    def look(self, store: Store, now: datetime) -> None:
        """What the scheduler does at a minute."""
        for paper in self.papers:
            self.morning.look(store, paper, now)
        self.folder.look(store, now)
        for paper, known in self.morning.troubles(store, now):
            self.told.append((paper.name, known.state))
            store.sources.tell(paper.name, known.day, now)


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in which every paper came on the three days before."""
    with Store(":memory:") as opened:
        for back in (1, 2, 3):
            for number, name in enumerate(USUAL):
                put(opened, filler(back * 6 + number), paper=name, day=DAY - timedelta(days=back))
        yield opened


def test_morning_of_all_kinds_ends_in_a_digest_that_says_what_there_is(store: Store, tmp_path: Path) -> None:
    """Four papers by four kinds, one late; one with a changed layout is missing and told once; 停刊 is no alarm."""
    world, before = World(tmp_path), store.articles.newest_id()
    now = at("05:50")
    while now <= at("08:00"):
        if now == at("06:20"):
            path = world.drop / "河东都市报/2026-11-26/B03.txt"
            path.parent.mkdir(parents=True)
            path.write_text(PAGE, encoding="utf-8")
        if now == at("06:40"):
            assert store.sources.day("苇河日报", DAY).state == "not-yet"  # type: ignore[union-attr]
            world.comes()
        world.look(store, now)
        now += timedelta(minutes=10)
    profile = Profile()
    digest = build_delivery(
        store, profile=profile, after=before, upto=store.articles.newest_id(), day=DAY, now=at("08:00")
    )
    assert {edition.paper for edition in digest.editions} == {
        "苇河日报",
        "霜岭晚报",
        "北沿晨报",
        "河东都市报",
    }
    assert digest.missing == ("城南商报",)
    assert {article.page_name for article in store.articles.on(DAY, paper="河东都市报")} == {"B03"}
    while now <= at("12:30"):
        world.look(store, now)
        now += timedelta(minutes=10)
    assert world.told == [("城南商报", "layout")]
    assert store.editions.on(DAY) and "城南商报" not in {edition.paper for edition in store.editions.on(DAY)}
    assert store.sources.page_not_understood("城南商报") is not None
    states = {paper.name: store.sources.day(paper.name, DAY).state for paper in world.papers}  # type: ignore[union-attr]
    assert states == {
        "苇河日报": "complete",
        "霜岭晚报": "complete",
        "北沿晨报": "complete",
        "城南商报": "layout",
        "石桥日报": "no-edition",
    }
