"""Ready articles: a JSON object a line, already cut into articles by somebody else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from store.errors import UnreadableFile
from store.models import Byline, ParsedArticle, Place
from store.models.pages import Kind
from store.readers.text import decode

_KINDS: dict[str, Kind] = {"article": "article", "photo": "photo", "notice": "notice"}

LONGEST_LINE = 1_000_000
"""Characters of a line: a long article has some 20,000."""
LONGEST_FIELD = 1_000
"""Characters of a title or another short field; each hit of a search shows it."""
LARGEST_NUMBER = 9_999


@dataclass(frozen=True, slots=True)
class ReadyArticle:
    """One line: the article, and where it says it was printed ("" and None where it does not)."""

    line: int
    article: ParsedArticle
    paper: str = ""
    day: date | None = None
    number: int | None = None


def read(data: bytes, *, name: str) -> Iterator[ReadyArticle]:
    """The articles of a JSONL file (keys title, body, date, paper, page, place, byline, kicker, subtitle, kind).

    `body` is a text (a line a paragraph) or a list of paragraphs. Raises UnreadableFile naming the first wrong line
    before anything is given out wrongly: the caller reads all of it before it stores any of it.
    """
    for number, line in enumerate(decode(data).split("\n"), 1):
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE:
            raise UnreadableFile(
                f"Line {number} has {len(line):,} characters; an article has at most {LONGEST_LINE:,}."
            )
        try:
            record = json.loads(line)
        except RecursionError as error:
            raise UnreadableFile(f"Line {number} is nested too deeply to be an article.") from error
        except ValueError as error:
            raise UnreadableFile(f"Line {number} is not JSON ({error}).") from error
        if not isinstance(record, dict):
            raise UnreadableFile(f"Line {number} is not a JSON object.")
        yield _article(record, number)


def line(article: ParsedArticle) -> str:
    """The article as a line that `read` reads back."""
    byline = {
        "raw": article.byline.raw,
        "reporters": article.byline.reporters,
        "correspondents": article.byline.correspondents,
        "photographers": article.byline.photographers,
    }
    record = {
        "kind": article.kind,
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "byline": byline,
        "places": [place.name for place in article.places],
        "body": article.body,
    }
    return json.dumps(record, ensure_ascii=False)


def _article(record: dict[str, Any], line: int) -> ReadyArticle:
    title = _text(record, "title", line)
    body = record.get("body") or record.get("text") or ""
    if isinstance(body, list):
        paragraphs = tuple(part.strip() for part in body if isinstance(part, str) and part.strip())
    elif isinstance(body, str):
        paragraphs = tuple(part.strip() for part in body.split("\n") if part.strip())
    else:
        raise UnreadableFile(f"Line {line}: body is neither a text nor a list of paragraphs.")
    if not title and not paragraphs:
        raise UnreadableFile(f"Line {line} has neither title nor body.")
    places = record.get("place") or record.get("places") or ()
    if isinstance(places, str):
        places = [part for part in re.split(r"[\s,，、;；]+", places) if part]
    return ReadyArticle(
        line=line,
        article=ParsedArticle(
            kind=_KINDS.get(str(record.get("kind") or "article"), "article"),
            title=title,
            body=paragraphs,
            kicker=_text(record, "kicker", line),
            subtitle=_text(record, "subtitle", line),
            byline=_byline(record.get("byline")),
            places=tuple(Place(str(place), "county") for place in places),
        ),
        paper=_text(record, "paper", line),
        day=_day(record.get("date") or record.get("day"), line),
        number=_number(record.get("page"), line),
    )


def _text(record: dict[str, Any], key: str, line: int) -> str:
    value = record.get(key) or ""
    if not isinstance(value, str):
        raise UnreadableFile(f"Line {line}: {key} is not a text.")
    value = " ".join(value.split())
    if len(value) > LONGEST_FIELD:
        raise UnreadableFile(
            f"Line {line}: {key} has {len(value):,} characters; at most {LONGEST_FIELD:,} are taken."
        )
    return value


def _byline(value: Any) -> Byline:
    if isinstance(value, dict):
        names = {
            role: tuple(str(name) for name in value.get(role) or ())
            for role in ("reporters", "correspondents", "photographers")
        }
        return Byline(str(value.get("raw") or ""), **names)
    if isinstance(value, list):
        return Byline(" ".join(str(name) for name in value), tuple(str(name) for name in value))
    raw = str(value or "").strip()
    bare = re.sub(r"本报|新华社|特约|见习|实习|记者|通讯员|摄影|[（）():：]", " ", raw)
    return Byline(
        raw, tuple(name for name in re.split(r"[\s、,，]+", bare) if re.fullmatch(r"[一-鿿·]{2,5}", name))
    )


def _day(value: Any, line: int) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise UnreadableFile(f"Line {line}: the date {value!r} is not like 2024-08-05.") from error


def _number(value: Any, line: int) -> int | None:
    if value is None or value == "":
        return None
    found = re.search(r"\d+", str(value))
    if not found:
        raise UnreadableFile(f"Line {line}: the page {value!r} has no number.")
    if len(found[0].lstrip("0")) > len(str(LARGEST_NUMBER)):
        raise UnreadableFile(
            f"Line {line}: no paper has a page {found[0][:20]}{'…' if len(found[0]) > 20 else ''}."
        )
    return int(found[0])
