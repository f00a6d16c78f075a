"""A site's page → its edition's page list, and the articles of this page alone.

The traps are in what else stands there: the same page list two or three times in other wording, links to other editions
and to a phone version, every page's PDF on every page, blocks that list other pages' articles in the same markup.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from store.sources.addresses import day_in_url, plain_url
from store.sources.blocks import STEPS, block_of, foreign_anchors
from store.sources.cut import picture_url
from store.sources.documents import Document, text_of
from store.sources.families import Family
from store.sources.labels import clean, fuller_label, label_of_file, read_label, same_label, tidy
from store.sources.printed import day_of, label_of, paper_of
from store.sources.records import Front, Item, ListedPage

_PHONE = re.compile(r"/(?:pad|m|h5|html5|mobile|wap|phone|app)/", re.IGNORECASE)
_DATE_DIRS = re.compile(r"/((?:19|20)\d\d)[-/]?(\d\d)[-/]?(\d\d)/")


def read_front(doc: Document, family: Family) -> Front:
    """What a page of the family tells of its edition; each page listed once, in the order of the list."""
    edition = edition_of(doc, family)
    rows: dict[str, list[tuple[str, Any]]] = {}
    for element, href in doc.links:
        url = doc.link(href)
        place = family.page_of(url)
        if place and place[0] == edition:
            rows.setdefault(plain_url(url), []).append((tidy(_words(element)), element))
    own = family.page_of(doc.url)
    here = plain_url(doc.url) if own and own[0] == edition else ""
    pages = [_listed(url, found, family, set(rows), doc) for url, found in rows.items()]
    if here and here not in rows:
        # A page that its own list leaves out (it is where one is), unless it is a copy of one that is listed (index.htm).
        label, name = label_of(doc)
        label = label or _file_label(here, family)
        if not any(same_label(page.label, label) for page in pages if label):
            pages.insert(0, ListedPage(label, name, here))
    named = [page for page in pages if page.label or page.name]
    return Front(family.name, here or doc.url, paper_of(doc), day_of(doc), tuple(_apart(named or pages)))


def edition_of(doc: Document, family: Family) -> str:
    """The edition (family.page_of) this page belongs to; of a copy of the newest issue the one its links lead to."""
    own = family.page_of(doc.url)
    found: dict[str, int] = defaultdict(int)
    for _, href in doc.links:
        place = family.page_of(doc.link(href))
        if place:
            found[place[0]] += 1
    if own and (own[0] in found or _DATE_DIRS.search(own[0])):
        return own[0]
    day = day_of(doc)
    digits = day.strftime("%Y%m%d") if day else ""

    def rank(edition: str) -> tuple[bool, bool, bool, date, int]:
        dated = digits in edition.replace("/", "").replace("-", "") if digits else False
        newest = day_in_url(f"http://{edition}") or date.min  # of a page that prints no day
        return (
            dated,
            not _PHONE.search(edition),
            found[edition] > 1,
            date.min if digits else newest,
            found[edition],
        )

    return max(found, key=rank) if found else (own[0] if own else "")


def read_items(doc: Document, family: Family, label: str = "") -> tuple[Item, ...]:
    """The articles of this page, in its order: those of its own list, and what its map names.

    `label` is the page's own, where it is known.
    """
    areas = _areas(doc, family)
    anchors = [
        (key, element)
        for element, href in doc.links
        if element.tag not in ("area", "option")
        and family.is_article(url := doc.link(href))
        and _same_day(url, doc)
        and (key := plain_url(url))
    ]
    foreign = foreign_anchors(doc, anchors, family, set(areas), label)
    listed = {key for key, _ in anchors}
    blocks = {block_of(element, anchors) for key, element in anchors if key in areas}
    items: dict[str, Item] = {}
    order: dict[Any, int] = {}
    for key, element in anchors:
        text = clean(_words(element)).lstrip("·•●■◆▪- ")
        block = block_of(element, anchors)
        if key in areas:
            sure = True
        elif element in foreign:
            continue
        else:
            sure = bool(areas) and block in blocks
        if STEPS.match(text):
            if key not in items:
                continue
            text = ""
        before = items.get(key)
        title = (
            max(text, clean(element.get("title") or ""), before.title if before else "", key=len)
            if len(text) < 4
            else text
        )
        if before and len(before.title) >= len(title):
            title = before.title
        items[key] = Item(
            key,
            tidy(title),
            areas.get(key, (0.0, ""))[0],
            sure or bool(before and before.sure),
            mapped=key in areas,
            blocks=(*(before.blocks if before else ()), order.setdefault(block, len(order))),
        )
    for key, (area, title) in areas.items():
        if key not in listed:
            items[key] = Item(key, title, area, True, mapped=True)
    return tuple(items.values())


def pdf_and_picture(doc: Document, page: ListedPage) -> ListedPage:
    """The page with the address of its picture, and of its PDF where the list did not give it."""
    picture = page.picture
    for path in (
        "//img[@usemap]/@src",
        "//*[@id='pagepic' or @id='PagePic' or @id='bmt' or @id='mapimg']//@src",
        "//img[contains(@src, 'page') or contains(@src, 'b_page')]/@src",
    ):
        found = doc.root.xpath(path)
        if found and not picture:
            picture = picture_url(doc.link(found[0]))
    pdf = page.pdf
    if not pdf:
        links = [
            doc.link(href)
            for href in doc.root.xpath("//a/@href")
            if urlsplit(href.strip()).path.lower().endswith(".pdf")
        ]
        pdf = links[0] if len(set(links)) == 1 else ""
    return ListedPage(page.label, page.name, page.url, pdf, picture, page.items)


def _words(element: Any) -> str:
    """What a link says: its text, else its title, else what its picture is called."""
    text = text_of(element) or (element.text or "" if element.tag == "option" else "")
    if not text.strip():
        text = (
            element.get("title")
            or element.get("alt")
            or next(
                (
                    name
                    for image in element.iter("img", "polygon", "image")
                    if (name := image.get("alt") or image.get("title"))
                ),
                "",
            )
        )
    return str(text)


def _same_day(url: str, doc: Document) -> bool:
    """Whether an article's address does not name another day than the page's."""
    one, other = _DATE_DIRS.search(urlsplit(url).path), _DATE_DIRS.search(urlsplit(doc.url).path)
    return one is None or other is None or one.groups() == other.groups()


def _listed(
    url: str, found: list[tuple[str, Any]], family: Family, pages: set[str], doc: Document
) -> ListedPage:
    label = name = pdf = ""
    for text, element in found:
        if STEPS.match(text):
            continue
        one, other = read_label(text)
        surer = bool(re.search(r"第.+版", text)) and len(one) > len(label)
        if one and (not label or surer or fuller_label(label, one)):
            label = one
        if len(other) > len(name) and other not in pages:
            name = other
        pdf = pdf or _row_pdf(element, url, family, doc)
    return ListedPage(label or (_file_label(url, family) if name else ""), name, url, pdf)


def _file_label(url: str, family: Family) -> str:
    place = family.page_of(url)
    return label_of_file(place[1]) if place and family.label_in_file else ""


def _row_pdf(element: Any, url: str, family: Family, doc: Document) -> str:
    """The PDF in the row of the page list that names this page: every page lists every page's PDF."""
    row, best = element, ""
    while row is not None and row.tag != "body":
        others = {
            plain_url(doc.link(href)) for href in row.xpath(".//a/@href") if family.page_of(doc.link(href))
        }
        if others - {url}:
            break
        links = [
            doc.link(href)
            for href in row.xpath(".//a/@href")
            if urlsplit(href.strip()).path.lower().endswith(".pdf")
        ]
        if len(set(links)) == 1:
            best = links[0]
        row = row.getparent()
    return best


