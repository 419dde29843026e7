"""What was found before, kept on disk, so that only what changed is checked again.

::

    <cache>/cellkg-findings/
    └── 3f2a….json    a hash of all that the findings depend on; inside, a checksum and the findings

An entry is written whole or not at all, and one that is not what was written counts as none. What
nobody asked for in a month is removed.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Final

from cellkg.errors import StoreError
from cellkg.store.cache import default_folder
from cellkg.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable
    from hashlib import _Hash

FOLDER_NAME: Final = "cellkg-findings"
KEPT_SECONDS: Final = 30 * 24 * 60 * 60
_DIGEST_LENGTH: Final = 64


class FindingsCache:
    """Entries by a hash of what they depend on.

    Where the folder cannot be read or written to, nothing is kept, and all is checked anew.

    Args:
        folder: Where they are kept; made where it does not exist. None for the cache folder of
            cellkg.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     cache = FindingsCache(Path(folder))
        ...     key = cache.key(b"all that the findings depend on")
        ...     cache.put(key, ["a finding"])
        ...     cache.get(key), cache.get(cache.key(b"something else"))
        (['a finding'], None)
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._code = _code()
        if folder is None:
            with suppress(StoreError):  # a user without a home folder
                self._folder = default_folder() / FOLDER_NAME

    def key(self, *parts: bytes) -> str:
        """Hash what findings depend on: the parts, and the code of this version of cellkg."""
        hashed = self._code.copy()
        for part in parts:
            hashed.update(len(part).to_bytes(8, "big"))
            hashed.update(part)
        return hashed.hexdigest()

    def get(self, key: str) -> Any | None:  # noqa: ANN401 - whatever was put there
        """Give an entry, and note that it was asked for; None where there is none."""
        if self._folder is None:
            return None
        path = self._folder / f"{key}.json"
        try:
            content = path.read_bytes()
        except OSError:
            return None
        checksum, text = content[:_DIGEST_LENGTH], content[_DIGEST_LENGTH + 1 :]
        if sha256(text).hexdigest().encode() != checksum:
            return None
        with suppress(OSError):
            os.utime(path)
        return json.loads(text)

    def put(self, key: str, entry: object) -> None:
        """Keep an entry; it may be any plain value."""
        if self._folder is None:
            return
        text = json.dumps(entry, ensure_ascii=False).encode()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, suffix=".new", delete=False) as file:
                file.write(b"\n".join((sha256(text).hexdigest().encode(), text)))
            Path(file.name).replace(self._folder / f"{key}.json")

    def remove_old(self) -> None:
        """Remove what nobody asked for in a month, and what killed processes left half written."""
        if self._folder is None:
            return
        oldest = time.time() - KEPT_SECONDS
        with suppress(OSError):
            for path in _files_in(self._folder):
                if path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)


def _files_in(folder: Path) -> Iterable[Path]:
    return [*folder.glob("*.json"), *folder.glob("*.new")]


def _code() -> _Hash:
    """Hash the version, and the code of this room, which may be edited in a checkout."""
    hashed = sha256(__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        hashed.update(path.read_bytes())
    return hashed
