"""A Store opened as the configuration says."""

from __future__ import annotations

from bot.config import Config
from bot.errors import ConfigError
from store.database import Store


def open_store(config: Config) -> Store:
    """The database with the search engine and the patience that are configured, for the calling thread.

    Raises StoreError, and ConfigError where the engine is not installed.
    """
    store = Store(config.data.database)
    try:
        store.search.use(engine=config.search.engine, seconds=config.search.timeout_seconds)
    except ImportError as error:
        store.close()
        raise ConfigError(
            "search.engine",
            repr(config.search.engine),
            '"sqlite", or "tantivy" once it is installed (pip install "baozhai[tantivy]")',
            str(config.file),
        ) from error
    return store
