"""What two articles are to each other: one event told twice, a comment, what came of it, or only the same kind of thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest

from digests.day.facts import facts
from digests.day.relations import Relation, relation
from store.models import Article
from tests.digests.newsroom import DAY, article
from tests.digests.stories import read


def related(one: Article, other: Article) -> Relation:
    """Their relation, with the cosine of their terms."""
    first, second = facts(one), facts(other)
    cosine = sum(weight * second.terms.get(term, 0.0) for term, weight in first.terms.items())
    return relation(first, second, cosine)


def told(title: str, body: str, *, paper: str = "云岭日报", after: int = 0, number: int = 1) -> Article:
    """An article of DAY, or of a day after it."""
    return article(title, body, article_id=number, paper=paper, day=DAY + timedelta(days=after))


def both(one: tuple[str, str], other: tuple[str, str], *, after: int = 0, paper: str = "云岭晚报") -> str:
    """What the second article, of another paper, is to the first."""
    return related(told(*one), told(*other, paper=paper, after=after, number=2)).kind


VISIT = "7月14日，市委书记在市会议中心会见了来访的{who}一行，双方就深化农产品加工合作、开通直达货运班列交换了意见，市领导参加会见。"
COURT = "7月14日，{where}人民法院公开开庭审理一起非法经营成品油案，被告人{who}当庭认罪，案件将择期宣判。"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("樊建军会见土耳其客商代表团", VISIT.format(who="土耳其客商代表团")),
            ("樊建军会见越南企业家代表团", VISIT.format(who="越南企业家代表团")),
        ),
        (
            ("青石法院公开审理一起非法经营案", COURT.format(where="青石县", who="邱某")),
            ("柳河法院公开审理一起非法经营案", COURT.format(where="柳河县", who="戚某")),
        ),
        (
            (
                "樊建军在青石县调研秋粮生产",
                "7月14日，市委书记樊建军到青石县调研秋粮生产，察看了玉米长势，要求抓好田间管理。",
            ),
            (
                "景向东在柳河县调研秋粮生产",
                "7月14日，市长景向东到柳河县调研秋粮生产，察看了谷子长势，要求抓好田间管理。",
            ),
        ),
    ],
)
def test_same_kind_of_event_with_other_actors_is_nothing(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    """Another visitor, another court, another leader in another county; on one day or days later."""
    assert both(one, other) == "none"
    assert both(one, other, after=2) == "none"


def test_visitors_of_one_paper_and_day_are_nothing() -> None:
    """The bodies share nearly all their words, as reprints do."""
    one = ("樊建军会见土耳其客商代表团", VISIT.format(who="土耳其客商代表团"))
    other = ("樊建军会见越南企业家代表团", VISIT.format(who="越南企业家代表团"))
    assert both(one, other, paper="云岭日报") == "none"


EVENT = (
    "青石县首条定制公交专线开通",
    "7月14日，青石县首条定制公交专线开通，从云台镇到县城全程38公里，票价4元，每天早上6时50分发车，首日运送乘客212人。",
)


def test_event_told_by_two_papers_is_one() -> None:
    """In other words."""
    retold = (
        "云台镇的人进县城有了定制公交",
        "昨天早上6时50分，青石县第一条定制公交从云台镇开出，38公里的路走了55分钟，一张票4元。头一天坐车的有两百多人。",
    )
    assert both(EVENT, retold) == "same"


@pytest.mark.parametrize(
    "other",
    [
        (
            "云岭时评：定制公交专线开到群众心坎上",
            "青石县首条定制公交专线开通，票价4元。便民之举贵在坚持，盼更多乡镇能坐上这样的车。",
        ),
        (
            "青石县定制公交专线开通引发热议",
            "青石县首条定制公交专线开通，云台镇群众纷纷点赞。村民说，4元钱就能到县城，早上6时50分发车正合适。",
        ),
    ],
)
def test_comment_and_reaction_are_part_of_the_event(other: tuple[str, str]) -> None:
    """Both headlines are shown, also when the comment quotes the event word for word."""
    assert both(EVENT, other) == "part"
    assert both(EVENT, other, paper="云岭日报") == "part"


def test_what_came_of_it_follows_on_another_day() -> None:
    """Announced, then done."""
    planned = (
        "青石县定制公交专线征求意见",
        "青石县交通运输局就云台镇到县城的定制公交专线向群众征求意见，拟定票价4元，全程38公里，早上6时50分发车。",
    )
    assert both(planned, EVENT, after=3) == "follow"


def test_meetings_of_a_series_do_not_follow_each_other() -> None:
    """The second sitting and the third."""
    body = "市六届人大三次会议主席团{n}会议7月14日举行，会议听取了各代表团审议情况汇报，决定将各项决议草案提请大会表决。"
    one = ("市六届人大三次会议主席团举行第二次会议", body.format(n="第二次"))
    other = ("市六届人大三次会议主席团举行第三次会议", body.format(n="第三次"))
    assert both(one, other, after=1) == "none"


def test_column_that_comes_again_does_not_follow_itself() -> None:
    """One name, another text."""
    one = ("【村里的新鲜事】枣林村", "枣林村今年栽下红枣树苗两千株，合作社请来技术员，一户一户教修剪。")
    other = (
        "【村里的新鲜事】桥头村",
        "桥头村把旧粮库改成了书屋，放学后孩子们都爱来，村里的退休老师轮流照看。",
    )
    assert both(one, other, after=1) == "none"


def test_reprint_is_a_copy_with_another_headline_and_without_its_lead() -> None:
    """Also days later, where it is nothing new."""
    body = read()[0].article.body
    reprint = article(
        "转载", *("编者按：下面这篇文章值得一读。", *body[1:], body[0][60:]), article_id=2, paper="柳河时报"
    )
    assert related(read()[0].article, reprint).kind == "copy"


def test_labelled_stories_come_out_as_docs_say() -> None:
    """tests/data/stories.txt: nothing marked that is not one story; docs/digest.md has the shares found."""
    marked = {"day": [0, 0, 0], "later": [0, 0, 0]}
    for one, other in combinations(read(), 2):
        kind = related(one.article, other.article).kind
        same = one.story == other.story
        when = marked["day" if one.article.day == other.article.day else "later"]
        when[0] += same
        when[1] += same and kind != "none"
        when[2] += not same and kind != "none"
    print(marked)
    assert marked["day"][2] == marked["later"][2] == 0
    assert marked["day"][1] >= 0.75 * marked["day"][0]
    assert marked["later"][1] >= 0.6 * marked["later"][0]


def test_one_headline_parted_into_kicker_and_title_is_one_headline() -> None:
    """The front page prints both lines as the headline, the page inside the first as a kicker."""
    front = told("戏台搭到家门口　村民学唱忙", "从今年10月起，县剧团的16名演员分到8个村，每周教两个半天。")
    inside = told("村民学唱忙", "剧团团长介绍，已经有二百四十人学戏，腊月里要办一场晚会。", number=2)
    assert related(front, replace(inside, kicker="戏台搭到家门口")).kind == "same"
    assert related(front, replace(inside, kicker="文化惠民")).kind != "same"


def test_teaser_on_the_front_page_is_the_report_inside() -> None:
    """One headline twice in a paper, however its marks differ."""
    teaser = ("戏台搭到家门口 村民学唱忙", "从今年10月起，县剧团的16名演员分到8个村，每周教两个半天。")
    report = (
        "戏台搭到家门口：村民学唱忙",
        "岳家庄的活动室里锣鼓响个不停，六十岁的梁桂枝跟着老师一句一句学。",
    )
    assert both(teaser, report, paper="云岭日报") == "same"
