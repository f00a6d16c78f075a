"""From stored pages to a digest."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from digests.day import builder
from digests.day.arrangement import arrange
from digests.day.builder import build_day, build_delivery, build_weekly
from digests.day.material import prepare
from digests.errors import NoArticles
from store.database import Store
from store.models import Digest, PageRef, PageText, ParsedPage, Profile
from store.models.articles import Article as Stored
from tests.digests.newsroom import DAY, NOW, filler, parsed, put
from tests.digests.stories import read

BODY = "县里说，这件事从今年三月起做了半年，前后投入六十万元，二十三个村的人得了好处。村民都说好。"


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store."""
    with Store() as opened:
        yield opened


def delivery(store: Store, profile: Profile | None = None, *, after: int = 0, day: date = DAY) -> Digest:
    """All that arrived since."""
    return build_delivery(
        store,
        profile=profile or Profile(),
        after=after,
        upto=store.articles.newest_id(),
        day=day,
        now=NOW,
    )


def titles(digest: Digest) -> list[str]:
    """The headlines of the items in order."""
    return [item.article.title for item in digest.items]


def test_empty_day_is_an_error_that_knows_the_nearest_days(store: Store) -> None:
    """The bot can offer them."""
    put(store, filler(1), day=DAY - timedelta(days=2))
    put(store, filler(2), day=DAY + timedelta(days=1))
    with pytest.raises(NoArticles, match="2024-07-13 and 2024-07-16") as missing:
        build_day(store, DAY, now=NOW)
    assert (missing.value.before, missing.value.after) == (DAY - timedelta(days=2), DAY + timedelta(days=1))


def test_day_without_an_article_of_the_papers_asked_is_an_error(store: Store) -> None:
    """A digest of nothing would look like a day on which nothing happened."""
    put(store, filler(1))
    with pytest.raises(NoArticles):
        build_day(store, DAY, papers=["柳河时报"], now=NOW)


def test_day_with_one_article_is_its_summary(store: Store) -> None:
    """No points: the item says it all."""
    put(store, filler(1))
    digest = build_day(store, DAY, now=NOW)
    assert [item.tier for item in digest.items] == ["summary"]
    assert digest.points == ()


def test_day_that_a_profile_wants_nothing_of_is_an_empty_digest(store: Store) -> None:
    """Not an error: the day has articles."""
    put(store, filler(1))
    digest = build_day(store, DAY, profile=Profile(follows=("恐龙",), only_matching=True), now=NOW)
    assert digest.items == ()


def test_day_with_sixty_articles_has_twelve_summaries_and_all_headlines(store: Store) -> None:
    """The rest stays in sight as headlines; the points are of different things."""
    for page in range(6):
        put(store, *(filler(10 * page + n) for n in range(10)), page=page + 1)
    digest = build_day(store, DAY, now=NOW)
    tiers = [item.tier for item in digest.items]
    assert digest.article_count == 60
    assert tiers.count("summary") == 12
    assert 3 <= len(digest.points) <= 5
    assert len({quote.article_id for quote in digest.points}) == len(digest.points)


def test_week_of_back_filled_pages_comes_after_todays_as_late(store: Store) -> None:
    """Today leads, what came late is marked, nothing is lost."""
    for back in range(1, 8):
        put(store, *(filler(20 * back + n) for n in range(5)), day=DAY - timedelta(days=back))
    put(store, *(filler(n) for n in range(5)))
    digest = delivery(store)
    late = [item.late for item in digest.items]
    assert late == [False] * 5 + [True] * 35
    assert all(item.tier == "summary" for item in digest.items[:5])
    assert sum(item.tier == "summary" for item in digest.items) <= 12


def test_pages_that_come_a_day_after_print_are_not_late(store: Store) -> None:
    """Where the operator reads yesterday's paper this morning, it is the news; what is older still is late."""
    put(store, *(filler(n) for n in range(3)), day=DAY - timedelta(days=1))
    put(store, *(filler(n) for n in range(30, 33)), day=DAY - timedelta(days=2))
    digest = delivery(store)
    assert [item.late for item in digest.items] == [False] * 3 + [True] * 3
    assert [edition.day for edition in digest.editions] == [DAY - timedelta(days=1)]


def test_page_of_an_edition_sent_before_is_late_the_next_day(store: Store) -> None:
    """Though nothing newer is there; on the same day it is not late yet."""
    put(store, filler(1), page=1)
    first = delivery(store)
    put(store, filler(2), page=2)
    evening = delivery(store, after=first.upto)
    morning = delivery(store, after=first.upto, day=DAY + timedelta(days=1))
    assert [item.late for item in evening.items] == [False]
    assert [item.late for item in morning.items] == [True]


