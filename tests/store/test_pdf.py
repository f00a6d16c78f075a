"""PDF pages: columns, headlines across them, captions; files that cannot be read."""

from __future__ import annotations

import difflib
import random
import re

import pytest

from store.errors import UnreadableFile
from store.models import PageText, ParsedArticle
from store.pages import parse_page
from store.readers import ocr, read
from store.readers import pdf as reader
from store.readers.layout import Glyph, read_glyphs
from tests.pdfs.press import Measures, Press, newspaper
from tests.pdfs.sheet import Sheet, pdf
from tests.pdfs.stories import STORIES


def folded(text: str) -> str:
    return re.sub(r"[^\w]", "", text)


def grams(text: str) -> set[str]:
    return {text[i : i + 5] for i in range(len(text) - 4)} or {text}


def agrees(gold: dict, article: ParsedArticle) -> bool:
    """As score_pages.py has it: bodies alike by 5-grams (≥ .8), titles by ratio (≥ .8)."""
    ours, theirs = grams(folded("".join(gold["body"]))), grams(folded("".join(article.body)))
    if len(ours & theirs) / len(ours | theirs) < 0.8:
        return False
    if not gold["title"]:
        return True

    def titles(kicker: str, title: str, subtitle: str) -> set[str]:
        return {folded(t) for t in (title, kicker + title, title + subtitle, kicker + title + subtitle)}

    return any(
        difflib.SequenceMatcher(None, one, two, autojunk=False).ratio() >= 0.8
        for one in titles(gold["kicker"], gold["title"], gold["subtitle"])
        for two in titles(article.kicker, article.title, article.subtitle)
    )


def article_f1(presses: list[Press]) -> float:
    """Over all pages: how many articles come out whole and on their own."""
    true = gold = found = 0
    for press in presses:
        articles = list(parse_page(reader.read(pdf([press.sheet]))[0]).articles)
        gold += len(press.gold.articles)
        found += len(articles)
        for wanted in press.gold.articles:
            match = next((a for a in articles if agrees(wanted, a)), None)
            if match is not None:
                articles.remove(match)
                true += 1
    return 2 * true / (gold + found)


def one_page(press: Press) -> PageText:
    return reader.read(pdf([press.sheet]))[0]


def test_three_column_pages_keep_their_articles_apart() -> None:
    """Three columns, headlines over one to three of them, pictures: articles come out whole (F1 at least .98)."""
    presses = [press for press in map(newspaper, range(24)) if press.top <= press.sheet.height]
    assert len(presses) > 12
    assert article_f1(presses) >= 0.98


def test_five_column_pages_keep_their_articles_apart() -> None:
    """Narrow columns are cut as well as wide ones."""
    presses = [
        press for press in (newspaper(seed, 5) for seed in range(8)) if press.top <= press.sheet.height
    ]
    assert len(presses) > 4
    assert article_f1(presses) >= 0.97


@pytest.mark.parametrize("seed", range(6))
def test_columns_are_read_without_losing_a_character(seed: int) -> None:
    """Every character that was printed is in the lines, once."""
    press = newspaper(seed)
    lines = "".join(one_page(press).lines)
    printed = "".join(
        bytes.fromhex(code).decode("utf-16-be")
        for line in press.sheet.content
        for code in re.findall("<([0-9a-f]+)>", line)
    )
    assert sorted(folded(lines)) == sorted(folded(printed))


def test_a_column_is_read_to_its_end_before_the_next() -> None:
    """A paragraph cut at the end of a column goes on in the next, as one line."""
    press = Press()
    press.band((STORIES[0], 3))
    assert {"　　" + paragraph for paragraph in STORIES[0].body} <= set(one_page(press).lines)


def test_a_short_headline_in_the_middle_of_three_columns_stands_first() -> None:
    """The headline fits into the middle column; it is read before the first column all the same."""
    press = Press(Measures(title=20))
    press.band((STORIES[0], 3))
    lines = [line for line in one_page(press).lines if line]
    assert lines[0] == STORIES[0].title


def test_a_short_headline_over_some_of_the_columns_reaches_over_all_of_its_own() -> None:
    """Three of four columns belong to it: they are read one after the other, the neighbour's story apart."""
    press = Press(Measures(columns=4, title=18), wide=True)
    press.band((STORIES[0], 3), (STORIES[2], 1))
    lines = one_page(press).lines
    assert lines[0] == STORIES[0].title
    assert {"　　" + paragraph for i in (0, 2) for paragraph in STORIES[i].body} <= set(lines)


