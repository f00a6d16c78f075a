"""Which paper, day and page a source is."""

from datetime import date

import pytest

from store.identity import Identity, from_path, from_text

DAY = date(2024, 8, 5)


@pytest.mark.parametrize(
    ("path", "identity"),
    [
        ("运城日报/2024-08-05/03", Identity("运城日报", DAY, 3)),
        ("pages/运城日报/20240805/A03", Identity("运城日报", DAY, 3, "A03")),
        ("pages/运城日报/20240805/B03", Identity("运城日报", DAY, 103, "B03")),
        ("运城日报_2024年8月5日_第B3版", Identity("运城日报", DAY, 103, "B3")),
        ("运城日报/2024-08-05/0607", Identity("运城日报", DAY, 6, "0607")),
        ("运城日报-2024-08-05-03", Identity("运城日报", DAY, 3)),
        ("运城日报_2024年8月5日_第3版", Identity("运城日报", DAY, 3)),
        ("2024-08/05/运城日报/3版", Identity("运城日报", DAY, 3)),
        ("2024/08/05/运城日报/page-12", Identity("运城日报", DAY, 12)),
        ("运城晚报20240805", Identity("运城晚报", DAY, None)),
        ("scans/page7", Identity("", None, 7)),
        ("2024-13-45/x", Identity("", None, None)),
        ("notes", Identity()),
    ],
)
def test_path_tells_paper_day_and_page(path: str, identity: Identity) -> None:
    """The documented forms, and what is not there stays unknown."""
    assert from_path(path.split("/")) == identity


def test_known_paper_with_an_unusual_name_is_found_in_the_path() -> None:
    """A paper read before needs no 日报 in its name."""
    assert from_path(["河东风", "2024-08-05", "1"], known=["河东风"]).paper == "河东风"


def test_masthead_tells_what_the_path_does_not() -> None:
    """Date line, page line, blanks inside the paper's name."""
    lines = [
        "运 城 日 报",
        "２０２４年8月5日　星期一　第03版",
        "本报讯（记者 甲乙）2023年1月1日，运城晚报第9版说。",
    ]
    assert from_text(lines) == Identity("运城日报", DAY, 3)


def test_section_in_the_masthead_is_kept() -> None:
    """第B03版 is not page 3."""
    assert from_text(["苇河日报 2024年8月5日 星期一 第B03版"]) == Identity("苇河日报", DAY, 103, "B03")


def test_prose_and_jump_lines_tell_nothing() -> None:
    """A date in an article's sentence is not the edition's; 下转第3版 is not the page."""
    assert from_text(["下转第3版", "2024年8月5日，记者走进清水村。"]) == Identity()


def test_what_is_given_goes_before_what_is_found() -> None:
    """The operator's word is last."""
    assert Identity("甲报").or_else(Identity("乙报", DAY, 0)) == Identity("甲报", DAY, 0)
