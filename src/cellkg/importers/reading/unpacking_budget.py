"""How much packed data may unpack to."""

from __future__ import annotations

from cellkg.importers.reading.byte_window import DamagedStreamError
from cellkg.importers.reading.limits import MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FREE_BYTES


class UnpackingBudget:
    """What one input may unpack to, all its members and layers together.

    Members of an archive that lie over each other, which is how the worst bombs are made, thus
    count as often as they are read, against the one archive that they are in.

    Args:
        packed: The size of the input as far as it is known; it grows with what is read of a pipe.

    Example:
        >>> UnpackingBudget(packed=1000).spend(200_000_000)
        Traceback (most recent call last):
        ...
        cellkg.importers.reading.byte_window.DamagedStreamError: It unpacks to more than 200,000,000
        bytes from 1,000, as no registry data do; the rest was not read.
    """

    __slots__ = ("packed", "unpacked")

    def __init__(self, packed: int = 0) -> None:
        self.packed = packed
        self.unpacked = 0

    def spend(self, size: int) -> None:
        """Count what was unpacked.

        Args:
            size: How many bytes more.

        Raises:
            DamagedStreamError: That is more than registry records can be.
        """
        self.unpacked += size
        ratio = self.unpacked / max(self.packed, 1)
        if self.unpacked > MAX_UNPACKED_BYTES or (
            self.unpacked > RATIO_FREE_BYTES and ratio > MAX_RATIO
        ):
            raise DamagedStreamError(
                f"It unpacks to more than {self.unpacked:,} bytes from {self.packed:,}, as no"
                " registry data do; the rest was not read.",
                "too large",
            )
