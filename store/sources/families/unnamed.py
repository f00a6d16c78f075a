"""A family for sites of no known system, made from the front itself: its page list says what a page's address looks like,
its headlines what an article's does. Only where the list is beyond doubt: numbers as papers print them (第01版, A02：)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from store.sources.documents import Document, text_of
from store.sources.families.family import Family
from store.sources.labels import read_label, tidy

NAME = "other"
_PAGE = re.compile(
    r"^[(\[【]?(?:第\s*[A-Za-z]{0,2}\d{1,4}\s*版|[A-Za-z]{0,2}\d{1,4}\s*版|[A-Za-z]{0,2}\d{1,3}\s*[:：]\s*\S"
    r"|第[一二三四五六七八九十]{1,3}版|[A-Z]\d{1,2}[\s|·-]\s*[一-鿿]|0\d[\s|·-]\s*[一-鿿])"
)
_HEADLINE = re.compile(r"[一-鿿].*[一-鿿].*[一-鿿].*[一-鿿]")
_STEP = re.compile(
    r"^\W*(?:上|下|前|后)一?[版篇期页]|返回|首页|更多|下载|登录|注册|关于|联系|版权|公告栏|订阅"
)
_TOKEN = re.compile(r"(?<![A-Za-z])[A-Za-z]{0,2}\d+|(?<=[=/_-])[0-9a-f]{8,}(?![\w])")
_LEAST_PAGES, _LEAST_ARTICLES = 2, 2


@dataclass(frozen=True, slots=True)
class Unnamed(Family):
    """Addresses told by path and query; what varies between the listed pages is `file`, the rest is the edition."""

    def page_of(self, url: str) -> tuple[str, str] | None:
        """(edition, file) of a page's address, None where it is none."""
        found = self.page.fullmatch(_place(url))
        if not found:
            return None
        start, end = found.span("file")
        text = found.string
        return f"{urlsplit(url).netloc.lower()}{text[:start]}*{text[end:]}", found["file"]

    def is_article(self, url: str) -> bool:
        """Whether an address has the shape of the front's headlines."""
        place = _place(url)
        return bool(self.article.fullmatch(place)) and not self.page.fullmatch(place)


def unnamed(doc: Document) -> Family | None:
    """The family of a front whose system nobody named; None where it has no page list and headlines that are beyond doubt."""
    host = urlsplit(doc.url).netloc.lower()
    pages: dict[str, str] = {}
    headlines: dict[str, str] = {}
    for element, href in doc.links:
        url = doc.link(href)
        parts = urlsplit(url)
        if parts.netloc.lower() != host or re.search(r"\.(?:pdf|jpe?g|png|gif)$", parts.path, re.IGNORECASE):
            continue
        text = tidy(text_of(element) or element.text or element.get("title") or element.get("alt") or "")
        if _PAGE.match(text) and read_label(text)[0]:
            pages.setdefault(_place(url), read_label(text)[0])
        elif element.tag != "option" and _HEADLINE.search(text) and not _STEP.search(text):
            headlines.setdefault(_place(url), text)
    page = _pages(pages)
    if page is None:
        return None
    article = _articles(place for place in headlines if not page.fullmatch(place))
    if article is None:
        return None
    return Unnamed(NAME, page, article, lambda _: 1.0, label_in_file=False)


def _place(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _skeleton(place: str) -> str:
    return _TOKEN.sub("#", place)


def _pages(pages: dict[str, str]) -> re.Pattern[str] | None:
    """The pattern of the page list's addresses; the one number that differs from page to page is its group `file`."""
    groups: dict[str, list[str]] = defaultdict(list)
    for place in pages:
        groups[_skeleton(place)].append(place)
    if not groups:
        return None
    skeleton, places = max(groups.items(), key=lambda pair: len(pair[1]))
    if len(places) < _LEAST_PAGES or len({pages[place] for place in places}) < _LEAST_PAGES:
        return None
    columns = list(zip(*(_TOKEN.findall(place) for place in places), strict=True))
    varying = [number for number, column in enumerate(columns) if len(set(column)) > 1]
    if not varying:
        return None
    most = max(varying, key=lambda number: (len(set(columns[number])), number))
    return _pattern(skeleton, most)


def _articles(places: Iterable[str]) -> re.Pattern[str] | None:
    """The pattern that most headlines' addresses have in common."""
    skeletons = Counter(map(_skeleton, places))
    if not skeletons:
        return None
    skeleton, count = skeletons.most_common(1)[0]
    return _pattern(skeleton, None) if count >= _LEAST_ARTICLES and "#" in skeleton else None


def _pattern(skeleton: str, named: int | None) -> re.Pattern[str]:
    pieces = skeleton.split("#")
    text = re.escape(pieces[0])
    for number, piece in enumerate(pieces[1:]):
        token = r"(?:[A-Za-z]{0,2}\d+|[0-9a-f]{8,})"
        text += (f"(?P<file>{token})" if number == named else token) + re.escape(piece)
    return re.compile(text)
