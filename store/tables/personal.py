"""What the database holds about one person: to show it (/mydata), to remove it (/forget).

Both read the schema, so that a table added later cannot be forgotten here: a row is personal when a column refers to
the subscriber, or is named `chat_id`.
"""

from __future__ import annotations

from typing import Any

from store.connection import Connection


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
                "SELECT html FROM outbox JOIN digest_messages ON digest_messages.id = outbox.message_id"
                " WHERE outbox.subscriber_id = ? ORDER BY outbox.id",
                [row["id"]],
            )
        ]
        if messages:
            found["messages"] = messages
    return found


def forget(db: Connection, chat_id: int) -> bool:
    """Remove every row about the chat, in one transaction; False when there was none."""
    with db.transaction():
        subscriber_id = db.value("SELECT id FROM subscribers WHERE chat_id = ?", [chat_id])
        removed = 0
        own: list[int] = []
        if subscriber_id is not None:
            own = [
                row["mailing_id"]
                for row in db.rows(
                    "SELECT DISTINCT outbox.mailing_id FROM outbox JOIN mailings ON mailings.id = outbox.mailing_id"
                    " WHERE outbox.subscriber_id = ? AND mailings.digest_id IS NULL",
                    [subscriber_id],
                )
            ]
        for table, column in _personal_columns(db):
            if column == "chat_id":
                removed += db.execute(f'DELETE FROM "{table}" WHERE chat_id = ?', [chat_id]).rowcount
        # The rest hangs on the subscriber and goes with it: ON DELETE CASCADE, or SET NULL where the row outlives it.
        removed += db.execute("DELETE FROM subscribers WHERE chat_id = ?", [chat_id]).rowcount
        for mailing_id in own:
            db.execute(
                "DELETE FROM mailings WHERE id = ? AND NOT EXISTS (SELECT 1 FROM outbox WHERE mailing_id = mailings.id)",
                [mailing_id],
            )
        db.execute("DELETE FROM profiles WHERE key NOT IN (SELECT profile_key FROM subscribers)")
    return removed > 0
