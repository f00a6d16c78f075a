"""Text, Markdown, HTML, JSONL and feeds → pages."""

from datetime import date

import pytest

from store import readers
from store.errors import EmptySource, TooLarge, UnreadableFile, UnsupportedFormat
from store.readers import ready, rss, text

PAGE = "村口修好了新桥\n本报讯（记者 甘雨田）清水村的新桥昨天通车，全村320户人家出行不再绕路。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_in_any_chinese_encoding_is_read_the_same(encoding: str) -> None:
    """A page says the same whatever program saved it."""
    page = PAGE if encoding != "big5hkscs" else "今天天氣很好，我們在這裡看書。大家都來了，沒有人說話。\n"
    found = readers.read(page.encode(encoding), name="a.txt")[0]
    assert "\n".join(found.lines) + "\n" == page


def test_one_wrong_byte_in_utf8_keeps_the_page() -> None:
    """A damaged byte shows as U+FFFD; the rest of the page is not lost."""
    data = bytearray((PAGE * 3).encode())
    data[40] = 0xFF
    found = text.decode(bytes(data))
    assert "清水村" in found and "\ufffd" in found


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", EmptySource, "empty"),
        (b"\n \t\n", EmptySource, "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), UnreadableFile, "OCR"),
        (b"PK\x03\x04" + bytes(50), UnreadableFile, "packed"),
        (bytes(range(256)) * 8, UnreadableFile, "not text"),
        (b"\xff\xfe\x00", UnreadableFile, "damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, error: type[Exception], says: str) -> None:
    """The operator reads what the file is and what to do."""
    with pytest.raises(error, match=says):
        readers.read(data, name="a.txt")


def test_fifty_megabytes_are_refused_with_the_size() -> None:
    """A page is never so large; the sentence names both sizes."""
    with pytest.raises(TooLarge, match=r"50\.0 MB and a page at most 8"):
        readers.read(b"x" * 50_000_000, name="a.txt")


def test_unknown_suffix_is_refused_with_those_that_are_read() -> None:
    """The operator learns what would be read."""
    with pytest.raises(UnsupportedFormat, match=r"\.xlsx are not read.*\.pdf"):
        readers.read(b"x", name="a.xlsx")


def test_markdown_keeps_line_numbers_and_headings_and_drops_marks() -> None:
    """Line numbers of the input stay true; emphasis, pictures and comments go."""
    source = "---\npaper: 河汾日报\ndate: 2026-11-19\npage: 3\n---\n## 新**桥**通车\n![图](a.png)\n<!-- x\ny -->\n一[链接](http://a.cn)。1*2=2\n"
    page = readers.read(source.encode(), name="a.md")[0]
    assert (page.paper, page.day, page.number) == ("河汾日报", date(2026, 11, 19), 3)
    assert page.lines[5] == "## 新桥通车"
    assert page.lines[6] == ""
    assert page.lines[9] == "一链接。1*2=2"


def test_html_gives_blocks_headings_and_no_scripts() -> None:
    """What a browser would show as text, block by block."""
    source = (
        "<html><head><title>头版-清水晚报</title><meta name='publishdate' content='2026-11-19'></head><body><nav>首页</nav>"
        "<h2>新桥通车</h2><p>第一段<b>加粗</b>。<br>第二行</p><script>x()</script><div>末段&nbsp;完</div></body></html>"
    )
    page = readers.read(source.encode(), name="a.html")[0]
    assert [line for line in page.lines if line] == ["## 新桥通车", "第一段加粗。", "第二行", "末段 完"]
    assert (page.paper, page.day) == ("清水晚报", date(2026, 11, 19))


def test_html_that_declares_gb2312_is_read_as_gb18030() -> None:
    """Old e-paper sites say gb2312 and use characters beyond it."""
    source = "<html><head><meta charset=gb2312></head><body><p>镕基路口的红绿灯</p></body></html>"
    assert "镕基路口的红绿灯" in readers.read(source.encode("gb18030"), name="a.html")[0].lines


def test_ready_article_written_and_read_again_is_the_same() -> None:
    """`line` and `read` are each other's inverse."""
    source = '{"title": "甲", "body": "一。\\n二。", "byline": "本报记者 田禾 马小兰", "place": "夏县", "date": "2026-11-19", "page": "03版"}'
    first = next(ready.read(source.encode(), name="a.jsonl"))
    again = next(ready.read(ready.line(first.article).encode(), name="a.jsonl"))
    assert again.article == first.article
    assert first.article.byline.reporters == ("田禾", "马小兰")
    assert (first.day, first.number) == (date(2026, 11, 19), 3)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "Line 2 is not JSON"),
        ("[]", "Line 2 is not a JSON object"),
        ('{"date": "2026-11-19"}', "Line 2 has neither"),
        ('{"title": "甲", "date": "2026-13-01"}', "2026-13-01"),
        ('{"title": 3}', "title is not a text"),
    ],
)
def test_wrong_ready_line_is_named(line: str, says: str) -> None:
    """The operator finds the line."""
    with pytest.raises(UnreadableFile, match=says):
        list(ready.read(('{"title": "好"}\n' + line).encode(), name="a.jsonl"))


def test_feed_items_are_ready_articles() -> None:
    """An RSS item has a title, paragraphs and the day of China's clock."""
    source = (
        "<rss version='2.0'><channel><title>清水晚报</title><item><title>新桥通车</title>"
        "<pubDate>Wed, 18 Nov 2026 23:30:00 +0000</pubDate><description>&lt;p&gt;一。&lt;/p&gt;&lt;p&gt;二。&lt;/p&gt;</description></item></channel></rss>"
    )
    item = next(rss.read(source.encode(), name="a.xml"))
    assert (item.paper, item.day, item.article.title, item.article.body) == (
        "清水晚报",
        date(2026, 11, 19),
        "新桥通车",
        ("一。", "二。"),
    )


def test_xml_that_is_no_feed_is_refused() -> None:
    """Any other XML is named as such."""
    with pytest.raises(UnreadableFile, match="no RSS"):
        list(rss.read(b"<a/>", name="a.xml"))