def test_what_is_over_when_the_digest_is_read_is_not_practical(store: Store) -> None:
    """Yesterday's paper announced yesterday's closing and tomorrow's: only the second is of use."""
    notice = parsed("停水通知", "7月14日8时至20时，东关停水。", "7月16日8时至20时，西关停水。", kind="notice")
    put(store, notice, day=DAY - timedelta(days=1))
    assert [quote.span.text for quote in delivery(store).practical] == ["7月16日8时至20时，西关停水。"]


def test_building_twice_returns_the_saved_digest(store: Store) -> None:
    """Same id, same rows, and nothing computed."""
    put(store, *(filler(n) for n in range(8)))
    first = build_day(store, DAY, now=NOW)
    with patch.object(builder, "arrange", side_effect=AssertionError("built again")):
        again = build_day(store, DAY, now=NOW + timedelta(hours=1))
    assert again == first


def test_profiles_with_equal_settings_share_a_digest(store: Store) -> None:
    """Whatever the order in which they were chosen."""
    put(store, filler(1), filler(2))
    one = delivery(store, Profile(places=("青石县", "柳河县"), follows=("剪纸", "校车")))
    other = delivery(store, Profile(places=("柳河县", "青石县"), follows=("校车", "剪纸")))
    assert one == other


def test_reason_does_not_depend_on_the_order_of_the_settings(store: Store) -> None:
    """Two follows and two places match one article: equal settings give the same reason."""
    put(store, parsed("剪纸进校车", BODY, places=["青石县", "柳河县"]))
    put(store, parsed("两县的另一件事", filler(3).body[0], places=["青石县", "柳河县"]), page=2)
    material = prepare(store.articles.on(DAY))
    one = Profile(follows=("剪纸", "校车"), places=("青石县", "柳河县"))
    other = Profile(follows=("校车", "剪纸"), places=("柳河县", "青石县"))
    assert one.key == other.key
    assert arrange(material, one, day=DAY) == arrange(material, other, day=DAY)


def test_corrected_page_gives_a_new_revision_under_the_same_id(store: Store) -> None:
    """What was sent can be edited."""
    put(store, filler(1), filler(2))
    first = delivery(store)
    put(store, replace(filler(1), title="改正后的标题"), filler(2))
    again = delivery(store)
    assert (again.id, again.revision) == (first.id, first.revision + 1)
    assert "改正后的标题" in titles(again)
    assert store.digests.get(again.id) == again


def test_one_story_in_two_papers_is_one_item_with_the_other_beside_it(store: Store) -> None:
    """Led by one, every member kept, the reason says how many ran it."""
    bridge = [one.article for one in read() if one.story == 1][:2]
    for page, told in enumerate(bridge):
        put(store, parsed(told.title, *told.body, places=["柳河县"]), paper=told.paper, page=page + 2)
    put(store, filler(1), page=7)
    digest = build_day(store, DAY, now=NOW)
    first = digest.items[0]
    assert first.article.title == bridge[0].title
    assert [other.title for other in first.also] == [bridge[1].title]
    assert (first.reason.kind, first.reason.text) == ("many", "2")


def put_fire(store: Store) -> tuple[Stored, Stored]:
    """A fire, and three days later its cause."""
    night, cause = [one.article for one in read() if one.story == 15 and one.article.paper == "云岭晚报"]
    put(store, parsed(night.title, *night.body), paper="云岭晚报")
    put(store, parsed(cause.title, *cause.body), paper="云岭晚报", day=DAY + timedelta(days=3))
    return night, cause


def test_follow_up_points_back_to_the_days_before(store: Store) -> None:
    """「前情」 with a link."""
    night, _ = put_fire(store)
    digest = build_day(store, DAY + timedelta(days=3), now=NOW)
    assert [item.previous and item.previous.title for item in digest.items] == [night.title]


def test_follow_up_of_a_muted_article_does_not_point_to_it(store: Store) -> None:
    """Muted is muted."""
    night, _ = put_fire(store)
    digest = build_day(store, DAY + timedelta(days=3), profile=Profile(mutes=("鏖战",)), now=NOW)
    assert night.title.find("鏖战") > 0
    assert [item.previous for item in digest.items] == [None]


