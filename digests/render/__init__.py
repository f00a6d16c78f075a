"""A digest as a web page, a feed, or JSON: all from the same record, nothing decided here.

Telegram's messages are made in bot/messages, from the same record.
"""

from digests.render.data import as_json
from digests.render.feed import atom
from digests.render.page import html, index

__all__ = ["as_json", "atom", "html", "index"]
