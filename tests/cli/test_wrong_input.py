"""What is wrong is told in one sentence that helps, and the exit code says whose fault it is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cellkg.graph import front_door

if TYPE_CHECKING:
    from subprocess import CompletedProcess

    from tests.cli.conftest import Invoke, Run

FEVER = ("--cell-type", "MSC", "--route", "intrathecal", "--event", "fever")


def assert_told(result: CompletedProcess[bytes], exit_code: int, *parts: str) -> None:
    said = result.stderr.decode()
    assert result.returncode == exit_code, said
    assert result.stdout == b""
    assert said.startswith(("Error: ", "Usage: ")), said
    assert "Traceback" not in said
    for part in parts:
        assert part in said


def test_an_unknown_question_brings_the_nearest(run: Run) -> None:
    assert_told(run("query", "dosis"), 2, "no question 'dosis'", "did you mean 'doses'?")


def test_an_unknown_command_brings_the_nearest(run: Run) -> None:
    assert_told(run("shwo"), 2, "no command 'shwo'; did you mean 'show'?")


def test_an_unknown_term_brings_the_nearest(run: Run, graphs: str) -> None:
    wrong = ("--cell-type", "MSC", "--route", "intratecal", "--event", "fever")
    result = run("query", "adverse-event-answers", *wrong, "--graphs", graphs)
    assert_told(result, 2, "--route: 'intratecal'", "did you mean 'intrathecal'")


def test_a_missing_value_brings_a_line_to_type(run: Run, graphs: str) -> None:
    result = run("query", "adverse-event-answers", "--graphs", graphs)
    assert_told(result, 2, "needs the cell type, route and event", "--route intrathecal")


def test_an_unknown_study_brings_the_nearest(run: Run, graphs: str) -> None:
    for command in ("show", "why"):
        result = run(command, "silnt", "--graphs", graphs)
        assert_told(result, 2, "no study 'silnt'", "did you mean 'silent'?")


def test_an_unknown_record_brings_the_nearest(run: Run, graphs: str) -> None:
    result = run("why", "reported#fevr", "--graphs", graphs)
    assert_told(result, 2, "no record 'fevr'", "'reported#fever'")


def test_malformed_sparql_is_told_by_line_and_column(run: Run, graphs: str) -> None:
    result = run("sparql", "SELECT * WHERE {\n  ?s foo:bar ?o }", "--graphs", graphs)
    assert_told(result, 2, "line 2, column 6", "'foo:' is not declared")


def test_an_update_is_refused(run: Run, graphs: str) -> None:
    result = run("sparql", "DELETE WHERE { ?s ?p ?o }", "--graphs", graphs)
    assert_told(result, 2, "cellkg only reads")


@pytest.mark.parametrize(
    ("query", "form", "possible"),
    [
        ("SELECT ?s { ?s ?p ?o }", "ttl", "csv"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "jsonld"),
        ("ASK { ?s ?p ?o }", "tsv", "json"),
    ],
)
def test_a_format_that_cannot_hold_the_answer_is_refused(
    query: str, form: str, possible: str, run: Run, graphs: str
) -> None:
    assert_told(run("sparql", query, "-f", form, "--graphs", graphs), 2, f"'{form}'", possible)


def test_a_query_has_to_be_given_once(run: Run) -> None:
    assert_told(run("sparql"), 2, "Give the query as TEXT or with --file")
    assert_told(run("sparql", "ASK {}", "-F", "-"), 2, "and not both")


def test_a_query_in_another_encoding_is_refused(run: Run, tmp_path: Path, graphs: str) -> None:
    (tmp_path / "q.rq").write_bytes("ASK { ?s ?p 'é' }".encode("latin-1"))
    assert_told(run("sparql", "-F", "q.rq", "--graphs", graphs), 2, "'q.rq' is not UTF-8")
    result = run("sparql", "-", "--graphs", graphs, stdin=b"ASK { ?s ?p '\xe9' }")
    assert_told(result, 2, "Standard input is not UTF-8")


def test_turtle_cut_in_half_is_told_by_file_and_line(run: Run, tmp_path: Path, graphs: str) -> None:
    whole = Path(graphs, "reported.ttl").read_bytes()
    broken = tmp_path / "mine" / "reported.ttl"
    broken.parent.mkdir()
    broken.write_bytes(whole[: len(whole) // 2])
    result = run("query", "studies", "--graphs", "mine")
    assert_told(result, 3, "reported.ttl, line ")


def test_turtle_in_another_encoding_is_told_by_file(run: Run, tmp_path: Path, graphs: str) -> None:
    whole = Path(graphs, "silent.ttl").read_text("utf-8")
    broken = tmp_path / "mine" / "silent.ttl"
    broken.parent.mkdir()
    broken.write_bytes(whole.replace("sclerosis", "sclérose").encode("latin-1"))
    assert_told(run("build", "--graphs", "mine"), 3, "silent.ttl", "UTF-8")


def test_a_folder_that_is_not_there_is_told(run: Run) -> None:
    assert_told(run("query", "studies", "--graphs", "nowhere"), 2, "'nowhere'")
    assert_told(run("validate", "nowhere"), 2, "'nowhere'")
    assert_told(run("validate", "--sources", "nowhere"), 2, "'nowhere' does not exist")


def test_stores_that_cannot_be_are_told(run: Run, graphs: str) -> None:
    assert_told(run("query", "studies", "--store", "disk"), 2, "no store 'disk'", "memory")
    both = run("--store", "http://localhost:9/", "query", "studies", "--graphs", graphs)
    assert_told(both, 2, "holds its own graphs")


def test_an_endpoint_that_does_not_answer_is_told(run: Run) -> None:
    result = run("--store", "http://127.0.0.1:9/query", "sparql", "ASK { ?s ?p ?o }")
    assert_told(result, 3, "http://127.0.0.1:9/query")


def test_a_cache_that_cannot_be_written_is_told(run: Run, tmp_path: Path, graphs: str) -> None:
    (tmp_path / "file").touch()
    result = run("build", "--graphs", graphs, CELLKG_CACHE=str(tmp_path / "file" / "cache"))
    assert_told(result, 3, "CELLKG_CACHE", "--store memory")


def test_a_cache_of_another_version_is_built_again(run: Run, tmp_path: Path, graphs: str) -> None:
    cache = tmp_path / "cache"
    arguments = ("why", "reported#fever", "--graphs", graphs)
    first = run(*arguments, CELLKG_CACHE=str(cache))
    assert first.returncode == 0
    (marker,) = cache.glob("*/complete")
    marker.write_bytes(re.sub(rb"0\.1\.0", b"0.0.9", marker.read_bytes()))
    again = run(*arguments, CELLKG_CACHE=str(cache))
    assert (again.returncode, again.stdout) == (0, first.stdout)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_a_full_disk_is_told(run: Run, graphs: str) -> None:
    result = run("show", "silent", "--graphs", graphs, "-o", "/dev/full")
    assert_told(result, 3, "'/dev/full' cannot be written: No space left on device")


def test_a_file_in_a_folder_that_is_not_there_is_told(run: Run, graphs: str) -> None:
    result = run("show", "silent", "--graphs", graphs, "-o", "nowhere/x.txt")
    assert_told(result, 3, "'nowhere/x.txt' cannot be written: No such file or directory")


def test_debug_shows_where_it_went_wrong(run: Run) -> None:
    for arguments in (("--debug", "query", "dosis"), ("show", "x", "--debug")):
        result = run(*arguments)
        assert result.returncode == 2
        assert b"Traceback" in result.stderr
        assert b"\nError: " in result.stderr


def test_a_mistake_of_cellkg_is_no_fault_of_the_user(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(front_door, "folder", fail)
    result = invoke("query", "studies")
    assert result.exit_code == 70
    assert "cellkg made a mistake (ZeroDivisionError); run the same again with --debug" in (
        result.stderr
    )
    assert "Traceback" not in result.stderr
    assert "Traceback" in invoke("query", "studies", "--debug").stderr


def test_stopping_is_no_error(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(front_door, "folder", stop)
    result = invoke("query", "studies")
    assert (result.exit_code, result.stderr) == (130, "")


def test_a_sentence_that_is_no_question_brings_the_nearest(run: Run, graphs: str) -> None:
    result = run("ask", "which flying pigs reported fever", "--graphs", graphs)
    assert_told(result, 2, "pigs", "cellkg query")


def test_a_sentence_may_be_told_word_by_word(run: Run, graphs: str) -> None:
    words = ["which", "intrathecal", "MSC", "trials", "reported", "fever"]
    by_word = run("ask", *words, "--graphs", graphs)
    whole = run("ask", " ".join(words), "--graphs", graphs)
    direct = run("query", "adverse-event-answers", *FEVER, "--graphs", graphs)
    assert by_word.returncode == 0, by_word.stderr
    assert by_word.stdout == whole.stdout == direct.stdout
    assert whole.stderr.startswith(b"Understood as: adverse-event-answers with ")


def test_a_failed_run_leaves_the_old_file(run: Run, tmp_path: Path, graphs: str) -> None:
    old = tmp_path / "answer.csv"
    old.write_text("the old answer")
    options = ("--route", "nowhere", "-f", "csv", "-o", "answer.csv", "--graphs", graphs)
    assert run("query", "adverse-event-by-route", *options).returncode == 2
    assert old.read_text() == "the old answer"
    assert [path.name for path in tmp_path.iterdir()] == ["answer.csv"]


def test_shipped_graphs_may_be_named_with_others(run: Run, tmp_path: Path, graphs: str) -> None:
    shutil.copytree(graphs, tmp_path / "mine")
    both = ("--graphs", "shipped", "--graphs", "mine")
    listed = run("query", "studies", "-f", "csv", *both).stdout.decode()
    assert "study/reported," in listed
    assert "study/ms-intrathecal-msc-poster," in listed
    assert "study/ms-intrathecal-msc-poster," not in (
        run("query", "studies", "-f", "csv", "--graphs", "mine").stdout.decode()
    )
