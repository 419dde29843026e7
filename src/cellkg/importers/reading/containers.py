"""What a stream of bytes is, by its first bytes: packed, an archive, JSON, or something else."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib

from cellkg.importers.reading.byte_window import ByteWindow, DamagedStreamError
from cellkg.importers.reading.json_documents import is_lines, json_records
from cellkg.importers.reading.limits import MAX_HEAD_BYTES, MAX_LAYERS
from cellkg.importers.reading.raw_record import Refusal, RefusalKind, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Final

    from _typeshed import WriteableBuffer

    from cellkg.importers.reading.raw_record import Place, RawRecord
    from cellkg.importers.reading.unpacking_budget import UnpackingBudget

_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")

_UNREADABLE: Final[tuple[tuple[bytes, str, RefusalKind], ...]] = (
    (rb"\s*\Z", "It is empty.", "empty"),
    (
        rb"\x1f\x8b|PK\x03\x04|PK\x05\x06",
        "It is packed within packed data: unpack it first.",
        "unreadable",
    ),
    (
        rb"\xff\xfe|\xfe\xff|\0{0,3}[{\[]\0",
        "It is UTF-16 or UTF-32 text: save it as UTF-8.",
        "not JSON",
    ),
    (
        rb"\s*<(\?xml|clinical_study)\b",
        "It is XML, as the registry gave before version 2 of its API; take JSON.",
        "not JSON",
    ),
    (
        rb"\s*<(!doctype|html|head|body)\b",
        "It is a web page (HTML), perhaps an error message, and no JSON.",
        "not JSON",
    ),
    (rb"[^\0]*\0", "It is binary data and no JSON.", "not JSON"),
)
"""What is neither JSON nor can be unpacked: how it begins, and what to say of it."""


def is_archive(head: bytes) -> bool:
    """Tell by its first four bytes whether a file is a zip archive."""
    return head.startswith(_ZIP)


def stream_records(
    window: ByteWindow, place: Place, budget: UnpackingBudget, layer: int = 0
) -> Iterator[RawRecord | Refusal]:
    """Read the records of a stream that is JSON, packed or not.

    Args:
        window: The stream from its beginning.
        place: The file it is.
        budget: How much may still be unpacked.
        layer: How often it was packed.

    Yields:
        Each record, and a refusal for whatever gave none.
    """
    head = window.peek(4)
    if head.startswith(_GZIP) and layer < MAX_LAYERS:
        inside = ByteWindow(_gunzipped(window, budget))
        yield from stream_records(inside, place, budget, layer + 1)
        return
    if head.startswith(codecs.BOM_UTF8):
        window.start += len(codecs.BOM_UTF8)
    head = window.peek(MAX_HEAD_BYTES)
    if b"\0" not in head and (head.lstrip()[:1] in (b"{", b"[") or is_lines(window)):
        yield from json_records(window, place)
    elif head or window.damage is None:
        yield Refusal(place, *_what_it_is(head))
        return  # that it also broke off is of no interest
    if window.damage is not None:
        yield Refusal(place, window.damage.reason, window.damage.kind)


def _what_it_is(head: bytes) -> tuple[str, RefusalKind]:
    """Say what is neither JSON nor packed."""
    for beginning, reason, kind in _UNREADABLE:
        if re.match(beginning, head, re.IGNORECASE):
            return reason, kind
    shown = printable(head.decode(errors="replace").strip())
    return f"It is plain text and no JSON, perhaps an error message: '{shown}'.", "not JSON"


class _Packed(io.RawIOBase):
    """A window as a file, which is what unpacking reads."""

    def __init__(self, window: ByteWindow) -> None:
        self._window = window

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer as far as the window goes."""
        into = memoryview(buffer)
        piece = self._window.read(len(into))
        into[: len(piece)] = piece
        return len(piece)


def _gunzipped(window: ByteWindow, budget: UnpackingBudget) -> Callable[[int], bytes]:
    unpacked = gzip.GzipFile(fileobj=io.BufferedReader(_Packed(window)))

    def read(size: int) -> bytes:
        try:
            piece = unpacked.read1(size)
        except EOFError as error:
            raise DamagedStreamError(
                "It is cut off: the packed data end too early. Get the file again."
            ) from error
        except (OSError, zlib.error) as error:
            raise DamagedStreamError(f"Its packed data are damaged ({error}).") from error
        budget.spend(len(piece))
        return piece

    return read
