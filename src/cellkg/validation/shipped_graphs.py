"""What comes with cellkg, as far as the files that are checked refer to it.

A million statements about registry studies take a minute to read; a file refers to few of them.
"""

from __future__ import annotations

import gzip
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from cellkg.validation.graph_files import GraphFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from cellkg.store.graph_files import GraphFileReader


class GraphsOfFile(GraphFile):
    """Some graphs of a file in N-Quads, as if they were all of it.

    Args:
        path: Where the file is.
        quads: What the graphs say.
    """

    def __init__(self, path: Path, quads: list[Quad]) -> None:
        self.path = path
        self.problem = None
        self._quads = quads
        ends = (quad.subject for quad in quads)
        self.subjects = frozenset(end.value for end in ends if isinstance(end, NamedNode))

    def quads(self) -> list[Quad]:
        """Give what the graphs say."""
        return self._quads


def referred_to(
    paths: Iterable[Path], reader: GraphFileReader, told: frozenset[str], named: frozenset[str]
) -> Iterator[GraphFile]:
    """Read the shipped files that may matter to others.

    Args:
        paths: The shipped files.
        reader: What reads them.
        told: The IRIs of what the files that are checked describe.
        named: Every IRI that these files name.

    Yields:
        Each file in Turtle that describes none of what is told; of a file in N-Quads the graphs
        that do not either, and that describe something that is named.
    """
    wanted = {iri.partition("#")[0] for iri in named}
    for path in paths:
        if not path.name.removesuffix(".gz").endswith(".nq"):
            file = GraphFile(path, reader)
            if told.isdisjoint(file.subjects):
                yield file
            continue
        quads = list(_graphs_of(path, wanted))
        again = {
            quad.graph_name
            for quad in quads
            if isinstance(quad.subject, NamedNode) and quad.subject.value in told
        }
        yield GraphsOfFile(path, [quad for quad in quads if quad.graph_name not in again])


def _graphs_of(path: Path, wanted: set[str]) -> Iterator[Quad]:
    """Read the graphs of a file that describe something wanted."""
    content = path.read_bytes()
    if path.name.endswith(".gz"):
        content = gzip.decompress(content)
    for _, lines in groupby(content.splitlines(keepends=True), _graph_of_line):
        graph: Sequence[bytes] = list(lines)
        things = {line[1:].partition(b">")[0].partition(b"#")[0] for line in graph}
        if not wanted.isdisjoint(thing.decode() for thing in things):
            yield from parse(b"".join(graph), RdfFormat.N_QUADS)


def _graph_of_line(line: bytes) -> bytes:
    # Nothing but the name of the graph ends a line of N-Quads that names one.
    return line.rpartition(b" <")[2]
