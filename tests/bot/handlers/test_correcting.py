"""bot/handlers/correcting.py, store/tables/operating.py: what readers should not have got is taken back everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.delivery.planner import Planner
from bot.delivery.refreshing import marked
from bot.handlers import correcting
from bot.handlers.exchange import Reply
from bot.handlers.operating import Answer
from bot.messages.callbacks import Press
from bot.texts import say
from store.database import Store
from store.ingest import ingest
from store.models import Outcome, PageRef, ParsedArticle, ParsedPage, Part
from tests.bot.builders import request
from tests.bot.fakes import NOON, Clock, Composing, add_page, build, missed_line, put_page, subscribe

TODAY = NOON.date()
TITLES = ["水库开闸", "新桥通车", "麦田浇水"]


@pytest.fixture
def store() -> Iterator[Store]:
    """Three articles, and a reader whose digest with all of them was sent."""
    with Store(":memory:") as store:
        add_page(store, TODAY, 1, TITLES, NOON)
        subscribe(store, 1, NOON)
        yield store


def deliver(store: Store, clock: Clock, planner: Planner, **later: float) -> None:
    """Plan and send all that is due after so much time."""
    now = clock.move(**later)
    planner.plan(store, now)
    while mails := store.outbox.claim(store.outbox.next(now, 9), now):
        store.outbox.settle([Outcome(mail, "sent", telegram_id=mail.edits or mail.id) for mail in mails], now)


def standing(store: Store) -> list[str]:
    """What stands in the chat: each message as it was last edited."""
    texts: dict[int, str] = {}
    for row in store.db.rows(
        "SELECT outbox.telegram_message_id AS at, html FROM outbox JOIN digest_messages ON digest_messages.id = message_id"
        " WHERE state = 'sent' ORDER BY outbox.id"
    ):
        texts[row["at"]] = row["html"]
    return list(texts.values())


def planner(items_a_part: int = 1) -> Planner:
    """A planner whose digests have so many items a message."""
    return Planner(build, Composing(items_a_part), missed_line, lambda: "bot")


def retract(store: Store, article_id: int, act: str = "do") -> Reply:
    """An operator's confirmation."""
    press = Press("retract", (act, str(article_id)))
    return correcting.pressed_retract(store, request(press=press, store=store, is_admin=True))


def said(reply: Reply) -> str:
    """The text of a reply."""
    return "\n".join(part.html for part in (*reply.parts, *((reply.edit,) if reply.edit else ())))


def test_a_retracted_article_leaves_sent_digests_marked_and_comes_back_when_undone(store: Store) -> None:
    """Each message that says something else now says 更正; the act is written down; undone, the words are back."""
    clock, plan = Clock(), planner()
    deliver(store, clock, plan, days=1)
    assert len(standing(store)) == 3 and "水库开闸" in standing(store)[0]
    asked = said(correcting.answer_retract(store, request(words="#1", store=store, is_admin=True)))
    assert "水库开闸" in asked and "1" in asked and store.articles.count() == 3
    retract(store, 1)
    for _ in range(3):
        deliver(store, clock, plan, minutes=11)
    assert not any("水库开闸" in text for text in standing(store))
    assert all("更正" in text for text in standing(store)), "each message moved up by one, the last is empty"
    assert len(standing(store)) == 3
    assert [(act.act, act.subject) for act in store.acts.newest()] == [("retract", "1")]
    retract(store, 1, "undo")
    for _ in range(3):
        deliver(store, clock, plan, minutes=11)
    assert any("水库开闸" in text for text in standing(store)) and store.articles.count() == 3


def test_a_digest_of_retracted_articles_alone_is_withdrawn(store: Store) -> None:
    """Nothing is left to be built, and still nothing of it stays in the chat."""
    clock, plan = Clock(), planner(9)
    deliver(store, clock, plan, days=1)
    for article_id in (1, 2, 3):
        retract(store, article_id)
    for _ in range(3):
        deliver(store, clock, plan, minutes=11)
    [text] = standing(store)
    assert "更正" in text and not any(title in text for title in TITLES)
    assert store.db.value("SELECT count(*) FROM outbox") == 2, "edited once"


