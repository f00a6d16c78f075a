"""A site's article page → the article, already cut: headline lines, byline, paragraphs, captions; page furniture taken out.

The families differ in names only, so one list of places is tried from the surest to the vaguest.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from store.sources.documents import Document, blocks, has_class, text_of
from store.sources.labels import clean, read_label
from store.sources.printed import day_in, label_of, tail
from store.sources.records import CutArticle
from store.sources.rules import is_staff


def _ids(*names: str) -> str:
    return " | ".join(f"//*[@id='{name}']" for name in names)


def _classes(*names: str) -> str:
    return " | ".join(f"//*[{has_class(name)}]" for name in names)


_BODIES = (
    "//founder-content",
    _ids("ozoom", "ozoomcontent"),
    _ids("articleContent", "ArticleContent", "articlecontent"),
    _classes("newsdetatext", "newsdetailtext"),
    _ids("content_div", "contenttext", "oldcontenttext", "copycontent"),
    _classes("details", "article-content", "articleContent", "art_content", "detail-content"),
    _ids("content", "Content", "zoom", "Zoom", "artcontent", "txt", "neirong"),
    _classes(
        "text_c",
        "neirong",
        "content",
        "article",
        "detailCon",
        "contenttext",
        "TRS_Editor",
        "text",
        "nr",
        "newscontent",
    ),
    "//article",
)
_TITLES = (
    f"//td[{has_class('font01')}]//founder-title",
    "//founder-title",
    _ids("Title", "wztitle"),
    f"//*[{has_class('newsdetatit')}]//h3 | //*[{has_class('newsdetatit')}]//h1 | //*[{has_class('newsdetatit')}]//h2",
    _classes("detConTit"),
    f"//*[{has_class('detailCon')}]//h1",
    f"//td[{has_class('font01')}]",
    f"//*[{has_class('text_c')}]//h1",
    f"//*[{has_class('neirong')}]//h2",
    f"//td[{has_class('title')}] | //*[{has_class('newstitle')}] | //*[{has_class('art-title')}] | //*[{has_class('article-title')}]",
    _ids("title", "ArticleTitle", "articleTitle", "NewsTitle"),
    "//h1",
    f"//*[{has_class('title')}]",
    "//h2",
    "//h3",
)
_KICKERS = (
    _ids("PreTitle", "pretitle", "yinti"),
    _classes("intro", "yinti", "pretitle", "preTitle", "kicker"),
    f"//*[{has_class('text_c')}]//h3",
    f"//*[{has_class('neirong')}]//h3",
)
_SUBTITLES = (
    "//founder-subtitle",
    _ids("SubTitle", "subtitle", "futi"),
    f"//*[{has_class('newsdetatit')}]//*[{has_class('sub')}]",
    _classes("sub", "subtitle", "subTitle", "futi"),
    f"//*[{has_class('text_c')}]//h2",
    f"//*[{has_class('text_c')}]//h4",
    f"//*[{has_class('neirong')}]//h4",
)
_AUTHORS = (
    "//founder-author",
    _ids("Author", "author", "zuozhe"),
    _classes("author", "zuozhe", "sec"),
    f"//*[{has_class('text_c')}]//h4[contains(., '记者') or contains(., '通讯员') or contains(., '作者')]",
)
_PICTURES = (
    _ids("newspic", "imagelist", "article_img_marquee", "wzzy"),
    _classes("attachment", "detPic", "picture", "newspic", "photo"),
    "//figure",
)
_FURNITURE = (
    _ids(
        "paperdate",
        "layout",
        "share",
        "PreTitle",
        "Title",
        "SubTitle",
        "Author",
        "pagelist",
        "copyright",
        "fontsize",
    ),
    _classes(
        "share",
        "bdsharebuttonbox",
        "tools",
        "fontsize",
        "pagenav",
        "copyright",
        "newsdetatit",
        "page-nav",
        "toolbar",
    ),
)
_FURNITURE_LINE = re.compile(
    r"^(?:[\W_]*(?:上一篇|下一篇|上一版|下一版|返回(?:目录|首页|版面)?|放大|缩小|默认|大\s*中\s*小|字体|字号|打印(?:本稿)?|关闭|分享(?:到)?|复制|收藏|朗读|语音(?:播报)?"
    r"|放大\+?|缩小-?|默认o?|(?:本文|作者|来源)?[:：]?\s*数字报|版权(?:所有|声明).*|未经.{0,16}(?:许可|授权).*|点击(?:查看|放大).*|扫(?:描|一扫).*二维码.*|PDF(?:版|下载)?|\+|-|A[+-]?)[\W_]*)+$",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(r"^(?:来源|稿源)[:：].{0,30}$|^(?:本文)?(?:字数|浏览|点击|阅读)[:：]?\s*\d*$")
_LEAST_TEXT = 24
"""Han characters from which a block is believed to be an article; on a page that has the listed headline, fewer do."""
_LEAST_TEXT_LISTED, _LEAST_TITLE, _NEVER = 12, 6, 10**9
_SHORT = 80
_NO_ARTICLE = re.compile(
    r"浏览器|JavaScript|不存在|维护|无法(?:访问|显示)|出错|版权所有|未找到|加载", re.IGNORECASE
)
"""What a page says that has no article to show."""
_NOTHING = re.compile(r"^(?:无标题|无题|\(无标题\)|（无标题）|标题)?$")


def read_article(doc: Document, *, listed: str = "") -> CutArticle:
    """The article of an article page; `is_empty` where none of the places holds a text.

    `listed` is the headline in the page's list: where it stands on the page too, text in a place nobody named is believed.
    """
    root = doc.root
    pictures, captions = _pictures(doc)
    title_at = _first(root, _TITLES)
    title = clean(text_of(title_at)) if title_at is not None else ""
    kicker, subtitle = clean(_text(root, _KICKERS)), clean(_text(root, _SUBTITLES))
    if not kicker and not subtitle:
        kicker, subtitle = _rows_around(root, title_at)
    author = clean(_text(root, _AUTHORS))
    subtitle = "" if subtitle == author else subtitle
    tailed = re.search(
        r"<!--\s*enpcontent\s*-->(.*?)<!--\s*/enpcontent\s*-->", doc.text, re.DOTALL | re.IGNORECASE
    )
    taken = {title, kicker, subtitle}
    paragraphs: tuple[str, ...] = ()
    for path in _BODIES:
        for body in _outermost(root.xpath(path)):
            paragraphs = _paragraphs(body, taken)
            if paragraphs:
                break
        if paragraphs:
            break
    if not paragraphs and tailed:
        paragraphs = (
            _paragraphs(Document(doc.url, tailed[1].encode()).root, taken) if tailed[1].strip() else ()
        )
    if not paragraphs and not captions:
        is_here = bool(listed) and listed[:_LEAST_TITLE] in text_of(root)
        least = _LEAST_TEXT_LISTED if is_here else _LEAST_TEXT if title else _NEVER
        for body in _densest(root, least):
            paragraphs = _paragraphs(body, {*taken, listed})
    paragraphs = _without_staff(paragraphs)
    label, _ = label_of(doc)
    layout = text_of(doc.root.xpath("//*[@id='layout']")[0]) if doc.root.xpath("//*[@id='layout']") else ""
    return CutArticle(
        title="" if _NOTHING.match(title) else title,
        paragraphs=paragraphs,
        kicker=kicker if kicker != title else "",
        subtitle=subtitle if subtitle not in (title, kicker) else "",
        author=re.sub(r"^作者[:：]\s*", "", author) if author not in (title, kicker, subtitle) else "",
        captions=captions,
        pictures=pictures,
        page=(tail(doc).get("pagenum", "") or (read_label(layout)[0] if layout else "") or label).upper(),
        day=_own_day(doc),
    )


def _own_day(doc: Document) -> date | None:
    """The edition's day as the article's page states it in a place of its own; None where it does not."""
    own = day_in(tail(doc).get("date", ""))
    if own is None:
        places = doc.root.xpath("//*[@id='paperdate' or @id='paperdatediv' or @id='PaperDate']")
        own = next((found for place in places if (found := day_in(text_of(place)))), None)
    return own


def _densest(root: Any, least: int) -> list[Any]:
    """The block with the most running text of its own: for pages whose article stands in none of the known places."""
    best: tuple[int, Any] = (least, None)
    for element in root.iter("div", "td", "section", "article", "span", "main", "body"):
        own = [element.text or "", *(child.tail or "" for child in element)]
        own += [text_of(child) for child in element if child.tag in ("p", "font", "span", "br")]
        text = "".join("".join(own).split())
        links = sum(len("".join(text_of(link).split())) for link in element.iter("a"))
        size = len(re.findall(r"[一-鿿]", text)) - 2 * links
        if (
            size > best[0]
            and re.search(r"[。！？]", text)
            and not (size < _SHORT and _NO_ARTICLE.search(text))
        ):
            best = (size, element)
    return [best[1]] if best[1] is not None else []


def _without_staff(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs without the lines at their end that name the page's editors (本版责编 …)."""
    kept = list(paragraphs)
    while len(kept) > 1 and len(kept[-1]) <= 60 and is_staff(kept[-1]):
        kept.pop()
    return tuple(kept)


