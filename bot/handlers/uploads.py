"""Pages that operators send to the bot: read, shown, mended with buttons, stored when confirmed. For operators only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path, PurePath

from bot.handlers.exchange import Reply, Request, tell
from bot.handlers.operating import for_operators
from bot.messages.callbacks import encode, rule_named, short_name
from bot.texts import full_date, plain, say
from bot.texts.markup import Html, escape, join
from store import readers
from store.database import Store
from store.errors import IngestError
from store.identity import Identity, from_path, from_text
from store.ingest import ingest_texts, parse_text
from store.models import PageText
from store.models.articles import page_name
from store.models.delivery import Button, Buttons, Part
from store.sources.labels import number_of
from store.tables.uploads import Upload

LARGEST_BYTES = 20_000_000
"""Telegram gives bots no larger files (https://core.telegram.org/bots/api#getfile)."""
LEAST_CHARACTERS, LEAST_LINES = 200, 3
"""A text of an operator that is at least so long may be a page; shorter ones are questions."""
LEAST_TOLD, SURELY_CHARACTERS = 2, 1500
"""A notice names a day or a paper, not both; the shortest printed pages have some 1,500 characters."""
_SHOWN_TITLES, _SHOWN_PAPERS = 12, 6
_MOST_PAGE = 999


def is_page(text: str) -> bool:
    """Whether a text that an operator sends is a page: it says which (paper, day or number at its head), or is as long as one.

    A pasted notice is long too, and is answered with what the papers have on it.
    """
    lines = text.splitlines()
    if len(text) < LEAST_CHARACTERS or sum(bool(line.strip()) for line in lines) < LEAST_LINES:
        return False
    first = from_path([lines[0]]).or_else(from_text(lines[:LEAST_LINES]))
    told = bool(first.paper) + (first.day is not None) + (first.number is not None)
    return told >= LEAST_TOLD or len(text) >= SURELY_CHARACTERS


def answer_upload(store: Store, request: Request, *, name: str, content: bytes) -> Reply:
    """Show what a file is; `request.words` is what was written beside it (苇河日报 2026-11-26 B03)."""
    language = request.language
    if not request.is_admin:
        return tell(say(language, "operators_only"))
    try:
        texts = readers.read(content, name=name)
    except IngestError as error:
        return tell(say(language, "upload_unreadable", name=name, reason=str(error)))
    place = _place(store, name, request.words, texts)
    place = replace(place, day=place.day or request.today)
    with store.transaction():
        upload_id = store.uploads.add(name, content, place, request.now)
    part = _shown(store, request, Upload(upload_id, name, content, place), texts)
    return Reply(parts=(part,))


@for_operators
def pressed_upload(store: Store, request: Request) -> Reply:
    """Facts: what to do, the upload, and for "paper" the paper's short name."""
    act, upload = request.press.fact(0), store.uploads.get(request.press.number(1))
    if upload is None:
        return Reply(toast=plain(request.language, "upload_gone"), alert=True)
    if act == "drop":
        store.uploads.remove(upload.id)
        return Reply(edit=Part(say(request.language, "upload_dropped", name=upload.name)))
    if act == "keep":
        return _keep(store, request, upload)
    place = _mended(store, upload.place, act, request)
    with store.transaction():
        store.uploads.place(upload.id, place)
    upload = replace(upload, place=place)
    return Reply(edit=_shown(store, request, upload, readers.read(upload.content, name=upload.name)))


def _place(store: Store, name: str, words: str, texts: list[PageText]) -> Identity:
    known, first = store.editions.papers(), texts[0]
    said = from_path([words.strip().split("\n")[0]], known=known) if words.strip() else Identity()
    place = said.or_else(from_path([PurePath(name).stem], known=known))
    own = Identity(first.paper, first.day, first.number)
    return place.or_else(own).or_else(from_text(first.lines, known=known))


def _mended(store: Store, place: Identity, act: str, request: Request) -> Identity:
    if act == "paper":
        paper = rule_named(request.press.fact(2), _papers(store))
        return replace(place, paper=paper or place.paper)
    if act in ("earlier", "later"):
        step = timedelta(days=1 if act == "later" else -1)
        return replace(place, day=(place.day or request.today) + step)
    if act in ("less", "more"):
        step_pages = 1 if act == "more" else -1
        if place.label and place.label[0].isalpha():
            letters = place.label.rstrip("0123456789")
            digits = place.label[len(letters) :]
            number = max(1, int(digits) + step_pages)
            label = f"{letters}{number:0{len(digits)}d}"
            return replace(place, number=number_of(label), label=label)
        number = min(_MOST_PAGE, max(1, (place.number or 0) + step_pages))
        return replace(place, number=number, label="")
    return place


def _keep(store: Store, request: Request, upload: Upload) -> Reply:
    """Store it, and forget the upload with it: pressed twice it is stored once."""
    language, place = request.language, upload.place
    if not place.paper or place.day is None or place.number is None:
        return Reply(toast=plain(language, "upload_incomplete"), alert=True)
    try:
        with store.transaction():
            texts = readers.read(upload.content, name=upload.name)
            report = ingest_texts(store, texts, Path("telegram") / upload.name, given=place, now=request.now)
            store.uploads.remove(upload.id)
            store.acts.add(request.user_id, "upload", upload.name, report.outcome, request.now)
    except IngestError as error:
        return Reply(edit=Part(say(language, "upload_unreadable", name=upload.name, reason=str(error))))
    key = "upload_unchanged" if report.outcome == "unchanged" else "upload_kept"
    return Reply(
        edit=Part(say(language, key, place=_named(language, place), articles=report.articles)), posts=True
    )


def _papers(store: Store) -> list[str]:
    return list(dict.fromkeys([*store.editions.papers(), *store.sources.papers()]))


def _named(language: str, place: Identity) -> str:
    page = page_name(place.number, place.label) if place.number is not None else "？"
    day = full_date(language, place.day) if place.day else "？"
    return plain(language, "upload_place", paper=place.paper or "？", day=day, page=page)


def _shown(store: Store, request: Request, upload: Upload, texts: list[PageText]) -> Part:
    """Where it belongs, what is on it, and the buttons that mend and confirm."""
    language, place = request.language, upload.place
    titles = [
        article.title or (article.body[0][:30] if article.body else "")
        for text in texts
        for article in parse_text(text, paper=place.paper, day=place.day).articles
    ]
    head = say(
        language,
        "upload_shown",
        name=upload.name,
        place=_named(language, place),
        pages=len(texts),
        articles=len(titles),
    )
    lines = [head, *(Html("• " + escape(title[:60])) for title in titles[:_SHOWN_TITLES] if title)]
    if len(titles) > _SHOWN_TITLES:
        lines.append(Html("…"))
    return Part(join("\n", lines), _buttons(store, language, upload))


def _buttons(store: Store, language: str, upload: Upload) -> Buttons:
    def button(key: str, act: str) -> Button:
        return Button(plain(language, key), encode("upload", act, upload.id))

    others = [paper for paper in _papers(store) if paper != upload.place.paper][:_SHOWN_PAPERS]
    papers = [
        Button(f"《{paper}》"[:40], encode("upload", "paper", upload.id, short_name(paper)))
        for paper in others
    ]
    return (
        (button("upload_keep", "keep"), button("upload_drop", "drop")),
        (button("upload_earlier", "earlier"), button("upload_later", "later")),
        (button("upload_less", "less"), button("upload_more", "more")),
        *(tuple(papers[at : at + 2]) for at in range(0, len(papers), 2)),
    )
