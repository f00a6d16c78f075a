"""Stories, the styles pages are set in, and the small print they carry."""

from __future__ import annotations

from dataclasses import dataclass

HALF = str.maketrans({"，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "！": "!", "？": "?"})
STRAIGHT = str.maketrans({"“": '"', "”": '"'})
BANNERS = (
    "奋楫河湾",
    "城事微镜头",
    "田畴新语",
    "我们的社区日记",
    "山城夜话",
    "聚焦老旧小区改造",
    "新农人故事",
    "项目建设一线见闻录",
    "争当排头兵 再开新局面",
    "清风徐来",
    "文明城市大家建",
    "守护碧水蓝天",
    "身边的手艺人",
    "百姓关注",
    "青春建功在基层",
)
STAFF = (
    "本版责编 {0} 美编 {1}",
    "责任编辑：{0} 校对：{1}",
    "编辑 {0} 版式 {1} 校对 {2}",
    "本版编辑：{0}　{1}",
    "责编/{0} 美编/{1}",
)
HEADERS = ("A3 民生", "03 综合", "要闻 2", "2031年4月9日 星期三", "第4版 城事", "B2 副刊")
NAMES = (
    "谭知远",
    "柏小满",
    "骆一鸣",
    "俞清嘉",
    "阮文珊",
    "凌霄",
    "樊立夏",
    "简宁",
    "佟亦舟",
    "荀悦",
    "陆三川",
    "章南乔",
    "冉秋实",
    "戚晚晴",
    "闻人杰",
    "甘棠",
)


@dataclass(frozen=True, slots=True)
class Story:
    """What a newsroom hands in: a text with its headline, or a picture with its caption."""

    title: str
    body: tuple[str, ...]
    kicker: str = ""
    subtitle: str = ""
    subheads: tuple[tuple[str, int], ...] = ()
    kind: str = "article"
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    photographer: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a page is set and how badly it was read: rates are per story."""

    name: str = "clean"
    half: bool = False
    straight: bool = False
    hashes: float = 0.0
    blanks: int = 0
    wrap: int = 0
    cells: bool = False
    indent: str = "　　"
    tight: bool = False
    after: float = 0.12
    following: float = 0.08
    middle: float = 0.2
    split: float = 0.35
    loop: float = 0.15
    double: float = 0.1
    cut: float = 0.15
    lost: float = 0.1
    banner: float = 0.2
    inner_photo: float = 0.5
    inline: float = 0.15
    dashless: float = 0.2
    marks: float = 0.4
    misread: float = 0.01


STYLES: dict[str, Style] = {
    "clean": Style(),
    "half": Style("half", half=True),
    "spaced": Style("spaced", half=True, straight=True, hashes=0.7, blanks=16),
    "hard": Style("hard", wrap=24),
    "hard-plain": Style("hard-plain", wrap=22, indent=""),
    "cells": Style("cells", half=True, wrap=44, cells=True, indent="  "),
    "tight": Style("tight", tight=True),
    "rough": Style(
        "rough",
        half=True,
        after=0.25,
        following=0.2,
        middle=0.35,
        split=0.7,
        loop=0.35,
        double=0.2,
        cut=0.3,
        lost=0.3,
        misread=0.04,
    ),
}
