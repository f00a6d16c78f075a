"""Pictures on the page: captions, their credits, credits whose caption is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.pages.affinity import grams
from store.pages.bylines import (
    LEAD,
    is_bare_names,
    is_credit,
    opens_report,
    read_own_line,
    tail_credit,
    tail_names,
)
from store.pages.characters import HAN, ends_open, ends_sentence
from store.pages.chunks import Chunk
from store.pages.continuity import joins_word, starts_inside
from store.pages.measures import Layout
from store.pages.roles import has_dash, is_place, is_short

_SHOWN = re.compile(
    r"(?:^|[。；！”）)])[ 　]*(?:[上下左右]?图[为是①-⑨：:]|图中|这是|[（(]图[一二三\d])|^[▲▼◀►←→↑↓]|^图[一二三①②③④\d]?[：: 为]"
)
_STORY = re.compile(r"摄影报道[）)]?$")
_NUMBERED = re.compile(r"^[①-⑳][ \u3000]*(?=\S{6})")
_MARKED = re.compile(r"^(?:[▲▼◀►←→↑↓]|[上下左右]?图为|[（(][上下左右]图[）)])")
_SIDE = re.compile(r"[（(](?:前排|后排)?[左右中][一二三四五六七]?起?[）)]")
_SCENE = re.compile(
    rf"^(?:(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日|近日|日前|连日来|[{HAN}]{{2,14}}?[县市区镇乡村](?=[{HAN}，,]))"
)
SAME = 0.15
"""Share of a paragraph's pairs that the two above it have when all three are of one article."""
SIDED = 40
"""A sentence this short that says who stands on which side is a caption wherever it lies."""
LONGEST = 330
"""A longer text under a picture is an article."""


@dataclass(frozen=True, slots=True)
class Photo:
    """Chunk numbers of a caption, and its credit: a chunk of its own or the tail of the last caption chunk."""

    captions: tuple[int, ...]
    credit: int = -1
    cut: int = -1
    reason: str = ""
    head: int = -1
    """The chunk of its headline, where a picture has one of its own."""


def find_photos(chunks: Sequence[Chunk], layout: Layout, taken: set[int]) -> list[Photo]:
    """The page's photos, in order; chunks already taken (furniture, repeats) are passed over."""
    photos: list[Photo] = []
    used: set[int] = set(taken)
    pictures = _of_pictures(chunks, taken)
    for number, chunk in enumerate(chunks):
        if number in used:
            continue
        text = chunk.text
        if chunk.rows:
            continue
        if is_credit(text):
            found = _under_credit(chunks, number, layout, used)
        else:
            at = tail_credit(text) if len(text) <= LONGEST + 40 else -1
            if at >= 0:
                found = _with_credit(chunks, number, at, layout, used)
            else:
                found = _without_credit(chunks, number, layout, used, pictures)
        if found:
            found = _with_headline(chunks, found, used)
            found = _under_headline(chunks, found, layout, used, pictures) if found.head < 0 else found
            photos.append(found)
            if found.head >= 0:
                used.add(found.head)
            used.update(found.captions)
            if found.credit >= 0:
                used.add(found.credit)
    return photos


def _free(chunks: Sequence[Chunk], number: int, step: int, used: set[int]) -> int:
    """The next chunk in a direction that is not taken; -1 past the page's end."""
    number += step
    while 0 <= number < len(chunks) and number in used:
        number += step
    return number if 0 <= number < len(chunks) else -1


