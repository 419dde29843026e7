"""The folder of the documents that were quoted: texts by the SHA-256 of their bytes."""

from __future__ import annotations

from hashlib import file_digest
from typing import TYPE_CHECKING

from cellkg.errors import UserInputError

if TYPE_CHECKING:
    from pathlib import Path


class Documents:
    """The documents of a folder; only their hashes stay in memory.

    Args:
        folder: The folder; folders inside it are searched too.

    Attributes:
        paths: The file of each document, by its SHA-256.

    Raises:
        UserInputError: There is no such folder, or it holds no documents.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            message = f"There is no folder '{folder}'; give the one that holds the documents."
            raise UserInputError(message, value=str(folder))
        self.paths: dict[str, Path] = {}
        self._sums_by_name: dict[str, str] = {}
        for path in sorted(each for each in folder.rglob("[!.]*") if each.is_file()):
            with path.open("rb") as opened:
                checksum = file_digest(opened, "sha256").hexdigest()
            self.paths[checksum] = path
            self._sums_by_name.setdefault(path.name, checksum)
        if not self.paths:
            message = f"The folder '{folder}' holds no documents; give the one that does."
            raise UserInputError(message, value=str(folder))

    def text(self, checksum: str | None) -> str | None:
        """Read a document; None where it is not there, or is no text in UTF-8."""
        path = None if checksum is None else self.paths.get(checksum)
        if path is None:
            return None
        try:
            # Decoding bytes leaves line ends as they are, so that offsets hold everywhere.
            return path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            return None

    def sum_of_name(self, name: str) -> str | None:
        """Give the SHA-256 of the document of this name."""
        return self._sums_by_name.get(name)
