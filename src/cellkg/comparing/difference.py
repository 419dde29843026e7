"""Everything that is news between two versions of the graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cellkg.comparing.changed_graphs import changed_graphs
from cellkg.comparing.graph_change import ADDED, CHANGED, WITHDRAWN, change_of
from cellkg.vocabulary import GRAPH

if TYPE_CHECKING:
    from cellkg.comparing.changed_graphs import Progress
    from cellkg.comparing.graph_change import GraphChange
    from cellkg.comparing.versions import Version

_STUDIES = GRAPH["study/"].value


class Difference(NamedTuple):
    """What changed between two versions of the graphs.

    Attributes:
        before: What the user calls the older version.
        after: What the user calls the newer version.
        graphs: The graphs with a difference of any kind, in the order of their IRIs.
    """

    before: str
    after: str
    graphs: tuple[GraphChange, ...]

    @property
    def studies(self) -> tuple[GraphChange, ...]:
        """The studies that are news."""
        return tuple(each for each in self.news if each.name.startswith(_STUDIES))

    @property
    def others(self) -> tuple[GraphChange, ...]:
        """The other graphs that are news: ontology, terms, institutions, lists of what is there."""
        return tuple(each for each in self.news if not each.name.startswith(_STUDIES))

    @property
    def news(self) -> tuple[GraphChange, ...]:
        """The graphs in which a record was added, withdrawn or changed."""
        return tuple(each for each in self.graphs if each.records)

    @property
    def moved(self) -> int:
        """How many pieces of evidence have the same words at another place."""
        return sum(each.moved for each in self.graphs)

    @property
    def renamed(self) -> int:
        """How many records say the same under another name."""
        return sum(len(each.renamed) for each in self.graphs)

    def count_studies(self, change: str) -> int:
        """Count the studies that were added, withdrawn or changed."""
        return sum(each.change == change for each in self.studies)

    def count_records(self, change: str) -> int:
        """Count the records that were added, withdrawn or changed, in all graphs."""
        return sum(each.count(change) for each in self.graphs)


CHANGES = (ADDED, WITHDRAWN, CHANGED)
"""What can happen to a graph, and to a record."""


def compare(before: Version, after: Version, progress: Progress | None = None) -> Difference:
    """Compare two versions of the graphs.

    Args:
        before: The older version.
        after: The newer version.
        progress: Told how many graphs are compared.

    Returns:
        What changed.

    Raises:
        SourceFileError: A file is not what it should be.
        StoreError: A store cannot be read.

    Example:
        >>> from cellkg.comparing import FileVersion
        >>> from cellkg.shipped_files import folder
        >>> ontology, graphs = folder("ontology"), folder("graphs")
        >>> shipped = FileVersion("shipped", ontology, [graphs])
        >>> compare(shipped, FileVersion("the same", ontology, [graphs])).graphs
        ()
        >>> by_hand = FileVersion("by hand", ontology, [graphs / "curated"])
        >>> smaller = FileVersion(
        ...     "one study", ontology, [graphs / "curated" / "ms-intrathecal-msc-pilot.ttl"]
        ... )
        >>> compare(by_hand, smaller).count_studies("withdrawn")
        6
    """
    pairs = changed_graphs(before, after, progress)
    return Difference(before.name, after.name, tuple(map(change_of, pairs)))
