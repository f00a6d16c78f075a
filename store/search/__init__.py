"""Finding articles by what stands in them: `Search`."""

from store.search.search import Search, reading

__all__ = ["Search", "reading"]
