"""`baozhai summarize`: the digest's own summariser over JSONL."""

from __future__ import annotations

import json
import sys

import click

from bot.commands.saying import print_json
from digests.summaries.summarize_lines import summarize_record


@click.command()
def summarize() -> int:
    """Summarise articles: JSONL on stdin, JSONL on stdout.

    In: {"id", "text", "title"?, "max_sents"?, "max_chars"?} a line. Out: {"id", "summary": [span, …]}, each span verbatim
    in the text, in article order. A line that is not such an object gives {"error"} and exit code 1 at the end.
    """
    failed = 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict) or not isinstance(record.get("text"), str):
                raise ValueError('it must be an object with a "text"')
            print_json(summarize_record(record))
        except ValueError as error:
            failed += 1
            print_json({"line": number, "error": f"Line {number} cannot be summarised: {error}"})
    return 1 if failed else 0
