"""Built stores kept on disk: one folder for each content, trusted only when it is complete.

::

    <cache>/
    ├── 3f2a…-1-0.1.0-0.5.13/   a build: data version, store format, cellkg, pyoxigraph
    │   ├── complete            the marker, written last: what is inside, and by what it was made
    │   └── …                   what the build put there
    ├── cellkg-building-x7d/    one that is being made; its owner holds a lock on the file inside
    ├── cellkg-removing-p2q/    one that is being removed
    ├── cellkg-inputs-1c0ffee5  what the input files looked like (input_files.py)
    └── cellkg.lock             held while folders are made, moved or removed

Somebody may name a folder that holds other things as well: nothing is touched but these names.

Whoever reads a build holds a shared lock on its marker, and nobody removes it meanwhile. Locks go
with their process, so that one which is killed leaves nothing that others wait for or trust. On
Windows an open file cannot be moved with its folder, which does the same.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pyoxigraph

from cellkg.errors import StoreError
from cellkg.store.input_files import INDEX_NAME
from cellkg.version import __version__

try:
    import fcntl
except ImportError:  # Windows
    _HAS_LOCKS = False
else:
    _HAS_LOCKS = True

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO, Final

STORE_FORMAT: Final = 2
"""Raised whenever a build puts other things into its folder."""

KEPT_BUILDS: Final = 3
"""How many builds stay, the last used ones."""

IMPORTED: Final = "imported"
"""What the marker says of the content of a store that studies are imported into."""

_MARKER: Final = "complete"
_ANY_KEY: Final = "[0-9a-f]" * 32 + "-*"
_MARKER_BYTES: Final = 64 * 1024
_LOCK: Final = "lock"
_BUILDING: Final = "cellkg-building-"
_REMOVING: Final = "cellkg-removing-"


class CachedBuild:
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


def default_folder() -> Path:
    """Find the folder for builds: ``CELLKG_CACHE``, or the place for caches of this system.

    Returns:
        The folder, which may not exist yet.

    Raises:
        StoreError: The system names no home folder for the user.
    """
    chosen = os.environ.get("CELLKG_CACHE")
    if chosen:
        return Path(chosen)
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA")
            return (Path(local) if local else Path.home() / "AppData/Local") / "cellkg/Cache"
        if sys.platform == "darwin":
            return Path.home() / "Library/Caches/cellkg"
        named = os.environ.get("XDG_CACHE_HOME", "")
        # The specification says to pass over relative paths.
        return (Path(named) if named.startswith("/") else Path.home() / ".cache") / "cellkg"
    except RuntimeError as error:
        raise StoreError(
            "No folder for the built graphs is known, as you have no home folder: name one with"
            " CELLKG_CACHE=…, or type  --store memory.",
            kind="cache",
        ) from error


def find(cache: Path, data_version: str) -> CachedBuild | None:
    """Find the complete build of a data version, made by the versions that run now.

    Args:
        cache: The folder of builds.
        data_version: The data version.

    Returns:
        The build; None where it has to be made.
    """
    build = _opened(cache / _key(data_version))
    if build is None or build.facts != build.facts | _versions(data_version):
        return None
    try:  # noqa: SIM105 - contextlib would take longer to import than all of this takes
        os.utime(build.folder / _MARKER)  # used just now: see KEPT_BUILDS
    except OSError:
        pass  # on a disk that cannot be written to, nothing is removed either
    return build


def open_folder(folder: Path) -> CachedBuild:
    """Open a build by its folder.

    Args:
        folder: Where it is.

    Returns:
        The build.

    Raises:
        StoreError: It is not a complete build, or was made by other versions.
    """
    build = _opened(folder)
    if build is None and (folder / _MARKER).exists():
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
    for name, here in _versions("").items():
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
            _write_marker(content, _versions("") | fill(content))
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


def open_to_write(folder: Path) -> CachedBuild:
    """Open a store by its folder and keep everybody else from it.

    Args:
        folder: Where it is.

    Returns:
        The store, held until it is closed or its process ends.

    Raises:
        StoreError: It is not a complete store, was made by other versions, or is in use.
    """
    made = open_folder(folder)
    made.close()
    held = os.open(folder / _MARKER, os.O_RDONLY)
    if not _lock(held, exclusive=True):
        os.close(held)
        raise StoreError(
            f"The store in '{folder}' is in use by another process: wait until that has ended.",
            kind="disk",
            location=folder,
        )
    return CachedBuild(folder, made.facts, held)


def build(cache: Path, data_version: str, fill: Callable[[Path], dict[str, str]]) -> CachedBuild:
    """Make the build of a data version; it appears complete or not at all.

    Several processes may do so at once: the first to finish wins, and all use what it made.

    Args:
        cache: The folder of builds; made where it does not exist.
        data_version: The data version.
        fill: Puts what belongs to the build into an empty folder, closes it, and returns what the
            marker is to say.

    Returns:
        The build.

    Raises:
        StoreError: The disk is full, or the folder cannot be written to.
    """
    from contextlib import suppress
    from shutil import rmtree

    try:
        cache.mkdir(parents=True, exist_ok=True)
        with _OneAtATime(cache):
            _remove_abandoned(cache)
            temporary, lock = _started(cache)
        try:
            content = temporary / "content"
            content.mkdir()
            facts = _versions(data_version) | fill(content)
            _write_marker(content, facts)
            with _OneAtATime(cache):
                _publish(content, cache / _key(data_version), data_version)
                with suppress(OSError):  # what cannot be removed stays
                    _prune(cache)
        finally:
            lock.close()
            rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise StoreError(
            f"The built graphs cannot be written to '{cache}' ({error.strerror or error}): name"
            " another folder with CELLKG_CACHE=…, or type  --store memory.",
            kind="cache",
            location=cache,
        ) from error
    made = find(cache, data_version)
    if made is None:
        raise StoreError(
            f"The built graphs in '{cache}' were taken away as soon as they were made: name"
            " another folder with CELLKG_CACHE=….",
            kind="cache",
            location=cache,
        )
    return made


def remove(cache: Path, build: CachedBuild) -> None:
    """Take away a build that turned out to be damaged; where that fails, it stays.

    Args:
        cache: The folder of builds.
        build: The build, which this process uses no more.
    """
    from contextlib import suppress

    build.close()
    with suppress(OSError), _OneAtATime(cache):
        _take_away(build.folder)


def _versions(data_version: str) -> dict[str, str]:
    return {
        "data version": data_version,
        "store format": str(STORE_FORMAT),
        "cellkg": __version__,
        "pyoxigraph": pyoxigraph.__version__,
    }


def _key(data_version: str) -> str:
    shortened = data_version[:32]  # as good as all 64 digits, and some systems count characters
    return f"{shortened}-{STORE_FORMAT}-{__version__}-{pyoxigraph.__version__}"


def _opened(folder: Path) -> CachedBuild | None:
    """Open a build for reading, its marker locked; None where it is not complete."""
    try:
        held = os.open(folder / _MARKER, os.O_RDONLY)
    except OSError:
        return None
    build = CachedBuild(folder, {}, held)
    lines = os.read(held, _MARKER_BYTES).decode("utf-8", "replace").splitlines()
    build.facts.update(line.split(": ", 1) for line in lines if ": " in line)  # type: ignore[misc] # two parts each
    return build if _lock(held, exclusive=False) else None  # None: somebody is removing it


def _lock(file: int | IO[bytes], *, exclusive: bool) -> bool:
    """Lock a file until it is closed; False where somebody else holds it."""
    if not _HAS_LOCKS:
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return not exclusive  # a file system without locks: everything is read, nothing removed
    return True


class _OneAtATime:
    """Be the only process that makes, moves or removes folders of a cache."""

    def __init__(self, cache: Path) -> None:
        self.path = cache / "cellkg.lock"

    def __enter__(self) -> None:
        self.file = self.path.open("wb")
        if _HAS_LOCKS:
            from contextlib import suppress

            with suppress(OSError):  # a file system without locks
                fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.file.close()


def _started(cache: Path) -> tuple[Path, IO[bytes]]:
    """Make a folder to build in, locked so that nobody takes it for abandoned."""
    from tempfile import mkdtemp

    temporary = Path(mkdtemp(prefix=_BUILDING, dir=cache))
    lock = (temporary / _LOCK).open("wb")
    _lock(lock, exclusive=True)
    return temporary, lock


def _write_marker(content: Path, facts: dict[str, str]) -> None:
    """Write the marker once everything else is on the disk, whatever happens to the power."""
    for path in _everything_in(content):
        _sync(path)
    with (content / _MARKER).open("wb") as marker:
        marker.write("".join(f"{name}: {fact}\n" for name, fact in facts.items()).encode())
        marker.flush()
        os.fsync(marker.fileno())
    _sync(content)


def _everything_in(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _everything_in(path)
        yield path


def _sync(path: Path) -> None:
    if sys.platform == "win32" and path.is_dir():
        return  # folders are not opened there
    opened = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _publish(content: Path, folder: Path, data_version: str) -> None:
    """Move a complete build into its place, unless somebody was quicker."""
    if folder.exists():
        if find(folder.parent, data_version) is not None:
            return
        _take_away(folder)
    content.rename(folder)
    _sync(folder.parent)


def _prune(cache: Path) -> None:
    """Remove all builds but the last used ones, and what is known of inputs without a build."""
    builds = sorted(
        (marker.stat().st_mtime, marker.parent) for marker in cache.glob(f"{_ANY_KEY}/{_MARKER}")
    )
    for _, folder in builds[:-KEPT_BUILDS]:
        _take_away_unused(folder, _MARKER)
    versions = {folder.name.partition("-")[0] for folder in cache.iterdir() if folder.is_dir()}
    for index in cache.glob(f"{INDEX_NAME}*"):
        if index.read_bytes()[:32].decode("ascii", "replace") not in versions:
            index.unlink(missing_ok=True)


def _remove_abandoned(cache: Path) -> None:
    """Remove what killed processes left half made or half removed."""
    from shutil import rmtree

    for folder in cache.glob(f"{_REMOVING}*"):
        rmtree(folder, ignore_errors=True)
    for folder in cache.glob(f"{_BUILDING}*"):
        _take_away_unused(folder, _LOCK)


def _take_away_unused(folder: Path, lock_name: str) -> None:
    try:
        lock = (folder / lock_name).open("rb")
    except OSError:
        _take_away(folder)  # killed between the two steps of _started
        return
    with lock:
        unused = _lock(lock, exclusive=True)
        if unused and _HAS_LOCKS:
            _take_away(folder)
    if unused and not _HAS_LOCKS:
        _take_away(folder)  # fails where another process has the file open


def _take_away(folder: Path) -> None:
    """Remove a folder so that nobody sees half of it; where that fails, it stays."""
    from shutil import rmtree
    from tempfile import mkdtemp

    away = Path(mkdtemp(prefix=_REMOVING, dir=folder.parent))
    try:
        folder.rename(away / folder.name)
    except OSError:
        away.rmdir()
    else:
        rmtree(away, ignore_errors=True)
