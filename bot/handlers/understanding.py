"""Plain words that are neither a command nor a search: a day's paper, thanks, a greeting."""

from __future__ import annotations

import re

from bot.handlers import digest
from bot.handlers.exchange import Reply, Request, tell
from bot.messages.callbacks import encode
from bot.texts import plain, say
from store.chinese.days import read as read_day
from store.database import Store
from store.models.delivery import Button

_THANKS = re.compile(
    r"(?:非常|太|多)?(?:谢谢|感谢|多谢|谢了|辛苦了?|thanks?|thankyou|thx)(?:你|您|啦|了|你们|哈|very ?much)*",
    re.I,
)
_HELLO = re.compile(
    r"(?:你|您|大家)?好(?:啊|呀|的)?|(?:早上|上午|中午|下午|晚上)好|早安?|在吗|在不在|哈喽|嗨|hi|hello|hey",
    re.I,
)
_BEFORE = r"(?:请|麻烦|帮我|给我|我要|我想|想|要|把|看看?|来|发|查查?|有没有|有)*"
_AFTER = r"(?:的|那天|那期|那份|这期)*(?:一?期|一?份)?(?:报纸?|新闻|消息|报摘|摘要|要闻|头条)?(?:有)?(?:什么|啥|哪些)?(?:新闻|消息|新鲜事|大事)?(?:发?给?我(?:看看?)?|看看)?(?:吗|呢|吧)?"
_LATEST = re.compile(rf"{_BEFORE}(?:最新|最近|新)(?:的)?(?:一期|一份|一天)?{_AFTER}")
_DAY = re.compile(
    rf"{_BEFORE}(?P<day>大?前天|昨[天日]|今[天日]|(?:上|本|这)?(?:周|星期|礼拜)[一二三四五六日天]|(?:\d{{4}}[年./-])?\d{{1,2}}[月./-]\d{{1,2}}[日号]?|\d{{8}})(?:早上|晚上)?{_AFTER}"
)
_TOMORROW = re.compile(rf"{_BEFORE}(?:明天|后天|下周[一二三四五六日天]?){_AFTER}")
_ENGLISH = re.compile(
    r"(?:show|send)?\s*(?:me)?\s*(?P<day>today|yesterday|latest|newest)(?:'s)?\s*(?:news|papers?|digest)?",
    re.I,
)


def answer(store: Store, request: Request) -> Reply | None:
    """The answer to such words; None when they are something to search for."""
    text = re.sub(r"[\s，,。.！!？?~～、]+\Z", "", request.words.strip())
    compact = "".join(text.split())
    if _THANKS.fullmatch(compact):
        return tell(say(request.language, "thanks"))
    if _HELLO.fullmatch(compact):
        return tell(
            say(request.language, "hello"),
            (
                Button(plain(request.language, "welcome_latest"), encode("day", "latest", "o")),
                Button(plain(request.language, "services_open"), encode("services", "", "", 0)),
            ),
        )
    english = _ENGLISH.fullmatch(text)
    if english:
        compact = english["day"].lower()
        if compact in ("latest", "newest"):
            return digest.of_day(store, request, None)
        day = read_day(compact, today=request.today)
        return digest.of_day(store, request, day)
    if _LATEST.fullmatch(compact):
        return digest.of_day(store, request, None)
    if _TOMORROW.fullmatch(compact):
        return tell(
            say(request.language, "day_to_come"),
            (Button(plain(request.language, "services_open"), encode("services", "", "", 0)),),
        )
    found = _DAY.fullmatch(compact)
    day = read_day(found["day"], today=request.today) if found else None
    return digest.of_day(store, request, day) if day is not None else None