def _caption_score(chunks: Sequence[Chunk], number: int, after: int, layout: Layout, used: set[int]) -> float:
    """How much a chunk looks like a caption, from its words, the blank lines around it and what it parts."""
    chunk = chunks[number]
    text = chunk.text
    score = 0.0
    if is_short(chunk):
        score -= 2.0 if len(text) < 10 else 1.0
    if _SHOWN.search(text):
        score += 3.0
    if chunk.gap > max(1, layout.gap):
        score += 2.0
    if len(text) > LONGEST:
        score -= 6.0
    elif len(text) > 200:
        score -= 1.0
    elif ends_sentence(text):
        score += 1.0
    if LEAD.match(text):
        score -= 3.0
    if tail_names(text) >= 0 and tail_credit(text) < 0:
        score -= 4.0
    before = _free(chunks, number, -1, used)
    behind = _free(chunks, after, 1, used)
    if before >= 0:
        last = chunks[before].text
        if ends_open(last) and not is_short(chunks[before]):
            score += 1.0
            if behind >= 0 and not is_short(chunks[behind]) and not LEAD.match(chunks[behind].text):
                score += 2.0
        elif is_short(chunks[before]) and chunk.gap <= layout.gap:
            score -= 0.5
    return score


def _under_credit(chunks: Sequence[Chunk], credit: int, layout: Layout, used: set[int]) -> Photo | None:
    """A credit on a line of its own: the caption stands above it, or is lost."""
    before = _free(chunks, credit, -1, used)
    if "文" in chunks[credit].text and before >= 0 and is_short(chunks[before]):
        return None  # 记者 某某 文/摄 under a headline signs the article
    if (
        before < 0
        or before < credit - 3
        or _caption_score(chunks, before, credit, layout, used) + 0.5 < 0
        or (before < credit - 1 and _is_rest(chunks, before, used))
    ):
        return Photo((), credit, reason="a credit without its caption")
    return Photo(
        _reach_back(chunks, before, credit, layout, used), credit, reason="stands above a picture's credit"
    )


def _is_rest(chunks: Sequence[Chunk], number: int, used: set[int]) -> bool:
    """Whether a chunk rather ends the sentence that the text above it, past headlines, leaves open."""
    above = _text_above(chunks, number, used)
    return above >= 0 and ends_open(chunks[above].text) and not _SCENE.match(chunks[number].text)


def _text_above(chunks: Sequence[Chunk], number: int, used: set[int]) -> int:
    """The next prose above a chunk, past a headline of up to four lines; -1 where there is none."""
    place = number
    for _ in range(5):
        place = _free(chunks, place, -1, used)
        if place < 0 or not is_short(chunks[place]):
            return place
    return -1


def _with_credit(
    chunks: Sequence[Chunk], number: int, cut: int, layout: Layout, used: set[int]
) -> Photo | None:
    """A caption that ends in its credit."""
    if _STORY.search(chunks[number].text) and _goes_on(chunks, number, layout, used):
        return None  # 某某 摄影报道 signs the article whose last paragraph this is
    bracket = chunks[number].text[cut] in "（("
    score = _caption_score(chunks, number, number, layout, used) + (0.0 if bracket else 2.0)
    if score < (1.5 if bracket else 0.0):
        return None
    return Photo(_reach_back(chunks, number, number, layout, used), -1, cut, "ends in a picture's credit")


def _with_headline(chunks: Sequence[Chunk], photo: Photo, used: set[int]) -> Photo:
    """A short line above a caption is its headline when its words recur there and in no text around."""
    if not photo.captions:
        return photo
    above = _free(chunks, photo.captions[0], -1, used)
    if (
        above != photo.captions[0] - 1
        or above < 0
        or not is_short(chunks[above])
        or len(chunks[above].text) < 5
    ):
        return photo
    words = grams(chunks[above].text)
    around: list[int] = []
    for step, start in ((-1, above), (1, max(photo.captions[-1], photo.credit))):
        place = _free(chunks, start, step, used)
        while place >= 0 and is_short(chunks[place]):
            place = _free(chunks, place, step, used)
        for _ in range(2):
            if place >= 0:
                around.append(place)
                place = _free(chunks, place, step, used)
    caption = grams("".join(chunks[n].text for n in photo.captions))
    elsewhere = grams("\n".join(chunks[n].text for n in around))
    if len(words) >= 3 and len(words & caption) >= 0.4 * len(words) > 2 * len(words & elsewhere):
        return replace(photo, head=above)
    below = _free(chunks, max(photo.captions[-1], photo.credit), 1, used)
    shared = len(words & caption)
    if (
        chunks[above].heading
        and below >= 0
        and chunks[below].heading
        and not has_dash(chunks[below].text)
        and not is_place(chunks[above].text)
        and shared > len(words & elsewhere)
    ):
        return replace(photo, head=above)  # another headline follows: this one has no other text
    return photo


