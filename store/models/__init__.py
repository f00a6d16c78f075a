"""Every frozen record that travels between the parts, one file per noun."""

from store.models.articles import Article, Edition, NewArticle, PageRef
from store.models.digests import Digest, Item, Quote, Reason, Span
from store.models.pages import (
    Box,
    Byline,
    LineExplanation,
    MentionedDate,
    PageText,
    ParsedArticle,
    ParsedPage,
    Person,
    Place,
    SetAside,
    Warning_,
)
from store.models.subscribers import Profile, Subscriber, Timetable

__all__ = [
    "Article",
    "Box",
    "Byline",
    "Digest",
    "Edition",
    "Item",
    "LineExplanation",
    "MentionedDate",
    "NewArticle",
    "PageRef",
    "PageText",
    "ParsedArticle",
    "ParsedPage",
    "Person",
    "Place",
    "Profile",
    "Quote",
    "Reason",
    "SetAside",
    "Span",
    "Subscriber",
    "Timetable",
    "Warning_",
]
