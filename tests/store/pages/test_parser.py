"""A page as a whole: records, warnings, explanations, bad input."""

from __future__ import annotations

import random
import time

import pytest

from store.models import Box, PageText
from store.pages import parse_page

BODY = (
    "飞檐镇的山货大集今天在旧粮站里开张，头一天就来了三千多人，摊位从院里一直摆到河堤上。",
    "卖木耳的老汉天不亮就占好位置，他说山货大集开在旧粮站，木耳不到中午便卖光了。",
)


def parse(*lines: str, **given: object):
    explain = bool(given.pop("explain", False))
    return parse_page(PageText(tuple(lines), **given), explain=explain)  # type: ignore[arg-type]


def test_page_passes_on_where_it_comes_from():
    """Paper and number of the page are in the parsed page."""
    page = parse("山货大集开进旧粮站", "", *BODY, paper="飞檐日报", number=3)
    assert (page.paper, page.number) == ("飞檐日报", 3)


def test_lines_point_into_the_page():
    """An article's lines are 1-based ranges, blank lines not counted in."""
    page = parse("山货大集开进旧粮站", "", BODY[0], "", BODY[1])
    assert page.articles[0].lines == ((1, 1), (3, 3), (5, 5))


def test_article_that_stops_in_mid_sentence_is_incomplete():
    """The cut is in the warnings."""
    page = parse("山货大集开进旧粮站", "", BODY[0], "", BODY[1][:-9])
    assert not page.articles[0].complete
    assert "cut-off" in {w.code for w in page.warnings}


def test_repeat_is_kept_out_with_a_warning():
    """A paragraph printed twice is in no body, but put aside; a stutter leaves the article complete."""
    page = parse("山货大集开进旧粮站", "", BODY[0], "", BODY[0], "", BODY[1])
    assert page.articles[0].body == BODY and page.articles[0].complete
    assert [piece.text for piece in page.set_aside] == [BODY[0]]
    assert page.set_aside[0].role == "repeat" and "repeat" in {w.code for w in page.warnings}


def test_jump_back_makes_the_article_incomplete():
    """Where the reader jumped back, what should have stood there is lost."""
    again = "要求各村登记荒山，逐块拍照存档，月底前张榜公布，接受全体村民监督。"
    page = parse(
        "荒山登记张榜公布",
        "",
        f"飞檐镇召开荒山登记会，{again}",
        "",
        "会后各村连夜登记荒山。",
        "",
        f"村民代表说，{again}",
    )
    assert not page.articles[0].complete and "jumped-back" in {w.code for w in page.warnings}


def test_notice_is_of_its_kind():
    """A notice is no article."""
    page = parse(
        "山货大集开进旧粮站",
        "",
        *BODY,
        "",
        "停水通知",
        "因管网检修，4月15日停水，请居民储水。",
        "咨询电话：000-5550117",
    )
    assert [a.kind for a in page.articles] == ["article", "notice"]
    assert page.articles[1].title == "停水通知"


def test_photo_belongs_to_the_article_it_speaks_of():
    """A caption that shares an article's words points to it; a lost caption is warned of."""
    page = parse(
        "山货大集开进旧粮站",
        "",
        *BODY,
        "",
        "",
        "",
        "山货大集上，卖木耳的老汉在旧粮站里招呼客人。",
        "",
        "凌霄 摄",
    )
    assert page.articles[1].kind == "photo" and page.articles[1].photo_of == 0
    lost = parse("山货大集开进旧粮站", "", BODY[0], "", BODY[1] + "谭知远", "", "", "", "凌霄 摄")
    assert "caption-lost" in {w.code for w in lost.warnings}


def test_whole_page_is_one_article():
    """An RSS item is one article whatever its lines look like; each line is a paragraph."""
    page = parse("山货大集开进旧粮站", "本报记者 谭知远", BODY[0], "木耳卖光了", BODY[1], whole=True)
    assert len(page.articles) == 1
    found = page.articles[0]
    assert (found.title, found.byline.reporters) == ("山货大集开进旧粮站", ("谭知远",))
    assert BODY[1] in found.body
    assert parse(whole=True).articles == ()


