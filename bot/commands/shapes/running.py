"""The house itself: check, health, prune, upgrade."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from bot.commands.shapes.days import Instant


class CheckFinding(TypedDict):
    """One thing looked at."""

    what: str
    ok: bool
    says: str
    mend: Annotated[str, "How to mend it, or empty"]


class Check(TypedDict):
    """`baozhai check --json`."""

    ok: bool
    findings: list[CheckFinding]


class Outbox(TypedDict):
    """Messages by state."""

    waiting: int
    sending: int
    sent: int
    uncertain: int
    failed: int
    expired: int
    oldest_waiting: Instant | None


class Health(TypedDict):
    """`baozhai health --json`."""

    ok: bool
    last_tick_at: Instant | None
    tick_age_seconds: float | None
    lag_seconds: float
    oldest_waiting: Instant | None
    outbox: Outbox
    subscribers: int
    active: int
    problems: list[str]
    in_doubt: list[str]
    inbox: Annotated[int, "Updates not answered yet"]
    papers: Annotated[list[str], "How today's paper of each that is fetched stands"]


class Prune(TypedDict):
    """`baozhai prune --json`: rows removed (or with --dry-run to be removed), by kind."""

    dry_run: bool
    messages: int
    mailings: int
    searches: int
    digests: int
    page_texts: int
    page_text_bytes: int
    freed_bytes: int


class Upgrade(TypedDict):
    """`baozhai upgrade --json`."""

    due: Annotated[list[str], "Names of migrations"]
    tried: Annotated[bool, "On a copy (--check)"]
    done: bool
    backup: Annotated[str, "The file, or empty"]
    problems: list[str]
    articles: NotRequired[int]
    subscribers: NotRequired[int]
