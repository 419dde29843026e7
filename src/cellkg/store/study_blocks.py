"""Studies ready to be stored: what stands in a graph, with the version of its source."""

from __future__ import annotations

from typing import NamedTuple

from cellkg.store.packed_lines import PackedLines
from cellkg.vocabulary import STUDY, study_graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    Version = tuple[str, str, str]
    """Sorts the versions of one study: when it was updated, the day of the data, the SHA-256."""


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
