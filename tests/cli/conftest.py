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
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all small graphs that the tests of the command line build."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def shipped_cache() -> Path:
    """The cache of whoever runs the tests: the shipped graphs take half a minute to build."""
    return default_folder()


@pytest.fixture
def graphs(project: Path) -> str:
    """Three invented studies: one reports fever, one denies it, one says nothing."""
    return str(project / "tests" / "data" / "three-answers")


@pytest.fixture
def run(command: Path, cache: Path, shipped_cache: Path, tmp_path: Path) -> Run:
    """Run cellkg as a process of its own, in an empty folder."""

    def run_process(
        *arguments: str, stdin: bytes | None = None, **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        chosen = cache if "--graphs" in arguments else shipped_cache
        return subprocess.run(
            [command, *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env=inherited | {"CELLKG_CACHE": str(chosen)} | environment,
        )

    return run_process


@pytest.fixture
def invoke(cache: Path, shipped_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Run cellkg inside this process."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def run_inside(*arguments: str, stdin: bytes | None = None) -> Result:
        chosen = cache if "--graphs" in arguments else shipped_cache
        monkeypatch.setenv("CELLKG_CACHE", str(chosen))
        return CliRunner().invoke(cellkg, arguments, input=stdin, prog_name="cellkg")

    return run_inside
