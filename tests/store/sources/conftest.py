"""What the tests of sources share: a client in no hurry to wait, a store in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from store.database import Store
from store.sources.client import Client, Manners
from store.sources.fetching import fetch
from store.sources.records import FetchReport, Paper
from store.sources.trust import trust
from tests.sites.newsroom import DAY
from tests.sites.server import Site

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
Fetch = Callable[..., FetchReport]


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store."""
    with Store(":memory:") as opened:
        yield opened


@pytest.fixture
def site() -> Iterator[Site]:
    """A site, empty; its pages are asked without a socket, unless a test serves it on 127.0.0.1."""
    made = Site()
    made.url = "http://127.0.0.1:9"
    yield made


@pytest.fixture
def fetch_day(store: Store, site: Site) -> Fetch:
    """Fetch 《苇河日报》 from a path of the site, no pause between questions; `live`: over a socket."""

    def fetch_one(
        path: str,
        day: date = DAY,
        *,
        today: date = DAY,
        family: str = "auto",
        live: bool = False,
        **facts: object,
    ) -> FetchReport:
        waits: list[float] = []
        manners = Manners(delay_seconds=0, sleep=waits.append, timeout_seconds=120)
        paper = Paper("苇河日报", site.url + path, family, **facts)  # type: ignore[arg-type]
        transport = None if live else site.transport()
        client = Client(trust(paper.url, paper.hosts), manners, transport=transport)
        try:
            return fetch(store, paper, day, client=client, now=NOW, today=today)
        finally:
            client.close()

    return fetch_one


def dump(store: Store) -> list[str]:
    """Every row of every table: two dumps are equal exactly when no row has changed."""
    return [line for line in store.db.raw.iterdump() if not line.startswith('INSERT INTO "sqlite_')]
