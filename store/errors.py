"""Errors of the store.

    BaozhaiError
      StoreError        ArticleNotFound, SubscriberNotFound, DigestNotFound, SchemaTooNew, InvalidRule,
                        QueryTooSlow, StoreBusy, StoreFull, StoreDamaged, StoreUnwritable
      IngestError       UnsupportedFormat, UnreadableFile, ReadingStopped, EmptySource, TooLarge, SourceUnknown

`DigestError` (digests/errors.py), `ConfigError` and `DeliveryError` (bot/errors.py) grow from the same root.
Each class composes its sentence from facts that stay attributes; the docstring is the default sentence.
"""

from __future__ import annotations


class BaozhaiError(Exception):
    """Something in Baozhai went wrong."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").split("\n")[0])


class StoreError(BaozhaiError):
    """The database could not do what was asked."""


class ArticleNotFound(StoreError):
    """There is no such article."""

    def __init__(self, article_id: int) -> None:
        self.article_id = article_id
        super().__init__(f"There is no article {article_id}.")


class DigestNotFound(StoreError):
    """There is no such digest."""

    def __init__(self, digest_id: int) -> None:
        self.digest_id = digest_id
        super().__init__(f"There is no digest {digest_id}.")


class SubscriberNotFound(StoreError):
    """There is no such subscriber."""

    def __init__(self, chat_id: int) -> None:
        self.chat_id = chat_id
        super().__init__("There is no subscriber with this chat.")


class SchemaTooNew(StoreError):
    """The database was written by a newer Baozhai."""

    def __init__(self, found: int, known: int) -> None:
        self.found, self.known = found, known
        super().__init__(
            f"The database has schema {found}, this Baozhai knows up to {known}: upgrade Baozhai, or name another data folder."
        )


class StoreBusy(StoreError):
    """The database is locked by another process (a backup?); nothing was changed, try again."""


class StoreFull(StoreError):
    """The disk of the database is full; nothing was changed. Make room and try again."""


class StoreUnwritable(StoreError):
    """The database cannot be written."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"The database {path} cannot be opened for writing ({reason}); check the folder and its owner."
        )


class StoreDamaged(StoreError):
    """The database file is damaged."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"The database {path} is damaged ({reason}). Stop Baozhai and put back the last backup (baozhai restore);"
            " keep the damaged file until then, most of it can be read."
        )


class BackupExists(StoreError):
    """There is already a file of this name."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"{path} exists already; name another file.")


class BackupDamaged(StoreError):
    """The backup cannot be used."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"{path} cannot be restored ({reason}); the database was not touched. Try an older backup."
        )


class QueryTooSlow(StoreError):
    """The query took longer than it may and was cut."""


class InvalidRule(StoreError):
    """A rule to follow or mute by cannot be used; `reason` is "empty", "only_not", "long" or "many"."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            {
                "empty": "The rule has no words.",
                "only_not": "The rule only says what to leave out; name a word to follow as well.",
                "long": "The rule is too long.",
                "many": "The rule has too many words.",
            }[reason]
        )


class IngestError(BaozhaiError):
    """A source could not be read."""


class UnsupportedFormat(IngestError):
    """This kind of file is not read."""


class ReadingStopped(IngestError):
    """Reading the file used up its time or memory."""

    def __init__(self, fact: str) -> None:
        super().__init__(
            fact
            + ": it was stopped (is it really a newspaper's page? [reading] in config.toml has the limits)."
        )


class UnreadableFile(IngestError):
    """The file cannot be read."""


class EmptySource(IngestError):
    """There is no text in it."""


class TooLarge(IngestError):
    """The file is too large for a page."""

    def __init__(self, size: int, limit: int) -> None:
        self.size, self.limit = size, limit
        super().__init__(
            f"It has {size / 1e6:.1f} MB and a page at most {limit / 1e6:.0f}: is it really one page? Split it into pages."
        )


class PageNotCorrectable(IngestError):
    """The page or its lines are not what the correction says."""


class SourceUnknown(IngestError):
    """It is not known which paper, day or page this is."""
