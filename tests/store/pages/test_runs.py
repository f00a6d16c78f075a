"""Readings of runs of short lines."""

from __future__ import annotations

from store.models import PageText
from store.pages.chunks import split_chunks
from store.pages.measures import Layout
from store.pages.roles import PageStyle
from store.pages.runs import Group, read_run
from store.pages.weighing import weigh


def best(*lines: str) -> tuple[tuple[str, ...], ...]:
    _, chunks = split_chunks(PageText(tuple(part for line in lines for part in (line, ""))))
    scores = {n: weigh(c, PageStyle(), Layout()) for n, c in enumerate(chunks)}
    return tuple(group.roles for group in read_run(range(len(chunks)), chunks, scores)[0].groups)


def test_headline_with_all_its_parts_is_one_group():
    """Kicker, headline, second line and byline belong together."""
    assert best("飞檐镇", "山货大集开张", "——旧粮站里的一天", "本报记者 谭知远") == (
        ("kicker", "title", "subtitle", "byline"),
    )


def test_byline_ends_a_headline():
    """After a byline a new headline begins."""
    found = best("山货大集开张", "谭知远", "老街修好了水管")
    assert found[0] == ("title", "byline") and len(found) == 2


def test_subhead_never_stands_above_another_headline():
    """A subhead has text under it: with a headline under it the reading costs."""
    assert ("subhead",) not in best("山货大集开张", "——旧粮站里的一天")[:1]


def test_group_tells_its_wording_from_its_byline():
    """The words of a headline are those of its lines without the byline."""
    group = Group((4, 5, 6), ("title", "subtitle", "byline"))
    assert group.wording == (4, 5) and group.has_byline and group.is_head
