"""Files → readers → pages → rows: one report a file, and no file stops the others.

`ingest` is the road in; `read_file` and `parse_text` are its first half, used by `baozhai parse` too.
"""

from __future__ import annotations

import logging
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from store import readers
from store.database import Store
from store.errors import (
    BaozhaiError,
    EmptySource,
    IngestError,
    ReadingStopped,
    SourceUnknown,
    StoreError,
    TooLarge,
    UnreadableFile,
)
from store.identity import Identity, following, from_path, from_text
from store.models import Correction, PageRef, PageText, ParsedArticle, ParsedPage, Warning_
from store.pages import parse_page
from store.places import annotate
from store.readers import ready

log = logging.getLogger(__name__)

LARGEST_READY_BYTES = 2_000_000_000
HARMLESS_BYTES = 200_000
"""A text file under this is read without a note: the note would cost more than the reading."""
MOST_DEATHS = 2
LEAST_CHINESE = 0.3
FIRST_YEAR = 1815
"""The first modern newspaper in Chinese appeared then: an earlier date is a slip."""
NOTHING_GIVEN = Identity()
PAGES_A_TRANSACTION = 200
"""Ready articles come by the hundred thousand: a commit for each page would wait for the disk each time."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `outcome` is "new", "unchanged", "updated" or "failed" (then `reason` says why)."""

    source: str
    outcome: str
    reason: str = ""
    pages: tuple[PageRef, ...] = ()
    articles: int = 0
    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


Progress = Callable[[int, int], None]


def _nobody_watches(done: int, all: int) -> None:
    pass


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those below the folders named whose suffix is read, in a stable order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            wanted = readers.suffixes()
            found += sorted(
                file
                for file in path.rglob("*")
                if file.is_file()
                and file.suffix.lower() in wanted
                and not file.name.startswith(".")
                and file.stem.lower() != "readme"
            )
        else:
            found.append(path)
    return found


def ingest(
    store: Store,
    paths: Iterable[Path],
    *,
    given: Identity = NOTHING_GIVEN,
    now: datetime,
    progress: Progress = _nobody_watches,
    limits: readers.Limits = readers.USUAL,
) -> Iterator[FileReport]:
    """Read files into the store, one after the other; `given` is what the operator said of them, `limits` what it may cost.

    `progress(done, all)` is called while a large file of ready articles is being stored, in pages.

    A file that cannot be read is reported, logged by name, and remembered in `unread_files` until it can be. A large or
    dangerous one is noted there before it is read, and is left alone after its reading has died twice.
    """
    for path in find_files(paths):
        try:
            refuse_link(path)
            begin_reading(store, path, now)
            report = _ingest_file(store, path, given, now, progress, limits)
            store.editions.forget_unread(str(path))
        except StoreError:
            raise  # the database is at fault, not the file: the next file would fare no better
        except (
            Exception
        ) as error:  # a file that breaks must not end the others: a file must not stop the others
            if not isinstance(error, BaozhaiError):
                log.exception("reading %s failed", path)
            reason = (
                str(error)
                if isinstance(error, BaozhaiError)
                else f"This is a fault of Baozhai ({type(error).__name__}); please report it."
            )
            died = isinstance(error, ReadingStopped)
            store.editions.note_unread(str(path), reason, now, died=died)
            report = FileReport(str(path), "failed", reason)
        yield report


def begin_reading(store: Store, path: Path, now: datetime) -> None:
    """Note a file that could end its reader before it is read. Raises ReadingStopped when it has done so twice."""
    try:
        facts = path.stat()
    except OSError:
        return  # read_bytes says what is wrong
    if path.suffix.lower() not in readers.APART and facts.st_size < HARMLESS_BYTES:
        return
    before = store.editions.begin_reading(str(path), f"{facts.st_size} {facts.st_mtime_ns}", now)
    if before >= MOST_DEATHS:
        raise ReadingStopped(
            f"Its reading died {MOST_DEATHS} times and is not tried again until the file changes"
        )


def refuse_link(path: Path) -> None:
    """Raise UnreadableFile for a link out of its folder: whoever may put files there may not show all others'."""
    if path.is_symlink():
        try:
            inside = path.resolve().is_relative_to(path.parent.resolve())
        except (OSError, RuntimeError):  # a link that leads to itself
            inside = False
        if not inside:
            raise UnreadableFile("It is a link to a file outside of its folder: put the file itself there.")


