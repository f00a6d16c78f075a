"""The tables `topics` and `channels`: where in a forum a group is served, and which subscribers are channels."""

from __future__ import annotations

from dataclasses import dataclass

from store.connection import Connection


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that is served; `owner_id` is the person who subscribed it, `username` "" for a private one."""

    subscriber_id: int
    title: str
    username: str
    owner_id: int


class Groups:
    """Topics and channels."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def put_topic(self, subscriber_id: int, thread_id: int) -> None:
        """The topic a group's messages go to; 0 takes it away."""
        if thread_id:
            self._db.execute(
                "INSERT INTO topics (subscriber_id, thread_id) VALUES (?, ?)"
                " ON CONFLICT (subscriber_id) DO UPDATE SET thread_id = excluded.thread_id",
                [subscriber_id, thread_id],
            )
        else:
            self._db.execute("DELETE FROM topics WHERE subscriber_id = ?", [subscriber_id])

    def topic(self, subscriber_id: int) -> int:
        """The topic, 0 for none."""
        return int(
            self._db.value("SELECT thread_id FROM topics WHERE subscriber_id = ?", [subscriber_id]) or 0
        )

    def put_channel(self, channel: Channel) -> None:
        """Note that a subscriber is a channel, and whose; the last who subscribed it counts."""
        self._db.execute(
            "INSERT INTO channels (subscriber_id, title, username, owner_id) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (subscriber_id) DO UPDATE SET title = excluded.title, username = excluded.username,"
            " owner_id = excluded.owner_id",
            [channel.subscriber_id, channel.title, channel.username, channel.owner_id],
        )

    def channel(self, subscriber_id: int) -> Channel | None:
        """The channel that a subscriber is, or None."""
        row = self._db.row("SELECT * FROM channels WHERE subscriber_id = ?", [subscriber_id])
        return Channel(row["subscriber_id"], row["title"], row["username"], row["owner_id"]) if row else None
