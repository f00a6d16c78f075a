"""How fast: governors for all chats, for one chat, for one group; interactive answers go first.

`Pace` is python-telegram-bot's rate limiter for everything the bot sends, and the broadcast asks it how much it may
send. A flood answer of one chat holds that chat; two different chats refused in a row hold the whole bot, and the pace
falls; without further refusals it climbs back. Limits enforced by Telegram are not published: docs/delivery.md.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any

from telegram._utils.types import JSONDict
from telegram.error import NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.delivery.verdicts import NEVER_LEFT, StatusRefused

BROADCAST = "broadcast"
"""`rate_limit_args` of a call that asked the pace before it was claimed."""
_INTERACTIVE_PATIENCE_SECONDS = 30.0
"""A handler does not wait longer than this for a flood limit to end: its reader has gone on."""
_HEADROOM = 0.965
"""The part of the permitted pace that is used: the way to Telegram stretches and bunches what was evenly sent."""
_BURST = 4
"""Answers to one chat that may follow each other at once; then its own interval holds. Telegram tolerates short bursts
in a chat (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this); how short is unpublished."""
_ANSWERS_AT_ONCE = 8
"""Answers to different chats that may leave together; a crowd's others follow at the pace, still ahead of the broadcast.
Together with the broadcast's they stay below what Telegram forgives at once (a second's worth, seen; unpublished)."""
_ANSWER_ATTEMPTS = 3
_SLOWEST_PER_SECOND = 1.0
_FALL, _CLIMB = 0.7, 0.05
_CLIMB_EVERY_SECONDS = 10.0
_TIMER_SECONDS = 0.02
"""What an event loop's timer may overshoot on a busy machine; at a high pace many messages fit into it."""
_CHATS_REMEMBERED = 4096
_UNPACED = (
    "getUpdates",
    "answerCallbackQuery",
    "answerInlineQuery",
    "getMe",
    "getChatMember",
    "setWebhook",
    "deleteWebhook",
)
_FIRST_RETRY_SECONDS = 1.0
_TURN: ContextVar[int | None] = ContextVar("turn", default=None)
"""The chat whose place the task at hand has taken already, before it knew what to answer (`Pace.turn`)."""
Result = bool | JSONDict | list[JSONDict]