def read_bytes(path: Path, *, limit: int = readers.LARGEST_PDF_BYTES) -> bytes:
    """The bytes of an ordinary file. Raises UnreadableFile, TooLarge or EmptySource."""
    try:
        # A pipe would be waited for, for ever; only what is opened is known not to change between look and reading.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(number, "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise UnreadableFile("It is no ordinary file (a pipe, a device or a folder).")
            if facts.st_size > limit:
                raise TooLarge(facts.st_size, limit)
            # What the system makes up while it is read (/proc) says that it is empty, and may wait for ever.
            data = file.read(facts.st_size) if facts.st_size else b""
    except OSError as error:
        raise UnreadableFile(f"It cannot be opened: {error.strerror or error}.") from error
    if not data:
        raise EmptySource("The file is empty.")
    return data


def read_file(path: Path, *, limits: readers.Limits = readers.USUAL) -> list[PageText]:
    """The pages in a file. Raises IngestError."""
    limit = readers.largest(path.suffix.lower())
    return readers.read(read_bytes(path, limit=limit), name=path.name, limits=limits)


def parse_text(
    text: PageText,
    *,
    paper: str = "",
    day: date | None = None,
    explain: bool = False,
    corrections: Sequence[Correction] = (),
) -> ParsedPage:
    """A page's articles, as its corrections say, with their places, people and dates."""
    found = parse_page(text, explain=explain, corrections=corrections)
    parsed = annotate(found, paper=paper or text.paper, day=day or text.day)
    if _chinese_share(text) < LEAST_CHINESE:
        foreign = Warning_("language", "There is hardly any Chinese on this page; is it the right file?")
        parsed = replace(parsed, warnings=(foreign, *parsed.warnings))
    if text.trouble:
        parsed = replace(parsed, warnings=(Warning_("unread", text.trouble), *parsed.warnings))
    return parsed


def identify(path: Path, text: PageText, *, given: Identity, known: Sequence[str]) -> Identity:
    """Paper, day and page: as given, else as the path says, else as the page says."""
    parts = [*path.parts[:-1], path.stem] if path.is_absolute() else [*path.absolute().parts[:-1], path.stem]
    parts = [unicodedata.normalize("NFC", part) for part in parts]
    own = Identity(text.paper, text.day, text.number)
    return (
        given.or_else(from_path(parts, known=known)).or_else(own).or_else(from_text(text.lines, known=known))
    )


def _chinese_share(text: PageText) -> float:
    letters = [character for line in text.lines[:400] for character in line[:2000] if character.isalpha()]
    return sum("一" <= character <= "鿿" for character in letters) / len(letters) if letters else 1.0


def _ingest_file(
    store: Store, path: Path, given: Identity, now: datetime, progress: Progress, limits: readers.Limits
) -> FileReport:
    suffix = path.suffix.lower()
    if suffix in readers.READY_SUFFIXES:
        return _ingest_ready(store, path, given, now, progress)
    return ingest_texts(store, read_file(path, limits=limits), path, given=given, now=now)


def ingest_texts(
    store: Store, texts: Sequence[PageText], path: Path, *, given: Identity, now: datetime
) -> FileReport:
    """Store the pages of one file, all or none; `path` is where it is from. Raises IngestError or StoreError."""
    nothing = [text for text in texts if not any(line.strip() for line in text.lines)]
    notes = tuple(f"Page {text.number or 1}: {text.trouble}" for text in nothing if text.trouble)
    texts = [text for text in texts if text not in nothing]
    known = store.editions.papers()
    refs = [
        _believed(_whole_ref(identify(path, text, given=given, known=known), texts, index), given, now)
        for index, text in enumerate(texts)
    ]
    refs = [store.corrections.placed(str(path), ref) for ref in refs]
    report = FileReport(str(path), "unchanged", pages=tuple(refs), warnings=notes)
    with store.transaction():  # a file with several pages goes in whole or not at all
        for ref, text in zip(refs, texts, strict=True):
            if store.editions.is_unchanged(ref, "\n".join(text.lines)):
                continue
            parsed = parse_text(text, paper=ref.paper, day=ref.day, corrections=store.corrections.on(ref))
            change = store.editions.put(ref, text, parsed, source=str(path), now=now)
            report = replace(
                report,
                outcome="updated" if "updated" in (change.outcome, report.outcome) else "new",
                articles=report.articles + len(parsed.articles),
                added=report.added + change.added,
                changed=report.changed + change.changed,
                removed=report.removed + change.removed,
                warnings=report.warnings + tuple(warning.text for warning in parsed.warnings),
            )
    return report