def test_story_that_goes_on_in_the_next_delivery_of_a_day_is_a_follow_up(store: Store) -> None:
    """The evening digest points back to the morning's."""
    bridge = [one.article for one in read() if one.story == 1]
    put(store, parsed(bridge[0].title, *bridge[0].body, places=["柳河县"]))
    morning = delivery(store)
    put(store, parsed(bridge[1].title, *bridge[1].body, places=["柳河县"]), paper="云岭晚报")
    evening = delivery(store, after=morning.upto)
    assert [item.previous and item.previous.title for item in evening.items] == [bridge[0].title]
    assert [item.late for item in evening.items] == [False]


def test_threads_that_build_one_digest_at_once_get_one(tmp_path: Path) -> None:
    """Each with a store of its own, as handlers and the schedule have."""
    path = tmp_path / "baozhai.db"
    with Store(path) as store:
        put(store, *(filler(n) for n in range(8)))

    def build(_: int) -> Digest:
        with Store(path) as own:
            return build_day(own, DAY, profile=Profile(places=("青石县",)), now=NOW)

    with ThreadPoolExecutor(4) as threads:
        built = list(threads.map(build, range(4)))
    assert {(digest.id, digest.revision) for digest in built} == {(built[0].id, 1)}
    assert all(digest == built[0] for digest in built)


def test_text_printed_before_does_not_lead(store: Store) -> None:
    """A reprint of yesterday's article stands behind, though it is on the front page."""
    told = read()[0].article
    put(store, parsed(told.title, *told.body), paper="云岭晚报", day=DAY - timedelta(days=1))
    put(store, parsed(told.title, *told.body), page=1)
    put(store, filler(3), page=8)
    digest = build_day(store, DAY, now=NOW)
    assert titles(digest) == [filler(3).title, told.title]
    assert digest.items[1].previous is not None


@pytest.mark.parametrize(
    "weak",
    [
        {"legibility": 0.3},
        {"complete": False},
        {"confidence": 0.1},
        {"title": ""},
        {"kind": "notice"},
        {"kind": "photo"},
    ],
)
def test_weak_articles_never_lead(store: Store, weak: dict[str, object]) -> None:
    """Illegible, cut off, unsure, without headline, notices and photos stand behind what is sound."""
    put(store, replace(parsed("头版头条", BODY * 5), **weak), page=1)  # type: ignore[arg-type]
    put(store, filler(3), page=8)
    assert build_day(store, DAY, now=NOW).items[0].article.title == filler(3).title


def test_photo_is_shown_with_its_article(store: Store) -> None:
    """Not an item of its own, and in the digest once."""
    photo = parsed("", "图为收徒现场。 本报记者 摄", kind="photo", photo_of=0)
    put(store, filler(2), photo, filler(3))
    digest = build_day(store, DAY, now=NOW)
    by_title = {item.article.title: item for item in digest.items}
    assert len(digest.items) == 2
    assert [one.text for one in by_title[filler(2).title].photos] == [photo.body[0]]


def test_photo_of_a_muted_article_is_muted(store: Store) -> None:
    """Though its caption does not have the word."""
    photo = parsed("", "图为活动现场。 本报记者 摄", kind="photo", photo_of=0)
    put(store, filler(2), photo, filler(3))
    digest = delivery(store, Profile(mutes=("收徒",)))
    assert [article.title for article in digest.articles.values()] == [filler(3).title]


def test_followed_article_leads_and_says_why(store: Store) -> None:
    """Before the front page."""
    put(store, *(filler(n) for n in range(6)), page=1)
    put(store, parsed("红薯粉条卖到海外", BODY), page=8)
    digest = delivery(store, Profile(follows=("红薯",), places=("青石县",)))
    first = digest.items[0]
    assert first.article.title == "红薯粉条卖到海外"
    assert (first.section, first.reason.kind, first.reason.text) == ("", "follow", "红薯")


def test_text_that_is_no_rule_matches_nothing(store: Store) -> None:
    """An old setting must not stop a digest."""
    put(store, filler(1))
    digest = delivery(store, Profile(follows=("-",), mutes=("",)))
    assert [item.reason.kind for item in digest.items] == ["front"]


def test_own_places_come_before_papers(store: Store) -> None:
    """Under the place's name."""
    put(store, filler(1), page=1)
    put(store, parsed("水库除险加固完工", BODY, places=["青石县"]), paper="云岭晚报", page=6)
    digest = delivery(store, Profile(places=("青石县",)))
    assert [item.section for item in digest.items] == ["青石县", "news"]


