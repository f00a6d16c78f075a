"""Which anchors of a page list its own articles, and which stand in blocks that list other pages' (今日关注, a tree of the
whole issue, rankings, news of other sites)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from store.sources.addresses import plain_url
from store.sources.documents import Document, text_of
from store.sources.families import Family
from store.sources.labels import read_label, same_label, tidy

STEPS = re.compile(
    r"^(?:[<>«»‹›←→\s]*(?:上|下|前|后)一?(?:版|篇|期|页|个版面)[<>«»‹›←→\s]*|首页|返回.*|版面导航|版面目录|\W*pdf\W*|下载.*|查看.*|详细.*|更多.*|全文|\[?阅读.*)$",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"今日(?:关注|焦点|看点|头条|推荐|热点|热读|视点|聚焦|要点|热文|精选)|焦点(?:新闻|关注|图)?$|聚焦$|热点|热门|热读|推荐|排行|点击榜|往期|往日|相关(?:新闻|链接|阅读)|其他版|各版(?:要闻|导读|看点)|要闻导读|精彩|最新(?:报道|新闻)|^导读|^头条$|友情链接"
)
_OWN = re.compile(r"本版|标题导航|文章(?:列表|目录|导航)|新闻列表|版面(?:内容|文章)|第\s*[A-Za-z]*\d+\s*版")
_HEADING = re.compile(r"^\W*第?\s*[A-Za-z]{0,3}\s*\d{1,5}\s*版")
_BLOCK = frozenset(("ul", "ol", "dl", "table", "div", "section", "nav", "aside", "td", "center", "body"))
Anchors = Sequence[tuple[str, Any]]
"""(address, anchor) of each link to an article."""


def block_of(element: Any, anchors: Anchors) -> Any:
    """The smallest block around an anchor that holds another article too, else its nearest block."""
    nearest = None
    own = {id(element)}
    node = element.getparent()
    while node is not None:
        if node.tag in _BLOCK:
            nearest = nearest if nearest is not None else node
            inside = {id(one) for one in node.iter("a")} - own
            if any(id(other) in inside for _, other in anchors):
                return node
        node = node.getparent()
    return nearest


def foreign_anchors(
    doc: Document, anchors: Anchors, family: Family, sure: set[str], label: str = ""
) -> set[Any]:
    """Anchors of blocks that list other pages' articles (今日关注 …), and of other pages in a tree of the whole issue."""
    articles = {id(element): element for _, element in anchors}
    if not articles:
        return set()
    found: set[Any] = set(_of_other_pages(doc, anchors, family, label))
    found |= set(_of_other_hosts(doc, anchors))
    events: list[tuple[str, Any]] = []
    for node in doc.root.iter():
        if id(node) in articles:
            events.append(("article", node))
            continue
        if not isinstance(node.tag, str) or node.tag in ("script", "style"):
            continue
        own_text = tidy(
            (node.text or "") + " ".join(child.tail or "" for child in node if isinstance(child.tag, str))
        )
        named = " ".join((node.get("class") or "", node.get("id") or "")).lower()
        if any(id(parent) in articles for parent in node.iterancestors()):
            continue
        if own_text and len(own_text) <= 24 and _FOREIGN.search(own_text):
            events.append(("foreign", node))
        elif own_text and len(own_text) <= 40 and _OWN.search(own_text):
            events.append(("own", node))
        elif node.tag in _BLOCK and re.search(r"\b(?:hot|focus|recommend|rank|top10|jrgz|related)", named):
            inside = [one for one in node.iter("a") if id(one) in articles]
            if inside and len(inside) < len(articles):
                found |= set(inside)
    for number, (kind, heading) in enumerate(events):
        if kind == "foreign":
            following = [node for what, node in _until_heading(events, number) if what == "article"]
            found |= set(_first_block(heading, following))
    unsure = {element for key, element in anchors if key not in sure}
    return found & unsure if unsure - found or sure else set()


def _until_heading(events: list[tuple[str, Any]], number: int) -> Iterator[tuple[str, Any]]:
    for event in events[number + 1 :]:
        if event[0] != "article":
            return
        yield event


def _first_block(heading: Any, following: list[Any]) -> Iterator[Any]:
    """Of the anchors after a heading those in the block the heading stands over."""
    if not following:
        return
    above = [heading, *heading.iterancestors()]
    scope = next((node for node in above if node is not heading and _holds(node, following[0])), None)
    if scope is None:
        return
    child = next(node for node in (following[0], *following[0].iterancestors()) if node.getparent() is scope)
    flat = child.tag in ("a", "li", "p", "span", "br", "dd", "b", "strong", "font") or (
        child.tag in ("tr", "tbody") and scope.tag in ("table", "tbody")
    )
    for anchor in following:
        if not _holds(scope, anchor):
            return
        if not flat and not _holds(child, anchor):
            return
        yield anchor


def _holds(node: Any, inner: Any) -> bool:
    return node is inner or any(parent is node for parent in inner.iterancestors())


def _of_other_pages(doc: Document, anchors: Anchors, family: Family, label: str) -> Iterator[Any]:
    """In a tree of the whole issue (a page, its articles, the next page …) the articles of other pages.

    A page stands over its articles as a link to it or as words alone (第02版：要闻).
    """
    articles = {id(element) for _, element in anchors}
    here = plain_url(doc.url)
    runs: dict[str, list[Any]] = {}
    names: dict[str, str] = {}
    head = ""
    for node in doc.root.iter():
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "head", "title"):
            continue
        if id(node) in articles:
            if head:
                runs.setdefault(head, []).append(node)
            continue
        href = (node.get("href") or "") if node.tag == "a" else ""
        url = plain_url(doc.link(href)) if href.strip() else ""
        if url and family.page_of(url):
            text = tidy(text_of(node))
            if not STEPS.match(text):
                head = url
                names.setdefault(url, read_label(text)[0])
            continue
        printed = tidy(node.text or "")
        if label and printed and _HEADING.match(printed) and not _in_link(node):
            found = read_label(printed)[0]
            head = next((known for known, name in names.items() if name and same_label(name, found)), found)
            names.setdefault(head, found)
    own = {head for head in runs if head == here or (label and same_label(names.get(head, ""), label))}
    if len(runs) >= 2 and own:
        for page, found_anchors in runs.items():
            if page not in own:
                yield from found_anchors


def _of_other_hosts(doc: Document, anchors: Anchors) -> Iterator[Any]:
    """Links of a block that has none to the page's own host: a portal's news beside the paper's list."""
    here = urlsplit(doc.url).netloc.lower()
    abroad = [element for url, element in anchors if urlsplit(url).netloc.lower() != here]
    if not abroad or len(abroad) == len(anchors):
        return
    at_home = {block_of(element, anchors) for url, element in anchors if urlsplit(url).netloc.lower() == here}
    for element in abroad:
        if block_of(element, anchors) not in at_home:
            yield element


def _in_link(node: Any) -> bool:
    return any(parent.tag == "a" for parent in node.iterancestors())
