"""The lines of a digest: its opening, the calendar, the main points, an item with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.calendar import day_named, spoken
from bot.messages.lines import (
    QUOTE_UNITS,
    article_url,
    attributed,
    headline,
    joined_quotes,
    repeats,
    source,
)
from bot.messages.split import LIMIT, cut, pack
from bot.texts import plain, say
from bot.texts.markup import Html, bold, escape, join, link
from digests.day import practical as notices
from digests.day.places import place_of
from digests.day.sections import Section
from store.models.articles import Article, Edition
from store.models.calendar import Event
from store.models.digests import Digest, Item, Quote
from store.models.subscribers import Length

_MOST_PAPERS = 40
_LINE_SEPARATOR = " · "
_MOST_BESIDE = 8
_CALENDAR_UNITS = 64


@dataclass(frozen=True, slots=True)
class Writer:
    """What every line of a digest needs to know."""

    digest: Digest
    language: str
    length: Length
    bot_username: str

    @property
    def papers(self) -> int:
        """How many papers the digest has: where there is one it needs no name."""
        return len({article.paper for article in self.digest.articles.values()})

    def opens(self, article: Article, text: str) -> Html:
        """The text as a link to the article."""
        return link(text, article_url(self.bot_username, article.id))


def opening(writer: Writer) -> Html:
    """已收到：河汾日报 1–4版 · 涑水晚报 1版（平日4版）, and what was missing."""
    digest, language = writer.digest, writer.language
    papers = [_edition(edition, language) for edition in digest.editions]
    papers += [say(language, "edition_missing", paper=paper) for paper in digest.missing]
    if len(papers) > _MOST_PAPERS:
        papers = [*papers[:_MOST_PAPERS], Html("…")]
    if not papers:
        return Html("")
    return say(language, "digest_received", papers=join(_LINE_SEPARATOR, papers))


def _edition(edition: Edition, language: str) -> Html:
    pages = page_ranges(edition.pages, ", " if language == "en" else "、")
    if not pages:
        return escape(edition.paper)
    if edition.expected_pages > len(edition.pages):
        return say(
            language, "edition_partly", paper=edition.paper, pages=pages, expected=edition.expected_pages
        )
    return say(language, "edition_read", paper=edition.paper, pages=pages)


def page_ranges(pages: Sequence[int], joint: str) -> str:
    """1–4, or 1、2, or 1–4、7; page 0 (no page) is left out."""
    runs: list[list[int]] = []
    for page in sorted(page for page in pages if page > 0):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return joint.join(f"{run[0]}–{run[-1]}" if len(run) > 2 else joint.join(map(str, run)) for run in runs)


def practical(writer: Writer) -> list[Html]:
    """The calendar: a line a notice, day and place first; one block, or several where it is long."""
    digest = writer.digest
    lines = [line for quote in digest.practical if (line := _notice(quote, writer))]
    if not lines:
        return []
    heading = say(writer.language, "digest_practical")
    whole = join("\n", [heading, *lines])
    if len(pack([whole])) == 1 and len(whole) < LIMIT.units:
        return [whole]
    return [join("\n", [heading, lines[0]]), *lines[1:]]


def _notice(quote: Quote, writer: Writer) -> Html:
    article = writer.digest.articles.get(quote.article_id)
    text = " ".join(quote.span.text.split())
    if article is None:
        return Html(f"• {escape(cut(text, QUOTE_UNITS)[0])}")
    found = next(
        (
            one.found
            for one in notices.useful(article)
            if (one.quote.paragraph, one.quote.span.start) == (quote.paragraph, quote.span.start)
        ),
        None,
    )
    if found is None:
        page = writer.opens(article, _short_page(article, writer, None))
        return Html(f"• {escape(cut(text, QUOTE_UNITS)[0])} {page}")
    day, language = writer.digest.day, writer.language
    event = Event(0, article.id, article.paper, article.day, article.page, article.title, found)
    told = writer.opens(article, spoken(event, day, language, most=_CALENDAR_UNITS))
    return Html(f"• {bold(day_named(found.nearest(day), day, language))} {told}")


def points(writer: Writer) -> Html:
    """今日要点, numbered; each with its place where the line does not name it."""
    if not writer.digest.points:
        return Html("")
    lines = [say(writer.language, "digest_points")]
    articles = writer.digest.articles
    for number, quote in enumerate(writer.digest.points, start=1):
        text = cut(" ".join(quote.span.text.split()), QUOTE_UNITS)[0]
        article = articles.get(quote.article_id)
        place = _place(article, None) if article else ""
        if place and (place in text or place[:-1] in text):
            place = ""
        told = link(text, article_url(writer.bot_username, quote.article_id))
        lines.append(Html(f"{number}. {bold(place)} {told}" if place else f"{number}. {told}"))
    return join("\n", lines)


def headline_line(item: Item, writer: Writer, section: Section) -> Html:
    """A headline and, in the same line, where it is from."""
    title = writer.opens(item.article, headline(item.article, writer.language))
    return Html(f"• {title} {_source_line(item, writer, section)}".rstrip())


def item_text(item: Item, writer: Writer, section: Section) -> Html:
    """An item: headline, quotes, source, the others of its event and group, what went before, numbers that differ."""
    language, article = writer.language, item.article
    title = headline(article, language)
    printed = attributed(_source_line(item, writer, section))
    lines = [Html(f"• {bold(writer.opens(article, title))}")]
    if writer.length != "titles" and item.tier == "summary":
        # Under the reader's own heading an item stands open: one sentence is enough there.
        most = 1 if item.reason.kind in ("follow", "place") and section.kind in ("follow", "place") else 2
        quotes = item.quotes if writer.length == "detailed" else item.quotes[:most]
        quotes = tuple(quote for quote in quotes if not repeats(quote.span.text, title))
        if quotes:
            lines.append(escape(joined_quotes(quotes)))
    # On the line of the text, or of the headline alone: a line of its own is a tenth of a screen a story.
    lines[-1] = Html(f"{lines[-1]} {printed}")
    if item.also and writer.length != "titles":
        lines.append(say(language, "item_also", sources=_titled(item.also, writer, with_page=True)))
    if item.group and writer.length != "titles":
        lines.append(say(language, "item_group", titles=_titled(item.group, writer, with_page=False)))
    if item.previous is not None and writer.length != "titles":
        before = writer.opens(item.previous, headline(item.previous, language))
        lines.append(say(language, "item_follows_up", title=before))
    for differing in item.differing[:3]:
        lines.append(say(language, "item_differing", numbers=_differing(differing, writer)))
    return join("\n", [line for line in lines if line])


def _titled(articles: Sequence[Article], writer: Writer, *, with_page: bool) -> Html:
    """Headlines that open their articles, each with where it was printed."""
    told = []
    for article in articles[:_MOST_BESIDE]:
        title = writer.opens(article, headline(article, writer.language))
        told.append(Html(f"{title}{escape(_short_page(article, writer, None))}") if with_page else title)
    left = len(articles) - _MOST_BESIDE
    if left > 0:
        told.append(escape(f"+{left}"))
    return join("；" if writer.language != "en" else "; ", told)


def _source_line(item: Item, writer: Writer, section: Section) -> Html:
    """补遗 · 关注：芮城 · 芮城县《运城日报》8月5日 3版, without what the heading or the header says already."""
    language, article = writer.language, item.article
    pieces = []
    if item.late and section.kind != "late":
        pieces.append(say(language, "item_late"))
    if item.reason.kind == "follow" and item.reason.text:
        pieces.append(say(language, "item_followed", rule=item.reason.text))
    place = escape(_place(article, section))
    printed = (
        source(article, language)
        if article.day != writer.digest.day
        else escape(_short_page(article, writer, section))
    )
    spaced = " " if place and printed and not printed.startswith("《") else ""
    pieces.append(Html(f"{place}{spaced}{printed}"))
    return join(_LINE_SEPARATOR, [piece for piece in pieces if piece])


def _place(article: Article, section: Section | None) -> str:
    name = place_of(article)
    return "" if section and section.kind == "place" and section.name == name else name


def _short_page(article: Article, writer: Writer, section: Section | None) -> str:
    """《运城日报》3版; 3版 under the paper's own heading, or where there is one paper."""
    named = section is not None and section.kind in ("paper", "rest") and section.name == article.paper
    if article.page > 0 and (named or writer.papers == 1):
        return plain(writer.language, "page_alone", page=article.page_name)
    return "" if named and article.page < 1 else _plain_page(article, writer.language)


def _plain_page(article: Article, language: str) -> str:
    if article.page < 1:
        return f"《{article.paper}》"
    return plain(language, "paper_page", paper=article.paper, page=article.page_name)


def _differing(quotes: Sequence[Quote], writer: Writer) -> str:
    """What each paper printed, side by side: 《运城日报》1200人 / 《晋中日报》1300人."""
    articles = writer.digest.articles
    return " / ".join(
        f"《{articles[quote.article_id].paper}》{quote.span.text}"
        for quote in quotes[:4]
        if quote.article_id in articles
    )
