"""The Bot API without Telegram: a small model of it, kept in memory.

    terminal chat  ──▶  model  ◀──  LoopbackRequest  ◀──  python-telegram-bot's Application
                          ▲
          strict HTTP server of the tests (tests/botapi)

The model knows users, chats, messages and pending updates, and refuses what Telegram refuses, in Telegram's words.
It is synchronous and owns no clock; waiting (long polls) is the business of `polling.py`.
"""

from bot.loopback.errors import ApiError, Refused
from bot.loopback.model import BotApi
from bot.loopback.request import LoopbackRequest

__all__ = ["ApiError", "BotApi", "LoopbackRequest", "Refused"]
