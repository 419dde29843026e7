"""How much is read of what strangers made, and why not more."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

MIB: Final = 1 << 20

CHUNK_BYTES: Final = MIB
"""How much is read at once: large enough that calls cost nothing, small beside Python itself."""

LARGEST_CHUNK_BYTES: Final = 8 * MIB
"""How far chunks grow while one record is pending, so that a long one is not copied too often."""

MAX_RECORD_BYTES: Final = 64 * MIB
"""The largest record. The largest real one has 1.5 MB; each worker holds one, and its objects."""

MAX_NESTING: Final = 100
"""How deep objects and lists lie in each other. Real records go down to 11."""

MAX_HEAD_BYTES: Final = MIB // 16
"""How far the list of a list page is looked for: its token and its total stand in front."""

MAX_MEMBERS: Final = 1_000_000
"""The most files in one archive: twice the whole registry, one study a file."""

MAX_LAYERS: Final = 3
"""How often packed data may be packed again: compressed files in an archive are real."""

MAX_UNPACKED_BYTES: Final = 128 << 30
"""The most that one file unpacks to: several times the whole registry."""

MAX_RATIO: Final = 250
"""How many times larger unpacked data may be. Registry JSON has 4 to 30; a bomb 1,000 and more."""

RATIO_FREE_BYTES: Final = 64 * MIB
"""What may be unpacked at any ratio: small files of repeated text pack well, and do no harm."""

MAX_SPOOLED_BYTES: Final = 8 << 30
"""The largest archive from a pipe: it is copied to a file, as its table stands at its end."""

MAX_SHOWN: Final = 80
"""How many characters of a stranger's text a message shows."""
