"""The RDF formats that graphs are written in, each read by any RDF library.

What they are: `Turtle <https://www.w3.org/TR/turtle/>`_, `TriG <https://www.w3.org/TR/trig/>`_,
`N-Triples <https://www.w3.org/TR/n-triples/>`_, `N-Quads <https://www.w3.org/TR/n-quads/>`_,
`RDF/XML <https://www.w3.org/TR/rdf-syntax-grammar/>`_, and `JSON-LD
<https://www.w3.org/TR/json-ld11/>`_. TriG, N-Quads and JSON-LD keep the names of the graphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.exporting.rdf.json_ld_graphs import json_ld_of_graphs
from cellkg.exporting.rdf.rdf_xml import rdf_xml_of_graphs
from cellkg.exporting.rdf.turtle import trig_of_graphs, turtle_of_graphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cellkg.exporting.rdf.graph_lines import GraphLines


def ntriples_of_graphs(graphs: Iterable[GraphLines]) -> Iterator[bytes]:
    """Write graphs as N-Triples: the lines of each graph sorted, without its name.

    Args:
        graphs: The graphs. A triple that stands in several of them is written for each.

    Yields:
        A graph at a time.
    """
    for graph in graphs:
        yield "".join(f"{line}\n" for line in graph.lines).encode("utf-8")


def nquads_of_graphs(graphs: Iterable[GraphLines]) -> Iterator[bytes]:
    r"""Write graphs as N-Quads: the lines of each graph sorted, with its name.

    Args:
        graphs: The graphs.

    Yields:
        A graph at a time.

    Example:
        >>> from cellkg.exporting.rdf.graph_lines import GraphLines
        >>> from pyoxigraph import NamedNode
        >>> list(nquads_of_graphs([GraphLines(NamedNode("a:graph"), ["<a:s> <a:p> <a:o> ."])]))
        [b'<a:s> <a:p> <a:o> <a:graph> .\n']
    """
    for graph in graphs:
        ending = f"{graph.name} .\n"
        yield "".join(f"{line[:-1]}{ending}" for line in graph.lines).encode("utf-8")


RDF_FORMATS: Final[dict[str, Callable[[Iterable[GraphLines]], Iterator[bytes]]]] = {
    "turtle": turtle_of_graphs,
    "trig": trig_of_graphs,
    "ntriples": ntriples_of_graphs,
    "nquads": nquads_of_graphs,
    "rdfxml": rdf_xml_of_graphs,
    "jsonld": json_ld_of_graphs,
}
"""How each format is written, by the name of its command: a piece of the file at a time."""
