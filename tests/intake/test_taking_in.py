"""Importing into graph files and into stores: whole, newest, again, and after being killed."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

import cellkg
from cellkg.intake import Choice, into_folder, into_store, only_report
from cellkg.pipeline import fill_import_store
from cellkg.reasoning.closure import materialise
from cellkg.store import LocalStore, import_store
from cellkg.vocabulary import CLOSURE_GRAPH, ONTOLOGY_GRAPH, STUDY

MakeRecord = Callable[..., Any]
Lines = Callable[..., bytes]

STUDIES = 12
"""The made-up records that most of the tests import, besides one that is no cell therapy."""

ADVERSE_EVENTS_SQL = """
    SELECT ?affected ?reporting ?arm WHERE {
      study:NCT00000001 ckg:adverseEventFinding ?finding .
      ?finding ckg:event term:fever ; ckg:count ?affected ; ckg:reporting ?reporting ;
        ckg:inResultGroup/ckg:inArm/ckg:printedTerm ?arm .
    } ORDER BY ?affected
"""


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory, record: MakeRecord, lines: Lines) -> Path:
    file = tmp_path_factory.mktemp("records") / "records.jsonl"
    studies = [record(number) for number in range(1, STUDIES + 1)]
    file.write_bytes(lines(*studies, record(99, cells=False)) + b"{not JSON\n")
    return file


@pytest.fixture(scope="module")
def graphs(records: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graphs") / "made"
    report = into_folder(Choice((records,)), folder)
    assert (report.read, report.new, report.replaced) == (STUDIES + 2, STUDIES, 0)
    assert dict(report.refused) == {"malformed": 1}
    assert sum(report.left_out.values()) == 1
    return folder


@pytest.fixture(scope="module")
def store(records: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stores") / "made"
    report = into_store(Choice((records,)), folder, fill_import_store)
    assert (report.new, sum(report.refused.values())) == (STUDIES, 1)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def studies_in(folder: Path) -> set[str]:
    return {
        quad.subject.value.removeprefix(STUDY.iri)
        for path in folder.glob("*.nq.gz")
        for quad in parse(gzip.decompress(path.read_bytes()), RdfFormat.N_QUADS)
        if quad.object.value.endswith("ontology#Study")
    }


def test_graph_files_hold_every_study_once(graphs: Path) -> None:
    assert len(studies_in(graphs)) == STUDIES
    assert sorted(contents(graphs)) == [
        "NCT000.nq.gz",
        "registry-institutions.ttl",
        "registry-manifest.ttl",
    ]


def test_importing_twice_changes_nothing(graphs: Path, records: Path) -> None:
    before = contents(graphs)
    report = into_folder(Choice((records,)), graphs)
    assert (report.new, report.replaced, report.unchanged) == (0, 0, STUDIES)
    assert contents(graphs) == before


def test_the_order_of_the_records_makes_no_difference(
    graphs: Path, tmp_path: Path, record: MakeRecord, lines: Lines
) -> None:
    file = tmp_path / "other-order.jsonl"
    file.write_bytes(lines(*(record(number) for number in range(STUDIES, 0, -1))))
    into_folder(Choice((file,)), tmp_path / "graphs")
    assert contents(tmp_path / "graphs") == contents(graphs)


def test_a_newer_version_replaces_a_study_and_an_older_one_does_not(
    tmp_path: Path, record: MakeRecord, lines: Lines
) -> None:
    file, folder = tmp_path / "records.jsonl", tmp_path / "graphs"
    for updated, outcome in (
        ("2020-05-01", (1, 0, 0)),
        ("2021-05-01", (0, 1, 0)),
        ("2019-05-01", (0, 0, 1)),
    ):
        title = f"Mesenchymal stem cells as of {updated}"
        file.write_bytes(lines(record(1, updated=updated, title=title)))
        report = into_folder(Choice((file,)), folder)
        assert (report.new, report.replaced, report.older) == outcome
    text = gzip.decompress((folder / "NCT000.nq.gz").read_bytes()).decode()
    assert "as of 2021-05-01" in text
    assert "2020-05-01" not in text


def test_of_several_versions_in_one_import_the_newest_is_kept(
    tmp_path: Path, record: MakeRecord, lines: Lines
) -> None:
    file = tmp_path / "records.jsonl"
    versions = ["2020-01-01", "2022-01-01", "2021-01-01"]
    file.write_bytes(lines(*(record(1, updated=each) for each in versions)))
    report = into_folder(Choice((file,)), tmp_path / "graphs")
    assert (report.read, report.new + report.replaced) == (3, 1)
    assert report.older == 2
    text = gzip.decompress((tmp_path / "graphs" / "NCT000.nq.gz").read_bytes()).decode()
    assert '"2022-01-01"' in text


def test_a_store_answers_stored_questions(store: Path) -> None:
    graph = cellkg.open_graph(store=str(store))
    answer = graph.ask("adverse-event-answers", cell_type="MSC", route="intravenous", event="fever")
    studies = {str(row["study"]).removeprefix(STUDY.iri) for row in answer.as_dicts()}
    assert {f"NCT{number:08d}" for number in range(1, STUDIES + 1)} <= studies
    rows = graph.sparql(ADVERSE_EVENTS_SQL)
    assert isinstance(rows, list)
    assert [(row["affected"], row["arm"]) for row in rows] == [(0, "Placebo"), (3, "Cells")]


def test_a_store_holds_what_its_graphs_imply(store: Path) -> None:
    built = cellkg.open_graph(store=str(store)).built
    here = {quad.triple for quad in built.store.quads(graph=CLOSURE_GRAPH)}  # type: ignore[attr-defined] # a local store
    copy = LocalStore()
    copy.load(quad for quad in built.store.quads() if quad.graph_name != CLOSURE_GRAPH)  # type: ignore[attr-defined] # as above
    materialise(copy)
    assert {quad.triple for quad in copy.quads(graph=CLOSURE_GRAPH)} == here


def test_a_store_and_graph_files_hold_the_same_studies(store: Path, graphs: Path) -> None:
    from_files = {
        quad
        for path in graphs.glob("*.nq.gz")
        for quad in parse(gzip.decompress(path.read_bytes()), RdfFormat.N_QUADS)
    }
    names = {quad.graph_name for quad in from_files}
    built = cellkg.open_graph(store=str(store)).built
    assert {quad for quad in built.store.quads() if quad.graph_name in names} == from_files  # type: ignore[attr-defined] # a local store


def test_a_store_opened_anew_in_between_holds_the_same(
    tmp_path: Path, store: Path, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = []
    reopen = LocalStore.reopen

    def counted(opened: LocalStore) -> None:
        times.append(len(opened))
        reopen(opened)

    monkeypatch.setattr(LocalStore, "reopen", counted)
    monkeypatch.setattr(import_store, "BYTES_UNTIL_REOPENED", 0)
    into_store(Choice((records,)), tmp_path / "store", fill_import_store)
    # After the studies, before their comparing, and before either conclusion is written.
    assert len(times) == 4
    held = [
        {
            quad
            for quad in LocalStore.open(folder / "store", "").quads()
            if quad.graph_name != ONTOLOGY_GRAPH  # its blank nodes have other labels every time
        }
        for folder in (store, tmp_path / "store")
    ]
    assert held[0] == held[1]


def test_a_store_replaces_a_study_with_what_followed_from_it(
    tmp_path: Path, record: MakeRecord, lines: Lines
) -> None:
    file, folder = tmp_path / "records.jsonl", tmp_path / "store"
    file.write_bytes(lines(record(1), record(2)))
    into_store(Choice((file,)), folder, fill_import_store)
    first = cellkg.open_graph(store=str(folder)).data_version
    newer = record(1, updated="2023-01-01")
    newer["protocolSection"]["armsInterventionsModule"]["interventions"][0]["description"] = (
        "Intrathecal injection"
    )
    file.write_bytes(lines(newer))
    report = into_store(Choice((file,)), folder, fill_import_store)
    assert (report.new, report.replaced) == (0, 1)
    graph = cellkg.open_graph(store=str(folder))
    assert graph.data_version != first
    for study, route, expected in (
        ("NCT00000001", "intrathecal", True),
        ("NCT00000001", "intravenous", False),
        ("NCT00000002", "intravenous", True),
    ):
        asked = f"ASK {{ study:{study} ckg:studiesRoute term:{route} }}"
        assert graph.sparql(asked) is expected


def test_what_names_no_term_is_counted(tmp_path: Path, record: MakeRecord, lines: Lines) -> None:
    strange = record(1)
    strange["protocolSection"]["conditionsModule"]["conditions"] = ["Blue knee of Borneo"]
    table = strange["resultsSection"]["adverseEventsModule"]["otherEvents"]
    table[0]["term"] = "Unheard-of rash of the left ear"
    file = tmp_path / "records.jsonl"
    file.write_bytes(lines(strange, record(2)))
    report = only_report(Choice((file,), wordings=True))
    assert report.wordings["conditions"] == {"Blue knee of Borneo": 1}
    assert report.wordings["adverse events"] == {"Unheard-of rash of the left ear": 1}


KILLED_AFTER = (0.5, 1.5, 2.5, 3.5)
"""Seconds after which an import is killed; the last may be after its end."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["-o", "--into-store"])
def test_a_killed_import_leaves_whole_studies_and_goes_on(
    kind: str, tmp_path: Path, record: MakeRecord, lines: Lines
) -> None:
    file, target = tmp_path / "records.jsonl", tmp_path / "target"
    file.write_bytes(lines(*(record(number) for number in range(1, 301))))
    command = [
        str(Path(sys.executable).with_name("cellkg")),
        "import",
        "ctgov",
        str(file),
        kind,
        str(target),
    ]
    for seconds in KILLED_AFTER:
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert_whole(target)
    subprocess.run(command, check=True, capture_output=True)
    assert assert_whole(target) == 300


