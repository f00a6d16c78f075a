"""Every feature of a short line: a line that has it, a near one that has not, and what the sum does with it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from store.models import Box
from store.pages.chunks import Chunk
from store.pages.features import FEATURES, Feature
from store.pages.looks import Line, look
from store.pages.measures import Layout
from store.pages.roles import PageStyle
from store.pages.weighing import ROLES, weigh
from store.pages.weights import WEIGHTS

BY_NAME = {feature.name: feature for feature in FEATURES}
HASHED = PageStyle(hashes=True)
INDENTED = PageStyle(indented=True)
PRINTED = PageStyle(size=10.0)


def print_of(size: float, *, bold: bool = False) -> Box:
    return Box(0, 0, 90, size, size, bold)


def see(text: str, **given: Any) -> Line:
    style = given.pop("style", PageStyle())
    layout = given.pop("layout", Layout())
    others, below = given.pop("others", ()), given.pop("below", "")
    block = given.pop("block", False)
    starts = given.pop("starts", ((0, 0),))
    return look(Chunk(text, starts, 0, 1, **given), style, layout, others, below, block=block)


EXAMPLES: dict[str, tuple[Line, Line]] = {
    "names, long": (see("谭知远 柳青禾"), see("谭知远")),
    "names, short": (see("谭知远"), see("谭知远 柳青禾")),
    "hashes": (see("山货大集开张", heading=1), see("山货大集开张")),
    "no hashes": (see("山货大集开张", style=HASHED), see("山货大集开张", style=HASHED, heading=2)),
    "large print": (
        see("山货大集开张", style=PRINTED, box=print_of(11.5)),
        see("山货大集开张", style=PRINTED, box=print_of(11.4)),
    ),
    "not in body print": (
        see("山货大集开张", style=PRINTED, box=print_of(11.5)),
        see("山货大集开张", style=PRINTED, box=print_of(11.4)),
    ),
    "larger than subheads": (
        see("山货大集开张", style=PRINTED, box=print_of(13.1)),
        see("山货大集开张", style=PRINTED, box=print_of(13.0)),
    ),
    "large as a subhead": (
        see("山货大集开张", style=PRINTED, box=print_of(13.0)),
        see("山货大集开张", style=PRINTED, box=print_of(13.1)),
    ),
    "body print": (
        see("山货大集开张", style=PRINTED, box=print_of(11.4)),
        see("山货大集开张", style=PRINTED, box=print_of(10, bold=True)),
    ),
    "ends early": (
        see("飞檐镇山货大集开张头一天来了三千多人", style=INDENTED, indent=2, starts=((0, 0), (10, 1))),
        see("飞檐镇山货大集开张头一天来了三千多人", style=INDENTED, indent=2, starts=((0, 0), (9, 1))),
    ),
    "indent": (see("席上还有三位老人", style=INDENTED, indent=2), see("席上还有三位老人", indent=2)),
    "indented at all": (see("席上还有三位老人", style=INDENTED, indent=2), see("席上还有三位老人")),
    "no indent": (see("席上还有三位老人", style=INDENTED), see("席上还有三位老人", style=INDENTED, indent=2)),
    "mark": (see("■摊位摆到河堤上"), see("2.5公里河堤摆满摊位")),
    "dash": (see("——飞檐镇大集见闻"), see("—3℃的早市")),
    "no dash": (see("飞檐镇大集见闻"), see("——飞檐镇大集见闻")),
    "second line's words": (see("飞檐镇大集见闻"), see("——飞檐镇大集见闻")),
    "dash inside": (see("山货大集开张——飞檐镇的早晨"), see("山货——镇上")),
    "up to three characters": (see("大集开"), see("大集开张")),
    "four or five characters": (see("大集开张"), see("山货大集开张")),
    "six to thirty characters": (see("山货大集开张"), see("大集开张了")),
    "over 34 characters": (see("集" * 35), see("集" * 34)),
    "office of up to eight characters": (see("飞檐镇文化站"), see("飞檐镇开大集")),
    "office of more than eight characters": (see("飞檐镇农业技术推广中心"), see("飞檐镇文化站")),
    "no office": (see("飞檐镇开大集"), see("飞檐镇文化站")),
    "colon at its end": (see("摊主们说："), see("摊主们说")),
    "long with 的": (
        see("赶了三十里山路来到镇上卖木耳的老汉又推着车回家"),
        see("赶了三十里山路 来到镇上卖木耳的老汉又推着车回家"),
    ),
    "comma at its end": (see("大集开张，"), see("大集开张")),
    "any line": (see("大集"), see("大集")),
    "banner's words": (see("新春走基层"), see("山货大集开张")),
    "subhead's length": (see("大集开张"), see("大集开")),
    "over 16 characters": (see("集" * 17), see("集" * 16)),
    "closing sign first": (see("”大集开张"), see("“大集开张")),
    "particle first": (see("了三千多人"), see("来三千多人")),
    "each comma": (see("大集开张，人来人往"), see("大集开张 人来人往")),
    "a comma": (see("大集开张，人来人往"), see("大集开张 人来人往")),
    "a comma in more than ten characters": (see("山货大集开张，人来人往"), see("大集开张，人来人往哟")),
    "somebody says": (see("老汉说，卖光了"), see("老汉说卖光了，回家")),
    "one quotation": (see("“木耳卖光了？”"), see("“木耳”卖光了")),
    "a question of two halves": (see("木耳多少钱，新鲜吗？"), see("木耳多少钱一斤？")),
    "names briefs": (see("山货短讯"), see("飞檐镇山货大集短讯")),
    "names the briefs below": (
        see("山货短讯", below="●山货大集开张。"),
        see("山货短讯", below="山货大集开张。"),
    ),
    "above rows or verses": (see("联赛积分榜", block=True), see("联赛积分榜：", block=True)),
    "in brackets": (see("（下转第四版）"), see("（下转）第四版")),
    "built alike": (
        see("一张好使的手", others=("一张好看的脸",)),
        see("一张好使的手", others=("两张旧桌和椅",)),
    ),
    "built alike, up to four": (
        see("一张好使的手", others=("一张好看的脸",)),
        see("一张好使的手", others=("两张旧桌和椅",)),
    ),
    "few Han characters": (see("ABCD 3比2"), see("山货ABC")),
    "pair left open": (see("《山货大集"), see("《山货大集》")),
}
"""Feature -> a line that has it, and the nearest one that has less of it."""


def test_each_feature_has_its_example():
    """A feature without an example is one nobody has seen."""
    assert EXAMPLES.keys() == BY_NAME.keys()
    assert len(BY_NAME) == len(FEATURES)


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "any line"])
def test_feature_is_seen_where_it_is_and_only_there(name: str):
    """The line has the feature; the near one has it less, or not at all."""
    has, lacks = EXAMPLES[name]
    strength = BY_NAME[name].strength
    assert strength(has) > 0
    assert strength(lacks) <= 0


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_feature_says_something_and_says_why(feature: Feature):
    """Each row has a sentence and weighs for a role there is."""
    assert feature.why.endswith((".", ").")) and feature.says
    assert all(role in ROLES and weight for role, weight in feature.says.items())
    if feature.told:
        assert "{" not in feature.told.format(line=EXAMPLES[feature.name][0])


def test_score_is_the_sum_of_what_its_features_say():
    """Nothing but the table and the roles' own standing makes a score."""
    for has, lacks in EXAMPLES.values():
        for line in (has, lacks):
            if line.likeness:
                continue
            found = weigh(line.chunk, line.style, line.layout, (), line.below, block=line.block)
            for role in ROLES:
                said = sum(f.strength(line) * f.says.get(role, 0.0) for f in FEATURES)
                standing = -9.0 if role == "byline" else getattr(WEIGHTS, role)
                assert getattr(found, role) == pytest.approx(said + standing)


