"""Each family in miniature: recognised by its pages, its articles whole, a second run that changes nothing."""

from __future__ import annotations

import pytest

from store.database import Store
from store.models import Article
from store.sources.client import Client, Manners
from store.sources.learning import try_site
from store.sources.records import Paper
from store.sources.trust import trust
from tests.sites.families import BUILDERS, build, data_json
from tests.sites.newsroom import DAY, issue
from tests.sites.server import Site
from tests.store.sources.conftest import Fetch, dump

LETTERED = ("A01", "A02", "B01")
PLAIN = ("01", "02", "04")


def labels(family: str) -> tuple[str, ...]:
    """The pages of a family's edition: letters where its systems print them, else with a gap."""
    return LETTERED if family in ("founder-old", "founder-present") else PLAIN


def articles(store: Store) -> list[Article]:
    """What is stored of the day."""
    return store.articles.on(DAY)


@pytest.mark.parametrize("family", BUILDERS)
def test_edition_of_each_family_is_stored_as_printed(
    family: str, site: Site, store: Store, fetch_day: Fetch
) -> None:
    """Pages by printed label, articles in order with headline, paragraphs and reporter; again: nothing changes."""
    edition = issue(labels=labels(family))
    path = build(site, family, edition)
    site.validate_all()
    report = fetch_day(path)
    assert (report.outcome, report.missing, report.family) == ("new", (), family)
    assert [label for label, _ in report.pages] == list(labels(family))
    stored = articles(store)
    assert [one.title for one in stored] == [
        story.title for sheet in edition.sheets for story in sheet.stories
    ]
    assert [one.body for one in stored] == [
        story.paragraphs for sheet in edition.sheets for story in sheet.stories
    ]
    assert {one.byline.reporters for one in stored} == {("温若谷",)}
    before, asked = dump(store), len(site.asked)
    assert fetch_day(path).outcome == "unchanged"
    assert dump(store) == before
    again = site.asked[asked:]
    assert all(
        "if-none-match" in one.headers for one in again if one.path != "/robots.txt" and one.status == 304
    )
    assert sum(one.status == 304 for one in again) >= len(stored) * (family != "json")


@pytest.mark.parametrize("family", BUILDERS)
def test_site_is_told_by_its_pages(family: str, site: Site) -> None:
    """`sources try` names family, paper, printed date and the pages with their number of articles."""
    path = build(site, family, issue(labels=labels(family)))
    client = Client(trust(site.url), Manners(delay_seconds=0), transport=site.transport())
    entry, trial = try_site(client, Paper("", site.url + path), DAY)
    client.close()
    assert (entry.front.family, entry.front.paper, entry.front.day) == (family, "苇河日报", DAY)
    assert [(page.label, page.name, len(page.items)) for page in trial.issue.pages] == [
        (label, name, 3) for label, name in zip(labels(family), ("头版", "要闻", "副刊"), strict=True)
    ]


def test_json_list_with_linked_articles_is_read(site: Site, store: Store, fetch_day: Fetch) -> None:
    """data.json names pages and links; titles lose their line breaks."""
    edition = issue()
    report = fetch_day(data_json(site, edition))
    assert (report.outcome, report.articles) == ("new", 9)
    assert [one.title for one in articles(store)][:3] == [story.title for story in edition.sheets[0].stories]