def _under_headline(
    chunks: Sequence[Chunk], photo: Photo, layout: Layout, used: set[int], pictures: bool
) -> Photo:
    """A short line right above a caption is its headline when no text below could be the headline's own."""
    if not photo.captions:
        return photo
    above = photo.captions[0] - 1
    if above < 0 or above in used or not is_short(chunks[above]) or not 4 <= len(chunks[above].text) <= 24:
        return photo
    line = chunks[above].text
    if has_dash(line) or is_place(line) or read_own_line(line) or is_bare_names(line) or ends_sentence(line):
        return photo
    higher = chunks[above - 1] if above and above - 1 not in used else None
    if higher and is_short(higher) and not ends_sentence(higher.text) and not is_credit(higher.text):
        return photo  # a headline of several lines heads an article
    below = _free(chunks, max(photo.captions[-1], photo.credit), 1, used)
    if below >= 0 and not (
        is_short(chunks[below])
        or is_credit(chunks[below].text)
        or opens_report(chunks[below].text)
        or (pictures and (_SCENE.match(chunks[below].text) or _NUMBERED.match(chunks[below].text)))
    ):
        return photo
    open_above = _text_above(chunks, above, used)
    if open_above >= 0 and ends_open(chunks[open_above].text) and not chunks[open_above].rows:
        return photo  # it may head the text that a cut parts
    named = grams(line)
    if pictures or named & grams("".join(chunks[n].text for n in photo.captions)):
        return replace(photo, head=above)
    signed = photo.credit >= 0 or photo.cut >= 0
    prose = [c.text for n, c in enumerate(chunks) if n not in photo.captions and not is_short(c)]
    if signed and named and all(named.isdisjoint(grams(text)) for text in prose):
        return replace(photo, head=above)  # no text of the page speaks of what the line names
    return photo


def _goes_on(chunks: Sequence[Chunk], number: int, layout: Layout, used: set[int]) -> bool:
    """Whether a paragraph speaks of what the whole paragraphs right above it speak of."""
    chunk = chunks[number]
    before = _free(chunks, number, -1, used)
    if (
        before < 0
        or is_short(chunks[before])
        or chunk.gap > max(1, layout.gap)
        or ends_open(chunks[before].text)
    ):
        return False
    mine = grams(chunk.text)
    above = grams("".join(chunks[n].text for n in range(max(0, before - 1), before + 1)))
    return len(mine & above) >= max(4, SAME * len(mine))


def _without_credit(
    chunks: Sequence[Chunk], number: int, layout: Layout, used: set[int], pictures: bool
) -> Photo | None:
    """A caption that nobody signed: it says so itself, or stands in another sentence, or the page is one of pictures."""
    chunk = chunks[number]
    text = chunk.text
    if len(text) > 220:
        return None
    if chunk.rows:
        return None
    above = _free(chunks, number, -1, used)
    if above == number - 1 and above >= 0 and is_short(chunks[above]) and has_dash(chunks[above].text):
        return None  # a headline with its second line heads an article
    marked, side = bool(_MARKED.match(text)), bool(_SIDE.search(text))
    scene = bool(_SCENE.match(text))
    numbered = pictures and len(text) <= 120 and bool(_NUMBERED.match(text))
    if not (marked or side or scene or numbered or _SHOWN.search(text[-120:])):
        return None
    behind = _free(chunks, number, 1, used)
    if behind >= 0 and is_credit(chunks[behind].text):
        return None
    if numbered:
        return Photo((number,), reason="numbered like the pictures of a page")
    single = len(text) <= 120 and ends_sentence(text) and text.count("。") <= 1 and "“" not in text
    if not (marked or side or _SHOWN.search(text[-120:])) and not single:
        return None
    score = _caption_score(chunks, number, number, layout, used) if not scene or marked or side else 0.0
    if _SHOWN.search(text[-120:]) or _SHOWN.search(text[:8]):
        score += 1.5 if marked and single and not _listed(chunks, number) else 0.0
    elif single:
        score += (3.6 if len(text) <= SIDED else 3.0) if side else 0.0
    if single and scene and pictures and not LEAD.match(text):
        score += 5.0
    if single and (scene or side) and _parts_sentence(chunks, number, behind, used):
        score += 4.5
    if score < 4.5:
        return None
    return Photo((number,), reason="says what a picture shows")


