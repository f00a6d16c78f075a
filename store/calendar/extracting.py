"""Article → dated notices: one record for each thing a reader can go to, must do or must know; pure.

A notice is announced (a closing, a clinic, a deadline) and still ahead. What has happened, what is only planned or
counted, and a telephone number alone is none. Sentences stay as printed: where the number stands in the next
sentence, the span goes on to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from store.calendar import days, details, kinds
from store.models.calendar import Found
from store.models.pages import Place

MAX_CHARS = 150
"""A longer sentence is cut to the clauses around its day."""
MIN_CHARS = 8
MOST = 12
"""Notices of one article; a table of forty lines is no calendar."""
LEAST = 2.0
_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)]*|$)")
_MAYBE = re.compile(r"\d|[一二三四五六日天末]|明天|今起|即日|后天|底")
_OPENING = re.compile(
    r"^(?:(?:近日|日前|昨日|昨天|今日|连日来)?[，,]?(?:[一-鿿]{0,12}记者)?(?:从[^，。]{2,24}(?:获悉|了解到)|据[^，。]{2,20}(?:消息|介绍|通报|公告|通知)|[^，。]{2,16}(?:获悉|了解到))[，,：:])"
)
_WORDS_OF_SOMEBODY = re.compile(r"[“\"「].*?[”\"」]")


def find(
    title: str,
    body: Sequence[str],
    *,
    printed: date,
    kind: str = "article",
    places: Sequence[Place] = (),
) -> tuple[Found, ...]:
    """The notices in an article, in its order. `kind` is the article's; `places` what it is about."""
    if not any(_MAYBE.search(paragraph) for paragraph in body):
        return ()
    counties = _counties(places)
    about = kinds.kind_of(title)
    listed = about or next((said for one in body[:4] if (said := kinds.kind_of(one))), None)
    found: list[Found] = []
    for number, paragraph in enumerate(body):
        sentences = [m for m in _SENTENCE.finditer(paragraph) if m[0].strip()]
        depth = 0
        for index, match in enumerate(sentences):
            inside, depth = depth, _depth(match[0], depth)
            if inside or not _MAYBE.search(match[0]):
                continue
            start, end = _fitted(paragraph, match.start(), match.end())
            one = _found(
                paragraph,
                start,
                end,
                number,
                title,
                printed,
                about,
                counties,
                listed=listed if kind == "notice" or _is_line(paragraph, number, body) else None,
            )
            if one is None:
                continue
            rest = paragraph[end : sentences[min(index + 4, len(sentences) - 1)].end()]
            found.append(_with_next(one, paragraph, rest, body[number + 1 : number + 4], counties))
    return _distinct(found)[:MOST]


def _depth(text: str, depth: int) -> int:
    return max(0, depth + sum(c in "“「『" for c in text) - sum(c in "”」』" for c in text))


def _counties(places: Sequence[Place]) -> tuple[str, ...]:
    names: list[str] = []
    for level in ("county", "city"):
        for place in places:
            if place.level == level:
                names.append(place.name)
    return tuple(dict.fromkeys(names))


def _fitted(paragraph: str, start: int, end: int) -> tuple[int, int]:
    """The sentence without what says where the reporter has it from, cut to whole clauses when it is too long."""
    text = paragraph[start:end]
    opening = _OPENING.match(text)
    if opening and days.DAY.search(text, opening.end()):
        start += opening.end()
        text = paragraph[start:end]
    lead = len(text) - len(text.lstrip())
    start, end = start + lead, end - (len(text) - len(text.rstrip()))
    if end - start <= MAX_CHARS:
        return start, end
    text = paragraph[start:end]
    anchor = next((m.start() for m in days.DAY.finditer(text)), 0)
    cuts = [0, *(m.end() for m in re.finditer("[，,：:]", text)), len(text)]
    first = max(cut for cut in cuts if cut <= anchor)
    last = max(
        [cut for cut in cuts if first < cut <= first + MAX_CHARS], default=min(len(text), first + MAX_CHARS)
    )
    return start + first, start + last


def _found(
    paragraph: str,
    start: int,
    end: int,
    number: int,
    title: str,
    printed: date,
    about: str | None,
    counties: tuple[str, ...],
    *,
    listed: str | None,
) -> Found | None:
    text = paragraph[start:end]
    if len(text) < MIN_CHARS:
        return None
    when = days.find(text, printed)
    label = bool(kinds.LABEL.search(text)) or listed is not None
    kind = kinds.kind_of(text) or listed or (about if label or _offers(text, when, printed) else None)
    if kind is None and label and when.days:
        kind = "show"
    if kind is None:
        return None
    expires = days.expiry(when, printed)
    if when.days and expires < printed:
        return None
    if when.days and when.is_open and when.first is not None and when.first < printed - timedelta(days=7):
        return None
    hours, price = details.hours_in(text), details.price_in(text)
    if not when.days and not when.weekdays and not (hours and _standing(text)):
        return None
    score = _score(text, when, printed, kind, about, hours, price, label)
    if score < LEAST:
        return None
    phone = details.phone_in(text)
    taken = [*when.spans, *(m.span() for m in details.HOURS.finditer(text))]
    if phone:
        taken.append((phone[1], phone[2]))
    where = details.place_in(text, taken, counties)
    place = next((county for county in counties if county in text or county in title), "")
    return Found(
        kind=kinds.kind_of(text) or kinds.kind_of(title) or "show",
        first=when.first,
        last=when.last,
        expires=expires,
        is_open=when.is_open,
        deadline=when.deadline,
        weekdays=when.weekdays,
        hours=hours,
        what=kinds.named(text) or kinds.named(title),
        where=where,
        place=place or (counties[0] if len(counties) == 1 else ""),
        price=price,
        phone=phone[0] if phone else "",
        paragraph=number,
        start=start,
        end=end,
        text=text,
        score=score,
    )


