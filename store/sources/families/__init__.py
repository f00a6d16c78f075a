"""The families of e-paper systems: what their addresses and pages look like.  Facts: docs/sources.md."""

from store.sources.families.family import FAMILIES, Family, family_named, recognise
from store.sources.families.unnamed import NAME as OTHER
from store.sources.families.unnamed import unnamed

__all__ = ["FAMILIES", "OTHER", "Family", "family_named", "recognise", "unnamed"]
