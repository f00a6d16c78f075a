"""Stories: copies, one event told differently, and how often that is right."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

from digests.day.clusters import SAME_STORY, Index, group, likeness
from digests.day.facts import facts
from tests.digests.newsroom import article
from tests.digests.stories import read


def scored() -> list[tuple[float, bool, int]]:
    """(score, whether one story, which half of the stories the first is of) of all pairs."""
    pairs = []
    for one, other in combinations(read(), 2):
        alike = likeness(facts(one.article), facts(other.article))
        score = max(alike.score, float(alike.copy))
        pairs.append((score, one.story == other.story, one.story // 2 % 2))
    return pairs


def precision_and_recall(pairs: list[tuple[float, bool, int]], threshold: float) -> tuple[float, float]:
    """Of the pairs at or over the threshold."""
    found = [same for score, same, _ in pairs if score >= threshold]
    return sum(found) / len(found), sum(found) / sum(same for _, same, _ in pairs)


def test_threshold_is_the_best_for_half_of_the_stories_and_holds_for_the_other() -> None:
    """Half of the labelled stories chooses the threshold (best F1), the other half judges it (docs/digest.md)."""
    chosen, judge = ([pair for pair in scored() if pair[2] == half] for half in (0, 1))

    def f1(threshold: float) -> float:
        precision, recall = precision_and_recall(chosen, threshold)
        return 2 * precision * recall / (precision + recall)

    best = max((step / 100 for step in range(8, 41, 2)), key=f1)
    assert best == SAME_STORY
    precision, recall = precision_and_recall(judge, SAME_STORY)
    assert precision >= 0.95
    assert recall >= 0.75


def test_precision_and_recall_over_all_labelled_pairs() -> None:
    """What docs/digest.md reports."""
    pairs = scored()
    precision, recall = precision_and_recall(pairs, SAME_STORY)
    print(f"{len(pairs)} pairs, precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.9
    assert recall >= 0.8


def test_copy_with_another_headline_and_lead_is_found() -> None:
    """A reprint that cuts the lead is a copy all the same."""
    body = read()[0].article.body
    reprint = article("转载", *("编者按：下面这篇文章值得一读。", *body[1:], body[0][60:]), article_id=2)
    alike = likeness(facts(replace(read()[0].article, id=1)), facts(reprint))
    assert alike.copy


def test_same_kind_of_event_in_another_county_is_another_story() -> None:
    """Two free clinics, two counties."""
    stories = {one.story: one.article for one in read()}
    assert not likeness(facts(stories[5]), facts(stories[6])).same_story


def test_groups_do_not_depend_on_the_order_in_which_articles_are_indexed() -> None:
    """Shuffled, the same groups come out."""
    entries = [facts(one.article) for one in read()]
    expected = None
    for seed in range(3):
        random.Random(seed).shuffle(entries)
        index = Index(entries)
        ordered = sorted(entries, key=lambda entry: entry.article.id)
        cosines = {entry.article.id: index.cosines(entry) for entry in entries}
        groups = {frozenset(one.ids) for one in group(ordered, cosines, index)}
        expected = expected or groups
        assert groups == expected


def test_index_finds_what_comparing_each_with_each_finds() -> None:
    """Nothing of the same story is missed for speed."""
    entries = [facts(one.article) for one in read()]
    index = Index(entries)
    for entry in entries:
        expected = {
            other.article.id for other in entries if other is not entry and likeness(entry, other).same_story
        }
        found = {article_id for _, article_id in index.same_story(entry, index.cosines(entry))}
        assert found == expected