def test_every_line_is_explained():
    """Each line that is not blank has a role, a confidence and mostly a reason."""
    page = parse(
        "A3 民生", "", "山货大集开进旧粮站", "本报记者 谭知远", "", *BODY, "", "凌霄 摄", explain=True
    )
    assert [e.line for e in page.explanations] == [1, 3, 4, 6, 7, 9]
    roles = {e.line: e.role for e in page.explanations}
    assert (roles[1], roles[3], roles[4], roles[6]) == ("furniture", "title", "byline", "body")
    assert all(0 < e.confidence <= 1 for e in page.explanations)
    assert any(e.reasons for e in page.explanations)
    assert parse("山货大集开进旧粮站", *BODY).explanations == ()


def test_illegible_page_says_so():
    """Noise is kept, with a low legibility and a warning."""
    page = parse("丨冖彳攵凵", "", "曰冖彳丨攵凵龰囗亠㐅卄氺丨冖彳攵凵龰囗亠㐅" * 4)
    assert page.legibility < 0.5 and "illegible" in {w.code for w in page.warnings}
    assert page.articles and page.articles[0].legibility < 0.5


def test_confidence_is_lower_without_a_headline():
    """A body without a headline is less sure than one whose headline recurs in it."""
    sure = parse("山货大集开进旧粮站", "本报记者 谭知远", *BODY).articles[0]
    lost = parse(*BODY).articles[0]
    assert 0 < lost.confidence < sure.confidence < 1


def test_font_size_makes_a_headline_on_a_pdf_page():
    """With boxes, a line in large print opens an article though its words recur nowhere."""

    def box(top: float, size: float) -> Box:
        return Box(40, top, 200, top + size, size, size > 12)

    lines = (
        "人间烟火",
        *BODY,
        "一路向春",
        "老街的水管用了四十年，自来水公司昨天动工更换老街的全部水管。",
        "工期里老街每天停水四小时，自来水公司的送水车停在巷口。",
    )
    boxes = (box(10, 26), box(50, 9), box(70, 9), box(110, 26), box(150, 9), box(170, 9))
    page = parse(*lines, boxes=boxes)
    assert [a.title for a in page.articles] == ["人间烟火", "一路向春"]


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("", " ", "\u3000"),
        ("\x00\x01\x02", "\ud800山\udfff"),
        ("\u202e山货\u202c大集\u2066。",),
        ("记者",),
        ("——",),
        ("（" * 300, "“" * 300),
        ("1" * 5000,),
        ("本报记者 谭知远",),
        ("凌霄 摄",),
        ("公告",),
        ("###",),
    ],
)
def test_odd_pages_do_not_raise(lines: tuple[str, ...]):
    """Nothing, control characters, lone surrogates, bare bylines and headings are read without a word."""
    for whole in (False, True):
        parse(*lines, whole=whole, explain=True)


def test_text_too_long_for_a_page_is_kept_in_one_piece():
    """A million short lines or one enormous line come back whole, at once, with a warning."""
    started = time.process_time()
    many = parse(*["山"] * 1_000_000)
    one = parse("山货大集，" * 200_000)
    assert time.process_time() - started < 30  # not a measurement: a quadratic reading would take hours
    assert len(many.articles) == 1 and len(many.articles[0].body) == 1_000_000
    assert [w.code for w in many.warnings] == ["too-long"] and one.articles[0].body[0].startswith("山货大集")


def test_long_page_is_read_in_windows():
    """A page of six hundred paragraphs is parted into articles all the same."""
    rng = random.Random(5)
    lines: list[str] = []
    for _ in range(150):
        one, two = ("".join(chr(rng.randint(0x4E00, 0x7FFF)) for _ in range(5)) for _ in range(2))
        lines += [
            f"{one}到了{two}",
            "",
            f"本报讯（记者 谭知远）{one}今天到了{two}，{two}的人都来看。",
            "",
            f"{two}说起{one}，赞不绝口。",
            "",
        ]
    assert len(parse(*lines).articles) == 150