def test_strength_grows_with_what_is_seen():
    """Print, commas, banner's words and likeness count by how much there is of them, to a bound."""
    larger = [
        BY_NAME["large print"].strength(see("大集", style=PRINTED, box=print_of(size)))
        for size in (12, 15, 20, 40)
    ]
    assert larger == pytest.approx([0.2, 0.5, 1.0, 1.0])
    assert BY_NAME["larger than subheads"].strength(see("大集", style=PRINTED, box=print_of(20))) == 0.75
    assert BY_NAME["each comma"].strength(see("大集，山货,开张")) == 2
    assert BY_NAME["banner's words"].strength(see("新春走基层")) == 2
    assert BY_NAME["banner's words"].strength(see("走基层看山货")) == 0
    third = see("一张好使的手", others=("一把旧尺的柄",))
    assert third.likeness == pytest.approx(1 / 3)
    assert BY_NAME["built alike, up to four"].strength(third) == pytest.approx(1 + 5 / 3)
    same = see("一张好使的手", others=("一张好使的脚",))
    assert BY_NAME["built alike, up to four"].strength(same) == 4.0


def test_indent_says_less_of_wrapped_lines_and_above_reports():
    """Some tools indent whatever is longer than a line; a headline may be indented right above its report."""
    wrapped = {"style": INDENTED, "indent": 2, "layout": Layout(wrap=18, indented=True)}
    plain = see("席上还有三位老人", style=INDENTED, indent=2)
    long = see("席上，还有三位老人", starts=((0, 0), (5, 1)), **wrapped)
    early = see("席上还有三位老人来", starts=((0, 0), (7, 1)), **wrapped)
    report = see("席上还有三位老人", style=INDENTED, indent=2, below="本报讯（记者谭知远）大集开张。")
    shares = [line.indent_share for line in (plain, long, report, early)]
    assert shares == [1.0, 0.4, 0.2, 0.1]
    assert all(a > b for a, b in pairwise(shares))


@pytest.mark.parametrize(
    ("text", "role", "reason"),
    [
        ("本报记者 谭知远", "byline", "a byline with its role"),
        ("本报评论员", "byline", "a byline with its role"),
    ],
)
def test_signed_lines_are_not_weighed(text: str, role: str, reason: str):
    """A byline that names its role is nothing else, whatever it looks like."""
    found = weigh(Chunk(text, ((0, 0),), 0, 1, heading=2), HASHED, Layout())
    assert found.reasons == (reason,)
    assert max(ROLES, key=lambda one: getattr(found, one)) == role
