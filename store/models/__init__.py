"""Every frozen record that travels between the parts, one file per noun."""

from store.models.articles import Article, Edition, PageRef, page_name
from store.models.delivery import (
    Button,
    Heartbeat,
    Mail,
    OutboxCounts,
    Outcome,
    Part,
    Slot,
    UncertainPart,
)
from store.models.digests import Digest, Item, Quote, Reason, Span
from store.models.pages import (
    Box,
    Byline,
    Correction,
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
    "Button",
    "Byline",
    "Correction",
    "Digest",
    "Edition",
    "Heartbeat",
    "Item",
    "LineExplanation",
    "Mail",
    "MentionedDate",
    "OutboxCounts",
    "Outcome",
    "PageRef",
    "PageText",
    "ParsedArticle",
    "ParsedPage",
    "Part",
    "Person",
    "Place",
    "Profile",
    "Quote",
    "Reason",
    "SetAside",
    "Slot",
    "Span",
    "Subscriber",
    "Timetable",
    "UncertainPart",
    "Warning_",
    "page_name",
]
