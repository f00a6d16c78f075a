"""What goes to the log, and what never does: no token, no message body, at whatever level.

Lines are `time LEVEL logger message key=value …`, one a fact, to be read by people and cut by scripts.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

from bot.printable import printable

# httpx writes request lines (the token is in the path) at INFO, httpcore headers and paths at DEBUG;
# python-telegram-bot writes whole messages at DEBUG; APScheduler warns of each tick skipped while one is running.
_QUIETED = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.INFO,
    "apscheduler": logging.ERROR,
    "asyncio": logging.INFO,
    "jieba": logging.WARNING,
    "opensearch": logging.ERROR,  # a line for every question that found nothing; we say it once ourselves
}
_TOKEN = re.compile(r"\b(?:bot)?(\d{1,20}):[A-Za-z0-9_-]{10,}")
"""A token wherever it may slip into a line, a trace included; the bot's id before the colon is no secret."""


class Redacting(logging.Formatter):
    """Writes (hidden) where a token stands, also in traces."""

    def __init__(self, form: str, *, token: str = "") -> None:
        super().__init__(form)
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """The line without tokens and without what would command a terminal."""
        line = printable(super().format(record))
        if self._token:
            line = line.replace(self._token, "(hidden)")
        return _TOKEN.sub(r"\1:(hidden)", line)


class Json(Redacting):
    """One JSON object a line: at, level, logger, message, and trace where there is one."""

    def __init__(self, *, token: str = "") -> None:
        super().__init__("%(message)s", token=token)

    def format(self, record: logging.LogRecord) -> str:
        """The line without tokens."""
        whole = super().format(record)
        said = whole.split("\n", 1)
        facts = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": whole if record.exc_info is None else said[0],
        }
        if record.exc_info is not None and len(said) > 1:
            facts["trace"] = said[1]
        return json.dumps(facts, ensure_ascii=False)


def configure(level: str, *, token: str = "", timed: bool = True, form: str = "text") -> None:
    """Log to stderr from `level` on; `timed` lines begin with the time, `form` "json" writes an object a line."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        Json(token=token)
        if form == "json"
        else Redacting(("%(asctime)s " if timed else "") + "%(levelname)s %(name)s: %(message)s", token=token)
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, least in _QUIETED.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))
