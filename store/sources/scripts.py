"""What a page's scripts say: data they hold, addresses they ask, and addresses that wait for a day or an id; pure.

Scripts are read as text, never run. Pieces that a script puts together ('/issue/' + date + '.json') are put together
here; what stands for the day is filled in each of the ways papers write one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from store.sources.addresses import on_day

_ADDRESS = re.compile(
    r"""['"`(=\s]((?:https?://[\w.:-]+)?[\w./${}+%:-]*?(?:\.json|\.do|/newestPaper|/queryPageByDate|/period[A-Za-z/]*|/getJournalPage[\w.]*)(?:\?[\w=&${}.+%-]*)?)(?=['"`)\s])""",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"""(?:fetch|axios(?:\.\w+)?|\.(?:get|post|getJSON|ajax|load|request)|\brequest|\burl\s*:|\.open\s*\(\s*['"]\w+['"]\s*,)\s*\(?\s*(['"`])([^'"`\s<>]{2,200})\1""",
    re.IGNORECASE,
)
_NAME = r"[A-Za-z_$][\w.$]*"
_CALL = re.compile(rf"(['\"`])\s*\+\s*({_NAME}(?:\([^()]*\))*)\s*(?:\+\s*(['\"`])|(?=[,);}}\]\n&]))")
_BEFORE = re.compile(rf"(?<![\w.$'\"`}}])({_NAME})\s*\+\s*(['\"`])(?=[/?.])")
_CONSTANT = re.compile(
    rf"(?:\b(?:var|let|const)\s+|[,{{]\s*)({_NAME})\s*[=:]\s*(['\"`])([\w./:-]{{1,120}})\2"
)
_FORMAT = re.compile(r"\(\s*['\"]([YyMDd./-]{4,12})['\"]\s*\)")
_HOLE = re.compile(r"\$?\{+\s*([\w.$]+)(?:\([^()]*\))?\s*\}+")
_DATA = re.compile(
    r"(?:=|\()\s*(?=[\[{])|<script[^>]*type=['\"]?application/json['\"]?[^>]*>\s*", re.IGNORECASE
)
_YEAR, _MONTH, _DAY = ("year", "yyyy", "y", "yy"), ("month", "mm", "m", "mon"), ("day", "dd", "d")
_DAY_FORMS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y%m/%d", "%Y-%m/%d")
_DAYLIKE = re.compile(r"date|day|today|riqi|rq|time|period|qi$|^(?:d|dt|ymd|t|now)$", re.IGNORECASE)
_IDLIKE = re.compile(r"id$|^(?:no|num|page|pageno|code|n|p|i|key|index|bc|file)$", re.IGNORECASE)
_MOST_DATA, _LEAST_DATA, _MOST_ADDRESSES = 12, 200, 60
PAGE_WORDS = ("01", "1")


def held_data(text: str) -> Iterator[Any]:
    """What the scripts of a page hold as data: `window.state = {…}`, `<script type="application/json">`, `show([…])`."""
    decoder = json.JSONDecoder()
    tried = 0
    for found in _DATA.finditer(text):
        start = found.end()
        if text[start : start + 1] not in "[{" or len(text) - start < _LEAST_DATA:
            continue
        tried += 1
        if tried > _MOST_DATA:
            return
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if end - start >= _LEAST_DATA:
            yield value


def addresses(text: str, base: str, day: date, *, guesses: bool = True) -> Iterator[str]:
    """Addresses of answers that scripts name, for the day; then where such answers are known to lie."""
    for address in _named(_together(text, day)):
        for filled in islice(_filled(address, day), len(_DAY_FORMS)):
            yield on_day(urljoin(base, filled), day)
    if not guesses:
        return
    compact = day.strftime("%Y%m%d")
    for path in (
        f"html/{day.year}/{compact}/data.json",
        f"{day.year}/{compact}/data.json",
        f"{compact}/data.json",
        f"{day:%Y/%m/%d}/index.json",
        "data.json",
        "index.json",
    ):
        yield urljoin(base, path)
    yield urljoin(base, f"/journal/{day.isoformat()}/getJournalPage.do?page=01")


