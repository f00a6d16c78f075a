"""Plan → claim → send → mark: the doer of delivery. What to do is decided elsewhere.

    tick(now)      plans what is due (bot/delivery/planner.py, in a thread of its own) and wakes the sender
    the sender     settles what came back and claims what may go, both in one transaction; then calls Telegram

A row is claimed just before its call and only as many as may go at once, so what a killed process leaves "sending" is
what was in flight, not more. An outcome that the database would not take (full, locked) is kept until it does.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot import metrics
from bot.delivery import heartbeat
from bot.delivery.breaker import Breaker, Choose
from bot.delivery.call import Attempt, send
from bot.delivery.due import comes_silently
from bot.delivery.pace import Pace
from bot.delivery.planner import Planner, PlanReport
from bot.delivery.storethread import StoreThread
from bot.errors import ChatMoved, MessageRefused, RecipientGone, TokenRefused, TryLater, Unsure
from store.database import Store
from store.errors import StoreError
from store.models import Mail, OutboxCounts, Outcome, Part

log = logging.getLogger(__name__)

STOP_SECONDS = 5.0
"""How long in-flight calls may take to finish at the end; the process is to be gone within 10 s."""
_IN_FLIGHT = 24
"""Calls under way at once: 30 a second at answers of 0.8 s; also the most that a kill can leave uncertain."""
KEPT = timedelta(days=90)
"""How long sent messages are kept: for edits, for /mydata, for questions."""
_MESSAGES_KEPT = 512
_IDLE_SECONDS = 30.0
_STORE_TROUBLE_SECONDS = 1.0


def _sweep(store: Store, before: datetime) -> None:
    """Remove some of what was settled before an instant, rows and then the messages nothing refers to any more."""
    store.outbox.remove_settled(before)
    store.mailings.remove_unused(before)


@dataclass(frozen=True, slots=True)
class StartReport:
    """What was found at start-up: `interrupted` rows were in flight when the last process ended."""

    interrupted: int
    counts: OutboxCounts
    rewound: int = 0

    def __str__(self) -> str:
        return f"uncertain {self.counts.uncertain} (interrupted {self.interrupted}), waiting {self.counts.waiting}"


@dataclass
class Flight:
    """What is under way: tasks by mail, attempts that came back and are not written down yet."""

    tasks: dict[asyncio.Task[Attempt], Mail] = field(default_factory=dict)
    back: list[Attempt] = field(default_factory=list)


class Delivery:
    """Delivers through one bot from one database; there must be only one at a time (bot/lock.py).

    `open_store` opens a Store for the calling thread. `send_uncertain_again` is the policy for parts of unknown fate:
    False leaves them to the reader and the operator, True sends them once more. Raises nothing while running: trouble
    with the database or Telegram is logged, shown by `trouble`, and tried again.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        bot: ExtBot[str],
        *,
        planner: Planner,
        pace: Pace,
        send_uncertain_again: bool = False,
        paid: bool = False,
        in_flight: int = _IN_FLIGHT,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        choose: Choose = random.choice,
    ) -> None:
        self._rows = StoreThread(open_store, "outbox")
        self._plans = StoreThread(open_store, "planning")
        self._bot = bot
        self._planner = planner
        self._pace = pace
        self._again = send_uncertain_again
        self._paid = paid
        self._limit = in_flight
        self._clock = clock
        self._breaker = Breaker(choose)
        self._planned = False
        self._flight = Flight()
        self._messages: OrderedDict[int, Part] = OrderedDict()
        self._recent: dict[int, int] = {}
        self._more = True
        self._idle_rounds = 0
        self._wake = asyncio.Event()
        self._stopping = False
        self._sender: asyncio.Task[None] | None = None
        self._started_at = clock()
        self._store_trouble = ""

    @property
    def trouble(self) -> str:
        """What keeps messages from going out, "" while nothing does."""
        if self._store_trouble:
            return self._store_trouble
        if self._breaker.why:
            return self._breaker.why
        return f"flood limit, {self._pace.held_seconds:.0f} s left" if self._pace.held_seconds > 1 else ""

    @property
    def under_way(self) -> int:
        """How many messages are on their way or came back and are not written down yet."""
        return len(self._flight.tasks) + len(self._flight.back)

    # --- life ----------------------------------------------------------------------------------------------------

    async def start(self, now: datetime, *, sender: bool = True) -> StartReport:
        """Take stock after whatever happened before, and start the sender. Raises StoreError."""
        self._started_at = now
        self._planner.stopping = False
        # The planner looks before anything is sent: what waited through a downtime may be of no use any more.
        self._planned = not sender

        def take_stock(store: Store) -> StartReport:
            interrupted = store.outbox.recover(now, send_uncertain_again=self._again)
            return StartReport(interrupted, store.outbox.counts(), self._clock_check(store, now))

        report = await self._rows.do(take_stock)
        counts = report.counts
        log.info("delivery starts: %s, failed %d, oldest %s", report, counts.failed, counts.oldest_waiting)
        if sender:
            self._sender = asyncio.create_task(self._run(), name="sender")
        return report

    async def stop(self, *, seconds: float = STOP_SECONDS) -> None:
        """Claim nothing more, let what is in flight finish, write it down, close."""
        self._stopping = self._planner.stopping = True
        self._wake.set()
        if self._sender is not None:
            _, pending = await asyncio.wait([self._sender], timeout=seconds)
            if pending:
                self._sender.cancel()
                await asyncio.gather(self._sender, return_exceptions=True)
            self._sender = None
        for task, mail in list(self._flight.tasks.items()):
            task.cancel()
            metrics.SENDS.labels("uncertain").inc()
            self._flight.back.append(
                Attempt(Outcome(mail, "uncertain", reason="stopped while waiting for the answer"))
            )
        await asyncio.gather(*self._flight.tasks, return_exceptions=True)
        self._flight.tasks.clear()
        try:
            await self._settle()
        except StoreError as error:
            log.error("delivery stops with %d outcomes unwritten: %s", len(self._flight.back), error)
        await self._plans.close()
        await self._rows.close()
        log.info("delivery stopped")

    # --- planning ------------------------------------------------------------------------------------------------

    async def tick(self, now: datetime) -> PlanReport:
        """Plan what is due at `now`, write the heartbeat, wake the sender. Never raises for the database's trouble."""
        report = PlanReport()
        metrics.TICKS.inc()

        def plan(store: Store) -> PlanReport:
            self._clock_check(store, now)
            return self._planner.plan(store, now)

        try:
            try:
                report = await self._plans.do(plan)
            except StoreError:
                raise
            except Exception:
                self._planned = True  # a planning that cannot be made must not keep back what is planned
                raise
            self._planned = True
            if report.due or report.expired:
                log.info("planned: %s", report)
            await self._plans.do(lambda store: self._beat(store, now))
            await self._plans.do(lambda store: _sweep(store, now - KEPT))
        except StoreError as error:
            log.error("tick not finished, tried again at the next: %s", error)
        self._wake.set()
        return report

    def _clock_check(self, store: Store, now: datetime) -> int:
        rewound = heartbeat.clock_check(store, now)
        if rewound is None:
            return 0
        self._breaker.rewind(now)
        self._beat(store, now)
        return rewound

    def _beat(self, store: Store, now: datetime) -> None:
        heartbeat.beat(store, now, started_at=self._started_at, trouble=self.trouble)

    def wake(self) -> None:
        """Something was put into the outbox from elsewhere."""
        self._wake.set()

    # --- sending -------------------------------------------------------------------------------------------------

    async def drain(self, *, patience: timedelta = timedelta(seconds=30)) -> None:
        """Send until nothing waits that could go within `patience`. Not while the sender runs."""
        while not self._stopping:
            claimed = await self._step()
            if claimed or self._flight.tasks or self._flight.back:
                if self._flight.tasks:
                    await self._until_something_happens()
                continue
            pause = await self._pause()
            if pause is None or pause > patience.total_seconds():
                return
            await self._until_something_happens(pause)

    async def _run(self) -> None:
        while True:
            if self._stopping and not self._flight.tasks and not self._flight.back:
                return
            try:
                await self._step()
                if self._flight.tasks:
                    await self._until_something_happens()
                elif not self._flight.back:
                    pause = await self._pause()
                    await self._until_something_happens(_IDLE_SECONDS if pause is None else pause)
            except Exception:  # the sender must outlive whatever one round meets
                log.exception("a round of sending failed")
                await asyncio.sleep(_STORE_TROUBLE_SECONDS)

    async def _step(self) -> int:
        """Settle what came back, claim what may go, start the calls; how many were claimed."""
        await self._probe_if_due()
        room = 0
        if not self._stopping and self._planned:
            room = min(self._limit, self._breaker.most_in_flight(self._limit)) - len(self._flight.tasks)
            room = self._pace.budget(room) if room > 0 else 0
        back, now = list(self._flight.back), self._clock()
        if not back and room <= 0:
            return 0
        self._recent = {
            subscriber_id: chat_id
            for subscriber_id, chat_id in self._recent.items()
            if not self._pace.is_free(chat_id)
        }
        busy, alone = list(self._recent), self._breaker.alone
        most = self._breaker.choice if alone else room + 8

        def settle_and_claim(store: Store) -> list[tuple[Mail, Part]]:
            with store.transaction():
                store.outbox.settle(
                    [attempt.outcome for attempt in back], now, send_uncertain_again=self._again
                )
                waiting = store.outbox.next(now, most, busy=busy) if room > 0 else []
                free = [mail for mail in waiting if self._pace.is_free(mail.chat_id)]
                free = self._breaker.trial(free) if alone else free[:room]
                claimed = store.outbox.claim(free, now)
            return [(mail, self._message(store, mail.message_id)) for mail in claimed]

        try:
            claimed = await self._rows.do(settle_and_claim)
        except StoreError as error:
            if str(error) != self._store_trouble:
                log.error("the outbox cannot be written, tried again each second: %s", error)
            self._store_trouble = str(error)
            await asyncio.sleep(_STORE_TROUBLE_SECONDS)
            return 0
        self._store_trouble = ""
        self._more = len(claimed) == room
        del self._flight.back[: len(back)]
        if claimed:
            self._idle_rounds = 0
        for mail, part in claimed:
            if comes_silently(mail.timetable, mail.due_at, now):
                mail = replace(mail, silent=True)
            self._pace.take(mail.chat_id)
            self._recent[mail.subscriber_id] = mail.chat_id
            task = asyncio.create_task(send(self._bot, mail, part, self._clock, paid=self._paid))
            self._flight.tasks[task] = mail
        return len(claimed)

    async def _settle(self) -> None:
        back, now = list(self._flight.back), self._clock()
        await self._rows.do(
            lambda store: store.outbox.settle(
                [attempt.outcome for attempt in back], now, send_uncertain_again=self._again
            )
        )
        del self._flight.back[: len(back)]

    def _message(self, store: Store, message_id: int) -> Part:
        part = self._messages.get(message_id)
        if part is None:
            part = self._messages[message_id] = store.mailings.message(message_id)
            if len(self._messages) > _MESSAGES_KEPT:
                self._messages.popitem(last=False)
        return part

    async def _until_something_happens(self, seconds: float = _IDLE_SECONDS) -> None:
        """Wait for an answer, for a place in the pace, for a call to `wake`, at most so long; collect the answers."""
        tasks = set(self._flight.tasks)
        if tasks and self._planned:
            room = len(tasks) < self._breaker.most_in_flight(self._limit) and not self._stopping
            if room:
                seconds = min(seconds, max(self._pace.wait_seconds(), 0.001 if self._more else 0.25))
        waker = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({*tasks, waker}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waker.cancel()
        self._wake.clear()
        for task in [task for task in self._flight.tasks if task.done()]:
            del self._flight.tasks[task]
            self._landed(task.result())

    def _landed(self, attempt: Attempt) -> None:
        self._flight.back.append(attempt)
        metrics.SENDS.labels(attempt.outcome.state).inc()
        mail, now = attempt.outcome.mail, self._clock()
        match attempt.error:
            case None:
                self._pace.succeeded()
                self._breaker.succeeded()
            case TryLater(flood=True, after_seconds=seconds):
                if self._pace.refused(mail.chat_id, seconds or 1.0):
                    log.warning(
                        "flood limit for the bot: %.0f s, then %.1f messages/s",
                        seconds or 1.0,
                        self._pace.per_second,
                    )
            case TokenRefused():
                if self._breaker.failed("Telegram refuses the token", now, at_once=True):
                    log.error(
                        "Telegram refuses the token: nothing is sent until it is mended; nobody is unsubscribed"
                    )
            case TryLater() | Unsure():
                if self._breaker.failed("Telegram does not answer", now, message_id=mail.message_id):
                    log.error("Telegram does not answer (%s): sending pauses", attempt.error)
            case RecipientGone() | ChatMoved() | MessageRefused():
                self._breaker.succeeded()
            case _:
                pass

    async def _probe_if_due(self) -> None:
        wait = self._breaker.probe_in(self._clock())
        if wait is None or wait > timedelta(0) or self._flight.tasks or self._stopping:
            return
        try:
            await self._bot.get_me()
        except InvalidToken:
            self._breaker.probed(False, self._clock())
        except TelegramError as error:
            log.info("probe: no answer yet (%s)", type(error).__name__)
            self._breaker.probed(False, self._clock())
        else:
            log.info("probe: Telegram answers again")
            self._breaker.probed(True, self._clock())

    async def _pause(self) -> float | None:
        """Seconds until something may go, None when nothing waits at all."""
        now = self._clock()
        probe = self._breaker.probe_in(now)
        if probe is not None:
            return max(probe.total_seconds(), 0.01)
        if self._more and self._pace.wait_seconds() > 0:
            return self._pace.wait_seconds()
        self._idle_rounds = min(self._idle_rounds + 1, 8)
        try:
            at: datetime | None = await self._rows.do(lambda store: store.outbox.next_at())
        except StoreError:
            return _STORE_TROUBLE_SECONDS
        if at is None:
            return None
        # A row may be held for a reason not looked at here: look again soon, then less and less often.
        look_again = min(0.005 * 2**self._idle_rounds, 1.0)
        held = [self._pace.chat_wait_seconds(chat_id) for chat_id in self._recent.values()]
        waits = (at - now).total_seconds(), self._pace.wait_seconds(), look_again, min(held, default=0.0)
        return float(max(waits))