def assert_whole(target: Path) -> int:
    """Count the studies of a folder or a store; each has as many statements as any other."""
    if (target / "complete").exists():
        graph = cellkg.open_graph(store=str(target))
        rows = graph.sparql(
            "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o }"
            ' FILTER(CONTAINS(STR(?g), "/study/NCT")) } GROUP BY ?g'
        )
        assert isinstance(rows, list)
        sizes = [row["n"] for row in rows]
    else:
        sizes = []
        for path in target.glob("*.nq.gz"):
            by_graph: dict[object, int] = {}
            for quad in parse(gzip.decompress(path.read_bytes()), RdfFormat.N_QUADS):
                by_graph[quad.graph_name] = by_graph.get(quad.graph_name, 0) + 1
            sizes += by_graph.values()
    assert len(set(sizes)) <= 1
    return len(sizes)


def test_half_a_block_is_forgotten(tmp_path: Path, records: Path) -> None:
    """What a killed import had begun to write is cut off before the next one adds to it."""
    waiting = tmp_path / "graphs" / ".import"
    waiting.mkdir(parents=True)
    head = json.dumps(["NCT00000001", ["2030-01-01", "", "0"], 500, 1]).encode()
    (waiting / "NCT000").write_bytes(head + b"\n<https://w3id.org/cellkg/study/NCT00")
    report = into_folder(Choice((records,)), tmp_path / "graphs")
    assert report.new == STUDIES
    assert len(studies_in(tmp_path / "graphs")) == STUDIES


def test_a_store_that_is_written_to_is_not_opened(store: Path) -> None:
    from cellkg.store import complete_folders

    held = complete_folders.open_to_write(store)
    with pytest.raises(cellkg.StoreError, match="is being written to: wait"):
        _ = cellkg.open_graph(store=str(store)).store
    held.close()
    reading = cellkg.open_graph(store=str(store))
    assert reading.store is not None
    with pytest.raises(cellkg.StoreError, match="in use by another process: wait"):
        complete_folders.open_to_write(store)


def test_other_folders_are_not_taken_for_stores(tmp_path: Path, records: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(cellkg.StoreError, match="not a complete store"):
        into_store(Choice((records,)), tmp_path, fill_import_store)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
