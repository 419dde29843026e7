"""An answer as other programs and people read it.

===========  ====================================================================================
format       what is written
===========  ====================================================================================
json, xml,   the SPARQL 1.1 Query Results formats of the W3C; unknown cells are left out or empty
csv, tsv
md           a Markdown table for people, with the stamp below it; a dash where nothing is known
ttl, jsonld  not the table but the part of the graph that it shows: everything that is stated of
             what the rows name, of the studies these belong to, of their evidence, and of the
             documents that the evidence is in
===========  ====================================================================================
"""

from __future__ import annotations

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse_query_results,
    serialize,
)

from cellkg.vocabulary import CKG, CLOSURE_GRAPH, OVERLAPS_GRAPH, PREFIXES, SOURCE, STUDY, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Final

    from pyoxigraph import Triple

    from cellkg.querying.answer import Answer, Node, Row
    from cellkg.store import GraphStore

    Labels = Mapping[str, str]

UNKNOWN = "—"
"""What a Markdown table shows where nothing is known."""


def render(answer: Answer, form: str, labels: Labels | None = None) -> bytes:
    """Write an answer in one of the formats.

    Args:
        answer: The answer.
        form: A key of `FORMATS`.
        labels: What people call the things of the answer, by IRI; only ``md`` uses it.

    Returns:
        The document in UTF-8; the same answer gives the same bytes.

    Raises:
        KeyError: There is no such format.
        StoreError: ``ttl`` and ``jsonld`` ask the store again, which may fail.

    Example:
        >>> import cellkg
        >>> answer = cellkg.open_graph().ask("adverse-event-silence", event="headache", limit=1)
        >>> print(render(answer, "csv").decode().split(",")[0])
        study
    """
    return FORMATS[form](answer, labels or {})


def render_table(columns: Sequence[str], rows: Iterable[Row], form: str) -> bytes:
    """Write a table of RDF terms in a SPARQL 1.1 Query Results format.

    Args:
        columns: The names of the columns; at least one.
        rows: One term or None by column.
        form: "json", "xml", "csv" or "tsv".

    Returns:
        The document.

    Example:
        >>> print(render_table(["n"], [(Literal(4),), (None,)], "csv").decode())
        n
        4
        <BLANKLINE>
        <BLANKLINE>
    """
    # In TSV every term stands as the RDF library writes it, so nothing has to be escaped here.
    lines = ["\t".join(f"?{column}" for column in columns)]
    lines.extend("\t".join("" if each is None else str(each) for each in row) for row in rows)
    table = parse_query_results("\n".join([*lines, ""]), QueryResultsFormat.TSV)
    assert isinstance(table, QuerySolutions)  # noqa: S101 - what TSV holds, told to mypy
    document = table.serialize(format=_TABLES[form])
    assert document is not None  # noqa: S101 - what it gives without an output, told to mypy
    return document


def render_triples(triples: Iterable[Triple], form: str) -> bytes:
    """Write triples, such as CONSTRUCT gives.

    Args:
        triples: The triples.
        form: A key of `GRAPH_FORMATS`.

    Returns:
        The document, with its triples in a fixed order.

    Example:
        >>> from pyoxigraph import Triple
        >>> triple = Triple(STUDY["poster#fever"], CKG["count"], Literal(4))
        >>> print(render_triples([triple], "nt").decode(), end="")
        <https://w3id.org/cellkg/study/poster#fever> <https://w3id.org/cellkg/ontology#count>
        "4"^^<http://www.w3.org/2001/XMLSchema#integer> .
    """
    ordered = sorted(set(triples), key=str)
    syntax = GRAPH_FORMATS[form]
    prefixes = PREFIXES if syntax == RdfFormat.TURTLE else None
    document = serialize(ordered, format=syntax, prefixes=prefixes)
    assert document is not None  # noqa: S101 - what it gives without an output, told to mypy
    return document


def shown_graph(answer: Answer) -> set[Triple]:
    """Find the part of the graph that an answer shows.

    Args:
        answer: The answer.

    Returns:
        What is stated of everything that the rows name and of the studies these belong to, of
        the evidence of all that, and of the documents that the evidence is in; what follows by
        the closure is left out. Empty where the rows name nothing.
    """
    named = {node for row in answer.rows for node in row if isinstance(node, NamedNode)}
    studies = {NamedNode(node.value.partition("#")[0]) for node in named if node.value in STUDY}
    triples = _stated_of(named | studies, answer.store)
    evidence = _objects_of(triples, CKG["evidence"])
    triples |= _stated_of(evidence, answer.store)
    return triples | _stated_of(_objects_of(triples, CKG["source"]), answer.store)


def _stated_of(things: set[NamedNode], store: GraphStore) -> set[Triple]:
    if not things:
        return set()
    names = " ".join(sorted(map(str, things)))
    found = store.query(
        f"CONSTRUCT {{ ?thing ?property ?value }} WHERE {{ VALUES ?thing {{ {names} }}"
        " GRAPH ?graph { ?thing ?property ?value }"
        f" FILTER(?graph NOT IN ({CLOSURE_GRAPH}, {OVERLAPS_GRAPH})) }}"
    )
    assert isinstance(found, QueryTriples)  # noqa: S101 - what CONSTRUCT gives, told to mypy
    return set(found)


def _objects_of(triples: Iterable[Triple], predicate: NamedNode) -> set[NamedNode]:
    return {
        triple.object
        for triple in triples
        if triple.predicate == predicate and isinstance(triple.object, NamedNode)
    }


def _markdown(answer: Answer, labels: Labels) -> bytes:
    lines = [
        _markdown_row([column.name for column in answer.columns]),
        "|" + " --- |" * len(answer.columns),
    ]
    lines.extend(_markdown_row([_spoken(node, labels) for node in row]) for row in answer.rows)
    lines.extend(("", _markdown_text(str(answer.stamp)), ""))
    return "\n".join(lines).encode()


def _markdown_row(cells: Iterable[str]) -> str:
    return "|" + "".join(f" {_markdown_text(cell)} |" for cell in cells)


def _markdown_text(text: str) -> str:
    """Escape what Markdown or HTML would read as more than text, and keep it on one line."""
    import re

    return re.sub(r"([\\`*_\[\]<>|~&])", r"\\\1", " ".join(text.split()))


def _spoken(node: Node | None, labels: Labels) -> str:
    if node is None:
        return UNKNOWN
    if not isinstance(node, NamedNode):
        return node.value if isinstance(node, Literal) else str(node)
    for namespace in (STUDY, SOURCE):
        if node.value in namespace:
            return node.value.removeprefix(namespace.iri)
    return labels.get(node.value) or shorten(node.value)


def _table_writer(form: str) -> Callable[[Answer, Labels], bytes]:
    def write(answer: Answer, _: Labels) -> bytes:
        return render_table([column.name for column in answer.columns], answer.rows, form)

    return write


def _graph_writer(form: str) -> Callable[[Answer, Labels], bytes]:
    def write(answer: Answer, _: Labels) -> bytes:
        return render_triples(shown_graph(answer), form)

    return write


_TABLES: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}

GRAPH_FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
}
"""The formats for triples, by the name that is typed."""

FORMATS: Final[Mapping[str, Callable[[Answer, Labels], bytes]]] = {
    **{form: _table_writer(form) for form in _TABLES},
    "md": _markdown,
    "ttl": _graph_writer("ttl"),
    "jsonld": _graph_writer("jsonld"),
}
"""The formats for answers, by the name that is typed, each with its writer."""
