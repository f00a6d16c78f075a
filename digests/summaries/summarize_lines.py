"""One record of `baozhai summarize` → its answer; pure. Reading lines and printing is left to the command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digests.summaries.summarizer import MAX_CHARS, MAX_SENTS, summarize


def summarize_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """`id` and `summary`, a list of verbatim spans, of a record with `text` and perhaps `title`, `max_sents`, `max_chars`.

    Raises ValueError with a sentence for the caller where a field has the wrong type.
    """
    text, title = record.get("text"), record.get("title") or ""
    if not isinstance(text, str):
        raise ValueError('"text" must be a string')
    if not isinstance(title, str):
        raise ValueError('"title" must be a string')
    spans = summarize(
        text,
        title=title,
        max_sents=_count(record, "max_sents", MAX_SENTS),
        max_chars=_count(record, "max_chars", MAX_CHARS),
    )
    return {"id": record.get("id"), "summary": [span.text for span in spans]}


def _count(record: Mapping[str, Any], field: str, otherwise: int) -> int:
    value = record.get(field)
    if value is None:
        return otherwise
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f'"{field}" must be a whole number of at least 1')
    return value
