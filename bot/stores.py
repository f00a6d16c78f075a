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
        wanted = config.search
        store.search.use(engine=wanted.engine, seconds=wanted.timeout_seconds, address=wanted.opensearch)
    except ValueError as error:
        store.close()
        allowed = "an address with the index, like http://127.0.0.1:9200/baozhai (or set BAOZHAI_OPENSEARCH)"
        raise ConfigError("search.opensearch", "", allowed, str(config.file)) from error
    except ImportError as error:
        store.close()
        raise ConfigError(
            "search.engine",
            repr(config.search.engine),
            f'"sqlite", or "{config.search.engine}" once it is installed (pip install "baozhai[{config.search.engine}]")',
            str(config.file),
        ) from error
    return store
