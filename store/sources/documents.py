"""A fetched page: bytes → text by the bytes themselves → a tree that knows its own address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin

import lxml.etree
import lxml.html

from store.readers.text import likeness
from store.sources.errors import NotUnderstood

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "td",
        "th",
        "tr",
        "li",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "ul",
        "ol",
        "dl",
        "section",
        "article",
        "blockquote",
        "center",
        "form",
        "figure",
        "figcaption",
        "founder-content",
        "founder-title",
        "header",
        "footer",
        "main",
        "tbody",
    ]
)
_SILENT = frozenset(
    ("script", "style", "noscript", "iframe", "select", "option", "textarea", "button", "title")
)
_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]?\s*url\s*=\s*['\"]?\s*([^'\"]+?)\s*['\"]?\s*$", re.IGNORECASE)
_SCRIPT_JUMP = re.compile(
    r"(?:window|document|self|top|parent)?\.?location(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*['\"]([^'\"]+)['\"]"
)
_PRESSED = "//a | //area | //option[@value] | //*[@onclick or @data-href or @data-url or @data-link]"
_WRITTEN = (
    "daoxiang",
    "href",
    "{http://www.w3.org/1999/xlink}href",
    "xlink:href",
    "value",
    "data-href",
    "data-url",
    "data-link",
)
_IN_SCRIPT = re.compile(
    r"""['"]([^'"\s()]*?[\w/]+(?:\.(?:s?html?|jsp|php|aspx?|do)|(?<=/)[\w-]*\d)(?:\?[^'"\s]*)?)['"]""",
    re.IGNORECASE,
)
"""An address in what a press does: onclick="go('node_2.htm')"."""
_SMALL = 6_000
"""A page that only jumps elsewhere is short; in a long one a script's jump is something a reader would click."""


def decode(data: bytes) -> str:
    """Bytes → text, whatever header or page claim: UTF-8 if they are, else GB18030 or Big5, whichever reads as Chinese."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # A page cut off or hurt in one place is still what it is: damage counts, it does not decide alone.
    candidates = []
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        text = data.decode(encoding, "replace")
        foreign = [character for character in text if character > "\x7f"]
        damage = foreign.count("\ufffd") / max(len(foreign), 1)
        candidates.append((likeness("".join(foreign)) - 2 * damage, text))
    return max(candidates, key=lambda pair: pair[0])[1]


@dataclass(frozen=True)
class Document:
    """A page of a site. `url` is where it was found in the end, after redirects: relative links start there."""

    url: str
    data: bytes
    status: int = 200

    @cached_property
    def text(self) -> str:
        """The page as text."""
        return decode(self.data)

    @cached_property
    def root(self) -> Any:
        """The tree. Raises NotUnderstood where there is none."""
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", self.text.replace("\0", ""))
        if not text.strip():
            raise NotUnderstood(self.url, "the page is empty", self.data)
        parser = lxml.html.HTMLParser(huge_tree=False, no_network=True)
        try:
            root = lxml.html.document_fromstring(text, parser=parser)
        except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
            raise NotUnderstood(self.url, "the page is no HTML", self.data) from error
        return root

    @cached_property
    def base(self) -> str:
        """Where relative links start."""
        found = self.root.xpath("//base/@href")
        return urljoin(self.url, found[0].strip()) if found else self.url

    @cached_property
    def links(self) -> tuple[tuple[Any, str], ...]:
        """(element, address as written) of all a reader can press, in order: links, areas, menus, scripted blocks."""
        pressed = ((element, _target(element)) for element in self.root.xpath(_PRESSED))
        return tuple((element, href) for element, href in pressed if href)

    def frames(self) -> list[str]:
        """Where its frames come from."""
        found = self.root.xpath("//frame/@src | //iframe/@src")
        return list(dict.fromkeys(self.link(source) for source in found if _is_address(source.strip())))

    def link(self, href: str) -> str:
        """A link of this page as a whole address, without its fragment."""
        try:
            return str(urldefrag(urljoin(self.base, href.strip())).url)
        except ValueError:
            return href.strip()

    def one(self, *paths: str) -> Any | None:
        """The first element that one of the XPaths finds, tried in order."""
        for path in paths:
            found = self.root.xpath(path)
            if found:
                return found[0]
        return None

    def texts(self, path: str) -> list[str]:
        """The texts of the elements an XPath finds."""
        return [text_of(element) for element in self.root.xpath(path)]

    @cached_property
    def comments(self) -> str:
        """All comments of the page as one text."""
        return "\n".join(str(comment.text or "") for comment in self.root.iter(lxml.etree.Comment))

    @cached_property
    def title(self) -> str:
        """The page's title."""
        found = self.root.xpath("//title")
        return " ".join((found[0].text_content() or "").split()) if found else ""

    @cached_property
    def plain(self) -> str:
        """What stands on the page outside its links, a block a line."""
        return "\n".join(block for block in blocks(self.root, links=False))

    def jump(self) -> str:
        """Where the page sends its reader at once (refresh, or a script in a page that has nothing else), else ""."""
        for meta in self.root.xpath("//meta[@http-equiv]"):
            if meta.get("http-equiv", "").strip().lower() == "refresh":
                found = _REFRESH.match(meta.get("content", ""))
                if found:
                    return self.link(found[1])
        if len(self.text) <= _SMALL and len("".join(self.plain.split())) < 80:
            for script in self.root.xpath("//script[not(@src)]"):
                found = _SCRIPT_JUMP.search(script.text or "")
                if found:
                    return self.link(found[1])
        return ""


def _is_address(href: str) -> bool:
    return bool(href) and not href.lower().startswith(
        ("javascript:", "mailto:", "#", "tel:", "about:", "data:")
    )


def _target(element: Any) -> str:
    """The address an element leads to, as written; "" where it leads nowhere else."""
    for name in _WRITTEN:
        href = (element.get(name) or "").strip()
        if _is_address(href) and (name != "value" or element.tag == "option"):
            return href
    href = element.get("href") or ""
    scripts = [href] if href.lower().startswith("javascript:") else []
    for script in (*scripts, element.get("onclick") or ""):
        found = _IN_SCRIPT.search(script)
        if found:
            return found[1]
    return ""


def has_class(name: str) -> str:
    """The XPath condition that an element has this class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def text_of(element: Any) -> str:
    """An element's text in one line."""
    return " ".join(" ".join(blocks(element)).split())


def blocks(element: Any, *, links: bool = True) -> Iterator[str]:
    """The element's text, a line a block or `<br>`; scripts and comments are silent. Without recursion: pages nest deep."""
    line: list[str] = []

    def flush() -> Iterator[str]:
        text = "".join(line).replace("\xa0", " ")
        line.clear()
        tidy = " ".join(text.split())
        if tidy:
            yield tidy

    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if closing:
            if tag in _BLOCKS:
                yield from flush()
            if node is not element:
                line.append(node.tail or "")
            continue
        if not tag or tag in _SILENT or (not links and tag == "a"):
            if node is not element:
                line.append(node.tail or "")
            continue
        if tag in _BLOCKS or tag == "br":
            yield from flush()
        line.append(node.text or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    yield from flush()
