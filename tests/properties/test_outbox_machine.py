"""Model of the outbox: any interleaving of planning, claims, answers, crashes and restarts keeps the promises.

Telegram is a dict of what really arrived; the machine knows it, the outbox does not.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.delivery.planner import Planner
from store.database import Store
from store.models import Mail, Outcome, Timetable
from tests.bot.fakes import NOON, Composing, add_page, build, missed_line, subscribe

CHATS = (1, 2)


class OutboxMachine(RuleBasedStateMachine):
    """Two readers, one digest a day, everything that can go wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "baozhai.db")
        self.store.db.execute("PRAGMA synchronous = OFF")  # the process is "killed", the machine is not
        self.planner = Planner(build, Composing(2), missed_line, lambda: "bot", catch_up=timedelta(hours=12))
        self.now = NOON
        self.pages = 0
        self.arrived: Counter[tuple[int, int]] = Counter()  # (chat, article) really delivered
        self.repeats: Counter[tuple[int, int]] = (
            Counter()
        )  # (chat, article): how often a digest of it did not go out for certain
        self.dropped: set[tuple[int, int]] = set()  # of a reader who blocked the bot
        self.flying: list[Mail] = []
        self.again = False

    @initialize(again=st.booleans(), hours=st.lists(st.integers(0, 23), min_size=1, max_size=2, unique=True))
    def begin(self, again: bool, hours: list[int]) -> None:
        """A page of the day before, and two subscribers."""
        self.again = again
        self.new_page(3)
        for chat in CHATS:
            subscribe(
                self.store, chat, self.now, timetable=Timetable(hours=tuple(time(hour) for hour in hours))
            )
        self.to_the_next_hour()

    @rule(articles=st.integers(1, 3))
    def new_page(self, articles: int) -> None:
        """A page is read."""
        self.pages += 1
        today = (self.now + timedelta(hours=8)).date()
        add_page(self.store, today, self.pages, [f"{self.pages}之{n}" for n in range(articles)], self.now)

    @rule()
    def to_the_next_hour(self) -> None:
        """Until somebody's digest is due; it is planned and the sender takes what it may."""
        self.now = max(self.now, self.store.subscribers.next_due_at() or self.now)
        self.tick()
        self.claim(2)

    @rule(minutes=st.sampled_from([30, 200, 400, 700, 3000]))
    def time_passes(self, minutes: int) -> None:
        """A while later, with a tick at the end."""
        self.now += timedelta(minutes=minutes)
        self.tick()

    def tick(self) -> None:
        """Plan what is due."""
        self.planner.plan(self.store, self.now)

    @precondition(lambda self: self.store.outbox.next_at() is not None)
    @rule(limit=st.integers(1, 3))
    def claim(self, limit: int) -> None:
        """The sender takes some."""
        if len(self.flying) >= len(CHATS):
            return
        mails = self.store.outbox.claim(self.store.outbox.next(self.now, limit), self.now)
        assert not {mail.subscriber_id for mail in mails} & {mail.subscriber_id for mail in self.flying}
        self.flying += mails

    def articles(self, mail: Mail) -> list[tuple[int, int]]:
        """What a digest's part says, as (chat, article)."""
        html = self.store.mailings.message(mail.message_id).html
        return [
            (mail.chat_id, int(line[1:].split()[0])) for line in html.splitlines() if line.startswith("#")
        ]

    def whole(self, mail: Mail) -> list[tuple[int, int]]:
        """All that the digest of a part says: it comes again with the next one if the part did not go out for certain."""
        return [
            (mail.chat_id, int(line[1:].split()[0]))
            for row in self.store.db.rows(
                "SELECT html FROM digest_messages WHERE mailing_id = (SELECT mailing_id FROM outbox WHERE id = ?)",
                [mail.id],
            )
            for line in row["html"].splitlines()
            if line.startswith("#")
        ]

    def land(self, state: str, *, really: bool, **facts: object) -> None:
        """The oldest call comes back (or not)."""
        mail = self.flying.pop(0)
        articles = self.articles(mail)
        if really:
            self.arrived.update(articles)
        if state in ("uncertain", "failed"):
            self.repeats.update(self.whole(mail))
        outcome = Outcome(mail, state, **facts)  # type: ignore[arg-type]
        self.store.outbox.settle([outcome], self.now, send_uncertain_again=self.again)

    @precondition(lambda self: self.flying)
    @rule()
    def accepted(self) -> None:
        """200."""
        self.land("sent", really=True, telegram_id=1)

    @precondition(lambda self: self.flying)
    @rule(minutes=st.sampled_from([0, 5, 600]))
    def refused_for_now(self, minutes: int) -> None:
        """429, or no connection."""
        self.land("waiting", really=False, again_at=self.now + timedelta(minutes=minutes))

    @precondition(lambda self: self.flying)
    @rule(really=st.booleans())
    def answer_lost(self, really: bool) -> None:
        """A reset; it may have arrived."""
        self.land("uncertain", really=really, again_at=self.now)

    @precondition(lambda self: self.flying)
    @rule()
    def message_refused(self) -> None:
        """400, twice."""
        self.land("failed", really=False, reason="too long")

    @precondition(lambda self: self.flying)
    @rule()
    def blocked(self) -> None:
        """403; the reader comes back at once."""
        mail = self.flying[0]
        self.land("waiting" if mail.unsure else "failed", really=False, reason="blocked", gone=True)
        self.dropped.update(
            (mail.chat_id, article.id)
            for article in self.store.articles.between(0, self.store.articles.newest_id())
        )
        self.store.subscribers.seen(mail.chat_id, "zh", self.now)

    @rule(arrives=st.lists(st.booleans(), max_size=2))
    def crash(self, arrives: list[bool]) -> None:
        """kill -9: of what was in flight some arrived; then a restart."""
        for mail, really in zip(self.flying, [*arrives, False, False], strict=False):
            articles = self.articles(mail)
            self.repeats.update(self.whole(mail))
            if really:
                self.arrived.update(articles)
        assert self.store.outbox.in_flight() == len(self.flying), (
            "uncertain is never more than what was in flight"
        )
        self.flying = []
        path = self.store.db.path
        self.store.close()
        self.store = Store(path)
        self.store.db.execute("PRAGMA synchronous = OFF")
        self.store.outbox.recover(self.now, send_uncertain_again=self.again)

    @rule(chat=st.sampled_from(CHATS), hour=st.integers(0, 23))
    def settings_changed(self, chat: int, hour: int) -> None:
        """Another hour."""
        reader = self.store.subscribers.by_chat(chat)
        assert reader is not None
        self.store.subscribers.save(replace(reader, timetable=Timetable(hours=(time(hour),))), self.now)

    @invariant()
    def nothing_arrives_twice(self) -> None:
        """But what did not go out for certain: once more for each time."""
        for pair, count in self.arrived.items():
            assert count <= 1 + self.repeats[pair], pair

    @invariant()
    def the_kept_counts_are_the_counted_ones(self) -> None:
        """Triggers keep them; /health reads them."""
        kept, counted = self.store.outbox.counts(), Counter[str]()
        for row in self.store.db.rows("SELECT state, count(*) AS n FROM outbox GROUP BY state"):
            counted[row["state"]] = row["n"]
        for state in ("waiting", "sending", "sent", "uncertain", "failed", "expired"):
            assert getattr(kept, state) == counted[state], state

    @invariant()
    def a_digest_is_never_in_two_open_plans(self) -> None:
        """Each article is in one live part of a reader at most, and in another for each time one did not go out for certain."""
        live: Counter[tuple[int, int]] = Counter()
        for row in self.store.db.rows(
            "SELECT chat_id, html FROM outbox JOIN subscribers ON subscribers.id = subscriber_id"
            " JOIN digest_messages ON digest_messages.id = message_id"
            " WHERE outbox.kind = 'digest' AND state IN ('waiting', 'sending', 'sent', 'uncertain')"
        ):
            live.update(
                (row["chat_id"], int(line[1:].split()[0]))
                for line in row["html"].splitlines()
                if line.startswith("#")
            )
        assert all(count <= 1 + self.repeats[pair] for pair, count in live.items())

    def teardown(self) -> None:
        """In the end all goes well for two days, and a page comes: then nothing is missing."""
        try:
            if self.store.subscribers.by_chat(1) is None:
                return
            self.crash([])
            self.new_page(1)
            for _ in range(60):
                self.now += timedelta(hours=1)
                self.tick()
                for _ in range(40):
                    self.claim(3)
                    while self.flying:
                        self.land("sent", really=True, telegram_id=1)
            self.nothing_arrives_twice()
            for article in self.store.articles.between(0, self.store.articles.newest_id()):
                for chat in CHATS:
                    pair = (chat, article.id)
                    assert self.arrived[pair] or pair in self.dropped, f"lost {pair}"
        finally:
            self.store.close()
            self.folder.cleanup()


OutboxMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestOutbox = OutboxMachine.TestCase
