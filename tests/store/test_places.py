"""Places of articles: names, homes, what ambiguous names mean, and the order of importance."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.models import Byline, ParsedArticle, ParsedPage
from store.places import annotate, find, home_of
from store.places.gazetteer import gazetteer


def article(*body: str, title: str = "", kicker: str = "", subtitle: str = "") -> ParsedArticle:
    return ParsedArticle("article", title, body, kicker=kicker, subtitle=subtitle)


def places(*body: str, paper: str = "", title: str = "", kicker: str = "") -> list[str]:
    page = annotate(ParsedPage((article(*body, title=title, kicker=kicker),)), paper=paper)
    return [place.name for place in page.articles[0].places]


def test_the_gazetteer_holds_every_prefecture_and_county() -> None:
    """Some 333 prefectures (and the municipalities) and over 2,840 counties, as the source has them."""
    divisions = list(gazetteer().by_code.values())
    assert 333 <= sum(d.level == "city" for d in divisions) <= 350
    assert 2840 <= sum(d.level == "county" for d in divisions) <= 2900
    assert sum(d.level == "province" for d in divisions) == 30


@pytest.mark.parametrize(
    ("typed", "name", "city"),
    [
        ("芮城", "芮城县", "运城市"),
        ("芮城县", "芮城县", "运城市"),
        ("盐湖区", "盐湖区", "运城市"),
        ("运城盐湖区", "盐湖区", "运城市"),
        ("山西省运城市盐湖区", "盐湖区", "运城市"),
        ("夏县", "夏县", "运城市"),
        ("峨边县", "峨边彝族自治县", "乐山市"),
        ("科右前旗", "科尔沁右翼前旗", "兴安盟"),
        ("仙桃", "仙桃市", ""),
        ("海淀", "海淀区", "北京市"),
        ("太谷县", "太谷区", "晋中市"),
    ],
)
def test_a_typed_name_is_found(typed: str, name: str, city: str) -> None:
    """Full, short, former and prefixed names."""
    assert (find(typed)[0].name, find(typed)[0].city) == (name, city)


def test_a_name_of_several_places_gives_all_of_them_best_known_first() -> None:
    """朝阳 is a city, two districts and a county."""
    assert [p.city for p in find("朝阳")] == ["朝阳市", "北京市", "长春市", "朝阳市"]


@pytest.mark.parametrize("typed", ["夏", "", "  ", "无此县", "\udc00", "全县"])
def test_what_is_no_place_finds_nothing(typed: str) -> None:
    """One character of a two-character county is no name."""
    assert find(typed) == ()


@pytest.mark.parametrize(
    ("paper", "home"),
    [
        ("运城日报", "运城市"), ("晋中晚报", "晋中市"), ("今日芮城", "芮城县"), ("山西日报", "山西省"), ("海南日报", "海南省"),
        ("新华日报", "江苏省"), ("《太原晚报》", "太原市"), ("仙桃日报", "仙桃市"),
    ],
)  # fmt: skip
def test_a_paper_is_at_home_where_its_name_says(paper: str, home: str) -> None:
    """By the place in its name, or by a list of papers whose names tell nothing."""
    place = home_of(paper)
    assert place is not None
    assert place.name == home


@pytest.mark.parametrize("paper", ["人民日报", "光明日报", "", "和平日报", "云岭日报"])
def test_a_national_or_unknown_paper_has_no_home(paper: str) -> None:
    """光明 is a district of Shenzhen, but the paper is not from there."""
    assert home_of(paper) is None


def test_counties_and_cities_are_found_by_full_and_short_names() -> None:
    """One place a county, however it is written."""
    assert places("记者从临猗来到芮城县，芮城的苹果已经下树。") == ["芮城县", "临猗县"]


@pytest.mark.parametrize(
    "text",
    [
        "要坚持长治久安，推动合作，延长时间，富裕群众。",
        "办法和县档案馆的制度一致，各级党委和县委都要重视。",
        "村里建起新县城，修复古县城，发展县域经济。",
        "创新和科技投资中国，资源互助，共和同心，公安民警保平安。",
        "据《运城日报》报道，上海合作组织开会。",
        "他走进长风街和北京路，又转到南京东路。",
        "居民程永寿说，邻居王高平也来了。",
        "华夏县域经济论坛举行，新兴城市崛起。",
    ],
)
def test_words_that_only_look_like_places_are_left_alone(text: str) -> None:
    """Ordinary words, seams between words, names of roads, media and persons."""
    assert places(text, title="开会") == []


def test_overlapping_names_are_parted_rightly() -> None:
    """从江苏 holds 江苏, not 从江; 山西安泽 holds no 西安; 浙江和安徽 no 和安."""
    assert places("客商从江苏来。") == ["江苏省"]
    assert places("在山西安泽县召开。") == ["安泽县", "山西省"]
    assert places("浙江和安徽联手。") == ["浙江省", "安徽省"]


def test_an_ordinary_word_is_a_place_right_after_its_city() -> None:
    """西宁城北 is a district, 城北 alone is a direction."""
    assert places("西宁城北：夜市开张。") == ["城北区", "西宁市"]
    assert places("城北夜市开张。") == []


@pytest.mark.parametrize(
    ("paper", "city"),
    [("南京晚报", "南京市"), ("徐州日报", "徐州市"), ("开封日报", "开封市"), ("福州晚报", "福州市")],
)
def test_the_papers_home_settles_a_name_of_several_places(paper: str, city: str) -> None:
    """There are four districts called 鼓楼区."""
    page = annotate(ParsedPage((article("鼓楼区举办读书会。"),)), paper=paper)
    assert page.articles[0].places[0].city == city


def test_the_articles_other_places_settle_a_name_of_several_places() -> None:
    """A national paper on 长春: 朝阳区 is the one there."""
    page = annotate(ParsedPage((article("长春市连日降雪，朝阳区出动铲车。"),)), paper="人民日报")
    assert {p.city for p in page.articles[0].places} == {"长春市"}


def test_the_page_itself_tells_the_home_of_an_unknown_paper() -> None:
    """Three articles from counties of one city: a weak name of that city's county is understood."""
    page = ParsedPage(
        (
            article("芮城县举办比赛。"),
            article("临猗县的果园丰收。"),
            article("稷山县的枣红了。"),
            article("和顺、盐湖两地来客参观。"),
        )
    )
    assert "盐湖区" in [p.name for p in annotate(page).articles[3].places]
    assert "盐湖区" not in places("和顺、盐湖两地来客参观。")


