"""Telegram's HTML, compared with TDLib's own parser on every input."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.loopback import html
from tests.botapi import tdlib

_PIECES = [
    "<b>", "</b>", "<i>", "</i>", "<em>", "</em>", "<u>", "</u>", "<s>", "</s>", "<strong>", "</strong>", "<B >", "</B >",
    "<code>", "</code>", "<pre>", "</pre>", '<code class="language-py">', '<pre><code class="language-c">', "<code class=x>",
    '<a href="http://a.com/x">', "<a href='tg://user?id=5'>", "<a href=t.me>", "<a>", "</a>", '<a href="http://localhost">',
    "<blockquote>", "<blockquote expandable>", "</blockquote>", "<span class='tg-spoiler'>", "<span>", "</span>",
    "<tg-spoiler>", "</tg-spoiler>", "<tg-emoji emoji-id='5'>", "</tg-emoji>", "<tg-time unix='7'>", "</tg-time>",
    "<u", "<u aba", "<i x= ", "<b x=\"y\"", "<i x=\"", "</", "</>", "<", ">", "=", "/", '"', "'", "<br>", "<p>", "<!--",
    "&lt;", "&lt", "&amp;", "&quot;x", "&nbsp;", "&mdash;", "&", "&#65;", "&#x4f60", "&#xD800;", "&#x10ffff;", "&#1114112;",
    "a", "中", "，", "😀", "𠮷", "e\u0301", " ", "\n", "\t", "http://b.cn/", "a.com",
]  # fmt: skip
soup = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
_OPENING = [piece for piece in _PIECES if piece.startswith("<") and piece.endswith(">") and "</" not in piece]
_WRAPPERS = [
    piece
    for piece in _OPENING
    if piece not in ("<br>", "<p>", "<span>", '<pre><code class="language-c">', "</>")
]


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def close(opening: str) -> str:
        return f"</{opening[1:].rstrip('>').split(' ')[0]}>"

    return st.tuples(st.sampled_from(_WRAPPERS), st.lists(inner, max_size=3), inner).map(
        lambda parts: f"{parts[0]}{''.join(parts[1])}{close(parts[0])}{parts[2]}"
    )


whole = st.recursive(
    st.sampled_from(["a", "中 ", "😀", "\n", "&lt;", "x y", "", "/go", "http://b.cn"]), _wrapped, max_leaves=8
)


def mine(markup: str) -> tdlib.Parsed | str:
    """Our parser's answer, in the shape of tdlib.parse."""
    try:
        text, entities = html.parse(markup)
    except html.MarkupError as error:
        return str(error)
    return text, sorted((one.type, one.offset, one.length, one.url, one.language) for one in entities)


@settings(max_examples=400, deadline=None)
@given(soup)
def test_any_soup_of_tags_parses_as_in_tdlib(markup: str) -> None:
    """Same text and entities, or the same complaint at the same byte."""
    assert mine(markup) == tdlib.parse(markup)


@settings(max_examples=300, deadline=None)
@given(whole)
def test_well_formed_markup_parses_as_in_tdlib(markup: str) -> None:
    """Nested styles, links, quotes and code agree with TDLib."""
    answer = mine(markup)
    assert not isinstance(answer, str)
    assert answer == tdlib.parse(markup)


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("报<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=https://a.com>x</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(markup: str, complaint: str) -> None:
    """The sentences the documentation of our delivery quotes."""
    with pytest.raises(html.MarkupError) as caught:
        html.parse(markup)
    assert str(caught.value) == complaint == tdlib.parse(markup)


def test_offsets_are_utf16_units() -> None:
    """A character beyond the basic plane counts twice."""
    text, entities = html.parse("𠮷😀<b>粗</b>")
    assert text == "𠮷😀粗" and entities == (html.Entity("bold", 4, 1),)
