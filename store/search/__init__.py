"""Finding articles by what stands in them: `Search`."""

from store.search.search import Search

__all__ = ["Search"]