def test_order_by_paper_is_the_printed_order(store: Store) -> None:
    """For those who want to leaf through."""
    put(store, filler(4), filler(5), page=2)
    put(store, filler(1), filler(2), page=1)
    digest = delivery(store, Profile(order="paper"))
    assert titles(digest) == [filler(n).title for n in (1, 2, 4, 5)]


def test_order_by_place_gives_every_place_its_heading(store: Store) -> None:
    """The reader's own first."""
    put(store, parsed("青石的事情", BODY, places=["青石县"]), page=1)
    put(store, parsed("柳河另一件事", filler(3).body[0], places=["柳河县"]), page=5)
    digest = delivery(store, Profile(places=("柳河县",), order="place"))
    assert [item.section for item in digest.items] == ["柳河县", "青石县"]


def test_lengths(store: Store) -> None:
    """Headlines alone, or two sentences, or up to four, where each tells something."""
    villages = "柳沟槐树杏坪石桥南庄北庄东坡西坡上河"
    told = [
        f"{villages[2 * n : 2 * n + 2]}村今年修好水渠{n + 2}公里，新增水浇地{(n + 3) * 110}亩，惠及{(n + 4) * 37}户村民。"
        for n in range(9)
    ]
    long = parsed("一年大事记", *told)
    put(store, long, filler(51), filler(52))
    quotes = {}
    for length in ("titles", "summaries", "detailed"):
        digest = delivery(store, Profile(length=length))  # type: ignore[arg-type]
        item = next(item for item in digest.items if item.article.title == long.title)
        quotes[length] = [quote.span.text for quote in item.quotes]
    assert quotes["titles"] == []
    assert len(quotes["summaries"]) <= 2 < len(quotes["detailed"]) <= 4


def test_page_full_of_long_features_does_not_take_all_summaries(store: Store) -> None:
    """Three of a page at most while other pages wait."""
    put(
        store,
        *(parsed(filler(n).title, *[filler(200 + 10 * n + m).body[0] for m in range(9)]) for n in range(12)),
        page=1,
    )
    for page in range(2, 8):
        put(store, filler(20 + 2 * page), filler(21 + 2 * page), page=page)
    digest = build_day(store, DAY, now=NOW)
    front = [item for item in digest.items if item.article.page == 1 and item.tier == "summary"]
    assert len(front) == 3


def test_header_has_what_was_read_and_what_is_missing(store: Store) -> None:
    """A paper read every day before and not today is missed; one that the profile does not want is not."""
    for back in (1, 2, 3):
        for paper in ("云岭日报", "云岭晚报", "柳河时报"):
            put(store, filler(30 * back), paper=paper, day=DAY - timedelta(days=back))
    put(store, filler(1), page=1)
    put(store, filler(2), page=3)
    digest = build_day(store, DAY, profile=Profile(papers=("云岭日报", "云岭晚报")), now=NOW)
    assert [(edition.paper, edition.pages) for edition in digest.editions] == [("云岭日报", (1, 3))]
    assert digest.missing == ("云岭晚报",)


def test_weekly_review_has_the_best_of_seven_days(store: Store) -> None:
    """Twelve items, none of them late, none older than the week."""
    for back in range(9):
        put(store, *(filler(10 * back + n) for n in range(5)), day=DAY - timedelta(days=back))
    digest = build_weekly(store, Profile(), DAY, NOW)
    days = {item.article.day for item in digest.items}
    assert len(digest.items) == 12
    assert min(days) >= DAY - timedelta(days=6)
    assert len(days) > 3
    assert (digest.editions, digest.missing) == ((), ())
    assert not any(item.late for item in digest.items)


def test_page_without_articles_still_counts_as_read(store: Store) -> None:
    """The header changes though no article did."""
    put(store, filler(1))
    first = build_day(store, DAY, now=NOW)
    store.editions.put(
        PageRef("云岭日报", DAY, 2), PageText(("广告",)), ParsedPage(()), source="made", now=NOW
    )
    again = build_day(store, DAY, now=NOW)
    assert (first.editions[0].pages, again.editions[0].pages) == ((1,), (1, 2))


@pytest.mark.parametrize("day", [date.min, date(1, 1, 3), date(1599, 12, 31)])
def test_day_before_all_newspapers_has_no_articles(store: Store, day: date) -> None:
    """What looks back from the year 1 falls off the calendar."""
    with pytest.raises(NoArticles):
        build_day(store, day, now=NOW)
