"""One record of `baozhai summarize`."""

from __future__ import annotations

from typing import Any

import pytest

from digests.summaries.summarize_lines import summarize_record

TEXT = (
    "本报讯（记者 李想）7月4日，青河县水利局新建的两座水库开始蓄水，可浇灌下游九个村的两万亩地。村民都说好。"
)


def test_a_record_is_answered_with_its_id_and_verbatim_spans() -> None:
    """The answer carries the id, whatever its type, and spans of the text."""
    answer = summarize_record(
        {"id": 7, "text": TEXT, "title": "两座水库蓄水", "max_sents": 1, "max_chars": 40}
    )
    assert answer["id"] == 7
    assert len(answer["summary"]) == 1 and len(answer["summary"][0]) <= 40
    assert all(span in TEXT for span in answer["summary"])


def test_nulls_are_taken_for_absent_fields() -> None:
    """A null title or budget is the default."""
    record = {"id": "a", "text": TEXT, "title": None, "max_sents": None, "max_chars": None}
    assert summarize_record(record) == summarize_record({"id": "a", "text": TEXT})


@pytest.mark.parametrize(
    "wrong",
    [{"text": None}, {"text": 3}, {"title": 3}, {"max_sents": 0}, {"max_chars": "50"}, {"max_sents": True}],
)
def test_a_wrong_field_is_named(wrong: dict[str, Any]) -> None:
    """The error says which field, in a sentence."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        summarize_record({"id": 1, "text": TEXT, **wrong})
