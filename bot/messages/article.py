"""An article as messages: its own kicker, headline, paragraphs and subheads; long ones folded, then paged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.messages.callbacks import encode
from bot.messages.digest import attributed, headline
from bot.messages.split import GAP, cut, pack
from bot.texts import plain, say
from bot.texts.markup import Html, Weight, bold, escape, folded, join, shown, units
from store.chinese.traditional import traditional
from store.chinese.words import frequency
from store.models.articles import Article
from store.models.delivery import Button, Buttons, Part
from store.models.subscribers import TRADITIONAL
from store.places import find as find_places
from store.search.keywords import keywords

OPEN_UNITS = 420
"""How much of a long article stands open above the fold: about a screen of a small phone."""
FOLD_FROM_UNITS = 900
"""Shorter articles are not folded: a fold that hides four lines only costs a tap."""
_PAGE = Weight(units=3200, entities=60, entity_bytes=6000, raw_bytes=24_000)
_PARAGRAPH_UNITS = 1200
_HEAD_UNITS = 400
_COPY_UNITS = 256
_FOLLOW_BUTTONS = 4
SCRIPT_TRADITIONAL = "t"
"""The script of an article that was put into traditional characters, as buttons carry it."""
_COMMON = 20_000
"""A word the dictionary counts more often says nothing of a story."""
_DASHES = "—-－─ "


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of an article on its way to a reader: the message, which page it is, of how many."""

    part: Part
    page: int
    pages: int


def compose_article(
    article: Article,
    *,
    language: str,
    photos: Sequence[Article] = (),
    page: int = 0,
    followed: Sequence[str] = (),
    script: str = "",
) -> ArticlePage:
    """A page of the article (0 is the first; a number that is too high gives the last), with its buttons.

    `photos` are the photo items that belong to it; `followed` names need no follow button. `script` is SCRIPT_TRADITIONAL for headline and
    text in traditional characters, else they are as printed; where it was printed, and what is copied, are always so.
    """
    told = _in_traditional(article) if script == SCRIPT_TRADITIONAL else article
    if script == SCRIPT_TRADITIONAL:
        photos = [_in_traditional(photo) for photo in photos]
    pages = _pages(told, photos, language)
    page = min(max(page, 0), len(pages) - 1)
    head = _head(told, language) if page == 0 else bold(headline(told, language))
    body = _fold(pages[page]) if page == 0 else Html(GAP.join(pages[page]))
    foot = _foot(article, language, page, len(pages))
    return ArticlePage(
        Part(
            GAP.join(block for block in (head, body, foot) if block),
            article_buttons(
                article, language=language, page=page, pages=len(pages), followed=followed, script=script
            ),
        ),
        page,
        len(pages),
    )


def citation(article: Article) -> str:
    """《运城日报》2024年8月5日03版，记者曹欣怡: as one quotes a paper, the same in every language."""
    day = plain("zh", "citation_day", year=article.day.year, month=article.day.month, day=article.day.day)
    key = "citation" if article.page > 0 else "citation_whole"
    text = plain("zh", key, paper=article.paper, day=day, page=article.page_name)
    if article.byline.reporters:
        text += plain("zh", "citation_reporters", names=" ".join(article.byline.reporters[:6]))
    return text


def _in_traditional(article: Article) -> Article:
    return replace(
        article,
        kicker=traditional(article.kicker),
        title=traditional(article.title),
        subtitle=traditional(article.subtitle),
        body=tuple(traditional(paragraph) for paragraph in article.body),
        subheads=tuple((traditional(text), before) for text, before in article.subheads),
    )


def article_buttons(
    article: Article,
    *,
    language: str,
    page: int = 0,
    pages: int = 1,
    followed: Sequence[str] = (),
    script: str = "",
) -> Buttons:
    """The rows under an article: pages, its places and people to follow, why it came, what is wrong, its citation."""
    rows: list[tuple[Button, ...]] = []
    turning = []
    if page > 0:
        turning.append(
            Button(plain(language, "page_previous"), encode("article", article.id, page - 1, "", script))
        )
    if page < pages - 1:
        turning.append(
            Button(plain(language, "page_next"), encode("article", article.id, page + 1, "", script))
        )
    if turning:
        rows.append(tuple(turning))
    if language == TRADITIONAL:
        other = "" if script == SCRIPT_TRADITIONAL else SCRIPT_TRADITIONAL
        key = "article_printed" if script == SCRIPT_TRADITIONAL else "article_traditional"
        rows.append((Button(plain(language, key), encode("article", article.id, page, "", other)),))
    names = [name for name in names_to_follow(article) if name not in followed]
    follows = [
        Button(plain(language, "article_follow", name=name), encode("follow", name, article.id))
        for name in names
        if encode("follow", name, article.id)
    ][:_FOLLOW_BUTTONS]
    rows += [tuple(follows[start : start + 2]) for start in range(0, len(follows), 2)]
    rows.append(
        (
            Button(plain(language, "article_why"), encode("why", article.id)),
            Button(plain(language, "article_wrong"), encode("wrong", article.id, page)),
        )
    )
    rows.append(
        (
            Button(plain(language, "thread_open"), encode("thread", article.id)),
            Button(plain(language, "article_copy"), copy=cut(citation(article), _COPY_UNITS)[0]),
        )
    )
    return tuple(rows)


