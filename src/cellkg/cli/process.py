"""How the process starts and ends; the command line itself is imported in between."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command line on the arguments of the process, and end it."""
    # Most of what is imported and read stays; looking for cycles in it, from the first import on,
    # is a twentieth of a whole question.
    gc.set_threshold(100_000)
    try:
        exit_code = _run()
    except KeyboardInterrupt:  # while Python was still importing
        from cellkg.cli.exit_codes import INTERRUPTED

        exit_code = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # a closed pipe was told of before
            stream.flush()
    # Tidying up the store in memory would take a tenth of the time of a whole question.
    os._exit(exit_code)


def _run() -> int:
    from cellkg.cli.exit_codes import MISTAKE
    from cellkg.cli.main import cellkg

    try:
        cellkg(prog_name="cellkg")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else MISTAKE
    return MISTAKE  # click always ends with SystemExit
