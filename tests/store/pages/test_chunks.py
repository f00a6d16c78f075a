"""Lines become chunks: hard wraps joined, blanks inside words taken out, headings known."""

from __future__ import annotations

from store.models import PageText
from store.pages.chunks import join, split_chunks, unwrap
from store.pages.measures import measure, read_lines

WRAPPED = """山货大集开张
　　飞檐镇的山货大集今天在旧粮站里开张，头一天就
来了三千多人，摊位从院里一直摆到河堤上。
　　卖木耳的老汉天不亮就占好了位置，他带来的两筐
木耳不到中午便卖光了，只好回家再取。
　　镇里打算把大集办到腊月，每逢三六九开市。
"""


def texts(page: str) -> list[str]:
    return [chunk.text for chunk in split_chunks(PageText(tuple(page.split("\n"))))[1]]


def test_hard_wrapped_lines_become_paragraphs():
    """Lines that reach the column's edge go on in the next line, an indent opens a paragraph."""
    found = texts(WRAPPED)
    assert found[0] == "山货大集开张"
    assert len(found) == 4
    assert found[1].endswith("头一天就来了三千多人，摊位从院里一直摆到河堤上。")


def test_chunk_knows_its_lines():
    """A chunk of two lines tells which line a character stands in."""
    chunk = split_chunks(PageText(tuple(WRAPPED.split("\n"))))[1][1]
    assert (chunk.first_line, chunk.last_line) == (1, 2)
    assert chunk.line_at(chunk.text.index("来了三千")) == 2
    assert chunk.part(25, 29).first_line == 2


def test_lines_without_wrap_stay_apart():
    """A page whose lines are paragraphs already is not joined."""
    assert texts("头一行话。\n\n第二行话\n第三行话。") == ["头一行话。", "第二行话", "第三行话。"]


def test_opening_of_a_report_is_not_joined_to_the_headline():
    """A headline as long as a line does not run into 本报讯."""
    page = "\n".join(
        [
            "飞檐镇山货大集在旧粮站里开张了",
            "本报讯飞檐镇的山货大集今天在旧",
            "粮站里开张，头一天就来了三千多",
            "人，摊位从院里一直摆到河堤上，",
            "卖木耳的老汉天不亮就占好位置，",
            "他的两筐木耳不到中午便卖光了。",
        ]
    )
    assert texts(page)[:2][0] == "飞檐镇山货大集在旧粮站里开张了"


def test_unwrap_takes_wrap_blanks_out_and_keeps_names_apart():
    """Blanks every line of the print go, the blank between 记者 and a name stays."""
    text = "本报讯(记者 柏小满)飞檐镇的山货大集 今天在旧粮站里开张,头一天就来了 三千多人,摊位从院里一直摆到河堤 上。"
    page = PageText(tuple([text] * 3))
    assert measure(read_lines(page.lines)).step > 0
    assert unwrap(text, measure(read_lines(page.lines)).step).startswith(
        "本报讯(记者 柏小满)飞檐镇的山货大集今天在旧粮站里开张,头一天就来了三千多人"
    )


def test_markdown_hashes_are_levels_not_text():
    """Hashes give the level and are no part of the text."""
    chunks = split_chunks(PageText(("### 山货大集", "", "正文一段。")))[1]
    assert (chunks[0].text, chunks[0].heading, chunks[1].heading) == ("山货大集", 3, 0)


def test_join_puts_a_blank_only_between_latin_words():
    """Chinese halves join without a blank."""
    assert join("山 ", " 货") == "山货"
    assert join("new", "line") == "new line"


def test_gap_counts_blank_lines_above():
    """The blank lines above a chunk are known: pictures stand apart."""
    chunks = split_chunks(PageText(("甲。", "", "", "", "乙。")))[1]
    assert chunks[1].gap == 3


def test_folio_line_is_not_joined_to_the_text_below():
    """A page's date line may be as long as the lines of its columns."""
    page = WRAPPED.replace(
        "山货大集开张\n", "山城日报 2031年4月9日 星期三 05版 乡村\n来了三千多人，摊位从院里一直摆到河堤上。\n"
    )
    assert texts(page)[0] == "山城日报 2031年4月9日 星期三 05版 乡村"


