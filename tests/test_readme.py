"""The README does what it says: every command of it is run, and its answer is the answer."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

README: Final = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
CONSOLE: Final = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
PYTHON: Final = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
COMMAND_COUNT: Final = 11
CELLKG: Final = Path(sys.executable).with_name("cellkg")


def _commands() -> list[tuple[str, str]]:
    """Give each command with the output that the README shows for it, or an empty text."""
    found: list[tuple[str, str]] = []
    for block in CONSOLE.findall(README):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def _run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_number_of_commands() -> None:
    assert len(_commands()) == COMMAND_COUNT


@pytest.mark.parametrize(("command", "output"), _commands())
def test_every_command_works_and_answers_as_shown(
    command: str, output: str, tmp_path: Path
) -> None:
    name, *arguments = shlex.split(command)
    assert name == "cellkg"
    done = _run([str(CELLKG), *arguments], tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout or done.stderr or "-o" in arguments
    if output:
        assert done.stdout == output


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    (code,) = PYTHON.findall(README)
    done = _run([sys.executable, "-c", code], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "reported 4 28 Fever 4" in done.stdout


def test_the_rooms_of_the_readme_are_the_rooms() -> None:
    source = Path(__file__).parents[1] / "src" / "cellkg"
    rooms = {path.stem for path in source.iterdir() if path.suffix in {"", ".py"}}
    rooms -= {"__init__", "__main__", "__pycache__", "py"}
    table = README.partition("## The rooms")[2].partition("Beside it")[0]
    named: set[str] = set()
    for line in table.splitlines():
        if line.startswith("| `"):
            named |= set(re.findall(r"`(\w+)`", line.split("|")[1]))
    assert named == rooms