def _whole_ref(found: Identity, texts: Sequence[PageText], index: int) -> PageRef:
    """The page's place, or a question to the operator."""
    number, label = found.number, found.label
    if len(texts) > 1:  # several pages in one file: the number given or found is the first page's
        number = texts[index].number or (found.number or 1) + index
        label = following(label, index) if not texts[index].number else ""
    missing = [
        question
        for question, value in (
            ("Which paper is it? Add --paper 运城日报", found.paper),
            ("Which day? Add --date 2024-08-05", found.day),
            ("Which page? Add --page 3", number is not None),
        )
        if not value
    ]
    if missing or found.day is None or number is None:
        raise SourceUnknown("; ".join(missing) + " (or name the file like 运城日报/2024-08-05/03.txt).")
    return PageRef(found.paper, found.day, number, label)


def _believed(ref: PageRef, given: Identity, now: datetime, where: str = "It") -> PageRef:
    """The page's place, unless its day cannot be: asked about, since one page of next year would pass for the newest."""
    if given.day is None and not (ref.day.year >= FIRST_YEAR and ref.day <= now.date() + timedelta(days=1)):
        why = "before there were newspapers" if ref.day.year < FIRST_YEAR else "after tomorrow"
        raise SourceUnknown(
            f"{where} says it is of {ref.day}, which is {why}. Which day is it? Add --date 2024-08-05."
        )
    return ref


def _ingest_ready(store: Store, path: Path, given: Identity, now: datetime, progress: Progress) -> FileReport:
    reader = ready.read
    if path.suffix.lower() not in (".jsonl", ".ndjson"):
        from store.readers import rss  # lxml is large: only when a feed comes

        reader = rss.read
    records = list(reader(read_bytes(path, limit=LARGEST_READY_BYTES), name=path.name))
    if not records:
        raise EmptySource("There is no article in it.")
    by_path = from_path([*path.absolute().parts[:-1], path.stem], known=store.editions.papers())
    placed: list[tuple[PageRef, ParsedArticle]] = []
    notes: tuple[str, ...] = ()
    for record in records:
        # What a line says of itself is nearer than what the operator said of the file.
        found = Identity(record.paper, record.day, record.number).or_else(given).or_else(by_path)
        if not found.paper:
            found = Identity(path.stem, found.day, found.number)
            notes = (
                f"The lines name no paper; it is called {path.stem} after the file (--paper names another).",
            )
        if found.day is None:
            raise SourceUnknown(f"Line {record.line} has no date. Which day? Add --date 2024-08-05.")
        ref = PageRef(found.paper, found.day, found.number or 0)
        placed.append((_believed(ref, given, now, f"Line {record.line}"), record.article))
    placed.sort(key=lambda pair: (pair[0].day, pair[0].paper, pair[0].number))
    pages = [
        (ref, [article for _, article in group]) for ref, group in groupby(placed, key=lambda pair: pair[0])
    ]
    report = FileReport(str(path), "unchanged", pages=tuple(ref for ref, _ in pages), warnings=notes)
    for start in range(0, len(pages), PAGES_A_TRANSACTION):
        with store.transaction():
            for ref, articles in pages[start : start + PAGES_A_TRANSACTION]:
                report = _put_ready(store, ref, articles, path, report, now)
        progress(min(start + PAGES_A_TRANSACTION, len(pages)), len(pages))
    return report


def _put_ready(
    store: Store, ref: PageRef, articles: list[ParsedArticle], path: Path, report: FileReport, now: datetime
) -> FileReport:
    """Articles join those of the page that came ready before; one with a known title replaces it."""
    stored = store.editions.raw_text(ref, format="ready").encode("utf-8", "replace")
    known = [record.article for record in ready.read(stored, name="stored.jsonl")] if stored else []
    merged = {article.title or article.body[0]: article for article in [*known, *articles]}
    text = PageText(
        lines=tuple(ready.line(article) for article in merged.values()), format="ready", whole=True
    )
    if store.editions.is_unchanged(ref, "\n".join(text.lines)):
        return report
    bare = ParsedPage(
        tuple(
            replace(article, lines=((number, number),)) for number, article in enumerate(merged.values(), 1)
        )
    )
    found = annotate(bare, paper=ref.paper, day=ref.day)
    parsed = replace(
        found,
        articles=tuple(
            replace(article, places=given.places or article.places)
            for given, article in zip(bare.articles, found.articles, strict=True)
        ),
    )
    change = store.editions.put(ref, text, parsed, source=str(path), now=now)
    return replace(
        report,
        outcome="updated" if "updated" in (change.outcome, report.outcome) else "new",
        articles=report.articles + len(articles),
        added=report.added + change.added,
        changed=report.changed + change.changed,
        removed=report.removed + change.removed,
    )


__all__ = [
    "FileReport",
    "IngestError",
    "find_files",
    "identify",
    "ingest",
    "ingest_texts",
    "parse_text",
    "read_bytes",
    "read_file",
]
