"""The traps real sites set, tried on every family in miniature: `python -m tests.sites.traps` prints the table of docs/sources.md."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import lxml.html

from store.errors import IngestError
from store.sources.client import Client, Manners
from store.sources.cut import read_article
from store.sources.errors import NoEdition, NotUnderstood, NotYet, Refused
from store.sources.issues import Issue, find_issue, read_pages
from store.sources.records import CutArticle, Paper
from store.sources.trust import trust
from tests.sites import newsroom
from tests.sites.families import BUILDERS
from tests.sites.newsroom import DAY, Story
from tests.sites.server import Site

HOST = "http://127.0.0.1:9"
BEFORE, LATER = DAY - timedelta(days=1), DAY + timedelta(days=1)
LETTERS = frozenset(
    {"founder-old", "founder-present", "founder-div", "shtml", "page-html", "paperindex", "qpaper"}
)
"""Families whose pages' addresses have room for a section's letter."""
ONE_ANSWER = frozenset({"json"})
"""Families whose whole edition is one answer: there is no page to be missing, and no block beside a list."""


class Trial:
    """An edition of a family on a site, two pages with two articles each, and what is read of it."""

    def __init__(self, family: str, *, labels: tuple[str, ...] = ("01", "02"), day: object = DAY) -> None:
        self.family, self.site = family, Site()
        self.site.url = HOST
        self.edition = newsroom.issue(labels=labels, each=2, day=day)  # type: ignore[arg-type]
        for sheet in self.edition.sheets:
            for story in sheet.stories:
                story.box = None  # no map helps
        self.path = ""

    def build(self) -> Trial:
        """Put it on the site."""
        self.path = BUILDERS[self.family](self.site, self.edition)
        return self

    @property
    def client(self) -> Client:
        """Who asks."""
        manners = Manners(delay_seconds=0, sleep=lambda seconds: None)
        return Client(trust(HOST), manners, transport=self.site.transport())

    def read(self, day: object = DAY, *, today: object = DAY) -> Issue:
        """The edition of a day."""
        client = self.client
        entry = find_issue(client, Paper("苇河日报", HOST + self.path), day, today=today)  # type: ignore[arg-type]
        return read_pages(client, entry)

    def raises(self, kind: type[IngestError], **facts: object) -> bool:
        """Whether reading ends with this error."""
        try:
            self.read(**facts)
        except IngestError as error:
            return isinstance(error, kind)
        return False

    def titles(self, issue: Issue) -> list[tuple[str, list[str]]]:
        """(label, titles) a page."""
        return [(page.label, [item.title for item in page.items]) for page in issue.pages]

    @property
    def wanted(self) -> list[tuple[str, list[str]]]:
        """What is printed."""
        return [(sheet.label, [story.title for story in sheet.stories]) for sheet in self.edition.sheets]

    def second_page(self, issue: Issue) -> str:
        """The path of the second page."""
        return issue.pages[1].url.removeprefix(HOST)


def whole(trial: Trial) -> bool:
    """Pages, articles and texts as printed."""
    client, issue = trial.client, trial.build().read()
    cuts: list[CutArticle] = [
        item.text or read_article(client.get(item.url)) for page in issue.pages for item in page.items
    ]
    stories = [story for sheet in trial.edition.sheets for story in sheet.stories]
    return trial.titles(issue) == trial.wanted and [cut.paragraphs for cut in cuts] == [
        story.paragraphs for story in stories
    ]


def wrong_encoding(trial: Trial) -> bool:
    """GB18030 bytes; header and page say something else."""
    trial.build()
    for page in trial.site.pages.values():
        page.body, page.kind = page.body.decode().encode("gb18030"), "text/html; charset=ISO-8859-1"
    return trial.titles(trial.read()) == trial.wanted


def front_of_yesterday(trial: Trial) -> bool:
    """The front is yesterday's."""
    return Trial(trial.family, day=BEFORE).build().raises(NotYet)


def left_out(trial: Trial) -> bool:
    """停刊: a later paper, none of the day."""
    return Trial(trial.family, day=LATER).build().raises(NoEdition, today=LATER)


def page_gone(trial: Trial) -> bool | None:
    """A page answers 404: it is named, the others are read."""
    if trial.family in ONE_ANSWER:
        return None
    path = trial.second_page(trial.build().read())
    del trial.site.pages[path]
    issue = trial.read()
    return trial.titles(issue) == trial.wanted[:1] and [one.page for one in issue.missing] == ["02"]


