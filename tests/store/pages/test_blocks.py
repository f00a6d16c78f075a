"""Rows of tables, programmes and verses stay lines, and belong to the headline above."""

from store.models import PageText
from store.pages import parse_page
from store.pages.blocks import find_blocks, tables_in
from store.pages.measures import read_lines

TABLE = ("名次 球队 胜 负 积分", "1 苇塘 5 0 10", "2 石碾 4 1 9", "3 晒谷场 2 3 7")
NEWS = (
    "苇塘队五战全胜",
    "本报讯（记者 石小满）镇里的篮球联赛昨天打完第五轮，苇塘队主场再胜一场，五战全胜。",
    "第六轮下周六开打，苇塘队将到石碾村做客。",
)


def blocks(*lines: str) -> list[tuple[int, int]]:
    """The blocks among lines."""
    return find_blocks(read_lines(lines), base=0, full=frozenset())


def test_rows_are_one_block_with_or_without_blank_lines_between() -> None:
    """Tools leave a blank line behind each row or none."""
    assert blocks(*NEWS, *TABLE) == [(3, 7)]
    spaced = [part for row in TABLE for part in (row, "")]
    assert blocks(*spaced) == [(0, 4)]


def test_headlines_with_blanks_are_no_table() -> None:
    """Two headlines below each other have no numbers in columns."""
    assert blocks("苇塘 石碾 晒谷场", "三村同唱 一台大戏 开锣") == []


def test_programme_and_regulated_verse_are_blocks() -> None:
    """Each line opens with its hour, or all end in a mark and have one length."""
    assert blocks("08:05 早间新闻", "12:00 戏曲舞台", "20:30 长街故事") == [(0, 3)]
    assert blocks("石碾声中稻谷香，", "晚风吹过打麦场。", "谁家灯火明如月，", "照见书声满夜塘。") == [(0, 4)]


def test_table_is_an_item_whose_rows_are_whole_and_in_order() -> None:
    """A row is a line of the article; the cells are there for who asks."""
    page = PageText((*NEWS, "", "积分榜", "", *TABLE))
    news, table = parse_page(page).articles
    assert news.title == NEWS[0] and news.body == NEWS[1:]
    assert table.title == "积分榜" and table.body == TABLE
    assert tables_in(table.body) == [(0, [row.split() for row in TABLE])]


def test_page_that_is_one_article_keeps_its_headline_above_verses() -> None:
    """Nothing parts a poem's headline from its lines in a feed's item."""
    poem = ("石碾谣", "石碾声中稻谷香，", "晚风吹过打麦场。", "谁家灯火明如月，", "照见书声满夜塘。")
    (article,) = parse_page(PageText(poem, whole=True)).articles
    assert article.title == poem[0] and len(article.body) == 4


def test_results_with_their_rounds_are_one_block() -> None:
    """A score between two names makes a row, with or without sets in brackets; a round's name stands above its rows."""
    found = blocks(
        *NEWS,
        "单打半决赛：",
        "石小满2∶0（21∶17、21∶12）柏青",
        "甘棠2∶1（21∶18、15∶21、21∶19）简宁",
        "双打决赛：",
        "苇塘/石碾2∶0（21∶9、21∶16）飞檐/晒谷",
    )
    assert found == [(3, 8)]


def test_headline_with_a_score_is_no_row() -> None:
    """One score alone, or a score in a sentence, makes no block."""
    assert blocks("苇塘队98∶94石碾队 主场逆转", *NEWS) == []
    assert blocks("苇塘队以98∶94，赢了石碾队。", "石碾队以3∶2，赢了飞檐队。") == []


def test_list_of_briefs_stands_apart_from_the_report_above() -> None:
    """Nothing of the briefs recurs in their heading; the list's marks tell that it is theirs."""
    page = parse_page(
        PageText(
            (
                *(part for line in NEWS for part in (line, "")),
                "体坛短波",
                "",
                "●老年门球赛在晒谷场开赛，二十支队伍报名。",
                "",
                "●长跑节六月一日鸣枪，名额三千人。",
            )
        )
    )
    assert [(a.title, len(a.body)) for a in page.articles] == [("苇塘队五战全胜", 2), ("体坛短波", 2)]
