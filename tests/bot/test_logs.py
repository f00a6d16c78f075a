"""No token and no message body reaches a log, at any level."""

import logging

import pytest
from telegram import Bot
from telegram.error import InvalidToken

from bot import logs
from tests.botapi.server import BotApiServer

SECRET = "99999:AAveryverysecretAA"


@pytest.fixture(autouse=True)
def _restore():
    """Other tests find logging as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in logs._QUIETED}
    yield
    root.handlers[:], root.level = handlers, level
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


async def test_debug_log_of_a_real_call_has_neither_token_nor_body(
    botapi: BotApiServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The most talkative level, a real message over HTTP, a refused token."""
    logs.configure("DEBUG", token=botapi.token)
    reader = botapi.api.user(1000)
    reader.send("/start")
    async with Bot(botapi.token, base_url=botapi.base_url) as bot:
        await bot.send_message(1000, "只给收信人看的话")
    stranger = Bot(SECRET, base_url=botapi.base_url)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    for request in stranger._request:  # shutdown() does nothing for a bot that never began
        await request.shutdown()
    logging.getLogger("bot").debug("still talking")
    written = capsys.readouterr().err
    assert "still talking" in written
    assert botapi.token not in written and SECRET not in written and "只给收信人看的话" not in written


def test_token_in_a_trace_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever library puts an address into an exception."""
    logs.configure("INFO")
    try:
        raise OSError(f"cannot connect to https://api.telegram.org/bot{SECRET}/getMe")
    except OSError:
        logging.getLogger("bot").exception("trouble at %s", "07:30")
    written = capsys.readouterr().err
    assert "AAveryverysecretAA" not in written and "07:30" in written and "getMe" in written
