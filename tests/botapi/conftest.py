"""The model's fixtures, for the server's tests too."""

from tests.bot.loopback.conftest import api, clock

__all__ = ["api", "clock"]
