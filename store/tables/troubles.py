"""The table `troubles`: what is wrong now, since when, and whether operators were told; and `acts`, what they did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from store.connection import Connection
from store.instants import to_text


@dataclass(frozen=True, slots=True)
class Change:
    """A trouble that began, or (`over`) ended, and that nobody was told of yet."""

    name: str
    says: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What an operator did."""

    at: str
    user_id: int
    act: str
    subject: str
    outcome: str


class Troubles:
    """A row while a trouble lasts."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def note(self, present: Mapping[str, str], now: datetime) -> list[Change]:
        """Write down what is wrong at `now`; what operators have to be told."""
        with self._db.transaction():
            known = {row["name"]: row for row in self._db.rows("SELECT * FROM troubles")}
            for name, says in present.items():
                self._db.execute(
                    "INSERT INTO troubles (name, says, since_at) VALUES (?, ?, ?)"
                    " ON CONFLICT (name) DO UPDATE SET says = excluded.says",
                    [name, says, to_text(now)],
                )
            for name, row in known.items():
                if name not in present and row["told_at"] is None:  # nobody knows of it: nothing to take back
                    self._db.execute("DELETE FROM troubles WHERE name = ?", [name])
        began = [
            Change(name, says)
            for name, says in present.items()
            if name not in known or known[name]["told_at"] is None
        ]
        over = [
            Change(name, row["says"], over=True)
            for name, row in known.items()
            if name not in present and row["told_at"] is not None
        ]
        return [*began, *over]

    def told(self, changes: Sequence[Change], now: datetime) -> None:
        """At least one operator knows of these."""
        with self._db.transaction():
            for change in changes:
                if change.over:
                    self._db.execute("DELETE FROM troubles WHERE name = ?", [change.name])
                else:
                    self._db.execute(
                        "UPDATE troubles SET told_at = ? WHERE name = ?", [to_text(now), change.name]
                    )


class Acts:
    """What operators did, for whoever asks later."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, user_id: int, act: str, subject: str, outcome: str, now: datetime) -> None:
        """Write down an act; inside the transaction that did it."""
        self._db.execute(
            "INSERT INTO acts (at, user_id, act, subject, outcome) VALUES (?, ?, ?, ?, ?)",
            [to_text(now), user_id, act, subject, outcome],
        )

    def newest(self, limit: int = 20) -> list[Act]:
        """The newest first."""
        return [
            Act(row["at"], row["user_id"], row["act"], row["subject"], row["outcome"])
            for row in self._db.rows("SELECT * FROM acts ORDER BY id DESC LIMIT ?", [limit])
        ]
