"""Named graphs as lines of N-Triples: what every RDF format is written from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    parse,
    serialize,
)

from cellkg.vocabulary import GRAPH, STUDY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Triple

    from cellkg.store import GraphStore

_STUDY_GRAPHS: Final = GRAPH["study/"].value
_BLANK: Final = re.compile(r"(?:\S+ \S+ )?_:")


class GraphLines(NamedTuple):
    """One named graph.

    Attributes:
        name: Its name.
        lines: Each of its triples once, as N-Triples writes it, sorted.
    """

    name: NamedNode
    lines: list[str]

    @property
    def study(self) -> str | None:
        """The IRI of the study that it holds; None where it holds something else.

        Example:
            >>> GraphLines(GRAPH["study/als"], []).study
            'https://w3id.org/cellkg/study/als'
            >>> GraphLines(GRAPH["institutions"], []).study is None
            True
        """
        name = self.name.value.removeprefix(_STUDY_GRAPHS)
        return None if name == self.name.value else STUDY.iri + name


def lines_of(triples: Iterable[Triple]) -> list[str]:
    """Write triples as sorted lines, with the same labels of blank nodes every time.

    Args:
        triples: The triples, in any order and as often as you like.

    Returns:
        Each triple once.

    Example:
        >>> from pyoxigraph import Literal, Triple
        >>> lines_of([Triple(GRAPH["a"], GRAPH["p"], Literal("x"))] * 2)
        ['<https://w3id.org/cellkg/graph/a> <https://w3id.org/cellkg/graph/p> "x" .']
    """
    lines = _written(triples)
    if not any(map(_BLANK.match, lines)):
        return lines
    dataset = Dataset(parse("\n".join(lines), RdfFormat.N_TRIPLES))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return _written(quad.triple for quad in dataset)


def read_graphs(store: GraphStore, names: Sequence[NamedNode]) -> Iterator[GraphLines]:
    """Read named graphs, one at a time.

    Args:
        store: The graphs.
        names: Which of them, in which order.

    Yields:
        Each graph. A blank node has one label in all of them, the same every time.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    with_blank_nodes: dict[NamedNode, list[str]] | None = None
    for name in names:
        lines = _written(store.triples(name))
        named = [line for line in lines if not _BLANK.match(line)]
        if len(named) < len(lines):
            if with_blank_nodes is None:
                with_blank_nodes = _canonical_blank_nodes(store)
            lines = sorted(named + with_blank_nodes[name])
        yield GraphLines(name, lines)


def _written(triples: Iterable[Triple]) -> list[str]:
    text = serialize(triples, format=RdfFormat.N_TRIPLES).decode("utf-8")
    return sorted(set(text.split("\n")) - {""})


def _canonical_blank_nodes(store: GraphStore) -> dict[NamedNode, list[str]]:
    """Name all blank nodes of a store alike in all graphs; graphs may share one."""
    found = store.query(
        "SELECT ?graph ?subject ?predicate ?value WHERE {"
        " GRAPH ?graph { ?subject ?predicate ?value }"
        " FILTER(isBlank(?subject) || isBlank(?value)) }"
    )
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    names = ("subject", "predicate", "value", "graph")
    dataset = Dataset(Quad(*(row[name] for name in names)) for row in found)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines: dict[NamedNode, list[str]] = {}
    for quad in dataset:
        assert isinstance(quad.graph_name, NamedNode)  # noqa: S101 - what GRAPH gives, told to mypy
        lines.setdefault(quad.graph_name, []).append(f"{quad.triple} .")
    return lines
