"""Studies and what relates them in the file formats of graph programs.

- GraphML 1.0 (http://graphml.graphdrawing.org/specification.html) and GEXF 1.2
  (https://gexf.net/schema.html) for Gephi, Cytoscape, yEd, igraph;
- Cytoscape JSON for cytoscape.js and Cytoscape, node-link JSON for networkx and D3.
"""

from __future__ import annotations

import io
import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from xml.etree import ElementTree as ET

from pyoxigraph import QuerySolutions

from cellkg.exporting.study_graphs import graphs_of
from cellkg.exporting.tables.table_columns import TABLE_NAMES
from cellkg.vocabulary import CKG, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import networkx as nx

    from cellkg.overview import Selection
    from cellkg.store import GraphStore

GraphForm = Literal["graphml", "gexf", "cytoscape", "node-link"]

_NOT_IN_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for, and the carriage return, which readers take for a line feed."""

_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_NAME: Final = re.compile(r"[\w.:-]+", re.ASCII)
"""What GraphML takes for an identifier (NMTOKEN), kept to ASCII."""

_GRAPHML: Final = "{http://graphml.graphdrawing.org/xmlns}"


class GraphFile(NamedTuple):
    """A graph in the bytes of a format.

    Attributes:
        data: The whole file.
        replaced: How many characters XML has no place for were replaced.
    """

    data: bytes
    replaced: int


def graph_file(network: nx.MultiDiGraph, form: GraphForm) -> GraphFile:
    """Write a graph of studies in one of the formats.

    Every node and edge has an identifier of its own, also where programs take no notice of
    capitals, and every node its IRI. Attributes are texts, numbers and truth values.

    Args:
        network: The graph, as `cellkg.overview.study_network` makes it.
        form: The format.

    Returns:
        The file, the same for the same graph.

    Example:
        >>> import networkx
        >>> network = networkx.MultiDiGraph()
        >>> network.add_node("https://w3id.org/cellkg/term/fever", label="fever", kind="event")
        >>> json.loads(graph_file(network, "node-link").data)["nodes"]
        [{'label': 'fever', 'kind': 'event', 'iri': 'https://w3id.org/cellkg/term/fever',
        'id': 'term:fever'}]
    """
    named = _with_short_names(network)
    replaced = 0
    if form in {"graphml", "gexf"}:
        replaced = _replace_what_xml_has_no_place_for(named)
    return GraphFile(_WRITERS[form](named), replaced)


def _with_short_names(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Name nodes and edges by what every format takes as an identifier."""
    from networkx import MultiDiGraph

    nodes = _unique_names(network)
    keys = _unique_names(key for _, _, key in network.edges(keys=True))
    named = MultiDiGraph()
    for iri, facts in network.nodes(data=True):
        named.add_node(nodes[iri], **facts, iri=iri)
    for start, end, key, facts in network.edges(keys=True, data=True):
        named.add_edge(nodes[start], nodes[end], key=keys[key], **facts)
    return named


def _unique_names(longs: Iterable[str]) -> dict[str, str]:
    """Find short names, none like another one even without regard to capitals."""
    taken: set[str] = set()
    names: dict[str, str] = {}
    for long in longs:
        short = shorten(long)
        if not _NAME.fullmatch(short) or short.casefold() in taken:
            digest = sha256(long.encode("utf-8", "surrogatepass")).hexdigest()[:12]
            short = f"{re.sub(r'[^A-Za-z0-9_.:-]', '_', short)}.{digest}"
        taken.add(short.casefold())
        names[long] = short
    return names


def _replace_what_xml_has_no_place_for(network: nx.MultiDiGraph) -> int:
    replaced = 0
    everything = [facts for _, facts in network.nodes(data=True)]
    everything += [facts for _, _, facts in network.edges(data=True)]
    for facts in everything:
        for name, value in facts.items():
            if isinstance(value, str):
                facts[name], number = _NOT_IN_XML.subn(
                    lambda found: "\n" if found[0] == "\r" else _REPLACEMENT, value
                )
                replaced += number
    return replaced


def _graphml(network: nx.MultiDiGraph) -> bytes:
    from networkx.readwrite.graphml import write_graphml_xml

    buffer = io.BytesIO()
    # write_graphml would take lxml where it is installed, and write other bytes.
    write_graphml_xml(network, buffer)
    root = ET.fromstring(buffer.getvalue())  # noqa: S314 - it was written two lines above
    truths = {
        key.get("id") for key in root.iter(f"{_GRAPHML}key") if key.get("attr.type") == "boolean"
    }
    for data in root.iter(f"{_GRAPHML}data"):
        if data.get("key") in truths and data.text:
            data.text = data.text.lower()  # networkx writes True, which no other reader need know
    ET.register_namespace("", _GRAPHML.strip("{}"))
    return _xml(root)


def _gexf(network: nx.MultiDiGraph) -> bytes:
    from networkx.readwrite.gexf import GEXFWriter

    for _, _, key, facts in network.edges(keys=True, data=True):
        facts["id"] = key
        facts["label"] = facts["kind"]
    root = GEXFWriter(network, prettyprint=False).xml
    about = root.find("meta")
    # The day of writing would make every file another one, and the version of networkx, too.
    del about.attrib["lastmodifieddate"]
    about.find("creator").text = "cellkg"
    del root.find("graph").attrib["name"]  # which the schema does not know
    ET.indent(root)
    return _xml(root)


def _xml(root: ET.Element) -> bytes:
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _cytoscape(network: nx.MultiDiGraph) -> bytes:
    from networkx import cytoscape_data

    for _, _, key, facts in network.edges(keys=True, data=True):
        facts["id"] = key
    written = cytoscape_data(network, name="label")
    written["data"] = dict(written["data"])  # cytoscape.js wants an object, also an empty one
    return _json(written)


def _node_link(network: nx.MultiDiGraph) -> bytes:
    from networkx import node_link_data

    return _json(node_link_data(network, edges="edges"))


def _json(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8")


_WRITERS: Final[dict[GraphForm, Callable[[nx.MultiDiGraph], bytes]]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "cytoscape": _cytoscape,
    "node-link": _node_link,
}


_NOT_CARRIED: Final = (
    "ParticipantCount",
    "Arm",
    "ResultGroup",
    "Dose",
    "CoMedication",
    "EligibilityCriterion",
    "BaselineCharacteristic",
    "AdverseEventCollection",
    "Statement",
    "OutcomeFinding",
    "StatisticalAnalysis",
    "PatientObservation",
    "Discrepancy",
)
"""Records of which a graph of studies has nothing, or at most a headline number."""


def records_left_out(store: GraphStore, selection: Selection) -> dict[str, int]:
    """Count the records of studies that no graph file carries.

    Args:
        store: The graphs.
        selection: The studies.

    Returns:
        How many there are, by the name of the table that has them.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    classes = " ".join(str(CKG[name]) for name in _NOT_CARRIED)
    graphs = " ".join(map(str, graphs_of(store, selection.studies)))
    found = store.query(
        f"SELECT ?kind (COUNT(?record) AS ?number) WHERE {{ VALUES ?kind {{ {classes} }}"
        f" VALUES ?graph {{ {graphs} }} GRAPH ?graph {{ ?record a ?kind }} }} GROUP BY ?kind"
    )
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    counts = {kind.value.removeprefix(CKG.iri): int(number.value) for kind, number in found}
    return {
        TABLE_NAMES[name].replace("_", " "): counts[name]
        for name in _NOT_CARRIED
        if counts.get(name)
    }
