"""store/tables/troubles.py: operators are told once when a trouble begins and once when it is over."""

from __future__ import annotations

from datetime import timedelta

from store.database import Store
from store.tables.troubles import Change
from tests.bot.fakes import NOON


def test_a_trouble_is_told_once_and_once_when_it_is_over() -> None:
    """While it lasts nothing more is said, also when its figures change."""
    with Store() as store:
        began = store.troubles.note({"disk": "200 MB left"}, NOON)
        assert began == [Change("disk", "200 MB left")]
        store.troubles.told(began, NOON)
        assert store.troubles.note({"disk": "100 MB left"}, NOON + timedelta(hours=1)) == []
        over = store.troubles.note({}, NOON + timedelta(hours=2))
        assert over == [Change("disk", "100 MB left", over=True)]
        store.troubles.told(over, NOON)
        assert store.troubles.note({}, NOON + timedelta(hours=3)) == []


def test_a_trouble_nobody_could_be_told_of_is_tried_again() -> None:
    """Telegram may be the trouble; what ended unheard is not announced as over."""
    with Store() as store:
        assert store.troubles.note({"disk": "full"}, NOON)
        assert store.troubles.note({"disk": "full"}, NOON)
        assert store.troubles.note({}, NOON) == []


def test_acts_are_kept_in_order() -> None:
    """Who did what, the newest first."""
    with Store() as store:
        store.acts.add(5, "pause", "", "paused", NOON)
        store.acts.add(6, "retract", "article 3", "done", NOON)
        assert [(act.user_id, act.act) for act in store.acts.newest()] == [(6, "retract"), (5, "pause")]