def test_a_headline_set_from_top_to_bottom_is_one_line() -> None:
    """竖排: one character under the other, beside the text."""
    press = Press()
    for at, character in enumerate("古渡新桥"):
        press.sheet.text(30, 40 + 26 * at, 22, character)
    for at in range(9):
        press.sheet.text(80, 40 + 15 * at, 10, "桥头的风吹过河面也吹过两岸人家")
    lines = [line for line in one_page(press).lines if line]
    assert lines[0] == "古渡新桥"
    assert len(lines) == 2


def test_stories_side_by_side_are_read_one_after_the_other() -> None:
    """No line holds words of two stories."""
    press = Press()
    press.band((STORIES[1], 1), (STORIES[2], 1), (STORIES[6], 1))
    lines = "".join(one_page(press).lines)
    places = [lines.index(STORIES[i].body[j][:12]) for i in (1, 2, 6) for j in range(3)]
    assert places == sorted(places)


def test_a_caption_under_a_picture_is_kept_out_of_the_text_around_it() -> None:
    """Text, picture, caption and text in one column: the caption comes after the paragraph it interrupts."""
    press = Press()
    press.band((STORIES[3], 2), (STORIES[8], 1))
    lines = one_page(press).lines
    assert all("　　" + paragraph in lines for paragraph in STORIES[3].body)
    assert any(line.startswith(STORIES[3].caption) for line in lines)


def test_lines_carry_boxes_with_the_size_of_their_type() -> None:
    """The headline's box is larger than the body's; every line that has text has a box."""
    press = Press(Measures(title=22, body=9.5))
    press.band((STORIES[1], 2), (STORIES[2], 1))
    page = one_page(press)
    assert page.format == "pdf"
    assert len(page.boxes) == len(page.lines)
    sizes = {line: box.size for line, box in zip(page.lines, page.boxes, strict=True) if box}
    assert all((box is None) == (not line) for line, box in zip(page.lines, page.boxes, strict=True))
    assert sizes[STORIES[1].title] == 22
    assert sizes[next(line for line in sizes if line.endswith("票价不变。"))] == 9.5


def test_type_enlarged_by_the_text_matrix_is_measured_as_printed() -> None:
    """Many page-setters write fonts of size 1 and enlarge them: the printed size counts."""
    sheet = Sheet()
    sheet.text(40, 40, 24, "放大的标题", scale=24)
    sheet.text(40, 100, 10, "正文写在这里，字号是十磅。")
    boxes = [box for box in reader.read(pdf([sheet]))[0].boxes if box]
    assert [box.size for box in boxes] == [24, 10]


def test_lines_measured_anew_by_ocr_are_one_size() -> None:
    """OCR gives every line a height of its own; paragraphs hold together all the same."""

    class Scanned(Sheet):
        def text(self, left: float, top: float, size: float, words: str, *, scale: float = 1.0) -> None:
            super().text(left, top, size, words, scale=size)
            height = size * (0.92 + 0.14 * dice.random())
            self.content[-1] = self.content[-1].replace(f"{size} 0 0 {size} ", f"{size} 0 0 {height:.3f} ")

    dice = random.Random(5)
    press = Press()
    press.sheet = Scanned()
    press.band((STORIES[1], 2), (STORIES[2], 1))
    press.band((STORIES[8], 1), (STORIES[6], 1), (STORIES[4], 1))
    lines = one_page(press).lines
    assert all("　　" + paragraph in lines for i in (1, 2, 8, 6, 4) for paragraph in STORIES[i].body)
    assert article_f1([press]) == 1


def test_every_page_of_a_file_is_a_page() -> None:
    """A whole edition in one file: pages in order, with their numbers."""
    first, second = Press(), Press()
    first.band((STORIES[2], 3))
    second.band((STORIES[4], 3))
    pages = read(pdf([first.sheet, second.sheet]), name="edition.pdf")
    assert [page.number for page in pages] == [1, 2]
    assert STORIES[2].title in pages[0].lines
    assert STORIES[4].title in pages[1].lines