def picture_url(url: str) -> str:
    """A picture's own address: those of thumbnails end in `.2` (a.jpg.2)."""
    return re.sub(r"(\.(?:jpe?g|png|gif|webp))\.\d$", r"\1", url, flags=re.IGNORECASE)


def _first(root: Any, paths: Iterable[str]) -> Any | None:
    for path in paths:
        for element in root.xpath(path):
            text = text_of(element)
            if text and len(text) <= 200:
                return element
    return None


def _text(root: Any, paths: Iterable[str]) -> str:
    found = _first(root, paths)
    return text_of(found) if found is not None else ""


def _rows_around(root: Any, title_at: Any | None) -> tuple[str, str]:
    """Kicker and second line in `td.font02`: above the headline the one, below it the other."""
    rows = [
        row
        for row in root.xpath(f"//td[{has_class('font02')}] | //*[{has_class('font02')} and not(self::td)]")
        if text_of(row)
    ]
    if not rows or title_at is None:
        return "", ""
    order = {id(node): number for number, node in enumerate(root.iter())}
    at = order[id(title_at)]
    above = [clean(text_of(row)) for row in rows if order[id(row)] < at and len(text_of(row)) <= 120]
    below = [clean(text_of(row)) for row in rows if order[id(row)] > at and len(text_of(row)) <= 120]
    return (above[-1] if above else ""), (below[0] if below else "")


