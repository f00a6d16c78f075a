"""Messages as lines of a terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from bot.loopback.formatting import formatted
from bot.loopback.keyboards import markup
from bot.loopback.parameters import Upload
from bot.loopback.records import Message
from bot.terminal import screen
from bot.terminal.words import CHINESE, words

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def message(html: str, **more: Any) -> Message:
    """The bot's message 5."""
    return Message(5, 7, 1, NOW, formatted(html, "HTML"), **more)


def lines(one: Message, **options: Any) -> list[str]:
    """Its lines as plain text."""
    return [line.plain.rstrip() for line in screen.rendered(one, CHINESE, name="报摘", **options)]


def styled(html: str, style: str) -> list[str]:
    """The words drawn in `style`."""
    drawn = Text("\n").join(screen.rendered(message(html), CHINESE, name="报摘"))
    return [drawn.plain[span.start : span.end] for span in drawn.spans if str(span.style) == style]


def test_styles_are_drawn() -> None:
    """Bold, italic, code, links; also beyond the basic plane."""
    html = '😀<b>粗</b><i>斜</i><code>码</code><a href="https://a.com">链</a>'
    assert "粗" in styled(html, "bold") and styled(html, "italic") == ["斜"]
    assert styled(html, "yellow") == ["码"] and styled(html, "underline cyan") == ["链"]


def test_links_are_numbered_after_their_words() -> None:
    """The number is what a reader types; a bold headline around it keeps its extent."""
    html = '<b><a href="https://a.com">一</a></b>二<a href="https://b.com">三</a>'
    assert lines(message(html))[1] == "│ 一[L1]二三[L2]"
    assert styled(html, "bold") == ["一"]


def test_quotes_have_a_bar_and_fold() -> None:
    """A quote is marked; an expandable one shows three lines and how to see the rest."""
    html = "前\n<blockquote>引</blockquote>\n<blockquote expandable>1\n2\n3\n4\n5</blockquote>\n后"
    assert lines(message(html)) == [
        "报摘 #5", "│ 前", "│ ▎ 引", "│ ▎ 1", "│ ▎ 2", "│ ▎ 3", "│ ▎ … 还有 2 行，输入 X1 展开", "│ 后",
    ]  # fmt: skip
    assert "│ ▎ 5" in lines(message(html), unfolded=True)


def test_buttons_are_numbered_across_rows() -> None:
    """Row by row, with a sign where a press leaves the chat."""
    keyboard = markup(
        {
            "inline_keyboard": [
                [{"text": "前", "callback_data": "p"}, {"text": "后", "callback_data": "n"}],
                [{"text": "网站", "url": "https://a.com"}],
            ]
        }
    )
    assert lines(message("一", markup=keyboard))[2:] == ["└ [1 前] [2 后]", "  [3 网站 ↗]"]
    answers = markup({"keyboard": [["是", "否"]]})
    assert lines(message("一", markup=answers))[2:] == ["└ [1 是] [2 否]"]


def test_no_line_is_wider_than_the_screen() -> None:
    """Long text, long buttons, quotes: at 40 columns too."""
    keyboard = markup(
        {"inline_keyboard": [[{"text": "很长的按钮文字" * 3, "callback_data": str(n)} for n in range(3)]]}
    )
    long = message(
        "<b>" + "社区把闲置的办公用房改成托育点，" * 9 + "</b><blockquote>" + "引文" * 40 + "</blockquote>",
        markup=keyboard,
    )
    for width in (40, 80):
        assert all(cell_len(line) <= width for line in lines(long, width=width))


def test_a_document_shows_name_size_and_beginning() -> None:
    """So that /mydata can be read in the terminal."""
    document = Upload("mydata.json", b'{\n"a": 1\n}', "application/json")
    drawn = lines(Message(5, 7, 1, NOW, formatted("全部"), document=document))
    assert drawn == ["报摘 #5", "│ ▤ mydata.json  10 B", "│ {", '│ "a": 1', "│ }", "│ 全部"]


def test_header_tells_what_is_special() -> None:
    """Edited, silent."""
    assert lines(message("一", silent=True), edited=True)[0] == "报摘 #5  (已编辑, 静音)"


def test_frame_words_follow_the_language() -> None:
    """Chinese for any zh, English for the rest."""
    assert words("zh-hant") is CHINESE and words("fr").edited == "edited"
