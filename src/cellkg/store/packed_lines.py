"""Lines of N-Triples or N-Quads, packed: a large study has a hundred megabytes of them."""

from __future__ import annotations

import zlib
from itertools import chain, islice
from typing import NamedTuple

from pyoxigraph import RdfFormat, serialize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from pyoxigraph import NamedNode, Triple

BYTES_UNPACKED_AT_ONCE: Final = 1024 * 1024
TRIPLES_PACKED_AT_ONCE: Final = 10_000

_LEVEL: Final = 1
"""Lines repeat each other so much that the quickest level makes a twentieth of them."""


class PackedLines(NamedTuple):
    """Whole lines of N-Triples in little memory; or of N-Quads, for `unpacked` alone.

    Attributes:
        data: The lines in the format of zlib.
        size: How many bytes they have, unpacked.
        lines: How many lines there are.
    """

    data: bytes
    size: int
    lines: int

    @classmethod
    def of(cls, parts: Iterable[bytes]) -> PackedLines:
        r"""Pack whole lines.

        Args:
            parts: Any number of lines in each.

        Example:
            >>> packed = PackedLines.of([b"<urn:a> <urn:b> <urn:c> .\n"] * 1000)
            >>> len(packed.data) < packed.size // 20, packed.lines
            (True, 1000)
        """
        pack = zlib.compressobj(_LEVEL)
        packed: list[bytes] = []
        size = lines = 0
        for part in parts:
            packed.append(pack.compress(part))
            size += len(part)
            lines += part.count(b"\n")
        packed.append(pack.flush())
        return cls(b"".join(packed), size, lines)

    @classmethod
    def of_triples(cls, triples: Iterable[Triple]) -> PackedLines:
        """Pack triples, however many, as they come; those that come twice close together once."""
        remaining = iter(triples)
        return cls.of(
            n_triples(chain((first,), islice(remaining, TRIPLES_PACKED_AT_ONCE - 1)))
            for first in remaining
        )

    def unpacked(self, size: int = BYTES_UNPACKED_AT_ONCE) -> Iterator[bytes]:
        """Give whole lines, at most about so many bytes at once.

        Raises:
            zlib.error: The data are damaged.
        """
        unpack = zlib.decompressobj()
        waiting, begun = self.data, b""
        while not unpack.eof:
            given = unpack.decompress(waiting, size)
            if not (given or waiting):
                raise zlib.error("cut off")
            part = begun + given
            waiting = unpack.unconsumed_tail
            # Inside a literal a line never ends: N-Triples escapes that.
            end = part.rfind(b"\n") + 1
            begun = part[end:]
            if end:
                yield part[:end]

    def in_graph(self, graph: NamedNode, size: int = BYTES_UNPACKED_AT_ONCE) -> Iterator[bytes]:
        r"""Write the triples in a graph.

        Args:
            graph: The graph.
            size: About so many bytes of N-Triples at once.

        Returns:
            Whole lines of N-Quads.

        Example:
            >>> from pyoxigraph import NamedNode
            >>> lines = PackedLines.of([b"<urn:a> <urn:b> <urn:c> .\n"])
            >>> b"".join(lines.in_graph(NamedNode("urn:g")))
            b'<urn:a> <urn:b> <urn:c> <urn:g> .\n'
        """
        end = f" {graph} .\n".encode()
        for part in self.unpacked(size):
            yield part.replace(b" .\n", end)


def n_triples(triples: Iterable[Triple]) -> bytes:
    """Write triples as N-Triples, each once, in alphabetical order."""
    written = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    lines = written.splitlines(keepends=True)
    return b"".join(sorted(set(lines)))
