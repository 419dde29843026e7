"""What the tests of fetching share: a registry, and a clock that nobody waits by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.importers.ctgov_api.registry_server import RegistryServer, study

from cellkg.importers.ctgov_api.pace import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator


class CountingClock(Clock):
    """A clock on which time passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        """Give the seconds slept so far."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Wait no moment."""
        self.slept.append(seconds)
        self.seconds += seconds

    def timestamp(self) -> str:
        """Give the same moment always."""
        return "2026-11-27T12:00:00Z"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def clock() -> CountingClock:
    """Give a clock that nobody waits by."""
    return CountingClock()


@pytest.fixture
def server() -> Iterator[RegistryServer]:
    """Run a registry of seven studies, which gives three at once."""
    with RegistryServer([study(number) for number in range(1, 8)], most=3) as running:
        yield running
