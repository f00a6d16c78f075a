"""Digests as rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from store.database import Store
from store.errors import DigestNotFound
from store.models import Article, Digest, Edition, Item, Quote, Reason, Span
from tests.digests.newsroom import DAY, NOW, filler, put


@pytest.fixture
def store() -> Iterator[Store]:
    """A store with a page of four articles."""
    with Store() as opened:
        put(opened, *(filler(n) for n in range(4)))
        yield opened


def quote(article: Article) -> Quote:
    """The beginning of its first paragraph."""
    return Quote(article.id, 0, Span(0, 4, article.body[0][:4]))


def full(store: Store) -> Digest:
    """A digest with everything a digest can have."""
    one, two, three, four = store.articles.on(DAY)
    return Digest(
        id=0,
        kind="delivery",
        day=DAY,
        profile_key="k",
        after=0,
        upto=4,
        built_at=NOW,
        editions=(Edition("云岭日报", DAY, (1, 3), 4, 8), Edition("云岭晚报", DAY, (), 0)),
        missing=("柳河时报",),
        points=(quote(one), quote(two)),
        items=(
            Item(
                one,
                "",
                "summary",
                Reason("follow", "剪纸"),
                (quote(one), quote(one)),
                also=(two,),
                photos=(three,),
                differing=((quote(one), quote(two)), (quote(two), quote(one))),
            ),
            Item(four, "云岭日报", "headline", Reason("day"), previous=two, late=True),
        ),
        practical=(quote(four),),
    )


def test_digest_read_back_is_the_digest_put(store: Store) -> None:
    """Nothing is lost in rows."""
    saved = store.digests.put(full(store), input_hash="a")
    assert saved.id > 0
    assert store.digests.get(saved.id) == saved


def test_digest_of_the_same_key_and_input_is_returned_as_saved(store: Store) -> None:
    """Two threads that build the same digest get one."""
    saved = store.digests.put(full(store), input_hash="a")
    again = store.digests.put(replace(full(store), missing=()), input_hash="a")
    assert again == saved


def test_digest_of_the_same_key_and_other_input_keeps_its_id(store: Store) -> None:
    """A correction makes a new revision of the digest, not a second digest."""
    saved = store.digests.put(full(store), input_hash="a")
    changed = store.digests.put(
        replace(full(store), items=full(store).items[:1], practical=()), input_hash="b"
    )
    assert (changed.id, changed.revision) == (saved.id, 2)
    assert store.digests.get(saved.id) == changed
    assert store.db.value("SELECT count(*) FROM digests") == 1


def test_find_wants_the_whole_key(store: Store) -> None:
    """Another range, profile, day or kind is another digest."""
    saved = store.digests.put(full(store), input_hash="a")
    key = {"day": DAY, "profile_key": "k", "after": 0, "upto": 4}
    assert store.digests.find("delivery", **key) == saved  # type: ignore[arg-type]
    assert store.digests.find("delivery", **key, input_hash="other") is None  # type: ignore[arg-type]
    assert store.digests.find("day", **key) is None  # type: ignore[arg-type]
    for name, value in (("profile_key", "other"), ("after", 1), ("upto", 5)):
        assert store.digests.find("delivery", **{**key, name: value}) is None  # type: ignore[arg-type]


def test_digests_of_a_day_are_listed_by_kind(store: Store) -> None:
    """Oldest first."""
    first = store.digests.put(full(store), input_hash="a")
    second = store.digests.put(replace(full(store), upto=3), input_hash="a")
    store.digests.put(replace(full(store), kind="day"), input_hash="a")
    assert store.digests.on(DAY, kind="delivery") == [first, second]


def test_missing_digest_is_an_error(store: Store) -> None:
    """With the id in its sentence."""
    with pytest.raises(DigestNotFound, match="7"):
        store.digests.get(7)


def test_sentences_stand_in_columns_of_their_own(store: Store) -> None:
    """Datasette's reader sees article, paragraph, offsets and text, no JSON."""
    saved = store.digests.put(full(store), input_hash="a")
    row = store.db.row("SELECT * FROM digest_sentences WHERE role = 'practical'")
    assert row is not None
    wanted = saved.practical[0]
    assert (row["article_id"], row["paragraph"], row["start_offset"], row["end_offset"], row["text"]) == (
        wanted.article_id,
        wanted.paragraph,
        wanted.span.start,
        wanted.span.end,
        wanted.span.text,
    )


def test_stamp_of_articles_changes_with_what_is_stored_and_not_otherwise(store: Store) -> None:
    """A digest is built anew exactly when its articles changed."""
    before = store.articles.stamp(first=DAY, last=DAY)
    assert store.articles.stamp(first=DAY, last=DAY) == before
    put(store, filler(0), filler(1), filler(2), replace(filler(3), title="改过的标题"))
    changed = store.articles.stamp(first=DAY, last=DAY)
    assert changed != before
    put(store, filler(9), page=2)
    assert store.articles.stamp(first=DAY, last=DAY) != changed
    assert store.articles.stamp(after=0, upto=4) == store.articles.stamp(after=0, upto=4)
