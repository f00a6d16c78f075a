"""Paragraphs, headline parts and bylines of one article."""

from __future__ import annotations

from store.models import Byline
from store.pages.articles import build_body, find_byline, headline
from store.pages.chunks import Chunk
from store.pages.runs import Group


def chunk(text: str, line: int = 0) -> Chunk:
    return Chunk(text, ((0, line),), line, 1)


def test_cut_paragraphs_are_whole_again():
    """A paragraph that stops in mid-sentence takes the next one."""
    body = build_body(
        [(chunk("大集从清早办"), False), (chunk("到天黑。"), False), (chunk("人散了。"), False)]
    )
    assert body.paragraphs == ["大集从清早办到天黑。", "人散了。"]


def test_subheads_are_not_among_the_paragraphs():
    """A subhead is kept with the paragraph it stands before, without its mark."""
    body = build_body(
        [(chunk("大集开张。"), False), (chunk("■ 河堤上"), True), (chunk("摊子摆满了。"), False)]
    )
    assert body.subheads == [("河堤上", 1)] and len(body.paragraphs) == 2


def test_jump_is_taken_out():
    """下转 at a paragraph's end is no text of it."""
    body = build_body([(chunk("大集开张。（下转第三版）", 4), False)])
    assert body.paragraphs == ["大集开张。"] and body.jumps == [("（下转第三版）", 4)]


def test_speaker_opens_a_paragraph_behind_lost_text():
    """When an office-holder begins to speak, the cut above has lost its rest."""
    body = build_body(
        [
            (chunk("深受赶集的山里人"), False),
            (chunk("飞檐镇旧粮站管理处主任谭知远表示,大集要办下去。"), False),
        ]
    )
    assert len(body.paragraphs) == 2 and body.gaps == [1]


def test_lists_are_not_mended():
    """Without mending each piece stays a paragraph."""
    assert len(build_body([(chunk("木耳"), False), (chunk("笋干"), False)], mend=False).paragraphs) == 2


def test_second_line_on_the_headlines_line_is_parted():
    """A dash behind a blank begins the second line."""
    chunks = [chunk("山货大集开张 ——旧粮站里的一天")]
    assert headline(Group((0,), ("title",)), chunks) == ("", "山货大集开张", "——旧粮站里的一天", "")
    assert headline(None, chunks) == ("", "", "", "")


def test_byline_is_taken_from_its_line_the_lead_or_the_end():
    """本报讯 keeps its bracket; a name at the end leaves the body."""
    assert find_byline("本报记者 谭知远", ["大集开张。"])[0].reporters == ("谭知远",)
    found, paragraphs = find_byline("", ["本报讯（记者 凌霄）大集开张。"])
    assert found.reporters == ("凌霄",) and paragraphs == ["本报讯（记者 凌霄）大集开张。"]
    found, paragraphs = find_byline("", ["大集开张。", "人散了。（柏小满）"])
    assert found.reporters == ("柏小满",) and paragraphs == ["大集开张。", "人散了。"]
    found, _ = find_byline("", ["大集开张。", "人散了。 镇文化站供稿"])
    assert found.raw == "镇文化站供稿" and found.reporters == ()


def test_cell_that_is_a_surname_and_more_signs_nothing():
    """The last cell of a table's last row is no writer."""
    assert find_byline("", ["晒谷场 0∶1 柳湾"], rows=True) == (Byline(), ["晒谷场 0∶1 柳湾"])
