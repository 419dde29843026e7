"""The exports for KGX, nanopublication tools and FHIR systems, as a person types them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Invoke, Run

KGX_FILES = ["cellkg_edges.jsonl", "cellkg_nodes.jsonl", "cellkg_prefixes.jsonld"]


def test_kgx_writes_three_files_and_says_what_is_left_out(
    run: Run, graphs: str, tmp_path: Path
) -> None:
    made = run("export", "kgx", "--graphs", graphs, "-o", "kgx/new")
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "kgx" / "new"
    assert sorted(each.name for each in folder.iterdir()) == KGX_FILES
    edges = [json.loads(e) for e in (folder / "cellkg_edges.jsonl").read_bytes().splitlines()]
    said = [each["negated"] for each in edges if each["predicate"] == "biolink:has_adverse_event"]
    assert sorted(said) == [False, False, True, True]
    assert f"and {len(edges)} edges of all studies in 'kgx/new'" in made.stderr.decode()


def test_a_folder_that_cannot_be_made_is_told(run: Run, graphs: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    made = run("export", "kgx", "--graphs", graphs, "-o", "file/kgx")
    assert made.returncode == 3
    assert made.stderr.decode().startswith("Error: 'file/kgx' cannot be made")


@pytest.mark.parametrize("form", ["nanopublications", "fhir"])
def test_the_same_graphs_give_the_same_bytes_in_every_process(
    form: str, run: Run, graphs: str
) -> None:
    first, second = (run("export", form, "--graphs", graphs, PYTHONHASHSEED=seed) for seed in "12")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout != b""


def test_kgx_files_are_the_same_in_every_process(run: Run, graphs: str, tmp_path: Path) -> None:
    for seed in "12":
        run("export", "kgx", "--graphs", graphs, "-o", seed, PYTHONHASHSEED=seed)
    for name in KGX_FILES:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_folder_gets_one_file_a_nanopublication(
    invoke: Invoke, graphs: str, tmp_path: Path
) -> None:
    made = invoke("export", "nanopublications", "--graphs", graphs, "-o", str(tmp_path))
    assert made.exit_code == 0, made.stderr
    files = sorted(tmp_path.glob("*.trig"))
    assert made.stderr.startswith(f"{len(files)} nanopublications of all studies")
    assert len(files) >= 2
    for each in files:
        assert len({quad.graph_name for quad in parse(path=str(each), format=RdfFormat.TRIG)}) == 4


def test_fhir_is_a_bundle_or_lines(invoke: Invoke, graphs: str) -> None:
    bundle = invoke("export", "fhir", "--graphs", graphs)
    lines = invoke("export", "fhir", "--graphs", graphs, "-f", "ndjson")
    read = [json.loads(each) for each in lines.stdout.splitlines()]
    assert [each["resource"] for each in json.loads(bundle.stdout)["entry"]] == read
    kinds = [each["resourceType"] for each in read]
    assert (kinds.count("ResearchStudy"), kinds.count("Evidence")) == (3, 4)
    assert " 3 ResearchStudy of all studies" in bundle.stderr


def test_a_selection_narrows_all_of_them(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    chosen = ["--graphs", graphs, "--study", "silent"]
    fhir = invoke("export", "fhir", *chosen, "-f", "ndjson")
    assert [json.loads(each)["resourceType"] for each in fhir.stdout.splitlines()] == [
        "ResearchStudy"
    ]
    nanopublications = invoke("export", "nanopublications", *chosen)
    assert nanopublications.stderr.startswith("0 nanopublications of ")
    assert invoke("export", "kgx", *chosen, "-o", str(tmp_path)).exit_code == 0
    assert b"has_adverse_event" not in (tmp_path / "cellkg_edges.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("kgx", "rows of patients"),
        ("nanopublications", "rows of patients"),
        ("fhir", "rows of patients"),
    ],
)
def test_the_help_says_what_is_not_carried(form: str, words: str, invoke: Invoke) -> None:
    text = " ".join(invoke("export", form, "--help").stdout.split())
    assert words in text.partition("Not carried: ")[2]
