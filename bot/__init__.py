"""Whom we tell: Telegram, the terminal, the clock and the command line.

Only `bot` is async and knows Telegram, APScheduler, `config.toml` and the environment.
"""
