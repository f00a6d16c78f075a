"""/mydata in words that a reader understands, with every row beside it."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.handlers import follow, privacy, search
from bot.texts.markup import shown
from store.database import Store
from tests.bot.builders import NOW, fill, request


def test_mydata_can_be_read_and_has_the_rows_beside_it() -> None:
    """Places, rules, what rings, what was searched; no column names on the page, all of them in the file."""
    with Store() as store:
        fill(store)
        one = store.subscribers.seen(1000, "zh", NOW)
        store.subscribers.save(replace(one, profile=replace(one.profile, places=("芮城县",))), NOW)
        store.subscribers.subscribe(1000, NOW)
        follow.keep(store, request(store=store), "托管班", "follow", rings=True)
        store.clippings.order(one.id, "夏县", done=NOW.date(), now=NOW)
        store.promises.make(one.id, "高铁站", after=0, now=NOW)
        search.answer(store, request("理发", store=store))
        reply = privacy.answer_mydata(store, request(store=store))
        (page,) = reply.parts
        text = shown(page.html)
        for said in (
            "地方：芮城县",
            "关注：托管班",
            "立即提醒：托管班",
            "每周见报：夏县",
            "有了告诉您：高铁站",
            "理发",
            "07:30",
        ):
            assert said in text, said
        assert "profile_key" not in text and "subscriber_id" not in text and "/forget" in text
        assert reply.document is not None
        kept = json.loads(reply.document.content)
        assert kept["subscriber"]["chat_id"] == 1000 and kept["clipping_orders"][0]["rule"] == "夏县"


def test_a_group_is_told_of_the_group() -> None:
    """本群, not 您; who has nothing is told so."""
    with Store() as store:
        assert privacy.answer_mydata(store, request()).document is None
        store.subscribers.seen(-5, "zh", NOW)
        known = store.subscribers.by_chat(-5)
        asked = request(chat_id=-5, private=False, subscriber=known)
        assert "关于本群的全部" in shown(privacy.answer_mydata(store, asked).parts[0].html)
