"""Clippings (见报): all that was printed on a place, a person or words in some days, counted and in order, and as files."""

from store.clips.collecting import Clipping, collect
from store.clips.files import to_csv, to_docx
from store.clips.wording import Wanted, understand

__all__ = ["Clipping", "Wanted", "collect", "to_csv", "to_docx", "understand"]
