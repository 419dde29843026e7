"""``cellkg export graphml``, ``gexf``, ``cytoscape`` and ``node-link``."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import networkx as nx
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Invoke, Run

FORMS = ("graphml", "gexf", "cytoscape", "node-link")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_depends_on_the_order_of_sets(form: str, run: Run, graphs: str) -> None:
    done = [run("export", form, "--graphs", graphs, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert [each.returncode for each in done] == [0, 0], done[0].stderr
    assert done[0].stdout == done[1].stdout
    assert len(done[0].stdout) > 1000


def test_what_is_not_in_the_file_is_told(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    out = tmp_path / "a.graphml"
    done = invoke("export", "graphml", "-o", str(out), "--graphs", graphs)
    assert done.exit_code == 0, done.output
    network = nx.read_graphml(out)
    first, second = done.stderr.splitlines()
    assert first == f"{network.number_of_nodes()} nodes and {network.number_of_edges()} edges"
    assert second.startswith("left out: ")
    assert " participant counts" in second
    assert second.endswith("; see  cellkg export tables")


def test_kinds_and_studies_are_chosen(invoke: Invoke, graphs: str) -> None:
    done = invoke(
        "export",
        "node-link",
        "--kinds",
        "route, adverse-event",
        "--study",
        "reported",
        "--graphs",
        graphs,
    )
    assert done.exit_code == 0, done.output
    network = nx.node_link_graph(json.loads(done.stdout), edges="edges")
    kinds = {facts["kind"] for _, facts in network.nodes(data=True)}
    assert kinds == {"study", "route", "adverse-event"}
    answers = [
        facts["answer"]
        for _, _, facts in network.edges(data=True)
        if facts["kind"] == "adverse-event"
    ]
    assert answers == ["reported", "reported"]
    assert [node for node in network if node.startswith("study:")] == ["study:reported"]


def test_a_silent_study_is_a_node_without_an_edge_to_the_event(invoke: Invoke, graphs: str) -> None:
    done = invoke("export", "gexf", "--kinds", "adverse-event", "--graphs", graphs)
    assert done.exit_code == 0, done.output
    network = nx.read_gexf(io.BytesIO(done.stdout.encode()), version="1.2draft")
    assert network.degree["study:silent"] == 0
    assert network.degree["study:reported"] > 0


def test_an_unknown_kind_brings_the_nearest(invoke: Invoke, graphs: str) -> None:
    done = invoke("export", "cytoscape", "--kinds", "rute", "--graphs", graphs)
    assert done.exit_code == 2
    assert "There is no kind of relation 'rute'; did you mean 'route'?" in done.stderr
