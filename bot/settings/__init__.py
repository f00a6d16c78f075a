"""A subscriber's settings: the screens, what a press changes, and time zones."""
