"""What docs/delivery.md promises at the edges: plans made before a change, digests perhaps sent, corrected articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from store.database import Store
from store.instants import to_text
from store.models import Outcome, PageRef, PageText, ParsedArticle, ParsedPage, Part, Person, Place, Profile
from store.models.delivery import Due, MailKind, Plan, SentDigest
from tests.bot.fakes import NOON, add_page, subscribe

TODAY = date(2026, 3, 10)
MORNING = NOON + timedelta(days=1)


@pytest.fixture
def store() -> Iterator[Store]:
    """A subscriber, and an article that came since."""
    with Store() as opened:
        subscribe(opened, 1, NOON)
        add_page(opened, TODAY, 1, ["甲"], NOON)
        yield opened


def plan_for(store: Store, due: Due) -> Plan:
    """A digest of one part with all there is, as the planner would make it."""
    mailing = store.mailings.put(
        "digest", f"{due.after}-{store.articles.newest_id()}", [Part("甲")], MORNING, day=TODAY,
        after=due.after, upto=store.articles.newest_id(),
    )  # fmt: skip
    return Plan(due, due.slot, None, mailing_id=mailing, upto=store.articles.newest_id())


def waiting(store: Store) -> int:
    """How many rows wait."""
    return store.outbox.counts().waiting


def test_plan_made_before_the_settings_changed_is_not_applied(store: Store) -> None:
    """/settings between reading who is due and writing the plan down."""
    [due] = store.planning.due(MORNING, 5)
    plan = plan_for(store, due)
    reader = store.subscribers.by_chat(1)
    assert reader is not None
    store.subscribers.save(replace(reader, profile=Profile(places=("清溪县",))), MORNING)
    assert store.planning.apply([plan], MORNING) == 0 and waiting(store) == 0


def test_plan_made_before_the_reader_left_is_not_applied(store: Store) -> None:
    """/unsubscribe in between."""
    [due] = store.planning.due(MORNING, 5)
    plan = plan_for(store, due)
    store.subscribers.unsubscribe(1, MORNING)
    assert store.planning.apply([plan], MORNING) == 0 and waiting(store) == 0


def test_plan_that_begins_elsewhere_than_the_reader_stands_is_not_applied(store: Store) -> None:
    """An article of it would be in two digests, or in none."""
    [due] = store.planning.due(MORNING, 5)
    for other in (due.after + 1, due.after - 1):
        assert store.planning.apply([plan_for(store, replace(due, after=other))], MORNING) == 0
    assert waiting(store) == 0 and store.planning.apply([plan_for(store, due)], MORNING) == 1


@pytest.mark.parametrize("unsure", [False, True])
def test_blocked_reader_gets_articles_back_unless_they_were_perhaps_sent(store: Store, unsure: bool) -> None:
    """A digest whose first part may have arrived is not begun anew."""
    [due] = store.planning.due(MORNING, 5)
    store.planning.apply([plan_for(store, due)], MORNING)
    if unsure:
        [mail] = store.outbox.claim(store.outbox.next(MORNING, 1), MORNING)
        store.outbox.settle([Outcome(mail, "uncertain")], MORNING, send_uncertain_again=True)
    [mail] = store.outbox.claim(store.outbox.next(MORNING, 1), MORNING)
    store.outbox.settle([Outcome(mail, "failed", gone=True)], MORNING)
    reader = store.subscribers.by_chat(1)
    assert reader is not None
    assert reader.delivered_upto == (store.articles.newest_id() if unsure else due.after)


def test_row_perhaps_sent_is_not_planned_again(store: Store) -> None:
    """The same digest, taken back and planned once more, is the same row; one of unknown fate stays as it is."""
    [due] = store.planning.due(MORNING, 5)
    plan = plan_for(store, due)
    store.planning.apply([plan], MORNING)
    store.db.execute("UPDATE outbox SET state = 'expired', unsure = 1")
    store.db.execute(
        "UPDATE subscribers SET delivered_upto = ?, next_due_at = promised_at, revision = ?",
        [due.after, due.revision],
    )
    store.db.execute("UPDATE subscribers SET next_due_at = '2026-03-10T00:00:00.000+00:00'")
    store.planning.apply([plan], MORNING)
    assert waiting(store) == 0
    store.db.execute("UPDATE outbox SET unsure = 0")
    store.db.execute(
        "UPDATE subscribers SET delivered_upto = ?, revision = ?, next_due_at = '2026-03-10T00:00:00.000+00:00'",
        [due.after, due.revision],
    )
    store.planning.apply([plan], MORNING)
    assert waiting(store) == 1


def test_blocked_readers_rows_are_not_offered(store: Store) -> None:
    """Nothing is tried at a chat that is known to be gone."""
    store.outbox.enqueue(1, "alert", "a", [Part("快讯")], NOON)
    store.db.execute("UPDATE subscribers SET reached = 0")
    assert store.outbox.next(NOON, 5) == []


def test_corrected_article_reads_back_like_a_fresh_one() -> None:
    """Places, people, lines and text: what stands in the rows is what the page says now."""
    page = PageRef("河湾日报", TODAY, 1)
    first = ParsedArticle("article", "石桥通车", ("石桥今天通车。",), lines=((1, 2),))
    second = replace(
        first,
        body=("石桥明天通车。", "村民都来看。"),
        places=(Place("清溪县", "county", "", "河湾市"),),
        people=(Person("葛长顺", "村支书"),),
        lines=((1, 3),),
    )

    def put(store: Store, one: ParsedArticle, text: str) -> None:
        store.editions.put(page, PageText((text,)), ParsedPage((one,)), source="x", now=NOON)

    with Store() as corrected, Store() as fresh:
        put(corrected, first, "旧")
        put(corrected, second, "新")
        put(fresh, second, "新")
        [old], [new] = corrected.articles.on(TODAY), fresh.articles.on(TODAY)
        assert old.places == new.places != () and old.people == new.people != ()
        assert replace(old, revision=new.revision) == new


def test_message_refused_as_html_stays_plain_at_every_later_try(store: Store) -> None:
    """Refused once for its markup, then put off by a flood limit: it does not go out marked up again."""
    store.outbox.enqueue(1, "notice", "a", [Part("<b>快讯</b>")], NOON)
    for plain in (True, False):
        [mail] = store.outbox.claim(store.outbox.next(NOON, 1), NOON)
        store.outbox.settle([Outcome(mail, "waiting", plain=plain)], NOON)
    [mail] = store.outbox.next(NOON, 1)
    assert mail.plain


def test_clock_set_back_brings_retries_forward_but_nothing_before_its_hour(store: Store) -> None:
    """A row put off at the later clock goes now; one promised for tomorrow stays for tomorrow."""
    store.outbox.enqueue(1, "notice", "a", [Part("甲")], NOON)
    [mail] = store.outbox.claim(store.outbox.next(NOON, 1), NOON)
    store.outbox.settle([Outcome(mail, "waiting", again_at=NOON + timedelta(minutes=40))], NOON)
    store.outbox.enqueue(1, "notice", "b", [Part("乙")], NOON, due_at=MORNING)
    assert store.outbox.rewind(NOON) == 1
    assert [store.mailings.message(one.message_id).html for one in store.outbox.next(NOON, 5)] == ["甲"]
    assert store.db.value("SELECT again_at FROM outbox WHERE due_at > ?", [to_text(NOON)]) == to_text(MORNING)


@pytest.mark.parametrize("kind", ["alert", "promise"])
def test_what_came_too_late_expires_only_where_it_is_of_no_use(store: Store, kind: MailKind) -> None:
    """An alert of last week is none; a kept promise (「有了告诉我」) is told however late."""
    store.outbox.enqueue(1, kind, "a", [Part("甲")], NOON)
    week_later = NOON + timedelta(days=7)
    store.planning.expire([], week_later, week_later)
    assert waiting(store) == (1 if kind == "promise" else 0)


@pytest.mark.parametrize("settings_changed", [False, True])
def test_correction_edits_the_digests_of_readers_with_the_same_settings_only(
    store: Store, settings_changed: bool
) -> None:
    """Who follows another county since then keeps the message as it was sent: the corrected one was made for others."""
    [due] = store.planning.due(MORNING, 5)
    plan = plan_for(store, due)
    store.planning.apply([plan], MORNING)
    [mail] = store.outbox.claim(store.outbox.next(MORNING, 1), MORNING)
    store.outbox.settle([Outcome(mail, "sent", telegram_id=7)], MORNING)
    key = store.db.value("SELECT profile_key FROM subscribers WHERE chat_id = 1")
    if settings_changed:
        reader = store.subscribers.by_chat(1)
        assert reader is not None
        store.subscribers.save(replace(reader, profile=Profile(places=("清溪县",))), MORNING)
    corrected = store.mailings.put("edit", "corrected", [Part("甲，更正")], MORNING, day=TODAY)
    sent = SentDigest(plan.mailing_id or 0, 1, 1, key, "zh", TODAY, due.after, store.articles.newest_id())
    assert store.edits.correct(sent, corrected, MORNING) == (0 if settings_changed else 1)
