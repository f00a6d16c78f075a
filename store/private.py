"""Files and folders that hold readers' data: for their owner alone, and that owner is the folder's, also where root acts.

An operator restores as root what a service with a user of its own then has to write to.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700


def make_file(path: Path) -> None:
    """Make an empty file. Raises FileExistsError, OSError."""
    made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE)
    try:
        if _root():
            folder = path.parent.stat()
            os.chown(made, folder.st_uid, folder.st_gid)
    finally:
        os.close(made)


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, where there is none yet. Raises OSError."""
    if path.is_dir():
        return
    make_folder(path.parent)
    with suppress(FileExistsError):  # another process was quicker
        path.mkdir(mode=_FOLDER)
        if _root():
            above = path.parent.stat()
            os.chown(path, above.st_uid, above.st_gid, follow_symlinks=False)


def _root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
