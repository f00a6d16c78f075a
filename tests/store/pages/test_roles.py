"""Evidence of short lines."""

from __future__ import annotations

from store.models import Box, PageText
from store.pages.chunks import Chunk, split_chunks
from store.pages.measures import Layout
from store.pages.roles import (
    PageStyle,
    alike,
    has_dash,
    is_place,
    is_second,
    is_short,
    page_style,
    strip_mark,
)
from store.pages.weighing import weigh


def chunk(text: str, **given: object) -> Chunk:
    return Chunk(text, ((0, 0),), 0, 1, **given)  # type: ignore[arg-type]


def score(
    text: str,
    *,
    style: PageStyle | None = None,
    others: tuple[str, ...] = (),
    following: str = "",
    block: bool = False,
    **given: object,
):
    return weigh(chunk(text, **given), style or PageStyle(), Layout(), others, following, block=block)


def test_short_lines_are_told_from_prose():
    """Headlines and bylines are short lines; sentences, report openings and long texts are prose."""
    for line in ("山货大集开张", "本报记者 谭知远", "大集为何这样红火？"):
        assert is_short(chunk(line))
    for line in (
        "大集开张了。",
        "本报讯大集开张",
        "老汉说，木耳卖光了，只好回家再取",
        "大集" * 40,
        "（本报飞檐4月3日电）",
    ):
        assert not is_short(chunk(line))


def test_bullet_speaks_for_a_subhead():
    """A line with a square before it is a subhead rather than a headline."""
    found = score("■ 摊位摆到河堤上")
    assert found.subhead > found.title + 3


def test_dash_speaks_for_a_second_line():
    """A line that opens with a dash is a second line."""
    found = score("——飞檐镇山货大集见闻")
    assert found.subtitle > max(found.title, found.kicker, found.subhead)


def test_place_speaks_for_a_kicker():
    """A bare place is a kicker rather than a headline."""
    found = score("飞檐镇")
    assert found.kicker > found.title


def test_comma_speaks_against_a_headline():
    """Headlines part their halves by a blank, sentences by a comma."""
    assert score("大集开张，人来人往").title < score("大集开张 人来人往").title


def test_banner_words_speak_for_a_banner():
    """Slogan words make a banner likelier."""
    assert score("新春走基层").banner > score("山货大集开张").banner


def test_lines_built_alike_are_subheads():
    """The subheads of one article resemble each other."""
    other = ("一张好看的脸",)
    assert score("一张好使的手", others=other).subhead > score("一张好使的手").subhead
    assert alike("一张好使的手", "一张好看的脸") >= 0.25
    assert alike("大集", "大集开张人来人往") == 0.0


def test_what_stands_below_tells_a_headline():
    """A list of briefs, rows or verses have the short line above them for their headline."""
    assert (
        score("山货短讯", following="●山货大集开张。").title > score("山货短讯", following="大集开张。").title
    )
    assert score("联赛积分榜", block=True).title > score("联赛积分榜").title
    assert score("联赛积分榜", block=True).subhead < score("联赛积分榜").subhead


def test_hashes_on_a_page_speak_against_bare_headlines():
    """Where headlines have Markdown marks, a line without one is less likely a headline."""
    assert score("山货大集开张", style=PageStyle(hashes=True)).title < score("山货大集开张", heading=2).title


def test_large_print_speaks_for_a_headline():
    """On a PDF page the font size counts."""
    body, large = Box(0, 0, 90, 10, 9.0), Box(0, 0, 90, 30, 24.0, True)
    style = page_style([chunk("正文" * 30, box=body), chunk("山货大集开张", box=large)], Layout())
    assert style.size == 9.0
    assert (
        score("山货大集开张", style=style, box=large).title
        > score("山货大集开张", style=style, box=body).title + 4
    )


def test_indent_speaks_for_text():
    """Where paragraphs are indented, an indented short line is text."""
    style = PageStyle(indented=True)
    assert score("席上还有三位老人", style=style, indent=4).body > score("席上还有三位老人", style=style).body


def test_page_style_counts_marked_headlines():
    """Two headlines with hashes make a page of hashes."""
    page = PageText(("## 山货大集开张", "", "正文一段。", "", "## 老街修水管", "", "正文二段。"))
    layout, chunks = split_chunks(page)
    assert page_style(chunks, layout).hashes


def test_small_words():
    """The small questions about a line."""
    assert has_dash("——见闻") and not has_dash("见闻")
    assert is_second("山货大集侧记") and not is_second("山货大集")
    assert is_place("飞檐镇文化站") and not is_place("飞檐镇开大集")
    assert strip_mark("■ 摊位") == "摊位"


def test_wrapped_line_that_ends_early_without_a_stop_is_a_headline_though_indented():
    """Some tools indent whatever is longer than a line; a paragraph that is cut fills its last line, a headline need not."""
    text = "飞檐镇山货大集在旧粮站里开张头一天来了三千多人"
    style, layout = PageStyle(indented=True), Layout(wrap=18, indented=True)
    early = weigh(Chunk(text, ((0, 0), (16, 1)), 1, 1, 2), style, layout)
    filled = weigh(Chunk(text[:22], ((0, 0), (11, 1)), 1, 1, 2), style, layout)
    assert early.title > filled.title + 1 and early.body < filled.body
