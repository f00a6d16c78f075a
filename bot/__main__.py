"""`python -m bot` is `baozhai`."""

from bot.cli import main

main()
