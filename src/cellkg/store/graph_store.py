"""What can be asked of a store, wherever its graphs are."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple
else:
    Protocol = object  # importing typing would cost a stored question several milliseconds


class GraphStore(Protocol):
    """Named graphs that answer questions; none of the methods changes them.

    Attributes:
        data_version: Which data these are: equal where the input files are equal.
    """

    @property
    def data_version(self) -> str:
        """Tell which data these are."""

    def query(self, sparql: str) -> QuerySolutions | QueryTriples | QueryBoolean:
        """Ask a SPARQL 1.1 query; its default graph is the union of all named graphs.

        Args:
            sparql: The text of a SELECT, ASK, CONSTRUCT or DESCRIBE query.

        Returns:
            The answer, as pyoxigraph gives it.

        Raises:
            UserInputError: The text is not a query that can be asked here; the message has the
                line and the column.
            StoreError: The graphs cannot be read or reached.
        """

    def graph_names(self) -> list[NamedNode]:
        """List the named graphs, in the order of their IRIs."""

    def triples(self, graph: NamedNode | None) -> Iterator[Triple]:
        """Give the triples of one named graph, or of the union of all of them.

        Args:
            graph: The name of the graph; None for the union, in which a triple comes once.

        Returns:
            The triples in no particular order; none where there is no such graph.
        """
