"""What an article's matter is."""

from __future__ import annotations

from itertools import pairwise

from digests.summaries.ranking import Matter, tokens, weigh


def worth(matter: Matter, text: str) -> float:
    read = tokens(text)
    return matter.told(set(pairwise(read)), set(read))


def test_tokens_keep_numbers_and_latin_words_whole() -> None:
    """A Han character, a number with its point and per cent, a word in Latin letters: one token each."""
    assert tokens("GDP增长5.2%，共1,200户") == ["gdp", "增", "长", "5.2%", "共", "1,200", "户"]


def test_tokens_see_nothing_in_punctuation() -> None:
    """Marks and blanks are no tokens."""
    assert tokens("……（ ）！_") == []


def test_what_several_sentences_share_weighs_more() -> None:
    """A pair that recurs is likelier to be what the article is about."""
    matter = weigh([tokens("水库蓄水 天气晴朗"), tokens("水库开闸")])
    assert worth(matter, "水库") > worth(matter, "天气")


def test_what_comes_early_weighs_more() -> None:
    """A pair first met in the lead is worth more than one first met at the end."""
    matter = weigh([tokens("水库蓄水"), tokens("村民种瓜"), tokens("天气晴朗")])
    assert worth(matter, "水库") > worth(matter, "种瓜") > worth(matter, "晴朗")


def test_the_title_outweighs_the_lead() -> None:
    """What the title names is wanted wherever it stands."""
    read = [tokens("早上雾气很浓"), tokens("村民出门"), tokens("水库蓄水")]
    assert worth(weigh(read, title=tokens("水库蓄水")), "水库") > worth(weigh(read), "雾气")


def test_words_of_every_title_earn_nothing() -> None:
    """在这里 in a title does not lift every sentence that says 在这里."""
    read = [tokens("在这里")]
    assert worth(weigh(read, title=tokens("在这里")), "在这") == worth(weigh(read), "在这")
