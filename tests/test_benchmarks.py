"""What the benchmark rests on: the made-up studies, and that its peers answer the same question."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from cellkg.pipeline import Inputs, build_in_memory
from cellkg.querying import find_question, render, run
from cellkg.shipped_files import folder
from cellkg.vocabulary import TERM

if TYPE_CHECKING:
    from pathlib import Path

STUDIES = 300


@pytest.fixture
def benchmarks(project: Path, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - scripts, not a package
    """Import a script of the benchmark by its name."""
    monkeypatch.syspath_prepend(project / "benchmarks")
    return import_module


def files_in(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir()}


def test_the_same_seed_gives_the_same_bytes(benchmarks: Any, tmp_path: Path) -> None:  # noqa: ANN401 - as above
    write = benchmarks("generated_studies").write_studies
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write(tmp_path / name, STUDIES, seed)
    assert files_in(tmp_path / "one") == files_in(tmp_path / "again")
    assert files_in(tmp_path / "one").keys() == files_in(tmp_path / "other").keys()
    assert files_in(tmp_path / "one") != files_in(tmp_path / "other")


def test_the_relational_peer_gives_the_rows_of_the_stored_question(
    benchmarks: Any,  # noqa: ANN401 - as above
    tmp_path: Path,
) -> None:
    benchmarks("generated_studies").write_studies(tmp_path / "graphs", STUDIES)
    built = build_in_memory(Inputs(folder("ontology"), (tmp_path / "graphs",)))
    assert built.report.studies == STUDIES
    question = find_question("adverse-event-answers", folder("queries"))
    asked = {"cellType": "MSC", "route": "intrathecal", "event": "fever"}
    answer = run(question, built.store, built.terms, asked)

    peer = benchmarks("relational_peer")
    peer.build(built.store, tmp_path / "relational.sqlite")
    terms = [TERM[name].value for name in ("mesenchymal-stromal-cell", "intrathecal", "fever")]
    rows = peer.ask(str(tmp_path / "relational.sqlite"), *terms)

    peers = benchmarks("peers")
    as_printed = "\n".join("\t".join(value or "" for value in row) for row in rows).encode()
    answers = {
        "cellkg": peers.rows_of_tsv(render(answer, "tsv")),
        "SQLite": peers.rows_of_plain(as_printed),
    }
    assert {row[2] for row in answers["cellkg"]} == {"reported", "denied", "not stated"}
    assert peers.difference(answers) is None
    answers["SQLite"].pop()
    assert "SQLite 23, and only cellkg has" in peers.difference(answers)
