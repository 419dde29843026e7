"""From a report of SHACL results to findings, whichever engine wrote it."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from cellkg.validation.report import Finding, Severity, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib
    from pyoxigraph import Triple

    Holders = dict[str, tuple[NamedNode | BlankNode | Triple, NamedNode]]
    """Which record and property point at a node without an IRI."""

_SHACL: Final = "http://www.w3.org/ns/shacl#"
_SEVERITY: Final = {
    _SHACL + "Violation": Severity.VIOLATION,
    _SHACL + "Warning": Severity.WARNING,
    _SHACL + "Info": Severity.INFO,
}
_BRACKETS: Final = re.compile(r"<(https?://[^<>\s]+)>")
"""Some engines put IRIs inside a message into angle brackets, others do not."""

_TALKATIVE: Final = ("rdflib.term", "pyshacl-validate")
"""Loggers that write to standard error what the findings say anyway."""


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what reads graphs from writing to standard error what the findings say anyway."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def findings_in(report: rdflib.Graph, records: Iterable[Triple]) -> list[Finding]:
    """Read the results of a report.

    Args:
        report: The report, as SHACL describes it.
        records: What was checked: a record without an IRI is told by the record and the property
            that point at it.

    Returns:
        A finding for each result, without a place; engines give results in any order, and these are
        sorted.
    """
    from rdflib import SH

    holders = {
        str(triple.object): (triple.subject, triple.predicate)
        for triple in records
        if isinstance(triple.object, BlankNode)
    }
    results = (
        {
            str(property_).removeprefix(_SHACL): node
            for property_, node in report.predicate_objects(result)
        }
        for result in report.objects(None, SH.result)
    )
    return sorted((_finding(result, holders) for result in results), key=_order)


def _order(finding: Finding) -> tuple[str, ...]:
    """Sort by record first."""
    parts = (finding.record, finding.property, finding.value, finding.origin, finding.message)
    return tuple(part or "" for part in parts)


def copy_into(graph: rdflib.Graph, triples: Iterable[Triple]) -> None:
    """Copy triples into a graph of rdflib, literals as they are spelled.

    Args:
        graph: The graph.
        triples: The triples; of a quoted triple, which no record has, only the text is kept.
    """
    import rdflib

    def term(node: NamedNode | BlankNode | Literal | Triple) -> rdflib.term.Node:
        if isinstance(node, NamedNode):
            return rdflib.URIRef(node.value)
        if isinstance(node, Literal):
            if node.language is not None:
                return rdflib.Literal(node.value, lang=node.language)
            datatype = rdflib.URIRef(node.datatype.value)
            return rdflib.Literal(node.value, datatype=datatype, normalize=False)
        return rdflib.BNode(str(node).removeprefix("_:"))

    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))


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
        message=readable(_BRACKETS.sub(r"\1", str(result["resultMessage"]))),
        origin=str(result["sourceShape"]),
        record=record,
        property=property_,
        value=None if value is None or value == focus else str(value),
    )


def _iri(node: Any) -> str | None:  # noqa: ANN401 - any node of rdflib, or none
    from rdflib import URIRef

    return str(node) if isinstance(node, URIRef) else None
