"""Records out of zip archives, member by member, with nothing written to disk."""

from __future__ import annotations

import zlib
from lzma import LZMAError
from typing import cast
from zipfile import BadZipFile, ZipExtFile, ZipFile

from cellkg.importers.reading.byte_window import ByteWindow, DamagedStreamError
from cellkg.importers.reading.containers import stream_records
from cellkg.importers.reading.limits import MAX_MEMBERS
from cellkg.importers.reading.raw_record import Refusal
from cellkg.importers.reading.zip_salvage import is_left_out, salvaged_records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO, Final

    from cellkg.importers.reading.raw_record import Place, RawRecord
    from cellkg.importers.reading.unpacking_budget import UnpackingBudget

_ENCRYPTED: Final = 1


def archive_records(
    file: BinaryIO, place: Place, budget: UnpackingBudget
) -> Iterator[RawRecord | Refusal]:
    """Read the records of an archive's members, in the order of its table.

    Hidden members are left out, as hidden files are. Names of members are only shown.

    Args:
        file: The archive, in which one can move about.
        place: The file it is.
        budget: How much may be unpacked.

    Yields:
        Each record, and a refusal for whatever gave none.
    """
    try:
        archive = ZipFile(file)
    except (BadZipFile, ValueError, OSError, EOFError):
        yield from salvaged_records(file, place, budget)
        return
    with archive:
        members = [each for each in archive.infolist() if not is_left_out(each.filename)]
        if len(members) > MAX_MEMBERS:
            yield Refusal(place, f"The archive has {len(members):,} members.", "too large")
            return
        if not members:
            yield Refusal(place, "The archive is empty.", "empty")
        for member in members:
            here = place._replace(member=member.filename)
            if member.flag_bits & _ENCRYPTED:
                yield Refusal(here, "It is locked with a password: unpack it first.", "unreadable")
                continue
            try:
                opened = cast("ZipExtFile", archive.open(member))
            except (BadZipFile, OSError, NotImplementedError, ValueError) as error:
                yield Refusal(here, f"It cannot be unpacked ({error}).", "unreadable")
                continue
            with opened:
                window = ByteWindow(_unpacked(opened, budget))
                yield from stream_records(window, here, budget, layer=1)
            if window.damage is not None and window.damage.kind == "too large":
                return


def _unpacked(opened: ZipExtFile, budget: UnpackingBudget) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        try:
            piece = opened.read1(size)
        except EOFError as error:
            raise DamagedStreamError("It is cut off: the packed data end too early.") from error
        except (BadZipFile, OSError, LZMAError, zlib.error) as error:
            raise DamagedStreamError(f"Its packed data are damaged ({error}).") from error
        budget.spend(len(piece))
        return piece

    return read
