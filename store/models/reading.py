"""What readers leave behind: promises made to them, labels they put on articles, searches they page through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

LabelKind = Literal["cut", "title", "repeat"]


@dataclass(frozen=True, slots=True)
class Promise:
    """「有了告诉我」: `words` as the asker typed them; only articles with an id above `after` keep it."""

    id: int
    subscriber_id: int
    words: str
    after: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Label:
    """A reader says what is wrong with an article: "cut" (切错了), "title" (标题不对), "repeat" (重复).

    `source` is the file the page was read from, `lines` the article's 1-based inclusive ranges in `page_text`.
    """

    id: int
    kind: LabelKind
    article_id: int
    title: str
    paper: str
    day: date
    page: int
    source: str
    page_text: str
    lines: tuple[tuple[int, int], ...]
    labelled_at: datetime


@dataclass(frozen=True, slots=True)
class SearchSession:
    """A search somebody pages through: buttons carry its id, for they cannot hold the query."""

    id: int
    chat_id: int
    query: str
    upto: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """Something the bot asked in a chat; the next text of the same person is the answer."""

    chat_id: int
    user_id: int
    kind: str
    asked_at: datetime
