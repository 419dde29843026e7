"""The benchmarks compare equal things: same studies for a seed, same answers from each peer."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Final

import cellkg
from cellkg.vocabulary import TERM

BENCHMARKS: Final = Path(__file__).parents[1] / "benchmarks"
STUDIES: Final = 300


def _run(script: str, *arguments: str) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _generate(folder: Path, seed: str) -> dict[str, bytes]:
    _run("generated_studies.py", str(folder), "--studies", str(STUDIES), "--seed", seed)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_same_seed_gives_the_same_studies(tmp_path: Path) -> None:
    first = _generate(tmp_path / "first", "1")
    assert len(first) == 2
    assert first == _generate(tmp_path / "again", "1")
    assert first != _generate(tmp_path / "other", "2")


def test_the_relational_layout_gives_the_answers_of_the_stored_question(tmp_path: Path) -> None:
    generated = tmp_path / "generated"
    _generate(generated, "1")
    graph = cellkg.open_graph([str(generated)], store="memory")
    values = {"cell_type": "MSC", "route": "intrathecal", "event": "fever"}
    answer = graph.ask("adverse-event-answers", limit=None, **values)
    expected = {tuple(getattr(value, "value", "") for value in row) for row in answer.rows}
    database = tmp_path / "relational.sqlite"
    runpy.run_path(str(BENCHMARKS / "relational_peer.py"))["build"](graph.store, database)
    terms = ("mesenchymal-stromal-cell", "intrathecal", "fever")
    output = _run("relational_peer.py", str(database), *(TERM[each].value for each in terms))
    assert {tuple(line.split("\t")) for line in output.splitlines()} == expected
    assert {row[2] for row in expected} == {"reported", "denied", "not stated"}