def _offers(text: str, when: days.When, printed: date) -> bool:
    """Below a headline that announces, a day to come is the announced one's."""
    if not any(day > printed for day in when.days):
        return False
    report = kinds.DONE.search(text) or kinds.PLAN.search(text) or kinds.CAMPAIGN.search(text)
    return bool(kinds.OFFER.search(text)) or not report


def _is_line(paragraph: str, number: int, body: Sequence[str]) -> bool:
    """A short line of day and hour or place, in a list or below 「活动时间：」."""
    if len(paragraph) > 60 or not days.DAY.search(paragraph):
        return False
    below = number and re.search(r"(?:时间|地点|日期|安排|日程)[^。]{0,8}[：:]?\s*$", body[number - 1])
    if paragraph.rstrip().endswith("。") and not re.search(r"\d[:：]\d\d|\d[时点]", paragraph):
        return bool(below)
    listed = re.match(
        r"\s*(?:第[一二三四五六七八九十\d]+[期场讲站]|[^，。：:\s]{1,8}[：:]|\d{1,2}[月./])", paragraph
    )
    return bool(below or listed)


def _standing(text: str) -> bool:
    """Hours without a day: what holds every day."""
    return bool(
        re.search("每[天日晚]|首[班发]|末班|营业|开放|办公|工作日|周末|禁止|限行|逢", text)
        and not kinds.STATISTIC.search(text)
    )


def _score(
    text: str,
    when: days.When,
    printed: date,
    kind: str,
    about: str | None,
    hours: tuple[str, ...],
    price: tuple[str, ...],
    label: bool,
) -> float:
    told = _WORDS_OF_SOMEBODY.sub("", text)
    ahead = [day for day in when.days if day >= printed]
    score = 1.0 if kinds.is_strong(text) else 0.6
    if about is not None:
        score += 0.5
    score += 0.4 * (kind in ("outage", "traffic"))
    score += 1.0 * bool(ahead) + 0.5 * bool(when.weekdays) + 0.5 * (when.is_open and not ahead)
    score += 0.6 * bool(hours) + 0.4 * bool(price) + 0.5 * label
    score += 0.5 * bool(kinds.OFFER.search(told)) + 0.4 * bool(details.phone_in(text))
    score += 0.5 * (when.deadline or len(set(when.days)) > 1)
    score -= 1.6 * bool(kinds.DONE.search(told)) + 1.8 * bool(kinds.PLAN.search(told))
    score -= 1.2 * bool(kinds.CAMPAIGN.search(told)) + 1.6 * bool(kinds.STATISTIC.search(told))
    score -= 1.5 * bool(kinds.QUOTED.match(text))
    if when.days and when.days[0] < printed and not when.is_open and len(ahead) < len(when.days):
        score -= 0.4  # it begins with something past
    if not when.days:
        score -= 0.4
    if when.last == printed and not when.is_open and len(set(when.days)) == 1 and not when.deadline:
        score -= 0.7  # of today a paper tells mostly what happens elsewhere
    return score


def _with_next(
    one: Found, paragraph: str, rest: str, later: Sequence[str], counties: tuple[str, ...]
) -> Found:
    """The notice with the number, the price and the place that the next sentences add."""
    if not one.phone:
        phone = details.phone_in(rest)
        if phone is not None and phone[1] < 90:
            until = re.compile(r"[，,。；;！!]").search(rest, phone[2])
            stop = one.end + (until.end() if until and until.end() - phone[2] < 12 else phone[2])
            one = replace(one, phone=phone[0])
            if stop - one.start <= MAX_CHARS + 60:
                one = replace(one, end=stop, text=paragraph[one.start : stop])
        elif not rest.strip():
            for line in later:
                phone = details.phone_in(line)
                if phone is not None and len(line) < 60:
                    one = replace(one, phone=phone[0])
                    break
    if not one.price:
        one = replace(one, price=details.price_in(rest[:60]))
    if not one.where:
        for line in [rest, *later]:
            named = re.search(r"(?:地\s?[点址]|活动地点|集合地)[^：:]{0,6}[：:为]\s?([^。；;\n]{2,40})", line)
            if named:
                one = replace(one, where=named[1].strip())
                break
    return one


def _distinct(found: list[Found]) -> tuple[Found, ...]:
    """Without those that say of the same days less than another one, or lie inside its sentence."""
    kept: list[Found] = []
    for one in found:
        inside = any(
            other.paragraph == one.paragraph and other.start <= one.start and one.end <= other.end
            for other in kept
        )
        if not inside:
            kept.append(one)
    return tuple(kept)
