"""Notices, corrections, indexes."""

from __future__ import annotations

from store.models import PageText
from store.pages.chunks import split_chunks
from store.pages.notices import find_notices


def notices(*lines: str):
    layout, chunks = split_chunks(PageText(lines))
    return chunks, find_notices(chunks, layout, set())


def test_two_notices_in_one_block_are_kept_apart():
    """A second heading begins a second notice, with no blank line between."""
    chunks, found = notices(
        "公告",
        "因旧桥加固，4月12日起桥东路段单行，请绕行。",
        "特此公告。",
        "飞檐镇公路段",
        "2031年4月8日",
        "遗失声明",
        "王芳遗失身份证，声明作废。",
    )
    assert [chunks[n.head].text for n in found] == ["公告", "遗失声明"]
    assert [len(n.body) for n in found] == [4, 1]


def test_signature_and_date_belong_to_the_notice():
    """The office that signs and the date are the notice's last lines."""
    chunks, found = notices(
        "停电通知", "4月16日城南片区停电，敬请谅解。", "飞檐镇供电公司", "2031年4月10日", "", "山货大集开张"
    )
    assert chunks[found[0].body[-1]].text == "2031年4月10日"
    assert len(found[0].body) == 3


def test_heading_in_front_of_the_text_is_cut_off():
    """更正：… has its heading in front."""
    chunks, found = notices("更正：本报4月7日二版“三百步”误为“三百里”，特此更正。")
    assert chunks[0].text[: found[0].cut] == "更正："


def test_lost_papers_need_no_heading():
    """A declaration that something was lost is a notice by itself."""
    _, found = notices(
        "王芳遗失居民身份证，号码末四位7315，声明作废。", "顺和杂货店遗失营业执照副本，声明作废。"
    )
    assert [n.body for n in found] == [(0, 1)]


def test_index_lines_name_pages():
    """Under 导读 the lines that name a page belong to it, news below does not."""
    chunks, found = notices(
        "今日导读",
        "旧桥加固分三期 详见2版",
        "山货大集开张 详见3版",
        "",
        "老街修水管",
        "老街的水管今天修好了。",
    )
    assert [chunks[n].text[:2] for n in found[0].body] == ["旧桥", "山货"]


def test_news_about_a_notice_is_news():
    """A headline that tells of a notice is left to the assembly."""
    assert notices("飞檐镇发布防汛通告", "本报讯（记者 谭知远）飞檐镇今天发布防汛通告。")[1] == []
    assert notices("村民盼来一纸通知", "老人们说，这一天等了好久，山路终于要修了。")[1] == []


def test_picture_below_a_notice_is_not_its_text():
    """A caption ends a notice."""
    _, found = notices(
        "招聘启事", "招聘讲解员4名。", "联系电话：000-5550133", "图为孩子们在打谷场上放风筝。 凌霄 摄"
    )
    assert len(found[0].body) == 2


def test_marked_items_of_one_heading_belong_together():
    """Items with the same mark go on to the next heading, though each ends in 声明作废."""
    _, found = notices(
        "遗失声明",
        "",
        "●王芳不慎将身份证丢失，声明作废。",
        "",
        "●飞檐镇顺和杂货店公章一枚遗失，声明作废。",
        "",
        "招聘启事",
        "",
        "飞檐镇卫生院招聘护士两名，联系电话：000-5550100。",
    )
    assert [n.body for n in found] == [(1, 2), (4,)]


def test_office_signs_before_a_headline():
    """编辑部 and an office that the notice speaks of sign it, though a headline and no date follows."""
    chunks, found = notices(
        "更正",
        "",
        "本报4月7日二版“三百步”误为“三百里”，特此更正。",
        "",
        "本报编辑部",
        "",
        "山货大集开张",
        "",
        "本报讯（记者 凌霄）飞檐镇的山货大集今天在旧粮站里开张。",
    )
    assert [chunks[n].text for n in found[0].body][-1] == "本报编辑部"
    assert len(found) == 1


def test_rows_of_names_belong_to_the_list_above():
    """Names below 名单公示 are a list, not bylines or a headline, and the office below them signs."""
    _, found = notices(
        "飞檐镇拟聘护林员名单公示",
        "",
        "经村里推荐，拟聘以下六人为护林员，现予公示，如有异议请向飞檐镇林业站反映。",
        "",
        "谭知远 柏小满 骆一鸣 俞清嘉 阮文珊 凌霄",
        "",
        "飞檐镇林业站",
        "",
        "计划停电预告",
        "",
        "4月16日城南片区因检修停电，敬请谅解。",
    )
    assert [len(n.body) for n in found] == [3, 1]
