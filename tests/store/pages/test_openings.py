"""One reading of how an item opens, and what a sentence is not."""

from store.models import PageText
from store.pages import parse_page
from store.pages.bylines import is_credit, opens_brief, opens_report
from store.pages.furniture import furniture_reason


def titles(*lines: str) -> list[tuple[str, str, int]]:
    """(kind, headline, paragraphs) of a page with a blank line behind each line."""
    page = PageText(tuple(part for line in lines for part in (line, "")))
    return [(a.kind, a.title, len(a.body)) for a in parse_page(page).articles]


def test_reports_open_with_or_without_brackets() -> None:
    """A dispatch in brackets is a dispatch; a brief names its place there."""
    assert opens_report("本报讯（记者 石小满）苇塘村昨天开市。")
    assert opens_report("〔本报苇塘电〕苇塘村昨天开市。")
    assert not opens_report("〔一〕苇塘村昨天开市，人来人往。")
    assert opens_brief("【苇塘村】露天书场昨天开讲，听众三百人。")


def test_briefs_that_open_in_brackets_are_items_of_their_own() -> None:
    """Each is an article without a headline; a headline further up is not theirs."""
    found = titles(
        "【苇塘村】露天书场昨天开讲，听众三百多人，孩子们坐满了石碾。",
        "【石碾村】村里的老井昨天淘洗完毕，井水比从前更清。",
        "【晒谷场】本周六的篮球赛改在下午三点开打。",
    )
    assert found == [("article", "", 1)] * 3


def test_a_sentence_is_no_furniture() -> None:
    """What opens like an imprint and is a whole sentence belongs to its article."""
    assert furniture_reason("扫码付钱方便了年轻人，也难住了老人。") == ""
    assert furniture_reason("扫码关注苇塘日报公众号") != ""
    assert furniture_reason("七律·登石碾台") == ""
    assert furniture_reason("副刊·苇塘") != ""
    assert furniture_reason("第 3 页") != "" and furniture_reason("Page 3 of 8") != ""


def test_letters_are_signed_below() -> None:
    """读者 and a name end a letter; the next line is the next headline."""
    found = titles(
        "路灯修好了",
        "我家门前的路灯坏了半年，上周来信以后，工人师傅第三天就来修好了路灯。",
        "读者 石小满",
        "站牌的字太小",
        "公交站的新站牌字太小，老人站在站牌跟前也看不清楚，希望换大一些。",
        "市民 叶闻钟",
    )
    assert [title for _, title, _ in found] == ["路灯修好了", "站牌的字太小"]


def test_picture_has_the_headline_above_its_caption() -> None:
    """No text below could be the headline's own."""
    found = titles(
        "打麦场上的书声",
        "7月1日晚，苇塘村的孩子们在打麦场上听书。石小满 摄",
        "老井淘洗完毕",
        "本报讯（记者 叶闻钟）石碾村的老井昨天淘洗完毕，井水比从前更清。",
    )
    assert found == [("photo", "打麦场上的书声", 1), ("article", "老井淘洗完毕", 1)]
    assert is_credit("图／文 石小满 叶闻钟") and not is_credit("文明 石碾村")
