"""What every verb shares: the configuration, the store, the clock, and the options that many have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.config import Config, load

if TYPE_CHECKING:
    from store.database import Store


class Operator:
    """Reads the configuration when a verb first needs it, so that `--help` and `parse` work without one."""

    def __init__(self, config_file: Path | None) -> None:
        self._file = config_file
        self._config: Config | None = None

    @property
    def config(self) -> Config:
        """The configuration. Raises ConfigError."""
        if self._config is None:
            self._config = load(self._file)
        return self._config

    def open_store(self) -> Store:
        """The store. Raises StoreError."""
        # The store brings the parser and its dictionaries: `--help` and `init` do without.
        from bot.stores import open_store

        return open_store(self.config)

    def now(self) -> datetime:
        """The present moment, aware."""
        return datetime.now(UTC)


operator = click.pass_obj
"""Gives a verb its Operator."""


class Day(click.ParamType[date]):
    """A day as 2024-08-05."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error that shows the form."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2024-08-05.", param, ctx)


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/cli.md).")(function)
