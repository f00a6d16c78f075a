"""A clipping as one message that is ready to be forwarded: what there is to count, then a line an article."""

from __future__ import annotations

from bot.messages.callbacks import encode
from bot.messages.lines import article_url, headline
from bot.texts import listed, plain, say, short_date
from bot.texts.markup import Html, join, link, shown
from store.clips import Clipping
from store.models.articles import Article
from store.models.delivery import Button, Part

LINES_A_PAGE = 20


def compose_clipping(
    clipping: Clipping, *, language: str, bot_username: str, session: int, page: int = 0, weekly: bool = False
) -> Part:
    """The page of the clipping; `session` holds its rule for the buttons, `weekly` says that it comes each Monday."""
    lines = [say(language, "clips_title", rule=clipping.rule, days=shown_days(clipping, language))]
    rows: list[tuple[Button, ...]] = []
    span = (f"{clipping.first:%Y%m%d}", f"{clipping.last:%Y%m%d}")
    if clipping.articles:
        lines.append(Html(f"{summary(clipping, language)}\n"))
        pages = (len(clipping.articles) - 1) // LINES_A_PAGE + 1
        page = min(max(page, 0), pages - 1)
        start = page * LINES_A_PAGE
        for one in clipping.articles[start : start + LINES_A_PAGE]:
            lines.append(_line(one, language, bot_username))
        turning = []
        if page > 0:
            turning.append(
                Button(plain(language, "page_previous"), encode("clips", session, *span, page - 1))
            )
        if page < pages - 1:
            turning.append(Button(plain(language, "page_next"), encode("clips", session, *span, page + 1)))
        if turning:
            lines.append(Html(f"\n{say(language, 'clips_page', page=page + 1, pages=pages)}"))
        rows.append(tuple(turning))
        rows.append(
            tuple(
                Button(plain(language, f"clips_{kind}"), encode("clips_file", session, *span, kind))
                for kind in ("docx", "csv")
            )
        )
    else:
        lines.append(say(language, "clips_none", rule=clipping.rule))
        rows.append((Button(plain(language, "clips_before"), encode("clips_before", session, span[0])),))
    if weekly:
        short = clipping.rule[:20]
        rows.append((Button(plain(language, "clips_weekly_end", rule=short), encode("clips_end", session)),))
    else:
        rows.append((Button(plain(language, "clips_weekly"), encode("clips_weekly", session)),))
    return Part(join("\n", lines), tuple(row for row in rows if row))


def shown_days(clipping: Clipping, language: str) -> str:
    """11月16日—22日, one day as it is; with the year where it is not that of the last day."""
    last = short_date(language, clipping.last)
    if clipping.first == clipping.last:
        return last
    first = short_date(language, clipping.first, year=clipping.first.year != clipping.last.year)
    return plain(language, "clips_days", first=first, last=last)


def summary(clipping: Clipping, language: str) -> Html:
    """9篇（河汾日报6、涑水晚报3；头版2）"""
    papers = listed(
        language,
        [plain(language, "clips_paper", paper=paper, count=count) for paper, count in clipping.papers],
    )
    return say(
        language, "clips_count", count=len(clipping.articles), papers=papers, front=clipping.front_pages
    )


def plain_summary(clipping: Clipping, language: str) -> str:
    """The same without markup, for a document."""
    return shown(summary(clipping, language))


def _line(article: Article, language: str, bot_username: str) -> Html:
    line = say(
        language,
        "clips_line" if article.page else "clips_line_whole",
        day=short_date(language, article.day),
        paper=article.paper,
        page=article.page_name,
        title=link(headline(article, language), article_url(bot_username, article.id)),
    )
    names = article.byline.reporters
    return Html(f"{line}{say(language, 'clips_reporters', names=listed(language, names))}") if names else line
