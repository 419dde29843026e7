"""Studies ready to be stored: what stands in a graph, with the version of its source."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from pyoxigraph import RdfFormat, serialize

from cellkg.vocabulary import CLOSURE_GRAPH, STUDY, study_graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from pyoxigraph import NamedNode, Triple

    Version = tuple[str, str, str]
    """Sorts the versions of one study: when it was updated, the day of the data, the SHA-256."""

BYTES_UNPACKED_AT_ONCE: Final = 1024 * 1024

_LEVEL: Final = 1
"""Lines repeat each other so much that the quickest level makes a twentieth of them."""


class PackedLines(NamedTuple):
    """Lines of N-Triples, packed: a large study has a hundred megabytes of them.

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
            >>> lines = PackedLines.of([b"<urn:a> <urn:b> <urn:c> .\n"] * 1000)
            >>> len(lines.data) < lines.size // 20, lines.lines
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

    def unpacked(self, size: int = BYTES_UNPACKED_AT_ONCE) -> Iterator[bytes]:
        """Give whole lines, at most about so many bytes at once."""
        unpack = zlib.decompressobj()
        waiting, begun = self.data, b""
        while not unpack.eof:
            part = begun + unpack.decompress(waiting, size)
            waiting = unpack.unconsumed_tail
            # Inside a literal a line never ends: N-Triples escapes that.
            end = part.rfind(b"\n") + 1
            begun = part[end:]
            if end:
                yield part[:end]


class StudyBlock(NamedTuple):
    """One study as it is stored.

    Attributes:
        name: The name of the study in its IRI.
        version: The version of the source it was read from.
        triples: What the source tells, a sorted line each.
        closure: What follows from it, likewise; without a line where nobody asked for it.
    """

    name: str
    version: Version
    triples: PackedLines
    closure: PackedLines = PackedLines.of(())

    @property
    def graph(self) -> NamedNode:
        """The graph of the study."""
        return study_graph(STUDY.iri + self.name)

    @property
    def size(self) -> int:
        """How many bytes of N-Triples there are."""
        return self.triples.size + self.closure.size

    @property
    def statements(self) -> int:
        """How many statements there are."""
        return self.triples.lines + self.closure.lines

    def n_quads(self, size: int = BYTES_UNPACKED_AT_ONCE) -> Iterator[bytes]:
        r"""Write the study, and then what follows from it, in their graphs.

        Args:
            size: About so many bytes of N-Triples at once.

        Returns:
            Whole lines of N-Quads.

        Example:
            >>> lines = PackedLines.of([b"<urn:a> <urn:b> <urn:c> .\n"])
            >>> block = StudyBlock("s", ("", "", ""), lines)
            >>> print(b"".join(block.n_quads()).decode())
            <urn:a> <urn:b> <urn:c> <https://w3id.org/cellkg/graph/study/s> .
            <BLANKLINE>
        """
        for lines, graph in ((self.triples, self.graph), (self.closure, CLOSURE_GRAPH)):
            end = f" {graph} .\n".encode()
            for part in lines.unpacked(size):
                yield part.replace(b" .\n", end)


def n_triples(triples: Iterable[Triple]) -> bytes:
    """Write triples as N-Triples, each once, in alphabetical order."""
    written = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    lines = written.splitlines(keepends=True)
    return b"".join(sorted(set(lines)))
