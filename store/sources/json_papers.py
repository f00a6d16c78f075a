"""Papers whose pages come as JSON: index.json, data.json, journal and API answers.

The systems name their keys differently; the shape is the same everywhere: a list of pages, each with a number and a list
of articles. So the shape is looked for, and the names are lists of what has been seen. A page that is only a script's
shell is searched, with its scripts, for the address of such an answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from store.sources.addresses import day_in_url, on_day
from store.sources.client import Client
from store.sources.documents import Document, blocks
from store.sources.errors import NotAnswered, NotUnderstood, Refused
from store.sources.labels import clean, read_label, tidy
from store.sources.printed import day_in, paper_of
from store.sources.records import CutArticle, Front, Item, ListedPage

FAMILY = "json"
_LABELS = (
    "papernumber",
    "pageno",
    "pagenum",
    "pagenumber",
    "pagecode",
    "pnumber",
    "pno",
    "banci",
    "vernum",
    "verorder",
    "editionno",
    "editioncode",
    "bc",
    "layoutno",
    "no",
    "number",
    "num",
    "page",
    "code",
)
_NAMES = (
    "paperbk",
    "pagename",
    "pname",
    "editionname",
    "layoutname",
    "bm",
    "banming",
    "vername",
    "name",
    "title",
)
_TITLES = ("maintitle", "title", "headline", "articletitle", "zhengti", "bt")
_KICKERS = ("guidetitle", "pretitle", "introtitle", "leadtitle", "kicker", "yinti")
_SUBTITLES = ("title2", "subtitle", "vicetitle", "futi")
_AUTHORS = ("author", "articleauthor", "zuozhe", "writer")
_TEXTS = (
    "content",
    "articlecontent",
    "contenthtml",
    "contenttext",
    "html",
    "text",
    "body",
    "contents",
    "zhengwen",
)
_LINKS = ("articlehref", "href", "url", "link", "articleurl", "htmlurl")
_IDS = ("id", "articleid", "contentid")
_PDFS = ("pdf", "pdffilepath", "pdfurl", "pagepdf", "pdfpath", "pdffile")
_PICTURES = (
    "pagebigimgpath",
    "pageimgpath",
    "paperimg",
    "pic",
    "img",
    "image",
    "picpath",
    "jpgpath",
    "imgurl",
    "imgfilepath",
)
_DAYS = (
    "date",
    "paperdate",
    "pubdate",
    "publishdate",
    "issuedate",
    "perioddate",
    "periodtime",
    "docpubtime",
    "publishtime",
    "pagedate",
    "qkdate",
    "jdate",
    "pdate",
    "riqi",
)
_PAPERS = ("papername", "newspapername", "medianame", "sitename", "paper", "publicationname")
_ORDERED_BACKWARDS = ("articlelist",)
"""解放日报's journal gives its articles from the last to the first."""
_ADDRESS = re.compile(
    r"""['"`(=\s]((?:https?://[\w.:-]+)?[\w./${}+%:-]*?(?:\.json|\.do|/newestPaper|/queryPageByDate|/period[A-Za-z/]*|/getJournalPage[\w.]*)(?:\?[\w=&${}.+%-]*)?)(?=['"`)\s])""",
    re.IGNORECASE,
)
_MOST_SCRIPTS, _MOST_ASKED = 4, 10


def is_json(doc: Document) -> bool:
    """Whether an answer is JSON."""
    return doc.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read(doc: Document) -> Front | None:
    """The edition in a JSON answer; None where it holds no list of pages."""
    data = _parsed(doc)
    listed = list(_pages(data, doc))
    if not listed:
        return None
    day = _day(data) or day_in_url(doc.url)
    return Front(FAMILY, doc.url, tidy(_value(data, _PAPERS, deep=True)), day, tuple(listed))


