"""Where the data of a command go: standard output, or a file, written whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from cellkg.cli.exit_codes import BAD_DATA, fail
from cellkg.cli.screen import coloured, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeVar

    from cellkg.cli.screen import Paint

    Decorated = TypeVar("Decorated", bound=Callable[..., object])

STANDARD_OUTPUT = "-"


def file_option(command: Decorated) -> Decorated:
    """Give a command the option -o, passed to it as `output`."""
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        default=STANDARD_OUTPUT,
        type=click.Path(),
        help="Write there, whole or not at all; - is standard output.",
    )(command)


def output_options(formats: Sequence[str]) -> Callable[[Decorated], Decorated]:
    """Give a command the options -f and -o, passed to it as `form` and `output`.

    Args:
        formats: The formats it can write, the default one first.
    """

    def decorate(command: Decorated) -> Decorated:
        return click.option(
            "-f",
            "--format",
            "form",
            type=click.Choice(formats),
            metavar="FORMAT",
            default=formats[0],
            help=f"How it is written: {', '.join(formats)}; {formats[0]} unless given.",
        )(file_option(command))

    return decorate


def limit_option(command: Decorated) -> Decorated:
    """Give a command the option --limit, passed to it as `limit`."""
    return click.option(
        "--limit",
        type=click.IntRange(min=0),
        metavar="N",
        help="Give at most that many rows; those beyond are counted.",
    )(command)


def deliver(data: bytes | Iterable[bytes], output: str) -> None:
    """Write the data of a command.

    Args:
        data: All of them, or one piece after the other.
        output: A file, or - for standard output.

    Raises:
        click.exceptions.Exit: They cannot be written there, which was said; a file that was
            there before is as it was.
    """
    try:
        if output == STANDARD_OUTPUT:
            for piece in _pieces(data):
                remaining = memoryview(piece)
                while remaining:  # where PYTHONUNBUFFERED is set, a pipe takes only a part at once
                    remaining = remaining[sys.stdout.buffer.write(remaining) :]
            sys.stdout.flush()
        else:
            write_whole(Path(output), data)
    except BrokenPipeError:
        raise
    except OSError as error:
        where = "Standard output" if output == STANDARD_OUTPUT else f"'{output}'"
        fail(f"{where} cannot be written: {error.strerror}.", BAD_DATA)


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file so that nobody ever sees half of it.

    Args:
        path: The file; a symbolic link keeps pointing where it does.
        data: Its new content, or one piece after the other.

    Raises:
        OSError: It cannot be written; what was there before is as it was.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as device:  # a device or a named pipe
            device.writelines(_pieces(data))
        return
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as temporary:
        try:
            temporary.writelines(_pieces(data))
            temporary.flush()
            Path(temporary.name).chmod(_mode_for(path))
            Path(temporary.name).replace(path)
        except BaseException:
            Path(temporary.name).unlink()
            raise


def _pieces(data: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return (data,) if isinstance(data, bytes) else data


def _mode_for(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def tell(message: str) -> None:
    """Say something that is not part of the answer, on standard error."""
    click.echo(message, err=True)


def paint_for_output(output: str) -> Paint:
    """Choose between colour and none, for what is written to `output`."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return coloured if wanted and _is_terminal(output) else plain


def width_of_output(output: str) -> int | None:
    """Count the columns of the terminal that `output` is; None where it is none."""
    if not _is_terminal(output):
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _is_terminal(output: str) -> bool:
    return output == STANDARD_OUTPUT and sys.stdout.isatty()
