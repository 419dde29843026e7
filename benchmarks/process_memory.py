"""Run one process, and see how much memory it and those that it starts take."""

from __future__ import annotations

import sys
from contextlib import suppress
from subprocess import DEVNULL, PIPE
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Final, NamedTuple

try:
    import psutil
except ImportError:
    sys.exit("What processes take of memory is read by psutil: type  pip install psutil")

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BETWEEN_LOOKS: Final = 0.05


class Run(NamedTuple):
    """One process from its start to its end.

    Attributes:
        seconds: By the clock on the wall.
        cpu_seconds: Of it and of those that it started, as far as they were seen.
        largest: The most bytes that one process held at once (resident set).
        together: The most bytes that all held at once; shared pages count once for each.
    """

    seconds: float
    cpu_seconds: float
    largest: int
    together: int


def run(command: Sequence[str], env: Mapping[str, str], cwd: str | None = None) -> Run:
    """Run a process and look at it every twentieth of a second.

    Args:
        command: What is started.
        env: Its environment.
        cwd: The folder it runs in.

    Raises:
        SystemExit: It ended with an error, which is shown.
    """
    begun = perf_counter()
    process = psutil.Popen(list(command), env=dict(env), cwd=cwd, stdout=DEVNULL, stderr=PIPE)
    watch = _Watch(process)
    errors = process.stderr.read()
    code = process.wait()
    seconds = perf_counter() - begun
    watch.end()
    if code != 0:
        sys.exit(f"{' '.join(command)} ended with {code}:\n{errors.decode()}")
    return Run(seconds, sum(watch.cpu.values()), watch.largest, watch.together)


class _Watch:
    def __init__(self, process: psutil.Popen) -> None:
        self.largest = self.together = 0
        self.cpu: dict[int, float] = {}
        self._process = process
        self._over = Event()
        self._thread = Thread(target=self._look_again)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _look_again(self) -> None:
        while not self._over.is_set():
            held = list(self._look())
            self.largest = max([self.largest, *held])
            self.together = max(self.together, sum(held))
            self._over.wait(BETWEEN_LOOKS)

    def _look(self) -> list[int]:
        held = []
        with suppress(psutil.Error):
            for each in (self._process, *self._process.children(recursive=True)):
                with suppress(psutil.Error), each.oneshot():
                    held.append(each.memory_info().rss)
                    times = each.cpu_times()
                    self.cpu[each.pid] = times.user + times.system
        return held
