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

How a folder is trusted and locked stands in `cellkg.store.complete_folders`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pyoxigraph

from cellkg.errors import StoreError
from cellkg.store import complete_folders
from cellkg.store.complete_folders import (
    MARKER,
    opened,
    take_lock,
    versions,
    wait_for_lock,
    write_marker,
)
from cellkg.store.input_files import INDEX_NAME
from cellkg.store.writing_through import sync
from cellkg.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, Final

    from cellkg.store.complete_folders import CompleteFolder

KEPT_BUILDS: Final = 3
"""How many builds stay, the last used ones."""

_ANY_KEY: Final = "[0-9a-f]" * 32 + "-*"
_LOCK: Final = "lock"
_BUILDING: Final = "cellkg-building-"
_REMOVING: Final = "cellkg-removing-"


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


def find(cache: Path, data_version: str) -> CompleteFolder | None:
    """Find the complete build of a data version, made by the versions that run now.

    Args:
        cache: The folder of builds.
        data_version: The data version.

    Returns:
        The build; None where it has to be made.
    """
    build = opened(cache / _key(data_version))
    if build is None or build.facts != build.facts | versions(data_version):
        return None
    try:  # noqa: SIM105 - contextlib would take longer to import than all of this takes
        os.utime(build.folder / MARKER)  # used just now: see KEPT_BUILDS
    except OSError:
        pass  # on a disk that cannot be written to, nothing is removed either
    return build


def build(cache: Path, data_version: str, fill: Callable[[Path], dict[str, str]]) -> CompleteFolder:
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
            facts = versions(data_version) | fill(content)
            write_marker(content, facts)
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


def remove(cache: Path, build: CompleteFolder) -> None:
    """Take away a build that turned out to be damaged; where that fails, it stays.

    Args:
        cache: The folder of builds.
        build: The build, which this process uses no more.
    """
    from contextlib import suppress

    build.close()
    with suppress(OSError), _OneAtATime(cache):
        _take_away(build.folder)


def _key(data_version: str) -> str:
    shortened = data_version[:32]  # as good as all 64 digits, and some systems count characters
    return f"{shortened}-{complete_folders.STORE_FORMAT}-{__version__}-{pyoxigraph.__version__}"


class _OneAtATime:
    """Be the only process that makes, moves or removes folders of a cache."""

    def __init__(self, cache: Path) -> None:
        self.path = cache / "cellkg.lock"

    def __enter__(self) -> None:
        self.file = self.path.open("wb")
        wait_for_lock(self.file)

    def __exit__(self, *_: object) -> None:
        self.file.close()


def _started(cache: Path) -> tuple[Path, IO[bytes]]:
    """Make a folder to build in, locked so that nobody takes it for abandoned."""
    from tempfile import mkdtemp

    temporary = Path(mkdtemp(prefix=_BUILDING, dir=cache))
    lock = (temporary / _LOCK).open("wb")
    take_lock(lock, exclusive=True)
    return temporary, lock


def _publish(content: Path, folder: Path, data_version: str) -> None:
    """Move a complete build into its place, unless somebody was quicker."""
    if folder.exists():
        if find(folder.parent, data_version) is not None:
            return
        _take_away(folder)
    content.rename(folder)
    sync(folder.parent)


def _prune(cache: Path) -> None:
    """Remove all builds but the last used ones, and what is known of inputs without a build."""
    builds = sorted(
        (marker.stat().st_mtime, marker.parent) for marker in cache.glob(f"{_ANY_KEY}/{MARKER}")
    )
    for _, folder in builds[:-KEPT_BUILDS]:
        _take_away_unused(folder, MARKER)
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
        unused = take_lock(lock, exclusive=True)
        if unused and complete_folders.HAS_LOCKS:
            _take_away(folder)
    if unused and not complete_folders.HAS_LOCKS:
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
