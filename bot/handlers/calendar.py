"""/services (办事): what is ahead by date, the reader's places first; filters; reminders."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.arrivals.reminders import LEADS, due_at
from bot.handlers import follow
from bot.handlers.exchange import Reply, Request, tell
from bot.messages.calendar import KINDS, compose_calendar, compose_question, event_line, is_mine
from bot.messages.callbacks import encode
from bot.texts import plain, say, short_date
from store.database import Store
from store.models.calendar import Event
from store.models.delivery import Button, Part
from store.places import find as find_places

NEAR_PLACES = 6
KIND_WORDS = {
    "停水": "outage", "停电": "outage", "停气": "outage", "停暖": "outage", "停水停电": "outage",
    "交通": "traffic", "公交": "traffic", "限行": "traffic", "封路": "traffic",
    "招聘": "jobs", "招工": "jobs", "面试": "jobs",
    "义诊": "clinic", "健康": "clinic", "体检": "clinic", "疫苗": "clinic", "义诊健康": "clinic",
    "讲座": "talk", "培训": "talk",
    "演出": "show", "展览": "show", "活动": "show", "比赛": "show", "演出活动": "show",
    "报名": "enrol", "招生": "enrol", "考试": "enrol",
    "缴费": "money", "补贴": "money", "优惠": "money", "免费": "money", "缴费补贴": "money",
    "办理": "office", "窗口": "office",
    "公示": "notice",
}  # fmt: skip
"""What readers call the kinds."""


def answer(store: Store, request: Request) -> Reply:
    """/services [PLACE] [KIND]"""
    place, kind = "", ""
    for word in request.words.split():
        known = KIND_WORDS.get(word) or (word if word in KINDS else None)
        places = [] if known else [found.name for found in find_places(word)]
        if known:
            kind = known
        elif places:
            near = [name for name in places if name in _places(store.calendar.ahead(request.today))]
            place = (near or places)[0]
        else:
            return tell(say(request.language, "services_unknown", words=word[:40]))
    return Reply(parts=(page_of(store, request, place, kind, 0),))


def pressed(store: Store, request: Request) -> Reply:
    """Another page or filter in the place of the message. Facts: place, kind, page."""
    place, kind = request.press.fact(0), request.press.fact(1)
    kind = kind if kind in KINDS else ""
    return Reply(edit=page_of(store, request, place, kind, min(request.press.number(2), 999)))


def page_of(store: Store, request: Request, place: str, kind: str, page: int) -> Part:
    """A page of the calendar."""
    everything = store.calendar.ahead(request.today, papers=request.profile.papers)
    mine = request.profile.places
    here = [event for event in everything if not place or is_mine(event, (place,))]
    chosen = [event for event in here if not kind or event.found.kind == kind]
    if not place:
        chosen.sort(key=lambda event: not is_mine(event, mine))  # stable: by date inside both
    near = tuple(dict.fromkeys([*mine, *_places(everything)]))[:NEAR_PLACES]
    return compose_calendar(
        chosen,
        day=request.today,
        language=request.language,
        bot_username=request.bot_username,
        place=place,
        kind=kind,
        page=page,
        kinds=Counter(event.found.kind for event in here),
        places=near,
        mine=mine,
    )


def pressed_remind(store: Store, request: Request) -> Reply:
    """「⏰」: ask when. Fact: the event."""
    event = store.calendar.get(request.press.number(0))
    if event is None or event.found.is_over(request.today):
        return Reply(toast=plain(request.language, "remind_gone"), alert=True)
    choices = [(lead, shown_instant(at, request)) for lead in LEADS if (at := _at(event, lead, request))]
    if not choices:
        text = plain(request.language, "remind_too_late", line=event.found.text)
        return Reply(toast=text, alert=True)
    part = compose_question(
        event,
        choices,
        day=request.today,
        language=request.language,
        bot_username=request.bot_username,
    )
    return Reply(parts=(part,))


def pressed_remind_at(store: Store, request: Request) -> Reply:
    """Keep the reminder. Facts: the event, evening or hour."""
    language = request.language
    event, lead = store.calendar.get(request.press.number(0)), request.press.fact(1)
    at = _at(event, lead, request) if event is not None and lead in LEADS else None
    if event is None or at is None:
        return Reply(toast=plain(language, "remind_gone"), alert=True)
    reader = store.subscribers.seen(request.chat_id, language, request.now, timetable=request.timetable)
    store.calendar.remind(reader.id, event, lead=lead, now=request.now)
    shown = shown_instant(at, request)
    line = event_line(event, request.today, language, request.bot_username)
    return Reply(
        toast=plain(language, "remind_kept_toast", at=shown),
        edit=Part(
            say(language, "remind_kept", at=shown, line=line),
            ((Button(plain(language, "remind_end"), encode("remind_end", event.id)),),),
        ),
    )


def pressed_remind_end(store: Store, request: Request) -> Reply:
    """No reminder after all. Facts: the event, "list" where the list of all that is followed is shown."""
    if request.subscriber is not None:
        store.calendar.forget_reminder(request.subscriber.id, request.press.number(0))
    if request.press.fact(1) == "list":
        return follow.pressed_list(store, request)
    return Reply(edit=Part(say(request.language, "remind_ended")))


def shown_instant(at: datetime, request: Request) -> str:
    """「11月20日 19:00」 where the reader lives."""
    local = at.astimezone(ZoneInfo(request.timetable.time_zone))
    return f"{short_date(request.language, local.date())} {local:%H:%M}"


def _at(event: Event, lead: str, request: Request) -> datetime | None:
    at = due_at(
        event.found,
        lead,
        day=request.today,
        reader_zone=request.timetable.time_zone,
        paper_zone=request.time_zone,
    )
    return at if at is not None and at > request.now else None


def _places(events: list[Event]) -> list[str]:
    return [
        name for name, _ in Counter(event.found.place for event in events if event.found.place).most_common()
    ]
