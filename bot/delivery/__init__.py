"""From "what is due" to a message that Telegram has taken: plan, claim, call, settle."""
