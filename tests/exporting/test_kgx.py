from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Literal, Quad

import cellkg
from cellkg.exporting.exchange.kgx import KgxGraph, kgx_graph
from cellkg.exporting.exchange.kgx_nodes import compact
from cellkg.store import LocalStore
from cellkg.vocabulary import CKG, DCTERMS, RDF, STUDY, study_graph

if TYPE_CHECKING:
    from collections.abc import Mapping

REQUIREMENTS = Path(__file__).with_name("kgx-requirements.txt")

OWN_OF_NODES = {
    *("countries", "described", "group", "group_of"),
    *("phases", "recorded_by", "status"),
}
OWN_OF_EDGES = {
    *("affected", "at_risk", "count_unit", "events", "evidence_status", "group_of"),
    *("places", "reasoning", "scope", "serious", "study"),
}
"""What the Biolink Model has no property for, and KGX lets stand beside its own."""


@pytest.fixture(scope="module")
def made(curated: cellkg.Graph) -> KgxGraph:
    return kgx_graph(curated.store)


def lines(graph: KgxGraph, kind: str) -> list[dict[str, Any]]:
    return [json.loads(each) for each in graph.files[f"cellkg_{kind}.jsonl"].splitlines()]


@pytest.mark.parametrize("name", ["cellkg_nodes.jsonl", "cellkg_edges.jsonl"])
def test_the_curated_studies_give_the_bytes_that_they_gave_before(
    made: KgxGraph, name: str, project: Path, request: pytest.FixtureRequest
) -> None:
    golden = project / "tests" / "golden" / "kgx" / name
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(made.files[name])
    assert made.files[name] == golden.read_bytes()


def test_nodes_and_edges_fit_together(made: KgxGraph) -> None:
    nodes, edges = lines(made, "nodes"), lines(made, "edges")
    assert (made.nodes, made.edges) == (len(nodes), len(edges)) == (50, 73)
    ids = Counter(each["id"] for each in nodes)
    assert ids.most_common(1)[0][1] == 1
    assert len({each["id"] for each in edges}) == len(edges)
    assert {each[end] for each in edges for end in ("subject", "object")} <= ids.keys()
    assert {source for each in edges for source in each.get("publications", ())} <= ids.keys()


def test_every_node_and_edge_fits_the_biolink_model(made: KgxGraph) -> None:
    model = import_module("biolink_model.datamodel.pydanticmodel_v2")
    own_of_nodes, own_of_edges = set(), set()
    for node in lines(made, "nodes"):
        category = getattr(model, node["category"][0].removeprefix("biolink:"))
        own = node.keys() - category.model_fields.keys()
        category(**{key: value for key, value in node.items() if key not in own})
        own_of_nodes |= own
    for edge in lines(made, "edges"):
        own = edge.keys() - model.Association.model_fields.keys()
        model.Association(**{key: value for key, value in edge.items() if key not in own})
        own_of_edges |= own
    assert own_of_nodes <= OWN_OF_NODES
    assert own_of_edges <= OWN_OF_EDGES


