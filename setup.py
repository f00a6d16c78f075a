"""Puts the sample pages, the commented configuration and list of papers into the built package (bot/bundled/); all else is pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


class WithBundled(build_py):
    """build_py, and then samples/, config.toml and papers.toml beside the modules of `bot`."""

    def run(self) -> None:
        """Build, then copy; an editable install reads both from the checkout."""
        super().run()
        if self.editable_mode:
            return
        bundled = Path(self.build_lib) / "bot" / "bundled"
        shutil.rmtree(bundled, ignore_errors=True)
        shutil.copytree(HERE / "samples", bundled / "samples")
        for name in ("config.toml", "papers.toml"):
            shutil.copy(HERE / name, bundled / name)


setup(cmdclass={"build_py": WithBundled})
