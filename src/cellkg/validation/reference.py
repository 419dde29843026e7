"""pySHACL, the reference that the quick engine is held to: in tests, and in the benchmark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cellkg.validation.shape_results import copy_into, findings_in, quiet
from cellkg.validation.shapes import triples_in

if TYPE_CHECKING:
    import rdflib
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result

    from cellkg.validation.report import Finding
    from cellkg.validation.shapes import ShapeChecker


def check_by_pyshacl(checker: ShapeChecker, records: bytes) -> list[Finding]:
    """Check records as `ShapeChecker.check` does, far more slowly.

    Args:
        checker: The shapes, and what of the ontology and the terms they look at.
        records: The records as N-Triples, without the ontology and the terms.

    Returns:
        What the shapes find, sorted and without a place.
    """
    import pyshacl

    data, shapes = _graph(), _graph()
    with quiet():
        copy_into(data, triples_in(checker.background + records))
        copy_into(shapes, triples_in(checker.shapes))
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
        return findings_in(report, triples_in(records))


def _graph() -> rdflib.Graph:
    """Make a graph that parses a query once.

    pySHACL asks the query of a constraint for every record anew, as text, and rdflib takes thirty
    times as long to parse it as to answer it.
    """
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    prepared: dict[str, Query] = {}

    class Graph(rdflib.Graph):
        def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:  # noqa: ANN401 - rdflib's
            if isinstance(query_object, str):
                if query_object not in prepared:
                    prepared[query_object] = prepareQuery(query_object)
                query_object = prepared[query_object]
            return super().query(query_object, *args, **options)

    return Graph()
