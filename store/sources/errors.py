"""Why a page could not be had. Each composes a sentence for the operator.

SourceError
  Refused        an address that may not be asked (another host, a private one, file:)
  NotAnswered    the site answered with an error, or not in time, or too much
  NotUnderstood  the answer is not what the family's pages look like
  NotYet, NoEdition
"""

from __future__ import annotations

from store.errors import IngestError


class SourceError(IngestError):
    """A page of a site could not be had."""


class Refused(SourceError):
    """The address is not asked."""

    def __init__(self, url: str, why: str) -> None:
        self.url, self.why = url, why
        super().__init__(f"{url} is not asked: {why}.")


class NotAnswered(SourceError):
    """The site did not give the page.

    `status` is the HTTP status (0: no answer at all); `final` says that asking the whole site again now is of no use.
    """

    def __init__(self, url: str, why: str, *, status: int = 0, final: bool = False) -> None:
        self.url, self.why, self.status, self.final = url, why, status, final
        super().__init__(f"{url}: {why}.")


class NotUnderstood(SourceError):
    """The page is not understood.

    `page` holds what was read (bytes), for the operator.
    """

    def __init__(self, url: str, why: str, page: bytes = b"") -> None:
        self.url, self.why, self.page = url, why, page
        super().__init__(f"{url}: {why}.")


class NotYet(SourceError):
    """The day's edition is not there yet."""


class NoEdition(SourceError):
    """The site itself says that there is no edition on the day."""
