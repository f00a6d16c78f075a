"""Write store/chinese/sounds.txt anew from pypinyin: python -m tests.store.chinese.make_sounds

Kept are how each character sounds alone, without tones, and those of pypinyin's phrases that sound otherwise than their
characters one by one. pypinyin itself holds fifty megabytes for the same.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pypinyin
from pypinyin.constants import PHRASES_DICT

from store.chinese import sounds

HEAD = """\
# How Chinese characters sound, without tones, and phrases that sound otherwise than their characters (ü is v).
# Made by tests/store/chinese/make_sounds.py from pypinyin {version}, pinyin-data and phrase-pinyin-data
# (MIT License, Copyright (c) 2016 mozillazg, 闲耘 <hotoo.cn@gmail.com>).
"""


def alone(character: str) -> str:
    """How pypinyin reads a character that stands alone; empty where it does not know."""
    read = pypinyin.lazy_pinyin(character)[0]
    return "" if read == character else str(read)


def made() -> str:
    """The whole file."""
    characters: dict[str, list[str]] = defaultdict(list)
    for code in range(ord(sounds.FIRST), ord(sounds.LAST) + 1):
        if read := alone(chr(code)):
            characters[read].append(chr(code))
    phrases = []
    for phrase in PHRASES_DICT:
        if not all(sounds.FIRST <= character <= sounds.LAST for character in phrase):
            continue
        read = pypinyin.lazy_pinyin(phrase)
        if len(read) == len(phrase) and read != [alone(character) for character in phrase]:
            phrases.append(f"{phrase}\t{' '.join(read)}")
    lines = [f"{read}\t{''.join(same)}" for read, same in sorted(characters.items())]
    return HEAD.format(version=pypinyin.__version__) + "\n".join([*lines, "", *sorted(phrases), ""])


if __name__ == "__main__":
    Path(sounds.__file__).with_name("sounds.txt").write_text(made(), encoding="utf-8")
