"""Possible overlaps among the curated studies and some of the registry, against golden answers.

The registry studies are cut down to what is compared. ``pytest tests/test_overlaps.py
--update-golden`` writes the answers anew; read the difference before it is committed.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Final

import pytest

import cellkg
from cellkg.querying.formats import render

TESTS: Final = Path(__file__).parent
GRAPHS: Final = TESTS.parent / "graphs"
REGISTRY: Final = TESTS / "data" / "linking" / "registry-studies.nq"
JUDGED: Final = TESTS / "data" / "linking" / "judged-pairs.tsv"
CASES: Final[dict[str, dict[str, Any]]] = {
    "all": {},
    "of-study": {"study": "als-intrathecal-msc-hadassah"},
    "follow-ups": {"relation": "extension or follow-up"},
    "surest": {"minScore": 0.93},
    "none": {"study": "ms-intrathecal-msc-poster"},
}


@pytest.fixture(scope="module")
def graph() -> cellkg.Graph:
    graphs = [GRAPHS / "curated", GRAPHS / "institutions.ttl", REGISTRY]
    return cellkg.open_graph(graphs=graphs, store="memory")


@pytest.mark.parametrize("case", CASES)
def test_the_candidates_are_the_golden_ones(
    graph: cellkg.Graph, case: str, pytestconfig: pytest.Config
) -> None:
    written = render(graph.ask("possible-overlaps", **CASES[case]), "tsv")
    golden = TESTS / "golden" / f"overlaps-{case}.tsv"
    if pytestconfig.getoption("--update-golden"):
        golden.write_bytes(written)
    assert written.decode() == golden.read_text(encoding="utf-8")


def test_what_people_state_is_kept_apart(graph: cellkg.Graph) -> None:
    stated = {(str(row[0]), str(row[2])) for row in graph.ask("study-links").rows}
    worked_out = {(str(row[0]), str(row[2])) for row in graph.ask("possible-overlaps").rows}
    assert len(stated) == 2
    assert len(worked_out) == 7
    assert stated.isdisjoint(worked_out)


def test_most_of_what_is_listed_was_judged_worth_a_look() -> None:
    judged = _judged()
    assert len(judged) == 80
    listed = [row["judgement"] for row in judged if row["score"] >= "0.50"]
    assert len(listed) == 39
    assert len(listed) - listed.count("no") >= 0.9 * len(listed)
    below = [row["judgement"] for row in judged if row["score"] < "0.50"]
    assert below.count("yes") == 0


@pytest.mark.skipif(
    not any((GRAPHS / "registry").glob("*.nq.gz")), reason="no registry graphs are here"
)
def test_pairs_that_were_judged_to_be_linked_are_found_in_the_registry() -> None:
    rows = cellkg.open_graph().ask("possible-overlaps").rows
    pairs = {
        tuple(sorted(str(each).rpartition("/")[2][:-1] for each in row[0:3:2])) for row in rows
    }
    by_judgement: dict[str, list[bool]] = {}
    for row in _judged():
        pair = tuple(sorted((row["study"], row["other"])))
        by_judgement.setdefault(row["judgement"], []).append(pair in pairs)
    assert sum(by_judgement["yes"]) >= 0.9 * len(by_judgement["yes"])
    assert sum(by_judgement["no"]) <= 0.1 * len(by_judgement["no"])


def _judged() -> list[dict[str, str]]:
    with JUDGED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))
