"""`baozhai check`: says what is wrong and how to mend it."""

from __future__ import annotations

import asyncio
import locale
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import click

from bot.commands.context import Operator, json_option, operator
from bot.commands.saying import print_json, say
from bot.config import Config
from bot.errors import ConfigError
from store.chinese import words
from store.database import Store
from store.errors import StoreDamaged, StoreError

_RESTORE = "Put back the last backup: baozhai restore FILE. Without one: baozhai salvage FILE."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, what was seen, and how to mend it ("" where nothing is to mend)."""

    what: str
    ok: bool
    says: str
    mend: str = ""


@click.command()
@json_option
@click.option("--offline", is_flag=True, help="Do not ask Telegram whether the token is good.")
@operator
def check(ctx: Operator, as_json: bool, offline: bool) -> int:
    """Look at configuration, folders, database, search index, words, fonts and token.

    Exit code 1 where something is wrong, 2 where it is the configuration.
    """
    findings = list(examine(ctx, offline=offline))
    if as_json:
        print_json(
            {
                "ok": all(finding.ok for finding in findings),
                "findings": [{"what": f.what, "ok": f.ok, "says": f.says, "mend": f.mend} for f in findings],
            },
            indent=2,
        )
    else:
        for finding in findings:
            say("ok    " if finding.ok else "WRONG ", fg="green" if finding.ok else "red", nl=False)
            say(f"{finding.what:<14} {finding.says}")
            if finding.mend:
                say(f"{'':21}→ {finding.mend}")
    if not findings[0].ok:  # the configuration: exit code 2, as every other verb says it
        return 2
    return 0 if all(finding.ok for finding in findings) else 1


def examine(ctx: Operator, *, offline: bool) -> Iterator[Finding]:
    """One finding after the other; what depends on a broken thing is left out."""
    try:
        config = ctx.config
    except ConfigError as error:
        yield Finding(
            "configuration",
            False,
            str(error),
            f"Edit {error.where}; docs/cli.md and config.toml show every key.",
        )
        return
    yield Finding("configuration", True, str(config.file))
    yield _folder(config)
    try:
        store = ctx.open_store()
    except StoreDamaged as error:
        yield Finding("database", False, str(error), _RESTORE)
    except StoreError as error:
        yield Finding(
            "database", False, str(error), "Check the folder's owner and free space, or set BAOZHAI_DATA."
        )
    else:
        with store:
            try:
                yield from _database(store, config)
            except StoreDamaged as error:
                yield Finding("database", False, str(error), _RESTORE)
    yield _guarded("words", _words, "Reinstall: rm -rf .venv && make run")
    yield _guarded(
        "time zones",
        lambda: f"{config.delivery.time_zone}: {ZoneInfo(config.delivery.time_zone).key}",
        "pip install tzdata",
    )
    yield _terminal()
    yield _fonts()
    yield _token(config, offline=offline)


def _folder(config: Config) -> Finding:
    folder = config.data.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding(
            "data folder",
            False,
            f"{folder}: {error.strerror}",
            "Make the folder, or name another in [data] folder or BAOZHAI_DATA.",
        )
    if not os.access(folder, os.W_OK):
        return Finding(
            "data folder",
            False,
            f"{folder} cannot be written",
            f"chown or chmod {folder}, or set BAOZHAI_DATA.",
        )
    if free < 200_000_000:
        return Finding(
            "data folder",
            False,
            f"{folder} has only {free / 1e6:.0f} MB left",
            "Make room: messages and pages are kept there.",
        )
    return Finding("data folder", True, f"{folder}, {free / 1e9:.1f} GB free")


def _database(store: Store, config: Config) -> Iterator[Finding]:
    damage = [str(row[0]) for row in store.db.rows("PRAGMA quick_check(5)")]
    if damage != ["ok"]:
        yield Finding("database", False, "; ".join(damage), _RESTORE)
        return
    orphans = len(store.db.rows("PRAGMA foreign_key_check"))
    if orphans:
        yield Finding("database", False, f"{orphans} rows point to nothing", _RESTORE)
    yield Finding(
        "database",
        True,
        f"{config.data.database}: {store.articles.count()} articles of {len(store.editions.papers())} papers",
    )
    problems = [str(problem) for problem in store.search.verify()]
    yield Finding(
        "search index",
        not problems,
        "; ".join(problems[:3]) or "agrees with the articles",
        "baozhai rebuild" if problems else "",
    )
    doubtful = store.outbox.uncertain(5)
    if doubtful:
        shown = "; ".join(
            f"{one.kind} {one.day or ''} part {one.part}/{one.parts} to subscriber {one.subscriber_id} ({one.reason})"
            for one in doubtful
        )
        yield Finding(
            "deliveries",
            True,
            f"of {store.outbox.counts().uncertain} it is not known whether they arrived: {shown}",
            "Nothing to do: a digest's articles come again with the reader's next one. Readers can ask for it with /digest.",
        )
    unread = store.editions.unread()
    if unread:
        shown = "; ".join(f"{source}: {reason}" for source, reason in unread[:3])
        yield Finding(
            "unread files",
            False,
            f"{len(unread)} could not be read: {shown}",
            "Mend or convert them and ingest them again.",
        )


def _guarded(what: str, look: Callable[[], str], mend: str) -> Finding:
    try:
        return Finding(what, True, look())
    except Exception as error:  # whatever a broken installation throws is the finding
        return Finding(what, False, f"{type(error).__name__}: {error}", mend)


def _words() -> str:
    return "jieba cuts 社区托管班 as " + " / ".join(words.cut("社区托管班"))


def _terminal() -> Finding:
    encoding = locale.getpreferredencoding(False)
    good = encoding.lower().replace("-", "") in ("utf8", "gb18030")
    return Finding(
        "terminal",
        good,
        f"encoding {encoding}",
        "" if good else "export LANG=C.UTF-8, else Chinese cannot be shown here.",
    )


def _fonts() -> Finding:
    """Only the pictures for the README need a font; the bot itself does not."""
    lister = shutil.which("fc-list")
    if not lister:
        return Finding(
            "fonts", True, "not looked at (no fc-list); only docs/pictures.py needs a Chinese font"
        )
    found = subprocess.run(
        [lister, ":lang=zh", "family"], capture_output=True, text=True, check=False
    ).stdout.split("\n")
    names = sorted({name.split(",")[0] for name in found if name})
    says = (
        ", ".join(names[:3])
        if names
        else "no Chinese font; only docs/pictures.py needs one (Debian: fonts-noto-cjk)"
    )
    return Finding("fonts", True, says)


def _token(config: Config, *, offline: bool) -> Finding:
    if not config.token:
        return Finding(
            "token",
            True,
            "none: `baozhai run` opens the bot in the terminal",
            "For Telegram: get one from @BotFather, export BAOZHAI_TOKEN=…",
        )
    if offline:
        return Finding("token", True, "given, not tried (--offline)")

    from telegram import Bot
    from telegram.error import InvalidToken, TelegramError

    async def ask() -> str:
        bot = Bot(
            config.token, base_url=config.telegram.base_url, base_file_url=config.telegram.base_file_url
        )
        async with bot:
            return f"Telegram knows this bot as @{bot.username}"

    try:
        return Finding("token", True, asyncio.run(ask()))
    except InvalidToken:
        return Finding(
            "token",
            False,
            "Telegram refuses the token",
            "Copy it again from @BotFather (/token), or /revoke and take the new one.",
        )
    except TelegramError as error:
        return Finding(
            "token",
            False,
            f"Telegram cannot be reached: {type(error).__name__}",
            "Check the network and [telegram] base_url; the token itself was not judged.",
        )
