"""A digest as files under `out/`: a page, a feed and JSON a day, and an index; static, for any web server."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from digests.render import as_json, atom, html, index
from digests.render.page import after_link
from store.models import Digest

_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^\.+')
_AFTER = re.compile(r"<!--after-->.*?<!--/after-->")
_PAGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.html")


def write_day(digest: Digest, out_dir: Path, *, base_url: str = "") -> tuple[Path, ...]:
    """Write DAY.html, DAY.atom, DAY.json (week-DAY for a weekly review) and the index of all days; the paths written.

    The newest day is in feed.atom too, and each paper's part of it in feed-PAPER.atom: addresses that last. A page links
    to the days before and after it, and to the feed. Each file is complete or not there at all. Raises OSError when the folder cannot be written.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    name = ("week-" if digest.kind == "weekly" else "") + digest.day.isoformat()
    days = _days(out_dir)
    before = max((day for day in days if day < digest.day), default=None)
    after = min((day for day in days if day > digest.day), default=None)
    written = [
        _write(out_dir / f"{name}.html", html(digest, before=before, after=after)),
        _write(out_dir / f"{name}.atom", atom([digest], base_url, name=f"{name}.atom")),
        _write(out_dir / f"{name}.json", json.dumps(as_json(digest), ensure_ascii=False, indent=1) + "\n"),
    ]
    if digest.kind != "weekly":
        if after is None:
            written += _feeds(digest, out_dir, base_url)
        if before is not None:
            _link_to(out_dir / f"{before.isoformat()}.html", digest.day)
    days = _days(out_dir)
    written.append(_write(out_dir / "index.html", index(days)))
    return tuple(written)


def _days(out_dir: Path) -> list[date]:
    """The days that have a page, the newest first."""
    names = (_PAGE.fullmatch(path.name) for path in out_dir.iterdir())
    return sorted((date.fromisoformat(found[1]) for found in names if found), reverse=True)


def _feeds(digest: Digest, out_dir: Path, base_url: str) -> list[Path]:
    """The feed of all papers and one a paper, where readers subscribe."""
    feeds = [_write(out_dir / "feed.atom", atom([digest], base_url))]
    for paper in sorted({article.paper for article in digest.articles.values()}):
        # A paper is named by people: what no file may be called is left out.
        name = f"feed-{_NO_NAME.sub('', paper)}.atom"
        feeds.append(_write(out_dir / name, atom([digest], base_url, name=name, paper=paper)))
    return feeds


def _link_to(page: Path, after: date) -> None:
    """Let the page of the day before lead to the new one."""
    text = page.read_text("utf-8")
    fresh = _AFTER.sub(lambda _: after_link(after), text)
    if fresh != text:
        _write(page, fresh)


def _write(path: Path, text: str) -> Path:
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, "utf-8", errors="replace", newline="\n")
    return fresh.replace(path)
