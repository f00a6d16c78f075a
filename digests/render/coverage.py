"""What there is of each fetched paper, as one web page: a calendar a paper, a cell a day, the reason in its title."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date

from digests.render.page import escape
from store.sources.coverage import Coverage, CoveredDay

MONTHS = 6
"""How many months back a calendar reaches."""
WORDS = {
    "complete": "complete",
    "incomplete": "something listed could not be read",
    "no-edition": "no paper that day (停刊)",
    "not-yet": "had not come",
    "layout": "the site was not understood",
    "failed": "the site did not answer",
    "missing": "nobody asked",
}
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color-scheme: light dark; }
table { border-collapse: separate; border-spacing: 2px; display: inline-table; margin: 0 1.2rem 1rem 0; vertical-align: top; }
caption { text-align: left; font-weight: 600; } td { width: 1.9rem; height: 1.7rem; text-align: center; border-radius: .25rem; }
.complete { background: #9fd3a8; color: #000; } .incomplete { background: #f0d080; color: #000; }
.no-edition { background: #d9d9d9; color: #555; } .not-yet { outline: 1px dashed #999; }
.layout, .failed { background: #e99; color: #000; } .missing { outline: 1px dotted #bbb; }
.trouble { color: #a3271f; } small { opacity: .7; }
"""


def html(papers: Sequence[Coverage], today: date) -> str:
    """The page."""
    body = [line for paper in papers for line in _paper(paper, today)] or [
        "<p>No paper is named in the configuration.</p>"
    ]
    legend = " · ".join(
        f'<span class="{state}">&nbsp;{escape(words)}&nbsp;</span>' for state, words in WORDS.items()
    )
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>报摘 sources</title><style>{_STYLE}</style></head><body>",
            f"<h1>报摘 sources, {today.isoformat()}</h1><p><small>{legend}</small></p>",
            *body,
            "</body></html>",
            "",
        ]
    )


def _paper(paper: Coverage, today: date) -> Iterator[str]:
    editions = paper.editions
    yield f"<h2>《{escape(paper.paper)}》</h2>"
    reach = f"{editions[0]} to {editions[-1]}, {len(editions)} editions" if editions else "nothing yet"
    hour = f", usually at {paper.hour}" if paper.hour else ""
    yield f"<p>{escape(paper.family)}, {reach}{hour}<br><small>{escape(paper.url)}</small></p>"
    if paper.trouble:
        yield (
            f'<p class="trouble">{paper.trouble.day}: {escape(WORDS[paper.trouble.state])}.'
            f" {escape(paper.trouble.reason)}</p>"
        )
    days = {one.day: one for one in paper.days}
    year, month = today.year, today.month
    for _ in range(MONTHS):
        if any(day.year == year and day.month == month for day in days) or (year, month) == (
            today.year,
            today.month,
        ):
            yield from _month(year, month, days)
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)


def _month(year: int, month: int, days: dict[date, CoveredDay]) -> Iterator[str]:
    yield f"<table><caption>{year}-{month:02d}</caption>"
    for week in calendar.Calendar().monthdatescalendar(year, month):
        cells = []
        for day in week:
            known = days.get(day)
            if day.month != month:
                cells.append("<td></td>")
            elif known is None:
                cells.append(f"<td><small>{day.day}</small></td>")
            else:
                told = f"{day}: {WORDS[known.state]}; {known.pages} pages, {known.articles} articles. {known.reason}"
                cells.append(f'<td class="{known.state}" title="{escape(told)}">{day.day}</td>')
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</table>"
