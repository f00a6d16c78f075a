"""The papers without the readers: an SQLite file to publish, with full-text search and descriptions for Datasette."""

from store.public.export import Exported, export

__all__ = ["Exported", "export"]