def test_a_retracted_article_is_not_found_read_or_brought_back_by_its_page(store: Store) -> None:
    """Search, /article and a page that is read again, even with another word, leave it out."""
    assert store.search.find("水库").total == 1
    retract(store, 1)
    assert store.search.find("水库").total == 0 and store.search.verify(deep=True) == []
    assert "没有" in said(correcting.answer_retract(store, request(words="77", store=store, is_admin=True)))
    parsed = ParsedPage(tuple(ParsedArticle("article", title, (f"{title}的正文！",)) for title in TITLES))
    put_page(store, PageRef("河湾日报", TODAY, 1), parsed, NOON.replace(hour=5))
    assert [article.title for article in store.articles.on(TODAY)] == TITLES[1:]
    assert store.search.find("水库").total == 0 and store.search.verify(deep=True) == []
    again = said(correcting.answer_retract(store, request(words="1", store=store, is_admin=True)))
    assert "已经撤下" in again


def test_an_alert_of_a_retracted_article_is_edited(store: Store) -> None:
    """Nobody keeps it on the screen because it rang."""
    reader = store.subscribers.by_chat(1)
    assert reader is not None
    store.outbox.enqueue(reader.id, "alert", "article 1", [Part("快讯：水库开闸")], NOON)
    store.outbox.enqueue(reader.id, "alert", "article 11", [Part("别的快讯")], NOON)
    clock, plan = Clock(), planner()
    deliver(store, clock, plan, minutes=1)
    retract(store, 1)
    deliver(store, clock, plan, minutes=1)
    assert ["更正" in text for text in standing(store)] == [True, False]


def test_only_what_says_something_else_is_marked() -> None:
    """A part that stays keeps its words, also when it was marked before; a part that is gone keeps a line."""
    mark = say("zh", "digest_corrected")
    one, two, three = Part("甲"), Part("乙"), Part("丙")
    first = marked([one, replace(two, html="乙改")], [one, two, three], language="zh")
    assert [part.html for part in first] == ["甲", f"乙改\n{mark}", mark]
    again = marked([replace(one, html="甲改"), replace(two, html="乙改")], first, language="zh")
    assert [part.html for part in again] == [f"甲改\n{mark}", f"乙改\n{mark}", mark]


def test_a_file_is_read_again_by_the_end_of_its_path(store: Store, tmp_path: Path) -> None:
    """Mended or not, with what came of it; a name that fits several is asked about."""
    folder = tmp_path / "柳湾日报" / "2026-03-06"
    folder.mkdir(parents=True)
    page, broken = folder / "01.txt", folder / "02.txt"
    page.write_text(
        "水库放水\n\n本报讯（记者 邵一鸣）柳湾水库三月六日开闸放水，下游的麦田喝上了春水。\n", "utf-8"
    )
    broken.write_text("")
    list(ingest(store, [page, broken], now=NOON))

    def reread(words: str) -> str:
        return said(correcting.answer_reread(store, request(words=words, store=store, is_admin=True)))

    assert "02.txt" in reread("")
    broken.write_text("麦田\n\n本报讯（记者 邵一鸣）柳湾的麦田三月六日浇上了春水，农户们笑了。\n", "utf-8")
    assert "新增 1" in reread("02.txt") and store.editions.unread() == []
    before = store.db.value("SELECT count(*) FROM pages WHERE parser = ''")
    assert "1 篇" in reread("2026-03-06/01.txt") and before == 0, "parsed anew though its text is the same"
    assert "没有读过" in reread("/etc/passwd")
    assert [act.act for act in store.acts.newest()] == ["reread", "reread"]


def test_preview_shows_what_readers_get_and_when(store: Store) -> None:
    """The day's digest under a line that counts readers, pages and what is missing."""
    reply = correcting.answer_preview(store, request(words="2026-03-10", store=store, is_admin=True))
    assert "河湾日报 1/1" in said(reply) and "水库开闸" in said(reply) and "1 位" in reply.parts[0].html
    assert "用法" in said(correcting.answer_preview(store, request(words="哪天", store=store, is_admin=True)))


@pytest.mark.parametrize(
    "answer", [correcting.answer_preview, correcting.answer_reread, correcting.answer_retract]
)
def test_readers_get_none_of_it(store: Store, answer: Answer) -> None:
    """One sentence, and nothing is done."""
    assert "管理员" in said(answer(store, request(words="1", store=store)))
    press = Press("retract", ("do", "1"))
    assert correcting.pressed_retract(store, request(press=press, store=store)).alert
    assert store.articles.count() == 3
