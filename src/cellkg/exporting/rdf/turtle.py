"""Turtle in one canonical form: the same triples give the same bytes, and a change a small diff.

A study reads from the study over its sources, arms and products to the findings; every record is
followed by the evidence it rests on; one property stands on a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cellkg.exporting.rdf.graph_lines import lines_of
from cellkg.exporting.rdf.reading_blocks import TYPE, reading_blocks
from cellkg.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from cellkg.exporting.rdf.graph_lines import GraphLines
    from cellkg.exporting.rdf.reading_blocks import Block

LINE_WIDTH: Final = 100
"""Objects of one property go below each other where one line would be longer, in characters."""

_EXTERNAL_PREFIXES: Final = {
    "CL": "http://purl.obolibrary.org/obo/CL_",
    "EFO": "http://www.ebi.ac.uk/efo/EFO_",
    "HP": "http://purl.obolibrary.org/obo/HP_",
    "MONDO": "http://purl.obolibrary.org/obo/MONDO_",
    "NCIT": "http://purl.obolibrary.org/obo/NCIT_",
    "OAE": "http://purl.obolibrary.org/obo/OAE_",
    "OBI": "http://purl.obolibrary.org/obo/OBI_",
    "UBERON": "http://purl.obolibrary.org/obo/UBERON_",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "ror": "https://ror.org/",
}
_ALL_PREFIXES: Final = {**PREFIXES, **_EXTERNAL_PREFIXES}
_LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", re.ASCII)
_BARE: Final = {
    str(XSD["integer"]): re.compile(r"[+-]?[0-9]+"),
    str(XSD["decimal"]): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    str(XSD["boolean"]): re.compile(r"true|false"),
}


def canonical_turtle(
    triples: Iterable[Triple],
    study_iri: str | None = None,
    *,
    prefixes: Mapping[str, str] | None = None,
) -> bytes:
    """Write triples as Turtle in the canonical form.

    Args:
        triples: The triples, in any order and as often as you like.
        study_iri: The study whose file this is: its records are written ``:name``. None for a
            graph of something else.
        prefixes: More prefixes than those of the graphs.

    Returns:
        The file in UTF-8, with only the prefixes it uses. Nothing in it depends on the order of
        the triples, on labels of blank nodes, or on the machine.

    Example:
        >>> from pyoxigraph import Literal, Triple
        >>> from cellkg.vocabulary import CKG, RDF, STUDY
        >>> fever = STUDY["example#fever"]
        >>> facts = [
        ...     Triple(fever, CKG["count"], Literal(4)),
        ...     Triple(fever, RDF["type"], CKG["AdverseEventFinding"]),
        ... ]
        >>> print(canonical_turtle(facts, STUDY["example"].value).decode())
        @prefix : <https://w3id.org/cellkg/study/example#> .
        @prefix ckg: <https://w3id.org/cellkg/ontology#> .
        <BLANKLINE>
        :fever a ckg:AdverseEventFinding ;
            ckg:count 4 .
        <BLANKLINE>
    """
    return _file(lines_of(triples), _Names(study_iri, prefixes))


def canonical_turtle_of_graph(graph: GraphLines) -> bytes:
    """Write one named graph in the canonical form; see `canonical_turtle`."""
    return _file(graph.lines, _Names(graph.study))


def turtle_of_graphs(graphs: Iterable[GraphLines]) -> Iterator[bytes]:
    """Write many named graphs into one Turtle file, each in the canonical form.

    Their names are lost: Turtle has none. A triple that stands in several graphs is written in
    each.

    Args:
        graphs: The graphs.

    Yields:
        All prefixes; then a graph at a time. At each study the empty prefix is declared anew.
    """
    yield _declarations(_ALL_PREFIXES).encode("utf-8")
    for graph in graphs:
        opening, body = _graph_body(graph)
        yield (opening + body).encode("utf-8")


def trig_of_graphs(graphs: Iterable[GraphLines]) -> Iterator[bytes]:
    """Write many named graphs as TriG, each in the canonical form of Turtle.

    Args:
        graphs: The graphs.

    Yields:
        All prefixes; then a graph at a time, as in `turtle_of_graphs`.
    """
    yield _declarations(_ALL_PREFIXES).encode("utf-8")
    for graph in graphs:
        opening, body = _graph_body(graph)
        yield f"{opening}\n{graph.name} {{\n{body[1:]}}}\n".encode()


def _file(lines: Iterable[str], names: _Names) -> bytes:
    body = _body(lines, names)
    return (_declarations(names.used) + body).encode("utf-8")


def _graph_body(graph: GraphLines) -> tuple[str, str]:
    study = graph.study
    opening = "" if study is None else "\n" + _declarations({"": study + "#"})
    return opening, _body(graph.lines, _Names(study))


def _body(lines: Iterable[str], names: _Names) -> str:
    return "".join(
        ("" if block.is_detail else "\n") + _written(block, names)
        for block in reading_blocks(lines)
    )


def _declarations(prefixes: Mapping[str, str]) -> str:
    return "".join(f"@prefix {prefix}: <{start}> .\n" for prefix, start in sorted(prefixes.items()))


class _Names:
    """Shortens IRIs and remembers which prefixes that took.

    Args:
        study_iri: The study whose records get the empty prefix, or None.
        prefixes: More prefixes than those of the graphs.

    Attributes:
        used: The prefixes that were used.
    """

    def __init__(self, study_iri: str | None, prefixes: Mapping[str, str] | None = None) -> None:
        self.used: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._prefixes = {**_BY_NAMESPACE, **_by_namespace(prefixes or {})}
        if study_iri is not None:
            # A namespace of its own: it ends with the last # that an IRI in it has.
            self._prefixes[study_iri + "#"] = [("", "", study_iri + "#")]

    def write(self, node: str) -> str:
        """Write a node, given as in N-Triples, as short as Turtle can."""
        written = self._written.get(node)
        if written is None:
            written = self._iri(node) if node[0] == "<" else self._other(node)
            self._written[node] = written
        return written

    def _other(self, node: str) -> str:
        if node[0] != '"' or node[-1] != ">":
            return node
        quoted, _, datatype = node.rpartition("^^")
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(quoted, 1, len(quoted) - 1):
            return quoted[1:-1]
        return f"{quoted}^^{self.write(datatype)}"

    def _iri(self, node: str) -> str:
        # No local name has a # or a /, so a prefix that fits begins as far as the last of them.
        end = max(node.rfind("#"), node.rfind("/")) + 1
        for rest, prefix, start in self._prefixes.get(node[1:end], ()):
            if node.startswith(rest, end):
                local = node[end + len(rest) : -1]
                if _LOCAL_NAME.fullmatch(local):
                    self.used[prefix] = start
                    return f"{prefix}:{local}"
        return node


def _by_namespace(prefixes: Mapping[str, str]) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for prefix, start in sorted(prefixes.items(), key=lambda item: len(item[1]), reverse=True):
        end = max(start.rfind("#"), start.rfind("/")) + 1
        found.setdefault(start[:end], []).append((start[end:], prefix, start))
    return found


_BY_NAMESPACE: Final = _by_namespace(_ALL_PREFIXES)


def _written(block: Block, names: _Names) -> str:
    lines = []
    for predicate, values in block.facts:
        verb = "a" if predicate == TYPE else names.write(predicate)
        if len(values) == 1:
            lines.append(f"{verb} {names.write(values[0])}")
            continue
        objects = [names.write(each) for each in values]
        line = f"{verb} {', '.join(objects)}"
        if len(line) > LINE_WIDTH:
            line = f"{verb}\n        " + ",\n        ".join(objects)
        lines.append(line)
    return f"{names.write(block.subject)} " + " ;\n    ".join(lines) + " .\n"
