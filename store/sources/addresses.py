"""The same address on another day: dates in paths come in a handful of forms; pure."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_FORMS = ("%Y-%m/%d", "%Y-%m-%d", "%Y/%m-%d", "%Y/%m/%d", "%Y%m/%d", "%Y/%m%d", "%Y_%m_%d", "%Y%m%d")
_PATTERNS = {
    "%Y": r"(?:19|20)\d\d",
    "%m": r"(?:0[1-9]|1[0-2])",
    "%d": r"(?:0[1-9]|[12]\d|3[01])",
}


def _pattern(form: str) -> re.Pattern[str]:
    for sign, pattern in _PATTERNS.items():
        form = form.replace(sign, f"({pattern})")
    return re.compile(r"(?<!\d)" + form + r"(?!\d)")


_COMPILED = tuple((form, _pattern(form)) for form in _FORMS)


def day_in_url(url: str) -> date | None:
    """The day an address names, None where it names none."""
    parts = urlsplit(url)
    for _, pattern in _COMPILED:
        found = pattern.search(parts.path) or pattern.search(parts.query)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None


def on_day(url: str, day: date) -> str:
    """The address with its day replaced by another; unchanged where it names none."""
    old = day_in_url(url)
    if old is None:
        return url
    parts = urlsplit(url)
    path, query = parts.path, parts.query
    for form in _FORMS:
        path = path.replace(old.strftime(form), day.strftime(form))
        query = query.replace(old.strftime(form), day.strftime(form))
    # A folder of the year may stand before the date: /2026/20261127/
    path = re.sub(rf"/{old.year}(?=/)", f"/{day.year}", path)
    return urlunsplit((parts.scheme, parts.netloc, path, query, parts.fragment))


def plain_url(url: str) -> str:
    """An article's address without what only says where on the page it stands (?div=-1, ?v=1)."""
    parts = urlsplit(url)
    query = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key.lower() not in ("div", "v", "from")
    ]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))
