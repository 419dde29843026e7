"""In which line of an N-Quads file a record, or one of its properties, stands.

There a line is a statement, so that splitting at blanks does what :mod:`.turtle_lines` needs
tokens for, some twenty times as quickly.
"""

from __future__ import annotations

import re
from typing import Final

_UNICODE_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PARTS: Final = 3


class NQuadsLines:
    r"""The lines of one file.

    Args:
        content: The bytes of the file, unpacked.

    Example:
        >>> lines = NQuadsLines(
        ...     b"<https://e.org/a> <https://e.org/p> '' .\n\n"
        ...     b"<https://e.org/fever> <https://e.org/count> '4' <https://e.org/graph> ."
        ... )
        >>> lines.line_of("https://e.org/fever", "https://e.org/count")
        3
    """

    def __init__(self, content: bytes) -> None:
        self._subjects: dict[bytes, int] = {}
        self._properties: dict[bytes, int] = {}
        for number, line in enumerate(content.splitlines(), start=1):
            parts = line.split(None, _PARTS - 1)
            if len(parts) == _PARTS and not parts[0].startswith(b"#"):
                subject, property_ = (_unescaped(part) for part in parts[:2])
                self._subjects.setdefault(subject, number)
                self._properties.setdefault(subject + property_, number)

    def line_of(self, record: str, property_: str | None = None) -> int | None:
        """Find where a record, or one of its properties, first stands.

        Args:
            record: The IRI of the record.
            property_: The IRI of a property; None for the record itself.

        Returns:
            The line, counted from 1: of the property, or of the record where it has no such
            property; None where the file has no such record.
        """
        subject = f"<{record}>".encode()
        line = (
            None if property_ is None else self._properties.get(subject + f"<{property_}>".encode())
        )
        return self._subjects.get(subject) if line is None else line


def _unescaped(iri: bytes) -> bytes:
    if b"\\" not in iri:
        return iri
    text = _UNICODE_ESCAPE.sub(lambda code: chr(int(code[1] or code[2], 16)), iri.decode())
    return text.encode()
