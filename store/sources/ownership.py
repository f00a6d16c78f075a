"""Which page an article stands on when several pages list it, and a label of its own for every page; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from store.sources.families import Family
from store.sources.labels import same_label
from store.sources.records import Item, ListedPage


def each_once(pages: Sequence[ListedPage], family: Family) -> list[ListedPage]:
    """The pages, each article on one of them alone.

    The surest sign wins: the page's map names it; its address carries the page's number; it stands in a list that holds
    articles no other list has (blocks of today's focus only repeat); of equals the first page.
    """
    listed = Counter(
        (item.url, number, block)
        for number, page in enumerate(pages)
        for item in page.items
        for block in item.blocks
    )
    places = Counter(url for url, _, _ in listed)
    own_blocks = {(number, block) for url, number, block in listed if places[url] == 1}
    with_own = {number for number, _ in own_blocks}

    def surety(number: int, item: Item) -> tuple[bool, bool, bool, int]:
        if any((number, block) in own_blocks for block in item.blocks):
            standing = 2
        else:
            standing = 0 if number in with_own and item.blocks else 1
        named = family.page_in_article(item.url)
        return item.mapped, bool(named) and same_label(named, pages[number].label), item.sure, standing

    owner: dict[str, tuple[tuple[bool, bool, bool, int], int]] = {}
    for number, page in enumerate(pages):
        for item in page.items:
            found = surety(number, item)
            if item.url not in owner or found > owner[item.url][0]:
                owner[item.url] = (found, number)
    return [
        replace(page, items=tuple(item for item in page.items if owner[item.url][1] == number))
        for number, page in enumerate(pages)
    ]


def labelled(pages: Sequence[ListedPage]) -> list[ListedPage]:
    """The pages, each with a label that no other has; one without a printed number is called by its place in the list."""
    taken: set[str] = {page.label for page in pages if page.label}
    given: set[str] = set()
    found: list[ListedPage] = []
    for place, page in enumerate(pages, 1):
        label = page.label
        if not label:
            label = next(
                name
                for number in range(place, place + len(pages) + 1)
                if (name := f"{number:02d}") not in taken
            )
        elif label in given:
            label = next(
                name
                for number in range(2, len(pages) + 2)
                if (name := f"{page.label}({number})") not in taken
            )
        taken.add(label)
        given.add(label)
        found.append(replace(page, label=label))
    return found
