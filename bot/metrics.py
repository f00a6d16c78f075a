"""Figures for monitors, in the OpenMetrics text format. Nothing about a person: counts, times, names of papers.

What happens in this process is counted as it happens; how things stand is read from the rows when somebody asks.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import cast

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from bot.health import examine
from store.database import Store

CONTENT_TYPE = CONTENT_TYPE_LATEST
REGISTRY = CollectorRegistry()
"""One a process, as the counters are."""

TICKS = Counter("baozhai_ticks", "Times the planner looked for what is due.", registry=REGISTRY)
SENDS = Counter("baozhai_sends", "Attempts to send a message, by outcome.", ["outcome"], registry=REGISTRY)
ANSWERS = Histogram(
    "baozhai_answer_seconds",
    "Seconds from an update to the end of its answer.",
    registry=REGISTRY,
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10),
)
FAILED_ANSWERS = Counter("baozhai_answers_failed", "Updates whose answer failed.", registry=REGISTRY)
_RECENT = timedelta(days=7)


class Rows(Collector):
    """How things stand, read from the database at each scrape."""

    def __init__(self, open_store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._open_store, self._clock = open_store, clock

    def collect(self) -> Iterator[Metric]:
        """Outbox, subscribers, pages, articles, searches, lag, memory."""
        now = self._clock()
        with self._open_store() as store:
            health = examine(store, now)
            counts = health.outbox
            pages = store.db.rows(
                "SELECT papers.name AS paper, count(*) AS pages FROM pages JOIN editions ON editions.id = edition_id"
                " JOIN papers ON papers.id = paper_id WHERE read_at >= ? GROUP BY papers.name",
                [(now - _RECENT).isoformat()],
            )
            unread = len(store.editions.unread())
            articles = store.articles.count()
            searches = store.db.row("SELECT total(searches), total(found_nothing) FROM search_counts")
        yield _gauge(
            "baozhai_up", "1 when all is well, 0 when /health says what is wrong.", int(health.is_well)
        )
        yield _gauge(
            "baozhai_tick_age_seconds", "Seconds since the last tick.", health.tick_age_seconds or 0.0
        )
        yield _gauge("baozhai_lag_seconds", "Seconds the oldest waiting message is late.", health.lag_seconds)
        yield _gauge("baozhai_subscribers", "Chats known.", health.subscribers)
        yield _gauge("baozhai_subscribers_active", "Chats that get digests.", health.active)
        yield _gauge("baozhai_articles", "Articles kept.", articles)
        yield _gauge("baozhai_unread_files", "Files that could not be read.", unread)
        assert searches is not None
        yield _gauge("baozhai_searches", "Searches made.", searches[0])
        yield _gauge("baozhai_searches_without_result", "Searches that found nothing.", searches[1])
        yield _gauge("baozhai_memory_bytes", "Peak resident memory of this process.", _memory())
        states = GaugeMetricFamily("baozhai_outbox", "Outbox rows by state.", labels=["state"])
        for state in ("waiting", "sending", "sent", "uncertain", "failed", "expired"):
            states.add_metric([state], getattr(counts, state))
        yield states
        papers = GaugeMetricFamily(
            "baozhai_pages_week", "Pages read in seven days, by paper.", labels=["paper"]
        )
        for row in pages:
            papers.add_metric([row["paper"]], row["pages"])
        yield papers


def exposition(open_store: Callable[[], Store], clock: Callable[[], datetime]) -> bytes:
    """All figures as OpenMetrics text. Raises StoreError."""
    registry = CollectorRegistry()
    registry.register(Rows(open_store, clock))
    render = cast(Callable[[CollectorRegistry], bytes], generate_latest)  # the library leaves it untyped
    return render(registry).removesuffix(b"# EOF\n") + render(REGISTRY)


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)


def _memory() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (
        peak if sys.platform == "darwin" else peak * 1024
    )  # getrusage(2): kilobytes on Linux, bytes on macOS
