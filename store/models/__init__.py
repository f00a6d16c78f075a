"""Every frozen record that travels between the parts, one file per noun."""

from store.models.articles import Article, Edition, NewArticle, PageRef
from store.models.digests import Span
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

__all__ = [
    "Article",
    "Box",
    "Byline",
    "Edition",
    "LineExplanation",
    "MentionedDate",
    "NewArticle",
    "PageRef",
    "PageText",
    "ParsedArticle",
    "ParsedPage",
    "Person",
    "Place",
    "SetAside",
    "Span",
    "Warning_",
]
