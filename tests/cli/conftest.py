"""How the tests of the command line run it: as a whole process, or inside this one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result

from cellkg.cli.main import cellkg
from cellkg.store.cache import default_folder


class Run(Protocol):
    """Runs a whole process and gives what it did."""

    def __call__(
        self, *arguments: str, stdin: bytes | None = None, **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run cellkg on arguments; environment variables are given by name."""
        ...


class Invoke(Protocol):
    """Runs a command inside this process and gives what it did."""

    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Result:
        """Run cellkg on arguments."""
        ...


@pytest.fixture(scope="session")
def command() -> Path:
    """The installed command."""
    return Path(sys.executable).with_name("cellkg")


@pytest.fixture(scope="session")
def cache() -> Path:
    """The cache of whoever runs the tests: all of them share one copy of the shipped graphs."""
    return default_folder()


@pytest.fixture
def graphs(project: Path) -> str:
    """Three invented studies: one reports fever, one denies it, one says nothing."""
    return str(project / "tests" / "data" / "three-answers")


@pytest.fixture
def run(command: Path, cache: Path, tmp_path: Path) -> Run:
    """Run cellkg as a process of its own, in an empty folder."""

    def run_process(
        *arguments: str, stdin: bytes | None = None, **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        return subprocess.run(
            [command, *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env=inherited | {"CELLKG_CACHE": str(cache)} | environment,
        )

    return run_process


@pytest.fixture
def invoke(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Run cellkg inside this process."""
    monkeypatch.setenv("CELLKG_CACHE", str(cache))
    monkeypatch.delenv("COLUMNS", raising=False)

    def run_inside(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(cellkg, arguments, input=stdin, prog_name="cellkg")

    return run_inside