class Pace(BaseRateLimiter[str]):
    """Governors over one clock.

    `per_second` over all chats, `chat_interval` seconds between two messages to a chat, `group_per_minute` in a group
    (negative chat ids). An answer takes its place from the broadcast, and no more than its place.
    """

    def __init__(
        self,
        *,
        per_second: float = 25.0,
        chat_interval: float = 1.0,
        group_per_minute: float = 18.0,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
    ) -> None:
        self.permitted_per_second = per_second * _HEADROOM
        self.per_second = self.permitted_per_second
        self._chat_interval = chat_interval
        self._group_interval = 60.0 / group_per_minute if group_per_minute else 0.0
        self._monotonic = monotonic
        self._sleep = sleep
        self._next_at = 0.0
        self._answers_at = 0.0
        self._held_until = float("-inf")
        self._changed_at = monotonic()
        self._chats: OrderedDict[int, float] = OrderedDict()
        self._flooded: dict[int, float] = {}
        self._refused: set[int] = set()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    # --- the broadcast -----------------------------------------------------------------------------------------

    def budget(self, most: int) -> int:
        """How many broadcast messages may go out at this moment, at most `most`."""
        now = self._monotonic()
        if now < self._held_until:
            return 0
        interval = 1.0 / self.per_second
        # What a sleep overshoots is made up for, but a burst is never saved up.
        self._next_at = max(
            self._next_at, now - max(interval / 4, _TIMER_SECONDS if interval < _TIMER_SECONDS else 0.0)
        )
        return min(most, int((now - self._next_at) / interval + 1)) if now >= self._next_at else 0

    def is_free(self, chat_id: int) -> bool:
        """Whether the chat may get a message at this moment."""
        return self.chat_wait_seconds(chat_id) == 0.0

    def chat_wait_seconds(self, chat_id: int) -> float:
        """How long until the chat may get a message."""
        free_at = max(self._chats.get(chat_id, 0.0), self._flooded.get(chat_id, 0.0))
        return max(0.0, free_at - self._monotonic())

    def take(self, chat_id: int) -> None:
        """A broadcast message goes out to the chat now."""
        now = self._monotonic()
        self._next_at = max(self._next_at, now - 1.0) + 1.0 / self.per_second
        self._hold_chat(chat_id, now + self._interval(chat_id))

    def wait_seconds(self) -> float:
        """How long until the budget is above zero."""
        now = self._monotonic()
        return max(0.0, max(self._next_at, self._held_until) - now)

    # --- what Telegram says ------------------------------------------------------------------------------------

    def succeeded(self) -> None:
        """A message was accepted: refusals before it were their chats' own; the pace climbs back in time."""
        self._refused.clear()
        now = self._monotonic()
        if self.per_second < self.permitted_per_second and now - self._changed_at >= _CLIMB_EVERY_SECONDS:
            self._changed_at = now
            self.per_second = min(
                self.permitted_per_second, self.per_second + self.permitted_per_second * _CLIMB
            )

    def refused(self, chat_id: int, retry_after: float) -> bool:
        """Telegram answered 429; True when the whole bot has to wait, not this chat only."""
        now = self._monotonic()
        self._flooded = {chat: until for chat, until in self._flooded.items() if until > now}
        self._flooded[chat_id] = max(now + retry_after, self._flooded.get(chat_id, 0.0))
        self._refused.add(chat_id)
        if len(self._refused) < 2:
            return False
        if now >= self._held_until:  # one fall a flood, not one for each answer of what was in flight
            self.per_second = max(_SLOWEST_PER_SECOND, self.per_second * _FALL)
            self._changed_at = now
        self._held_until = max(self._held_until, now + retry_after)
        return True

    @property
    def held_seconds(self) -> float:
        """How long the whole bot still has to wait."""
        return max(0.0, self._held_until - self._monotonic())

    # --- everything else the bot says: python-telegram-bot's seam ------------------------------------------------

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Result:
        """Send at once what asked before, or need not ask; the rest in its turn, before any broadcast."""
        chat_id = data.get("chat_id")
        if rate_limit_args == BROADCAST or endpoint in _UNPACED or not isinstance(chat_id, int):
            return await callback(*args, **kwargs)
        began, floods, again_in = self._monotonic(), 0, _FIRST_RETRY_SECONDS
        if _TURN.get() == chat_id and endpoint != "sendChatAction":
            _TURN.set(None)
        else:
            await self._turn(chat_id)
        while True:
            try:
                result = await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = error._retry_after.total_seconds()
                self.refused(chat_id, seconds)
                floods += 1
                if floods == _ANSWER_ATTEMPTS or self._too_long(began, seconds):
                    raise
                await self._turn(chat_id)
            except NetworkError as error:
                # It never left this machine, or nobody took it: nothing can be doubled by trying again.
                certain = isinstance(error, StatusRefused) or isinstance(error.__cause__, NEVER_LEFT)
                if not certain or self._too_long(began, again_in):
                    raise
                await self._sleep(again_in)
                again_in *= 2
            else:
                self.succeeded()
                return result

    def _too_long(self, began: float, seconds: float) -> bool:
        return self._monotonic() - began + seconds > _INTERACTIVE_PATIENCE_SECONDS

    async def turn(self, chat_id: int) -> None:
        """Wait for a chat's place before it is known what to answer: the task's next message to it goes at once.

        Raises RetryAfter where Telegram has asked for more patience than anybody has.
        """
        await self._turn(chat_id)
        _TURN.set(chat_id)

    async def _turn(self, chat_id: int) -> None:
        """Wait for a place: among the answers, ahead of the broadcast; then for the chat's own interval, bursts allowed."""
        now, interval = self._monotonic(), self._interval(chat_id)
        free_at = self._chats.get(chat_id, 0.0)
        at = max(now, free_at - (_BURST - 1) * interval, self._flooded.get(chat_id, 0.0), self._held_until)
        if at - now > _INTERACTIVE_PATIENCE_SECONDS:
            raise RetryAfter(int(at - now) + 1)
        each = 1.0 / self.per_second
        opens_at = max(now, self._held_until)
        self._answers_at = max(self._answers_at, opens_at - _ANSWERS_AT_ONCE * each) + each
        at = max(at, self._answers_at)
        # The answer's place is the broadcast's loss, and while answers queue the broadcast waits behind them.
        self._next_at = max(
            max(self._next_at, now - 1.0) + each, self._answers_at if self._answers_at > now else 0.0
        )
        self._hold_chat(chat_id, max(now, free_at) + interval)
        if at > now:
            await self._sleep(at - now)

    # --- inside ------------------------------------------------------------------------------------------------

    def _interval(self, chat_id: int) -> float:
        return self._group_interval if chat_id < 0 else self._chat_interval

    def _hold_chat(self, chat_id: int, until: float) -> None:
        self._chats[chat_id] = max(until, self._chats.get(chat_id, 0.0))
        self._chats.move_to_end(chat_id)
        while len(self._chats) > _CHATS_REMEMBERED:
            oldest, free_at = next(iter(self._chats.items()))
            if free_at > self._monotonic() and len(self._chats) < 64 * _CHATS_REMEMBERED:
                break
            del self._chats[oldest]
