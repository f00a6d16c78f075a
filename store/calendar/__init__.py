"""Dated notices in an article: closings, clinics, deadlines, as records."""

from store.calendar.extracting import find

__all__ = ["find"]
