"""An article as a site gives it → an article as the store keeps it: byline and kind by the parser's own rules; pure."""

from __future__ import annotations

from dataclasses import replace

from store.models import Byline, ParsedArticle
from store.pages.bylines import is_credit, lead_names, parse_names, read_own_line, tail_names
from store.sources.records import CutArticle, Item
from store.sources.rules import is_generic, kind_of

_AT_MOST_BYLINES = 3


def shape(item: Item, cut: CutArticle) -> ParsedArticle:
    """The article. Its cut is the site's; byline, kind and captions are read from its own words."""
    title = cut.title or item.title
    if _is_cut_short(cut.title, item.title):
        title = item.title
    paragraphs = list(cut.paragraphs)
    bylines = [cut.author] if cut.author else []
    while (
        paragraphs
        and len(bylines) < _AT_MOST_BYLINES
        and len(paragraphs) > 1
        and read_own_line(paragraphs[0].lstrip("■□◆●▲ "))
    ):
        line = paragraphs.pop(0)
        if line not in bylines:
            bylines.append(line)
    if not bylines and paragraphs:
        names = lead_names(paragraphs[0])
        bylines = [names] if names else []
    if not bylines and len(paragraphs) > 1:
        last = paragraphs[-1]
        at = tail_names(last)
        if read_own_line(last):
            bylines = [paragraphs.pop()]
        elif at > 0:
            bylines = [last[at:].strip(" （）()\u3000")]
            paragraphs[-1] = last[:at].rstrip()
    captions = [caption for caption in cut.captions if caption not in (title, cut.kicker, cut.subtitle)]
    kind = kind_of(title, paragraphs=len(paragraphs), captions=len(captions))
    if not paragraphs:
        credits = [caption for caption in captions if is_credit(caption)]
        paragraphs = [caption for caption in captions if caption not in credits] or captions
        bylines = bylines or credits[:1]
    elif captions:
        paragraphs += [caption for caption in captions if caption not in paragraphs]
    if is_generic(title) and paragraphs:
        title = ""
    byline = parse_names(" ".join(bylines)) if bylines else Byline()
    return ParsedArticle(
        kind=kind,
        title=title,
        body=tuple(paragraphs),
        kicker=cut.kicker if cut.kicker != title else "",
        subtitle=cut.subtitle,
        byline=replace(byline, raw=" ".join(bylines)) if bylines else byline,
    )


def _is_cut_short(own: str, listed: str) -> bool:
    """Whether the headline on the article's page is a cut of the one in the list (甲乙丙…)."""
    bare = own.rstrip("….·")
    return bool(own) and bare != own and listed.startswith(bare) and len(listed) > len(own)
