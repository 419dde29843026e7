"""Start whole processes in turn and take the time."""

from __future__ import annotations

import os
import shlex
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def environment(cache: Path) -> dict[str, str]:
    """Give processes an environment in which Python is as quick as it is for users.

    Args:
        cache: Where cellkg keeps its builds.

    Returns:
        The environment of this process without what changes how Python starts.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"CELLKG_CACHE": str(cache)}


def seconds(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, bytes]:
    """Run one process to its end.

    Args:
        command: What is started.
        env: Its environment.

    Returns:
        The seconds by the clock on the wall, and the standard output.

    Raises:
        SystemExit: It ended with an error, which is shown.
    """
    begun = time.perf_counter()
    done = subprocess.run(command, check=False, env=dict(env), capture_output=True)
    taken = time.perf_counter() - begun
    if done.returncode != 0:
        sys.exit(f"{shlex.join(command)} ended with {done.returncode}:\n{done.stderr.decode()}")
    return taken, done.stdout


def medians(
    commands: Mapping[str, Sequence[str]], runs: int, env: Mapping[str, str]
) -> dict[str, float]:
    """Run processes in turn, A B C A B C …, so that what else the machine does hits all alike.

    Args:
        commands: What is started, by name.
        runs: How often each is.
        env: The environment of all.

    Returns:
        The median of the seconds of each, by name.
    """
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(seconds(command, env)[0])
    return {name: statistics.median(each) for name, each in taken.items()}
