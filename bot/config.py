"""`config.toml` and the environment → a frozen `Config`. Every key is checked; an unknown key is refused.

The token comes from the environment only, or from a file that the environment names, and is never printed.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

from bot.config_keys import RULES, papers
from bot.errors import ConfigError
from bot.papers import read_papers
from store.readers import Limits
from store.sources.records import Paper

PROJECT = Path(__file__).resolve().parent.parent
"""The checkout, or site-packages where Baozhai is installed."""
TOKEN_FORM = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{3,}")
"""The form of a bot token: the bot's id, a colon, a secret (https://core.telegram.org/bots/api#authorizing-your-bot)."""


@dataclass(frozen=True, slots=True)
class DataConfig:
    """Where things lie; absolute paths."""

    folder: Path
    out: Path
    pages: Path | None

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / "baozhai.db"


@dataclass(frozen=True, slots=True)
class TelegramConfig:
    """Which Bot API server, and who are its operators."""

    base_url: str
    base_file_url: str
    admins: frozenset[int]
    mode: str


@dataclass(frozen=True, slots=True)
class WebhookConfig:
    """For mode = "webhook"."""

    public_url: str
    listen: str
    port: int
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeliveryConfig:
    """When and how fast digests go out."""

    hour: time
    time_zone: str
    catch_up_hours: float
    send_uncertain_again: bool
    messages_per_second: float
    chat_interval_seconds: float
    group_messages_per_minute: float
    alerts_a_day: int
    paid_broadcast: bool


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """Which index answers. `opensearch` is the server's address with the index, and may hold a password."""

    engine: str
    timeout_seconds: float
    opensearch: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SourcesConfig:
    """Papers that are fetched, and with which manners. `file` is where `baozhai sources add` writes."""

    contact: str
    delay_seconds: float
    again_minutes: int
    last_hour: time
    drop: Path | None
    file: Path
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class HealthConfig:
    """Where /health and /metrics answer; `listen` is "" for nowhere."""

    listen: str
    port: int


@dataclass(frozen=True, slots=True)
class BackupConfig:
    """When a backup is taken while the bot runs, where to, and how long it is kept; `folder` None for never."""

    folder: Path | None
    hour: time
    keep_days: int


@dataclass(frozen=True, slots=True)
class RetentionConfig:
    """Days each kind is kept; 0 keeps it for ever."""

    messages_days: int
    searches_days: int
    digests_days: int
    page_text_days: int


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. `token` is "" when none is given: then the bot runs in the terminal."""

    file: Path
    data: DataConfig
    telegram: TelegramConfig
    webhook: WebhookConfig
    delivery: DeliveryConfig
    search: SearchConfig
    sources: SourcesConfig
    health: HealthConfig
    backup: BackupConfig
    retention: RetentionConfig
    reading: Limits
    log_level: str
    log_form: str
    token: str = field(default="", repr=False)


APP = "baozhai"


def default_file() -> Path:
    """The config.toml of a checkout; where Baozhai is installed, the one in the user's configuration folder."""
    own = PROJECT / "config.toml"
    return own if own.exists() and (PROJECT / "Makefile").exists() else user_config_path(APP) / "config.toml"


