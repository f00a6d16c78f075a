"""The few words of ours on a web page or feed; everything else there is the papers' own."""

from __future__ import annotations

from datetime import date

from store.models import Article, Digest, Edition, Reason

NAME = "报摘"
POINTS = "今日要点"
PRACTICAL = "今日办事"
FOLLOWED = "关注"
LATE = "补遗"
FOLLOWS_UP = "续"
ALSO = "另见"
DIFFERING = "各报数字不一"
FULL_TEXT = "全文"
MISSING = "今日未见"
EMPTY = "这一天没有可读的文章。"
WEEKLY = "一周回顾"
UNTITLED = {"photo": "图片", "notice": "启事", "article": "无题"}
_WEEKDAYS = "一二三四五六日"


def day(of: date) -> str:
    """2024年8月5日 星期一."""
    return f"{of.year}年{of.month}月{of.day}日 星期{_WEEKDAYS[of.weekday()]}"


def source(article: Article) -> str:
    """《运城日报》2024年8月5日 3版."""
    of = article.day
    return f"《{article.paper}》{of.year}年{of.month}月{of.day}日 {article.page_name}版"


def title(article: Article) -> str:
    """The headline, or what it is."""
    return article.title or UNTITLED[article.kind]


def read(edition: Edition, day: date) -> str:
    """运城日报 8版, or how far it was read; with its date where that is not the digest's `day`."""
    there = len(edition.pages)
    paper = edition.paper
    if edition.day != day:
        paper = f"{paper} {edition.day.month}月{edition.day.day}日"
    if edition.expected_pages > there:
        return f"{paper} {edition.expected_pages}版读到{there}版"
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
