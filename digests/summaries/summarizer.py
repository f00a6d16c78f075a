"""Article → its best spans, in their own order; pure.

Each span is a run of whole clauses inside one sentence, verbatim, without dateline and attribution. The work is done
in `sentences`, `clauses`, `openings`, `runs` and `ranking`; here the spans are chosen one by one, each for what it
adds, until the sentences or the room are used up.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from itertools import accumulate

from digests.summaries import runs as clause_runs
from digests.summaries.clauses import MARKS, cut
from digests.summaries.editor import edit
from digests.summaries.openings import heads, prepares
from digests.summaries.ranking import Pair, tokens, weigh
from digests.summaries.runs import Run, Taste, whole
from digests.summaries.sentences import Nesting, Sentence, nesting, split, widen
from store.chinese import words
from store.models.digests import Span

# What a digest item has room for on a telephone: three lines.
MAX_SENTS = 2
MAX_CHARS = 120
# With so many characters a span, whole sentences fit and an editor's choice is made (`digests/summaries/editor.py`); with
# fewer, the runs nearest to a headline.
ROOM = 55
# Up to this budget each character must earn its place: short runs, nearest to what a headline would say. One sentence
# competes with a headline; the first of several carries the story; a next one is taken for what it adds.
TIGHT_CHARS = 80
TIGHT_ONE = Taste(ease=20.0, fact=1.05, strictness=1.0)
TIGHT_FIRST = Taste(ease=30.0, fact=1.05, strictness=1.0)
TIGHT_NEXT = Taste(ease=3.0, fact=1.05, strictness=1.2)
# Above it the reader is told whole sentences with their facts, and a flaw is not worth its likeness to the title.
ROOMY_FIRST = Taste(ease=60.0, fact=1.2, strictness=1.5)
ROOMY_NEXT = Taste(ease=33.0, fact=1.2, strictness=1.8)
# Where room is not tight the first run may be finished up to this share of it.
FIRST_SHARE = 0.8
# A further span of fewer characters says nothing worth its line.
LEAST_CHARS = 10
# Nor is one with flaws that cost it more than half; a first span of this kind is taken where there is no other.
LEAST_QUALITY = 0.45
LOOK_AHEAD = 8
# No article is longer; of a text that is, the beginning is read.
READ_CHARS = 20_000


def summarize(
    text: str, *, title: str = "", max_sents: int = MAX_SENTS, max_chars: int = MAX_CHARS
) -> tuple[Span, ...]:
    """The spans of the text that together say best what it is about, at most `max_chars` characters."""
    plain = widen(text[:READ_CHARS])
    nested = nesting(plain)
    sentences = split(plain, nested=nested)
    if max_sents > 0 and max_chars >= ROOM * max_sents:
        edited = edit(plain, sentences, nested, title=title, max_sents=max_sents, max_chars=max_chars)
        if edited:
            return tuple(Span(start, end, text[start:end]) for start, end in edited)
    read = [plain[sentence.start : sentence.end] for sentence in sentences]
    matter = weigh([tokens(sentence) for sentence in read], title=tokens(title))
    candidates = _candidates(plain, sentences, nested, max_chars) or _candidates(
        plain, sentences, nested, max_chars, deep=True
    )
    sound = [run for run in candidates if run.quality >= LEAST_QUALITY] or candidates
    chosen: list[Run] = []
    told, heard, room = frozenset[Pair](), frozenset[str](), max_chars
    while len(chosen) < max_sents and (not chosen or room >= LEAST_CHARS):
        taken = {run.sentence for run in chosen}
        taste = _taste(len(chosen), max_sents, max_chars)
        best = max(
            (
                run
                for run in sound
                if run.end - run.start <= room
                and run.sentence not in taken
                and (not chosen or run.end - run.start >= LEAST_CHARS)
            ),
            key=lambda run: clause_runs.score(run, matter, told, heard, taste),
            default=None,
        )
        if best is None:
            break
        if max_chars > TIGHT_CHARS:
            limit = room if chosen or max_sents == 1 else min(room, int(max_chars * FIRST_SHARE))
            best = _finished(best, candidates, limit)
        chosen.append(best)
        told, heard = told | best.pairs, heard | best.tokens
        room -= best.end - best.start
    if not chosen and max_sents > 0:
        places = _head(plain, nested, max_chars)
    else:
        places = sorted((run.start, run.end) for run in chosen)
    return tuple(Span(start, end, text[start:end]) for start, end in places)


def _candidates(
    plain: str, sentences: Sequence[Sentence], nested: Nesting, max_chars: int, *, deep: bool = False
) -> list[Run]:
    found: list[Run] = []
    for sentence in sentences:
        clauses = cut(plain, sentence, nested, deep=deep)
        if clauses:
            # 1月9日，走进… is a scene, and so is 早上8点，…
            undated = next((clause for clause in clauses if clause.role != "time"), clauses[0])
            openings = plain[clauses[0].start : sentence.end], plain[undated.start : sentence.end]
            found += clause_runs.runs(
                plain,
                clauses,
                nested,
                sentence=sentence.index,
                staged=any(map(prepares, openings)),
                heading=heads(plain, sentence),
                max_chars=max_chars,
            )
    return found


def _head(plain: str, nested: Nesting, max_chars: int) -> list[tuple[int, int]]:
    """Where no clause fits: the first whole words that do, or the first characters of a word too long."""
    start = next((at for at, mark in enumerate(plain) if tokens(mark)), None)
    if start is None or max_chars < 1:
        return []
    room = plain[start : start + max_chars].splitlines()[0]
    # The cutter sees a little more than the room, so that the last word is not taken for whole when it is not.
    ends = list(accumulate(map(len, words.cut(plain[start : start + len(room) + LOOK_AHEAD])), initial=start))
    fits = [end for end in ends if start < end <= start + len(room) and whole(nested, start, end)]
    end = fits[-1] if fits else start + 1
    return [(start, start + len(plain[start:end].rstrip(MARKS + string.whitespace)))]


def _finished(run: Run, candidates: Sequence[Run], limit: int) -> Run:
    """The run led on to the end of its sentence, or as far as fits, and back to its subject: Chinese tells what came of it last."""
    longer = [
        other
        for other in candidates
        if other.sentence == run.sentence
        and other.start <= run.start
        and other.end >= run.end
        and other.end - other.start <= limit
        and (other.quality > run.quality or (other.start == run.start and other.quality >= run.quality))
    ]
    return max(longer, key=lambda other: (other.quality, other.end), default=run)


def _taste(chosen: int, max_sents: int, max_chars: int) -> Taste:
    if max_chars > TIGHT_CHARS:
        return ROOMY_NEXT if chosen else ROOMY_FIRST
    if max_sents == 1:
        return TIGHT_ONE
    return TIGHT_NEXT if chosen else TIGHT_FIRST
