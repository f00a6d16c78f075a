"""What a tool left in a page's lines goes; the lines stay, one for one."""

from store.models import PageText
from store.pages import parse_page
from store.pages.cleaning import clean_lines

PAGE = (
    "苇塘村办起露天书场",
    "本报讯（记者 石小满）苇塘村的晒谷场上，每周六晚上都有人说书。",
    "村里的老人带着板凳来，孩子们坐在石碾上听。",
)


def test_invisible_characters_go_and_lines_stay() -> None:
    """Zero-width blanks, soft hyphens, byte order marks and NUL are not seen on the page."""
    spoiled = tuple("\u200b\u00ad".join(line) + "\0\ufeff" for line in PAGE)
    assert clean_lines(spoiled) == PAGE
    assert clean_lines(("\u200b", "", "字")) == ("", "", "字")


def test_blanks_between_all_characters_go_and_printed_blanks_stay() -> None:
    """The blank between the words of a byline is three blanks wide then."""
    assert clean_lines(tuple(" ".join(line) for line in PAGE)) == PAGE


def test_a_name_with_a_blank_inside_is_left_alone() -> None:
    """One line set apart is how names are printed, not how the page is."""
    assert clean_lines(("石 小 满 摄 影", *PAGE)) == ("石 小 满 摄 影", *PAGE)


def test_spoiled_page_gives_the_same_articles() -> None:
    """The parser reads what a reader would see."""
    spoiled = PageText(tuple("\u2060".join(line) for line in PAGE))
    assert parse_page(spoiled).articles == parse_page(PageText(PAGE)).articles