def page_too_large(trial: Trial) -> bool | None:
    """A page of 5 MB is named, the others are read."""
    if trial.family in ONE_ANSWER:
        return None
    path = trial.second_page(trial.build().read())
    trial.site.pages[path].body = b"<p>" + b"x" * 5_000_000
    issue = trial.read()
    return trial.titles(issue) == trial.wanted[:1] and "MB" in issue.missing[0].reason


def focus_block(trial: Trial) -> bool | None:
    """A block on the first page lists articles of the second, in the same markup."""
    if trial.family in ONE_ANSWER:
        return None
    issue = trial.build().read()
    name = "daoxiang" if trial.family == "paperindex" else "href"
    entries = "".join(f'<li><a {name}="{item.url}">{item.title}</a></li>' for item in issue.pages[1].items)
    block = f"<div><h3>速览</h3><ul>{entries}</ul></div>".encode()
    for path, page in trial.site.pages.items():
        if HOST + path != issue.pages[1].url and issue.pages[0].items[0].title.encode() in page.body:
            page.body = page.body.replace(b"</body>", block + b"</body>").replace(
                b"</BODY>", block + b"</BODY>"
            )
    return trial.titles(trial.read()) == trial.wanted


def changed_layout(trial: Trial) -> bool:
    """The links of the lists are made otherwise: nothing is understood, nothing is taken for an empty paper."""
    trial.build()
    for page in trial.site.pages.values():
        if page.body.lstrip()[:1] == b"{":
            page.body = page.body.replace(b'"title"', b'"t1"').replace(b'"content"', b'"c1"')
            continue
        if b"<li" not in page.body and b"<a" not in page.body:
            continue
        root = lxml.html.fromstring(page.body.decode())
        titles = {story.title for sheet in trial.edition.sheets for story in sheet.stories}
        for link in root.xpath("//a"):
            if (link.text_content() or "").strip("·") in titles:
                for key in ("href", "daoxiang"):
                    link.attrib.pop(key, None)
                link.set("href", f"#/show/{len(link.text_content())}")
        page.body = lxml.html.tostring(root, encoding="utf-8")
    return trial.raises(NotUnderstood)


def furniture(trial: Trial) -> bool:
    """广告, 本版责编 and 导读 in the list are no articles."""
    for number, title in enumerate(("广告", "本版责编 温若谷", "今日导读")):
        trial.edition.sheets[0].stories.append(Story(9000 + number, title, ("一句话。",), box=None))
    wanted = [(label, titles[:2]) for label, titles in trial.wanted]
    return trial.titles(trial.build().read()) == wanted


def letters(trial: Trial) -> bool | None:
    """A01, B01 and a spread 0607 stay three pages."""
    if trial.family not in LETTERS | ONE_ANSWER:
        return None
    labels = ("A01", "B01", "0607")
    return [page.label for page in Trial(trial.family, labels=labels).build().read().pages] == list(labels)


def redirect_inside(trial: Trial) -> bool:
    """The entry redirects to a loopback address that is not the configured one."""
    trial.build()
    trial.site.redirect(trial.path, "http://127.0.0.2:9/")
    return trial.raises(Refused)


def robots(trial: Trial) -> bool:
    """robots.txt closes the site."""
    trial.build()
    trial.site.put("robots.txt", "User-agent: *\nDisallow: /\n", kind="text/plain")
    return trial.raises(Refused) and not trial.site.paths()


TRAPS: dict[str, Callable[[Trial], bool | None]] = {
    "as printed": whole,
    "encoding": wrong_encoding,
    "old front": front_of_yesterday,
    "停刊": left_out,
    "page 404": page_gone,
    "5 MB": page_too_large,
    "focus block": focus_block,
    "new layout": changed_layout,
    "广告, 责编": furniture,
    "A01, B01, 0607": letters,
    "redirect inside": redirect_inside,
    "robots.txt": robots,
}


def try_trap(family: str, trap: str) -> bool | None:
    """Whether a family is read as it should be under a trap; None where the trap cannot be set."""
    return TRAPS[trap](Trial(family))


def table() -> str:
    """The table, tried anew."""
    signs = {True: "✓", False: "✗", None: "·"}
    lines = ["| | " + " | ".join(TRAPS) + " |", "|---" * (len(TRAPS) + 1) + "|"]
    for family in BUILDERS:
        lines.append(f"| `{family}` | " + " | ".join(signs[try_trap(family, trap)] for trap in TRAPS) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
