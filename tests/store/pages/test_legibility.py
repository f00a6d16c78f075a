"""How well a text was read."""

from __future__ import annotations

import random

from store.pages.legibility import legibility, sample

CLEAN = [
    "飞檐镇的山货大集今天在旧粮站里开张，头一天就来了三千多人，摊位从院里一直摆到河堤上。",
    "卖木耳的老汉天不亮就占好了位置，两筐木耳不到中午便卖光了。",
]


def test_clean_news_is_legible():
    """Plain sentences score high."""
    assert legibility(CLEAN) > 0.58


def test_misread_text_is_not():
    """With a third of its characters wrong, or all in disorder, a text scores low."""
    rng = random.Random(4)
    wrong = "".join(rng.choice("曰丨冖彳攵凵龰囗亠㐅") if rng.random() < 0.35 else c for c in "".join(CLEAN))
    mixed = list("".join(CLEAN) * 3)
    rng.shuffle(mixed)
    assert legibility([wrong]) < 0.5
    assert legibility(["".join(mixed)]) < 0.4
    assert legibility(["\ufffd\u0001" * 60]) < 0.1


def test_little_text_is_given_the_benefit():
    """Nothing can be said of a few characters."""
    assert legibility(["开张"]) == 1.0 and legibility([]) == 1.0


def test_sample_is_bounded():
    """A long text costs no more than its sample."""
    assert len(sample("山" * 100_000)) < 300
