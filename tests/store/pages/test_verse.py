"""Poems below a headline that says so."""

from __future__ import annotations

from store.models import PageText
from store.pages import parse_page
from store.pages.chunks import split_chunks
from store.pages.verse import find_verse

POEM = (
    "河湾三章（组诗）",
    "",
    "飞檐镇 谭知远",
    "",
    "渡口",
    "",
    "摆渡的人把竹篙横在膝上",
    "等一场迟到的雨",
    "对岸的杏花先替他",
    "白了头",
    "",
    "古堡",
    "",
    "青砖一块挨着一块",
    "风从箭孔里穿过",
    "",
    "山货大集开张",
    "",
    "本报讯（记者 凌霄）飞檐镇的山货大集今天在旧粮站里开张，头一天就来了三千多人。",
)


def test_poem_is_an_article_of_its_own():
    """Its lines are paragraphs, its parts subheads, its writer no place; the news below is not drawn in."""
    page = parse_page(PageText(POEM))
    poem, news = page.articles
    assert (poem.title, len(poem.body), poem.byline.reporters) == ("河湾三章（组诗）", 6, ("谭知远",))
    assert poem.subheads == (("渡口", 0), ("古堡", 4))
    assert news.title == "山货大集开张"


def test_lines_of_verse_make_no_poem_without_its_headline():
    """Rows of short lines alone are left to the assembly."""
    _, chunks = split_chunks(PageText(("河湾三章", *POEM[1:])))
    assert find_verse(chunks, set()) == []


def test_news_of_a_poem_is_no_poem():
    """Where 本报讯 follows, the headline heads a report."""
    _, chunks = split_chunks(PageText((POEM[0], "", POEM[-1], *POEM[5:])))
    assert find_verse(chunks, set()) == []