def label_buttons(article: Article, *, language: str, page: int) -> Buttons:
    """What can be wrong with an article, and the way back."""
    kinds = ("cut", "title", "repeat")
    return (
        tuple(Button(plain(language, f"label_{kind}"), encode("label", article.id, kind)) for kind in kinds),
        (Button(plain(language, "back"), encode("article", article.id, page, "buttons")),),
    )


def names_to_follow(article: Article) -> list[str]:
    """Places from the county down first, then the people of the story, then what the headline is about; each once."""
    places = [place.name for place in article.places if place.level not in ("province",)][:2]
    people = [person.name for person in article.people][:2]
    return list(dict.fromkeys([*places, *people, *_subject(article)]))


def _subject(article: Article) -> list[str]:
    """A word of the headline that is worth following: known, not too common, no name of a place."""
    return [
        word
        for word in keywords(article.title)
        if 2 <= len(word) <= 4 and 0 < frequency(word) <= _COMMON and not find_places(word)
    ][:1]


def _head(article: Article, language: str) -> Html:
    lines = []
    if article.kicker:
        lines.append(escape(_short(article.kicker)))
    if article.title:
        lines.append(bold(_short(article.title)))
    elif article.kind == "photo":
        lines.append(say(language, "article_is_photo"))
    if article.subtitle:
        lines.append(escape(f"——{_short(article.subtitle).lstrip(_DASHES)}"))
    if article.byline.raw:
        lines.append(escape(_short(article.byline.raw)))
    return join("\n", lines) if lines else say(language, "article_untitled")


def _foot(article: Article, language: str, page: int, pages: int) -> Html:
    lines = []
    if article.removed:
        lines.append(say(language, "article_removed"))
    if not article.complete and page == pages - 1:
        lines.append(say(language, "article_incomplete"))
    last = citation(article)
    if pages > 1:
        last += f"　{plain(language, 'article_page', page=page + 1, pages=pages)}"
    return join("\n", [*lines, attributed(escape(last))])


def _short(text: str) -> str:
    first, *rest = cut(" ".join(text.split()), _HEAD_UNITS)
    return f"{first}…" if rest else first


def _pages(article: Article, photos: Sequence[Article], language: str) -> list[list[Html]]:
    """The body's blocks, page by page: at least one page, perhaps an empty one."""
    blocks: list[Html] = []
    subheads = dict[int, list[str]]()
    for text, before in article.subheads:
        subheads.setdefault(before, []).append(text)
    for index, paragraph in enumerate(article.body):
        pieces = [escape(piece) for piece in cut(paragraph, _PARAGRAPH_UNITS)]
        heads = [bold(_short(text)) for text in subheads.pop(index, [])]
        if heads:  # a subhead goes with what follows it
            pieces[0] = join("\n", [*heads, pieces[0]])
        blocks += pieces
    blocks += [bold(_short(text)) for texts in subheads.values() for text in texts]
    for photo in photos:
        caption = " ".join([*([photo.title] if photo.title else []), *photo.body, photo.byline.raw]).strip()
        if caption:
            blocks.append(say(language, "article_photo", caption=cut(caption, _PARAGRAPH_UNITS)[0]))
    blocks = [block for block in blocks if shown(block).strip()]
    return pack(blocks, limit=_PAGE) or [[]]


def _fold(blocks: Sequence[Html]) -> Html:
    """The blocks, those beyond the first screen inside a quotation that opens at a tap."""
    lengths = [units(shown(block)) for block in blocks]
    if sum(lengths) <= FOLD_FROM_UNITS:
        return Html(GAP.join(blocks))
    opened, seen = 0, 0
    while opened < len(blocks) and (opened == 0 or seen + lengths[opened] <= OPEN_UNITS):
        seen += lengths[opened]
        opened += 1
    if opened == len(blocks):
        return Html(GAP.join(blocks))
    return Html(GAP.join([*blocks[:opened], folded(Html(GAP.join(blocks[opened:])))]))
