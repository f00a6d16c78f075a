"""The weighing of a short line: what `features` says of it, added up for each role.

A score is the sum of strength times weight over the features a line has, in log-odds, plus the role's own standing in
`weights.WEIGHTS`.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.pages.bylines import is_supplier, read_own_line
from store.pages.chunks import Chunk
from store.pages.features import FEATURES
from store.pages.looks import look
from store.pages.measures import Layout
from store.pages.roles import PageStyle, ShortLine
from store.pages.weights import WEIGHTS

ROLES = ("title", "kicker", "subtitle", "byline", "banner", "subhead", "body")

NO_BYLINE = -9.0
"""A line is no byline unless a feature says so."""

SIGNED = ShortLine(-8, -8, -8, 5, -8, -8, -4, ("a byline with its role",))
SUPPLIED = ShortLine(-3, -4, -4, 3, -4, -6, -3, ("names a supplier",))
"""Lines that need no weighing: nothing else is written like them."""


def weigh(
    chunk: Chunk,
    style: PageStyle,
    layout: Layout,
    others: Sequence[str] = (),
    following: str = "",
    *,
    block: bool = False,
) -> ShortLine:
    """The scores of a short line, from its own looks, the short lines it may be one of a set with (`others`), and the text
    below (`block`: rows or verses)."""
    text = chunk.text
    if _is_signed(text):
        return SIGNED
    if is_supplier(text):
        return SUPPLIED
    line = look(chunk, style, layout, others, following, block=block)
    scores = dict.fromkeys(ROLES, 0.0)
    scores["byline"] = NO_BYLINE
    reasons: list[str] = []
    for feature in FEATURES:
        strength = feature.strength(line)
        if not strength:
            continue
        for role, weight in feature.says.items():
            scores[role] += strength * weight
        if feature.told:
            reasons.append(feature.told.format(line=line))
    return ShortLine(
        scores["title"] + WEIGHTS.title,
        scores["kicker"] + WEIGHTS.kicker,
        scores["subtitle"] + WEIGHTS.subtitle,
        scores["byline"],
        scores["banner"] + WEIGHTS.banner,
        scores["subhead"] + WEIGHTS.subhead,
        scores["body"] + WEIGHTS.body,
        tuple(reasons),
    )


def _is_signed(text: str) -> bool:
    """A byline that names its role, or a commentator's."""
    return bool(read_own_line(text)) or (text.strip("（）() ").endswith("评论员") and len(text) <= 12)
