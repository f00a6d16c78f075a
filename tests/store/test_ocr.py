"""Pictures of pages: recognised lines become characters with places; what cannot be read is refused with the reason."""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import Any

import pytest

from store import readers
from store.errors import EmptySource, IngestError, UnreadableFile
from store.models import PageText
from store.pages import parse_page
from store.readers import Limits, ocr
from store.readers import pdf as reader
from store.readers.ocr import Piece, lines_of
from store.readers.ocr.records import Quad, Reading
from tests.pdfs.photo import camera, photograph, pieces_of, printed, rendered
from tests.pdfs.press import Measures, Press, newspaper
from tests.pdfs.sheet import Sheet, pdf
from tests.pdfs.stories import STORIES
from tests.store.test_pdf import agrees, folded


def page_of(pieces: list[Piece]) -> PageText:
    """As read() makes it."""
    lines = lines_of(pieces)
    return PageText(tuple(line.text for line in lines), tuple(line.box for line in lines), format="picture")


def small() -> Press:
    """Two short columns of a story under its headline."""
    press = Press(Measures(columns=2, body=11, leading=17, gutter=16, title=24))
    press.band((STORIES[1], 2))
    return press


@pytest.mark.parametrize(("turn", "tilt"), [(0.0, 0.0), (2.5, 0.0), (-6.0, 0.0), (0.0, 0.12), (3.0, -0.1)])
def test_a_page_seen_turned_and_from_one_side_keeps_its_articles(turn: float, tilt: float) -> None:
    """Lines are made level and columns upright again: articles come out whole, in three columns."""
    true = gold = found = 0
    for seed in (0, 3, 8, 12):
        press = newspaper(seed)
        articles = list(
            parse_page(page_of(pieces_of(press.sheet, camera(press.sheet, turn=turn, tilt=tilt)))).articles
        )
        gold += len(press.gold.articles)
        found += len(articles)
        for wanted in press.gold.articles:
            match = next((a for a in articles if agrees(wanted, a)), None)
            if match is not None:
                articles.remove(match)
                true += 1
    assert 2 * true / (gold + found) >= 0.85


def test_a_recognised_page_is_read_in_the_order_of_its_print() -> None:
    """The same text in the same order as from the PDF itself."""
    press = newspaper(4)
    ours = folded("".join(page_of(pieces_of(press.sheet, camera(press.sheet, turn=1.5, tilt=0.05))).lines))
    theirs = folded("".join(reader.read(pdf([press.sheet]))[0].lines))
    assert sorted(ours) == sorted(theirs)
    assert difflib.SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= 0.97


def test_sizes_of_type_survive_boxes_drawn_too_large() -> None:
    """The headline's size beside the body's, within a tenth."""
    press = small()
    boxes = [box for box in page_of(pieces_of(press.sheet, camera(press.sheet))).boxes if box is not None]
    assert max(box.size for box in boxes) / min(box.size for box in boxes) == pytest.approx(24 / 11, rel=0.1)


def test_the_last_two_characters_of_a_paragraph_stay_in_it() -> None:
    """Their line's height is measured a sixth too large, and there is no row of characters to measure by."""
    sheet = Sheet()
    for at, words in enumerate(
        ("云岭村的桥昨天修好了村民走了过去", "孩子们在桥上跑了一个来回又一个来", "回。")
    ):
        sheet.text(40, 40 + 16 * at, 10, words)
    pieces = pieces_of(sheet, camera(sheet))
    short = next(at for at, piece in enumerate(pieces) if piece.text == "回。")
    one, two, three, four = pieces[short].quad
    pieces[short] = replace(
        pieces[short],
        quad=((one[0], one[1] - 2), (two[0], two[1] - 2), (three[0], three[1] + 2), (four[0], four[1] + 2)),
    )
    assert page_of(pieces).lines == ("云岭村的桥昨天修好了村民走了过去孩子们在桥上跑了一个来回又一个来回。",)


def test_a_headline_set_from_top_to_bottom_is_one_line() -> None:
    """Its characters stand one under the other."""
    press = small()
    words = "渡口老船工收桨"
    quad = ((-90.0, 80.0), (-30.0, 80.0), (-30.0, 500.0), (-90.0, 500.0))
    upright = Piece(
        quad, words, 0.9, tuple((at + 0.5) / len(words) for at in range(len(words))), upright=True
    )
    assert words in page_of([*pieces_of(press.sheet, camera(press.sheet)), upright]).lines


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        (lambda sheet: pieces_of(sheet, camera(sheet, turn=31)), "too skewed"),
        (lambda sheet: pieces_of(sheet, camera(sheet), score=0.6), "not sharp enough"),
        (lambda sheet: pieces_of(sheet, camera(sheet), score=0.2), "No writing"),
        (lambda sheet: [], "No writing"),
    ],
)
def test_hopeless_lines_are_refused_with_the_reason(pieces: Any, reason: str) -> None:
    """Too skewed, too blurred, nothing at all."""
    with pytest.raises((UnreadableFile, EmptySource), match=reason):
        lines_of(pieces(small().sheet))


