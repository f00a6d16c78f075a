"""The one place where the parts are joined: configuration → a bot that runs.

`join` puts the parts together, `running` starts and stops them; who waits meanwhile is bot/terminal/visit.py (a reader at the
terminal) or bot/serving.py (Telegram).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from telegram import Update
from telegram.ext import Application, ApplicationBuilder

from bot.arrivals.clipping import send_clippings
from bot.arrivals.fetching import Fetching
from bot.arrivals.newcomers import read_folder, tell_of_new
from bot.arrivals.reminders import send_reminders
from bot.config import Config
from bot.delivery.call import READ_TIMEOUT_SECONDS, SendingRequest
from bot.delivery.due import SETTLE
from bot.delivery.pace import Pace
from bot.delivery.planner import Planner
from bot.delivery.sender import Delivery
from bot.handlers import register
from bot.handlers.menu import announce
from bot.handlers.services import SERVICES, Services
from bot.health import examine, to_text
from bot.loopback import BotApi, LoopbackRequest
from bot.loopback.settling import LISTENER
from bot.messages import compose_digest
from bot.messages.missed import compose_doubt, compose_missed
from bot.metrics import exposition
from bot.monitor import Monitor
from bot.schedule import TICK_SECONDS, Recurring, end, keep_time, schedule
from bot.stores import open_store
from bot.updates.inbox import Inbox
from bot.updates.polling import Poller, PollingRequest
from bot.updates.webhook import WebhookServer
from bot.upkeep import upkeep
from digests.day.builder import build_delivery, build_weekly
from store.database import Store

log = logging.getLogger(__name__)

LOOPBACK_TOKEN = "1:loopback"
POLL_SECONDS = 30
"""Long poll: Telegram caps it at 50 s."""
CONNECTIONS = 64
REMIND_SECONDS = 30
"""How late a reminder may be."""
CLIP_SECONDS = 300
"""How late a weekly clipping may be."""
LOOK_SECONDS = 60
"""How often new articles are looked for."""

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class App:
    """The joined parts."""

    config: Config
    application: AnyApplication
    delivery: Delivery
    inbox: Inbox
    scheduler: AsyncIOScheduler
    clock: Callable[[], datetime]
    fetching: Fetching
    in_memory: bool = False


def join(
    config: Config,
    *,
    clock: Callable[[], datetime],
    loopback: BotApi | None = None,
    settle: timedelta = SETTLE,
) -> App:
    """All parts, joined and not started; over the model in memory if `loopback` is given, else over the network.

    `settle` is how long no page must have come before a digest is planned.
    """

    def open_configured() -> Store:
        return open_store(config)

    pace = Pace(
        per_second=config.delivery.messages_per_second,
        chat_interval=config.delivery.chat_interval_seconds,
        group_per_minute=config.delivery.group_messages_per_minute,
    )
    application = _application(config, pace, loopback)
    planner = Planner(
        build_delivery,
        compose_digest,
        compose_missed,
        lambda: application.bot.username,
        catch_up=timedelta(hours=config.delivery.catch_up_hours),
        build_weekly=build_weekly,
        settle=settle,
        doubt_line=compose_doubt,
    )
    delivery = Delivery(
        open_configured,
        application.bot,
        planner=planner,
        pace=pace,
        send_uncertain_again=config.delivery.send_uncertain_again,
        paid=config.delivery.paid_broadcast,
        clock=clock,
    )
    inbox = Inbox(open_configured, application, pace=pace, clock=clock)
    application.bot_data[LISTENER] = inbox
    application.bot_data[SERVICES] = Services(
        open_store=open_configured,
        clock=clock,
        admins=config.telegram.admins,
        hour=config.delivery.hour,
        time_zone=config.delivery.time_zone,
        alerts_a_day=config.delivery.alerts_a_day,
        wake=delivery.wake,
    )
    register(application)
    looked_at: dict[Path, tuple[int, int]] = {}

    async def look_for_new(now: datetime) -> None:
        """Read the watched folder and tell whom it concerns."""

        def look() -> None:
            with open_configured() as store:
                if config.data.pages is not None and config.data.pages.is_dir():
                    read_folder(store, config.data.pages, now, looked_at=looked_at, limits=config.reading)
                tell_of_new(
                    store,
                    now,
                    bot_username=lambda: application.bot.username,
                    a_day=config.delivery.alerts_a_day,
                )

        await asyncio.to_thread(look)
        delivery.wake()

    async def remind(now: datetime) -> None:
        """Put the reminders that are due into the outbox."""

        def look() -> int:
            with open_configured() as store:
                return send_reminders(
                    store,
                    now,
                    bot_username=lambda: application.bot.username,
                    paper_zone=config.delivery.time_zone,
                )

        if await asyncio.to_thread(look):
            delivery.wake()

    async def clip(now: datetime) -> None:
        """Put the weekly clippings that are due into the outbox."""

        def look() -> int:
            with open_configured() as store:
                return send_clippings(store, now, bot_username=lambda: application.bot.username)

        if await asyncio.to_thread(look):
            delivery.wake()

    table = (
        Recurring(
            "plan digests",
            delivery.tick,
            IntervalTrigger(seconds=TICK_SECONDS),
            missed="digests are planned at the next run; those due too long ago become a line",
        ),
        Recurring(
            "look for new pages",
            look_for_new,
            IntervalTrigger(seconds=LOOK_SECONDS),
            missed="pages, alerts and promises wait for the next run",
        ),
        Recurring(
            "remind",
            remind,
            IntervalTrigger(seconds=REMIND_SECONDS),
            missed="a reminder comes at the next run, unless what it reminds of is over",
        ),
        Recurring(
            "weekly clippings",
            clip,
            IntervalTrigger(seconds=CLIP_SECONDS),
            missed="the week's clipping comes at the next run, whatever day it is by then",
        ),
    )
    fetching = Fetching(config.sources, open_configured, lambda: application.bot, config.telegram.admins)
    scheduler = schedule(
        (*table, *fetching.table(), *upkeep(config, open_configured, application.bot)), clock=clock
    )
    return App(
        config, application, delivery, inbox, scheduler, clock, fetching, in_memory=loopback is not None
    )


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    """Start everything, and stop it in the opposite order: in-flight messages finish, the rest waits in the outbox.

    Raises telegram's InvalidToken or NetworkError when the start itself fails.
    """
    application = app.application
    async with application, AsyncExitStack() as stack:
        await announce(application.bot)
        await application.start()
        stack.push_async_callback(application.stop)
        stack.push_async_callback(_stop_work, app)  # also when a start fails: they have threads
        found = await app.delivery.start(app.clock())
        log.info("start: %s", found)
        await asyncio.to_thread(_prepare_search, app.config)
        app.scheduler.start()
        stack.push_async_callback(end, app.scheduler)
        stack.callback(app.fetching.stop)
        if app.config.health.listen:
            monitor = Monitor(
                health=lambda: _health(app),
                figures=lambda: exposition(lambda: open_store(app.config), app.clock),
                listen=app.config.health.listen,
                port=app.config.health.port,
            )
            monitor.start()
            stack.push_async_callback(monitor.stop)
        stack.push_async_callback(keep_time(app.scheduler))
        # What waits in the inbox is answered before anything new is asked for.
        await app.inbox.start(app.clock(), fresh=app.in_memory)
        stack.push_async_callback(await _listen(app))
        yield


async def _stop_work(app: App) -> None:
    """Both at once: what each may take, the whole stop may take."""
    await asyncio.gather(app.inbox.stop(), app.delivery.stop())


def _prepare_search(config: Config) -> None:
    with open_store(config) as store:
        store.search.prepare()


async def _listen(app: App) -> Callable[[], Awaitable[None]]:
    """Begin to take updates; returns what ends it."""
    config = app.config
    # All kinds: my_chat_member tells who blocked the bot, and it is lost if a list leaves it out.
    wanted = list(Update.ALL_TYPES)
    if config.telegram.mode == "webhook" and config.token:
        server = WebhookServer(
            app.application.bot,
            app.inbox,
            secret=config.webhook.secret,
            health=lambda: _health(app),
            listen=config.webhook.listen,
            port=config.webhook.port,
        )
        await server.start(config.webhook.public_url, allowed_updates=wanted)
        return server.stop
    poller = Poller(app.application.bot, app.inbox, allowed=wanted, seconds=POLL_SECONDS)
    poller.start()
    return poller.stop


async def _health(app: App) -> tuple[bool, str]:
    def look() -> tuple[bool, str]:
        with Store(app.config.data.database) as store:
            health = examine(store, app.clock())
        return health.is_well, to_text(health)

    return await asyncio.to_thread(look)


def _application(config: Config, pace: Pace, loopback: BotApi | None) -> AnyApplication:
    builder = ApplicationBuilder().rate_limiter(pace).updater(None)
    if loopback is not None:
        return (
            builder.token(LOOPBACK_TOKEN)
            .request(LoopbackRequest(loopback))
            .get_updates_request(LoopbackRequest(loopback))
            .build()
        )
    return (
        builder.token(config.token)
        .base_url(config.telegram.base_url)
        .base_file_url(config.telegram.base_file_url)
        # A long read timeout: an answer given up too early is a message nobody knows the fate of.
        .request(
            SendingRequest(
                connection_pool_size=CONNECTIONS,
                read_timeout=READ_TIMEOUT_SECONDS,
                connect_timeout=10,
                pool_timeout=10,
            )
        )
        .get_updates_request(
            PollingRequest(connection_pool_size=2, read_timeout=POLL_SECONDS + 10.0, connect_timeout=10)
        )
        .build()
    )
