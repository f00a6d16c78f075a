"""What goes to the log, and what never does: no token, no message body, at whatever level.

Lines are `time LEVEL logger message key=value …`, one a fact, to be read by people and cut by scripts.
"""

from __future__ import annotations

import logging
import re

# httpx writes request lines (the token is in the path) at INFO, httpcore headers and paths at DEBUG;
# python-telegram-bot writes whole messages at DEBUG; APScheduler warns of each tick skipped while one is running.
_QUIETED = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.INFO,
    "apscheduler": logging.ERROR,
    "asyncio": logging.INFO,
    "jieba": logging.WARNING,
}
_TOKEN = re.compile(r"\b(?:bot)?(\d{1,20}):[A-Za-z0-9_-]{10,}")
"""A token wherever it may slip into a line, a trace included; the bot's id before the colon is no secret."""


class Redacting(logging.Formatter):
    """Writes (hidden) where a token stands, also in traces."""

    def __init__(self, form: str, *, token: str = "") -> None:
        super().__init__(form)
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """The line without tokens."""
        line = super().format(record)
        if self._token:
            line = line.replace(self._token, "(hidden)")
        return _TOKEN.sub(r"\1:(hidden)", line)


def configure(level: str, *, token: str = "", timed: bool = True) -> None:
    """Log to stderr from `level` on; `timed` lines begin with the time."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        Redacting(("%(asctime)s " if timed else "") + "%(levelname)s %(name)s: %(message)s", token=token)
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, least in _QUIETED.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))
