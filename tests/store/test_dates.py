"""Days and spans that articles mention."""

from __future__ import annotations

from datetime import date

import pytest

from store.models import MentionedDate
from store.places.dates import dates_in, number

EDITION = date(2024, 8, 5)


def spans(text: str, edition: date | None = EDITION) -> list[tuple[str, str, str]]:
    return [(d.text, str(d.first or ""), str(d.last or "")) for d in dates_in([text], edition)]


@pytest.mark.parametrize(
    ("text", "printed", "first", "last"),
    [
        ("7月29日至8月2日，学院办班。", "7月29日至8月2日", "2024-07-29", "2024-08-02"),
        ("7月29日至31日办班。", "7月29日至31日", "2024-07-29", "2024-07-31"),
        ("3月28日上午开会。", "3月28日", "2024-03-28", "2024-03-28"),
        ("于2019年9月启动。", "2019年9月", "2019-09-01", "2019-09-30"),
        ("自2020年5月1日试运行以来。", "2020年5月1日", "2020-05-01", "2020-05-01"),
        ("去年的7月1日，", "去年的7月1日", "2023-07-01", "2023-07-01"),
        ("今年4月底至6月底，", "今年4月底至6月底", "2024-04-21", "2024-06-30"),
        ("2021年，她当选代表。", "2021年", "2021-01-01", "2021-12-31"),
        ("2021年至2025年，", "2021年至2025年", "2021-01-01", "2025-12-31"),
        ("今年2月中旬播种。", "今年2月中旬", "2024-02-11", "2024-02-20"),
        ("二〇二三年十二月三十一日封山。", "二〇二三年十二月三十一日", "2023-12-31", "2023-12-31"),
        ("８月２日下乡。", "８月２日", "2024-08-02", "2024-08-02"),
        ("7月1日至今共办九场。", "7月1日至今", "2024-07-01", "2024-08-05"),
        ("2023年12月30日至1月2日放假。", "2023年12月30日至1月2日", "2023-12-30", "2024-01-02"),
    ],
)
def test_a_day_or_span_is_found_and_resolved(text: str, printed: str, first: str, last: str) -> None:
    """As printed, with its first and last day."""
    assert spans(text) == [(printed, first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "近日，记者走访。",
        "今年以来，全市植树。",
        "自4月举办至今，",
        "20世纪90年代建成。",
        "为期5天的培训。",
        "上午9点开门。",
        "一年四季。",
        "地铁2号线。",
        "去年秋天。",
    ],
)
def test_what_is_no_day_is_left_out(text: str) -> None:
    """近日, months alone, hours, decades."""
    assert spans(text) == []


def test_a_day_takes_the_year_named_before_it_in_the_sentence() -> None:
    """And the next sentence does not."""
    found = spans("2019年3月1日动工，10月8日完工。7月1日开放。")
    assert [first for _, first, _ in found] == ["2019-03-01", "2019-10-08", "2024-07-01"]


@pytest.mark.parametrize(
    ("edition", "printed", "year"),
    [
        (date(2025, 1, 3), "12月28日", 2024),
        (date(2024, 12, 30), "1月2日", 2025),
        (date(2024, 12, 30), "6月1日", 2024),
    ],
)
def test_a_day_without_a_year_lies_near_the_edition(edition: date, printed: str, year: int) -> None:
    """Over New Year, backwards and forwards."""
    assert dates_in([printed + "举行"], edition)[0].first == date(year, *map(int, printed[:-1].split("月")))


def test_without_an_edition_only_written_years_are_resolved() -> None:
    """The text is given all the same."""
    assert spans("3月28日，去年5月，2020年7月1日。", None) == [
        ("3月28日", "", ""),
        ("去年5月", "", ""),
        ("2020年7月1日", "2020-07-01", "2020-07-01"),
    ]


def test_days_that_do_not_exist_are_printed_but_not_resolved() -> None:
    """2月30日, 13月5日: misread digits."""
    assert [d.first for d in dates_in(["2月30日，13月5日，0月9日。"], EDITION)] == [None, None, None]


def test_a_day_is_given_once_in_the_order_of_the_text() -> None:
    """Over all paragraphs."""
    found = dates_in(["8月2日开会。", "7月30日报到，8月2日结束。"], EDITION)
    assert found == (
        MentionedDate("8月2日", date(2024, 8, 2), date(2024, 8, 2)),
        MentionedDate("7月30日", date(2024, 7, 30), date(2024, 7, 30)),
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [("29", 29), ("十", 10), ("二十九", 29), ("十二", 12), ("三", 3), ("二〇二四", 2024)],
)
def test_numbers_in_words_and_digits(written: str, value: int) -> None:
    """Both ways dates are printed."""
    assert number(written) == value
