"""Graph files are what their formats demand, and come back as the graph that was written.

``pytest tests/exporting/test_graph_files.py --update-golden`` writes the golden files anew; read
the difference before it is committed.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, get_args
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cellkg.exporting.networks.graph_files import GraphForm, graph_file, records_left_out
from cellkg.overview import (
    RELATION_KINDS,
    Selection,
    read_relations,
    read_studies,
    study_network,
)
from cellkg.vocabulary import STUDY, TERM

if TYPE_CHECKING:
    from pathlib import Path

    import cellkg

FORMS: tuple[GraphForm, ...] = get_args(GraphForm)
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://www.gexf.net/1.2draft}"
POSTER = STUDY["ms-intrathecal-msc-poster"].value
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=HYPERLINK('x')",
    "]]>&amp;<![CDATA[",
    "line\nfeed\ttab",
    "\U0001d518nicode \u202e reversed",
)


@pytest.fixture(scope="module")
def network(curated: cellkg.Graph) -> nx.MultiDiGraph:
    """All curated studies, with everything that relates them."""
    studies = read_studies(curated.store)
    return study_network(studies, read_relations(curated.store, RELATION_KINDS))


def read_back(data: bytes, form: GraphForm) -> nx.MultiDiGraph:
    """Read a file as networkx does."""
    if form == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    if form == "gexf":
        read = nx.read_gexf(io.BytesIO(data), version="1.2draft")
        multiple = nx.MultiDiGraph()  # where no edges are parallel, another kind of graph is read
        multiple.add_nodes_from(read.nodes(data=True))
        for start, end, facts in read.edges(data=True):
            multiple.add_edge(start, end, key=facts["id"], **facts)
        return multiple
    if form == "node-link":
        return nx.node_link_graph(json.loads(data), edges="edges")
    return nx.cytoscape_graph(json.loads(data))


def plain(network: nx.MultiDiGraph) -> tuple[dict[str, Any], dict[str, Any]]:
    """Nodes by IRI, and edges by key with the IRIs of their ends; without what formats add."""
    iris = {node: facts.get("iri", node) for node, facts in network.nodes(data=True)}
    added = {"id", "iri", "value", "name", "key", "source", "target"}
    nodes = {
        iris[node]: {name: value for name, value in facts.items() if name not in added}
        for node, facts in network.nodes(data=True)
    }
    edges = {}
    for start, end, key, facts in network.edges(keys=True, data=True):
        kept = {name: value for name, value in facts.items() if name not in added | {"label"}}
        edges[key] = (iris[start], iris[end], kept)
    return nodes, edges


@pytest.mark.parametrize("form", FORMS)
def test_the_graph_comes_back(form: GraphForm, network: nx.MultiDiGraph) -> None:
    file = graph_file(network, form)
    nodes, edges = plain(read_back(file.data, form))
    assert (nodes, edges) == plain(network)
    assert len(nodes) > 50
    assert len(edges) > 75
    assert file.replaced == 0


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_bytes(
    form: GraphForm, network: nx.MultiDiGraph, project: Path, pytestconfig: pytest.Config
) -> None:
    data = graph_file(network, form).data
    assert data == graph_file(network.copy(), form).data
    kept = network.edge_subgraph(
        [
            edge
            for edge in network.edges(keys=True)
            if edge[0] == POSTER and network.edges[edge]["kind"] in {"route", "adverse-event"}
        ]
    )
    # A subgraph is a view in no order of its own; a copy in the order of the whole has one.
    small = nx.MultiDiGraph()
    small.add_nodes_from((node, facts) for node, facts in network.nodes(data=True) if node in kept)
    small.add_edges_from(
        edge for edge in network.edges(keys=True, data=True) if kept.has_edge(*edge[:3])
    )
    golden = project / "tests" / "golden" / "networks" / f"poster.{form}"
    found = graph_file(small, form).data
    if pytestconfig.getoption("--update-golden"):
        golden.write_bytes(found)
    assert found == golden.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_attributes_are_scalars_and_no_two_differ_only_by_capitals(
    form: GraphForm, network: nx.MultiDiGraph
) -> None:
    read = read_back(graph_file(network, form).data, form)
    names = set()
    for facts in (*dict(read.nodes(data=True)).values(), *(each[2] for each in read.edges.data())):
        assert all(isinstance(each, str | int | float | bool) for each in facts.values()), facts
        names |= facts.keys()
    assert len({each.casefold() for each in names}) == len(names) > 15
    keys = [key for _, _, key in read.edges(keys=True)]
    everything = [str(each).casefold() for each in (*read.nodes, *keys)]
    assert len(set(everything)) == len(everything)


def test_graphml_has_what_its_schema_demands(network: nx.MultiDiGraph) -> None:
    root = ET.fromstring(graph_file(network, "graphml").data)  # noqa: S314 - written here
    assert root.tag == f"{GRAPHML}graphml"
    keys = {key.attrib["id"]: key.attrib for key in root.iter(f"{GRAPHML}key")}
    assert {each["attr.type"] for each in keys.values()} == {"string", "long", "boolean"}
    assert [each.tag for each in root] == [*[f"{GRAPHML}key"] * len(keys), f"{GRAPHML}graph"]
    graph = root[-1]
    assert graph.attrib == {"edgedefault": "directed"}
    name = re.compile(r"[\w.:-]+")  # NMTOKEN
    nodes = {node.attrib["id"] for node in graph.iter(f"{GRAPHML}node")}
    edges = {edge.attrib["id"]: edge.attrib for edge in graph.iter(f"{GRAPHML}edge")}
    assert all(name.fullmatch(each) for each in (*nodes, *edges))
    assert len(nodes) == network.number_of_nodes()
    assert len(edges) == network.number_of_edges()
    assert all({each["source"], each["target"]} <= nodes for each in edges.values())
    data = list(graph.iter(f"{GRAPHML}data"))
    assert {each.attrib["key"] for each in data} == set(keys)
    truths = {each.text for each in data if keys[each.attrib["key"]]["attr.type"] == "boolean"}
    assert truths == {"true", "false"}


def test_gexf_has_what_its_schema_demands_and_no_date(network: nx.MultiDiGraph) -> None:
    data = graph_file(network, "gexf").data
    assert b"lastmodifieddate" not in data
    root = ET.fromstring(data)  # noqa: S314 - written here
    assert root.attrib["version"] == "1.2"
    meta, graph = root
    assert [each.tag for each in meta] == [f"{GEXF}creator"]
    assert set(graph.attrib) <= {"defaultedgetype", "idtype", "mode", "timeformat"}
    assert [each.tag.removeprefix(GEXF) for each in graph] == [
        "attributes",
        "attributes",
        "nodes",
        "edges",
    ]
    known = {each.attrib["id"]: each.attrib["type"] for each in graph.iter(f"{GEXF}attribute")}
    assert set(known.values()) == {"string", "long", "boolean"}
    values = list(graph.iter(f"{GEXF}attvalue"))
    assert {each.attrib["for"] for each in values} == set(known)
    assert all(each.attrib["value"] for each in values)
    ids = [each.attrib["id"] for each in graph.iter(f"{GEXF}edge")]
    assert len(set(ids)) == len(ids) == network.number_of_edges()


def test_igraph_reads_graphml(network: nx.MultiDiGraph, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="the extra dev brings it")
    (tmp_path / "a.graphml").write_bytes(graph_file(network, "graphml").data)
    read = igraph.Graph.Read_GraphML(str(tmp_path / "a.graphml"))
    assert read.vcount() == network.number_of_nodes()
    assert read.ecount() == network.number_of_edges()
    poster = read.vs.find(iri=POSTER)
    assert poster["people_treated"] == 28
    assert sorted(read.es["kind"]) == sorted(
        facts["kind"] for _, _, facts in network.edges(data=True)
    )


def test_cytoscape_js_reads_its_json(
    network: nx.MultiDiGraph, tmp_path: Path, project: Path
) -> None:
    library = project / "src/cellkg/drawing/assets/cytoscape/cytoscape.min.js"
    if shutil.which("node") is None or not library.is_file():
        pytest.skip("needs node and cytoscape.js")
    (tmp_path / "a.cyjs").write_bytes(graph_file(network, "cytoscape").data)
    script = (
        "const cy = require(process.argv[1])({headless: true});"
        "cy.json(JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8')));"
        'const edge = cy.edges(\'[kind="adverse-event"][answer="denied"]\');'
        "console.log(cy.nodes().length, cy.edges().length, edge.length,"
        " cy.nodes('[label=\"intrathecal\"]').length);"
    )
    shown = subprocess.run(
        ["node", "-e", script, library, tmp_path / "a.cyjs"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    denied = sum(facts.get("answer") == "denied" for _, _, facts in network.edges(data=True))
    expected = network.number_of_nodes(), network.number_of_edges(), denied, 1
    assert tuple(map(int, shown)) == expected


def small_network(label: str, words: str = "x") -> nx.MultiDiGraph:
    """A study and an event."""
    network = nx.MultiDiGraph()
    network.add_node(STUDY["s"].value, kind="study", label="s", title=label)
    network.add_node(TERM["t"].value, kind="adverse-event", label=label)
    network.add_edge(
        STUDY["s"].value, TERM["t"].value, key="study:s--event--t", kind="e", words=words
    )
    return network


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_labels_stay_labels(label: str, form: GraphForm) -> None:
    network = small_network(label, label)
    file = graph_file(network, form)
    assert plain(read_back(file.data, form)) == plain(network)
    assert file.replaced == 0
    if form in {"graphml", "gexf"}:
        assert b"<script" not in file.data


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_what_xml_has_no_place_for_is_replaced_and_counted(form: GraphForm) -> None:
    file = graph_file(small_network("a\x00b\x0bc\rd\ufffe", "\uffff"), form)
    read = read_back(file.data, form)
    assert read.nodes["term:t"]["label"] == "a�b�c\nd�"
    assert file.replaced == 2 * 4 + 1


@pytest.mark.parametrize("form", FORMS)
def test_names_that_differ_only_by_capitals_or_are_no_identifiers_get_others(
    form: GraphForm,
) -> None:
    network = nx.MultiDiGraph()
    iris = [TERM["a"].value, TERM["A"].value, "http://x.org/a b/ü", "http://x.org/a b/ö"]
    for iri in iris:
        network.add_node(iri, kind="term", label="x")
    network.add_edge(iris[0], iris[1], key="k", kind="e")
    network.add_edge(iris[0], iris[1], key="K", kind="e")
    read = read_back(graph_file(network, form).data, form)
    assert [facts["iri"] for _, facts in read.nodes(data=True)] == iris
    assert next(iter(read.nodes)) == "term:a"
    assert len({each.casefold() for each in read.nodes}) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9_.:-]+", each) for each in read.nodes)
    assert len({str(key).casefold() for _, _, key in read.edges(keys=True)}) == 2


@pytest.mark.parametrize("form", FORMS)
@given(label=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
@settings(max_examples=40)
def test_any_label_comes_back(form: GraphForm, label: str) -> None:
    read = read_back(graph_file(small_network(label), form).data, form)
    (found,) = (
        facts["label"] for _, facts in read.nodes(data=True) if facts["kind"] == "adverse-event"
    )
    assert found == re.sub("[\ufffe\uffff]", "�", label) or form not in {"graphml", "gexf"}


def test_what_no_graph_file_carries_is_counted(curated: cellkg.Graph) -> None:
    everything = records_left_out(curated.store, Selection(None, "all studies"))
    assert everything["patient observations"] == 24
    assert everything["statements"] == 40
    assert "evidence" not in everything
    poster = records_left_out(curated.store, Selection((POSTER,), "the poster"))
    assert poster["statements"] == 5
