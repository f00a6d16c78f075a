"""store/tables/mailings.py: what was composed comes back as it was."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Store
from store.models.delivery import Button, Part
from tests.bot.fakes import NOON

_text = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
_buttons = st.builds(
    lambda text, kind, value: Button(text, **{kind: value}), _text, st.sampled_from(["data", "url", "copy"]), _text
)  # fmt: skip
_parts = st.builds(
    Part, _text, st.lists(st.lists(_buttons, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)
)


@settings(max_examples=30, deadline=None)
@given(st.lists(_parts, min_size=1, max_size=3))
def test_every_part_comes_back_as_it_was(parts: list[Part]) -> None:
    """HTML, rows of buttons, what each of them does."""
    with Store() as store:
        mailing_id = store.mailings.put("notice", "x", parts, NOON)
        assert [store.mailings.message(one) for one in store.mailings.message_ids(mailing_id)] == parts
