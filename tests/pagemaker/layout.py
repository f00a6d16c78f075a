"""Lays stories out on a page with the damages of real pages; what comes out is known, for it was put in.

`lay_out` takes stories, a random source and a style; it returns the page's text and its gold in the form of
the shared page sets (articles, banners, furniture).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.pagemaker.styles import BANNERS, HALF, HEADERS, NAMES, STAFF, STRAIGHT, STYLES, Story, Style


@dataclass(slots=True)
class _Piece:
    """A block of the page: its text, what it is, and whose."""

    text: str
    role: str
    story: int
    wide: bool = False


@dataclass(slots=True)
class _Work:
    pieces: list[_Piece] = field(default_factory=list)
    gold: dict[str, object] = field(default_factory=dict)


def lay_out(stories: list[Story], rng: random.Random, style: Style) -> tuple[str, dict[str, object]]:
    """A page of the stories in this style: its text, and the gold."""
    works: list[_Work] = []
    photos: list[_Work] = []
    for number, story in enumerate(stories):
        work = (
            _photo(story, number, rng, style)
            if story.kind == "photo"
            else _article(story, number, rng, style)
        )
        (photos if story.kind == "photo" else works).append(work)
    pieces: list[_Piece] = []
    banners: list[str] = []
    late: list[_Piece] = []
    for work in works:
        heads = [p for p in work.pieces if p.role == "head"]
        body = [p for p in work.pieces if p.role != "head"]
        where = rng.random()
        notice = stories[body[0].story if body else heads[0].story].kind == "notice"
        cuts = [i for i in range(1, len(body)) if body[i].role == "rest"]
        pending, late = late, []
        if notice:
            block = heads + body
        elif where < style.middle and cuts:
            at = rng.choice(cuts)
            block = body[:at] + heads + body[at:]
        elif where < style.middle + style.after:
            block = body + heads
        elif where < style.middle + style.after + style.following and work is not works[-1]:
            block, late = body, heads
        else:
            block = heads + body
            if rng.random() < style.banner:
                banners.append(rng.choice([b for b in BANNERS if b not in banners] or list(BANNERS)))
                block = (
                    [_Piece(banners[-1], "banner", -1), *block]
                    if rng.random() < 0.7
                    else [*block[: len(heads)], _Piece(banners[-1], "banner", -1), *block[len(heads) :]]
                )
        pieces += block + pending
    pieces += late
    for photo in photos:
        spots = (
            [i for i, p in enumerate(pieces) if p.role == "rest"] if rng.random() < style.inner_photo else []
        )
        spots = spots or [
            i
            for i in range(len(pieces))
            if pieces[i].role == "head" and (i == 0 or pieces[i - 1].role != "head")
        ] + [len(pieces)]
        at = rng.choice(spots)
        pieces[at:at] = photo.pieces
    furniture: list[str] = []
    if rng.random() < 0.5:
        furniture.append(rng.choice(STAFF).format(*rng.sample(NAMES, 3)))
        pieces.append(_Piece(furniture[-1], "furniture", -1))
    if rng.random() < 0.5:
        furniture.append(rng.choice(HEADERS))
        pieces.insert(0, _Piece(furniture[-1], "furniture", -1))
    text = _print(pieces, rng, style)
    gold = {
        "articles": [w.gold for w in works + photos],
        "banners": banners,
        "furniture": furniture,
        "style": style.name,
    }
    return text, gold


def _article(story: Story, number: int, rng: random.Random, style: Style) -> _Work:
    paragraphs = [_half(p, style) for p in story.body]
    subheads = {i: s for s, i in story.subheads}
    heads: list[str] = []
    raw = ""
    reporters, correspondents = story.reporters, story.correspondents
    manner = rng.choice(("own", "lead", "tail", "bare")) if reporters and story.kind == "article" else "none"
    if manner == "lead":
        raw = " ".join(
            [
                f"记者 {' '.join(reporters)}",
                *([f"通讯员 {' '.join(correspondents)}"] if correspondents else []),
            ]
        )
        paragraphs[0] = _half(f"本报讯（{raw}）", style) + paragraphs[0]
    elif manner == "tail":
        raw, correspondents = " ".join(reporters), ()
        tail = _half(f"（{raw}）", style) if rng.random() < 0.5 else " " + raw
    elif manner == "own":
        raw = " ".join(
            [
                f"本报记者 {' '.join(reporters)}",
                *([f"通讯员 {' '.join(correspondents)}"] if correspondents else []),
            ]
        )
    elif manner == "bare":
        raw, correspondents = " ".join(reporters), ()
    if story.kicker:
        heads.append(_half(story.kicker, style))
    subtitle = story.subtitle
    if subtitle and rng.random() < style.dashless:
        subtitle = subtitle.lstrip("—")
    if subtitle and subtitle.startswith("——") and rng.random() < style.inline:
        heads.append(_half(f"{story.title} {subtitle}", style))
    else:
        heads.append(_half(story.title, style))
        if subtitle:
            heads.append(_half(subtitle, style))
    if manner in ("own", "bare"):
        heads.append(raw)
    level = 0
    pieces: list[_Piece] = []
    if rng.random() < style.hashes:
        level = rng.randint(1, 3)
    for i, line in enumerate(heads):
        mark = "#" * (level + (1 if story.kicker and i == 0 else 0)) + " " if level and line != raw else ""
        pieces.append(_Piece(mark + line, "head", number))
    gold_body: list[str] = []
    complete = True
    marked = rng.random() < style.marks
    mark = rng.choice(("■ ", "◆", "● ", "▲ "))
    splits = 0
    for i, paragraph in enumerate(paragraphs):
        if i in subheads:
            pieces.append(_Piece((mark if marked else "") + _half(subheads[i], style), "subhead", number))
            gold_body.append(_half(subheads[i], style))
        text = _misread(paragraph, rng, style)
        last = i == len(paragraphs) - 1
        if (
            last
            and story.kind == "article"
            and manner != "tail"
            and len(text) > 40
            and rng.random() < style.cut
        ):
            text = text[: _inside(text, rng)]
            complete = False
        gold = text
        printed = text
        if last and manner == "tail":
            printed = text + tail
        if len(text) > 60 and story.kind == "article" and rng.random() < style.loop:
            printed = _loop(printed, rng)
        if len(printed) > 50 and story.kind == "article" and rng.random() < style.split and splits < 3:
            splits += 1
            at = _inside(printed, rng)
            skip = rng.randint(4, 18) if rng.random() < style.lost and len(printed) - at > 40 else 0
            if skip and printed == gold:
                gold = printed[:at] + printed[at + skip :]
            else:
                skip = 0
            pieces += [_Piece(printed[:at], "body", number), _Piece(printed[at + skip :], "rest", number)]
        else:
            pieces.append(_Piece(printed, "body", number))
            if (
                len(printed) > 30
                and story.kind == "article"
                and not (last and manner == "tail")
                and rng.random() < style.double / max(1, len(paragraphs))
            ):
                pieces.append(_Piece(printed, "double", number))
        gold_body.append(gold)
    gold_item = {
        "id": f"a{number}",
        "kind": story.kind,
        "kicker": _half(story.kicker, style),
        "title": _half(story.title, style),
        "subtitle": _half(subtitle, style),
        "byline": {
            "raw": raw,
            "reporters": list(reporters) if raw else [],
            "correspondents": list(correspondents) if raw else [],
            "photographers": [],
        },
        "subheads": [_half(s, style) for s, _ in story.subheads],
        "body": gold_body,
        "complete": complete,
    }
    return _Work(pieces, gold_item)


def _photo(story: Story, number: int, rng: random.Random, style: Style) -> _Work:
    credit = rng.choice(("{0} 摄", "本报记者 {0} 摄", "记者 {0} 摄", "通讯员 {0} 摄")).format(
        story.photographer
    )
    body = [_half(p, style) for p in story.body]
    if rng.random() < 0.5:
        pieces = [_Piece(p, "caption", number, i == 0) for i, p in enumerate(body)] + [
            _Piece(credit, "credit", number)
        ]
    else:
        pieces = [
            _Piece(p, "caption", number, i == 0) for i, p in enumerate([*body[:-1], f"{body[-1]} {credit}"])
        ]
    gold = {
        "id": f"p{number}",
        "kind": "photo",
        "kicker": "",
        "title": "",
        "subtitle": "",
        "subheads": [],
        "body": body,
        "complete": True,
        "byline": {
            "raw": credit,
            "reporters": [],
            "correspondents": [],
            "photographers": [story.photographer],
        },
    }
    return _Work(pieces, gold)


def _half(text: str, style: Style) -> str:
    text = text.translate(HALF) if style.half else text
    return text.translate(STRAIGHT) if style.straight else text


def _inside(text: str, rng: random.Random) -> int:
    """A place to cut in mid-sentence, not beside a mark."""
    for _ in range(20):
        at = rng.randint(max(8, len(text) // 5), max(9, len(text) - 8))
        if (
            text[at - 1].isalnum()
            and text[at].isalnum()
            and not (text[at - 1].isascii() and text[at].isascii())
        ):
            return at
    return max(1, len(text) // 2)


def _misread(text: str, rng: random.Random, style: Style) -> str:
    if rng.random() < style.misread * 10:
        at = rng.randrange(len(text))
        wrong = {
            "县": "具",
            "日": "曰",
            "己": "已",
            "大": "太",
            "人": "入",
            "未": "末",
            "士": "土",
            "天": "夭",
        }
        for i in range(at, len(text)):
            if text[i] in wrong:
                return text[:i] + wrong[text[i]] + text[i + 1 :]
    return text


def _loop(text: str, rng: random.Random) -> str:
    marks = [
        i
        for i, c in enumerate(text)
        if c in "，。！？,!?" and 6 <= i < len(text) - 1 and text[i + 1] not in '”"）)'
    ]
    starts = [0, *(i + 1 for i in marks)]
    if len(marks) < 2:
        return text
    pick = rng.randrange(1, len(marks))
    unit = text[starts[pick] : marks[pick] + 1]
    if not 6 <= len(unit) <= 60:
        return text
    return text[: marks[pick] + 1] + unit * rng.randint(1, 3) + text[marks[pick] + 1 :]


def _print(pieces: list[_Piece], rng: random.Random, style: Style) -> str:
    out: list[str] = []
    for piece in pieces:
        text = piece.text
        prose = piece.role in ("body", "rest", "double", "caption")
        if style.blanks and prose and len(text) > style.blanks + 4:
            text = " ".join(text[i : i + style.blanks] for i in range(0, len(text), style.blanks))
        if style.wrap and prose:
            text = "\n".join(_wrap(text, style, "" if piece.role == "double" else style.indent))
        if piece.wide:
            out.append("\n" * rng.randint(0, 2) if not style.tight else "\n")
        elif out and not (style.tight and prose) and not (style.wrap and prose and rng.random() < 0.9):
            out.append("\n")
        out.append(text + "\n")
    return "".join(out)


def _wrap(text: str, style: Style, indent: str) -> list[str]:
    lines, line, size = [], indent, sum(2 if c == "　" else 1 for c in indent) if style.cells else len(indent)
    for c in text:
        step = 2 if style.cells and ord(c) > 0x2000 else 1
        if size + step > style.wrap:
            lines.append(line)
            line, size = "", 0
        line += c
        size += step
    return [*lines, line] if line.strip() else lines


__all__ = ["NAMES", "STYLES", "Story", "Style", "lay_out"]
