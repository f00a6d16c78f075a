"""Files in, rows out, a report for each; nothing lost, nothing half-stored."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from store.database import Store
from store.identity import Identity
from store.ingest import NOTHING_GIVEN, FileReport, ingest

NOW = datetime(2026, 11, 19, 1, tzinfo=UTC)
PAGE = """村口修好了新桥

本报讯（记者 甘雨田）清水村的新桥昨天通车，全村320户人家出行不再绕路。村民们一早就来到桥头，放起了鞭炮。

新桥长86米，总投资210万元，由县交通局组织施工。施工队从三月开工，用了八个月。
"""


def read(store: Store, *paths: Path, given: Identity = NOTHING_GIVEN) -> list[FileReport]:
    """The reports of an ingest."""
    return list(ingest(store, paths, given=given, now=NOW))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A paper's folder with one page."""
    day = tmp_path / "清水日报" / "2026-11-19"
    day.mkdir(parents=True)
    (day / "03.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_folder_is_read_once(folder: Path) -> None:
    """New the first time, unchanged the second."""
    store = Store()
    first = read(store, folder)
    assert [(report.outcome, report.articles) for report in first] == [("new", 1)]
    assert [report.outcome for report in read(store, folder)] == ["unchanged"]
    article = store.articles.on(date(2026, 11, 19))[0]
    assert (article.paper, article.page, article.title, article.byline.reporters) == (
        "清水日报",
        3,
        "村口修好了新桥",
        ("甘雨田",),
    )


def test_page_saved_in_another_encoding_is_unchanged(folder: Path) -> None:
    """The page is what it says, not its bytes."""
    store = Store()
    read(store, folder)
    (folder / "清水日报" / "2026-11-19" / "03.txt").write_text(PAGE, encoding="gb18030")
    assert [report.outcome for report in read(store, folder)] == ["unchanged"]


def test_page_of_unknown_origin_is_a_question_and_nothing_is_stored(tmp_path: Path) -> None:
    """The operator is asked for just what is missing."""
    store = Store()
    file = tmp_path / "scan.txt"
    file.write_text(PAGE, encoding="utf-8")
    report = read(store, file, given=Identity("清水日报"))[0]
    assert report.outcome == "failed"
    assert (
        "Which day?" in report.reason
        and "Which page?" in report.reason
        and "Which paper" not in report.reason
    )
    assert store.articles.count() == 0 and store.editions.papers() == []


def test_unreadable_file_does_not_stop_the_others_and_is_remembered_until_mended(folder: Path) -> None:
    """Named, kept, reported; forgotten once it is read."""
    store = Store()
    broken = folder / "清水日报" / "2026-11-19" / "01.txt"
    broken.write_bytes(b"")
    assert [report.outcome for report in read(store, folder)] == ["failed", "new"]
    assert store.editions.unread() == [(str(broken), "The file is empty.")]
    broken.write_text(PAGE.replace("新桥", "水塔"), encoding="utf-8")
    assert [report.outcome for report in read(store, folder)] == ["new", "unchanged"]
    assert store.editions.unread() == []


def test_unexpected_fault_in_one_file_is_logged_and_the_next_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours costs one page, not the day."""
    monkeypatch.setattr("store.ingest.parse_page", lambda *_, **__: 1 / 0)
    reports = read(Store(), folder)
    assert reports[0].outcome == "failed" and "fault of Baozhai" in reports[0].reason
    assert "03.txt" in caplog.text


def test_jsonl_goes_in_and_a_second_file_adds_to_the_same_page(tmp_path: Path) -> None:
    """Ready articles of one page come in as many files as they like; a known title is a correction."""
    store = Store()
    base = {"paper": "清水日报", "date": "2026-11-19", "page": 2, "place": "夏县", "byline": "记者 甘雨田"}
    file = tmp_path / "a.jsonl"
    file.write_text(
        "\n".join(json.dumps(base | {"title": t, "body": f"{t}的正文。"}) for t in "甲乙"), encoding="utf-8"
    )
    assert read(store, file)[0].outcome == "new"
    assert read(store, file)[0].outcome == "unchanged"
    other = tmp_path / "b.jsonl"
    other.write_text(
        json.dumps(base | {"title": "乙", "body": "乙的正文改了。"})
        + "\n"
        + json.dumps(base | {"title": "丙", "body": "丙。"}),
        encoding="utf-8",
    )
    report = read(store, other)[0]
    assert (report.outcome, len(report.added), len(report.changed)) == ("updated", 1, 1)
    stored = store.articles.on(date(2026, 11, 19))
    assert [(a.title, a.page) for a in stored] == [("甲", 2), ("乙", 2), ("丙", 2)]
    assert stored[0].places[0].name == "夏县" and stored[0].byline.reporters == ("甘雨田",)


def test_jsonl_with_one_wrong_line_stores_nothing(tmp_path: Path) -> None:
    """All of a file, or none of it."""
    store = Store()
    file = tmp_path / "清水日报.jsonl"
    file.write_text('{"title": "甲", "date": "2026-11-19"}\n{"title": "乙"}\n', encoding="utf-8")
    report = read(store, file)[0]
    assert report.outcome == "failed" and "Line 2 has no date" in report.reason
    assert store.articles.count() == 0


def test_page_of_another_language_is_read_with_a_warning(tmp_path: Path) -> None:
    """It stays searchable and says that it is hardly Chinese."""
    store = Store()
    file = tmp_path / "清水日报-2026-11-19-05.txt"
    file.write_text("The quick brown fox jumps over the lazy dog.\n\n" * 30, encoding="utf-8")
    report = read(store, file)[0]
    assert report.outcome == "new"
    assert any("Chinese" in warning for warning in report.warnings)
