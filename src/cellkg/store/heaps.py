"""The heap of glibc, kept small: an import would else grow by what it has long given back."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_M_ARENA_MAX: Final = -8  # from malloc.h of glibc
_HEAPS: Final = 2


def share_heaps() -> None:
    """Let the threads of this process share two heaps, before most of them are there.

    glibc gives threads heaps of their own, up to eight a core, and what is freed in one is of no
    use to the others. RocksDB starts nearly two hundred threads: like this, the process that stores
    what is imported takes about a third less memory, and a tenth more time for the loading.

    Where the C library is another one, nothing is done (``man 3 mallopt``).
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Return memory that is free to the system, as after a large study; ``man 3 malloc_trim``.

    Else a process keeps what lies between things that live on: half of what the largest study took.
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
