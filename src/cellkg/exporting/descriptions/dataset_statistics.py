"""How much the graphs hold, by class and by property, without what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, QuerySolutions

from cellkg.exporting.rdf.chosen_graphs import CONCLUDED
from cellkg.exporting.rdf.graph_lines import GraphLines
from cellkg.querying.origin import studies_by_origin

if TYPE_CHECKING:
    from pyoxigraph import QuerySolution

    from cellkg.store import GraphStore


class DatasetStatistics(NamedTuple):
    """How much the graphs hold, the closure and the overlaps left out.

    Attributes:
        statements: Triples, counted in each graph.
        entities: Things that have a class.
        subjects: Different subjects.
        objects: Different objects.
        things_by_class: How many things have each class, by its IRI.
        statements_by_property: How many statements each property makes, by its IRI.
        studies_by_origin: How many studies are "curated", and how many come from a "registry";
            those that a document only names in passing are not among them.
        issued: The newest date on which a manifest says that graphs were issued, or the ontology
            that it was made.
        example: One of the studies.
    """

    statements: int
    entities: int
    subjects: int
    objects: int
    things_by_class: dict[str, int]
    statements_by_property: dict[str, int]
    studies_by_origin: dict[str, int]
    issued: str | None
    example: str | None


def dataset_statistics(store: GraphStore) -> DatasetStatistics:
    """Count what the graphs hold.

    Args:
        store: The graphs.

    Returns:
        The numbers; each by SPARQL over the named graphs.

    Raises:
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> numbers = dataset_statistics(cellkg.open_graph().store)
        >>> numbers.statements == sum(numbers.statements_by_property.values())
        True
    """
    by_property = _counts(store, "SELECT ?key (COUNT(*) AS ?number)", "?subject ?key ?object")
    by_class = _counts(store, "SELECT ?key (COUNT(DISTINCT ?thing) AS ?number)", "?thing a ?key")
    graphs = [GraphLines(name, []) for name in store.graph_names()]
    studies = [graph.study for graph in graphs if graph.study is not None]
    return DatasetStatistics(
        statements=sum(by_property.values()),
        entities=_count(store, "?thing", "?thing a ?class"),
        subjects=_count(store, "?thing", "?thing ?property ?object"),
        objects=_count(store, "?thing", "?subject ?property ?thing"),
        things_by_class=by_class,
        statements_by_property=by_property,
        studies_by_origin=dict(sorted(studies_by_origin(store).items())),
        issued=_issued(store),
        example=studies[0] if studies else None,
    )


def _counts(store: GraphStore, head: str, pattern: str) -> dict[str, int]:
    counted = _rows(store, f"{head} WHERE {{ {_in_graphs(pattern)} }} GROUP BY ?key")
    # Classes without an IRI are those that the ontology makes up to say something else.
    return dict(
        sorted(
            (row["key"].value, int(row["number"].value))
            for row in counted
            if isinstance(row["key"], NamedNode)
        )
    )


def _count(store: GraphStore, what: str, pattern: str) -> int:
    query = f"SELECT (COUNT(DISTINCT {what}) AS ?number) WHERE {{ {_in_graphs(pattern)} }}"
    (row,) = _rows(store, query)
    return int(row["number"].value)


def _in_graphs(pattern: str) -> str:
    left_out = ", ".join(map(str, CONCLUDED))
    return f"GRAPH ?graph {{ {pattern} }} FILTER(?graph NOT IN ({left_out}))"


def _issued(store: GraphStore) -> str | None:
    found = _rows(
        store,
        "PREFIX dcterms: <http://purl.org/dc/terms/> SELECT ?date WHERE {"
        " { ?catalogue a <http://www.w3.org/ns/dcat#Catalog> ; dcterms:issued ?date } UNION"
        " { ?ontology a <http://www.w3.org/2002/07/owl#Ontology> ; dcterms:created ?date } }",
    )
    dates = [row["date"].value for row in found if isinstance(row["date"], Literal)]
    return max(dates, default=None)


def _rows(store: GraphStore, select: str) -> list[QuerySolution]:
    found = store.query(select)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    return list(found)