def _apart(pages: list[ListedPage]) -> Iterator[ListedPage]:
    """Two pages of one label are both kept, the second marked."""
    seen: dict[str, int] = {}
    for page in pages:
        count = seen[page.label] = seen.get(page.label, 0) + 1
        label = f"{page.label}({count})" if page.label and count > 1 else page.label
        yield ListedPage(label, page.name, page.url, page.pdf, page.picture, page.items)


def _areas(doc: Document, family: Family) -> dict[str, tuple[float, str]]:
    """{article: (share of the page, title)} from the page's image map; USEMAP and NAME often differ in case."""
    found: dict[str, float] = defaultdict(float)
    titles: dict[str, str] = {}
    for area in doc.root.xpath("//map//area | //area"):
        href = area.get("href") or area.get("daoxiang") or ""
        url = doc.link(href) if href.strip() else ""
        if not url or not family.is_article(url) or not _same_day(url, doc):
            continue
        key = plain_url(url)
        found[key] += _polygon(area.get("coords") or "")
        titles.setdefault(key, clean(area.get("title") or area.get("alt") or ""))
    whole = sum(found.values())
    return {key: (size / whole if whole else 0.0, titles[key]) for key, size in found.items()}


def _polygon(coords: str) -> float:
    """The area of a polygon or rectangle, in the picture's own pixels; 0 where it cannot be read."""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", coords)]
    if len(numbers) == 4:
        left, top, right, bottom = numbers
        return abs((right - left) * (bottom - top))
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    if len(points) < 3:
        return 0.0
    doubled = sum(
        x * next_y - next_x * y
        for (x, y), (next_x, next_y) in zip(points, points[1:] + points[:1], strict=True)
    )
    return abs(doubled) / 2
