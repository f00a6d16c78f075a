"""Clauses → runs and their quality."""

from __future__ import annotations

import pytest

from digests.summaries.clauses import cut
from digests.summaries.ranking import Pair, tokens, weigh
from digests.summaries.runs import MOST_CLAUSES, Run, Taste, runs, score
from digests.summaries.sentences import nesting, split


def run_table(
    text: str, *, staged: bool = False, heading: bool = False, max_chars: int = 200
) -> dict[str, Run]:
    nested = nesting(text)
    (sentence,) = split(text, nested=nested)
    found = runs(
        text,
        cut(text, sentence, nested),
        nested,
        sentence=0,
        staged=staged,
        heading=heading,
        max_chars=max_chars,
    )
    return {text[run.start : run.end]: run for run in found}


NEWS = "青河县水利局新建的两座水库开始蓄水"


def test_runs_are_all_that_fit() -> None:
    """Every stretch of whole clauses within the room is a run."""
    assert list(run_table("甲一，乙二，丙三", max_chars=5)) == [
        "甲一",
        "甲一，乙二",
        "乙二",
        "乙二，丙三",
        "丙三",
    ]


def test_runs_never_part_a_pair_of_quotes() -> None:
    """A run with one half of a pair, or with a mark that lost its partner, is none."""
    assert list(run_table("“甲一，乙二”，丙三")) == ["“甲一，乙二”", "“甲一，乙二”，丙三", "丙三"]
    assert list(run_table("甲一，“乙二，丙三")) == ["甲一", "丙三"]


def test_runs_are_bounded_in_clauses() -> None:
    """A text of commas has no long runs."""
    longest = max(run_table("甲一，" * 40), key=len)
    assert longest.count("甲一") == MOST_CLAUSES


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        (f"{NEWS}，库容共三百万立方米可浇地两万亩", NEWS, "库容共三百万立方米可浇地两万亩"),
        (f"县长王野在会上表示，{NEWS}", NEWS, f"县长王野在会上表示，{NEWS}"),
        (f"县长王野在会上表示，{NEWS}", NEWS, "县长王野在会上表示"),
        (f"7月4日，{NEWS}", NEWS, f"7月4日，{NEWS}"),
        (f"{NEWS}，随着各地雨季的陆续到来，下游河道水位开始上涨", NEWS, f"{NEWS}，随着各地雨季的陆续到来"),
        (
            "水来了，地绿了，人笑了，今年的粮食又一次获得大丰收",
            "今年的粮食又一次获得大丰收",
            "水来了，地绿了，人笑了",
        ),
        ("水来了，今年的粮食又一次获得大丰收", "今年的粮食又一次获得大丰收", "水来了"),
    ],
)
def test_a_flawed_border_costs_quality(text: str, better: str, worse: str) -> None:
    """What leans on words left out, or says little, is worth less than what stands alone."""
    table = run_table(text)
    assert table[better].quality > table[worse].quality


@pytest.mark.parametrize("opening", ["同时", "他们", "要切实", "记者走进", "并邀请"])
def test_an_opening_that_leans_or_urges_costs_quality(opening: str) -> None:
    """A tie, a pronoun, an urging verb, a visiting reporter: none of them opens a summary well."""
    assert run_table(f"{opening}{NEWS}")[f"{opening}{NEWS}"].quality < run_table(NEWS)[NEWS].quality


@pytest.mark.parametrize(
    "flawed",
    [
        "青河县水利局将进一步做好两座水库的蓄水工作",
        "青河县水利局局长王野出席两座水库的蓄水仪式",
        "两座水库蓄水是青河县水利局当前工作的重要一环",
    ],
)
def test_pledge_ceremony_and_truism_cost_quality(flawed: str) -> None:
    """What will be done earnestly, who sat there, what is important everywhere: none of it is what happened."""
    assert run_table(flawed)[flawed].quality < run_table(NEWS)[NEWS].quality


def test_a_bare_quotation_costs_quality() -> None:
    """Someone's words alone are not what happened; a quoted name within a run is."""
    assert run_table(f"“{NEWS}”")[f"“{NEWS}”"].quality < run_table(NEWS)[NEWS].quality
    assert run_table(f"“惠民”{NEWS}")[f"“惠民”{NEWS}"].quality == run_table(NEWS)[NEWS].quality


def test_runs_start_behind_the_source() -> None:
    """记者从…获悉 opens no run, unless there is nothing behind it."""
    source = "记者从青河县水利局获悉"
    assert list(run_table(f"{source}，{NEWS}")) == [NEWS]
    assert list(run_table(source)) == [source]


def test_stage_and_subhead_cost_quality() -> None:
    """The same words are worth less as a stage or as a subhead."""
    plain = run_table(NEWS)[NEWS].quality
    assert run_table(NEWS, staged=True)[NEWS].quality < plain
    assert run_table(NEWS, heading=True)[NEWS].quality < plain


def rate(text: str, *, title: str = "", told: str = "") -> float:
    read = tokens(text)
    matter = weigh([read, tokens(told)], title=tokens(title))
    before = run_table(told)[told] if told else None
    pairs: frozenset[Pair] = before.pairs if before else frozenset()
    heard: frozenset[str] = before.tokens if before else frozenset()
    return score(run_table(text)[text], matter, pairs, heard, Taste(ease=20.0, fact=1.1, strictness=1.0))


def test_score_prefers_what_is_not_yet_told() -> None:
    """Said once, it is worth little the second time."""
    assert rate(NEWS, told=NEWS) < rate(NEWS, told="下游的村民今年不再为浇地发愁")


def test_score_prefers_a_run_that_adds_to_the_title() -> None:
    """The headline again, in other order, is no summary of what stands under it."""
    title = "青河县两座水库开始蓄水"
    assert rate("两座水库青河县开始蓄水", title=title) < rate(title + "可浇灌下游九村良田", title=title)


def test_score_prefers_who_and_how_much_under_a_title() -> None:
    """With all else equal, a count counts."""
    assert rate("青河县蓄水可浇地两万亩整", title="蓄水") > rate("青河县蓄水可浇地两万又整", title="蓄水")