def templates(text: str, base: str, day: date) -> tuple[str, ...]:
    """Addresses that scripts ask with an id, the place of the id written as `{}`; the day's places are filled in."""
    found: list[str] = []
    for address in _named(_together(text, day)):
        holes = [name for name in _HOLE.findall(address) if not _is_day(name)]
        if len(holes) != 1:
            continue
        bare = _HOLE.sub(lambda hole: "\0" if not _is_day(hole[1]) else hole[0], address)
        found += [urljoin(base, filled).replace("\0", "{}") for filled in _days_in(bare, day)]
    return tuple(dict.fromkeys(found))


def _is_day(name: str) -> bool:
    last = name.rsplit(".", 1)[-1].lower()
    return last in (*_YEAR, *_MONTH, *_DAY) or (bool(_DAYLIKE.search(last)) and not _IDLIKE.search(last))


def _named(text: str) -> list[str]:
    """Addresses in a text, what is surely asked first."""
    called = [found[2] for found in islice(_CALLED.finditer(text), _MOST_ADDRESSES)]
    other = [found[1] for found in islice(_ADDRESS.finditer(text), _MOST_ADDRESSES)]
    kept = [address for address in (*called, *other) if re.search(r"[/.?]", address)]
    return [
        address
        for address in dict.fromkeys(kept)
        if not re.search(r"\.(?:js|css|png|jpe?g|gif|svg|ico|html?)(?:$|\?)", address, re.IGNORECASE)
    ]


def _together(text: str, day: date) -> str:
    """The text with its pieces joined: 'a/' + date + '.json' → 'a/${date}.json'; constants put where they are used."""

    def hole(found: re.Match[str]) -> str:
        name = found[2]
        form = _FORMAT.search(name)
        shown = _formatted(form[1], day) if form else "${" + re.sub(r"\(.*$", "", name, flags=re.DOTALL) + "}"
        return shown if found[3] else shown + found[1]

    joined = text
    for _ in range(4):  # each round joins every second piece
        again = _CALL.sub(hole, joined)
        if again == joined:
            break
        joined = again
    joined = _BEFORE.sub(lambda found: f"{found[2]}${{{found[1]}}}", joined)
    constants = {found[1]: found[3] for found in _CONSTANT.finditer(text) if "/" in found[3]}
    return _HOLE.sub(lambda found: constants.get(found[1].rsplit(".", 1)[-1], found[0]), joined)


def _formatted(form: str, day: date) -> str:
    return (
        form.replace("YYYY", f"{day:%Y}")
        .replace("yyyy", f"{day:%Y}")
        .replace("MM", f"{day:%m}")
        .replace("DD", f"{day:%d}")
        .replace("dd", f"{day:%d}")
    )


def _filled(address: str, day: date) -> Iterator[str]:
    """An address with its places filled in: ${year}/${month}/${day}; ${date} in each form; a page's by the first page."""
    holes = _HOLE.findall(address)
    if not holes:
        yield address
        return
    unknown = [name for name in holes if not _is_day(name)]
    if not unknown:
        yield from _days_in(address, day)
    elif len(unknown) == 1 and unknown[0].rsplit(".", 1)[-1].lower() in ("page", "pageno", "bc", "banci"):
        first = "${" + unknown[0] + "}"
        for word in PAGE_WORDS:
            yield from _days_in(address.replace(first, word).replace(first[1:], word), day)
    elif len(holes) == 1 and not _IDLIKE.search(holes[0]):
        yield from (_HOLE.sub(day.strftime(form), address) for form in _DAY_FORMS[:2])


def _days_in(address: str, day: date) -> Iterator[str]:
    names = [name.rsplit(".", 1)[-1].lower() for name in _HOLE.findall(address)]
    if not names:
        yield address
        return
    has_year = any(name in _YEAR for name in names)

    def part(found: re.Match[str], *, form: str) -> str:
        name = found[1].rsplit(".", 1)[-1].lower()
        if has_year:
            for sign, known in (("%Y", _YEAR), ("%m", _MONTH), ("%d", _DAY)):
                if name in known:
                    return day.strftime(sign)
        return day.strftime(form)

    for form in _DAY_FORMS[:1] if has_year else _DAY_FORMS:
        yield _HOLE.sub(partial(part, form=form), address)
