"""Studies ready to be stored: what stands in a graph, with the version of its source."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import RdfFormat, serialize

from cellkg.vocabulary import CLOSURE_GRAPH, STUDY, study_graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode, Triple

    Version = tuple[str, str, str]
    """Sorts the versions of one study: when it was updated, the day of the data, the SHA-256."""


class StudyBlock(NamedTuple):
    """One study as it is stored.

    Attributes:
        name: The name of the study in its IRI.
        version: The version of the source it was read from.
        triples: What the source tells, as N-Triples, a sorted line each.
        closure: What follows from it, likewise; empty where nobody asked for it.
    """

    name: str
    version: Version
    triples: bytes
    closure: bytes = b""

    @property
    def graph(self) -> NamedNode:
        """The graph of the study."""
        return study_graph(STUDY.iri + self.name)

    def n_quads(self, size: int | None = None) -> Iterator[bytes]:
        r"""Write the study, and then what follows from it, in their graphs.

        Args:
            size: Where given, about so many bytes at once.

        Returns:
            Whole lines of N-Quads.

        Example:
            >>> block = StudyBlock("s", ("", "", ""), b"<urn:a> <urn:b> <urn:c> .\n")
            >>> print(b"".join(block.n_quads()).decode())
            <urn:a> <urn:b> <urn:c> <https://w3id.org/cellkg/graph/study/s> .
            <BLANKLINE>
        """
        for lines, graph in ((self.triples, self.graph), (self.closure, CLOSURE_GRAPH)):
            begin = 0
            while begin < len(lines):
                end = len(lines) if size is None else lines.find(b"\n", begin + size) + 1
                # Inside a literal a line never ends: N-Triples escapes that.
                yield lines[begin : end or None].replace(b" .\n", f" {graph} .\n".encode())
                begin = end or len(lines)


def n_triples(triples: Iterable[Triple]) -> bytes:
    """Write triples as N-Triples, each once, in alphabetical order."""
    written = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    lines = written.splitlines(keepends=True)
    return b"".join(sorted(set(lines)))
