"""Which place a reader is told an article is of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digests.day.places import place_of
from store.models import Article, ParsedArticle, ParsedPage, Place
from store.places import annotate
from tests.digests.newsroom import article


def told(title: str, body: str, *, paper: str = "云岭日报") -> Article:
    """An article with the places that are found in its text."""
    page = annotate(ParsedPage((ParsedArticle("article", title, (body,)),)), paper=paper)
    return replace(article(title, body), paper=paper, places=page.articles[0].places)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("苹果主产区今年减产", "受春季冻害影响，陕西、甘肃、山东三省的苹果产量都比去年少，收购价上涨两成。"),
        ("老旧小区改造加快", "今年前七个月，全国新开工改造老旧小区四万个，其中江苏省、河北省已经完成全年任务。"),
        ("新粮上市价格平稳", "国家粮食部门负责人介绍，江苏省的新粮收购进度过半，仓容充足。"),
        ("股市城市超市", "股市上涨，城市更新，超市开业，门市热闹，夜市更旺。"),
        ("老教师写书四十年", "魏长河在乡下教了一辈子书，退休后动手写回忆录，写满了三十本稿纸，前后改了五遍，街坊都来借去看。" + "他每天清早起来写两页，写完才去浇菜，这个习惯保持到今天，从来没有断过一天。" * 2 + "他年轻时到过西安市。"),
        ("云岭青年办起书屋", "魏小满从西安交通大学毕业后回村办起书屋，西安交通大学的同学寄来图书三千册。"),
    ],
)  # fmt: skip
def test_news_of_many_places_or_of_none_has_no_place(title: str, body: str) -> None:
    """Three provinces, the whole country, a word that ends in 市, a place once far down, a university's name."""
    assert place_of(told(title, body)) == ""


def test_headline_names_the_place_of_wide_news() -> None:
    """A report that names three provinces is still of the county in its headline."""
    body = "来自陕西、河南、山东的客商在芮城县订购苹果六千吨。"
    assert place_of(told("芮城苹果俏销三省", body)) == "芮城县"


def test_papers_own_city_comes_before_others() -> None:
    """Guests named first are not whose news it is."""
    body = "西安市的游客坐高铁来到芮城县看黄河，西安市的旅行社每周发团两次，票价四十元。"
    assert place_of(told("游客坐着高铁来", body, paper="运城日报")) == "芮城县"
    assert place_of(told("游客坐着高铁来", body)) == "西安市"


def test_only_the_place_named_twice_or_in_front_counts() -> None:
    """Where it stands in the first lines, once is enough."""
    assert place_of(told("新桥通车", "芮城县的新桥昨天通车，全长六百米。")) == "芮城县"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("长治市", "平安建设要为长治久安打基础，社区夜里有人巡逻，楼道装了新灯，居民领到应急包一千二百个。"),
        ("大同市", "两家工厂的做法大同小异，都把老师傅请回车间带徒弟，一年带出新手八十名。"),
        ("金华市", "客座教授马丁·金华带来六件陶艺作品，在云岭美术馆展出到月底，免费参观。"),
    ],
)  # fmt: skip
def test_place_inside_a_longer_or_a_foreign_name_is_none(name: str, body: str) -> None:
    """长治久安 is no news of 长治; with a mark of its own the same name is the place."""
    place = Place(name, "city", code="149999")
    assert place_of(replace(article("云岭新闻", body), places=(place,))) == ""
    assert place_of(replace(article("云岭新闻", f"{name}今天下雨。{body}"), places=(place,))) == name
