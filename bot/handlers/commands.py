"""The list of commands."""

from __future__ import annotations

from dataclasses import dataclass

from bot.handlers import (
    article,
    calendar,
    clips,
    correcting,
    digest,
    follow,
    health,
    help,
    holding,
    onthisday,
    operating,
    operators,
    privacy,
    search,
    settings,
    start,
    subscribe,
    thread,
    week,
)
from bot.handlers.conversation import Answer


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `changes` marks those that only a group's administrators may give, `admin` those of operators."""

    name: str
    answer: Answer
    changes: bool = False
    admin: bool = False
    in_menu: bool = True
    aliases: tuple[str, ...] = ()


COMMANDS = (
    Command("start", start.answer, in_menu=False),
    Command("digest", digest.answer, aliases=("today", "news")),
    Command("services", calendar.answer, aliases=("calendar",)),
    Command("clips", clips.answer, aliases=("clippings",)),
    Command("thread", thread.answer, aliases=("story",)),
    Command("week", week.answer),
    Command("onthisday", onthisday.answer),
    Command("search", search.answer, aliases=("s", "find")),
    Command("subscribe", subscribe.answer, changes=True),
    Command("settings", settings.answer, changes=True, aliases=("set",)),
    Command("follow", follow.answer, changes=True),
    Command("following", follow.answer_following, changes=True, aliases=("follows", "unfollow")),
    Command("mute", follow.answer_mute, changes=True),
    Command("help", help.answer),
    Command("unsubscribe", subscribe.answer_unsubscribe, changes=True, aliases=("stop",)),
    Command("mydata", privacy.answer_mydata, changes=True),
    Command("forget", privacy.answer_forget, changes=True),
    Command("cancel", settings.answer_cancel, in_menu=False),
    Command("article", article.answer, in_menu=False),
    Command("health", health.answer, admin=True, in_menu=False),
    Command("stats", operating.answer_stats, admin=True, in_menu=False),
    Command("failed", operating.answer_failed, admin=True, in_menu=False),
    Command("broadcast", operating.answer_broadcast, admin=True, in_menu=False),
    Command("preview", correcting.answer_preview, admin=True, in_menu=False),
    Command("reread", correcting.answer_reread, admin=True, in_menu=False),
    Command("retract", correcting.answer_retract, admin=True, in_menu=False),
    Command("pause", holding.answer_pause, admin=True, in_menu=False),
    Command("block", holding.answer_block, admin=True, in_menu=False),
    Command("labels", operators.answer_labels, admin=True, in_menu=False),
)
"""In the order of the menu."""
