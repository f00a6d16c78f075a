"""The terminal's tests take the model of Telegram and its clock from the loopback's."""

from tests.bot.loopback.conftest import api, clock

__all__ = ["api", "clock"]
