"""The families of e-paper systems: what their addresses and pages look like.  Facts: docs/sources.md."""

from store.sources.families.family import FAMILIES, Family, family_named, recognise

__all__ = ["FAMILIES", "Family", "family_named", "recognise"]