def test_without_the_extra_one_sentence_says_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a picture and for a scanned PDF; pictures in a folder are then left alone."""
    monkeypatch.setattr(ocr, "installed", lambda: False)
    with pytest.raises(UnreadableFile, match=r"pip install 'baozhai\[ocr\]'"):
        ocr.read(b"", name="page.jpg", begin=lambda *_: None)
    sheet = Sheet()
    sheet.picture(0, 0, 595, 842)
    with pytest.raises(UnreadableFile, match=r"pip install 'baozhai\[ocr\]'"):
        reader.read(pdf([sheet]))
    assert ".jpg" not in readers.suffixes()


class Bars:
    """A recogniser of black bars: finds them, and reads one as certain when its thick end is at the left."""

    def find(self, image: Any) -> list[Quad]:
        import cv2

        dark = (image[:, :, 0] < 128).astype("uint8")
        quads: list[Quad] = []
        for shape in cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            x, y, width, height = cv2.boundingRect(shape)
            quads.append(
                ((x, y), (x + width, y), (x + width, y + height), (x, y + height))  # type: ignore[arg-type]
            )
        return quads

    def read(self, line: Any) -> Reading:
        width = line.shape[1]
        left, right = line[:, : width // 4].mean(), line[:, -width // 4 :].mean()
        score = 0.95 if left < right else 0.55
        return Reading("云岭村的桥修好了", score, tuple((at + 0.5) / 8 for at in range(8)))


def bars() -> Any:
    """A page of eight lines, each with a thick end at its left."""
    numpy = pytest.importorskip("numpy")
    pytest.importorskip("cv2")
    image = numpy.full((400, 600, 3), 240, numpy.uint8)
    for at in range(8):
        image[20 + 45 * at : 44 + 45 * at, 40:140] = 10
        image[28 + 45 * at : 36 + 45 * at, 140:500] = 10
    return image


@pytest.mark.parametrize("quarter", range(4))
def test_a_page_on_its_side_or_on_its_head_is_turned_upright(quarter: int) -> None:
    """By how well its longest lines read both ways."""
    image = bars()
    import numpy

    from store.readers.ocr import pictures

    found = pictures.pieces(numpy.ascontiguousarray(numpy.rot90(image, quarter)), Bars())
    assert [piece.score for piece in found] == [0.95] * 8
    assert all(piece.quad[0][0] < piece.quad[1][0] for piece in found)
    assert max(piece.quad[0][0] for piece in found) < 100


def test_pictures_that_show_nothing_are_refused_with_the_reason() -> None:
    """Too dark, too pale, too small; a damaged file; one that claims to be enormous."""
    image = bars()
    import cv2

    from store.readers.ocr import pictures

    with pytest.raises(UnreadableFile, match="too dark"):
        pictures.pieces(image // 8, Bars())
    with pytest.raises(UnreadableFile, match="too pale"):
        pictures.pieces(image // 20 + 200, Bars())
    with pytest.raises(UnreadableFile, match="too small"):
        pictures.fitting(image[:100])
    with pytest.raises(UnreadableFile, match="too small in the picture"):
        pictures.pieces(cv2.resize(image, (150, 100), interpolation=cv2.INTER_AREA), Bars())
    with pytest.raises(UnreadableFile, match="damaged"):
        pictures.opened(b"\xff\xd8\xff\xe0 no picture", ".jpg")
    header = bytearray(cv2.imencode(".bmp", image)[1].tobytes())
    header[18:26] = (60_000).to_bytes(4, "little") * 2
    with pytest.raises(UnreadableFile, match="60,000 × 60,000 pixels"):
        pictures.opened(bytes(header), ".bmp")


def test_a_picture_is_read_by_the_child_with_limits_of_its_own() -> None:
    """A picture that cannot be read ends in its sentence, not in the bot."""
    if not ocr.installed():
        pytest.skip("needs the extra [ocr]")
    with pytest.raises(IngestError, match="damaged"):
        readers.read(b"\xff\xd8\xff\xe0 no picture", name="page.jpg")


def test_scanned_pages_of_a_pdf_are_recognised_and_the_others_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """One at a time, with the limits of recognising; a page that cannot be is empty, the file is not lost."""
    bars()
    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr("store.readers.ocr.engine.recogniser", Bars)
    text, scan, grey = Sheet(), Sheet(), Sheet()
    text.text(40, 40, 10, "今日无报")
    scan.picture(560, 800, 20, 20)
    for at in range(8):
        scan.content.append(f"0 g 40 {700 - 60 * at} 100 24 re f 140 {708 - 60 * at} 300 8 re f")
    grey.picture(0, 0, 595, 842)
    begun: list[tuple[int, bool]] = []
    pages = reader.read(
        pdf([text, scan, grey]), begin=lambda page, recognised: begun.append((page, recognised))
    )
    assert [page.number for page in pages] == [1, 2, 3]
    assert pages[0].lines == ("今日无报",)
    assert "".join(pages[1].lines).count("云岭村的桥修好了") == 8
    assert not pages[2].lines
    assert begun == [(1, False), (2, False), (3, False), (2, True), (3, True)]


@pytest.mark.slow
@pytest.mark.timeout(7200)  # some 20 s of work on a usual machine; the slowest seen took twenty minutes
def test_a_photo_of_a_page_becomes_its_article() -> None:
    """Set in type, photographed askew in bad light, recognised in the child: at most 1 % wrong, the article whole."""
    if not ocr.installed():
        pytest.skip("needs the extra [ocr]")
    cv2 = pytest.importorskip("cv2")
    if not hasattr(cv2, "FontFace"):
        pytest.skip("needs the Chinese font of OpenCV 5")
    press = small()
    photo = photograph(rendered(press.sheet, 2.4, foot=press.top), turn=2.0, shade=0.35, noise=6.0)
    # Work counts, not the clock; a slow machine needs far more of it.
    page = readers.read(photo, name="page.jpg", limits=Limits(ocr_seconds=3000))[0]
    wanted = folded("".join(words for _, _, _, words in printed(press.sheet)))
    got = folded("".join(page.lines))
    same = sum(
        b.size for b in difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    )
    assert 1 - same / max(len(wanted), len(got)) <= 0.01
    articles = parse_page(page).articles
    assert any(agrees(press.gold.articles[0], article) for article in articles)
