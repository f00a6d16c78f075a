"""Traditional pages are read in simplified characters and given back as printed."""

import pytest

from store.models import PageText
from store.pages import parse_page
from store.pages.shadow import shadow_of

PAGE = (
    "蘆葦村辦起露天書場",
    "本報訊（記者 石小滿 通訊員 葉聞鐘）蘆葦村的曬穀場上，每週六晚上都有人說書，聽眾後來越來越多。",
    "村裡的老人帶著板凳來，孩子們坐在石碾上聽，皇后的故事說了三個晚上。",
)


def test_traditional_page_keeps_its_characters() -> None:
    """後 and 后 are one character to the parser and two on the page."""
    article = parse_page(PageText(PAGE)).articles[0]
    assert article.title == PAGE[0]
    assert article.body == PAGE[1:]
    assert article.byline.reporters == ("石小滿",)
    assert article.byline.correspondents == ("葉聞鐘",)


def test_shadow_has_the_same_lengths() -> None:
    """Places in the shadow are places on the page."""
    shadow = shadow_of(PAGE)
    assert shadow is not None
    assert [len(line) for line in shadow] == [len(line) for line in PAGE]
    assert shadow[1].startswith("本报讯（记者")


@pytest.mark.parametrize("lines", [(), ("苇塘村办起露天书场",), ("乾隆年间的石碑", "石碑上写着村名")])
def test_simplified_page_has_no_shadow(lines: tuple[str, ...]) -> None:
    """It is read as it is."""
    assert shadow_of(lines) is None
