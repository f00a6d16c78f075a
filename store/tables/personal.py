"""What the database holds about one person: to show it (/mydata), to remove it (/forget).

Both read the schema, so that a table added later cannot be forgotten here: a row is personal when a column refers to
the subscriber, or is named `chat_id`.
"""

from __future__ import annotations

from typing import Any

from store.connection import Connection
from store.models.subscribers import Profile

_NOBODYS = (
    "DELETE FROM mailings WHERE (digest_id IN (SELECT id FROM digests WHERE profile_key NOT IN (SELECT key FROM used))"
    " OR kind = 'notice' AND substr(subject, -16) NOT IN (SELECT key FROM used))"
    " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.mailing_id = mailings.id)",
    "DELETE FROM digests WHERE profile_key NOT IN (SELECT key FROM used)"
    " AND NOT EXISTS (SELECT 1 FROM mailings WHERE mailings.digest_id = digests.id)",
    "DELETE FROM profiles WHERE key NOT IN (SELECT profile_key FROM subscribers)",
)
"""What was made for settings that nobody has any more: follows stand in digests as reasons, and in messages. What was
sent to somebody else stays. (The subject of a weekly review ends with the key of its profile.)"""
_USED = "WITH used(key) AS (SELECT profile_key FROM subscribers UNION SELECT :newcomer) "
"""The settings that somebody has, and those of a newcomer, under which `baozhai digest` keeps its digests."""


def _personal_columns(db: Connection) -> list[tuple[str, str]]:
    """(table, column) pairs that name a person: references to subscribers, and chat ids."""
    found = []
    for (table,) in db.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ):
        for key in db.rows(f'PRAGMA foreign_key_list("{table}")'):
            if key["table"] == "subscribers":
                found.append((table, key["from"]))
        if table != "subscribers" and any(
            column["name"] == "chat_id" for column in db.rows(f'PRAGMA table_info("{table}")')
        ):
            found.append((table, "chat_id"))
    return found


def everything(db: Connection, chat_id: int) -> dict[str, Any]:
    """Every row about the chat by table, as JSON takes it; messages sent are there with their text."""
    row = db.row("SELECT * FROM subscribers WHERE chat_id = ?", [chat_id])
    found: dict[str, Any] = {} if row is None else {"subscriber": dict(row)}
    if row is not None:
        key = row["profile_key"]
        profile = db.row("SELECT length, item_order, only_matching FROM profiles WHERE key = ?", [key])
        found["profile"] = dict(profile) if profile else {}
        found["profile_choices"] = [
            dict(choice)
            for choice in db.rows(
                "SELECT kind, text FROM profile_choices WHERE profile_key = ? ORDER BY kind, position", [key]
            )
        ]
    for table, column in _personal_columns(db):
        value = chat_id if column == "chat_id" else row["id"] if row is not None else None
        rows = [dict(one) for one in db.rows(f'SELECT * FROM "{table}" WHERE "{column}" = ?', [value])]
        if rows:
            found.setdefault(table, []).extend(rows)
    if row is not None:
        messages = [
            one["html"]
            for one in db.rows(
                "SELECT html FROM digest_messages WHERE id IN (SELECT message_id FROM outbox WHERE subscriber_id = ?)"
                " OR mailing_id IN (SELECT id FROM mailings WHERE subscriber_id = ?) ORDER BY id",
                [row["id"], row["id"]],
            )
        ]
        if messages:
            found["messages"] = messages
    return found


def forget(db: Connection, chat_id: int) -> bool:
    """Remove every row about the chat, in one transaction; False when there was none."""
    with db.transaction():
        removed = 0
        for table, column in _personal_columns(db):
            if column == "chat_id":
                removed += db.execute(f'DELETE FROM "{table}" WHERE chat_id = ?', [chat_id]).rowcount
        # The rest hangs on the subscriber and goes with it: ON DELETE CASCADE, or SET NULL where the row outlives it.
        removed += db.execute("DELETE FROM subscribers WHERE chat_id = ?", [chat_id]).rowcount
        for statement in _NOBODYS:
            db.execute(_USED + statement, {"newcomer": Profile().key})
    return removed > 0
