"""`python -m bot` is `baozhai`."""

import signal

# While the program is still being read nothing is begun: Ctrl-C ends it at once, and nobody is shown a trace.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from bot.cli import main  # noqa: E402

signal.signal(signal.SIGINT, signal.default_int_handler)
main()
