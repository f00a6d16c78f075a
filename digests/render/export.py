"""A digest as files under `out/`: a page, a feed and JSON a day, and an index; static, for any web server."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from digests.render import as_json, atom, html, index
from store.models import Digest

_PAGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.html")


def write_day(digest: Digest, out_dir: Path, *, base_url: str = "") -> tuple[Path, ...]:
    """Write DAY.html, DAY.atom, DAY.json (week-DAY for a weekly review) and the index of all days; the paths written.

    Each file is complete or not there at all. Raises OSError when the folder cannot be written.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    name = ("week-" if digest.kind == "weekly" else "") + digest.day.isoformat()
    written = [
        _write(out_dir / f"{name}.html", html(digest)),
        _write(out_dir / f"{name}.atom", atom([digest], base_url)),
        _write(out_dir / f"{name}.json", json.dumps(as_json(digest), ensure_ascii=False, indent=1) + "\n"),
    ]
    days = sorted(
        (date.fromisoformat(found[1]) for path in out_dir.iterdir() if (found := _PAGE.fullmatch(path.name))),
        reverse=True,
    )
    written.append(_write(out_dir / "index.html", index(days)))
    return tuple(written)


def _write(path: Path, text: str) -> Path:
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, "utf-8", errors="replace", newline="\n")
    return fresh.replace(path)