def _outermost(found: list[Any]) -> list[Any]:
    """The elements that lie in no other of them, the longest text first."""
    ids = {id(element) for element in found}
    outer = [element for element in found if not any(id(parent) in ids for parent in element.iterancestors())]
    return sorted(outer, key=lambda element: -len(element.text_content() or ""))


def _pictures(doc: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(addresses, captions) of the article's pictures; what stands beside a picture is its caption, not the text."""
    root = doc.root
    addresses: list[str] = []
    captions: list[str] = []
    for path in _PICTURES:
        for place in root.xpath(path):
            images = [image.get("src") or image.get("data-src") or "" for image in place.iter("img")]
            if not images:
                continue
            addresses += [picture_url(doc.link(image)) for image in images if image.strip()]
            captions += [
                line for line in map(clean, blocks(place)) if len(line) >= 2 and not _is_furniture(line)
            ]
    bodies = [body for path in _BODIES[:6] for body in root.xpath(path)]
    for body in bodies:
        addresses += [
            picture_url(doc.link(image.get("src") or image.get("data-src") or ""))
            for image in body.iter("img")
            if not re.search(r"tplimg|/icon|/btn|logo|spacer|\.gif", image.get("src") or "", re.IGNORECASE)
        ]
    return tuple(dict.fromkeys(addresses)), tuple(dict.fromkeys(captions))


def _paragraphs(body: Any, taken: set[str]) -> tuple[str, ...]:
    aside = {
        element for path in (*_PICTURES, *_FURNITURE) for element in body.getroottree().getroot().xpath(path)
    }
    lines = [clean(line) for line in _lines(body, aside - {body})]
    kept: list[str] = []
    for line in lines:
        if not line or _is_furniture(line) or (line in taken and not kept):
            continue
        kept.append(line)
    return tuple(kept)


def _lines(body: Any, aside: set[Any]) -> list[str]:
    """The body's blocks without those that stand aside (pictures with captions, furniture)."""
    hidden = [element for element in body.iter() if element in aside]
    if not hidden:
        return list(blocks(body))
    for element in hidden:
        element.set("data-aside", "1")
    clone = copy.deepcopy(body)
    for element in hidden:
        del element.attrib["data-aside"]
    for element in clone.xpath(".//*[@data-aside]"):
        element.drop_tree()
    return list(blocks(clone))


def _is_furniture(line: str) -> bool:
    return bool(_FURNITURE_LINE.match(line) or _SOURCE_LINE.match(line))
