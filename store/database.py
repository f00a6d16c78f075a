"""`Store`: one open database with all its tables.

    with Store.open(path) as store:
        store.articles.on(day)

A Store belongs to one thread; slow work elsewhere opens its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from store.connection import Connection
from store.schema import migrate
from store.search import Search
from store.tables.articles import Articles
from store.tables.broadcasts import Broadcasts
from store.tables.calendar import Calendar
from store.tables.clippings import Clippings
from store.tables.corrections import Corrections
from store.tables.digests import Digests
from store.tables.editions import Editions
from store.tables.edits import Edits
from store.tables.follows import Follows
from store.tables.groups import Groups
from store.tables.heartbeats import Heartbeats
from store.tables.inbox import Inbox
from store.tables.labels import Labels
from store.tables.mailings import Mailings
from store.tables.operating import Blocks, Files, Holds, Retractions
from store.tables.outbox import Outbox
from store.tables.planning import Planning
from store.tables.promises import Promises
from store.tables.restores import Restores
from store.tables.searches import Searches
from store.tables.sources import Sources
from store.tables.subscribers import Subscribers
from store.tables.troubles import Acts, Troubles
from store.tables.uploads import Uploads
from store.tables.watermarks import Watermarks


class Store:
    """All tables over one connection.

    Raises StoreUnwritable, SchemaTooNew or StoreBusy when the file cannot be used.
    """

    def __init__(self, path: Path | str = ":memory:") -> None:
        self.db = Connection(path)
        try:
            self.migrated = migrate(self.db)
        except BaseException:
            self.db.close()
            raise
        self.articles = Articles(self.db)
        self.calendar = Calendar(self.db, self.articles)
        self.clippings = Clippings(self.db)
        self.editions = Editions(self.db, self._reindex)
        self.corrections = Corrections(self.db)
        self.digests = Digests(self.db, self.articles)
        self.follows = Follows(self.db)
        self.promises = Promises(self.db)
        self.labels = Labels(self.db)
        self.searches = Searches(self.db)
        self.sources = Sources(self.db)
        self.search = Search(self.db)
        self.subscribers = Subscribers(self.db)
        self.mailings = Mailings(self.db)
        self.planning = Planning(self.db, self.subscribers, self.mailings)
        self.outbox = Outbox(self.db, self.subscribers, self.mailings)
        self.edits = Edits(self.db)
        self.groups = Groups(self.db)
        self.heartbeats = Heartbeats(self.db)
        self.restores = Restores(self.db)
        self.inbox = Inbox(self.db)
        self.watermarks = Watermarks(self.db)
        self.troubles = Troubles(self.db)
        self.acts = Acts(self.db)
        self.files = Files(self.db)
        self.holds = Holds(self.db)
        self.blocks = Blocks(self.db, self.subscribers)
        self.retractions = Retractions(self.db, self.outbox, self._reindex)
        self.broadcasts = Broadcasts(self.db, self.outbox, self.subscribers)
        self.uploads = Uploads(self.db)
        if "m12_calendar" in self.migrated:
            self.calendar.work_off()

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside is written together, or not at all."""
        return self.db.transaction()

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _reindex(self, changed: Sequence[int], removed: Sequence[int]) -> None:
        """Keep the search index and the calendar true, inside the transaction that changed the articles."""
        self.search.reindex(changed, removed)
        self.calendar.renew(changed, removed)
