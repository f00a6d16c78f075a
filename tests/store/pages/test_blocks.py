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