def test_our_city_and_the_whole_county_add_weight_but_no_place() -> None:
    """我市 beside a county is background; where nothing else is named it is what the article is about."""
    assert places("盐湖区的书房开门，我市读者高兴。", paper="运城日报") == ["盐湖区"]
    assert places("我市今年植树三万亩。", paper="运城日报") == ["运城市"]
    found = annotate(
        ParsedPage(
            (article("记者到芮城县和夏县采访。该县全县种菜，夏县只是路过。芮城县全县种树，该县还办了展览。"),)
        )
    )
    counts = {p.name: p.count for p in found.articles[0].places}
    assert counts == {"芮城县": 4, "夏县": 4}


def test_the_place_of_the_headline_comes_first() -> None:
    """Kicker, headline and lead weigh more than later mentions."""
    body = ("开头没有地名。", "临猗县、临猗县、临猗县。", "还有夏县。")
    assert places(*body, title="芮城县办起夜校")[0] == "芮城县"
    assert places(*body, kicker="绛县纪委监委", title="织密安全网")[0] == "绛县"
    assert places("山西山西山西，夏县。")[0] == "夏县"


def test_towns_and_villages_are_given_as_written() -> None:
    """风陵渡镇新风社区 stands after its county."""
    page = annotate(
        ParsedPage((article("在芮城县风陵渡镇新风社区，居民们在下棋。记者又来到樊桥村。"),)), paper="运城日报"
    )
    found = {(p.name, p.level) for p in page.articles[0].places}
    assert found == {
        ("芮城县", "county"),
        ("风陵渡镇", "town"),
        ("新风社区", "village"),
        ("樊桥村", "village"),
    }


def test_a_town_tells_its_county_where_no_county_is_named() -> None:
    """Only for towns of the home city, and only for names that one county has."""
    assert places("在风陵渡镇，渡口通了桥。", paper="运城日报") == ["芮城县", "风陵渡镇"]
    assert places("在风陵渡镇，临猗县的客人来了。", paper="运城日报") == ["临猗县", "风陵渡镇"]
    assert "芮城县" not in places("在风陵渡镇，渡口通了桥。", paper="人民日报")


def test_common_words_for_villages_are_no_places() -> None:
    """全村, 示范村, 美丽乡村, 智慧社区."""
    assert places("全村种树，建设示范村、美丽乡村、智慧社区。") == []


def test_annotate_keeps_everything_else() -> None:
    """Titles, bodies, bylines and what was set aside stay as they are."""
    page = ParsedPage((article("芮城县。", title="题"),), paper="运城日报", day=date(2024, 8, 5), number=3)
    done = annotate(page)
    assert (done.paper, done.day, done.number, done.articles[0].title) == (
        "运城日报",
        date(2024, 8, 5),
        3,
        "题",
    )
    assert annotate(ParsedPage(())) == ParsedPage(())


@settings(max_examples=40, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("运城市芮县夏区省村镇的在和从江苏西安记者张说月日年至0289月\udc00\x00“。，"),
        max_size=80,
    )
)
def test_any_text_can_be_annotated(text: str) -> None:
    """Broken text breaks nothing, and places found are in the gazetteer or in the text."""
    item = ParsedArticle("article", text[:9], (text, text), byline=Byline("", (text[:3],)))
    done = annotate(ParsedPage((item,)), paper=text[:6], day=date(2024, 2, 29)).articles[0]
    assert all(p.level in ("province", "city", "county") or p.name in text for p in done.places)
    assert all(d.text in text for d in done.dates)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我是万荣县通化镇东街的居民。", ["万荣县"]),
        ("万荣县通化村的果农说。", ["万荣县"]),
        ("记者走进运城乡村看变化。", ["运城市"]),
        ("古县岳阳镇江水平村的核桃园里一派繁忙。", ["古县"]),
    ],
)
def test_town_with_a_citys_name_is_not_the_city(text: str, names: list[str]) -> None:
    """通化镇 lies in 万荣县; 运城乡村 are villages of 运城."""
    page = ParsedPage((ParsedArticle("article", "", (text,)),))
    found = annotate(page, paper="运城日报").articles[0].places
    assert [place.name for place in found if place.level in ("city", "county")] == names
