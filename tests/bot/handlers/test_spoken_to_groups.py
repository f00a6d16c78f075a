"""What is said to a group speaks of the group."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.handlers import follow, privacy
from bot.messages.alert import compose_alert, compose_promise
from bot.messages.callbacks import Press
from bot.settings.screens import Around, screen
from store.database import Store
from tests.bot.builders import BOT, NOW, article, request

GROUP = -100500


def test_alerts_and_promises_of_a_group_do_not_say_you() -> None:
    """「本群关注的」, 「本群有人问过」; a person is still 您."""
    alert = compose_alert(article(), "渡船", language="zh", bot_username=BOT, group=True)
    promise = compose_promise(article(), "渡船", more=0, language="zh", bot_username=BOT, group=True)
    assert "本群关注的" in alert.html and "本群有人问过" in promise.html
    assert "您" not in alert.html + promise.html
    person = compose_alert(article(), "渡船", language="zh", bot_username=BOT)
    assert "您关注的" in person.html


@pytest.mark.parametrize("language", ["zh", "en", "zh-hant"])
def test_settings_and_privacy_speak_of_the_group(language: str) -> None:
    """Places, time zone, /forget, /mydata."""
    with Store() as store:
        asked = request(chat_id=GROUP, private=False, telegram_language=language)
        reader = replace(store.subscribers.seen(1000, language, NOW), chat_id=GROUP)
        for name in ("places", "zone"):
            html = screen(name, reader, Around(now=NOW)).html
            assert "group" in html or "本群" in html
        for answer in (privacy.answer_forget, privacy.answer_mydata):
            (part,) = answer(store, asked).parts
            assert "group" in part.html or "本群" in part.html
        kept = follow.pressed_keep(
            store,
            replace(
                asked,
                press=Press(
                    "keep_rule", (str(store.searches.start(GROUP, "渡船", upto=0, now=NOW)), "follow", "1")
                ),
            ),
        )
        assert kept.edit is not None and "您" not in kept.edit.html
