"""What keeps a bot healthy while nobody looks: the nightly backup, old rows let go, operators told of trouble.

Each trouble is told to every operator once when it begins and once when it is over; what was told stands in a row
(store/tables/troubles.py), so a restart tells nothing twice.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.interval import IntervalTrigger
from telegram import Bot
from telegram.error import TelegramError

from bot.commands.prune import retention
from bot.config import Config
from bot.health import examine
from bot.schedule import Recurring
from store.backups import back_up, file_name, newest, remove_old
from store.database import Store
from store.errors import StoreError
from store.retention import prune
from store.tables.troubles import Change

log = logging.getLogger(__name__)

BACKUP_LOOK = IntervalTrigger(minutes=10)
TROUBLE_LOOK = IntervalTrigger(seconds=60)
LEAST_FREE_BYTES = 200_000_000
"""Below this the disk is said to be nearly full, as `baozhai check` says."""
_BACKUP_LATE = timedelta(hours=36)

OpenStore = Callable[[], Store]


def upkeep(config: Config, open_store: OpenStore, bot: Bot) -> tuple[Recurring, ...]:
    """The recurring jobs of upkeep; with no operators configured nobody is told, with no backup folder none is taken."""

    async def nightly(now: datetime) -> None:
        await asyncio.to_thread(keep_and_let_go, config, open_store, now)

    async def tell(now: datetime) -> None:
        await tell_operators(config, open_store, bot, now)

    return (
        Recurring(
            "back up and prune",
            nightly,
            BACKUP_LOOK,
            missed="the backup of the night is taken at the next run",
        ),
        Recurring("tell operators", tell, TROUBLE_LOOK, missed="operators hear of a trouble at the next run"),
    )


def backup_due(last: datetime | None, config: Config, now: datetime) -> bool:
    """Whether the newest backup is from before the last time the clock struck [backup] hour."""
    zone = ZoneInfo(config.delivery.time_zone)
    today = now.astimezone(zone).replace(
        hour=config.backup.hour.hour, minute=config.backup.hour.minute, second=0, microsecond=0
    )
    struck = today if today <= now else today - timedelta(days=1)
    return last is None or last < struck


def keep_and_let_go(config: Config, open_store: OpenStore, now: datetime) -> None:
    """Take the night's backup if it is due, then remove what is older than it is kept. Trouble is logged, never raised."""
    folder = config.backup.folder
    if folder is None or not backup_due(newest(folder), config, now):
        return
    try:
        made = back_up(config.data.database, folder / file_name(now), now=now)
        log.info("backup %s: %.1f MB, verified", made.file.name, made.file_bytes / 1e6)
        for old in remove_old(folder, keep=timedelta(days=config.backup.keep_days), now=now):
            log.info("backup %s removed", old.name)
        with open_store() as store:
            gone = prune(store.db, retention(config.retention), now)
        log.info("pruned %d rows", gone.rows)
    except StoreError as error:
        log.error("no backup: %s", error)


def troubles(config: Config, store: Store, now: datetime) -> Iterator[tuple[str, str]]:
    """(name, what is wrong in a sentence) of each present trouble; the name stays the same while it lasts."""
    for problem in examine(store, now).problems:
        yield problem.split(" for ")[0].split(" (")[0][:60], problem
    try:
        free = shutil.disk_usage(config.data.folder).free
    except OSError as error:
        yield "data folder", f"the data folder cannot be read: {error.strerror}"
    else:
        if free < LEAST_FREE_BYTES:
            yield "disk", f"the disk of the data folder has only {free / 1e6:.0f} MB left"
    unread = store.editions.unread()
    if unread:
        shown = "; ".join(f"{source}: {reason}" for source, reason in unread[:3])
        yield "unread files", f"{len(unread)} files could not be read: {shown}"
    if config.backup.folder is not None:
        last = newest(config.backup.folder)
        if last is None or now - last > _BACKUP_LATE:
            yield "backup", "there has been no good backup for more than a day"


async def tell_operators(config: Config, open_store: OpenStore, bot: Bot, now: datetime) -> None:
    """Tell each operator what began and what is over since the last look."""
    if not config.telegram.admins:
        return

    def look() -> list[Change]:
        with open_store() as store:
            present: Mapping[str, str] = dict(troubles(config, store, now))
            return store.troubles.note(present, now)

    changes = await asyncio.to_thread(look)
    told = [change for change in changes if await _send(bot, config.telegram.admins, change)]

    def write() -> None:
        with open_store() as store:
            store.troubles.told(told, now)

    if told:
        await asyncio.to_thread(write)


async def _send(bot: Bot, admins: frozenset[int], change: Change) -> bool:
    """Whether at least one operator has it; one who blocked the bot does not keep the others from hearing again."""
    text = f"✅ Over: {change.says}" if change.over else f"⚠️ {change.says}"
    reached = False
    for admin in sorted(admins):
        try:
            await _patient(bot.send_message(admin, text))
            reached = True
        except TelegramError as error:
            log.warning("operator not told: %s", type(error).__name__)
    return reached


async def _patient(call: Awaitable[object]) -> None:
    await call
