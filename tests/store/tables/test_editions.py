"""Pages go in with their articles; corrected pages keep what is the same."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Store
from store.errors import ArticleNotFound
from store.models import (
    Byline,
    MentionedDate,
    PageRef,
    PageText,
    ParsedArticle,
    ParsedPage,
    Person,
    Place,
    SetAside,
    Warning_,
)

NOW = datetime(2026, 11, 19, 1, tzinfo=UTC)
REF = PageRef("清水日报", date(2026, 11, 19), 3)


def page(*articles: ParsedArticle) -> tuple[PageText, ParsedPage]:
    """A page text that differs whenever its articles do."""
    return PageText(tuple(repr(article) for article in articles)), ParsedPage(articles)


def article(title: str, *body: str) -> ParsedArticle:
    """A plain article."""
    return ParsedArticle("article", title, body or (f"{title}的正文，说的是村里的事情。",))


def put(store: Store, *articles: ParsedArticle):
    """Store a page of these."""
    text, parsed = page(*articles)
    return store.editions.put(REF, text, parsed, source="a.txt", now=NOW)


def test_same_page_twice_changes_nothing() -> None:
    """Reading a folder again is harmless."""
    store = Store()
    first = put(store, article("新桥通车"))
    assert put(store, article("新桥通车")).outcome == "unchanged"
    assert [a.id for a in store.articles.on(REF.day)] == list(first.added)


def test_corrected_page_keeps_ids_of_what_is_the_same_and_removes_what_is_gone() -> None:
    """A corrected word is a revision; another article is another id; a lost one is removed but readable."""
    store = Store()
    ids = put(
        store,
        article("新桥通车", "清水村新桥昨天正式通车，村民出行方便。"),
        article("小麦丰收"),
        article("供暖开始"),
    ).added
    change = put(
        store,
        article("供暖开始"),
        article("新桥通车", "清水村新桥今天正式通车，村民出行方便。"),
        article("果园飘香"),
    )
    assert (change.outcome, change.changed, change.removed) == ("updated", (ids[0],), (ids[1],))
    stored = store.articles.on(REF.day)
    assert [(a.title, a.id) for a in stored[:2]] == [("供暖开始", ids[2]), ("新桥通车", ids[0])]
    assert stored[1].revision == 2 and stored[2].id > ids[2]
    assert store.articles.get(ids[1]).removed


def test_everything_of_an_article_comes_back() -> None:
    """Nothing of a parsed article is lost in the rows."""
    store = Store()
    whole = ParsedArticle(
        "article",
        "标题",
        ("一段", "二段"),
        kicker="引题",
        subtitle="副题",
        byline=Byline("记者 甲乙 丙丁 摄", ("甲乙",), ("戊己",), ("丙丁",)),
        subheads=(("小标题", 1),),
        places=(Place("夏县", "county", "140828", "运城市", 2),),
        people=(Person("庚辛", "村支书"),),
        dates=(MentionedDate("昨天", date(2026, 11, 18), None),),
        lines=((1, 3),),
        confidence=0.5,
        legibility=0.9,
        complete=False,
    )
    photo = ParsedArticle("photo", "", ("图为新桥。",), photo_of=0)
    first, second = put(store, whole, photo).added
    found = store.articles.get(first)
    for name in (
        "kind",
        "title",
        "body",
        "kicker",
        "subtitle",
        "byline",
        "subheads",
        "places",
        "people",
        "dates",
        "confidence",
        "legibility",
        "complete",
    ):
        assert getattr(found, name) == getattr(whole, name), name
    assert store.articles.get(second).photo_of == first


def test_pieces_and_warnings_are_kept_with_the_page() -> None:
    """What the parser put aside can be looked up."""
    store = Store()
    parsed = ParsedPage(
        (article("甲"),), (SetAside("banner", "栏目", 1, 1),), (Warning_("repeat", "repeated", 4),), 0.7
    )
    store.editions.put(REF, PageText(("甲",)), parsed, source="a.txt", now=NOW)
    assert tuple(store.db.row("SELECT role, text FROM page_pieces")) == ("banner", "栏目")
    assert tuple(store.db.row("SELECT code, line FROM page_warnings")) == ("repeat", 4)


def test_failed_page_leaves_nothing() -> None:
    """All of a page goes in, or nothing of it."""
    store = Store()
    with pytest.raises(ValueError), store.transaction():
        put(store, article("甲"))
        raise ValueError
    assert store.articles.count() == 0 and store.editions.papers() == []


def test_editions_tell_pages_read_and_usual_number() -> None:
    """An edition with six pages after one with eight shows what is missing."""
    store = Store()
    for day, numbers in ((date(2026, 11, 18), range(1, 9)), (REF.day, range(1, 7))):
        for number in numbers:
            text, parsed = page(article(f"{day}{number}"))
            store.editions.put(replace(REF, day=day, number=number), text, parsed, source="", now=NOW)
    edition = store.editions.on(REF.day)[0]
    assert (edition.pages, edition.expected_pages, edition.articles) == ((1, 2, 3, 4, 5, 6), 8, 6)
    assert store.editions.latest_day() == REF.day
    assert store.editions.days_around(REF.day) == (date(2026, 11, 18), None)


def test_unknown_article_is_named() -> None:
    """A wrong number is a sentence."""
    with pytest.raises(ArticleNotFound, match="no article 7"):
        Store().articles.get(7)


def test_newest_before_a_day_is_the_id_before_its_first_article() -> None:
    """A new subscriber's first digest starts at the first article of the latest edition."""
    store = Store()
    assert store.articles.newest_before(REF.day) == 0
    put(store, article("甲"))
    assert store.articles.newest_before(REF.day) == 0
    assert store.articles.newest_before(date(2026, 11, 20)) == 1


@settings(max_examples=30, deadline=None)
@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_text_survives_storing(title: str, body: list[str]) -> None:
    """Whatever characters a page holds, storing does not fail and keeps all that UTF-8 can hold."""
    store = Store()
    put(store, ParsedArticle("article", title, tuple(body)))
    assert store.articles.count() == 1
    assert store.articles.on(REF.day)[0].title == title.replace("\0", "\ufffd")


@given(
    st.lists(st.sampled_from(["新桥通车", "小麦丰收", "供暖开始", "果园飘香"]), unique=True, min_size=1),
    st.data(),
)
@settings(max_examples=30, deadline=None)
def test_reordered_page_keeps_every_id(titles: list[str], data: st.DataObject) -> None:
    """Identity does not hang on the order."""
    store = Store()
    ids = dict(zip(titles, put(store, *map(article, titles)).added, strict=True))
    put(store, *map(article, data.draw(st.permutations(titles))))
    assert {a.title: a.id for a in store.articles.on(REF.day)} == ids


def test_page_read_by_an_older_parser_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same text is worth parsing again once the parser's number has risen; the articles keep their ids."""
    store = Store()
    monkeypatch.setattr("store.tables.editions.PARSER", "1")
    first = put(store, article("新桥通车"))
    text, parsed = page(article("新桥通车"))
    monkeypatch.undo()
    assert not store.editions.is_unchanged(REF, "\n".join(text.lines))
    again = store.editions.put(REF, text, parsed, source="a.txt", now=NOW)
    assert again.outcome == "updated" and again.added == () and again.page_id == first.page_id
    assert store.editions.is_unchanged(REF, "\n".join(text.lines))
