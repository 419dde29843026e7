"""KGX: nodes and edges in the Biolink Model, as JSON Lines.

The format is that of https://github.com/biolink/kgx/blob/master/specification/kgx-format.md; the
categories, predicates and properties are those of the Biolink Model 4.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.exporting.exchange.kgx_edges import event_edges, link_edges, source_edges
from cellkg.exporting.exchange.kgx_nodes import PREFIXES, Nodes
from cellkg.exporting.exchange.study_records import read_study_records, studies_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cellkg.store import GraphStore


_LINE_ENDS: Final = "\x85\u2028\u2029"
"""What JSON allows inside a text, and some readers of lines take for the end of one."""


class KgxGraph(NamedTuple):
    """A graph in the KGX format.

    Attributes:
        files: The content of each file by its name: nodes, edges, and the prefixes of our own.
        nodes: How many nodes there are.
        edges: How many edges there are.
        left_out: How many records make no edge, by why.
    """

    files: Mapping[str, bytes]
    nodes: int
    edges: int
    left_out: Mapping[str, int]


def kgx_graph(store: GraphStore, studies: Sequence[str] | None = None) -> KgxGraph:
    """Write studies as a KGX graph.

    Args:
        store: The graphs.
        studies: The IRIs of the studies; None for all.

    Returns:
        The files and what is in them; a denial is an edge with ``negated``, silence is none.

    Raises:
        SourceFileError: A record is not what it should be.
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> poster = "https://w3id.org/cellkg/study/ms-intrathecal-msc-poster"
        >>> graph = kgx_graph(cellkg.open_graph().store, [poster])
        >>> edges = map(json.loads, graph.files["cellkg_edges.jsonl"].splitlines())
        >>> [each["affected"] for each in edges if each["object"] == "HP:0001945"]
        [4]
    """
    nodes = Nodes(store, studies)
    left_out: Counter[str] = Counter()
    edges = [*link_edges(store, nodes, studies), *source_edges(store, nodes, studies)]
    told = studies_with(store, ("adverseEventFinding", "statement", "outcomeFinding"), studies)
    for records in read_study_records(store, told):
        edges.extend(event_edges(records, nodes, left_out))
    context = {"@context": dict(sorted(PREFIXES.items()))}
    return KgxGraph(
        {
            "cellkg_nodes.jsonl": _lines(nodes.by_id[each] for each in sorted(nodes.by_id)),
            "cellkg_edges.jsonl": _lines(edges),
            "cellkg_prefixes.jsonld": (json.dumps(context, indent=2) + "\n").encode(),
        },
        len(nodes.by_id),
        len(edges),
        {why: number for why, number in sorted(left_out.items()) if number},
    )


def _lines(things: Iterable[Mapping[str, object]]) -> bytes:
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in things)
    for separator in _LINE_ENDS:
        text = text.replace(separator, f"\\u{ord(separator):04x}")
    return text.encode("utf-8")
