"""The few words of ours on a web page or feed; everything else there is the papers' own."""

from __future__ import annotations

from datetime import date

from digests.day.sections import Section
from store.models import Article, Digest, Edition, Reason

NAME = "报摘"
ALL_DAYS = "各日"
FEED = "订阅"
POINTS = "今日要点"
PRACTICAL = "今日办事"
FOLLOWED = "关注"
LATE = "补遗"
FOLLOWS_UP = "前情"
ALSO = "另见"
GROUP = "相关"
DIFFERING = "各报数字不一"
FULL_TEXT = "全文"
MISSING = "今日未见"
EMPTY = "这一天没有可读的文章。"
WEEKLY = "一周回顾"
FIRST_WORDS = 24
_WEEKDAYS = "一二三四五六日"


def day(of: date) -> str:
    """2024年8月5日 星期一."""
    return f"{of.year}年{of.month}月{of.day}日 星期{_WEEKDAYS[of.weekday()]}"


def source(article: Article) -> str:
    """《运城日报》2024年8月5日 3版."""
    of = article.day
    return f"《{article.paper}》{of.year}年{of.month}月{of.day}日 {article.page_name}版"


def title(article: Article) -> str:
    """The headline, or for want of one the first words, or where it was printed."""
    texts = (article.title, article.kicker, *article.body, article.subtitle)
    first = next((" ".join(text.split()) for text in texts if text.strip()), "")
    if not first:
        return f"《{article.paper}》{article.page}版"
    return first if article.title.strip() or len(first) <= FIRST_WORDS else f"{first[:FIRST_WORDS]}…"


def section(of: Section) -> str:
    """The heading of a section."""
    if of.kind == "follow":
        return FOLLOWED
    if of.kind == "rest":
        return f"{of.name} 另{len(of.items)}篇"
    return {"news": "要闻", "late": LATE, "notices": "启事、更正"}.get(of.kind, of.name)


def read(edition: Edition, day: date) -> str:
    """运城日报 8版, or how far it was read; with its date where that is not the digest's `day`."""
    there = len(edition.pages)
    paper = edition.paper
    if edition.day != day:
        paper = f"{paper} {edition.day.month}月{edition.day.day}日"
    if edition.expected_pages > there:
        return f"{paper} {there}版（平日{edition.expected_pages}版）"
    return f"{paper} {there}版"


def reason(why: Reason) -> str:
    """Why an item is there; "" where it needs no saying."""
    return {
        "follow": f"关注：{why.text}",
        "place": f"您的地方：{why.text}",
        "many": f"{why.text}家报纸都登了",
        "front": "头版",
        "notice": "便民",
    }.get(why.kind, "")


def heading(digest: Digest) -> str:
    """The date, or the week."""
    return f"{WEEKLY} 至{day(digest.day)}" if digest.kind == "weekly" else day(digest.day)
