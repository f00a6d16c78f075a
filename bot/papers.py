"""The papers to be fetched, as tables of the configuration → records; and a table written for a new one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ConfigError
from store.sources.records import Paper

FAMILIES = [
    "auto",
    "founder-old",
    "founder-present",
    "founder-div",
    "shtml",
    "page-html",
    "paperindex",
    "qpaper",
    "dated",
    "default-htm",
    "json",
    "pdf",
    "feed",
    "other",
]
"""Names that `family` may hold; store/sources/families and its neighbours define them (tests/bot/test_papers.py)."""


def read_papers(tables: Sequence[Mapping[str, Any]], where: str) -> tuple[Paper, ...]:
    """The papers of the configuration. Raises ConfigError naming the key, its value and what is allowed."""
    papers: list[Paper] = []
    for number, table in enumerate(tables, 1):
        key = f"sources.papers[{number}]"
        for name in table:
            if name not in Paper.__dataclass_fields__:
                allowed = "one of " + ", ".join(Paper.__dataclass_fields__)
                raise ConfigError(f"{key}.{name}", repr(table[name]), allowed, where)
        paper = _paper(table, key, where)
        if any(other.name == paper.name for other in papers):
            raise ConfigError(f"{key}.name", repr(paper.name), "a name that no other paper has", where)
        papers.append(paper)
    return tuple(papers)


def _paper(table: Mapping[str, Any], key: str, where: str) -> Paper:
    def refuse(name: str, allowed: str) -> ConfigError:
        return ConfigError(f"{key}.{name}", repr(table.get(name, "")), allowed, where)

    name, url = table.get("name", ""), table.get("url", "")
    if not isinstance(name, str) or not name.strip():
        raise refuse("name", "the paper's name, like 运城日报")
    if not isinstance(url, str) or not re.fullmatch(r"https?://[^\s/]+\S*", url):
        raise refuse("url", "an http or https address")
    family = table.get("family", "auto")
    if family not in FAMILIES:
        raise refuse("family", "one of " + ", ".join(FAMILIES))
    hour = table.get("hour", "")
    if hour != "" and not (isinstance(hour, str) and re.fullmatch(r"(?:[01]?\d|2[0-3]):[0-5]\d", hour)):
        raise refuse("hour", 'an hour of the day like "06:30"')
    pages = table.get("pages", 0)
    if not isinstance(pages, int) or isinstance(pages, bool) or not 0 <= pages <= 999:
        raise refuse("pages", "a whole number from 0 to 999")
    hosts = table.get("hosts", [])
    if not isinstance(hosts, list) or not all(isinstance(one, str) and _host(one) for one in hosts):
        raise refuse("hosts", 'a list of host names, like ["img.example.org"]')
    return Paper(name.strip(), url, family, hour, pages, _from_date(table, refuse), tuple(hosts))


def _from_date(table: Mapping[str, Any], refuse: Any) -> date | None:
    value = table.get("from_date", "")
    if value == "" or (isinstance(value, date) and type(value) is date):
        return value or None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise refuse("from_date", "a day like 2026-01-31") from error


def _host(text: str) -> bool:
    return bool(urlsplit(text if "//" in text else f"//{text}").hostname)


def add_paper(paper: Paper, file: Path, *, own_file: bool) -> None:
    """Write the paper at the end of a configuration file; everything else in it stays as it is.

    Raises ConfigError where the file cannot be written.
    """
    lines = [f"[[{'papers' if own_file else 'sources.papers'}]]"]
    facts: dict[str, Any] = {"name": paper.name, "url": paper.url, "family": paper.family}
    facts |= {"hour": paper.hour} if paper.hour else {}
    facts |= {"pages": paper.pages} if paper.pages else {}
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()]
    try:
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
        with file.open("a", encoding="utf-8") as out:
            out.write(gap + "\n".join(lines) + "\n")
    except OSError as error:
        raise ConfigError(
            "", str(file), f"a file that can be written ({error.strerror})", str(file)
        ) from error
