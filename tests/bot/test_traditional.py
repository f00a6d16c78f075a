"""Readers of traditional characters: spoken to in their script, understood in it, articles in it at a press."""

from __future__ import annotations

from bot.handlers import PRESSES
from bot.messages.callbacks import Press, decode
from bot.settings.changes import apply
from bot.texts import LANGUAGES, language_of, plain, remark
from bot.texts.markup import shown
from store.chinese.folding import simplify_typed
from store.chinese.traditional import traditional
from store.database import Store
from tests.bot.builders import DAY, NOW, fill, request


def test_script_follows_the_readers_telegram() -> None:
    """Taiwan, Hong Kong, Macao and whoever chose traditional Chinese; nobody else."""
    codes = ("zh-hant", "zh-TW", "zh_HK", "zh-MO", "zh-hans", "zh", "en", "fr", None)
    assert [language_of(code) for code in codes] == ["zh-hant"] * 4 + ["zh", "zh", "en", "zh", "zh"]


def test_every_sentence_is_said_in_traditional_characters() -> None:
    """None is left half converted; names in braces stay; 里 and 后 are not taken for a name and a queen."""
    texts = LANGUAGES["zh-hant"]
    for key, text in texts.items():
        assert traditional(text) == text, key
        assert text.count("{") == LANGUAGES["zh"][key].count("{"), key
        assert "里加" not in text and "天后" not in text, key
    assert (
        texts["welcome_settings"] == "⚙️ 設置" and "「" in texts["promised"] and "“" not in texts["promised"]
    )
    assert plain("zh-hant", "language_name") == "繁體中文"
    assert "不是版號" in remark("zh-hant", "not_a_page", {"value": "x"})


def test_typed_words_become_what_names_and_rules_know() -> None:
    """Of the same length; what simplified Chinese writes too stays (乾县)."""
    assert simplify_typed("關注夏縣託管班") == "关注夏县托管班" and simplify_typed("乾县 abc") == "乾县 abc"


def test_script_is_kept_and_can_be_chosen() -> None:
    """Through the database, and back to the other."""
    with Store() as store:
        reader = store.subscribers.seen(1, "zh-hant", NOW)
        assert reader.language == "zh-hant"
        changed = apply(reader, "language", "en", today=DAY)
        assert changed is not None and store.subscribers.save(changed, NOW).language == "en"
        changed = apply(reader, "language", "zh-hant", today=DAY)
        assert changed is not None and store.subscribers.save(changed, NOW).language == "zh-hant"
        assert store.subscribers.seen(2, "zh", NOW).language == "zh"


def test_article_is_as_printed_until_it_is_asked_for_otherwise() -> None:
    """「繁」 converts headline and text, never the source; 「简」 goes back; readers of simplified characters have no such button."""
    with Store() as store:
        fill(store)
        store.subscribers.seen(1000, "zh-hant", NOW)
        number = store.search.find("理发师傅", today=DAY).hits[0].article_id
        press = Press("article", (str(number), "0", "new"))
        (printed,) = PRESSES["article"][0](store, request(press=press, store=store)).parts
        assert "理发师傅葛长顺" in shown(printed.html)
        (other,) = (one for row in printed.buttons for one in row if one.text.startswith("繁"))
        found = decode(other.data)
        assert found is not None
        turned = PRESSES["article"][0](store, request(press=found, store=store)).edit
        assert turned is not None and "理髮師傅葛長順" in turned.html and "《汾北日报》" in turned.html
        (back,) = (one for row in turned.buttons for one in row if one.text.startswith("簡"))
        found = decode(back.data)
        assert found is not None
        again = PRESSES["article"][0](store, request(press=found, store=store)).edit
        assert again is not None and again.html == printed.html
        (simple,) = PRESSES["article"][0](store, request(press=press)).parts
        assert not any(one.text[0] in "繁简" for row in simple.buttons for one in row)
