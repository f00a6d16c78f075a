"""Small fakes for the bot's seams: a builder, a composer, a Telegram that records and fails on cue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from digests.errors import NoArticles
from store.database import Store
from store.models import (
    Button,
    Digest,
    Item,
    PageRef,
    PageText,
    ParsedArticle,
    ParsedPage,
    Part,
    Profile,
    Reason,
)

NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
"""Tuesday 2026-03-10 12:00 in Shanghai."""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> datetime:
        """Let time pass."""
        self.now += timedelta(**span)
        return self.now


def add_page(
    store: Store, day: date, number: int, titles: list[str], now: datetime, paper: str = "河湾日报"
) -> list[int]:
    """A page with one article a title; the ids of its articles."""
    before = store.articles.newest_id()
    parsed = ParsedPage(tuple(ParsedArticle("article", title, (f"{title}的正文。",)) for title in titles))
    put_page(store, PageRef(paper, day, number), parsed, now)
    return [article.id for article in store.articles.between(before, store.articles.newest_id())]


def put_page(store: Store, page: PageRef, parsed: ParsedPage, now: datetime) -> None:
    """Write a parsed page as ingest does."""
    store.editions.put(page, PageText((f"{page} {now}",)), parsed, source=f"{page}", now=now)


def build(store: Store, *, profile: Profile, after: int, upto: int, day: date, now: datetime) -> Digest:
    """All articles of the range, in order of arrival; NoArticles when there is none."""
    articles = store.articles.between(after, upto)
    if not articles:
        raise NoArticles(day, None, None)
    digest = Digest(
        id=0,
        kind="delivery",
        day=day,
        profile_key=profile.key,
        after=after,
        upto=upto,
        built_at=now,
        items=tuple(Item(article, "", "summary", Reason("day")) for article in articles),
    )
    return store.digests.put(digest, input_hash=" ".join(f"{a.id}.{a.revision}" for a in articles))


@dataclass
class Composing:
    """Composes `items_a_part` items a part; counts how often it was asked."""

    items_a_part: int = 3
    calls: int = 0

    def __call__(self, digest: Digest, *, language: str, length: str, bot_username: str) -> tuple[Part, ...]:
        self.calls += 1
        items = digest.items
        cuts = range(0, len(items), self.items_a_part)
        return tuple(
            Part(
                f"<b>{digest.day}</b> {language}\n"
                + "\n".join(
                    f"#{item.article.id} {item.article.title}"
                    for item in items[cut : cut + self.items_a_part]
                ),
                ((Button("下一页", data=f"next {number}"),),),
            )
            for number, cut in enumerate(cuts)
        )


def missed_line(days: tuple[date, ...], *, language: str) -> Part:
    """One line."""
    return Part("错过 " + " ".join(day.isoformat() for day in days))


@dataclass
class SentMessage:
    """What the fake Telegram took."""

    chat_id: int
    text: str
    parse_mode: str | None
    silent: bool
    message_id: int
    at: datetime


@dataclass
class FakeTelegram:
    """Takes messages, or raises what `trouble(chat_id, text)` returns; `after` accepts first and raises then."""

    clock: Callable[[], datetime]
    trouble: Callable[[int, str], BaseException | None] = lambda chat_id, text: None
    after: Callable[[int, str], BaseException | None] = lambda chat_id, text: None
    sent: list[SentMessage] = field(default_factory=list)
    edited: list[SentMessage] = field(default_factory=list)
    calls: int = 0
    probes: int = 0
    probe_trouble: Callable[[], BaseException | None] = lambda: None
    rate_limiter: None = None

    async def send_message(self, chat_id: int, text: str, **options: Any) -> SentMessage:
        """Telegram's sendMessage."""
        self.calls += 1
        error = self.trouble(chat_id, text)
        if error is not None:
            raise error
        message = SentMessage(
            chat_id,
            text,
            options.get("parse_mode"),
            bool(options.get("disable_notification")),
            len(self.sent) + 1,
            self.clock(),
        )
        self.sent.append(message)
        error = self.after(chat_id, text)
        if error is not None:
            raise error
        return message

    async def edit_message_text(self, text: str, *, chat_id: int, message_id: int, **options: Any) -> bool:
        """Telegram's editMessageText."""
        self.calls += 1
        error = self.trouble(chat_id, text)
        if error is not None:
            raise error
        old = next(message for message in self.sent if message.message_id == message_id)
        self.edited.append(replace(old, text=text))
        error = self.after(chat_id, text)
        if error is not None:
            raise error
        return True

    async def get_me(self) -> None:
        """Telegram's getMe."""
        self.probes += 1
        error = self.probe_trouble()
        if error is not None:
            raise error

    def to(self, chat_id: int) -> list[str]:
        """The texts a chat got."""
        return [message.text for message in self.sent if message.chat_id == chat_id]


def subscribe(store: Store, chat_id: int, now: datetime, **settings: Any) -> int:
    """A subscriber with settings; the id."""
    store.subscribers.seen(chat_id, "zh", now)
    record = store.subscribers.subscribe(chat_id, now)
    if settings:
        store.subscribers.save(replace(record, **settings), now)
    return record.id


def opener(folder: Path) -> Callable[[], Store]:
    """Opens the database in a folder."""
    return lambda: Store(folder / "baozhai.db")
