"""/thread: a story of several days in two papers, beside others that only sound like it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.handlers import PRESSES, thread, words
from bot.handlers.exchange import Reply
from bot.messages.callbacks import Press, decode
from bot.texts.markup import shown
from store.database import Store
from store.models import PageRef, PageText, ParsedArticle, ParsedPage
from store.models.delivery import Part
from tests.bot.builders import DAY, NOW, fill, parsed, request

OTHER = "南塬晚报"
STORY: tuple[tuple[int, str, ParsedArticle], ...] = (
    (
        40,
        "汾北日报",
        parsed(
            "青石渡大桥开工建设",
            "青石渡大桥昨日开工建设。大桥全长1820米，计划投资3.2亿元，明年年底建成。",
            "青石渡两岸群众多年来靠渡船过河，大桥建成后过河只要三分钟。",
        ),
    ),
    (
        20,
        "汾北日报",
        parsed(
            "青石渡大桥主塔封顶",
            "青石渡大桥主塔昨日封顶。大桥全长1820米，两岸群众在岸边观看，工人连夜施工。",
        ),
    ),
    (
        20,
        OTHER,
        parsed(
            "青石渡大桥主塔顺利封顶",
            "昨日，青石渡大桥主塔顺利封顶。大桥全长1840米，工人连夜施工，两岸群众在岸边观看。",
        ),
    ),
    (
        2,
        "汾北日报",
        parsed(
            "青石渡大桥合龙",
            "青石渡大桥昨日合龙。大桥全长1820米，两岸群众敲锣打鼓，青石渡大桥下月通车。",
        ),
    ),
    (
        10,
        "汾北日报",
        parsed("老磨坊小学添了图书室", "老磨坊小学添了图书室，全校120名学生每天可以借书。"),
    ),
    (3, OTHER, parsed("大桥镇开春耕会", "大桥镇召开春耕生产会，安排浇地和化肥。")),
)


def put(store: Store, paper: str, day: date, number: int, one: ParsedArticle) -> int:
    """A page with the article; its id."""
    text = PageText((one.title, *one.body))
    page = ParsedPage((replace(one, lines=((1, len(text.lines)),)),))
    return store.editions.put(
        PageRef(paper, day, number), text, page, source=f"{paper}/{day}/{number}.txt", now=NOW
    ).added[0]


@pytest.fixture
def store() -> Iterator[Store]:
    """The story among the two days of the paper."""
    with Store() as opened:
        fill(opened)
        for before, paper, one in STORY:
            put(opened, paper, DAY - timedelta(days=before), 1, one)
        yield opened


def press(store: Store, part: Part, label: str) -> Reply:
    """What comes of the button that begins with these words."""
    button = next(one for row in part.buttons for one in row if one.text.startswith(label))
    found = decode(button.data)
    assert found is not None
    return PRESSES[found.action][0](store, request(press=found, store=store))


def test_story_is_told_in_order_with_its_numbers(store: Store) -> None:
    """First, then, then; two papers of one day together; the length of the bridge as printed each time; nothing else."""
    (part,) = words.answer(store, request("来龙去脉 青石渡大桥", store=store)).parts
    text = shown(part.html)
    assert text.index("开工建设") < text.index("封顶") < text.rindex("青石渡大桥合龙")
    assert "3天，4篇" in text and text.count("大桥全长1820米") == 3 and "另见：青石渡大桥主塔顺利封顶" in text
    assert "图书室" not in text and "春耕" not in text


def test_button_under_an_article_tells_the_same_story(store: Store) -> None:
    """From the last article as from the first; the story can be followed."""
    hit = store.search.find("合龙 青石渡", limit=1, today=DAY).hits[0]
    (opened,) = PRESSES["article"][0](
        store, request(press=Press("article", (str(hit.article_id), "0", "new")), store=store)
    ).parts
    (part,) = press(store, opened, "🧵 来龙去脉").parts
    assert "3天，4篇" in shown(part.html)
    (rule,) = press(store, part, "⭐ 关注这件事").parts
    assert "关注" in rule.html and "青石渡" in rule.html


def test_lone_article_and_no_article_are_said(store: Store) -> None:
    """One article is shown as the only one; nothing found is a sentence, as are no words."""
    (lone,) = thread.answer(store, request("图书室 老磨坊", store=store)).parts
    assert "只有这一篇" in lone.html and "老磨坊小学添了图书室" in lone.html
    (nothing,) = thread.answer(store, request("<b>飞碟</b>", store=store)).parts
    assert "没有找到说“&lt;b&gt;飞碟" in nothing.html
    assert "/thread 新桥" in thread.answer(store, request(store=store)).parts[0].html


def test_other_stories_are_a_button_away_and_forged_ids_are_told(store: Store) -> None:
    """「大桥」 finds two stories; the other one is offered. An article that is not there is said to be gone."""
    (part,) = thread.answer(store, request("大桥", store=store)).parts
    labels = [button.text for row in part.buttons for button in row]
    assert any("是这件" in label for label in labels)
    other = press(store, part, "是这件").parts[0]
    assert shown(other.html) != shown(part.html)
    gone = PRESSES["thread"][0](store, request(press=Press("thread", ("999999",)), store=store))
    assert gone.alert and "没有这篇文章" in gone.toast