def test_pictures_without_text_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanned page has no text: the operator is told to run OCR, where the extra that does so is missing."""
    monkeypatch.setattr(ocr, "installed", lambda: False)
    sheet = Sheet()
    sheet.picture(0, 0, 595, 842)
    with pytest.raises(UnreadableFile, match="ocrmypdf"):
        reader.read(pdf([sheet]))


def test_a_locked_file_is_refused_with_what_to_do() -> None:
    """A password nobody gave."""
    sheet = Sheet()
    sheet.text(40, 40, 10, "锁住的版面")
    with pytest.raises(UnreadableFile, match="password"):
        reader.read(pdf([sheet], encrypt=True))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing here", b"hello", bytes(range(256)) * 9])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    """Not a PDF, or the beginning of one."""
    with pytest.raises(UnreadableFile, match="damaged"):
        reader.read(data)


def test_a_file_cut_short_is_read_or_refused_but_never_breaks() -> None:
    """Downloads break off anywhere."""
    press = Press()
    press.band((STORIES[2], 3))
    data = pdf([press.sheet])
    outcomes = set()
    for end in range(0, len(data), 97):
        try:
            outcomes.add(len(reader.read(data[:end])))
        except UnreadableFile:
            outcomes.add(0)
    assert 0 in outcomes


def test_a_page_with_a_single_line_is_that_line() -> None:
    """The smallest page there is."""
    sheet = Sheet()
    sheet.text(40, 40, 10, "今日无报")
    assert reader.read(pdf([sheet]))[0].lines == ("今日无报",)


def test_fonts_that_do_not_say_which_characters_they_hold_are_no_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The file's numbers are shown as if they were characters: refused, with what to do; read where they are right."""
    monkeypatch.setattr(ocr, "installed", lambda: False)
    sheet = Sheet()
    for at, paragraph in enumerate(STORIES[0].body):
        sheet.text(40, 40 + 20 * at, 8, paragraph[:60])
    named = (
        pdf([sheet])
        .replace(b"/UniGB-UCS2-H", b"/Identity-H  ")
        .replace(b"/Ordering (GB1)", b"/Ordering (Identity)")
    )
    unnamed = named.replace(b"/STSong-Light", b"/AAAAAA+Fzss1")
    assert STORIES[0].body[0][:20] in "".join(reader.read(unnamed)[0].lines)
    for line, code in enumerate(sheet.content):
        sheet.content[line] = re.sub("<([0-9a-f]+)>", lambda m: f"<{shifted(m[1])}>", code)
    named = (
        pdf([sheet])
        .replace(b"/UniGB-UCS2-H", b"/Identity-H  ")
        .replace(b"/Ordering (GB1)", b"/Ordering (Identity)")
    )
    with pytest.raises(UnreadableFile, match="do not say which characters"):
        reader.read(named.replace(b"/STSong-Light", b"/AAAAAA+Fzss1"))


def shifted(codes: str) -> str:
    """Other characters, as a font's own numbers would be."""
    return "".join(
        f"{0x5000 + int(codes[at : at + 4], 16) * 7 % 0x4000:04x}" for at in range(0, len(codes), 4)
    )


def test_stories_with_bylines_are_no_outline() -> None:
    """Headlines of one size, one column each, as in a bulletin; but signed: kickers and by-lines stay with their story."""
    for seed in (6, 17):
        press = newspaper(seed)
        page = one_page(press)
        assert "section" not in page.roles
        titles = {article.title.replace(" ", "") for article in parse_page(page).articles}
        assert {str(wanted["title"]) for wanted in press.gold.articles if wanted["title"]} <= titles


def test_names_a_quarter_of_an_em_apart_are_parted_by_a_blank() -> None:
    """Set without a blank character; the same gap between all characters of a row parts nothing."""

    def row(words: str, gaps: dict[int, float]) -> str:
        glyphs, left = [], 40.0
        for at, character in enumerate(words):
            left += gaps.get(at, 0.0)
            glyphs.append(Glyph(character, left, 40, left + 10, 50, 10.0, run=1))
            left += 10
        return read_glyphs(glyphs)[0].text

    assert row("本报记者柏涛通讯员苗晓岚", {4: 2.2, 6: 2.2, 9: 2.2}) == "本报记者 柏涛 通讯员 苗晓岚"
    assert row("本报记者柏涛通讯员苗晓岚", dict.fromkeys(range(1, 12), 2.2)) == "本报记者柏涛通讯员苗晓岚"


def test_a_drawing_made_of_letters_keeps_every_letter() -> None:
    """Far more rows than a page of print has: no columns are looked for, and nothing is lost."""
    dice = random.Random(1)
    glyphs = []
    for number in range(9000):
        left, top = number % 95 * 30 + 9 * dice.random(), number // 95 * 30 + 9 * dice.random()
        glyphs.append(Glyph("字", left, top, left + 3, top + 3, 3.0))
    assert sum(line.text.count("字") for line in read_glyphs(glyphs)) == 9000
