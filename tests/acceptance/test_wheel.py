"""Installed from a wheel, Baozhai plays the visit from anywhere, and keeps its data out of its own code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from bot.config import PROJECT

LEFT_OUT = shutil.ignore_patterns(
    ".*", "tests", "benchmarks", "data", "out", "build", "dist", "__pycache__", "*.egg-info"
)
SECONDS = 850
"""Of a machine much slower than usual."""


def run(*words: str | Path, folder: Path, home: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program as somebody who has nothing of ours: no variables, an empty home, another folder."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BAOZHAI", "PYTHON", "XDG_", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(word) for word in words],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**environment, "HOME": str(home), "PYTHONUTF8": "1"},
        timeout=SECONDS,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it: that of `make dist` (BAOZHAI_WHEEL), else one built here.

    What it depends on is borrowed from our environment; the checkout is not on its path.
    """
    folder = tmp_path_factory.mktemp("wheel")
    if not (wheel := os.environ.get("BAOZHAI_WHEEL", "")):
        shutil.copytree(PROJECT, folder / "source", ignore=LEFT_OUT)
        build = "from setuptools import build_meta; print(build_meta.build_wheel('..'))"
        done = run(sys.executable, "-c", build, folder=folder / "source", home=folder)
        assert done.returncode == 0, done.stderr
        [wheel] = map(str, folder.glob("*.whl"))
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    done = run(
        *(
            sys.executable,
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "--no-deps",
            "--no-index",
            "--quiet",
            wheel,
        ),
        folder=folder,
        home=folder,
    )
    assert done.returncode == 0, done.stderr
    [packages] = (folder / "env").glob("lib/python*/site-packages")
    borrowed = [path for path in sys.path if Path(path).name == "site-packages" and Path(path).is_dir()]
    (packages / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return packages


@pytest.mark.slow
def test_installed_from_a_wheel_it_plays_the_visit(installed: Path, tmp_path: Path) -> None:
    """The demo on the samples inside the wheel; init with configuration and papers; nothing is written beside the code."""
    baozhai = installed.parents[2] / "bin" / "baozhai"
    home, folder = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    folder.mkdir()

    def files() -> set[Path]:
        return {path for path in installed.rglob("*") if path.suffix != ".pyc" and path.name != "__pycache__"}

    before = files()
    visit = run(baozhai, "demo", folder=folder, home=home, stdin="/start\n/search 托管班\n/quit\n")
    assert visit.returncode == 0 and "托管班" in visit.stdout and "河汾日报" in visit.stdout, visit.stderr
    made = run(baozhai, "init", "mine", folder=folder, home=home)
    assert made.returncode == 0, made.stderr
    assert (folder / "mine" / "papers.toml").exists()
    looked = run(baozhai, "--config", "mine/config.toml", "check", "--offline", folder=folder, home=home)
    assert looked.returncode == 0, looked.stdout
    assert str(folder / "mine" / "data") in looked.stdout
    assert files() == before, "data belongs to the user's folders"
    assert list(folder.iterdir()) == [folder / "mine"]
