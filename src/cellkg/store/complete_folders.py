"""Folders that are trusted by a marker, written last, and locked by it while they are used.

Whoever reads such a folder holds a shared lock on its marker, and nobody removes or changes it
meanwhile. Locks go with their process, so that one which is killed leaves nothing that others wait
for or trust. On Windows an open file cannot be moved with its folder, which does the same.
"""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph

from cellkg.errors import StoreError
from cellkg.store.writing_through import sync
from cellkg.version import __version__

try:
    import fcntl
except ImportError:  # Windows
    HAS_LOCKS = False
else:
    HAS_LOCKS = True

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO, Final

STORE_FORMAT: Final = 2
"""Raised whenever a build puts other things into its folder."""

IMPORTED: Final = "imported"
"""What the marker says of the content of a store that studies are imported into."""

MARKER: Final = "complete"
"""The file that says what a folder holds, and by what it was made."""

_MARKER_BYTES: Final = 64 * 1024


class CompleteFolder:
    """A complete build, which nobody removes as long as this object lives.

    Attributes:
        folder: Where it is.
        facts: What its marker says, by name.
    """

    __slots__ = ("_held", "facts", "folder")

    def __init__(self, folder: Path, facts: dict[str, str], held: int) -> None:
        self.folder = folder
        self.facts = facts
        self._held: int | None = held

    def close(self) -> None:
        """Let go of it: it may be removed from now on."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def __del__(self) -> None:
        """Let go of it with the last one who uses it."""
        self.close()


def open_folder(folder: Path) -> CompleteFolder:
    """Open a build by its folder.

    Args:
        folder: Where it is.

    Returns:
        The build.

    Raises:
        StoreError: It is not a complete build, was made by other versions, or is being written to.
    """
    from cellkg.store.replacing import UNFINISHED

    build = _checked(folder)
    if (folder / UNFINISHED).exists():
        build.close()
        open_to_write(folder).close()
        build = _checked(folder)
    return build


def _checked(folder: Path) -> CompleteFolder:
    build = opened(folder)
    if build is None and (folder / MARKER).exists():
        raise StoreError(
            f"The store in '{folder}' is being written to: wait until that has ended.",
            kind="disk",
            location=folder,
        )
    if build is None:
        raise StoreError(
            f"'{folder}' is not a complete store of cellkg: give the folder that  cellkg import"
            "  made, or leave it out.",
            kind="disk",
            location=folder,
        )
    for name, here in versions("").items():
        there = build.facts.get(name)
        if there != here and name != "data version":
            raise StoreError(
                f"The store in '{folder}' was written with {name} {there}, and here is {here}:"
                " type  cellkg build  to build it again.",
                kind="version",
                location=folder,
            )
    return build


def make_at(folder: Path, fill: Callable[[Path], dict[str, str]]) -> None:
    """Make a store at a place of the user's, which appears complete or not at all.

    Args:
        folder: Where it goes; nothing is there yet, or an empty folder.
        fill: As in `build`.

    Raises:
        StoreError: The disk is full, or the folder cannot be written to.
    """
    from shutil import rmtree
    from tempfile import mkdtemp

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            content = temporary / "content"
            content.mkdir()
            write_marker(content, versions("") | fill(content))
            content.rename(folder)
        finally:
            rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise StoreError(
            f"A store cannot be written to '{folder}' ({error.strerror or error}): name another"
            " folder.",
            kind="disk",
            location=folder,
        ) from error


def open_to_write(folder: Path) -> CompleteFolder:
    """Open a store by its folder and keep everybody else from it; it holds whole studies only.

    Args:
        folder: Where it is.

    Returns:
        The store, held until it is closed or its process ends.

    Raises:
        StoreError: It is not a complete store, was made by other versions, or is in use.
    """
    from cellkg.store.replacing import finish_replacing

    made = _checked(folder)
    made.close()
    held = os.open(folder / MARKER, os.O_RDONLY)
    if not take_lock(held, exclusive=True):
        os.close(held)
        raise StoreError(
            f"The store in '{folder}' is in use by another process: wait until that has ended.",
            kind="disk",
            location=folder,
        )
    build = CompleteFolder(folder, made.facts, held)
    finish_replacing(folder)
    return build


def opened(folder: Path) -> CompleteFolder | None:
    """Open a build for reading, its marker locked; None where it is not complete."""
    try:
        held = os.open(folder / MARKER, os.O_RDONLY)
    except OSError:
        return None
    build = CompleteFolder(folder, {}, held)
    lines = os.read(held, _MARKER_BYTES).decode("utf-8", "replace").splitlines()
    build.facts.update(line.split(": ", 1) for line in lines if ": " in line)  # type: ignore[misc] # two parts each
    return build if take_lock(held, exclusive=False) else None  # None: somebody is removing it


def versions(data_version: str) -> dict[str, str]:
    """Give what a marker says of the versions that made a folder."""
    return {
        "data version": data_version,
        "store format": str(STORE_FORMAT),
        "cellkg": __version__,
        "pyoxigraph": pyoxigraph.__version__,
    }


def take_lock(file: int | IO[bytes], *, exclusive: bool) -> bool:
    """Lock a file until it is closed; False where somebody else holds it."""
    if not HAS_LOCKS:
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return not exclusive  # a file system without locks: everything is read, nothing removed
    return True


def wait_for_lock(file: IO[bytes]) -> None:
    """Lock a file until it is closed, as soon as nobody else holds it."""
    if HAS_LOCKS:
        from contextlib import suppress

        with suppress(OSError):  # a file system without locks
            fcntl.flock(file, fcntl.LOCK_EX)


def write_marker(content: Path, facts: dict[str, str]) -> None:
    """Write the marker once everything else is on the disk, whatever happens to the power."""
    for path in _everything_in(content):
        sync(path)
    with (content / MARKER).open("wb") as marker:
        marker.write("".join(f"{name}: {fact}\n" for name, fact in facts.items()).encode())
        marker.flush()
        os.fsync(marker.fileno())
    sync(content)


def _everything_in(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _everything_in(path)
        yield path
