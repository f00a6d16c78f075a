"""Names in bylines, credits, leads and at the end of bodies."""

from __future__ import annotations

import pytest

from store.pages.bylines import (
    LEAD,
    is_bare_names,
    is_credit,
    is_name,
    is_supplier,
    lead_names,
    parse_names,
    read_own_line,
    split_names,
    tail_credit,
    tail_names,
)


@pytest.mark.parametrize(
    ("raw", "reporters", "correspondents", "photographers"),
    [
        ("本报记者 谭知远 柏小满", ("谭知远", "柏小满"), (), ()),
        ("记者 王 芳 通讯员 李大伟", ("王芳",), ("李大伟",), ()),
        ("本报记者谭知远", ("谭知远",), (), ()),
        ("记者 张三 文/图", ("张三",), (), ("张三",)),
        ("本报记者 凌霄 摄", (), (), ("凌霄",)),
        ("凌霄 摄影报道", ("凌霄",), (), ("凌霄",)),
        ("（沈琦）", ("沈琦",), (), ()),
        ("记者 荀悦 特约通讯员 欧阳明 司马文", ("荀悦",), ("欧阳明", "司马文"), ()),
        ("市纪委监委提供", (), (), ()),
        ("新华社发（张三 摄）", (), (), ("张三",)),
        ("本报记者谭知远俞清嘉", ("谭知远", "俞清嘉"), (), ()),
        ("记者 李明 文/摄", ("李明",), (), ("李明",)),
        ("李明 王芳 文/图", ("李明", "王芳"), (), ("李明", "王芳")),
        ("梁立夏陆三川", ("梁立夏", "陆三川"), (), ()),
    ],
)
def test_parse_names_by_role(
    raw: str, reporters: tuple[str, ...], correspondents: tuple[str, ...], photographers: tuple[str, ...]
):
    """Each name goes to what its owner did; inner blanks go, run-together names part."""
    found = parse_names(raw)
    assert (found.reporters, found.correspondents, found.photographers) == (
        reporters,
        correspondents,
        photographers,
    )
    assert found.raw == raw


@pytest.mark.parametrize(
    "line", ["本报记者 谭知远", "记者 张三 文/图", "通讯员 王 芳", "文/张三 图/李四", "□本报记者 荀悦"]
)
def test_own_lines_are_bylines(line: str):
    """A line that names a role and persons is a byline."""
    assert read_own_line(line)


@pytest.mark.parametrize("line", ["记者走基层看变化", "通讯员队伍又添新人", "山货大集开张"])
def test_headlines_are_no_bylines(line: str):
    """A headline that speaks of reporters is none."""
    assert not read_own_line(line)
    assert not is_bare_names(line)


@pytest.mark.parametrize(
    "line",
    [
        "凌霄 摄",
        "本报记者 凌霄 摄",
        "（资料照片）",
        "王 芳 摄影报道",
        "图片由市文旅局提供",
        "新华社发（张三 摄）",
    ],
)
def test_credits_are_known(line: str):
    """A line that says who took a picture is a credit."""
    assert is_credit(line)


def test_credit_at_a_captions_end_is_found():
    """The credit begins after the caption's stop."""
    text = "图为孩子们放风筝。 本报记者 凌霄 摄"
    assert text[tail_credit(text) :] == "本报记者 凌霄 摄"
    assert tail_credit("孩子们在放风筝。") == -1


@pytest.mark.parametrize("tail", ["（沈琦）", "谭知远", "（记者 王芳）", "市纪委监委提供"])
def test_name_at_a_bodys_end_is_found(tail: str):
    """A name or a supplier behind the last stop is no part of the body."""
    text = f"大集一直办到腊月。 {tail}"
    assert text[tail_names(text) :].strip() == tail


def test_sentence_is_no_name():
    """A body that ends in its own words has no name at its end."""
    assert tail_names("大集一直办到腊月。山里人都来了。") == -1


def test_lead_names_are_read():
    """The bracket of 本报讯 gives the byline; without names it gives none."""
    assert lead_names("本报讯（记者 谭知远 通讯员 甘棠）今天") == "记者 谭知远 通讯员 甘棠"
    assert lead_names("新华社飞檐4月3日电（记者 凌霄）今天") == "记者 凌霄"
    assert lead_names("本报讯（内容略）今天") == ""
    assert lead_names("飞檐镇今天开市。") == ""


@pytest.mark.parametrize(
    "text", ["本报讯（记者 谭知远）今天", "据新华社飞檐4月3日电 今天", "本报飞檐1月2日讯今天"]
)
def test_lead_is_known(text: str):
    """Openings of reports are known with and without place, date and names."""
    assert LEAD.match(text)


def test_is_name_asks_for_a_surname():
    """A name begins with a surname; compound surnames take one character more."""
    assert is_name("王芳") and is_name("欧阳明") and is_name("王 芳") and is_name("安德烈·索科")
    assert not is_name("的确") and not is_name("欧阳") and not is_name("王一二三四")


def test_split_names_mends_a_name_broken_by_a_wrap():
    """A blank put inside a name by the print goes."""
    assert split_names("谭知 远 柏小满") == ("谭知远", "柏小满")


def test_supplier_is_short_and_says_so():
    """Only a short text that ends in 提供 or 供稿 names a supplier."""
    assert is_supplier("飞檐镇文化站供稿") and not is_supplier(
        "文化站为大家提供了方便的条件和热水以及其他很多东西"
    )


@pytest.mark.parametrize(
    ("line", "writers", "pictured"),
    [
        ("本报记者 谭知远 / 文 凌 霄 / 图", ("谭知远",), ("凌霄",)),
        ("谭知远/文 柏小满/摄", ("谭知远",), ("柏小满",)),
        ("记者 谭知远 文 柏小满 图", ("谭知远",), ("柏小满",)),
        ("飞檐镇 谭知远", ("谭知远",), ()),
        ("县委宣传部 谭知远", ("谭知远",), ()),
    ],
)
def test_parts_behind_names_and_places_before_them_are_no_names(
    line: str, writers: tuple[str, ...], pictured: tuple[str, ...]
):
    """文 and 图 behind a name say what it did; a place or an office in front of a name is not one."""
    found = parse_names(line)
    assert (found.reporters, found.photographers) == (writers, pictured)


def test_words_with_particles_are_no_names():
    """A name holds no 了 or 的, whatever its first character."""
    assert not is_name("白了头") and is_name("白小满")


@pytest.mark.parametrize("line", ["读者来信", "作者简介", "市民安全"])
def test_column_names_behind_everyday_roles_are_no_bylines(line: str):
    """读者 and 作者 are everyday words: what stands right behind them must be a name and no word."""
    assert not read_own_line(line)
    assert read_own_line("读者王小满")


@pytest.mark.parametrize("word", ["高兴", "和平", "安全", "时间"])
def test_everyday_words_are_no_names(word: str):
    """The dictionary has a veto where nothing but a surname speaks for a name."""
    assert not is_name(word) and is_name("高岩") and is_name("和永强")


def test_surname_he_parts_no_names():
    """和 is a surname and a syllable of names; between two names it parts them."""
    assert split_names("和永强") == ("和永强",)
    assert parse_names("通讯员 和永强 李和平").correspondents == ("和永强", "李和平")
    assert split_names("谭知远和柏小满") == ("谭知远", "柏小满")
