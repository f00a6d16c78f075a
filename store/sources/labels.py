"""Page numbers as printed: 第A02版：要闻 → ("A02", "要闻"); pure."""

from __future__ import annotations

import re
import unicodedata

_SIGN = r"[A-Z]{0,3}\d{1,5}(?:[-—–~～、,/·+至和]\d{1,4})?"
_LEADING = re.compile(
    rf"^[(\[【〔<《]?第?({_SIGN})[)\]】〕>》]?(?:版面|版|叠)?[)\]】〕]?(?![\d年月日.%])[:.\-—–|·_、,]*(.*)$",
    re.IGNORECASE,
)
_INSIDE = re.compile(rf"第({_SIGN})版(?:面)?[:.\-—|·_]*", re.IGNORECASE)
_TRAILING = re.compile(rf"^(.{{1,20}}?)[(\[【]?({_SIGN})(?:版)?[)\]】]?$", re.IGNORECASE)
_HAN_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_HAN_LABEL = re.compile(r"^第([一二三四五六七八九十]{1,3})版[:.\-—|·_]*(.*)$")
LONGEST = 40
"""A page's label and name are short; longer link texts are headlines."""


def tidy(text: str) -> str:
    """The text with half-width letters and digits and without blanks between Han characters (要 闻)."""
    flat = unicodedata.normalize("NFKC", text).replace("\xa0", " ").replace("\u200b", "")
    flat = re.sub(r"\s+", " ", flat).strip()
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", flat)


def clean(text: str) -> str:
    """Running text as printed: only blanks are put in order, every sign stays what it is."""
    bare = re.sub(r"[\u200b\u200c\u200d\ufeff\ue000-\uf8ff]", "", text.replace("\xa0", " "))
    return re.sub(r"[ \t\r\n\f\v\u2002-\u200a]+", " ", bare).strip(" \u3000")


def read_label(text: str) -> tuple[str, str]:
    """(label, name) of a page as a link or a heading prints it; ("", name) where there is no number in it."""
    flat = tidy(text)
    if not flat or len(flat) > LONGEST:
        return "", ""
    close = re.sub(r"\s+", "", flat)
    if re.match(r"(?:19|20)\d\d(?:[-./年]\d{1,2}[-./月]|(?:0[1-9]|1[0-2])[0-3]\d(?!\d))", close):
        return "", flat  # a date, in a list of editions
    han = _HAN_LABEL.match(close)
    if han:
        return f"{_han_number(han[1]):02d}", han[2]
    found = _LEADING.match(close)
    if found:
        return found[1].upper(), _name(flat, found[2])
    found = _INSIDE.search(close)
    if found:
        return found[1].upper(), (close[: found.start()] + close[found.end() :]).strip(" :-—|·_")
    found = _TRAILING.match(close)
    if found and re.search(r"版|要闻|新闻|副刊|专|综合", found[1]):
        return found[2].upper(), found[1].strip(" :-—|·_")
    return "", flat


def label_of_file(stem: str) -> str:
    """The label a file's name suggests: node_A01 → A01, Page01BC → 01, vA1 → A1, szbzA1 → A1."""
    bare = re.sub(
        r"^(?:szbz|szb|node|page|col|nbs\.D\d+[a-z]*|v|l|n(?=_))[_-]?", "", stem, flags=re.IGNORECASE
    )
    bare = re.sub(r"(?<=\d)(?:[A-Z]{2}|[a-z])$", "", bare)
    found = re.fullmatch(r"([A-Z]{0,3}\d{1,4})", bare, re.IGNORECASE)
    return found[1].upper() if found else ""


def number_of(label: str) -> int:
    """A whole number that sorts pages as the paper does: 03 → 3, A02 → 2, B01 → 101, 0607 → 6; 0 for no number.

    Two labels may get the same number; the table keeps them apart (store/tables/editions.py).
    """
    found = re.match(r"([A-Z]{0,3})(\d{1,5})", label.upper())
    if not found:
        return 0
    section, digits = found.groups()
    number = int(digits)
    if len(digits) == 4 and int(digits[:2]) + 1 == int(digits[2:]):
        number = int(digits[:2])
    before = 0
    for letter in section:
        before = before * 27 + ord(letter) - ord("A") + (1 if len(section) > 1 else 0)
    return before * 100 + number


def same_label(one: str, other: str) -> bool:
    """Whether two labels name one page: 1, 01 and 第01版 do, A01 and B01 do not."""
    return _plain(one) == _plain(other)


def fuller_label(label: str, other: str) -> bool:
    """Whether `other` says more of one page than `label`: A03 more than 03, B1 more than 1."""
    found = re.fullmatch(r"[A-Z]{1,3}(\d+)", other.upper())
    return found is not None and label.isdigit() and int(found[1]) == int(label)


def _plain(label: str) -> str:
    found = re.fullmatch(r"([A-Z]*)0*(\d+)", label.upper())
    return found[1] + found[2] if found else label.upper()


def _name(flat: str, close: str) -> str:
    """The name as printed, without the label: blanks between Latin words stay."""
    if not close:
        return ""
    place = re.sub(r"\s+", "", flat).find(close)
    seen = 0
    for index, character in enumerate(flat):
        if character.isspace():
            continue
        if seen == place:
            return flat[index:].strip(" :-—|·_")
        seen += 1
    return close


def _han_number(text: str) -> int:
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_HAN_DIGITS[tens] if tens else 1) * 10 + (_HAN_DIGITS[ones] if ones else 0)
    return _HAN_DIGITS[text]
