"""New articles, whoever brought them: read the watched folder, ring for followers, keep promises.

Articles enter by `baozhai ingest` (another process) or from the folder named in the configuration; a watermark says up to
which of them the bot has done its part, in the transaction that does it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.arrivals.alerts import AlertReport, after_ingest
from store.database import Store
from store.ingest import ingest
from store.readers import USUAL, Limits, suffixes

log = logging.getLogger(__name__)

WATERMARK = "alerts"
AT_ONCE = 500
"""Articles a transaction: ringing reads each against each rule."""


def tell_of_new(store: Store, now: datetime, *, bot_username: Callable[[], str], a_day: int) -> AlertReport:
    """Do for all new articles what followers and askers wait for, once. A store seen for the first time is not news."""
    alerts = promises = 0
    while True:
        with store.transaction():
            newest, done = store.articles.newest_id(), store.watermarks.get(WATERMARK)
            if done is None:
                store.watermarks.set(WATERMARK, newest)
            if done is None or done >= newest:
                return AlertReport(alerts, promises)
            fresh = [article.id for article in store.articles.between(done, min(newest, done + AT_ONCE))]
            report = after_ingest(store, fresh, now, bot_username=bot_username, a_day=a_day)
            store.watermarks.set(WATERMARK, min(newest, done + AT_ONCE))
        alerts, promises = alerts + report.alerts, promises + report.promises


def read_folder(
    store: Store,
    folder: Path,
    now: datetime,
    *,
    looked_at: dict[Path, tuple[int, int]],
    limits: Limits = USUAL,
) -> int:
    """Read the files of a watched folder that changed since the last look; how many pages were new or corrected.

    `looked_at` holds size and time of what was read, so that a look at an unchanged folder costs nothing. A file that
    is still being written is read again when it has changed. Raises StoreError when the database is full or locked; then
    nothing of this look counts as read, and the next one reads it.
    """
    changed = {}
    for file in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):  # gone since it was listed
            if file.is_file() and looked_at.get(file) != (facts := _facts(file)):
                changed[file] = facts
    read = 0
    wanted = [file for file in changed if not file.name.startswith(".") and file.suffix.lower() in suffixes()]
    for report in ingest(store, wanted, now=now, limits=limits):
        if report.outcome == "failed":
            log.warning("%s was not read: %s", report.source, report.reason)
        elif report.outcome != "unchanged":
            read += 1
            log.info("%s: %s, %d articles", report.source, report.outcome, report.articles)
    looked_at.update(changed)
    return read


def _facts(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns
