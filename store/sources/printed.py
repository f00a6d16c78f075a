"""What a page of a site prints about itself: day, paper, its own number; and 停刊."""

from __future__ import annotations

import re
from datetime import date

from store.identity import find_paper
from store.sources.documents import Document, has_class, text_of
from store.sources.labels import read_label, tidy

_FULL = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:年|[-./])\s*(1[0-2]|0?[1-9])\s*(?:月|[-./])\s*(3[01]|[12]\d|0?[1-9])(?!\d)\s*日?"
)
_CLOSE = re.compile(r"(?<!\d)((?:19|20)\d\d)(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])(?!\d)")
_ENGLISH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-\s]+([A-Z][a-z]{2})[a-z]*[-\s]+(3[01]|[12]\d|0?[1-9])(?!\d)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_HAN_DATE = re.compile(
    r"([一二][〇○零Ｏ0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_HAN_DIGITS = {"○": 0, "零": 0, "Ｏ": 0, "0": 0} | {
    digit: value for value, digit in enumerate("〇一二三四五六七八九")
}
_TODAY = re.compile(r"(?:今天|现在|当前|北京时间)(?:是|时间|日期)?[:：]?\s*(?=(?:19|20)\d\d)")
_WELCOME = re.compile(
    r"^(?:欢迎(?:您|你)?(?:访问|阅读|光临|来到|浏览|进入)?|您正在(?:浏览|阅读|访问)|当前位置)[:：]?"
)
_PROPERTY = re.compile(r"<([a-z]+)>\s*(.*?)\s*</\1>", re.IGNORECASE | re.DOTALL)
_WEEKDAY = re.compile(r"星\s*期\s*[一二三四五六日天]|周[一二三四五六日]")
_NO_EDITION = re.compile(r"(?:停刊|休刊|停报|不出版|停止出版)")
_SPAN = re.compile(
    r"(?:((?:19|20)\d\d)年)?(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日"
    r"(?:[^\d。；;]{0,12}?(?:至|到|[-—–~～])+[^\d。；;]{0,12}?(?:((?:19|20)\d\d)年)?(?:(1[0-2]|0?[1-9])月)?(3[01]|[12]\d|0?[1-9])日)?"
)
_TAIL = re.compile(r"<founder-([a-z]+)>\s*(.*?)\s*</founder-\1>", re.IGNORECASE | re.DOTALL)
_DATE_PLACES = (
    "//*[@id='paperdatediv' or @id='paperdate' or @id='PaperDate' or @id='pubdate' or @id='date' or @id='riqi']",
    f"//*[{has_class('paperdate')} or {has_class('date')} or {has_class('newstime')} or {has_class('riqi')}"
    f" or {has_class('today')} or {has_class('rq')} or {has_class('time')}]",
)
_AFTER_NAME = re.compile(r"(?:数字报|电子报|电子版|数字版|多媒体).*$")


def tail(doc: Document) -> dict[str, str]:
    """The properties Founder's system writes at a page's end, in a comment or as elements: date, pagenum, type …"""
    text = doc.comments
    found = dict(_TAIL.findall(text)) if "<founder-" in text else {}
    if not found and "enpproperty" in text:
        # The portal's own properties, without the prefix. Its date is when the text was written, often the evening before.
        found = dict(_PROPERTY.findall(text[text.index("enpproperty") :]))
        found = {name: value for name, value in found.items() if name.lower() not in ("type", "date")}
    if "date" not in found:
        for name in ("date", "pagenum", "papername", "type", "pagename"):
            element = doc.one(f"//founder-{name}")
            if element is not None and text_of(element):
                found.setdefault(name, text_of(element))
    return {name.lower(): " ".join(re.sub(r"<[^>]*>", "", value).split()) for name, value in found.items()}


def is_article(doc: Document) -> bool:
    """Whether the page's own tail says that it is an article and no page."""
    return tail(doc).get("type") == "1"


def day_in(text: str) -> date | None:
    """The first full date in a text."""
    found = _FULL.search(text) or _CLOSE.search(text)
    if found:
        return _date(*found.groups())
    english = _ENGLISH.search(text)
    if english and english[2] in _MONTHS:
        return _date(english[1], str(_MONTHS.index(english[2]) + 1), english[3])
    han = _HAN_DATE.search(text)
    if han:
        year = "".join(str(_HAN_DIGITS[digit]) for digit in han[1])
        return _date(year, str(_han_number(han[2])), str(_han_number(han[3])))
    return None


def _han_number(text: str) -> int:
    """二十八 → 28, 十一 → 11, 二八 → 28."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_HAN_DIGITS[digit]) for digit in text))
    return (_HAN_DIGITS.get(tens, 1) if tens else 1) * 10 + (_HAN_DIGITS.get(ones, 0) if ones else 0)


def day_of(doc: Document) -> date | None:
    """The date the page prints: in its tail, where dates stand, in its title, else the first on the page with a weekday."""
    own = day_in(tail(doc).get("date", ""))
    if own:
        return own
    for path in _DATE_PLACES:
        for element in doc.root.xpath(path)[:20]:
            text = text_of(element)
            found = day_in(text) if len(text) <= 120 and not _TODAY.search(text) else None
            if found and not _is_link(element):
                return found
    # What the reader's clock says (今天是…) is not what the page prints.
    lines = [line for line in doc.plain.split("\n") if len(line) <= 160 and not _TODAY.search(line)]
    for line in lines:
        if _WEEKDAY.search(line):
            found = day_in(_spaceless(line))
            if found:
                return found
    title = day_in(_spaceless(doc.title))
    if title:
        return title
    # A year, a month and a day may stand in three elements, the weekday in the next.
    for number, line in enumerate(lines):
        together = _spaceless("".join(lines[number : number + 4]))
        found = day_in(together) if re.match(r".{0,24}?(?:(?:19|20)\d\d|[一二][〇○零])", together) else None
        if found and len(line) <= 80 and not re.search(r"版权|Copyright|©|备案|许可", line):
            return found
    return None


def paper_of(doc: Document) -> str:
    """The paper's name as the page prints it, "" where it does not."""
    own = tail(doc).get("papername", "")
    if own:
        return tidy(own)
    metas = doc.root.xpath("//meta[@name and @content]")
    named = {meta.get("name", "").lower(): meta.get("content", "") for meta in metas}
    places = [doc.title, *doc.texts("//h1")[:2], named.get("author", "")]
    places += [image.get("alt") or image.get("title") or "" for image in doc.root.xpath("//img")[:12]]
    places += [named.get("keywords", ""), named.get("description", "")]
    for place in places:
        flat = _WELCOME.sub("", tidy(place))
        found = re.search(r"《([^》]{2,16})》", flat)
        if found:
            return found[1]
        name = find_paper(_AFTER_NAME.sub("", flat)) or find_paper(re.sub(r"[-_|—:：,，]", " ", flat))
        if name:
            return name
    for line in doc.plain.split("\n")[:60]:
        name = find_paper(tidy(line)) if len(line) <= 40 else ""
        if name:
            return name
    head = re.split(r"[-_|—:：,，\s]", tidy(doc.title))[0]
    return _AFTER_NAME.sub("", head) if 2 <= len(head) <= 16 else ""


def label_of(doc: Document) -> tuple[str, str]:
    """(label, name) of the page itself: its tail, else its heading outside all links."""
    own = tail(doc)
    if own.get("pagenum"):
        label, name = read_label(own["pagenum"])
        return label or own["pagenum"].upper(), own.get("pagename", "") or name
    for line in [*doc.texts("//span[@id='layout']"), *doc.plain.split("\n")]:
        if len(line) <= 40 and re.search(r"版", line) and not re.search(r"上一版|下一版|版权|数字报", line):
            label, name = read_label(line)
            if label and re.search(
                r"第?\s*[A-Za-z]{0,3}\s*\d{1,4}\s*版|^\W*[A-Z]?\d{1,4}\s*[:：]", tidy(line)
            ):
                return label, name
    return "", ""


def says_no_edition(doc: Document, day: date) -> bool:
    """Whether the page says of this day that no paper is printed (停刊, 休刊)."""
    lines = [tidy(line) for line in (*doc.plain.split("\n"), *doc.texts("//a"))]
    for number, line in enumerate(lines):
        if not _NO_EDITION.search(line) or len(line) > 400:
            continue
        nearby = "".join(lines[max(0, number - 1) : number + 2])
        spans = [*_SPAN.finditer(_spaceless(nearby))]
        if any(_covers(span, day) for span in spans):
            return True
        full = day_in(_spaceless(nearby))
        if full == day:
            return True
        if re.search(r"今[日天]|本日|当日", line) and not spans and day_of(doc) in (day, None):
            return True
    return False


def _covers(span: re.Match[str], day: date) -> bool:
    year, month, first, last_year, last_month, last = span.groups()
    year = year or str(day.year)
    begins = _date(year, month, first)
    if begins is None:
        return False
    if not last:
        return begins == day
    ends = _date(last_year or year, last_month or month, last)
    if ends and ends < begins and not last_year:
        ends = _date(str(begins.year + 1), last_month or month, last)
        if begins > day:
            begins, ends = begins.replace(year=begins.year - 1), ends and ends.replace(year=begins.year)
    return ends is not None and begins <= day <= ends


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _spaceless(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _is_link(element: object) -> bool:
    node = element
    while node is not None:
        if getattr(node, "tag", "") == "a":
            return True
        node = node.getparent()  # type: ignore[attr-defined]
    return False
