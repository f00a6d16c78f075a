"""What readers are sent, as Telegram HTML within Telegram's limits. Pure, and without Telegram's library."""

from bot.messages.digest import compose_digest

__all__ = ["compose_digest"]
