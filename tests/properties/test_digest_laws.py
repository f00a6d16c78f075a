"""Laws of digests over any articles and any settings."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import lxml.html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digests import render
from digests.day.arrangement import ROOMS, arrange
from digests.day.builder import build_day, build_delivery
from digests.day.material import prepare
from digests.day.selection import wanted
from store.database import Store
from store.models import Article, Digest, Place, Profile, Quote
from store.models.digests import HEADLINE
from tests.digests.newsroom import DAY, NOW, article, put_labelled
from tests.digests.stories import Labelled, read

PAPERS = ("云岭日报", "云岭晚报", "柳河时报")
COUNTIES = ("青石县", "柳河县")
WORDS = ("大桥", "托管班", "苹果", "停水 -公告", "火灾|暴雨", "云岭晚报", "樊建军", "8000名")
MARKS = "。！？；，、：“”（）…\n 　1２a😀𠮷é"

bodies = st.one_of(
    st.sampled_from([one.article.body for one in read()]),
    st.lists(
        st.text(alphabet=st.sampled_from("县市村民大桥通车果农苹果停水电话元日月" + MARKS), max_size=60).map(
            lambda text: text.replace("\n", "")
        ),
        max_size=4,
    ).map(tuple),
)
profiles = st.builds(
    Profile,
    papers=st.lists(st.sampled_from(PAPERS), max_size=2, unique=True).map(tuple),
    places=st.lists(st.sampled_from((*COUNTIES, "云岭市")), max_size=2, unique=True).map(tuple),
    follows=st.lists(st.sampled_from(WORDS), max_size=3, unique=True).map(tuple),
    mutes=st.lists(st.sampled_from(WORDS), max_size=1, unique=True).map(tuple),
    length=st.sampled_from(("titles", "summaries", "detailed")),
    order=st.sampled_from(("importance", "place", "paper")),
    only_matching=st.booleans(),
)


@st.composite
def days(draw: st.DrawFn) -> list[Article]:
    """Articles of a few days, as the store would hold them."""
    count = draw(st.integers(0, 14))
    found = []
    for number in range(1, count + 1):
        title = draw(st.sampled_from([one.article.title for one in read()] + ["", "短讯"]))
        found.append(
            article(
                title,
                *draw(bodies),
                article_id=number,
                paper=draw(st.sampled_from(PAPERS)),
                day=DAY - timedelta(days=draw(st.integers(0, 2))),
                page=draw(st.integers(1, 4)),
                position=draw(st.integers(0, 5)),
                kind=draw(st.sampled_from(("article", "article", "article", "photo", "notice"))),
                places=tuple(
                    Place(name, "county", city="云岭市") for name in draw(st.sets(st.sampled_from(COUNTIES)))
                ),
                legibility=draw(st.sampled_from((1.0, 0.4))),
                complete=draw(st.booleans()),
                photo_of=draw(st.sampled_from((None, None, *range(1, count + 1)))),
            )
        )
    return found


def is_span(quote: Quote, articles: dict[int, Article]) -> bool:
    """Whether the quote is in its article where it says."""
    article = articles[quote.article_id]
    paragraph = article.title if quote.paragraph == HEADLINE else article.body[quote.paragraph]
    return bool(quote.span.text) and paragraph[quote.span.start : quote.span.end] == quote.span.text


@settings(max_examples=60, deadline=None)
@given(days(), profiles)
def test_every_sentence_is_a_span_of_its_article_and_budgets_hold(
    articles: list[Article], profile: Profile
) -> None:
    """Quote, never invent; no more sentences or characters than the length allows, for any text."""
    arranged = arrange(prepare(articles), profile, day=DAY)
    by_id = {one.id: one for one in articles}
    room = ROOMS[profile.length]
    shown = {one.id for item in arranged.items for one in item.articles}
    for item in arranged.items:
        assert all(quote.article_id == item.article.id and is_span(quote, by_id) for quote in item.quotes)
        assert len(item.quotes) <= room.sentences
        assert sum(len(quote.span.text) for quote in item.quotes) <= room.characters
        assert all(is_span(quote, by_id) for quotes in item.differing for quote in quotes)
        assert item.reason.kind
    assert sum(item.tier == "summary" for item in arranged.items) <= room.items
    for quote in (*arranged.points, *arranged.practical):
        assert is_span(quote, by_id)
        assert quote.article_id in shown
    assert len(arranged.points) in (0, 3, 4, 5)
    assert all(len(quote.span.text) <= 60 for quote in arranged.points)


@settings(max_examples=60, deadline=None)
@given(days(), profiles)
def test_wanted_articles_are_in_the_digest_once_and_others_not_at_all(
    articles: list[Article], profile: Profile
) -> None:
    """As an item, beside one of the same story, or as its photo."""
    material = prepare(articles)
    arranged = arrange(material, profile, day=DAY)
    there = sorted(one.id for item in arranged.items for one in item.articles)
    assert there == sorted(wanted(material.facts.values(), profile, material, material.facts))


@settings(max_examples=30, deadline=None)
@given(days(), profiles, st.text(max_size=20))
def test_page_and_feed_are_well_formed_for_any_text(
    articles: list[Article], profile: Profile, odd: str
) -> None:
    """Whatever a scan puts into a headline, an XML parser reads the feed and the page holds every item."""
    articles = [replace(one, title=one.title + odd, kicker=odd) for one in articles]
    arranged = arrange(prepare(articles), profile, day=DAY)
    digest = Digest(
        id=1,
        kind="day",
        day=DAY,
        profile_key=profile.key,
        after=0,
        upto=0,
        built_at=NOW,
        items=arranged.items,
        points=arranged.points,
        practical=arranged.practical,
    )
    feed = ElementTree.fromstring(render.atom([digest], "https://news.example/?a=1&b=2").encode("utf-8"))
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == len(digest.items)
    page = lxml.html.fromstring(render.html(digest).encode("utf-8"))
    assert sorted(f"a{item.article.id}" for item in digest.items) == sorted(page.xpath("//article/@id"))
    json.dumps(render.as_json(digest))


@settings(max_examples=40, deadline=None)
@given(days(), profiles, st.randoms(use_true_random=False))
def test_order_does_not_depend_on_the_order_of_the_input(
    articles: list[Article], profile: Profile, chance: object
) -> None:
    """Shuffled articles and settings give the same digest."""
    shuffled = list(articles)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    turned = replace(
        profile,
        papers=profile.papers[::-1],
        places=profile.places[::-1],
        follows=profile.follows[::-1],
        mutes=profile.mutes[::-1],
    )
    assert arrange(prepare(shuffled), turned, day=DAY) == arrange(prepare(articles), profile, day=DAY)


@settings(max_examples=40, deadline=None)
@given(days(), profiles, st.integers(1, 40))
def test_adding_unrelated_articles_never_removes_a_followed_one(
    articles: list[Article], profile: Profile, more: int
) -> None:
    """Nor does it put one behind another section."""
    unrelated = [
        article("球", "赛" * 30 + str(number), article_id=100 + number, page=1, paper=PAPERS[0])
        for number in range(more)
    ]

    def followed(day: list[Article]) -> set[int]:
        items = arrange(prepare(day), profile, day=DAY).items
        return {one.id for item in items if item.reason.kind == "follow" for one in item.articles}

    assert followed(articles) <= followed(articles + unrelated)


@settings(max_examples=40, deadline=None)
@given(days(), profiles)
def test_what_may_not_lead_stands_behind_what_may_in_each_section(
    articles: list[Article], profile: Profile
) -> None:
    """Illegible, cut off, photo, notice: behind."""
    material = prepare(articles)
    sections: dict[tuple[str, bool], list[bool]] = {}
    for item in arrange(material, profile, day=DAY).items:
        key = (item.section, item.late and bool(item.section))
        sections.setdefault(key, []).append(material.is_sound(item.article.id))
    for sound in sections.values():
        assert sound == sorted(sound, reverse=True)


@cache
def newsroom() -> tuple[Store, int]:
    """A store with the labelled articles of July, as they came in day by day."""
    store = Store()
    some = sorted(
        (one for one in read() if one.article.day.month == 7),
        key=lambda one: (one.article.day, one.article.id),
    )
    late: list[Labelled] = some[5:8]  # of an early day, in the middle of the month
    put_labelled(store, [*some[:5], *some[8:30], *late, *some[30:]])
    return store, store.articles.newest_id()


def build(store: Store, profile: Profile, after: int, upto: int, day: date) -> Digest:
    """A delivery."""
    return build_delivery(store, profile=profile, after=after, upto=upto, day=day, now=NOW)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles, st.sets(st.integers(1, 45), max_size=5))
def test_any_split_of_arrivals_gives_every_wanted_article_exactly_once(
    profile: Profile, cuts: set[int]
) -> None:
    """However a subscriber's hours fall, the union of the digests is what one digest over all would have."""
    store, newest = newsroom()
    whole = build(store, profile, 0, newest, DAY)
    borders = [0, *sorted(cut for cut in cuts if cut < newest), newest]
    seen: list[int] = []
    counted = 0
    for after, upto in pairwise(borders):
        digest = build(store, profile, after, upto, DAY)
        seen += digest.articles
        counted += digest.article_count
    assert sorted(seen) == sorted(whole.articles)
    assert counted == len(seen) == len(set(seen))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles)
def test_building_twice_gives_the_same_rows(profile: Profile) -> None:
    """And what is read back is what was built."""
    store, newest = newsroom()
    first = build(store, profile, 0, newest, DAY)
    rows = store.db.value("SELECT count(*) FROM digest_sentences")
    assert build(store, profile, 0, newest, DAY) == first
    assert store.digests.get(first.id) == first
    assert store.db.value("SELECT count(*) FROM digest_sentences") == rows


def test_two_stores_with_equal_pages_give_equal_digests() -> None:
    """Nothing depends on what the process did before."""
    digests = []
    for _ in range(2):
        with Store() as store:
            put_labelled(store, read())
            digests.append(build_day(store, date(2024, 7, 19), now=NOW))
    assert digests[0] == digests[1]
