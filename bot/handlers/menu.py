"""What Telegram shows of the bot itself: the command menu and the descriptions, in Chinese and English."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.handlers.commands import COMMANDS
from bot.texts import plain

log = logging.getLogger(__name__)


async def announce(bot: Bot) -> None:
    """Register commands and descriptions. A refusal is logged and stops nothing: they are ornaments."""
    for language, code in (("zh", ""), ("zh", "zh"), ("en", "en")):
        commands = [
            BotCommand(command.name, plain(language, f"command_{command.name}"))
            for command in COMMANDS
            if command.in_menu
        ]
        try:
            await bot.set_my_commands(commands, language_code=code or None)
            await bot.set_my_description(plain(language, "bot_description"), language_code=code or None)
            await bot.set_my_short_description(
                plain(language, "bot_short_description"), language_code=code or None
            )
        except TelegramError as error:
            log.warning("the menu in %r could not be set: %s", code or "default", error)
