"""Corrections edit what was sent; pages that came late are added to today's digest for those who want it so.

Runs after each planning, in the same thread; a digest that needs no mending costs one query.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery.seams import Builder, Composer
from bot.texts import say
from digests.errors import NoArticles
from store.database import Store
from store.models import Digest, Part
from store.models.delivery import SentDigest

log = logging.getLogger(__name__)

MENDED_DAYS = 2
"""Older digests are left as they are: nobody reads them again, and every edit counts against the pace."""
_ANYWAY = timedelta(minutes=10)
"""A correction may come while its digest still waits: look again after it was sent."""


class Refresher:
    """Knows when it looked last, so that a tick without news costs next to nothing."""

    def __init__(self, build: Builder, compose: Composer, username: Callable[[], str]) -> None:
        self._build = build
        self._compose = compose
        self._username = username
        self._seen: tuple[object, ...] = ()
        self._looked_at: datetime | None = None

    def refresh(self, store: Store, now: datetime) -> int:
        """Put the edits that are needed into the outbox; how many."""
        since = (now - timedelta(days=MENDED_DAYS)).date()
        seen = store.edits.signature(since)
        if seen == self._seen and self._looked_at is not None and now - self._looked_at < _ANYWAY:
            return 0
        self._seen, self._looked_at = seen, now
        newest = store.articles.newest_id()
        edited = 0
        for sent in store.edits.sent_since(since):
            try:
                edited += self._one(store, sent, newest, now)
            except Exception:  # one digest's trouble must not keep the others from being mended
                log.exception("digest not refreshed: digest=%d", sent.digest_id)
        return edited

    def _one(self, store: Store, sent: SentDigest, newest: int, now: datetime) -> int:
        if newest > sent.upto and store.edits.wants_late(sent):
            latest = store.edits.newest_day(sent.upto, newest)
            if latest is not None and latest <= sent.day:
                # Pages of a later day belong to that day's digest.
                whole = self._digest(store, sent, newest, now)
                if whole is not None:
                    return store.edits.add_late(sent, self._mailing(store, whole, sent, now), newest, now)
        before = store.digests.get(sent.digest_id)
        digest = self._digest(store, sent, sent.upto, now)
        if digest is None:
            # All it had was retracted or corrected away: nothing of it may stay in the chats.
            return store.edits.correct(sent, self._withdrawn(store, sent, now), now)
        if digest.revision <= sent.revision:
            return 0
        # What came later is in a later digest: the head line goes on saying what this one was made from.
        digest = replace(digest, editions=before.editions, missing=before.missing)
        return store.edits.correct(sent, self._mailing(store, digest, sent, now, correction=True), now)

    def _digest(self, store: Store, sent: SentDigest, upto: int, now: datetime) -> Digest | None:
        profile = store.subscribers.profiles.get(sent.profile_key)
        try:
            digest = self._build(store, profile=profile, after=sent.after, upto=upto, day=sent.day, now=now)
        except NoArticles:
            return None
        return digest if digest.items else None

    def _mailing(
        self, store: Store, digest: Digest, sent: SentDigest, now: datetime, *, correction: bool = False
    ) -> int:
        def compose() -> tuple[Part, ...]:
            length = store.subscribers.profiles.get(sent.profile_key).length
            fresh = self._compose(
                digest, language=sent.language, length=length, bot_username=self._username()
            )
            return marked(fresh, _parts(store, sent), language=sent.language) if correction else fresh

        return store.mailings.for_digest("edit", digest, compose, now, language=sent.language)

    def _withdrawn(self, store: Store, sent: SentDigest, now: datetime) -> int:
        parts = [Part(say(sent.language, "digest_withdrawn")) for _ in _parts(store, sent)]
        subject = f"withdrawn {sent.mailing_id}"
        return store.mailings.put("edit", subject, parts, now, language=sent.language, day=sent.day)


def marked(fresh: Sequence[Part], stale: Sequence[Part], *, language: str) -> tuple[Part, ...]:
    """The corrected parts as they go out: those that say something else now say so (更正); what stays keeps its words.

    A part that the corrected digest has no more is left with a line, for its message stands in the chat.
    """
    mark = say(language, "digest_corrected")
    parts = []
    for number in range(max(len(fresh), len(stale))):
        old = stale[number] if number < len(stale) else None
        if number >= len(fresh):
            parts.append(Part(mark))
        elif old is not None and old.html.removesuffix(f"\n{mark}") == fresh[number].html:
            parts.append(old)
        else:
            parts.append(replace(fresh[number], html=f"{fresh[number].html}\n{mark}"))
    return tuple(parts)


def _parts(store: Store, sent: SentDigest) -> list[Part]:
    return [store.mailings.message(message_id) for message_id in store.mailings.message_ids(sent.mailing_id)]
