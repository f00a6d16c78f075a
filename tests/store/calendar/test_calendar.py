"""Notices of invented papers: what they say of days, hours, places, prices and numbers, and what is no notice."""

from __future__ import annotations

from datetime import date

import pytest

from store.calendar import days, find
from store.models import Place
from store.models.calendar import Found

PRINTED = date(2027, 3, 3)  # a Wednesday
HOME = (Place("云溪县", "county", city="岭南市"),)


def found(*body: str, title: str = "通知") -> tuple[Found, ...]:
    """The notices in an article."""
    return find(title, body, printed=PRINTED, places=HOME)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("3月6日，东湖路停水。", (3, 6), (3, 6)),
        ("3月6日至9日，东湖路停水。", (3, 6), (3, 9)),
        ("3月6日22:00至3月7日5:00，东湖路停水。", (3, 6), (3, 7)),
        ("即日起至3月底，凭证免费参观县博物馆。", (3, 3), (3, 31)),
        ("报名截止3月20日18时。", None, (3, 20)),
        ("报名到3月20日截止，逾期不补。", None, (3, 20)),
        ("3月18日前，请到社区登记养犬信息。", None, (3, 18)),
        ("体检4月1日开始，4月30日结束，地点在县医院。", (4, 1), (4, 30)),
        ("本周六，县医院专家义诊。", (3, 6), (3, 6)),
        ("下周三上午9时，县文化馆举办讲座。", (3, 10), (3, 10)),
        ("明日起至3月8日，东湖路半幅封闭。", (3, 4), (3, 8)),
        ("投稿时间：3.5-3.28", (3, 5), (3, 28)),
        ("报名时间为2027年3月8日9:00至3月12日18:00。", (3, 8), (3, 12)),
        ("画展3月6日（周六）在县美术馆开展，免费。", (3, 6), (3, 6)),
        ("3月20日和3月27日，县剧院上演新戏，票价20元。", (3, 20), (3, 27)),
    ],
)
def test_days_are_those_of_the_sentence(
    sentence: str, first: tuple[int, int] | None, last: tuple[int, int]
) -> None:
    """Ranges, deadlines, weekdays, days of a bulletin."""
    (one,) = found(sentence)
    assert one.first == (first and date(2027, *first))
    assert one.last == date(2027, *last)
    assert one.expires == date(2027, *last)


def test_a_day_over_new_year_is_next_years() -> None:
    """A paper of December announces January."""
    (one,) = find("停水通知", ["1月5日，东湖路停水。"], printed=date(2027, 12, 30))
    assert one.first == date(2028, 1, 5)


def test_what_begins_without_an_end_stays_for_two_weeks() -> None:
    """「3月5日起」 names no last day."""
    (one,) = found("3月5日起，12路公交改走东湖路。")
    assert (one.first, one.last, one.is_open) == (date(2027, 3, 5), None, True)
    assert one.expires == date(2027, 3, 5 + days.OPEN_DAYS)
    assert not one.is_over(date(2027, 3, 12))


def test_weekly_notice_knows_its_days() -> None:
    """「每周三」 has no date at all."""
    (one,) = found("每周三、周五上午8:30至11:30，县医院皮肤科专家坐诊，挂号费10元。")
    assert one.weekdays == (2, 4)
    assert one.first is None


def test_particulars_are_as_printed() -> None:
    """Hours, place, price, and the number of the next sentence."""
    (one,) = found(
        "3月6日上午8:30至11:30，省城骨科专家在云溪县人民医院门诊二楼义诊，免费。需带旧片。预约电话0999-7001234。"
    )
    assert one.hours == ("上午8:30至11:30",)
    assert one.where == "云溪县人民医院门诊二楼"
    assert one.place == "云溪县"
    assert one.price == ("免费",)
    assert one.phone == "0999-7001234"
    assert one.text.endswith("预约电话0999-7001234。")


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("因检修，3月6日8时至20时，云溪县东湖路以北、柳巷以西区域停水。", "云溪县东湖路以北、柳巷以西"),
        ("云溪县石桥镇上沟、下沟两村3月6日停电检修。", "云溪县石桥镇上沟、下沟"),
        ("3月6日起，婚姻登记窗口搬到县政务大厅二楼B区6号。", "县政务大厅二楼B区6号"),
        ("3月6日至9日，实验中学门前的东湖路禁止机动车通行。", "实验中学门前的东湖路"),
        ("3月6日起，5路公交车改走柳巷、东湖路。", "柳巷、东湖路"),
    ],
)
def test_place_is_the_spot_as_printed(sentence: str, where: str) -> None:
    """From its county, or where it begins, to the last sign of a place."""
    (one,) = found(sentence)
    assert one.where == where


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("3月6日，高层住户水压降低。", "outage"),
        ("3月6日起，12路公交改走东湖路。", "traffic"),
        ("3月8日至10日，县医院招聘护士面试，请带准考证。", "jobs"),
        ("3月6日，专家在北门社区义诊。", "clinic"),
        ("3月6日15时，县图书馆举办家教讲座。", "talk"),
        ("3月6日19时，县剧院上演新编老戏。", "show"),
        ("少儿书法班3月6日至12日报名。", "enrol"),
        ("城乡居民缴费到3月31日截止。", "money"),
        ("3月6日起，户籍窗口停办两天。", "office"),
        ("公示期为3月3日至3月9日。", "notice"),
    ],
)
def test_kinds(sentence: str, kind: str) -> None:
    """What is announced gives the kind."""
    (one,) = found(sentence, title="消息")
    assert one.kind == kind


@pytest.mark.parametrize(
    "body",
    [
        "3月1日，县医院到北门社区义诊，共接诊96人，发药三百盒。",
        "东湖路改造已完成路基，计划今年10月1日通车。",
        "去年，全县通过公开招聘补充教师80名。",
        "截至2月底，全县适龄儿童接种率达96%。",
        "据统计，每天7时至9时是用水高峰，占全天的四成。",
        "2月27日，警方破获一起假招聘案，骗子每天换一个电话。",
        "咨询电话：0999-7001234。",
        "农机合作社计划4月20日前完成春播，预计产量增长两成。",
        "3月2日的招聘会上，42家企业提供岗位900个，达成意向210人。",
        "全县将于3月10日起开展消防安全专项整治行动。",
        "县长3月3日主持召开会议，强调抓好供暖收尾。",
        "“我3月6日就去报名。”老人笑着说。",
        "老李每周六晚上都去剧院坐一坐，最早的一张票价两角。",
    ],
)
def test_reports_plans_figures_and_bare_numbers_are_no_notices(body: str) -> None:
    """What happened, what officials plan, what is counted."""
    assert found(body, title="消息") == ()


def test_source_clause_is_left_out() -> None:
    """The line begins with the day, not with where the reporter has it from."""
    (one,) = found("记者从县交通局获悉，3月6日起，12路公交改走东湖路。")
    assert one.text == "3月6日起，12路公交改走东湖路。"


def test_span_is_the_paragraph_verbatim() -> None:
    """Sentences are quoted, never made."""
    body = ("近来天暖。3月6日，东湖路停水。电话7001234。", "3月8日，柳巷停电。")
    for one in found(*body):
        assert body[one.paragraph][one.start : one.end] == one.text