def load(file: Path | None = None, *, environ: Mapping[str, str] = os.environ) -> Config:
    """The configuration from `file`, else BAOZHAI_CONFIG, else `default_file()`.

    Raises ConfigError naming the key, its value and what is allowed.
    """
    path = file or (Path(environ["BAOZHAI_CONFIG"]) if environ.get("BAOZHAI_CONFIG") else default_file())
    named = file is not None or bool(environ.get("BAOZHAI_CONFIG"))
    values = _checked(_read(path, named=named), path)
    root = path.resolve().parent
    if path.is_relative_to(user_config_path(APP)):
        root = user_data_path(APP)  # configuration and data have folders of their own on every system

    def place(text: str) -> Path:
        return (root / Path(text).expanduser()).resolve()

    data = values["data"]
    folder = (
        Path(environ["BAOZHAI_DATA"]).expanduser().resolve()
        if environ.get("BAOZHAI_DATA")
        else place(data["folder"])
    )
    telegram, webhook, delivery = values["telegram"], values["webhook"], values["delivery"]
    if telegram["mode"] == "webhook" and not webhook["public_url"]:
        raise ConfigError(
            "webhook.public_url", "", 'an https address, because telegram.mode is "webhook"', str(path)
        )
    if webhook["public_url"].startswith("http:") and "//api.telegram.org/" in telegram["base_url"]:
        # Only a Bot API server of one's own takes http (https://core.telegram.org/bots/api#using-a-local-bot-api-server).
        raise ConfigError("webhook.public_url", repr(webhook["public_url"]), "an https address", str(path))
    secret = environ.get("BAOZHAI_WEBHOOK_SECRET", "")
    if telegram["mode"] == "webhook" and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
        raise ConfigError(
            "BAOZHAI_WEBHOOK_SECRET", "(hidden)", "16 to 256 of A-Z a-z 0-9 _ -", "the environment"
        )
    return Config(
        file=path,
        data=DataConfig(folder, place(data["out"]), place(data["pages"]) if data["pages"] else None),
        telegram=TelegramConfig(**telegram),
        webhook=WebhookConfig(**webhook, secret=secret),
        delivery=DeliveryConfig(**delivery),
        search=SearchConfig(
            **{
                **values["search"],
                "opensearch": environ.get("BAOZHAI_OPENSEARCH") or values["search"]["opensearch"],
            }
        ),
        sources=_sources(values["sources"], path, place),
        health=HealthConfig(**values["health"]),
        backup=BackupConfig(
            place(values["backup"]["folder"]) if values["backup"]["folder"] else None,
            values["backup"]["hour"],
            values["backup"]["keep_days"],
        ),
        retention=RetentionConfig(**values["retention"]),
        reading=Limits(**values["reading"]),
        log_level=values["log"]["level"],
        log_form=values["log"]["form"],
        token=_token(environ),
    )


def _sources(values: dict[str, Any], path: Path, place: Callable[[str], Path]) -> SourcesConfig:
    tables, file = values["papers"], path
    if isinstance(tables, str):
        file = place(tables) if tables else path
        found = _read(file, named=False) if tables else {}
        for key in found:
            if key != "papers":
                raise ConfigError(key, repr(found[key]), "[[papers]]", str(file))
        tables = found.get("papers", [])
        if papers(tables) is None or isinstance(tables, str):
            raise ConfigError("papers", repr(tables), "tables: [[papers]]", str(file))
    drop = place(values["drop"]) if values["drop"] else None
    return SourcesConfig(**{**values, "papers": read_papers(tables, str(file)), "drop": drop}, file=file)


def _read(path: Path, *, named: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if named:
            raise ConfigError("", str(path), "a file that exists", "--config or BAOZHAI_CONFIG") from error
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("", str(path), f"a readable UTF-8 file ({error})", str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("", str(path), f"TOML ({error})", str(path)) from error


def _checked(found: Mapping[str, Any], path: Path) -> dict[str, dict[str, Any]]:
    for section, keys in found.items():
        if section not in RULES:
            raise ConfigError(section, "", "one of " + ", ".join(RULES), str(path))
        if not isinstance(keys, dict):
            raise ConfigError(section, repr(keys), f"a table: [{section}]", str(path))
        for key in keys:
            if key not in RULES[section]:
                raise ConfigError(
                    f"{section}.{key}", repr(keys[key]), "one of " + ", ".join(RULES[section]), str(path)
                )
    values: dict[str, dict[str, Any]] = {}
    for section, rules in RULES.items():
        values[section] = {}
        for key, rule in rules.items():
            given = found.get(section, {}).get(key, rule.default)
            value = rule.check(given)
            if value is None:
                raise ConfigError(f"{section}.{key}", repr(given), rule.allowed, str(path))
            values[section][key] = value
    return values


def _token(environ: Mapping[str, str]) -> str:
    token = environ.get("BAOZHAI_TOKEN", "").strip()
    if not token and environ.get("BAOZHAI_TOKEN_FILE"):
        file = Path(environ["BAOZHAI_TOKEN_FILE"])
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(
                "BAOZHAI_TOKEN_FILE", str(file), "a readable file that holds the token", "the environment"
            ) from error
    if token and not TOKEN_FORM.fullmatch(token):
        raise ConfigError(
            "BAOZHAI_TOKEN",
            "(hidden)",
            "a token as @BotFather gives it, like 123456789:ABC-DEF…",
            "the environment",
        )
    return token
