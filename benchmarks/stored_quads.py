"""Everything a store holds: as a file, and as a number that no order changes."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import RdfFormat, Store

if TYPE_CHECKING:
    from pathlib import Path

_BLANK: Final = re.compile(rb"_:[0-9A-Za-z]+")
_MODULUS: Final = 2**128


class Held(NamedTuple):
    """What a store holds.

    Attributes:
        quads: How many quads.
        sum: The sum of the hashes of all of them, the blank nodes without their labels.
    """

    quads: int
    sum: int


def dump(store: Path, file: Path) -> Held:
    """Write all quads of a store as N-Quads.

    Args:
        store: Its folder.
        file: Where they go.

    Returns:
        How many there are, and what they come to.
    """
    Store.read_only(str(store)).dump(file, RdfFormat.N_QUADS)
    quads, total = 0, 0
    with file.open("rb") as lines:
        for line in lines:
            plain = _BLANK.sub(b"_:", line) if b"_:" in line else line
            total += int.from_bytes(blake2b(plain, digest_size=16).digest(), "big")
            quads += 1
    return Held(quads, total % _MODULUS)
