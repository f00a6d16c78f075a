"""Hits counted for the buttons that narrow a search."""

from __future__ import annotations

from datetime import date

from store.database import Store
from store.models.search import Facet
from store.search.facets import narrowed
from tests.store.search.papers import RUICHENG, article, fill, put


def test_facets_count_places_papers_and_months() -> None:
    """Each facet has the number of hits and the query that finds just these."""
    with Store() as store:
        fill(store)
        put(store, article("理发", "理发。", places=(RUICHENG,)), paper="晨光晚报", day=date(2024, 7, 30))
        put(store, article("理发店", "理发。"), paper="晨光晚报", day=date(2024, 7, 29))
        facets = store.search.facets("理发")
        assert facets.places == (Facet("芮城县", 2, "理发 地点:芮城"),)
        assert facets.papers == (
            Facet("晨光晚报", 2, "理发 报纸:晨光晚报"),
            Facet("青河日报", 1, "理发 报纸:青河日报"),
        )
        assert facets.months == (
            Facet("2024-08", 1, "理发 日期:2024-08"),
            Facet("2024-07", 2, "理发 日期:2024-07"),
        )
        for facet in (*facets.places, *facets.papers, *facets.months):
            assert store.search.find(facet.query).total == facet.count


def test_facets_of_nothing_are_empty() -> None:
    """No words or no hits: no facets."""
    with Store() as store:
        fill(store)
        assert store.search.facets("") == store.search.facets("灯塔")
        assert store.search.facets("灯塔").papers == ()


def test_narrowed_quotes_what_has_a_blank() -> None:
    """A paper with a blank in its name stays one value."""
    assert narrowed(" 理发 ", "报纸", "青河 日报") == '理发 报纸:"青河 日报"'
