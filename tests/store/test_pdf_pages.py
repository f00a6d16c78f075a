"""PDF pages that are not what they seem: without text, or made up of modules; each says so or is read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.database import Store
from store.errors import UnreadableFile
from store.identity import Identity
from store.ingest import ingest_texts, parse_text
from store.models import PageText
from store.pages import parse_page
from store.readers import apart, inside, ocr, plausible
from store.readers import pdf as reader
from store.readers.layout import Glyph, read_glyphs
from tests.pdfs.modular import Modular
from tests.pdfs.sheet import Sheet, pdf
from tests.pdfs.stories import STORIES
from tests.store.test_pdf import agrees

NOW = datetime(2024, 8, 5, 8, tzinfo=UTC)


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra is not installed."""
    monkeypatch.setattr(ocr, "installed", lambda: False)


def told(words: str = "今日无报") -> Sheet:
    """A page with a line of text."""
    sheet = Sheet()
    sheet.text(40, 40, 10, words)
    return sheet


def scanned() -> Sheet:
    """A page that is a picture."""
    sheet = Sheet()
    sheet.picture(0, 0, 595, 842)
    return sheet


def shapes(count: int = 300) -> list[str]:
    """Letters drawn as shapes."""
    return [f"0 g {40 + at % 40 * 12} {760 - at // 40 * 14} 8 8 re f" for at in range(count)]


@pytest.mark.usefixtures("without_ocr")
def test_a_page_without_text_among_others_says_so_and_the_others_are_read() -> None:
    """Neither is lost in silence: not the page that is read, nor that the other is not."""
    pages = reader.read(pdf([told(), scanned()]))
    assert [page.lines for page in pages] == [("今日无报",), ()]
    assert pages[0].trouble == ""
    assert "no text, only pictures" in pages[1].trouble and "ocrmypdf" in pages[1].trouble


def test_what_could_not_be_read_reaches_the_operator() -> None:
    """In the report of the file for a page that is not stored, in the page's warnings for one that is."""
    pages = [
        PageText(("桥修好了", "云岭村的桥昨天修好了，村民走了过去。"), number=1, format="pdf", trouble="甲"),
        PageText((), number=2, format="pdf", trouble="乙"),
    ]
    day = datetime(2024, 8, 5, tzinfo=UTC).date()
    report = ingest_texts(Store(), pages, Path("a.pdf"), given=Identity("云岭日报", day), now=NOW)
    assert report.outcome == "new"
    assert report.warnings[0] == "Page 2: 乙" and "甲" in report.warnings
    assert parse_text(pages[1]).warnings[0].text == "乙"


def test_what_the_child_says_of_a_page_is_what_it_read() -> None:
    """Every field, also what could not be read."""
    (page,) = reader.read(pdf([told()]))
    page = replace(page, number=3, roles=("title",), trouble="丙")
    assert apart._page(json.loads(json.dumps(inside._packed(page)))) == page


@pytest.mark.usefixtures("without_ocr")
def test_letters_drawn_as_shapes_are_no_text() -> None:
    """Printers turn type into outlines: with nothing else on the page it is refused, with a running head it says so."""
    sheet = Sheet(content=shapes())
    with pytest.raises(UnreadableFile, match="letters drawn as shapes"):
        reader.read(pdf([sheet]))
    sheet.text(40, 20, 9, "云岭日报　第三版")
    (page,) = reader.read(pdf([sheet]))
    assert page.lines == ("云岭日报 第三版",)
    assert "drawn as shapes" in page.trouble
    (page,) = reader.read(pdf([Sheet(content=[*told().content, *shapes(30)])]))
    assert page.trouble == ""


def test_files_without_pages_and_pages_without_anything_say_so() -> None:
    """Not that they were pictures."""
    with pytest.raises(UnreadableFile, match=r"no pages|damaged"):
        reader.read(pdf([]))
    with pytest.raises(UnreadableFile, match="pages are empty"):
        reader.read(pdf([Sheet()]))


def test_text_and_nonsense_are_told_apart() -> None:
    """News, lists of names and short pieces are text; wrong numbers, wrong code pages and private characters are none."""
    news = "".join(STORIES[0].body)
    assert not plausible.is_nonsense(news) and not plausible.names_nothing(news)
    assert not plausible.is_nonsense("甲" * 40)
    assert not plausible.names_nothing("龘靐齉爩")
    shifted = "".join(chr(0x4E00 + ord(character) * 7 % 0x5000) for character in news)
    assert plausible.is_nonsense(shifted) and plausible.names_nothing(shifted)
    assert plausible.is_nonsense(news.encode("gbk").decode("latin-1"))
    assert plausible.is_nonsense("".join(chr(0xE000 + at) for at in range(60)))
    assert plausible.is_nonsense("云岭村的桥" + plausible.UNKNOWN * 9)


def test_characters_that_cannot_be_known_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Headlines in a font without names among readable text: shown as 〓, and the page says how many."""
    monkeypatch.setattr(ocr, "installed", lambda: False)
    lines = read_glyphs(row(plausible.UNKNOWN * 12, 40) + row(STORIES[0].body[0][:60], 90))
    page = reader._judged(lines, 0.0)
    assert page.lines == lines
    assert page.trouble.startswith("12 of its characters cannot be read and are shown as 〓")


def row(words: str, top: float, size: float = 8.0) -> list[Glyph]:
    """Characters side by side."""
    return [
        Glyph(c, 40 + size * at, top, 40 + size * at + size, top + size, size, run=1)
        for at, c in enumerate(words)
    ]


def modular_f1(seeds: range) -> float:
    """Over all pages: how many articles come out whole and on their own."""
    true = gold = found = 0
    for seed in seeds:
        page = Modular(seed)
        articles = list(parse_page(reader.read(pdf([page.sheet]))[0]).articles)
        gold += len(page.gold.articles)
        found += len(articles)
        for wanted in page.gold.articles:
            match = next((a for a in articles if agrees(wanted, a)), None)
            if match is not None:
                articles.remove(match)
                true += 1
    return 2 * true / (gold + found)


def test_pages_made_up_of_modules_keep_their_articles_apart() -> None:
    """Stacks beside tall stories, measures of their own, frames, headlines from top to bottom beside their text."""
    assert modular_f1(range(4, 7)) >= 0.95


@pytest.mark.parametrize("ocr", [False, True])
def test_a_page_is_limited_by_what_it_uses(monkeypatch: pytest.MonkeyPatch, ocr: bool) -> None:
    """Address space for text; for a recogniser, whose libraries reserve it by the gigabyte, what may be written to."""
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(inside.sys, "platform", "linux")
    monkeypatch.setattr(inside, "_begun_with", lambda data: 7_000_000 if data else 90_000_000)
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (-1, -1))
    limits: dict[int, int] = {}
    monkeypatch.setattr(resource, "setrlimit", lambda kind, pair: limits.__setitem__(kind, pair[0]))
    inside._limit(10, 500, ocr=ocr)
    data, space = limits[resource.RLIMIT_DATA], limits[resource.RLIMIT_AS]
    assert (data, space) == ((507_000_000, -1) if ocr else (-1, 590_000_000))
    assert limits[resource.RLIMIT_FSIZE] == limits[resource.RLIMIT_CORE] == 0
