"""The shapes of ontology/shapes, checked by pySHACL on the graph of one file at a time."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from cellkg.validation.report import Finding, Severity, readable
from cellkg.vocabulary import RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import rdflib
    from pyoxigraph import Triple
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result

    from cellkg.validation.graph_files import GraphFile

    Holders = dict[str, tuple[NamedNode | BlankNode | Triple, NamedNode]]
    """Which record and property point at a node without an IRI."""

_SHACL: Final = "http://www.w3.org/ns/shacl#"
_SEVERITY: Final = {
    _SHACL + "Violation": Severity.VIOLATION,
    _SHACL + "Warning": Severity.WARNING,
    _SHACL + "Info": Severity.INFO,
}
_BACKGROUND: Final = frozenset(
    {RDF["type"], RDFS["subClassOf"], RDFS["subPropertyOf"], SKOS["broader"]}
)
"""What a shape may ask of the ontology and the terms. Labels and schemes are left out on purpose:
the shape of terms looks for them, and a term is to be checked with its own file alone."""

TRIPLES_IN_A_PART: Final = 10_000
"""A file of many studies is checked in parts of at least so many triples, which is about a hundred
studies: pySHACL takes some kilobytes for each triple."""

_TALKATIVE: Final = ("rdflib.term", "pyshacl-validate")
"""Loggers that write to standard error what the findings say anyway."""


class ShapeChecker:
    """All shapes, ready to check one file after another.

    Args:
        ontology: The folder with ``cellkg.ttl``, ``terms`` and ``shapes``.

    Raises:
        SyntaxError: One of its files is not Turtle; a mistake in cellkg, not in what is checked.
    """

    def __init__(self, ontology: Path) -> None:
        self._shapes = _rdflib_graph(
            triple for path in sorted((ontology / "shapes").glob("*.ttl")) for triple in _read(path)
        )
        words = [ontology / "cellkg.ttl", *sorted((ontology / "terms").glob("*.ttl"))]
        self._background = [
            triple
            for path in words
            for triple in _read(path)
            if triple.predicate in _BACKGROUND
            and isinstance(triple.subject, NamedNode)
            and isinstance(triple.object, NamedNode)
            and triple.object != SKOS["ConceptScheme"]
        ]
        self._prepared: dict[str, Query] = {}

    def check(self, file: GraphFile) -> list[Finding]:
        """Check the records of one file.

        Args:
            file: The file; what it refers to in other files is not looked up.

        Returns:
            What the shapes find, in no particular order, each with its line.
        """
        return [
            replace(finding, file=file.path, line=_line(file, finding))
            for triples in _in_parts(file)
            for finding in self.check_triples(triples)
        ]

    def check_triples(self, triples: Iterable[Triple]) -> list[Finding]:
        """Check records wherever they come from.

        Args:
            triples: The records, without the ontology and the terms.

        Returns:
            What the shapes find, in no particular order and without a place. A record without an
            IRI is told by the record and the property that point at it.
        """
        import pyshacl

        records = list(triples)
        with _quiet():
            graph = _rdflib_graph([*self._background, *records], self._prepared)
            _, report, _ = pyshacl.validate(graph, shacl_graph=self._shapes, inplace=True)
        holders = {
            str(triple.object): (triple.subject, triple.predicate)
            for triple in records
            if isinstance(triple.object, BlankNode)
        }
        return [_finding(result, holders) for result in _results(report)]


def _in_parts(file: GraphFile) -> Iterator[list[Triple]]:
    """Give the triples of a file, whole graphs together, so that a part fits into memory."""
    part: list[Triple] = []
    for _, quads in groupby(file.quads, key=attrgetter("graph_name")):
        part += [quad.triple for quad in quads]
        if len(part) > TRIPLES_IN_A_PART:
            yield part
            part = []
    if part:
        yield part


def _read(path: Path) -> Iterator[Triple]:
    return (quad.triple for quad in parse(path.read_bytes(), RdfFormat.TURTLE))


@contextmanager
def _quiet() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def _rdflib_graph(
    triples: Iterable[Triple], prepared: dict[str, Query] | None = None
) -> rdflib.Graph:
    """Copy triples into rdflib.

    Args:
        triples: The triples; of a quoted triple, which no record has, only the text is kept.
        prepared: Queries that were parsed before, by their text, to be shared by many graphs.

    Returns:
        A graph in memory whose literals are spelled as they were.
    """
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    parsed = {} if prepared is None else prepared

    class Graph(rdflib.Graph):
        """Parses a query once.

        pySHACL asks the query of a constraint for every record anew, as text, and rdflib takes
        thirty times as long to parse it as to answer it.
        """

        def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:  # noqa: ANN401 - rdflib's
            if isinstance(query_object, str):
                if query_object not in parsed:
                    parsed[query_object] = prepareQuery(query_object)
                query_object = parsed[query_object]
            return super().query(query_object, *args, **options)

    def term(node: NamedNode | BlankNode | Literal | Triple) -> rdflib.term.Node:
        if isinstance(node, NamedNode):
            return rdflib.URIRef(node.value)
        if isinstance(node, Literal):
            if node.language is not None:
                return rdflib.Literal(node.value, lang=node.language)
            datatype = rdflib.URIRef(node.datatype.value)
            return rdflib.Literal(node.value, datatype=datatype, normalize=False)
        return rdflib.BNode(str(node).removeprefix("_:"))

    graph = Graph()
    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph


def _results(report: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - pySHACL's
    """Give each result of a report as a dictionary: the local name of a SHACL property, a node."""
    from rdflib import SH

    for result in report.objects(None, SH.result):
        yield {
            str(property_).removeprefix(_SHACL): node
            for property_, node in report.predicate_objects(result)
        }


def _finding(result: dict[str, Any], holders: Holders) -> Finding:
    focus = result["focusNode"]
    value = result.get("value")
    record, property_ = _iri(focus), _iri(result.get("resultPath"))
    node = f"_:{focus}"
    while record is None and node in holders:
        holder, property_ = holders[node][0], holders[node][1].value
        record, node = holder.value if isinstance(holder, NamedNode) else None, str(holder)
    return Finding(
        severity=_SEVERITY[str(result["resultSeverity"])],
        message=readable(str(result["resultMessage"])),
        origin=str(result["sourceShape"]),
        record=record,
        property=property_,
        value=None if value is None or value == focus else str(value),
    )


def _line(file: GraphFile, finding: Finding) -> int | None:
    if finding.record is None:
        return None
    return file.lines.line_of(finding.record, finding.property)


def _iri(node: Any) -> str | None:  # noqa: ANN401 - any node of rdflib, or none
    from rdflib import URIRef

    return str(node) if isinstance(node, URIRef) else None
