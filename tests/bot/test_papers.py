"""What the configuration may say of a paper."""

from __future__ import annotations

from bot.papers import FAMILIES
from store.sources import feeds, json_papers, pdf_lists
from store.sources.families import FAMILIES as KNOWN
from store.sources.families import OTHER


def test_every_family_may_be_named() -> None:
    """Each that `sources try` can answer, "auto" and no other."""
    answered = {family.name for family in KNOWN} | {json_papers.FAMILY, pdf_lists.FAMILY, feeds.FAMILY, OTHER}
    assert set(FAMILIES) == answered | {"auto"}
