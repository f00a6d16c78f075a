"""The summariser beside taking the first sentences, beside its peers and beside what is possible.

    python benchmarks/summaries.py FILE [--budget SENTENCES:CHARACTERS ...] [--peers] [--faithful] [--part a|b] [--show N]

FILE is JSONL: `text`, `reference` and perhaps `title`. ROUGE is counted over characters: a Han character, a Latin
word or a number is a token, punctuation is none; F1 averaged over articles. Peers (sumy, snownlp, textrank4zh) are
measured where they are installed; they are no dependency of Baozhai. All get the same sentences and the same trimming.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from digests.summaries.clauses import CONNECTIVE, PRONOUN, cut, role_of
from digests.summaries.ranking import tokens
from digests.summaries.sentences import nesting, split, widen
from digests.summaries.summarizer import summarize

Ranking = Callable[[list[str]], Sequence[int]]
TRIM_LEAST = 12


@dataclass(frozen=True, slots=True)
class Record:
    """One article with what an editor made of it."""

    text: str
    reference: tuple[str, ...]
    title: str
    sentences: tuple[str, ...]


def read(path: Path, part: str) -> list[Record]:
    """The records of a file; `part` a or b is a half of them, told by the headline, so that twins fall together."""
    records = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        row = json.loads(line)
        half = "a" if zlib.crc32((row.get("title") or row["reference"]).encode()) % 2 else "b"
        if part in ("", half):
            text = row["text"]
            pieces = tuple(text[found.start : found.end] for found in split(text))
            enough = tuple(piece for piece in pieces if len(tokens(piece)) >= 4)
            records.append(
                Record(text, tuple(tokens(row["reference"])), row.get("title", ""), enough or pieces)
            )
    return records


def rouge(found: Sequence[str], wanted: Sequence[str]) -> tuple[float, float, float, float, float]:
    """ROUGE-1, ROUGE-2, ROUGE-L as F1, then the recall of ROUGE-1 and ROUGE-2."""
    scores, recalls = [], []
    for mine, theirs in (
        (Counter(found), Counter(wanted)),
        (Counter(pairwise(found)), Counter(pairwise(wanted))),
    ):
        common = (mine & theirs).total()
        scores.append(2 * common / (mine.total() + theirs.total()) if common else 0.0)
        recalls.append(common / max(1, theirs.total()))
    row = [0] * (len(wanted) + 1)
    for token in found:
        before = 0
        for place, other in enumerate(wanted, 1):
            before, row[place] = row[place], before + 1 if token == other else max(row[place], row[place - 1])
    longest = 2 * row[-1] / (len(found) + len(wanted)) if row[-1] else 0.0
    return scores[0], scores[1], longest, recalls[0], recalls[1]


def assemble(sentences: Sequence[str], order: Sequence[int], max_sents: int, max_chars: int) -> str:
    """The best-ranked sentences in article order, the last trimmed at a clause: what each rival's ranking is worth."""
    room, chosen = max_chars, []
    for index in order:
        if len(chosen) == max_sents or room < TRIM_LEAST:
            break
        sentence = sentences[index]
        if len(sentence) > room:
            at = max(sentence.rfind(mark, 0, room) for mark in "，,；;：:、。")
            sentence = sentence[: at if at >= TRIM_LEAST else room]
        if len(sentence) >= min(TRIM_LEAST, len(sentences[index])):
            chosen.append((index, sentence))
            room -= len(sentence)
    return "".join(sentence for _, sentence in sorted(chosen))


def lead(count: int) -> Ranking:
    """The first sentences."""
    return lambda sentences: range(min(count, len(sentences)))


def peers() -> Iterator[tuple[str, Ranking]]:
    """The rankings of the peers that are installed."""
    from store.chinese import words

    def cut_words(sentence: str) -> list[str]:
        return [word for word in words.cut(sentence) if tokens(word)]

    try:
        from importlib import import_module

        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

        class Cutter:
            def to_words(self, sentence: str) -> tuple[str, ...]:
                return tuple(cut_words(sentence))

        def sumy(module: str, name: str) -> Ranking:
            def rank(sentences: list[str]) -> list[int]:
                cutter = Cutter()
                document = ObjectDocumentModel([Paragraph([Sentence(text, cutter) for text in sentences])])
                places = {text: index for index, text in reversed(list(enumerate(sentences)))}
                summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)()
                kept: dict[int, float] = {}

                def capture(found: Sequence[object], _count: int, rating: object, *args: object) -> tuple[()]:
                    for sentence in found:
                        score = rating(sentence, *args) if callable(rating) else rating[sentence]  # type: ignore[index]
                        kept[places[str(sentence)]] = float(score)
                    return ()

                summarizer._get_best_sentences = capture
                summarizer(document, len(sentences))
                return sorted(kept, key=lambda index: (-kept[index], index))

            return rank

        for module, name in (
            ("lex_rank", "LexRank"),
            ("text_rank", "TextRank"),
            ("lsa", "Lsa"),
            ("luhn", "Luhn"),
        ):
            yield f"sumy {name}", sumy(module, f"{name}Summarizer")
    except ImportError:
        print("(sumy is not installed)")
    try:
        from snownlp.summary.textrank import TextRank

        def snow(sentences: list[str]) -> list[int]:
            ranked = TextRank([cut_words(sentence) or ["_"] for sentence in sentences])
            ranked.solve()
            return [int(index) for index in ranked.top_index(len(sentences))]

        yield "snownlp TextRank", snow
    except ImportError:
        print("(snownlp is not installed)")
    try:
        import networkx

        if not hasattr(networkx, "from_numpy_matrix"):  # textrank4zh 0.3 is older than networkx 3
            networkx.from_numpy_matrix = networkx.from_numpy_array
        from textrank4zh import TextRank4Sentence

        def four(sentences: list[str]) -> list[int]:
            ranked = TextRank4Sentence(delimiters=["\n"])
            ranked.analyze(text="\n".join(sentences), lower=True, source="all_filters")
            places = {text: index for index, text in reversed(list(enumerate(sentences)))}
            best = ranked.get_key_sentences(num=len(sentences), sentence_min_len=2)
            return [places[found["sentence"]] for found in best if found["sentence"] in places]

        yield "textrank4zh", four
    except (ImportError, AttributeError):
        print("(textrank4zh is not installed)")


