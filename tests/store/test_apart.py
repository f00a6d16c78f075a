"""Dangerous files are read by a child process with limits, and a file that kills it is set aside."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import readers
from store.database import Store
from store.errors import EmptySource, ReadingStopped, UnreadableFile
from store.ingest import ingest, read_bytes
from store.readers import Limits, apart
from tests.pdfs import hostile
from tests.pdfs.sheet import Sheet, pdf

NOW = datetime(2024, 8, 5, 8, tzinfo=UTC)
TIGHT = Limits(page_seconds=2, page_megabytes=200)


@pytest.fixture
def store() -> Store:
    """An empty store."""
    return Store()


def page(words: str = "今日无报") -> bytes:
    """A PDF with a line."""
    sheet = Sheet()
    sheet.text(100, 100, 10, words)
    return pdf([sheet])


def test_a_child_reads_what_the_reader_reads() -> None:
    """Lines, boxes and numbers come through as they are."""
    from store.readers import pdf as reader

    assert readers.read(page(), name="a.pdf") == reader.read(page())


def test_forms_within_forms_end_the_child_alone() -> None:
    """Ten to the thirtieth drawings in seven kilobytes: stopped by the limit on work or memory."""
    data = hostile.nested_forms()
    assert len(data) < 10_000
    with pytest.raises(ReadingStopped, match=r"takes more than (2 s|200 MB)"):
        readers.read(data, name="a.pdf", limits=TIGHT)


def test_a_stream_that_unpacks_without_end_is_stopped() -> None:
    """Hundreds of megabytes in one."""
    with pytest.raises((ReadingStopped, UnreadableFile)):
        readers.read(hostile.long_stream(250), name="a.pdf", limits=TIGHT)


def test_a_file_of_a_hundred_thousand_pages_is_refused_at_once() -> None:
    """With the number of pages and the limit."""
    with pytest.raises(UnreadableFile, match=r"100000 pages; at most 200"):
        readers.read(hostile.many_pages(), name="a.pdf")


def test_the_child_knows_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes over its reader finds nothing to steal in its environment."""
    seen: dict[str, str] = {}

    class Stop(Exception):
        pass

    def watch(*arguments: object, env: dict[str, str], **rest: object) -> None:
        seen.update(env)
        raise Stop

    monkeypatch.setenv("BAOZHAI_TOKEN", "123:secret")
    monkeypatch.setattr(apart.subprocess, "Popen", watch)
    with pytest.raises(Stop):
        apart.read(b"", name="a.pdf")
    assert seen and not any("secret" in value for value in seen.values())
    assert seen["OMP_NUM_THREADS"] == "1"  # a thread a core would use up the limits on a machine of many


def test_a_file_that_kills_its_reader_twice_is_set_aside(store: Store, tmp_path: Path) -> None:
    """Until it changes; the others are read."""
    folder = tmp_path / "云岭日报" / "2024-08-05"
    folder.mkdir(parents=True)
    bad = folder / "01.pdf"
    bad.write_bytes(hostile.nested_forms())
    limits = Limits(page_seconds=0.5, page_megabytes=200)
    for _ in range(2):
        (report,) = ingest(store, [bad], now=NOW, limits=limits)
        assert report.outcome == "failed" and "takes more than" in report.reason
    (report,) = ingest(store, [bad], now=NOW, limits=limits)
    assert "died 2 times" in report.reason
    assert [source for source, _ in store.editions.unread()] == [str(bad)]
    bad.write_bytes(page())
    (report,) = ingest(store, [bad], now=NOW)
    assert report.outcome == "new"
    assert store.editions.unread() == []


def test_a_file_is_noted_before_it_is_read(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a bot that dies of it knows after its restart which one it was; the second time is the last."""
    file = tmp_path / "云岭日报-2024-08-05-01.pdf"
    file.write_bytes(page())

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt  # what no handler of the reading catches, as a kill would be

    with monkeypatch.context() as patch:
        patch.setattr("store.ingest.read_file", die)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                list(ingest(store, [file], now=NOW))
            assert store.editions.unread() == [(str(file), "Its reading was begun and never ended.")]
    (report,) = ingest(store, [file], now=NOW)
    assert report.outcome == "failed" and "died 2 times" in report.reason


def test_a_small_text_file_costs_no_note(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no process: a folder of ten thousand pages is read as fast as before."""
    file = tmp_path / "云岭日报-2024-08-05-01.txt"
    file.write_text("桥修好了\n云岭村的桥昨天修好了，村民走了过去。\n", encoding="utf-8")
    monkeypatch.setattr(store.editions, "begin_reading", lambda *_: pytest.fail("a note was written"))
    monkeypatch.setattr(apart.subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    (report,) = ingest(store, [file], now=NOW)
    assert report.outcome == "new"


def test_pipes_links_and_empty_files_are_refused_in_a_sentence(store: Store, tmp_path: Path) -> None:
    """A pipe is not waited for; a link out of the folder shows nobody another's file; one within it is read."""
    folder = tmp_path / "云岭日报" / "2024-08-05"
    folder.mkdir(parents=True)
    pipe = folder / "01.txt"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFile, match="no ordinary file"):
        read_bytes(pipe)
    secret = tmp_path / "secret.txt"
    secret.write_text("别人的秘密在这里，谁也不能看见。", encoding="utf-8")
    link = folder / "02.txt"
    link.symlink_to(secret)
    own = folder / "03.txt"
    own.write_text("桥修好了\n云岭村的桥昨天修好了，村民走了过去。\n", encoding="utf-8")
    within = folder / "04.txt"
    within.symlink_to(own)
    reports = {Path(report.source).name: report for report in ingest(store, [link, own, within], now=NOW)}
    assert "a link to a file outside" in reports["02.txt"].reason
    assert reports["03.txt"].outcome == reports["04.txt"].outcome == "new"
    with pytest.raises(EmptySource):
        read_bytes(Path("/proc/self/environ"))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("[" * 200_000, "nested too deeply"),
        (
            '{"title": "' + "长" * 2_000 + '", "body": "文", "date": "2024-08-05"}',
            "title has 2,000 characters",
        ),
        ('{"title": "长", "body": "' + "文" * 1_100_000 + '"}', "at most 1,000,000"),
        (
            '{"title": "页", "body": "文", "date": "2024-08-05", "page": ' + "1" * 40 + "}",
            "no paper has a page",
        ),
        ('{"title": "古", "body": "文", "date": "0001-01-01"}', "before there were newspapers"),
        ('{"title": "后", "body": "文", "date": "2024-08-07"}', "after tomorrow"),
    ],
)
def test_ready_articles_that_cannot_be_are_refused(
    store: Store, tmp_path: Path, line: str, sentence: str
) -> None:
    """One sentence each, and nothing is stored."""
    file = tmp_path / "云岭日报.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    (report,) = ingest(store, [file], now=NOW)
    assert report.outcome == "failed" and sentence in report.reason
    assert store.articles.count() == 0


def test_a_page_of_next_year_is_asked_about(store: Store, tmp_path: Path) -> None:
    """A slip in a name must not pass for the newest paper; the operator's word is believed."""
    from store.identity import Identity

    file = tmp_path / "云岭日报-2025-08-05-01.txt"
    file.write_text("桥修好了\n云岭村的桥昨天修好了，村民走了过去。\n", encoding="utf-8")
    (report,) = ingest(store, [file], now=NOW)
    assert "after tomorrow" in report.reason and "--date" in report.reason
    day = datetime(2024, 8, 5, tzinfo=UTC).date()
    (report,) = ingest(store, [file], given=Identity(day=day), now=NOW)
    assert report.outcome == "new"
