"""Who is due → what they get → rows. Runs in a worker thread with its own Store; sending is bot/delivery/sender.py's.

Equal settings are built and composed once. A planning is cut into transactions of some thousand subscribers, so that
what waits is sent and buttons are answered meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.delivery.due import (
    Decision,
    comes_silently,
    decide,
    ends_week,
    is_quiet,
    look_again_at,
    settles_at,
)
from bot.delivery.refreshing import Refresher
from bot.delivery.seams import Builder, Composer, MissedLine, WeeklyBuilder
from digests.errors import NoArticles
from store.database import Store
from store.models import Digest, Part, Slot
from store.models.delivery import Due, Overdue, Plan

log = logging.getLogger(__name__)

CHUNK = 4000
"""Subscribers a transaction: some tenths of a second."""
LEAST_CATCH_UP = timedelta(minutes=15)
"""A tick comes seconds after the hour: with no patience at all every digest would be too late."""
_AFTER_AN_ERROR = timedelta(minutes=5)


@dataclass
class PlanReport:
    """What a planning did, in counts."""

    due: int = 0
    planned: int = 0
    empty: int = 0
    missed: int = 0
    expired: int = 0
    edited: int = 0
    digests: int = 0
    failed: int = 0
    settling: int = 0
    doubted: int = 0

    def __str__(self) -> str:
        return " ".join(f"{name}={count}" for name, count in vars(self).items())


@dataclass
class Planner:
    """Plans with a builder and a composer. `username` is asked late: Telegram tells it at start-up. `stopping` ends a
    planning after the transaction at hand; the rest stays due. `settle` is how long no page must have come for an
    edition to count as whole; zero where no later planning comes (`baozhai deliver`). `doubt_line` says before a digest
    that it holds once more what may not have arrived."""

    build: Builder
    compose: Composer
    missed_line: MissedLine
    username: Callable[[], str]
    catch_up: timedelta = timedelta(hours=12)
    stopping: bool = False
    build_weekly: WeeklyBuilder | None = None
    settle: timedelta = timedelta(0)
    doubt_line: MissedLine | None = None
    _newest: int | None = None
    _newest_at: datetime | None = None
    _looked_at: datetime | None = None
    _restored_at: datetime | None = None
    _built: dict[tuple[str, int, int, date], Digest | None] = field(default_factory=dict)
    _mailed: dict[tuple[int, int, str], int] = field(default_factory=dict)

    _came: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.catch_up = max(self.catch_up, LEAST_CATCH_UP)
        self._refresher = Refresher(self.build, self.compose, self.username)

    def plan(self, store: Store, now: datetime) -> PlanReport:
        """Plan for all who are due at `now`; then end what is too late to be of use and in no new plan."""
        report = PlanReport()
        newest, self._restored_at = store.articles.newest_id(), store.restores.last()
        self._watch(newest, now)
        self._built.clear()
        self._mailed.clear()
        self._came.clear()
        while not self.stopping and (dues := store.planning.due(now, CHUNK)):
            report.due += len(dues)
            plans = [self._one(store, due, newest, now, report) for due in dues]
            quiet = frozenset(
                due.subscriber_id for due in dues if comes_silently(due.timetable, due.slot.at, now)
            )
            with store.transaction():
                applied = store.planning.apply(plans, now, silent=quiet)
                if self._restored_at is not None:
                    report.doubted += store.restores.doubt(now)
            report.planned += applied
            if not applied:
                break  # all of them changed meanwhile: the next tick finds them as they are then
        if self._restored_at is not None:
            store.restores.settle(now)
        self._expire(store, now, report)
        self._built.clear()
        self._mailed.clear()
        if not self.stopping:
            report.edited = self._refresher.refresh(store, now)
        return report

    def _one(self, store: Store, due: Due, newest: int, now: datetime, report: PlanReport) -> Plan:
        decision = decide(due.timetable, due.slot, now, catch_up=self.catch_up)
        if decision.action == "missed" and not self._may_be_sent(decision.slot):
            # One line for these days and for what was planned before and never begun.
            report.missed += 1
            days = tuple(sorted({*decision.days, *due.waiting_days}))
            line = self._line_mailing(store, self.missed_line, "", days, due.language, now)
            return Plan(due, decision.slot, decision.following, missed_mailing_id=line, upto=due.after)
        after, resumes = due.after, False
        paused_until = due.timetable.paused_until
        if paused_until is not None and decision.slot.day >= paused_until:
            # What came during the pause is not wanted: the pause was the setting that said so.
            after, resumes = max(after, store.articles.newest_before(paused_until)), True
        if newest <= after:
            again_at = look_again_at(decision.slot, now, decision.following, catch_up=self.catch_up)
            report.empty += 1
            return Plan(due, decision.slot, decision.following, again_at=again_at, resumes=resumes)
        if self.settle:
            again_at = self._settles_at(store, decision, after, newest, now)
            if again_at is not None:
                report.settling += 1
                return Plan(due, decision.slot, decision.following, again_at=again_at)
        heals, line = due.doubtful, 0
        if heals:
            after = min(after, due.doubtful_after)
        try:
            digest = self._digest(store, due.profile_key, after, newest, decision.slot.day, now, report)
            mailing_id = self._mailing(store, digest, due, now) if digest else 0
        except Exception:  # one group's trouble must not keep the others from their digests
            log.exception("digest not built: day=%s after=%d upto=%d", decision.slot.day, after, newest)
            report.failed += 1
            return Plan(due, decision.slot, decision.following, again_at=now + _AFTER_AN_ERROR)
        if digest is None:
            report.empty += 1
            heals = ()
        if heals and self.doubt_line is not None:
            line = self._line_mailing(
                store,
                self.doubt_line,
                f"doubt {decision.slot.day}.{decision.slot.number} about ",
                due.doubtful_days,
                due.language,
                now,
            )
        is_last_of_week = ends_week(decision.slot, decision.following)
        return Plan(
            due,
            decision.slot,
            decision.following,
            mailing_id=mailing_id,
            digest_id=digest.id if digest else None,
            missed_mailing_id=line,
            heals=heals,
            weekly_mailing_id=self._weekly(store, due, decision.slot.day, now)
            if due.timetable.weekly and is_last_of_week
            else 0,
            upto=newest,
            resumes=resumes,
        )

    def _may_be_sent(self, slot: Slot) -> bool:
        """Whether the database was restored after this promise: nobody can say then that its digest was missed."""
        return self._restored_at is not None and slot.at <= self._restored_at

    def _watch(self, newest: int, now: datetime) -> None:
        """Note when new articles were seen: an ingest stamps all of its pages with the moment it began."""
        watched = self._looked_at is not None and now - self._looked_at < self.settle
        if newest != self._newest:
            self._newest, self._newest_at = newest, now if watched else None
        self._looked_at = now

    def _settles_at(
        self, store: Store, decision: Decision, after: int, newest: int, now: datetime
    ) -> datetime | None:
        if after not in self._came:
            came = store.articles.came_at(after, newest)
            first, last = came or (now - self.settle, now - self.settle)
            self._came[after] = first, max(last, self._newest_at or last)
        first, last = self._came[after]
        return settles_at(
            decision.slot,
            now,
            decision.following,
            began_at=first,
            newest_at=last,
            settle=self.settle,
            catch_up=self.catch_up,
        )

    def _digest(
        self, store: Store, key: str, after: int, upto: int, day: date, now: datetime, report: PlanReport
    ) -> Digest | None:
        group = (key, after, upto, day)
        if group not in self._built:
            try:
                digest = self.build(
                    store,
                    profile=store.subscribers.profiles.get(key),
                    after=after,
                    upto=upto,
                    day=day,
                    now=now,
                )
                self._built[group] = digest if digest.items else None
                report.digests += 1
            except NoArticles:
                self._built[group] = None
        return self._built[group]

    def _mailing(self, store: Store, digest: Digest, due: Due, now: datetime) -> int:
        group = (digest.id, digest.revision, due.language)
        if group not in self._mailed:
            self._mailed[group] = self._composed(store, digest, due, now)
        return self._mailed[group]

    def _composed(self, store: Store, digest: Digest, due: Due, now: datetime) -> int:
        def compose() -> tuple[Part, ...]:
            length = store.subscribers.profiles.get(due.profile_key).length
            return self.compose(digest, language=due.language, length=length, bot_username=self.username())

        return store.mailings.for_digest("digest", digest, compose, now, language=due.language)

    def _weekly(self, store: Store, due: Due, day: date, now: datetime) -> int:
        """The weekly review's mailing, 0 when there is none: its trouble must not keep the day's digest back."""
        if self.build_weekly is None:
            return 0
        subject = f"week {day.isoformat()} {due.profile_key}"
        known = store.mailings.find("notice", subject, due.language)
        if known:
            return known
        try:
            profile = store.subscribers.profiles.get(due.profile_key)
            review = self.build_weekly(store, profile, day, now)
            if not review.items:
                return 0
            parts = self.compose(
                review, language=due.language, length=profile.length, bot_username=self.username()
            )
        except NoArticles:
            return 0
        except Exception:  # as for a group's digest
            log.exception("weekly review not built: day=%s", day)
            return 0
        return store.mailings.put("notice", subject, parts, now, language=due.language, day=day)

    def _line_mailing(
        self, store: Store, line: MissedLine, about: str, days: tuple[date, ...], language: str, now: datetime
    ) -> int:
        """The mailing of one line about some days' digests."""
        subject = about + " ".join(day.isoformat() for day in days)
        known = store.mailings.find("missed", subject, language)
        return known or store.mailings.put(
            "missed", subject, [line(days, language=language)], now, language=language, day=days[-1]
        )

    def _expire(self, store: Store, now: datetime, report: PlanReport) -> None:
        """Digests that waited too long and are in no new plan are taken back, their readers told in one line."""
        before = now - self.catch_up
        while not self.stopping and (overdue := store.planning.overdue(before, CHUNK)):
            readers: dict[int, list[Overdue]] = {}
            for one in overdue:
                readers.setdefault(one.subscriber_id, []).append(one)
            lines = []
            with store.transaction():
                store.planning.expire(list(readers), before, now)
                for subscriber_id, missed in readers.items():
                    days, first = tuple(sorted({one.day for one in missed})), missed[0]
                    line = self._line_mailing(store, self.missed_line, "", days, first.language, now)
                    lines.append((subscriber_id, line, is_quiet(first.timetable, now)))
                store.planning.tell(lines, now)
            report.expired += len(overdue)
