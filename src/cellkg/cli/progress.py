"""A progress bar on standard error, for what takes longer than a second, on a terminal only."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import rich.progress

PATIENCE_SECONDS = 1.0
"""How long a person waits without being told anything."""


@contextmanager
def building(clock: Callable[[], float] = monotonic) -> Iterator[_Bar]:
    """Show how far a build is, while it goes on inside.

    Args:
        clock: Gives the time in seconds.

    Yields:
        What to tell: the name of a step, how much of it is done, how much there is or None.
    """
    bar = _Bar(clock)
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    """A bar that appears when it is first told something after a second."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._patient_until = clock() + PATIENCE_SECONDS
        self._closed = not sys.stderr.isatty()
        self._shown: rich.progress.Progress | None = None
        self._task: rich.progress.TaskID | None = None

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if self._closed or self._clock() < self._patient_until:
            return
        if self._shown is None or self._task is None:
            from rich.console import Console
            from rich.progress import Progress

            self._shown = Progress(console=Console(stderr=True), transient=True)
            self._task = self._shown.add_task(step, total=total)
            self._shown.start()
        self._shown.update(self._task, description=step, completed=done, total=total)

    def close(self) -> None:
        """Take the bar away; it does not come back."""
        self._closed = True
        if self._shown is not None:
            self._shown.stop()
