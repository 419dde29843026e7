"""How the process ends: the one place where an error becomes a sentence and an exit code.

====  ==========================================================================================
code  meaning
====  ==========================================================================================
0     fine
1     findings: violations, or failed checks
2     wrong usage or input; the sentence says what exists and what to type
3     a source, data file, store or output is not what it should be
70    a mistake in cellkg itself; --debug shows where
130   stopped with Ctrl-C
141   the reader of a pipe stopped reading, as head does
====  ==========================================================================================
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager

import click

from cellkg.errors import CellkgError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import NoReturn

FINDINGS = 1
BAD_DATA = 3
MISTAKE = 70
INTERRUPTED = 130
BROKEN_PIPE = 141


def fail(message: str, exit_code: int) -> NoReturn:
    """Say in one sentence what went wrong, and end the process.

    Args:
        message: The sentence.
        exit_code: How the process ends.

    Raises:
        click.exceptions.Exit: Always.
    """
    click.echo(f"Error: {message}", err=True)
    raise click.exceptions.Exit(exit_code)


@contextmanager
def told(debug: Callable[[], bool]) -> Iterator[None]:
    """Turn whatever goes wrong inside into a sentence on standard error and an exit code.

    Args:
        debug: Tells, when something went wrong, whether to show the traceback as well.

    Raises:
        click.exceptions.Exit: With the exit code, after the sentence.

    Example:
        >>> with told(lambda: False):
        ...     raise ZeroDivisionError
        Traceback (most recent call last):
        ...
        click.exceptions.Exit: 70
    """
    try:
        yield
        # Inside, so that a full disk or a closed pipe is noticed here and not at the very end.
        sys.stdout.flush()
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except BrokenPipeError:
        _stop_writing()
        raise click.exceptions.Exit(BROKEN_PIPE) from None
    except KeyboardInterrupt:
        raise click.exceptions.Exit(INTERRUPTED) from None
    except CellkgError as error:
        _show_traceback(debug)
        fail(str(error), error.exit_code)
    except Exception as error:  # noqa: BLE001 - whatever a mistake raises, it is told as one
        _show_traceback(debug)
        fail(_sentence_of(error), MISTAKE)


def _stop_writing() -> None:
    """Send the rest of standard output nowhere: Python would complain of it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_traceback(debug: Callable[[], bool]) -> None:
    if debug():
        import traceback

        click.echo(traceback.format_exc(), err=True)


def _sentence_of(error: Exception) -> str:
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"cellkg made a mistake ({what}); run the same again with --debug for the traceback."
