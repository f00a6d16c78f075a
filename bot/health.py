"""How the bot is: for /health, the operators, and the health path of webhook mode."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from store.database import Store
from store.models import OutboxCounts
from store.sources.coverage import papers_today

HEARTBEAT = "delivery"
"""The name of delivery's heartbeat row."""
TICK_SILENCE_SECONDS = 180.0
LAG_SECONDS = 1800.0
CLOCK_STEP_SECONDS = 60.0
UNANSWERED_SECONDS = 300.0
IN_DOUBT_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Health:
    """What an operator asks first. `problems` is empty when all is well.

    `in_doubt` names the newest parts of which nobody knows whether they arrived; `inbox` counts updates not answered yet;
    `papers` says how today's paper of each that is fetched stands.
    """

    last_tick_at: datetime | None
    tick_age_seconds: float | None
    lag_seconds: float
    oldest_waiting: datetime | None
    outbox: OutboxCounts
    subscribers: int
    active: int
    problems: tuple[str, ...]
    in_doubt: tuple[str, ...] = ()
    inbox: int = 0
    papers: tuple[str, ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.problems


def examine(store: Store, now: datetime) -> Health:
    """The health as the rows tell it; any process may ask."""
    beat = store.heartbeats.last(HEARTBEAT)
    counts = store.outbox.counts()
    age = (now - beat.at).total_seconds() if beat else None
    oldest = counts.oldest_waiting
    lag = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
    problems = []
    if age is None:
        problems.append("no tick yet")
    elif age > TICK_SILENCE_SECONDS:
        problems.append(f"no tick for {age:.0f} s")
    elif age < -CLOCK_STEP_SECONDS:
        problems.append(f"the clock was set back: the last tick lies {-age:.0f} s ahead of it")
    came = store.inbox.oldest()
    unanswered = (now - came).total_seconds() if came else 0.0
    if unanswered > UNANSWERED_SECONDS:
        problems.append(f"an update has waited for its answer for {unanswered / 60:.0f} min")
    if beat is not None and beat.detail:
        problems.append(beat.detail)
    paused = store.holds.paused_since()
    if paused is not None:
        problems.append(f"an operator has paused sending ({paused:%m-%d %H:%M} UTC); /pause sends again")
    elif lag > LAG_SECONDS:
        problems.append(f"the oldest waiting message is {lag / 60:.0f} min late")
    return Health(
        last_tick_at=beat.at if beat else None,
        tick_age_seconds=age,
        lag_seconds=lag,
        oldest_waiting=oldest,
        outbox=counts,
        subscribers=store.subscribers.count(),
        active=store.subscribers.count(active=True),
        problems=tuple(problems),
        in_doubt=tuple(
            f"part {one.outbox_id}: {one.kind} {one.day or ''} {one.part}/{one.parts} for subscriber {one.subscriber_id},"
            f" {one.attempted_at:%m-%d %H:%M} UTC: {one.reason}"
            for one in store.outbox.uncertain(IN_DOUBT_SHOWN)
        ),
        inbox=store.inbox.waiting(),
        papers=papers_today(store, now),
    )


def to_text(health: Health) -> str:
    """A few lines, in English: operators and monitors read them."""
    counts = health.outbox
    tick = f"{health.tick_age_seconds:.0f} s ago" if health.tick_age_seconds is not None else "never"
    oldest = health.oldest_waiting.isoformat(timespec="seconds") if health.oldest_waiting else "none"
    lines = [
        "ok" if health.is_well else "trouble: " + "; ".join(health.problems),
        f"last tick {tick}, lag {health.lag_seconds:.0f} s, oldest waiting {oldest}",
        f"outbox: waiting {counts.waiting}, sending {counts.sending}, sent {counts.sent}, uncertain {counts.uncertain},"
        f" failed {counts.failed}, expired {counts.expired}",
        f"subscribers: {health.active} active of {health.subscribers}; updates not answered yet: {health.inbox}",
    ]
    if health.papers:
        lines += ["papers today:", *health.papers]
    if health.in_doubt:
        lines.append(
            "it is not known whether these arrived; a digest's articles come again with the next one:"
        )
        lines += health.in_doubt
        if counts.uncertain > len(health.in_doubt):
            lines.append(f"… and {counts.uncertain - len(health.in_doubt)} more")
    return "\n".join(lines)


def to_json(health: Health) -> dict[str, Any]:
    """The same for machines."""
    facts = asdict(health)
    for name in ("last_tick_at", "oldest_waiting"):
        facts[name] = facts[name].isoformat() if facts[name] else None
    oldest = facts["outbox"]["oldest_waiting"]
    facts["outbox"]["oldest_waiting"] = oldest.isoformat() if oldest else None
    return {"ok": health.is_well, **facts}
