"""Fixtures every test may ask for."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from hypothesis import settings

if TYPE_CHECKING:
    from tests.botapi.server import BotApiServer


# Files that have not been run, or not been run to the end, since the rooms they test were joined. They are named one a
# line in unproven.txt and left out of `make test`; `make test-all` runs everything. Whoever has seen one pass takes it off.
_UNPROVEN = Path(__file__).with_name("unproven.txt")
collect_ignore = (
    []
    if os.environ.get("BAOZHAI_ALL_TESTS")
    else [
        line
        for line in _UNPROVEN.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
)

# The same examples at every run, so that a red run is a change's fault. New ones are looked for with
# HYPOTHESIS_PROFILE=explore; what they find becomes an @example.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest_asyncio.fixture
async def botapi() -> AsyncIterator[BotApiServer]:
    """A strict Bot API over HTTP in the test's own loop, no flood limits; what the bot did wrong fails the test."""
    from tests.botapi.server import BotApiServer  # not for the many tests that need no server

    async with BotApiServer() as server:
        yield server
    if server.violations:
        pytest.fail("The bot broke the Bot API's rules:\n" + "\n".join(server.violations), pytrace=False)
