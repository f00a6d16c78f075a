"""The README's pictures: what readers meet, as Telegram's bubbles, light and dark, photographed by headless Chromium.

    python docs/pictures.py [--only digest] [--html FOLDER]

Everything shown is said by the bot's own handlers over the sample pages. Chromium is asked for here only; neither the
bot nor its tests need it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.handlers import PRESSES
from bot.handlers.commands import COMMANDS
from bot.handlers.exchange import Reply, Request
from bot.handlers.words import answer as say_words
from bot.messages.alert import compose_alert, compose_promise
from bot.messages.callbacks import Press, decode
from store.database import Store
from store.ingest import ingest
from store.models.delivery import Buttons, Part

HERE = Path(__file__).resolve().parent
OUT = HERE / "pictures"
SAMPLES = HERE.parent / "samples"
BOT = "baozhai_bot"
WIDTH = 412
SCALE = 1.5
TALLEST = 1150
"""A README shows no more of a message than this many pixels; the rest fades out."""
COLOURS = 128
STYLE = """
* { margin: 0; padding: 0; box-sizing: border-box; }
body { font: 15px/1.42 "Noto Sans CJK SC", "Noto Color Emoji", sans-serif; padding: 14px 10px 16px; width: WIDTHpx;
       background: var(--ground); color: var(--ink); }
