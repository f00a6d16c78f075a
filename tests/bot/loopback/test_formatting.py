"""What becomes of a text on its way into a message."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.loopback.errors import Refused
from bot.loopback.formatting import Formatted, formatted, with_automatic
from bot.loopback.html import Entity, utf16
from tests.botapi import tdlib


def refusal(act: Callable[[], object]) -> str:
    """The description of the refusal `act` meets."""
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.error.code == 400
    return caught.value.error.description


def test_text_is_trimmed_and_entities_follow() -> None:
    """Spaces and line ends around it go, styles move and shrink."""
    assert formatted("\n  <b> 要点 </b>\n", "HTML") == Formatted("要点", (Entity("bold", 0, 2),))


def test_controls_are_cleaned() -> None:
    """Control characters become spaces; \\r and direction overrides vanish, offsets follow."""
    assert formatted("a\u202e\rb\x07<i>c</i>", "HTML") == Formatted("ab c", (Entity("italic", 3, 1),))


def test_4096_code_points_pass_and_one_more_does_not() -> None:
    """Counted after parsing, in code points: emoji count once."""
    assert utf16(formatted("<b>" + "😀" * 4096 + "</b>", "HTML").text) == 8192
    assert refusal(lambda: formatted("中" * 4097)) == "Bad Request: message is too long"


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "Bad Request: message text is empty"),
        (" \n ", "Bad Request: text must be non-empty"),
        ("\u200b\u2060", "Bad Request: text must be non-empty"),
        ("<b></b>", "Bad Request: text must be non-empty"),
        ("a<b", "Bad Request: can't parse entities: Unclosed start tag at byte offset 1"),
        ("中" * 11000, "Bad Request: text is too long"),
        (
            "".join(f'<a href="https://a.com/{"x" * 500}">{n}</a>' for n in range(20)),
            "Bad Request: ENTITIES_TOO_LONG",
        ),
    ],
)
def test_a_text_telegram_refuses_is_refused(text: str, description: str) -> None:
    """In the words our delivery decides by."""
    assert refusal(lambda: formatted(text, "HTML")) == description


def test_entities_beyond_the_hundredth_are_dropped() -> None:
    """Silently, as Telegram does it; the text stays whole."""
    sent = formatted("".join(f"<code>{n}</code> " for n in range(120)), "HTML")
    assert len(sent.entities) == 100 and sent.text.endswith("119")


def test_a_bad_link_vanishes_and_its_words_stay() -> None:
    """No error for an address Telegram does not take."""
    assert formatted('<a href="http://localhost/x">文章</a>', "HTML") == Formatted("文章")


def test_neighbours_of_one_style_are_joined_and_code_stays_plain() -> None:
    """As a message comes back from Telegram."""
    assert formatted("<b>a</b><b>b</b>", "HTML").entities == (Entity("bold", 0, 2),)
    assert formatted("<code>a<b>b</b></code>", "HTML").entities == (Entity("code", 0, 2),)


def test_commands_mentions_and_addresses_are_found() -> None:
    """In plain text, not inside code or links."""
    kinds = [
        (one.type, one.offset, one.length)
        for one in formatted("/help 问 @baozhai_bot https://a.com/x。").entities
    ]
    assert kinds == [("bot_command", 0, 5), ("mention", 8, 12), ("url", 21, 15)]
    assert [one.type for one in formatted("<code>/help</code>", "HTML").entities] == ["code"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"/@<>_a中，. \n😀", "/help", "@baozhai_bot", "bob", "/go@bot_x", "https://"]),
        max_size=10,
    )
)
def test_commands_and_mentions_are_found_as_in_tdlib(pieces: list[str]) -> None:
    """What a tap in plain text would do."""
    text = "".join(pieces)
    found = {
        (one["type"]["@type"], one["offset"], one["length"])
        for one in tdlib.execute("getTextEntities", text=text)["entities"]
    }
    names = {"bot_command": "textEntityTypeBotCommand", "mention": "textEntityTypeMention"}
    mine = {
        (names[one.type], one.offset, one.length)
        for one in with_automatic(Formatted(text)).entities
        if one.type in names
    }
    assert mine == {one for one in found if one[0] in names.values()}


def test_a_caption_may_be_empty_and_is_shorter() -> None:
    """1024 characters."""
    assert formatted("", limit=1024, optional=True) == Formatted("")
    assert (
        refusal(lambda: formatted("a" * 1025, limit=1024, optional=True))
        == "Bad Request: message caption is too long"
    )
