"""The drop folder: files that people or programs put there are read once, then put away.

A file is read when it has come to rest: the same size and time at two looks. What was read moves to `archive/`, what
cannot be read to `rejected/` with the reason in a file beside it. When the database is busy or full nothing moves, and the
file is looked at again. Links are not followed: whoever may write here may not read the rest of the machine.
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from store.database import Store
from store.ingest import FileReport, ingest
from store.readers import suffixes

log = logging.getLogger(__name__)

ARCHIVE, REJECTED = "archive", "rejected"
MOST_FILES, MOST_BYTES = 400, 800_000_000
"""What a zip may hold: a thick edition as PDF has some hundred pages and megabytes."""


@dataclass
class DropFolder:
    """A drop folder. `seen` holds size and time of each file at the last look."""

    folder: Path
    seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def look(self, store: Store, now: datetime) -> list[FileReport]:
        """Read the files that have come to rest, and put them away; a report a file. Raises StoreError."""
        found = dict(self._files())
        rested = [path for path, facts in found.items() if self.seen.get(path) == facts]
        self.seen = found
        reports: list[FileReport] = []
        for path in rested:
            reports += self._take(store, path, now)
            self.seen.pop(path, None)
        return reports

    def _files(self) -> Iterator[tuple[Path, tuple[int, int]]]:
        for root, folders, names in os.walk(self.folder, followlinks=False):
            here = Path(root)
            if here == self.folder:
                folders[:] = [name for name in folders if name not in (ARCHIVE, REJECTED)]
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                path = here / name
                try:
                    facts = path.lstat()
                except OSError:
                    continue  # gone since
                if (
                    stat.S_ISREG(facts.st_mode)
                    and not name.startswith(".")
                    and not name.endswith((".part", ".tmp", "~"))
                ):
                    yield path, (facts.st_size, facts.st_mtime_ns)

    def _take(self, store: Store, path: Path, now: datetime) -> list[FileReport]:
        suffix = path.suffix.lower()
        if suffix == ".zip":
            reports = self._unpacked(store, path, now)
        elif suffix in suffixes():
            reports = list(ingest(store, [path], now=now))
        else:
            kinds = " ".join((*suffixes(), ".zip"))
            reports = [
                FileReport(
                    str(path),
                    "failed",
                    f"Files ending in {suffix or 'nothing'} are not read; what is read: {kinds}.",
                )
            ]
        failed = [report for report in reports if report.outcome == "failed"]
        if failed:
            self._put_away(
                path,
                REJECTED,
                now,
                "\n".join(f"{Path(report.source).name}: {report.reason}" for report in failed),
            )
            for report in failed:
                store.editions.forget_unread(report.source)  # it lies in rejected/ with its reason
                log.warning("%s was not read: %s", report.source, report.reason)
        else:
            self._put_away(path, ARCHIVE, now)
        return reports

    def _unpacked(self, store: Store, path: Path, now: datetime) -> list[FileReport]:
        with tempfile.TemporaryDirectory(prefix=".unpacked-", dir=self.folder) as name:
            into = Path(name) / path.stem
            try:
                files = _extract(path, into)
            except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
                return [FileReport(str(path), "failed", f"The zip cannot be unpacked: {error}.")]
            if not files:
                return [FileReport(str(path), "failed", "There is no file in the zip whose kind is read.")]
            return list(ingest(store, files, now=now))

    def _put_away(self, path: Path, where: str, now: datetime, reason: str = "") -> None:
        target = self.folder / where / now.date().isoformat() / path.relative_to(self.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        number = 1
        while target.exists():
            number += 1
            target = target.with_name(f"{path.stem} ({number}){path.suffix}")
        shutil.move(path, target)
        if reason:
            target.with_name(target.name + ".why.txt").write_text(reason + "\n", encoding="utf-8")


def _extract(path: Path, into: Path) -> list[Path]:
    """The readable files of a zip, unpacked inside `into` whatever their names say. Raises ValueError where it is too much."""
    files: list[Path] = []
    left = MOST_BYTES
    with zipfile.ZipFile(path) as packed:
        for info in packed.infolist():
            parts = [
                part
                for part in PurePosixPath(_name(info).replace("\\", "/")).parts
                if part not in ("/", "..", ".")
            ]
            if (
                info.is_dir()
                or not parts
                or parts[-1].startswith(".")
                or Path(parts[-1]).suffix.lower() not in suffixes()
            ):
                continue
            if len(files) >= MOST_FILES:
                raise ValueError(f"it holds more than {MOST_FILES} files")
            target = into.joinpath(*(part.replace(":", "") for part in parts))
            target.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(info) as source, target.open("wb") as out:
                while chunk := source.read(1 << 20):  # the sizes a zip declares may be lies
                    left -= len(chunk)
                    if left < 0:
                        raise ValueError(f"unpacked it has more than {MOST_BYTES // 1_000_000} MB")
                    out.write(chunk)
            files.append(target)
    return files


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; Windows packs Chinese names in GBK and the format then reads them as cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return info.filename
