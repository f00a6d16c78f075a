"""What is printed twice: at once, as a paragraph, after a jump back."""

from __future__ import annotations

from store.pages.repeats import find_repeats


def kept(texts: list[str]) -> list[str]:
    """The texts without their repeats."""
    out = list(texts)
    for repeat in reversed(find_repeats(texts)):
        out[repeat.chunk] = out[repeat.chunk][: repeat.start] + out[repeat.chunk][repeat.end :]
    return out


def test_clause_said_three_times_is_kept_once():
    """A clause that comes again at once stays once, with its last mark."""
    assert kept(["工人们修好了堤，修好了堤，修好了堤。明天完工。"]) == ["工人们修好了堤。明天完工。"]


def test_several_clauses_said_again_are_found():
    """A unit of two clauses counts, also when its first clause is only a clause's end."""
    text = "昨天，桥面铺完沥青，护栏也刷了漆，桥面铺完沥青，护栏也刷了漆，今天通车。"
    assert kept([text]) == ["昨天，桥面铺完沥青，护栏也刷了漆，今天通车。"]


def test_paragraph_printed_twice_is_dropped():
    """The second copy of a paragraph is a repeat from end to end."""
    text = "卖木耳的老汉天不亮就占好了位置，两筐木耳不到中午便卖光了。"
    assert kept([text, text]) == [text, ""]


def test_jump_back_is_marked():
    """A long copy of earlier text inside another paragraph is a jump back: text may be lost."""
    first = "镇里召开动员会，要求各村登记荒山，逐块拍照存档，月底前张榜公布，接受全体村民监督。"
    middle = "会后各村连夜行动。"
    later = "村民代表说，要求各村登记荒山，逐块拍照存档，月底前张榜公布，接受全体村民监督。"
    found = find_repeats([first, middle, later])
    assert [(r.chunk, r.jump) for r in found] == [(2, True)]


def test_short_phrase_used_again_elsewhere_is_no_repeat():
    """A phrase taken up again in another sentence stays."""
    assert find_repeats(["他说，水来了，人也来了。", "她也说，水来了，日子好过了。"]) == []


def test_repeats_of_a_long_stutter_are_found_in_linear_time():
    """Ten thousand copies of a clause leave one."""
    assert kept(["好雨知时节，" * 10_000]) == ["好雨知时节，"]
