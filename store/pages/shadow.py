"""Pages in traditional characters: they are read in simplified ones, and what was printed is put back at the end.

Simplifying goes character by character, so a text and its shadow are of one length and each place has its counterpart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from store.chinese.folding import is_traditional, simplify
from store.models import Byline, ParsedArticle, ParsedPage
from store.pages.characters import BLANKS, count_han

TRADITIONAL = 0.04
"""Share of characters that simplifying changes: a quarter in traditional text, a few names in simplified."""
_SEEN = str.maketrans("", "", BLANKS)
_TRIES = (12, 6, 3, 2, 1)


def shadow_of(lines: Sequence[str]) -> tuple[str, ...] | None:
    """The lines in simplified characters; None where they are so already."""
    sample = "".join(lines)[:6000]
    if not is_traditional(sample):
        return None
    changed = sum(a != b and a not in "「」『』" for a, b in zip(sample, simplify(sample), strict=True))
    if changed < 3 or changed < TRADITIONAL * count_han(sample):
        return None
    return tuple(simplify("\n".join(lines)).split("\n"))


class Original:
    """Finds what was printed for texts that were read in the shadow."""

    def __init__(self, printed: Sequence[str], shadow: Sequence[str]) -> None:
        self._printed = printed
        self._shadow = shadow

    def page(self, page: ParsedPage) -> ParsedPage:
        """The page with all its texts as printed."""
        whole = ((1, len(self._printed)),)
        return replace(
            page,
            articles=tuple(map(self._article, page.articles)),
            set_aside=tuple(
                replace(piece, text=self._text(piece.text, ((piece.first_line, piece.last_line),)))
                for piece in page.set_aside
            ),
            warnings=tuple(
                replace(w, text=w.text if w.text.isascii() else self._text(w.text, whole))
                for w in page.warnings
            ),
        )

    def _article(self, article: ParsedArticle) -> ParsedArticle:
        lines = article.lines

        def all_of(texts: Iterable[str]) -> tuple[str, ...]:
            return tuple(self._text(text, lines) for text in texts)

        byline = article.byline
        return replace(
            article,
            title=self._text(article.title, lines),
            kicker=self._text(article.kicker, lines),
            subtitle=self._text(article.subtitle, lines),
            body=all_of(article.body),
            subheads=tuple((self._text(text, lines), at) for text, at in article.subheads),
            byline=Byline(
                self._text(byline.raw, lines),
                all_of(byline.reporters),
                all_of(byline.correspondents),
                all_of(byline.photographers),
            ),
        )

    def _text(self, text: str, lines: Sequence[tuple[int, int]]) -> str:
        """The text as printed in these lines (1-based, inclusive); what is not found there stays."""
        numbers = [n for first, last in lines for n in range(first - 1, last)]
        printed = "".join(self._printed[n] for n in numbers).translate(_SEEN)
        shadow = "".join(self._shadow[n] for n in numbers).translate(_SEEN)
        seen = text.translate(_SEEN)
        out: list[str] = []
        at, place = -1, 0
        for character in text:
            if character in BLANKS:
                out.append(character)
                continue
            if not 0 <= at < len(shadow) or shadow[at] != character:
                at = next(
                    (found for size in _TRIES if (found := shadow.find(seen[place : place + size])) >= 0), -1
                )
                if at >= 0 and shadow[at] != character:
                    at = -1
            out.append(printed[at] if at >= 0 else character)
            at = at + 1 if at >= 0 else -1
            place += 1
        return "".join(out)
