"""From the paths that a user gives to the records in them."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from cellkg.errors import UserInputError
from cellkg.importers.reading.byte_window import ByteWindow, DamagedStreamError
from cellkg.importers.reading.containers import is_archive, stream_records
from cellkg.importers.reading.limits import CHUNK_BYTES, MAX_SPOOLED_BYTES
from cellkg.importers.reading.raw_record import Place, Refusal
from cellkg.importers.reading.unpacking_budget import UnpackingBudget
from cellkg.importers.reading.zip_archives import archive_records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO, Final

    from cellkg.importers.reading.raw_record import RawRecord

_STANDARD_INPUT: Final = Path("-")


def read_records(
    paths: Sequence[Path], standard_input: BinaryIO | None = None
) -> Iterator[RawRecord | Refusal]:
    r"""Read the records of files and folders of any shape, one after the other, memory flat.

    A study object, a list page of the registry's API, a bare list, JSON Lines, and all of these in
    gzip or zip, are told apart by what is in them. In folders hidden files are left out, a folder
    that links lead to again is read once, and the order is that of the names.

    Args:
        paths: Files and folders; ``-`` is standard input.
        standard_input: What ``-`` reads.

    Returns:
        Each record as printed, for `parse`, and a refusal for everything that gave none: no file,
        member or line is passed over in silence.

    Raises:
        UserInputError: There is no such file or folder, or ``-`` is given twice or cannot be read.

    Example:
        >>> from io import BytesIO
        >>> lines = BytesIO(b'{"hasResults": true}\n{"hasResults": false}\n')
        >>> for record in read_records([Path("-")], lines):
        ...     print(record.place, record.data)
        standard input, line 1 b'{"hasResults": true}'
        standard input, line 2 b'{"hasResults": false}'
    """
    for path in paths:
        if path != _STANDARD_INPUT and not path.exists():
            raise UserInputError(
                f"There is no file or folder '{path}': give one that exists, or - for standard"
                " input.",
                value=str(path),
            )
    if paths.count(_STANDARD_INPUT) > (standard_input is not None):
        raise UserInputError("Standard input (-) can be read once only.", value="-")
    return _all_records(paths, standard_input)


def _all_records(
    paths: Sequence[Path], standard_input: BinaryIO | None
) -> Iterator[RawRecord | Refusal]:
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path == _STANDARD_INPUT and standard_input is not None:
            yield from _piped_records(standard_input, Place("standard input"))
        elif path.is_dir():
            yield from _folder_records(path, seen)
        else:
            yield from _file_records(path)


def _folder_records(folder: Path, seen: set[tuple[int, int]]) -> Iterator[RawRecord | Refusal]:
    """Read a folder and those in it; one that was read already leads in a circle, or twice here."""
    try:
        status = folder.stat()
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield _unreadable(folder, error)
        return
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return
    seen.add(identity)
    if not names:
        yield Refusal(Place(str(folder)), "The folder is empty.", "empty")
    for path in (folder / name for name in names):
        if path.is_dir():
            yield from _folder_records(path, seen)
        elif path.exists() and not path.is_file():
            yield Refusal(
                Place(str(path)), "It is no file that can be read to its end.", "unreadable"
            )
        else:
            yield from _file_records(path)


def _file_records(path: Path) -> Iterator[RawRecord | Refusal]:
    place = Place(str(path))
    try:
        file = path.open("rb")
    except OSError as error:
        yield _unreadable(path, error)
        return
    with file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            yield from _piped_records(file, place)
            return
        budget = UnpackingBudget(status.st_size)
        window = ByteWindow(_reading(file))
        if is_archive(window.peek(4)):
            yield from archive_records(file, place, budget)
        else:
            yield from stream_records(window, place, budget)


def _piped_records(pipe: BinaryIO, place: Place) -> Iterator[RawRecord | Refusal]:
    budget = UnpackingBudget()
    window = ByteWindow(_reading(pipe, budget))
    if not is_archive(window.peek(4)):
        yield from stream_records(window, place, budget)
        return
    with tempfile.TemporaryFile() as copy:
        while piece := window.peek(1) and window.read(CHUNK_BYTES):
            copy.write(piece)
            if copy.tell() > MAX_SPOOLED_BYTES:
                size = f"{MAX_SPOOLED_BYTES >> 30} GiB"
                reason = f"An archive of more than {size} cannot be piped: give it as a file."
                yield Refusal(place, reason, "too large")
                return
        yield from archive_records(copy, place, budget)


def _reading(file: BinaryIO, budget: UnpackingBudget | None = None) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        try:
            piece = file.read(size)
        except OSError as error:
            raise DamagedStreamError(
                f"It cannot be read on ({error.strerror}).", "unreadable"
            ) from error
        if budget is not None:
            budget.packed += len(piece)
        return piece

    return read


def _unreadable(path: Path, error: OSError) -> Refusal:
    return Refusal(Place(str(path)), f"It cannot be read ({error.strerror}).", "unreadable")