def find(client: Client, doc: Document, day: date) -> tuple[Document, None, Front] | None:
    """The edition behind a shell that its own scripts fill; None where the page is no such shell."""
    scripts = list(doc.root.xpath("//script"))
    if not scripts or len("".join(doc.plain.split())) > 600:
        return None
    text = doc.text
    for source in [script.get("src") for script in scripts if script.get("src")][:_MOST_SCRIPTS]:
        try:
            text += "\n" + client.get(doc.link(source)).text
        except (NotAnswered, Refused):
            continue
    found = _search(client, doc, _addresses(text, doc.url, day), day)
    if found is not None:
        return found
    # Nothing of this day: what there is of the days around it says whether it is still to come, or was left out.
    for step in (1, -1, -2, -3):
        near = day + timedelta(days=step)
        dated = (url for url in _addresses(text, doc.url, near, guesses=False) if day_in_url(url) == near)
        found = _search(client, doc, dated, near)
        if found is not None:
            return found
    return None


def _search(
    client: Client, doc: Document, addresses: Iterable[str], day: date
) -> tuple[Document, None, Front] | None:
    """The edition of the day behind one of the addresses, else the newest behind any of them."""
    asked: set[str] = set()
    newest: tuple[Document, None, Front] | None = None
    for address in addresses:
        if address in asked or len(asked) >= _MOST_ASKED:
            continue
        asked.add(address)
        try:
            answer = client.get(address, json=True)
        except (NotAnswered, Refused):
            continue
        found = _follow(client, answer, day)
        if found is None:
            continue
        front = found[1]
        paper = front.paper or paper_of(doc)
        complete = (found[0], None, Front(front.family, front.url, paper, front.day, front.pages))
        if front.day == day:
            return complete
        if newest is None or (front.day and newest[2].day and front.day > newest[2].day):
            newest = complete
    return newest


def _follow(client: Client, answer: Document, day: date) -> tuple[Document, Front] | None:
    """The edition in an answer, or in the one it names (an API that only says which is the newest)."""
    if not is_json(answer):
        return None
    try:
        front = read(answer)
    except NotUnderstood:
        return None
    if front:
        return answer, _joined(client, answer, front)
    for value in _strings(_parsed(answer)):
        if re.search(r"\.json(?:$|\?)", value):
            try:
                other = client.get(urljoin(answer.url, value), json=True)
                front = read(other) if is_json(other) else None
            except (NotAnswered, NotUnderstood, Refused):
                continue
            if front:
                return other, front
    return None


def _joined(client: Client, answer: Document, front: Front) -> Front:
    """A journal gives a page an answer: the others are asked for by their number."""
    if "page=" not in urlsplit(answer.url).query.lower() or len(front.pages) != 1:
        return front
    pages = list(front.pages)
    for number in range(2, 100):
        url = re.sub(r"(?<=page=)0*\d+", f"{number:02d}", answer.url)
        try:
            further = read(client.get(url, json=True))
        except (NotAnswered, NotUnderstood, Refused):
            break
        if not further or not further.pages or further.pages[0].label == pages[-1].label:
            break
        pages += further.pages
    return Front(front.family, front.url, front.paper, front.day, tuple(pages))


def _addresses(text: str, base: str, day: date, *, guesses: bool = True) -> Iterator[str]:
    """Addresses of answers that a shell names, for the day; then where such answers are known to lie."""
    for found in _ADDRESS.finditer(text):
        address = found[1]
        if any(sign in address for sign in "${}"):
            address = _filled(address, day)
            if not address:
                continue
        yield on_day(urljoin(base, address), day)
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


