"""Lines that belong to the page and not to an article."""

from __future__ import annotations

import pytest

from store.pages.furniture import HEAD_JUMP, TAIL_JUMP, furniture_reason, is_masthead


@pytest.mark.parametrize(
    "line",
    [
        "本版责编 谭知远 美编 凌霄",
        "责任编辑：柏小满 校对：简宁",
        "编辑 荀悦 版式 冉秋实 校对 甘棠",
        "A3 民生",
        "第4版 城事",
        "要闻 2",
        "2031年4月9日 星期三",
        "2031-04-09",
        "下转第三版",
        "（上接第1版）",
        "新闻热线：000-5550100",
        "————————",
        "国内统一连续出版物号 CN00-0000",
        "05 光影 HEWAN DAILY 2031.4.9",
        "城事副刊 2031年4月9日 星期三 投稿邮箱：city@example.com",
        "B02 服务·公告 2031年4月9日 星期三 广告热线：0000—5550100",
    ],
)
def test_furniture_is_known(line: str):
    """Staff lines, dates, page numbers, jumps, hotlines and rules go aside."""
    assert furniture_reason(line)


@pytest.mark.parametrize(
    "line",
    [
        "编辑部的门开了",
        "2031年4月9日，飞檐镇下了一场雨。",
        "三十年的校对生涯结束了",
        "责任重于泰山",
        "山货大集开张",
    ],
)
def test_news_is_not_furniture(line: str):
    """Sentences and headlines that begin with the same words stay."""
    assert not furniture_reason(line)


def test_jumps_inside_paragraphs_are_found():
    """A jump at a paragraph's end or beginning is found without the paragraph."""
    assert TAIL_JUMP.search("大集办到腊月。（下转第三版）").group() == "（下转第三版）"
    assert HEAD_JUMP.match("（上接第一版）腊月里").group() == "（上接第一版）"


def test_imprint_of_a_front_page_is_furniture():
    """Date, issue, registration and distribution numbers in any order."""
    line = "2031年4月9日 星期三 农历辛亥年二月廿二 今日12版 总第9876期 国内统一连续出版物号 CN 00-0001"
    assert furniture_reason(line)


@pytest.mark.parametrize(
    ("line", "named"), [("河湾日报", True), ("HEWAN RIBAO", True), ("河湾日报社招聘", False)]
)
def test_masthead_is_a_papers_name_alone(line: str, named: bool):
    """In characters or capitals, with nothing beside it."""
    assert is_masthead(line) is named
