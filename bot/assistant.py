"""The papers for assistants: a Model Context Protocol server with read-only tools, each answer with its citation.

Needs the extra `mcp` (the protocol's official Python SDK, https://modelcontextprotocol.io). Nothing of readers can be
asked here, and nothing can be changed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mcp.server import MCPServer

from bot.commands.show import stored_record
from digests.day.builder import build_day
from digests.errors import NoArticles
from digests.render import as_json
from store.clips import collect
from store.database import Store
from store.errors import ArticleNotFound

MOST = 50
"""Most hits, events or clippings in one answer."""
LONGEST_DAYS = 366
_INSTRUCTIONS = (
    "Articles of Chinese local dailies, split from their printed pages. Search in Chinese. Quote only what the tools"
    " return, and give the citation (paper, date, page) with every quotation."
)


def citation(paper: str, day: date, page: int) -> str:
    """《河汾日报》2026-11-19 第1版"""
    return f"《{paper}》{day.isoformat()}" + (f" 第{page}版" if page else "")


def assistant(open_store: Callable[[], Store], clock: Callable[[], datetime], *, time_zone: str) -> MCPServer:
    """The server, not running. Every call opens a Store of its own."""
    server = MCPServer("baozhai", instructions=_INSTRUCTIONS)

    def today() -> date:
        return clock().astimezone(ZoneInfo(time_zone)).date()

    @server.tool()
    def search(query: str, limit: int = 10, offset: int = 0, newest: bool = False) -> dict[str, Any]:
        """Articles that contain the words of `query` (Chinese). "整句" in quotes, -词 excludes, 甲 OR 乙, 地点:芮城, 日期:2024-08."""
        with open_store() as store:
            found = store.search.find(
                query,
                limit=max(1, min(limit, MOST)),
                offset=max(0, offset),
                order="newest" if newest else "relevant",
                today=today(),
            )
        return {
            "total": found.total,
            "hits": [
                {
                    "id": hit.article_id,
                    "title": hit.title,
                    "snippet": "".join(text for text, _ in hit.snippet),
                    "citation": citation(hit.paper, hit.day, hit.page),
                }
                for hit in found.hits
            ],
        }

    @server.tool()
    def article(article_id: int) -> dict[str, Any]:
        """The whole article with this id, as printed."""
        with open_store() as store:
            found = store.articles.get(article_id)
        if found.removed:
            raise ArticleNotFound(article_id)
        return {**stored_record(found), "citation": citation(found.paper, found.day, found.page)}

    @server.tool()
    def digest(day: str = "") -> dict[str, Any]:
        """The digest of a day (YYYY-MM-DD; without it the newest): the papers' own sentences, each with its article."""
        with open_store() as store:
            wanted = date.fromisoformat(day) if day else store.editions.latest_day(upto=today())
            if wanted is None:
                raise NoArticles(today())
            built = build_day(store, wanted, now=clock())
        record = as_json(built)
        for item in record["items"]:
            item["citation"] = citation(item["paper"], date.fromisoformat(item["date"]), item["page"])
        return record

    @server.tool()
    def editions(day: str = "") -> dict[str, Any]:
        """Which papers and pages were read of a day (YYYY-MM-DD; without it the newest)."""
        with open_store() as store:
            wanted = date.fromisoformat(day) if day else store.editions.latest_day(upto=today())
            found = store.editions.on(wanted) if wanted else []
        return {
            "date": wanted.isoformat() if wanted else None,
            "editions": [
                {
                    "paper": one.paper,
                    "pages": list(one.pages),
                    "articles": one.articles,
                    "citation": citation(one.paper, one.day, 0),
                }
                for one in found
            ],
        }

    @server.tool()
    def calendar(place: str = "", days: int = 14) -> dict[str, Any]:
        """Dated notices still ahead (closures, fairs, clinics, deadlines), by date; `place` narrows to those that name it."""
        first = today()
        with open_store() as store:
            ahead = store.calendar.ahead(first)
        last = first + timedelta(days=max(0, min(days, 366)))
        events = [
            {
                "what": event.found.what,
                "first_day": event.found.first.isoformat() if event.found.first else None,
                "last_day": event.found.last.isoformat() if event.found.last else None,
                "hours": list(event.found.hours),
                "place": event.found.place,
                "spot": event.found.where,
                "price": list(event.found.price),
                "phone": event.found.phone,
                "sentence": event.found.text,
                "article_id": event.article_id,
                "citation": citation(event.paper, event.printed, event.page),
            }
            for event in ahead
            if (not place or place in event.found.place + event.found.where + event.found.text)
            and (event.found.first is None or event.found.first <= last)
        ]
        return {"from": first.isoformat(), "events": events[:MOST], "total": len(events)}

    @server.tool()
    def clippings(subject: str, first_day: str, last_day: str, offset: int = 0) -> dict[str, Any]:
        """All articles on a place, person or words (甲|乙, -词) in at most a year of days (YYYY-MM-DD), in order of printing.

        The same that /clips collects; 50 at a time from `offset` on, the counts are of all.
        """
        first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
        if not 0 <= (last - first).days <= LONGEST_DAYS:
            raise ValueError(f"first_day and last_day must be in order, at most {LONGEST_DAYS} days apart")
        with open_store() as store:
            found = collect(store.articles, subject, first=first, last=last)
        return {
            "total": len(found.articles),
            "papers": dict(found.papers),
            "front_pages": found.front_pages,
            "clippings": [
                {"id": one.id, "title": one.title, "citation": citation(one.paper, one.day, one.page)}
                for one in found.articles[max(0, offset) :][:MOST]
            ],
        }

    return server
