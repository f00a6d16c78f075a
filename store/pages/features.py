"""What each thing seen of a short line says for each role: one table of features, each with a sentence and its weights.

`weighing.weigh` adds them up; `benchmarks/fit_weights.py` fits them on pages with known answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from store.pages.characters import count_han
from store.pages.looks import Line
from store.pages.roles import has_dash, has_inner_dash, is_second, names_a_speaker

_SUBHEAD_SIZE = (
    *(-3.0, -3.0, -1.0, 0.0, 1.0, 1.3, 1.3, 1.4, 1.4, 1.4),
    *(1.0, 0.7, 0.3, -0.2, -0.7, -1.5, -2.0, -3.0, -4.0),
)
"""Log-odds of a subhead against a headline by its number of characters."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something seen of a line: its `strength` (0: not seen), and what each unit of it says for each role (log-odds)."""

    name: str
    why: str
    """Why it says what it says, for those who change it."""
    strength: Callable[[Line], float]
    says: dict[str, float]
    told: str = ""
    """What `--explain` says of it, with `{line}`; nothing where that would say too much."""


FEATURES = (
    # names
    Feature(
        "names, long",
        "A line of nothing but names of people signs an article.",
        lambda line: line.names and line.size > 4,
        {"title": -3.0, "kicker": -3.0, "byline": 11.0, "banner": -3.0, "subhead": -3.0},
        told="only names of persons",
    ),
    Feature(
        "names, short",
        "A single name is a byline rather than a headline of three characters.",
        lambda line: line.names and line.size <= 4,
        {"title": -3.0, "kicker": -3.0, "byline": 12.0, "banner": -3.0, "subhead": -3.0},
        told="only names of persons",
    ),
    # how it is set
    Feature(
        "hashes",
        "A Markdown heading is what it says, and seldom a subhead.",
        lambda line: line.chunk.heading > 0,
        {"title": 1.5, "kicker": 0.5, "banner": 0.5, "subhead": 0.3, "body": -6.0},
        told="Markdown heading of level {line.chunk.heading}",
    ),
    Feature(
        "no hashes",
        "Where headlines have Markdown marks, a line without one is not likely one.",
        lambda line: line.style.hashes and not line.chunk.heading,
        {"title": -2.0, "kicker": -1.0, "banner": -1.0, "body": 1.0},
        told="no Markdown mark, though headlines here have one",
    ),
    Feature(
        "large print",
        "What is printed larger than the body is no text; the larger, the more a headline (up to twice the size).",
        lambda line: min(1.0, line.ratio - 1) if line.ratio >= 1.15 else 0.0,
        {"title": 6.0},
        told="printed {line.ratio:.1f} times the body's size",
    ),
    Feature(
        "not in body print",
        "Text is printed in the body's size.",
        lambda line: line.ratio >= 1.15,
        {"body": -6.0},
    ),
    Feature(
        "larger than subheads",
        "Subheads are a little larger than the body; headlines are larger than that.",
        lambda line: line.ratio - 1.25 if line.ratio > 1.3 else 0.0,
        {"subhead": -6.0},
    ),
    Feature(
        "large as a subhead",
        "A size just above the body's is a subhead's.",
        lambda line: 1.15 <= line.ratio <= 1.3,
        {"subhead": 1.0},
    ),
    Feature(
        "body print",
        "A line in the body's size and weight is text or a byline.",
        lambda line: 0 < line.ratio < 1.15 and line.chunk.box is not None and not line.chunk.box.bold,
        {"title": -4.0, "kicker": -1.0, "body": 1.0},
    ),
    Feature(
        "ends early",
        "A paragraph that is cut fills its last line; an indented headline need not.",
        lambda line: line.is_indented and line.ends_early,
        {"body": -1.5},
        told="ends before its column's edge, without a stop",
    ),
    Feature(
        "indent",
        "Where paragraphs are indented, an indented short line is one of them.",
        lambda line: line.indent_share,
        {"title": -4.0, "kicker": -3.0, "banner": -2.0, "body": 2.5},
        told="indented like a paragraph",
    ),
    Feature(
        "indented at all",
        "Subheads may be indented, but fewer are.",
        lambda line: line.is_indented,
        {"subhead": -0.5},
    ),
    Feature(
        "no indent",
        "Where paragraphs are indented, a line that is not opens none.",
        lambda line: line.is_outdented,
        {"title": 0.5, "body": -2.5},
    ),
    # how it begins
    Feature(
        "mark",
        "Squares, dots and numbers stand before subheads and before items of a list.",
        lambda line: line.is_marked,
        {"title": -3.0, "kicker": -3.0, "banner": -2.0, "subhead": 4.0, "body": 1.0},
        told="marked like a subhead",
    ),
    Feature(
        "dash",
        "A dash opens the second line of a headline.",
        lambda line: has_dash(line.text),
        {"title": -2.5, "kicker": -4.0, "subtitle": 5.0, "banner": -4.0, "subhead": -4.0, "body": 1.0},
        told="opens with a dash",
    ),
    Feature(
        "no dash",
        "Most second lines have their dash.",
        lambda line: not has_dash(line.text),
        {"subtitle": -1.2},
    ),
    Feature(
        "second line's words",
        "侧记, 见闻 and their like say what kind of piece it is, which the second line does.",
        lambda line: not has_dash(line.text) and is_second(line.text),
        {"title": -0.7, "subtitle": 2.5},
        told="worded like a second line",
    ),
    Feature(
        "dash inside",
        "A headline that has its second line behind it on the same line.",
        lambda line: not has_dash(line.text) and has_inner_dash(line.text),
        {"title": 2.0, "banner": -3.0, "subhead": -3.0, "body": -2.0},
        told="carries its second line",
    ),
    # how long it is
    Feature(
        "up to three characters",
        "No headline is that short, and few banners.",
        lambda line: line.size < 4,
        {"title": -2.5, "banner": -1.0},
    ),
    Feature(
        "four or five characters",
        "Few headlines are that short.",
        lambda line: 4 <= line.size < 6,
        {"title": -1.5},
    ),
    Feature(
        "six to thirty characters",
        "The length of most headlines.",
        lambda line: 6 <= line.size <= 30,
        {"title": 0.5},
    ),
    Feature(
        "over 34 characters",
        "Longer than nearly all headlines.",
        lambda line: line.size > 34,
        {"title": -0.5, "body": 0.5},
    ),
    # what it says
    Feature(
        "office of up to eight characters",
        "A bare place or office above a headline says who did it.",
        lambda line: line.place and line.size <= 8,
        {"title": -1.5, "kicker": 2.0, "subhead": -2.0},
        told="names a place or an office",
    ),
    Feature(
        "office of more than eight characters",
        "As above; a long one may still be a headline that ends in an office.",
        lambda line: line.place and line.size > 8,
        {"title": -0.5, "kicker": 1.0, "subhead": -2.0},
        told="names a place or an office",
    ),
    Feature(
        "no office",
        "Kickers that name no place are fewer.",
        lambda line: not line.place,
        {"kicker": -1.5},
    ),
    Feature(
        "colon at its end",
        "A colon leads to what follows: a kicker to its headline, a text to its list.",
        lambda line: line.text[-1] in "：:",
        {"title": -2.0, "kicker": 1.5, "subhead": -0.5, "body": 2.0},
    ),
    Feature(
        "long with 的",
        "Headlines drop their 的; long lines that keep it are text.",
        lambda line: (
            line.size > 22
            and "的" in line.text
            and not line.chunk.heading
            and not re.search("[ \u3000]", line.text)
        ),
        {"title": -1.5, "body": 1.5},
    ),
    Feature(
        "comma at its end",
        "The sentence goes on below.",
        lambda line: line.text[-1] in "，,、",
        {"title": -4.0, "body": 4.0},
    ),
    Feature(
        "any line",
        "Before anything is seen, banners are rare, and so is text that ends without a stop.",
        lambda line: 1.0,
        {"banner": -3.2, "body": -2.0},
    ),
    Feature(
        "banner's words",
        "Slogans and series: 走基层, 新征程; counted at both ends.",
        lambda line: line.banner_words,
        {"title": -0.8, "banner": 2.2},
        told="worded like a column's banner",
    ),
    Feature(
        "subhead's length",
        "Subheads have four to eleven characters (the strength is a table by length).",
        lambda line: _SUBHEAD_SIZE[min(line.size, len(_SUBHEAD_SIZE) - 1)],
        {"subhead": 1.0},
    ),
    Feature(
        "over 16 characters",
        "Banners are short.",
        lambda line: line.size > 16,
        {"banner": -1.5},
    ),
    Feature(
        "closing sign first",
        "A line that begins with a comma or a closing mark goes on from above.",
        lambda line: line.text[0] in "，,。.、；;！？!?：:”’）)》",
        {"title": -6.0, "kicker": -6.0, "banner": -6.0, "subhead": -6.0, "body": 6.0},
    ),
    Feature(
        "particle first",
        "的, 了, 着, 过, 们 open no clause.",
        lambda line: line.text[0] in "的了着过们",
        {"title": -3.0, "body": 3.0},
    ),
    Feature(
        "each comma",
        "Headlines separate their halves with a space, sentences with a comma.",
        lambda line: line.commas,
        {"title": -2.0, "body": 1.2},
    ),
    Feature(
        "a comma",
        "Kickers and banners have none.",
        lambda line: line.commas > 0,
        {"kicker": -2.0, "banner": -2.0},
    ),
    Feature(
        "a comma in more than ten characters",
        "Subheads of two halves are short.",
        lambda line: line.commas > 0 and line.size > 10,
        {"subhead": -2.0},
    ),
    Feature(
        "somebody says",
        "说, 表示, 据悉 before a comma lead to what was said.",
        lambda line: line.commas > 0 and names_a_speaker(line.text),
        {"title": -1.5, "subhead": -1.0, "body": 2.0},
    ),
    Feature(
        "one quotation",
        "A line that is one quotation is speech in a story.",
        lambda line: line.text[-1] in '”’"？?！!' and line.text[0] in '“‘"',
        {"title": -2.0, "subhead": -1.0, "body": 3.0},
    ),
    Feature(
        "a question of two halves",
        "Questions with a comma are asked in a text.",
        lambda line: line.commas > 0 and line.text[-1] in "？?！!",
        {"title": -1.5, "body": 2.0},
    ),
    Feature(
        "names briefs",
        "短讯, 速览: a heading of its own, above a list.",
        lambda line: line.names_briefs,
        {"subhead": -4.0},
    ),
    Feature(
        "names the briefs below",
        "The same, and the list begins right below.",
        lambda line: line.names_briefs and line.lists_below,
        {"title": 4.5, "banner": -2.0, "body": -4.0},
        told="names a list of briefs",
    ),
    Feature(
        "above rows or verses",
        "Tables and poems have the line above them for their headline.",
        lambda line: line.block and not line.names and line.text[-1] not in "，,、：:",
        {"title": 3.0, "banner": -1.0, "subhead": -3.0, "body": -3.0},
        told="stands above rows or verses",
    ),
    Feature(
        "in brackets",
        "A line in brackets is a remark.",
        lambda line: line.text[0] in "（(" and line.text[-1] in "）)",
        {"title": -4.0, "kicker": -3.0, "subhead": -3.0, "body": 1.0},
    ),
    Feature(
        "built alike",
        "The subheads of one article are built alike; headlines of different ones are not.",
        lambda line: line.likeness if line.likeness >= 0.25 else 0.0,
        {"title": -4.0},
        told="built like another short line",
    ),
    Feature(
        "built alike, up to four",
        "The same for subheads, with an upper bound.",
        lambda line: min(4.0, 1.0 + 5 * line.likeness) if line.likeness >= 0.25 else 0.0,
        {"subhead": 1.0},
    ),
    Feature(
        "few Han characters",
        "Lines of figures and Latin letters are seldom headlines.",
        lambda line: count_han(line.text) < 0.4 * line.size,
        {"title": -1.5, "banner": -0.5},
    ),
    Feature(
        "pair left open",
        "A quotation or bracket left open is closed further down: the line is cut off.",
        lambda line: line.opens_pair,
        {"title": -2.0, "banner": -3.0, "subhead": -3.0, "body": 3.0},
    ),
)
"""What is seen of a short line, in the order in which `--explain` tells it."""
