"""The tables `profiles` and `profile_choices`: equal settings are one row, whoever has them."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from typing import cast

from store.connection import Connection
from store.models import Profile
from store.models.subscribers import Length, Order

_KINDS = (("paper", "papers"), ("place", "places"), ("follow", "follows"), ("mute", "mutes"))
_KEPT = 4096
"""Profiles kept in memory; rows under a key never change, so they need no refreshing."""


class Profiles:
    """Profiles by key."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._known: OrderedDict[str, Profile] = OrderedDict()

    def put(self, profile: Profile) -> str:
        """Save the profile unless it is there; its key."""
        key = profile.key
        with self._db.transaction():
            fresh = self._db.execute(
                "INSERT OR IGNORE INTO profiles VALUES (?, ?, ?, ?)",
                [key, profile.length, profile.order, int(profile.only_matching)],
            )
            if fresh.rowcount:
                self._db.executemany(
                    "INSERT INTO profile_choices VALUES (?, ?, ?, ?)",
                    [
                        (key, kind, n, text)
                        for kind, name in _KINDS
                        for n, text in enumerate(getattr(profile, name))
                    ],
                )
        return key

    def get(self, key: str) -> Profile:
        """The profile under a key that stands in a subscriber's row."""
        known = self._known.get(key)
        if known is not None:
            return known
        row = self._db.row("SELECT * FROM profiles WHERE key = ?", [key])
        assert row is not None, "a foreign key keeps profiles in use"
        chosen: dict[str, list[str]] = defaultdict(list)
        for choice in self._db.rows(
            "SELECT kind, text FROM profile_choices WHERE profile_key = ? ORDER BY kind, position", [key]
        ):
            chosen[choice["kind"]].append(choice["text"])
        profile = Profile(
            papers=tuple(chosen["paper"]),
            places=tuple(chosen["place"]),
            follows=tuple(chosen["follow"]),
            mutes=tuple(chosen["mute"]),
            length=cast(Length, row["length"]),
            order=cast(Order, row["item_order"]),
            only_matching=bool(row["only_matching"]),
        )
        self._known[key] = profile
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return profile
