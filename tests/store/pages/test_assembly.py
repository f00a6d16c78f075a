"""Where headlines stand: before, inside, behind, behind the next body."""

from __future__ import annotations

import pytest

from store.models import PageText
from store.pages import parse_page

BAZAAR = (
    "飞檐镇的山货大集今天在旧粮站里开张，头一天就来了三千多人，摊位从院里一直摆到河堤上。",
    "卖木耳的老汉天不亮就占好位置，他说山货大集开在旧粮站，遮风又挡雨，木耳不到中午便卖光了。",
    "镇里打算把山货大集办到腊月，旧粮站的院墙也要粉刷一遍，逢三六九开市。",
)
PIPES = (
    "望江区老街的水管用了四十年，锈得一碰就漏，自来水公司昨天动工更换老街的全部水管。",
    "更换水管要挖开石板路，自来水公司把石板逐块编号，修完再按原样铺回老街。",
    "工期里老街每天停水四小时，自来水公司的送水车停在巷口，居民提桶就能接水。",
)
FIRST, SECOND = "山货大集开进旧粮站", "老街更换四十年老水管"


def parse(*lines: str):
    return parse_page(PageText(tuple(part for line in lines for part in (line, ""))))


def check(page) -> None:
    found = {article.title: article for article in page.articles}
    assert set(found) == {FIRST, SECOND}
    assert "".join(found[FIRST].body) == "".join(BAZAAR)
    assert "".join(found[SECOND].body) == "".join(PIPES)


def test_headlines_before_their_bodies():
    """The plain case."""
    check(parse(FIRST, *BAZAAR, SECOND, *PIPES))


def test_headline_behind_its_body():
    """Both headlines stand below their texts."""
    check(parse(*BAZAAR, FIRST, *PIPES, SECOND))


def test_headline_behind_the_next_body():
    """The first headline stands below the second article."""
    check(parse(*BAZAAR, SECOND, *PIPES, FIRST))


def test_headline_inside_its_body_at_a_column_cut():
    """A headline that parts a sentence belongs to it, and the paragraph is whole again."""
    cut = len(BAZAAR[1]) - 20
    page = parse(BAZAAR[0], BAZAAR[1][:cut], FIRST, BAZAAR[1][cut:], BAZAAR[2], SECOND, *PIPES)
    check(page)
    assert page.articles[0].body == BAZAAR


def test_banner_between_belongs_to_nobody():
    """A slogan whose words recur nowhere is set aside, whatever it stands above."""
    page = parse("新春走基层", FIRST, *BAZAAR, "奋进新征程 建功新时代", SECOND, *PIPES)
    check(page)
    assert set(page.banners) == {"新春走基层", "奋进新征程 建功新时代"}


def test_subheads_stay_inside():
    """Marked lines between whole paragraphs are subheads."""
    page = parse(
        FIRST,
        "本报记者 谭知远",
        BAZAAR[0],
        "■ 木耳卖光了",
        BAZAAR[1],
        "■ 办到腊月",
        BAZAAR[2],
        SECOND,
        *PIPES,
    )
    check(page)
    assert page.articles[0].subheads == (("木耳卖光了", 1), ("办到腊月", 2))


def test_article_without_headline_is_kept():
    """A report whose headline is lost is an article of its own, with a warning."""
    page = parse(FIRST, *BAZAAR, "本报讯（记者 凌霄）" + PIPES[0], *PIPES[1:])
    assert [a.title for a in page.articles] == [FIRST, ""]
    assert "no-headline" in {w.code for w in page.warnings}


@pytest.mark.parametrize("count", [40, 700])
def test_many_short_lines_are_read(count: int):
    """A page of nothing but short lines loses none of them."""
    page = parse(*(f"第{n}行没有正文的话" for n in range(count)))
    shown = "".join(
        a.title + a.kicker + a.subtitle + "".join(a.body) + "".join(s for s, _ in a.subheads)
        for a in page.articles
    )
    shown += "".join(piece.text for piece in page.set_aside)
    assert all(f"第{n}行" in shown for n in range(count))
