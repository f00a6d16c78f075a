"""Where lines end: the measure is found for each line from those around it."""

from store.pages.measures import measure, read_lines

LONG = "石碾村的老井边上立着一块石碑，碑上刻着三百年前修井人的名字，字迹已经模糊，只有村里的老人还能一个一个念出来。"


def wrapped(size: int, text: str = LONG) -> list[str]:
    """A paragraph in lines of so many characters."""
    return [text[at : at + size] for at in range(0, len(text), size)]


def full_share(lines: list[str]) -> float:
    """Share of the lines that the next one goes on with."""
    return len(measure(read_lines(lines)).full) / len(lines)


def test_columns_of_different_width_have_each_their_measure() -> None:
    """Four paragraphs of fourteen characters a line, then four of nineteen."""
    lines = 4 * wrapped(14) + 4 * wrapped(19)
    full = measure(read_lines(lines)).full
    ends = {n for n, line in enumerate(lines) if line.endswith("来。")}
    assert full == set(range(len(lines))) - ends


def test_paragraphs_in_one_line_each_have_no_measure() -> None:
    """No line goes on below."""
    assert measure(read_lines([LONG, LONG[:31], LONG[3:], "石碾村", LONG[7:]])).wrap == 0


def test_blank_line_behind_every_line_is_no_gap() -> None:
    """Some tools print one; the text goes on all the same."""
    lines = [part for line in 4 * wrapped(16) for part in (line, "")]
    layout = measure(read_lines(lines))
    assert layout.base == 1 and layout.wrap == 16


def test_line_one_short_is_full_only_where_a_mark_may_not_open_the_next() -> None:
    """A character went down with its comma: the line was full; before an ordinary character it was not."""
    drawn = [*wrapped(16)[:3], "石碾村的老井边上立着一块石", "碑，碑上刻着三百年前修井人的名", *wrapped(16)]
    assert 3 not in measure(read_lines(drawn)).full or len(drawn[3]) == 15
    assert full_share(wrapped(16) * 3) > 0.7


LOOSE = (
    "　　石碾村的老井边上立着一块石碑，碑上刻着",
    "三百年前修井人的名字，字迹已经模",
    "糊，只有村里的老人还能一个一个念",
    "出来，旁边还刻着井深。",
)


def test_loosely_set_lines_go_on_where_paragraphs_open_with_an_indent() -> None:
    """Lines of 17 to 20 characters in no order: what follows an indented line without an indent is its paragraph."""
    lines = [*LOOSE, *LOOSE, *LOOSE]
    full = measure(read_lines(lines)).full
    assert full == {n for n in range(len(lines)) if n % 4 != 3}


def test_headline_between_indented_paragraphs_does_not_go_on() -> None:
    """A headline shorter than the column is no part of the paragraph below it or above it."""
    full = measure(read_lines([*LOOSE, "老井有了新主人", *LOOSE, *LOOSE])).full
    assert full == {0, 1, 2, 5, 6, 7, 9, 10, 11}
