"""How Telegram reaches us: long polling or a webhook, many chats at once."""
