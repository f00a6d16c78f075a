"""What can be used or must be known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from digests.day.practical import is_over, useful
from tests.digests.newsroom import article


def of_use(*body: str, title: str = "消息") -> list[str]:
    """The sentences found."""
    return [found.quote.span.text for found in useful(article(title, *body))]


@pytest.mark.parametrize(
    "sentence",
    [
        "因管道改造，7月18日8时至20时迎宾路以北将停止供水。",
        "首班6:30，末班21:00，票价1元。",
        "展览持续到10月15日，免费开放，周一闭馆。",
        "7月20日上午，市人民医院专家将在北关社区义诊，欢迎前往。",
        "报名时间为7月16日至18日，咨询电话2188110。",
        "自7月19日起，8路公交车临时改道，由北关至南关。",
        "钟楼街每晚7时至10时禁止机动车通行。",
        "城乡居民医保缴费截止到12月31日。",
    ],
)
def test_dates_hours_prices_phones_of_something_offered_are_of_use(sentence: str) -> None:
    """Closings, fares, exhibitions, clinics, courses, vacancies, deadlines."""
    assert of_use(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "7月13日，医院组织专家义诊，共接诊群众460余人次。",
        "6月1日至3日，剧团在省城演出新编蒲剧，票价20元。",
        "会议强调，要全力以赴抓好安全生产工作。",
        "去年以来，全县共举办招聘会26场，3000余人次参加。",
        "“孩子在这里免费学画，每周三来一次。”家长说。",
        "全县苹果种植面积3.2万亩，预计产量5.8万吨。",
        "便民服务区可以免费提供帮办代办服务。",
    ],
)
def test_reports_of_what_was_are_of_no_use(sentence: str) -> None:
    """Past days, sums of visitors, speeches and praise."""
    assert of_use(sentence) == []


def test_phone_line_alone_is_of_no_use() -> None:
    """It says neither what nor when."""
    assert of_use("供水服务热线：2188110。", title="迎宾路以北停水通知") == []


def test_number_in_the_next_sentence_belongs_to_the_notice() -> None:
    """The span goes on to where the number ends."""
    (found,) = of_use("7月18日8时至20时，迎宾路以北停水。请提前储水。服务热线：2188110。多谢支持。")
    assert found == "7月18日8时至20时，迎宾路以北停水。请提前储水。服务热线：2188110。"


def test_long_sentence_gives_the_clauses_with_when_and_how() -> None:
    """Whole clauses, within the length."""
    words = "为了进一步改善城区居民的用水条件、提高供水的水质和水压，" * 7
    (found,) = of_use(f"{words}7月18日8时至20时迎宾路以北停水，咨询电话2188110，请相互转告。")
    assert "7月18日8时至20时迎宾路以北停水，咨询电话2188110" in found
    assert len(found) <= 150


def test_sentence_is_over_when_its_last_day_is_past() -> None:
    """A late page must not send readers to yesterday's clinic."""
    (found,) = useful(article("义诊", "7月16日至18日，专家将在北关社区义诊，欢迎前往。"))
    assert not is_over(found, day=date(2024, 7, 18))
    assert is_over(found, day=date(2024, 7, 18) + timedelta(days=1))
