"""The morning: a paper is asked for from its hour on until it is complete; simulated mornings with a virtual clock."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.arrivals.morning import Morning, next_step
from bot.config import SourcesConfig
from store.database import Store
from store.errors import StoreBusy
from store.sources.records import FetchReport, OutcomeName, Paper
from store.tables.sources import SourceDay

DAY = date(2026, 11, 26)
PAPER = Paper("苇河日报", "http://127.0.0.1:9/", hour="06:30", pages=8)


def at(clock: str, day: date = DAY) -> datetime:
    """A moment of the day in Shanghai."""
    hours, minutes = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hours - 8, minutes=minutes)


def step(clock: str, *, state: str = "", pages: int = 8, asked: str = "", usual: bool = True) -> str:
    """What is done at an hour: "fetch", "silent" or ""."""
    known = SourceDay("苇河日报", DAY, state, pages=pages) if state else None
    found = next_step(
        PAPER,
        at(clock),
        known=known,
        asked_at=at(asked) if asked else None,
        again=timedelta(minutes=20),
        last_hour=time(12),
        usual=usual,
    )
    return found.action if found else ""


@pytest.mark.parametrize(
    ("facts", "action"),
    [
        ({"clock": "06:29"}, ""),
        ({"clock": "06:30"}, "fetch"),
        ({"clock": "06:40", "state": "not-yet", "asked": "06:30"}, ""),
        ({"clock": "06:50", "state": "not-yet", "asked": "06:30"}, "fetch"),
        ({"clock": "07:00", "state": "incomplete", "asked": "06:30"}, "fetch"),
        ({"clock": "07:00", "state": "complete", "asked": "06:30"}, ""),
        ({"clock": "07:00", "state": "complete", "pages": 4, "asked": "06:30"}, "fetch"),
        ({"clock": "07:00", "state": "no-edition", "asked": "06:30"}, ""),
        ({"clock": "12:01", "state": "not-yet", "asked": "11:50"}, "silent"),
        ({"clock": "12:01", "state": "not-yet", "asked": "11:50", "usual": False}, ""),
        ({"clock": "12:01", "state": "incomplete", "asked": "11:50"}, ""),
        ({"clock": "15:00"}, "fetch"),
    ],
)
def test_what_is_due(facts: dict[str, object], action: str) -> None:
    """From the usual hour to the last one, again and again until complete; silence of a usual paper is told."""
    assert step(**facts) == action  # type: ignore[arg-type]


class Sites:
    """The network of a morning, made from a seed: when each paper comes, and what goes wrong before."""

    def __init__(self, seed: int, papers: tuple[Paper, ...], day: date) -> None:
        self.dice = random.Random(seed)
        self.day = day
        self.fate = {
            paper.name: self.dice.choices(["comes", "never", "no-edition", "layout"], [80, 7, 8, 5])[0]
            for paper in papers
        }
        self.comes = {
            paper.name: at("06:00", day) + timedelta(minutes=self.dice.randrange(300)) for paper in papers
        }

    def fetch(self, store: Store, paper: Paper, day: date, now: datetime) -> FetchReport:
        """What the paper's site gives now, noted in rows as a true fetch does."""
        trouble = self.dice.random()
        if trouble < 0.05:
            raise StoreBusy
        fate = self.fate[paper.name]
        outcome: OutcomeName = "not-yet"
        if trouble < 0.2:
            outcome = "failed"
        elif fate in ("no-edition", "layout"):
            outcome = fate  # type: ignore[assignment]
        elif fate == "comes" and now >= self.comes[paper.name]:
            outcome = "incomplete" if trouble < 0.35 else "new"
        state = "complete" if outcome == "new" else outcome
        pages = paper.pages if state in ("complete", "incomplete") else 0
        store.sources.note(
            SourceDay(paper.name, day, state, "" if state == "complete" else outcome, pages=pages), (), now
        )
        return FetchReport(paper.name, day, outcome, outcome)


def mornings(seed: int, store: Store, day: date) -> None:
    """One morning of four papers; whatever happens, each is read or has a line that says why not."""
    papers = tuple(
        Paper(f"{name}日报", "http://127.0.0.1:9/", hour=f"0{6 + number % 2}:30", pages=4)
        for number, name in enumerate("甲乙丙丁")
    )
    config = SourcesConfig("", 0, 20, time(12), None, Path("none"), papers)
    sites = Sites(seed, papers, day)
    morning = Morning(config, sites.fetch)
    now = at("05:50", day)
    while now <= at("12:30", day):
        if sites.dice.random() < 0.02:
            morning = Morning(config, sites.fetch)  # a restart forgets when it asked
        for paper in papers:
            with suppress(StoreBusy):
                morning.look(store, paper, now)
        now += timedelta(minutes=sites.dice.choice((5, 10, 20)))
    for paper in papers:
        known = store.sources.day(paper.name, day)
        assert known is not None, (seed, paper.name)
        assert known.state == "complete" or known.reason, (seed, paper.name)
        fate = sites.fate[paper.name]
        if fate == "no-edition":
            assert known.state in ("no-edition", "failed"), seed
        if fate == "never":
            assert known.state in ("not-yet", "failed"), seed


def test_hundred_mornings_leave_nothing_unsaid() -> None:
    """Seeds 0 to 99, one day after the other in one store."""
    with Store(":memory:") as store:
        for seed in range(100):
            mornings(seed, store, DAY + timedelta(days=seed))


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_ten_thousand_mornings_leave_nothing_unsaid() -> None:
    """The same law over many more."""
    for century in range(100):
        with Store(":memory:") as store:
            for seed in range(100):
                mornings(100 + century * 100 + seed, store, DAY + timedelta(days=seed))
