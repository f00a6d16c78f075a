"""Which lines speak of the same thing."""

from __future__ import annotations

from store.pages.affinity import Affinity, grams

PAGE = [
    "山货大集在旧粮站开张，木耳摊位摆到河堤上。",
    "赶集的人说，山货大集的木耳比城里新鲜，旧粮站也热闹了。",
    "老街的水管用了四十年，自来水公司今天动工更换。",
    "更换水管期间，自来水公司每天送水两趟到老街。",
]


def test_grams_are_pairs_and_latin_words():
    """Chinese in pairs, Latin words whole, nothing over a mark."""
    assert grams("山货，AED大集") == {"山货", "AED", "大集"}


def test_headline_is_pulled_to_its_own_body():
    """A headline belongs to the paragraphs that hold its words."""
    found = Affinity(PAGE, ["山货大集旧粮站开张", "老街更换水管"], [True] * 4)
    assert found.pull([0], 0, 2) > 2 > -2 > found.pull([0], 2, 4)
    assert found.pull([1], 2, 4) > 2 > -2 > found.pull([1], 0, 2)


def test_longer_body_holds_no_less_of_a_headline():
    """A body is never better for being shorter."""
    found = Affinity(PAGE, ["山货大集旧粮站开张"], [True] * 4)
    assert found.share([0], 0, 2)[0] >= found.share([0], 0, 1)[0]


def test_words_of_nobody_belong_nowhere():
    """A banner's words recur nowhere: every placement costs."""
    found = Affinity(PAGE, ["田畴新语"], [True] * 4)
    assert found.pull([0], 0, 2) < 0 and found.pull([0], 2, 4) < 0


def test_link_is_stronger_inside_an_article():
    """A paragraph shares more with its own article than with another."""
    found = Affinity(PAGE, [], [True] * 4)
    assert found.link(found.bits[0], found.bits[1]) > found.link(found.bits[0], found.bits[3])
    assert found.link(0, found.bits[1]) == 0.0