def test_telephone_number_cut_at_the_line_end_is_joined():
    """A line that ends inside a number goes on, though its half-width figures make it look longer or shorter."""
    page = WRAPPED.replace(
        "镇里打算把大集办到腊月，每逢三六九开市。",
        "镇里打算把大集办到腊月，摊主请打电话000-\n5550100，每逢三六九开市。",
    )
    assert texts(page)[-1].endswith("000-5550100，每逢三六九开市。")


def test_headline_below_a_full_last_line_is_not_its_rest():
    """A paragraph may end right at the column's edge; the headline and the byline below it stay lines of their own."""
    page = WRAPPED.rstrip("\n").replace(
        "镇里打算把大集办到腊月，每逢三六九开市。",
        "镇里打算把大集办到腊月，每逢三六九开市便民。",
    )
    page += "\n老街修好水管\n本报记者 凌霄\n　　水清了。"
    assert texts(page)[-3:] == ["老街修好水管", "本报记者 凌霄", "水清了。"]


def test_byline_below_a_headline_as_wide_as_the_column_is_not_joined():
    """A headline that fills the measure does not swallow its byline."""
    page = WRAPPED.replace("山货大集开张\n", "山货大集开进旧粮站头一天来了三千多名赶集的人\n本报记者 凌霄\n")
    assert texts(page)[:2] == ["山货大集开进旧粮站头一天来了三千多名赶集的人", "本报记者 凌霄"]


def test_picture_credit_that_fills_its_line_ends_the_caption():
    """A headline below a caption whose credit reaches the column's edge stays a line of its own."""
    found = texts(
        "　　飞檐镇的山货大集今天在旧粮站里开张，头一天就\n"
        "来了三千多人，摊位从院里一直摆到河堤上。\n"
        "　　近日，飞檐镇小学的孩子们在老师带领下走进粮站\n"
        "体验了一回赶大集的热闹场面。 记者 谭知远 摄影\n"
        "山货大集开张头一天就来了三千多人的新鲜事\n"
        "　　本报讯 卖木耳的老汉天不亮就占好了位置，他带\n"
        "来的两筐木耳不到中午便卖光了，只好回家再取。\n"
    )
    assert any(text.endswith("谭知远 摄影") for text in found)
    assert "山货大集开张头一天就来了三千多人的新鲜事" in found


def test_headline_in_a_cut_that_fills_its_line_is_parted():
    """A sentence stops at a full line, a headline follows, and below it the sentence goes on or a report opens."""
    body = [
        "飞檐镇的山货大集今天在旧粮站里开张，头一天就",
        "来了三千多人，摊位从院里一直摆到河堤上，卖木",
        "耳的老汉天不亮就占好了位置，他带来的两筐木耳",
        "不到中午便卖光了，只好回家再取，镇里打算把大",
        "集办到腊月，每逢三六九开市，外地来的客商也越",
        "来越多，客栈里住得满满当当，掌柜的笑得合不拢",
        "嘴，说比往年多出了一倍的生意，明年还要添几张",
    ]

    found = texts(
        "\n".join(
            [
                *body[:-1],
                "嘴，说比往年多出了一倍的生意，明年还要多做经",
                "石碾村建成首座风车",
                "济作物的买卖。",
            ]
        )
    )
    assert "石碾村建成首座风车" in found


def test_headline_below_a_signature_that_fills_its_line_is_parted():
    """A name in brackets ends an article as a sentence does."""
    body = [
        "飞檐镇的山货大集今天在旧粮站里开张，头一天就",
        "来了三千多人，摊位从院里一直摆到河堤上，卖木",
    ] * 3
    found = texts(
        "\n".join(
            [
                *body,
                "耳的老汉天不亮就占好了位置，高兴得很。（谭知远）",
                "石碾村建成首座风车",
                "本报讯 风车投用。",
            ]
        )
    )
    assert "石碾村建成首座风车" in found