def _listed(chunks: Sequence[Chunk], number: int) -> bool:
    """Whether the mark a chunk opens with marks the items of a list."""
    mark = chunks[number].text[0]
    around = [chunks[n].text[0] for n in (number - 1, number + 1) if 0 <= n < len(chunks)]
    return mark in "▲▼►→" and mark in around


def _parts_sentence(chunks: Sequence[Chunk], number: int, behind: int, used: set[int]) -> bool:
    """Whether the text above goes on behind this chunk and not in it: both joins are compared."""
    above = _free(chunks, number, -1, used)
    if above < 0 or behind < 0 or is_short(chunks[above]) or is_short(chunks[behind]):
        return False
    last, mine, rest = chunks[above].text, chunks[number].text, chunks[behind].text
    if not ends_open(last) or LEAD.match(rest) or starts_inside(mine) or joins_word(last[-2:], mine[:2]):
        return False
    return bool(joins_word(last[-2:], rest[:2]) or starts_inside(rest))


def _of_pictures(chunks: Sequence[Chunk], taken: set[int]) -> bool:
    """Whether the page is one of pictures: half of its texts have a credit or say what they show."""
    texts = [c.text for n, c in enumerate(chunks) if n not in taken]
    prose = [t for t in texts if len(t) > 14 and ends_sentence(t.rstrip("摄"))]
    signed = sum(
        1
        for t in texts
        if is_credit(t) or _NUMBERED.match(t) or _MARKED.match(t) or tail_credit(t[-60:]) >= 0
    )
    return signed >= 3 and 2 * signed >= len(prose) - signed // 3


def _reach_back(
    chunks: Sequence[Chunk], last: int, credit: int, layout: Layout, used: set[int]
) -> tuple[int, ...]:
    """A caption of several paragraphs: cut in mid-sentence, or a picture story up to where a wider gap opens it."""
    numbers = [last]
    if starts_inside(chunks[last].text):
        far = _text_above(chunks, last, used)
        if 0 <= far < last - 1 and ends_open(chunks[far].text) and _SCENE.match(chunks[far].text):
            return far, last  # the caption is cut itself, and a headline lies in the cut
    story = bool(_STORY.search(chunks[credit].text))
    while len(numbers) < 5:
        chunk = chunks[numbers[0]]
        before = _free(chunks, numbers[0], -1, used)
        if (
            story
            and not layout.gap
            and before >= 0
            and not _SCENE.match(chunk.text)
            and _SCENE.match(chunks[before].text)
            and not is_short(chunks[before])
            and len(chunks[before].text) <= LONGEST
        ):
            numbers.insert(0, before)  # nothing parts paragraphs here: the story opens with its day or place
            break
        if before < 0 or chunk.gap > max(1, layout.gap) or (chunk.gap == 0 and not layout.indented):
            break
        above = chunks[before]
        if is_short(above) or tail_names(above.text) >= 0 or len(above.text) > LONGEST:
            break
        cut = ends_open(above.text) and not LEAD.match(chunk.text)
        wide = any(chunks[n].gap > max(1, layout.gap) for n in range(max(0, before - 2), before + 1))
        if (story and (cut or wide)) or (cut and above.gap > max(1, layout.gap)):
            numbers.insert(0, before)
            continue
        break
    return tuple(numbers)