def what_kgx_finds(files: Mapping[str, bytes], folder: Path) -> Any:  # noqa: ANN401 - JSON
    """Let KGX read and validate files."""
    libraries = Path(sys.prefix) / "kgx"
    if not (libraries / "kgx").is_dir():
        pytest.skip(f"KGX is not installed; {REQUIREMENTS.name} says what to type")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    outcome = subprocess.run(
        [sys.executable, "-W", "ignore", Path(__file__).with_name("kgx_validation.py"), folder],
        env=os.environ | {"PYTHONPATH": str(libraries)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(outcome.stdout)


@pytest.mark.slow
def test_kgx_reads_it_and_finds_nothing_wrong(made: KgxGraph, tmp_path: Path) -> None:
    assert what_kgx_finds(made.files, tmp_path) == {"node": 50, "edge": 73, "errors": {}}


@pytest.mark.slow
def test_kgx_finds_what_is_wrong(made: KgxGraph, tmp_path: Path) -> None:
    edges = made.files["cellkg_edges.jsonl"].replace(b"has_adverse_event", b"had_bad_luck_with")
    found = what_kgx_finds({**made.files, "cellkg_edges.jsonl": edges}, tmp_path)
    assert "INVALID_EDGE_PREDICATE" in json.dumps(found["errors"])


def test_a_count_carries_its_words_and_a_denial_is_negated(made: KgxGraph) -> None:
    edges = {each["id"]: each for each in lines(made, "edges")}
    fever = edges["cellkg.study:ms-intrathecal-msc-poster#fever"]
    assert fever["predicate"] == "biolink:has_adverse_event"
    assert fever["object"] == "HP:0001945"
    assert (fever["affected"], fever["at_risk"], fever["negated"]) == (4, 28, False)
    assert fever["count_unit"] == "cellkg.term:unit-not-stated"
    assert fever["group_of"] == "whole study"
    assert "Fever 4" in fever["supporting_text"]
    assert fever["agent_type"] == "manual_agent"
    denials = [each for each in edges.values() if each.get("negated")]
    assert len(denials) == 3
    assert all("affected" not in each for each in denials)


def test_derived_from_is_not_is_a(made: KgxGraph) -> None:
    found = {
        (each["predicate"], each["object"])
        for each in lines(made, "edges")
        if each["id"].startswith("cellkg.study:ms-intrathecal-neural-progenitors-tisch#product--")
    }
    assert ("biolink:has_part", "CL:0011020") in found
    assert not {each for each in found if each == ("biolink:derives_from", "CL:0011020")}
    assert {each for each, _ in found} >= {"biolink:has_part", "biolink:derives_from"}


def test_what_makes_no_edge_is_counted(curated: cellkg.Graph, made: KgxGraph) -> None:
    found = curated.sparql("SELECT DISTINCT ?study { ?study a ckg:Study }")
    assert isinstance(found, list)
    studies = [curated.study(str(row["study"])) for row in found if isinstance(row, dict)]
    assert len(studies) == 7
    assert made.left_out["outcome findings"] == sum(len(e.outcome_findings) for e in studies)
    assert made.left_out["patient observations"] == 24
    assert made.left_out["discrepancies"] == 14


def test_silence_denial_and_report_are_three_things(project: Path) -> None:
    graph = cellkg.open_graph([project / "tests" / "data" / "three-answers"], "memory")
    made = kgx_graph(graph.store)
    said = [
        (each["id"].partition("#")[0], each["negated"])
        for each in lines(made, "edges")
        if each["predicate"] == "biolink:has_adverse_event" and each["object"] == "HP:0001945"
    ]
    assert len(said) == 2
    assert sorted(negated for _, negated in said) == [False, True]
    assert len([each for each in lines(made, "nodes") if "described" in each]) == 3


@pytest.mark.parametrize(
    "title", ["</script><b>", '"\\', "a\nb\tc", "a\u2028b\x85c", "=1+1", "\u202eabc", "a{}b"]
)
def test_hostile_labels_stay_one_line_and_come_back(title: str) -> None:
    store = LocalStore()
    study, graph = STUDY["hostile"], study_graph(STUDY["hostile"].value)
    store.load(
        [
            Quad(study, RDF["type"], CKG["Study"], graph),
            Quad(study, DCTERMS["title"], Literal(title, language="en"), graph),
        ]
    )
    made = kgx_graph(store)
    text = made.files["cellkg_nodes.jsonl"].decode("utf-8")
    assert [json.loads(each)["name"] for each in text.splitlines()] == [title]


def test_a_name_never_breaks_a_curie() -> None:
    assert compact(STUDY["a"].value + "#b:c/d e%") == "cellkg.study:a#b%3Ac%2Fd%20e%25"
