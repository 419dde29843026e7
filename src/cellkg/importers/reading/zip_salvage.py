"""What is still whole in a zip archive whose table of members, at its end, is lost.

Every member also has a header of its own before its data, so those before the break can be read one
after the other. The layout is that of the ZIP File Format Specification (APPNOTE), sections 4.3.7
and 4.3.9.
"""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

from cellkg.importers.reading.byte_window import ByteWindow, DamagedStreamError
from cellkg.importers.reading.containers import stream_records
from cellkg.importers.reading.limits import CHUNK_BYTES, MAX_MEMBERS
from cellkg.importers.reading.raw_record import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, Final

    from cellkg.importers.reading.raw_record import Place, RawRecord
    from cellkg.importers.reading.unpacking_budget import UnpackingBudget

_HEADER: Final = struct.Struct("<4s2xHH4xLL4xHH")
_HEADER_MARK: Final = b"PK\x03\x04"
_DESCRIPTOR_MARK: Final = b"PK\x07\x08"
_ENCRYPTED: Final = 0x1
_SIZES_FOLLOW: Final = 0x8
_UTF_8: Final = 0x800
_STORED: Final = 0
_DEFLATED: Final = 8
_SIZE_ELSEWHERE: Final = 0xFFFFFFFF
_DESCRIPTOR_BYTES: Final = 26  # the longest, and the mark of what follows

_CUT_OFF: Final = "It is cut off: the packed data end too early."
_LOST: Final = (
    "The archive is cut off or damaged: its table of members is lost, so only those before the"
    " damage were read. Get the file again."
)


class _Header(NamedTuple):
    flags: int
    method: int
    checksum: int
    size: int
    name: str

    @property
    def is_readable(self) -> bool:
        """Tell whether it is known where the data end, and how to unpack them."""
        if self.flags & _ENCRYPTED:
            return False
        sized = not self.flags & _SIZES_FOLLOW and self.size != _SIZE_ELSEWHERE
        return self.method == _DEFLATED or (self.method == _STORED and sized)


def is_left_out(name: str) -> bool:
    """Tell whether a member is a folder, hidden, or made by a Mac for itself.

    Example:
        >>> [is_left_out(each) for each in ("a/", "a/.b/c.json", "__MACOSX/a.json", "a/b.json")]
        [True, True, True, False]
    """
    hidden = any(part.startswith(".") and part.strip(".") for part in name.split("/"))
    return hidden or name.endswith("/") or name.startswith("__MACOSX/")


def salvaged_records(
    file: BinaryIO, place: Place, budget: UnpackingBudget
) -> Iterator[RawRecord | Refusal]:
    """Read the records of the members that are whole, and refuse the rest once.

    Args:
        file: The archive, in which one can move about.
        place: The file it is.
        budget: How much may be unpacked.

    Yields:
        Each record, and a refusal for whatever gave none; the last is that of the archive.
    """
    file.seek(0)
    window = ByteWindow(file.read)
    for _ in range(MAX_MEMBERS):
        header = _read_header(window)
        if header is None or not header.is_readable:
            break
        inside = ByteWindow(_Member(window, header, budget).read)
        if not is_left_out(header.name):
            here = place._replace(member=header.name)
            yield from stream_records(inside, here, budget, layer=1)
        while inside.peek(1):
            inside.start = len(inside.data)
    yield Refusal(place, _LOST, "damaged")


def _read_header(window: ByteWindow) -> _Header | None:
    head = window.peek(_HEADER.size)
    if len(head) < _HEADER.size or not head.startswith(_HEADER_MARK):
        return None
    _, flags, method, checksum, size, name_size, extra_size = _HEADER.unpack(head)
    whole = window.peek(_HEADER.size + name_size + extra_size)
    window.start += len(whole)
    name = whole[_HEADER.size : _HEADER.size + name_size]
    decoded = name.decode("utf-8" if flags & _UTF_8 else "cp437", errors="replace")
    return _Header(flags, method, checksum, size, decoded)


class _Member:
    """The data of one member; the window stands behind them when all were read."""

    def __init__(self, window: ByteWindow, header: _Header, budget: UnpackingBudget) -> None:
        self._window = window
        self._header = header
        self._budget = budget
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self._left = header.size
        self._checksum = 0
        self._ended = False

    def read(self, size: int) -> bytes:
        """Unpack at most so much."""
        piece = self._stored(size) if self._header.method == _STORED else self._inflated(size)
        self._checksum = zlib.crc32(piece, self._checksum)
        self._budget.spend(len(piece))
        if not piece and not self._ended:
            self._ended = True
            if self._checksum != self._expected_checksum():
                raise DamagedStreamError("Its packed data are damaged (wrong checksum).")
        return piece

    def _stored(self, size: int) -> bytes:
        piece = self._window.peek(min(size, self._left))
        if not piece and self._left:
            raise DamagedStreamError(_CUT_OFF)
        self._window.start += len(piece)
        self._left -= len(piece)
        return piece

    def _inflated(self, size: int) -> bytes:
        inflater = self._inflater
        while not inflater.eof:
            packed = self._window.peek(CHUNK_BYTES)
            if not packed:
                raise DamagedStreamError(_CUT_OFF)
            try:
                piece = inflater.decompress(packed, size)
            except zlib.error as error:
                raise DamagedStreamError(f"Its packed data are damaged ({error}).") from error
            used = len(packed) - len(inflater.unconsumed_tail) - len(inflater.unused_data)
            self._window.start += used
            if piece:
                return piece
        return b""

    def _expected_checksum(self) -> int:
        """Give the checksum, which stands before the data or, with their sizes, behind them."""
        if not self._header.flags & _SIZES_FOLLOW:
            return self._header.checksum
        behind = self._window.peek(_DESCRIPTOR_BYTES)
        at = len(_DESCRIPTOR_MARK) if behind.startswith(_DESCRIPTOR_MARK) else 0
        for end in (at + 4 + 2 * 4, at + 4 + 2 * 8):  # sizes of 4 bytes or, in large archives, 8
            if behind[end : end + 2] in (b"PK", b""):
                self._window.start += min(end, len(behind))
                break
        return int.from_bytes(behind[at : at + 4], "little")
