"""jieba's words in less memory."""

from __future__ import annotations

import random
import sys

import jieba

from store.chinese import words


def test_words_are_jiebas() -> None:
    """Texts by lot, of words, of halves of words and of signs: the same cuts, the same places where words could end."""
    own, jiebas = words._tokenizer(), jieba.dt
    jiebas.initialize()
    chance = random.Random(5)
    known = chance.sample(sorted(own.FREQ), 3000)
    for _ in range(400):
        parts = [chance.choice(known) for _ in range(chance.randint(1, 9))]
        text = "".join(part[: chance.randint(1, len(part))] for part in parts)
        text += chance.choice(("", "，", "A4", "\U00020000", "的", "\n"))
        assert own.lcut(text) == jiebas.lcut(text), text
        assert own.get_DAG(text) == jiebas.get_DAG(text), text


def test_only_words_are_kept() -> None:
    """No beginnings of words: with them the table of the dictionary alone would be twice as large."""
    own = words._tokenizer()
    assert len(own.FREQ) > 300_000 and all(own.FREQ.values())
    assert sys.getsizeof(own.FREQ) < 12_000_000
    assert own.total > 1_000_000
