"""Every sentence a reader can meet, in one catalogue per language.

`say` gives HTML for messages, `plain` the same sentence without markup for buttons and for what pops up. Facts are
escaped unless they are `Html`. Texts are `str.format` templates; tests hold both languages to the same keys and facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.texts import (
    calendar,
    clips,
    delivery,
    en,
    greeting,
    groups,
    inline,
    inpaper,
    onthisday,
    operating,
    privacy,
    rewording,
    script,
    sources,
    thread,
    uploads,
    week,
    zh,
)
from bot.texts.markup import Html, escape, shown
from store.chinese.traditional import traditional
from store.models.subscribers import TRADITIONAL


class Room(Protocol):
    """A file of sentences: the same keys in both languages."""

    ZH: dict[str, str]
    EN: dict[str, str]


ROOMS: tuple[Room, ...] = (
    calendar,
    clips,
    delivery,
    greeting,
    groups,
    inline,
    inpaper,
    onthisday,
    operating,
    privacy,
    rewording,
    script,
    sources,
    thread,
    uploads,
    week,
)
"""Sentences that stand together in a file of their own (`bot/texts/calendar.py` …), both languages side by side."""


class _Traditional(Mapping[str, str]):
    """The Chinese sentences in traditional characters, each made when it is first said."""

    _OTHERWISE: Mapping[str, str] = {"language_name": "繁體中文"}

    def __init__(self, simple: Mapping[str, str]) -> None:
        self._simple = simple
        self._made: dict[str, str] = {}

    def __getitem__(self, key: str) -> str:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._OTHERWISE.get(key) or traditional(self._simple[key])
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._simple)

    def __len__(self) -> int:
        return len(self._simple)


LANGUAGES: dict[str, Mapping[str, str]] = {
    "zh": zh.TEXTS | {key: text for room in ROOMS for key, text in room.ZH.items()},
    "en": en.TEXTS | {key: text for room in ROOMS for key, text in room.EN.items()},
}
LANGUAGES[TRADITIONAL] = _Traditional(LANGUAGES["zh"])
_IN_TRADITIONAL = (TRADITIONAL, "zh-tw", "zh-hk", "zh-mo")


def language_of(code: str | None) -> str:
    """The language to speak with somebody whose Telegram speaks `code`: English if theirs is, else Chinese, in their script."""
    code = (code or "").lower().replace("_", "-")
    if code.startswith("en"):
        return "en"
    return TRADITIONAL if code.startswith(_IN_TRADITIONAL) else "zh"


def key_for(name: str, *, group: bool) -> str:
    """The key of a sentence: for a group that of the one which speaks to a group, where there is one."""
    spoken = f"{name}_group"
    return spoken if group and spoken in LANGUAGES["zh"] else name


def say(language: str, key: str, **facts: object) -> Html:
    """The sentence `key` as HTML."""
    template = LANGUAGES.get(language, LANGUAGES["zh"])[key]
    return Html(
        template.format(
            **{
                name: escape(str(fact)) if not isinstance(fact, Html) else fact
                for name, fact in facts.items()
            }
        )
    )


def plain(language: str, key: str, **facts: object) -> str:
    """The sentence `key` as plain text, for buttons and pop-ups."""
    return shown(say(language, key, **facts))


def remark(language: str, code: str, facts: dict[str, str | int]) -> str:
    """What a search has to say, as plain text."""
    template = (en.REMARKS if language == "en" else zh.REMARKS)[code]
    return (traditional(template) if language == TRADITIONAL else template).format(**facts)


def listed(language: str, names: Sequence[str]) -> str:
    """甲、乙, in English with commas."""
    return (", " if language == "en" else "、").join(names)


def full_date(language: str, day: date) -> str:
    """2024年8月5日 星期一"""
    if language == "en":
        return f"{day:%a}, {day.day} {day:%b} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日 {plain(language, f'weekday_{day.weekday()}')}"


def short_date(language: str, day: date, *, year: bool = False) -> str:
    """8月5日, with `year` 2024年8月5日"""
    if language == "en":
        return f"{day.day} {day:%b}" + (f" {day.year}" if year else "")
    return (f"{day.year}年" if year else "") + f"{day.month}月{day.day}日"
