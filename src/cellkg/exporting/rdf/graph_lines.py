"""Named graphs as lines of N-Triples: what every RDF format is written from."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from cellkg.errors import SourceFileError
from cellkg.vocabulary import GRAPH, STUDY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import NamedNode

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
    return _written(_canonical(lines))


def read_graphs(store: GraphStore, names: Sequence[NamedNode]) -> Iterator[GraphLines]:
    """Read named graphs, one at a time.

    Args:
        store: The graphs.
        names: Which of them, in which order.

    Yields:
        Each graph, with the same labels of blank nodes every time, no label in two graphs.

    Raises:
        SourceFileError: Two of the graphs share a blank node.
        StoreError: The graphs cannot be read or reached.
    """
    graph_by_label: dict[str, NamedNode] = {}
    for name in names:
        lines = _written(store.triples(name))
        if any(map(_BLANK.match, lines)):
            _note_labels(graph_by_label, name, lines)
            prefix = f"g{len(set(graph_by_label.values()))}"
            lines = _written(_labelled(prefix, triple) for triple in _canonical(lines))
        yield GraphLines(name, lines)


def _written(triples: Iterable[Triple]) -> list[str]:
    written = BytesIO()
    serialize(triples, written, format=RdfFormat.N_TRIPLES)
    return sorted(set(written.getvalue().decode("utf-8").split("\n")) - {""})


def _canonical(lines: Iterable[str]) -> Iterator[Triple]:
    dataset = Dataset(parse("\n".join(lines), RdfFormat.N_TRIPLES))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return (quad.triple for quad in dataset)


def _note_labels(
    graph_by_label: dict[str, NamedNode], graph: NamedNode, lines: Iterable[str]
) -> None:
    for line in lines:
        subject, _, value = line[:-2].split(" ", 2)
        for node in (subject, value):
            if node[0] == "_" and graph_by_label.setdefault(node, graph) != graph:
                raise SourceFileError(
                    "It stands in another graph as well, and a blank node cannot be told apart"
                    " outside of its graph: give it an IRI.",
                    file=graph.value,
                    record=node,
                )


def _labelled(prefix: str, triple: Triple) -> Triple:
    subject, value = triple.subject, triple.object
    if isinstance(subject, BlankNode):
        subject = BlankNode(prefix + subject.value)
    if isinstance(value, BlankNode):
        value = BlankNode(prefix + value.value)
    return Triple(subject, triple.predicate, value)
