"""The invented sample pages: read for a visit into a database of their own, and put aside where one holds nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.config import PROJECT, Config
from digests.day.builder import build_day
from store.database import Store
from store.ingest import ingest

log = logging.getLogger(__name__)

_OWN, _BUNDLED = PROJECT / "samples", Path(__file__).resolve().parent / "bundled" / "samples"
SAMPLES = _OWN if _OWN.is_dir() else _BUNDLED
"""In a checkout at its top; in an installed Baozhai inside the package (setup.py puts them there)."""


def prepare(store: Store, now: datetime, *, say: Callable[[str], None]) -> None:
    """Read the sample pages into a store that has no articles yet, and build the digest of the latest day."""
    if not store.articles.count() and SAMPLES.is_dir():
        reports = list(ingest(store, [SAMPLES], now=now))
        articles = sum(report.articles for report in reports)
        say(f"Read {len(reports)} sample pages with {articles} articles (invented papers, invented news).")
    day = store.editions.latest_day()
    if day is not None:
        digest = build_day(store, day, now=now)
        say(f"Built the digest of {day}: {digest.article_count} articles. Type /digest to read it.")


def config_for_visit(config: Config, *, say: Callable[[str], None]) -> Config:
    """The configuration for a visit: the operator's own, or, while that has no article and no folder to read from, one
    with a database beside it for the samples alone. Invented news never comes among real ones."""
    if config.data.pages is not None:
        return config
    if config.data.database.exists():
        with Store(config.data.database) as store:
            if store.articles.count():
                return config
    folder = config.data.folder / "samples"
    say(f"Nothing of yours was ingested yet: the invented papers open, from {folder}.")
    return replace(config, data=replace(config.data, folder=folder))


def put_samples_away(config: Config, now: datetime) -> None:
    """A database that holds only the invented sample papers is set aside: no subscriber shall get invented news."""
    database = config.data.database
    if not database.exists():
        return
    with Store(database) as store:
        sources = store.editions.sources()
        if not sources or not all(source.startswith(str(SAMPLES)) for source in sources):
            if any(source.startswith(str(SAMPLES)) for source in sources):
                log.warning(
                    "the database also holds the invented sample papers; use another data folder for real readers"
                )
            return
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = database.with_name(f"samples-{now:%Y%m%d-%H%M%S}.db")
    database.rename(aside)
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    log.info("the sample pages were put aside as %s; ingest pages of a real paper", aside.name)
