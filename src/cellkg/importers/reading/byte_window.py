"""A stream of bytes, and the part of it that is being looked at."""

from __future__ import annotations

import re

from cellkg.importers.reading.limits import CHUNK_BYTES, LARGEST_CHUNK_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

    from cellkg.importers.reading.raw_record import RefusalKind

_NO_SPACE: Final = re.compile(rb"[^ \t\r\n]")


class DamagedStreamError(Exception):
    """The stream ends here though it should go on; says why.

    Args:
        reason: Why, as one sentence.
        kind: What sort of reason it is.
    """

    def __init__(self, reason: str, kind: RefusalKind = "damaged") -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind


class ByteWindow:
    """The part of a stream that is being looked at; it grows as asked, and what is done is dropped.

    A stream that breaks is read like one that ends, so that what came before the break is used.

    Args:
        read: Reads at most as many bytes as it is told, none at the end; may raise
            `DamagedStreamError`.

    Attributes:
        data: The bytes that are being looked at, and `start` where in them.
        damage: Why the stream broke off, where it did.

    Example:
        >>> import io
        >>> window = ByteWindow(io.BytesIO(b'  {"a": 1}').read)
        >>> chr(window.next_byte())
        '{'
    """

    __slots__ = ("_ended", "_read", "damage", "data", "start")

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._ended = False
        self.data = b""
        self.start = 0
        self.damage: DamagedStreamError | None = None

    @property
    def pending(self) -> int:
        """How many bytes are held and not done with."""
        return len(self.data) - self.start

    def grow(self) -> bool:
        """Read on; `start` moves to 0.

        Returns:
            Whether there was more.
        """
        wanted = min(max(CHUNK_BYTES, self.pending), LARGEST_CHUNK_BYTES)
        pieces = [self.data[self.start :]]
        self.start = 0
        more = False
        while wanted > 0 and (piece := self._next_piece(wanted)):
            pieces.append(piece)
            wanted -= len(piece)
            more = True
        self.data = b"".join(pieces)
        return more

    def _next_piece(self, wanted: int) -> bytes:
        if self._ended:
            return b""
        try:
            piece = self._read(wanted)
        except DamagedStreamError as error:
            self.damage = error
            piece = b""
        self._ended = not piece
        return piece

    def peek(self, size: int) -> bytes:
        """Look at the next bytes; fewer come only at the end."""
        while self.pending < size and self.grow():
            pass
        return self.data[self.start : self.start + size]

    def read(self, size: int) -> bytes:
        """Take bytes out, as the stream itself would give them.

        Raises:
            DamagedStreamError: The stream broke off.
        """
        if not self.pending and not self.grow() and self.damage is not None:
            raise self.damage
        taken = self.data[self.start : self.start + size]
        self.start += len(taken)
        return taken

    def next_byte(self) -> int | None:
        """Pass over white space.

        Returns:
            The byte after it, to which `start` has moved; None at the end.
        """
        while True:
            found = _NO_SPACE.search(self.data, self.start)
            if found is not None:
                self.start = found.start()
                return self.data[self.start]
            self.start = len(self.data)
            if not self.grow():
                return None