body.light { --ground: #c9d9c2; --bubble: #fff; --mine: #e3f8ce; --ink: #101214; --link: #2678b6; --faint: #8b979f;
             --button: rgba(70, 100, 66, .48); --quote: #e8f2fa; --bar: #4a95d0; }
body.dark { --ground: #0e1621; --bubble: #182533; --mine: #2b5278; --ink: #f2f4f5; --link: #6ab3f3; --faint: #6d7f8f;
            --button: rgba(52, 72, 94, .75); --quote: #1d3346; --bar: #5aa7e0; }
.turn { margin-bottom: 9px; display: flex; flex-direction: column; align-items: flex-start; }
.turn.mine { align-items: flex-end; }
.bubble { max-width: 372px; min-width: 120px; padding: 7px 11px 6px; border-radius: 13px; background: var(--bubble);
          white-space: pre-wrap; overflow-wrap: anywhere; line-break: strict; box-shadow: 0 1px 1px rgba(0,0,0,.12); }
.mine .bubble { background: var(--mine); min-width: 0; }
.bubble a { color: var(--link); text-decoration: none; }
.bubble code { font: 14px "Noto Sans Mono CJK SC", monospace; color: var(--link); }
.bubble blockquote { margin: 3px 0; padding: 3px 9px; border-left: 3px solid var(--bar); border-radius: 4px; background: var(--quote);
          display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.time { float: right; font-size: 11px; color: var(--faint); margin: 5px 0 -2px 10px; }
.rows { width: 372px; margin-top: 3px; }
.row { display: flex; gap: 3px; margin-top: 3px; }
.row span { flex: 1; text-align: center; padding: 7px 4px; border-radius: 8px; background: var(--button); color: #fff; font-size: 13.5px;
          white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
body.cut { height: TALLESTpx; overflow: hidden; }
body.cut::after { content: ""; position: absolute; left: 0; right: 0; top: calc(TALLESTpx - 120px); height: 120px;
          background: linear-gradient(transparent, var(--ground)); }
.toast { align-self: center; margin: 2px auto 9px; padding: 7px 14px; border-radius: 12px; background: rgba(0,0,0,.72); color: #fff; font-size: 13.5px;
          max-width: 330px; text-align: center; }
""".replace("WIDTH", str(WIDTH)).replace("TALLEST", str(TALLEST))
"""Telegram's own look, near enough to judge line breaks and rhythm."""


@dataclass(frozen=True)
class Turn:
    """Something said: by the reader (`mine`), by the bot, or a pop-up."""

    html: str
    buttons: Buttons = ()
    mine: bool = False
    toast: bool = False


class Phone:
    """A reader's screen: what is said goes to the handlers, what they answer stands on it."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store, self.now = store, now
        self.turns: list[Turn] = []

    def say(self, text: str) -> None:
        """Type something."""
        self.turns.append(Turn(escape(text), mine=True))
        command, _, words = text[1:].partition(" ")
        for known in COMMANDS:
            if text.startswith("/") and known.name == command:
                self._show(known.answer(self.store, self._request(words=words)))
                return
        self._show(say_words(self.store, self._request(words=text)))

    def press(self, label: str) -> None:
        """Tap a button of the last message by the beginning of what it says."""
        buttons = [button for row in self.turns[-1].buttons for button in row]
        press = decode(next(button.data for button in buttons if button.text.startswith(label)))
        assert press is not None
        self._show(PRESSES[press.action][0](self.store, self._request(press=press)))

    def show(self, part: Part) -> None:
        """A message that comes by itself."""
        self.turns.append(Turn(part.html, part.buttons))

    def _request(self, *, words: str = "", press: Press | None = None) -> Request:
        return Request(
            chat_id=1000,
            user_id=1000,
            now=self.now,
            bot_username=BOT,
            words=words,
            press=press or Press(""),
            subscriber=self.store.subscribers.by_chat(1000),
        )

    def _show(self, reply: Reply) -> None:
        if reply.edit is not None:
            self.turns[-1] = Turn(reply.edit.html, reply.edit.buttons)
        if reply.buttons is not None:
            self.turns[-1] = replace(self.turns[-1], buttons=reply.buttons)
        for part in reply.parts:
            self.show(part)
        if reply.toast and reply.alert:
            self.turns.append(Turn(escape(reply.toast), toast=True))


def digest(phone: Phone) -> None:
    """A morning's digest."""
    phone.say("/digest")


def article(phone: Phone) -> None:
    """An article with its follow buttons."""
    phone.say(f"/start a{_longest(phone.store)}")
    phone.turns[0] = Turn("/start", mine=True)


def search(phone: Phone) -> None:
    """A search by a word."""
    phone.say("托管班")


def following(phone: Phone) -> None:
    """Following with a preview, then all that is followed."""
    phone.say("/follow 芮城县")
    phone.press("🔔")
    phone.say("/following")


def nothing_found(phone: Phone) -> None:
    """A search that finds nothing, and the promise kept."""
    phone.say("灯塔")
    phone.press("⏳")
    one = phone.store.articles.get(_longest(phone.store))
    phone.show(compose_promise(one, "灯塔", more=0, language="zh", bot_username=BOT))


def alert(phone: Phone) -> None:
    """An article that rings."""
    one = phone.store.articles.get(_longest(phone.store))
    phone.show(
        compose_alert(one, one.places[0].name if one.places else one.paper, language="zh", bot_username=BOT)
    )


def settings(phone: Phone) -> None:
    """The settings, and one of their screens."""
    phone.say("/subscribe")
    phone.press("⚙️")
    phone.say("/settings")
    phone.press("📅")


def welcome(phone: Phone) -> None:
    """The first minute."""
    phone.say("/start")
    phone.say("/help")


SCENES: tuple[Callable[[Phone], None], ...] = (
    welcome,
    digest,
    article,
    search,
    following,
    nothing_found,
    alert,
    settings,
)


def _longest(store: Store) -> int:
    day = store.editions.latest_day()
    assert day is not None
    whole = [one for one in store.articles.on(day) if one.title and one.byline.reporters]
    return max(whole, key=lambda one: len(one.text)).id


def page(turns: list[Turn], theme: str, at: datetime) -> str:
    """The screen as an HTML page."""
    return (
        f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><body class="{theme}">'
        + "".join(_turn(turn, f"{at:%H:%M}") for turn in turns)
        + "</body>"
    )


def _turn(turn: Turn, time: str) -> str:
    if turn.toast:
        return f'<div class="toast">{turn.html}</div>'
    rows = "".join(
        '<div class="row">' + "".join(f"<span>{escape(button.text)}</span>" for button in row) + "</div>"
        for row in turn.buttons
    )
    side = "turn mine" if turn.mine else "turn"
    bubble = f'<div class="bubble">{turn.html}<span class="time">{time}</span></div>'
    return (
        f'<div class="{side}">{bubble}<div class="rows">{rows}</div></div>'
        if rows
        else f'<div class="{side}">{bubble}</div>'
    )


def photograph(html: Path, picture: Path, chromium: str) -> None:
    """Let Chromium render the page at its own height."""
    height = _height(html, chromium)
    if height > TALLEST:
        text = html.read_text(encoding="utf-8").replace('<body class="', '<body class="cut ')
        html.write_text(text, encoding="utf-8")
        height = TALLEST
    _run(
        chromium,
        html,
        f"--screenshot={picture}",
        f"--window-size={WIDTH},{height}",
        f"--force-device-scale-factor={SCALE}",
    )


def shrink(picture: Path) -> None:
    """Fewer colours make a picture of text a third as large; Pillow comes with the test requirements."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(picture) as full:
        small = full.convert("RGB").quantize(COLOURS)
    small.save(picture, optimize=True)


def _height(html: Path, chromium: str) -> int:
    probe = html.with_suffix(".probe.html")
    script = "<script>document.title=document.body.offsetHeight;document.body.innerHTML='<i id=h>'+document.title+'</i>'</script>"
    probe.write_text(html.read_text(encoding="utf-8") + script, encoding="utf-8")
    dumped = _run(chromium, probe, "--dump-dom", f"--window-size={WIDTH},800")
    probe.unlink()
    return int(dumped.split('<i id="h">')[1].split("<")[0])


def _run(chromium: str, html: Path, *options: str) -> str:
    done = subprocess.run(
        [
            chromium,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            *options,
            html.as_uri(),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout


def scenes(only: str) -> Iterator[tuple[str, list[Turn], datetime]]:
    """(name, what is on the screen, when) for each scene."""
    for scene in SCENES:
        if only and scene.__name__ != only:
            continue
        with Store(":memory:") as store:
            list(ingest(store, [SAMPLES], now=datetime.now(UTC)))
            day = store.editions.latest_day()
            assert day is not None, "there are no sample pages"
            now = datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)  # half past eight in Shanghai
            phone = Phone(store, now)
            scene(phone)
            yield scene.__name__, phone.turns, now + timedelta(hours=8)


def main() -> int:
    """Make the pictures; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="one scene")
    parser.add_argument("--html", type=Path, help="keep the pages in this folder")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print(
            "Chromium is not installed (on Debian: chromium fonts-noto-cjk fonts-noto-color-emoji).",
            file=sys.stderr,
        )
        return 1
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pages = given.html or Path(folder)
        pages.mkdir(parents=True, exist_ok=True)
        for name, turns, at in scenes(given.only):
            for theme in ("light", "dark"):
                html = (pages / f"{name}-{theme}.html").resolve()
                html.write_text(page(turns, theme, at), encoding="utf-8")
                picture = OUT / f"{name.replace('_', '-')}-{theme}.png"
                photograph(html, picture, chromium)
                shrink(picture)
                print(f"{picture.relative_to(HERE)}  {picture.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