def _filled(address: str, day: date) -> str:
    """An address with its day's places filled in: ${year}/${month}/${day}, ${date}."""
    names = {"%Y": "year yyyy y", "%m": "month mm m", "%d": "day dd d"}
    forms = {name: sign for sign, known in names.items() for name in known.split()}

    def fill(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name in forms:
            return day.strftime(forms[name])
        return day.strftime("%Y%m%d") if name in ("date", "ymd", "yyyymmdd", "today") else found[0]

    filled = re.sub(r"\$?\{+(\w+)\}+", fill, address)
    return "" if any(sign in filled for sign in "${}") else filled


def _parsed(doc: Document) -> Any:
    try:
        return json.loads(doc.text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(doc.url, "the answer is no whole JSON", doc.data) from error


def _pages(data: Any, doc: Document) -> Iterator[ListedPage]:
    """Every object that has a page's number and a list of articles."""
    seen: dict[str, int] = {}
    for found, items in _with_articles(data):
        label = str(_value(found, _LABELS) or "")
        name = tidy(str(_value(found, _NAMES) or ""))
        one, other = read_label(label)
        if not one:
            one, other = read_label(name)
        elif not name or name == label:
            name = other
        again = seen[one] = seen.get(one, 0) + 1
        pdf, picture = str(_value(found, _PDFS) or ""), str(_value(found, _PICTURES) or "")
        yield ListedPage(
            (one or label) + (f"({again})" if again > 1 else ""),
            read_label(name)[1] or name,
            doc.url,
            urljoin(doc.url, pdf) if pdf else "",
            urljoin(doc.url, picture) if picture else "",
            tuple(_items(items, doc, one or label)),
        )


def _with_articles(data: Any) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """(object, its articles) wherever a list of objects with titles hangs in an object with a number."""
    stack = [data]
    while stack:
        node = stack.pop(0)
        if isinstance(node, dict):
            for key, value in node.items():
                if _are_articles(value) and _value(node, _LABELS) not in (None, ""):
                    backwards = key.lower() in _ORDERED_BACKWARDS
                    yield node, list(reversed(value)) if backwards else value
                    break
            else:
                stack.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            stack.extend(value for value in node if isinstance(value, dict | list))


def _are_articles(value: Any) -> bool:
    if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
        return False
    first = value[0]
    if any(_are_articles(inner) for inner in first.values()):
        return False
    titled = any(_value(one, _TITLES) is not None for one in value)
    return titled and (any(_value(one, _LINKS) or _value(one, _TEXTS) is not None for one in value))


def _items(articles: list[Any], doc: Document, label: str) -> Iterator[Item]:
    for number, article in enumerate(articles):
        title = _flat(_value(article, _TITLES))
        link = str(_value(article, _LINKS) or "")
        texts = _value(article, _TEXTS)
        paragraphs = _paragraphs(texts)
        name = str(_value(article, _IDS) or f"{label}-{number}")
        url = urljoin(doc.url, link) if link else f"{doc.url}#{name}"
        cut = CutArticle(
            title=title,
            paragraphs=paragraphs,
            kicker=_flat(_value(article, _KICKERS)),
            subtitle=_flat(_value(article, _SUBTITLES)),
            author=_flat(_value(article, _AUTHORS)),
            page=label,
        )
        yield Item(url, title, text=cut if paragraphs or not link else None)


def _paragraphs(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(line for one in value for line in _paragraphs(one))
    if not isinstance(value, str) or not value.strip():
        return ()
    if re.search(r"<[a-zA-Z/]", value):
        root = Document("", f"<div>{value}</div>".encode()).root
        return tuple(line for line in map(clean, blocks(root)) if line)
    return tuple(line for line in map(clean, re.split(r"[\r\n]+", value)) if line)


def _flat(value: Any) -> str:
    """A title without its tags: <br/> stands in them."""
    if not isinstance(value, str):
        return ""
    return clean(re.sub(r"<[^>]*>", " ", value.replace("&nbsp;", " ")))


def _value(data: Any, names: tuple[str, ...], *, deep: bool = False) -> Any:
    """The first of these keys (whatever their case) that an object has."""
    stack, looked = [data], 0
    while stack and looked < 400:
        node = stack.pop(0)
        looked += 1
        if isinstance(node, dict):
            lower = {
                key.lower().replace("_", ""): value for key, value in node.items() if isinstance(key, str)
            }
            for name in names:
                if (
                    name in lower
                    and lower[name] is not None
                    and not isinstance(lower[name], dict | list if names is not _TEXTS else dict)
                ):
                    return lower[name]
            if deep:
                stack.extend(value for value in node.values() if isinstance(value, dict | list))
        elif deep and isinstance(node, list):
            stack.extend(node[:3])
        if not deep:
            break
    return "" if deep else None


def _day(data: Any) -> date | None:
    value = _value(data, _DAYS, deep=True)
    if isinstance(value, int) and value > 10**11:
        return datetime.fromtimestamp(value / 1000, UTC).date()
    return day_in(str(value)) if value else None


def _strings(data: Any) -> Iterator[str]:
    stack = [data]
    while stack:
        node = stack.pop(0)
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