def clause_ceiling(record: Record, max_chars: int) -> str:
    """The one run of clauses nearest to the reference: what a single span can reach at most."""
    plain = widen(record.text)
    nested = nesting(plain)
    best, found = -1.0, ""
    for sentence in split(plain, nested=nested):
        clauses = cut(plain, sentence, nested)
        for first in range(len(clauses)):
            for last in range(first, len(clauses)):
                run = record.text[clauses[first].start : clauses[last].end]
                if len(run) > max_chars:
                    break
                if (score := sum(rouge(tokens(run), record.reference)[:2])) > best:
                    best, found = score, run
    return found


def line(
    name: str, summaries: Sequence[str], records: Sequence[Record], milliseconds: Sequence[float]
) -> str:
    """A line of the table."""
    scores = [
        rouge(tokens(found), record.reference) for found, record in zip(summaries, records, strict=True)
    ]
    means = [100 * statistics.fmean(column) for column in zip(*scores, strict=True)]
    length = statistics.fmean(map(len, summaries))
    clock = sorted(milliseconds)
    spent = f"{statistics.median(clock):6.2f} {clock[int(0.95 * len(clock))]:6.2f}" if clock else ""
    f1, recall = statistics.fmean(means[:3]), statistics.fmean(means[3:])
    return (
        f"{name:<20}"
        + "".join(f"{mean:7.2f}" for mean in means[:3])
        + f"{f1:8.2f}{recall:8.2f}{length:7.1f} {spent}"
    )


def faults(text: str, spans: Sequence[tuple[int, int]], max_sents: int, max_chars: int) -> Iterator[str]:
    """What is wrong with a summary by the rules that it must keep."""
    if not spans and tokens(text):
        yield "empty"
    if len(spans) > max_sents or sum(end - start for start, end in spans) > max_chars:
        yield "over budget"
    for start, end in spans:
        span = text[start:end]
        if span not in text:
            yield "not verbatim"
        if nesting(widen(span)).unmatched:
            yield "quotes not balanced"
        if CONNECTIVE.match(span) or PRONOUN.match(span):
            yield "opens with a tie"
        if role_of(widen(span).split("，")[-1]) in ("says", "source"):
            yield "ends with an attribution"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--budget", action="append", help="SENTENCES:CHARACTERS; default 1:50 and 2:80")
    parser.add_argument("--peers", action="store_true", help="measure the peers too")
    parser.add_argument("--faithful", action="store_true", help="count broken rules")
    parser.add_argument(
        "--part", choices=("a", "b"), default="", help="one half only: a was tuned on, b was not"
    )
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N summaries")
    options = parser.parse_args()
    records = read(options.file, options.part)
    summarize(records[0].text)
    rankings: list[tuple[str, Ranking]] = [("Lead-1", lead(1)), ("Lead-2", lead(2))]
    orders: dict[str, tuple[list[Sequence[int]], list[float]]] = {}
    for name, rank in rankings + (list(peers()) if options.peers else []):
        order, spent = [], []
        for record in records:
            begun = time.process_time()
            try:
                order.append(list(rank(list(record.sentences))))
            except (ValueError, ZeroDivisionError, ArithmeticError):
                order.append(range(len(record.sentences)))  # a peer that fails on a text takes its lead
            spent.append(1000 * (time.process_time() - begun))
        orders[name] = order, spent
    for budget in options.budget or ["1:50", "2:80"]:
        max_sents, max_chars = map(int, budget.split(":"))
        print(f"\n{len(records)} articles, at most {max_sents} sentences and {max_chars} characters")
        print(f"{'':<20}    R-1    R-2    R-L F1 mean  recall  chars  median/p95 ms")
        for name, (order, spent) in orders.items():
            made = [
                assemble(record.sentences, wanted, max_sents, max_chars)
                for record, wanted in zip(records, order, strict=True)
            ]
            print(line(name, made, records, [] if name.startswith("Lead") else spent))
        made, spent, broken = [], [], Counter[str]()
        for record in records:
            begun = time.process_time()
            spans = summarize(record.text, title=record.title, max_sents=max_sents, max_chars=max_chars)
            spent.append(1000 * (time.process_time() - begun))
            made.append("".join(span.text for span in spans))
            broken.update(
                faults(record.text, [(span.start, span.end) for span in spans], max_sents, max_chars)
            )
            if len(made) <= options.show:
                print(f"  {record.title} | {' / '.join(span.text for span in spans)}")
        print(line("Baozhai", made, records, spent))
        print(
            line("ceiling, one run", [clause_ceiling(record, max_chars) for record in records], records, [])
        )
        if options.faithful:
            print("broken rules:", dict(broken) or "none")


if __name__ == "__main__":
    main()
