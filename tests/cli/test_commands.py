"""Every command does what its help says, for the main paths and the formats."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from cellkg.cli.answer_screen import ANSWER_FORMATS, counts_of, table_of
from cellkg.vocabulary import STUDY

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke

FEVER = ("--cell-type", "MSC", "--route", "intrathecal", "--event", "fever")
QUESTION = ("query", "adverse-event-answers")
COUNT_QUERY = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/cellkg/ontology#Study> }"


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


# ---------------------------------------------------------------- query and ask


def test_the_questions_are_listed_by_tag(invoke: Invoke) -> None:
    result = invoke("query")
    assert result.exit_code == 0
    assert "ADVERSE EVENTS\n" in result.stdout
    assert "\ndoses " in result.stdout


def test_a_question_describes_itself(invoke: Invoke) -> None:
    told = invoke(*QUESTION, "--help").stdout
    for part in (
        "Which {route} {cellType} trials reported {event}?",
        "--cell-type TERM ",
        "required; kind: routes",
        "default: is a",
        "atRisk",
        "(patients)",
    ):
        assert " ".join(part.split()) in " ".join(told.split())
    assert "\n  cellkg query adverse-event-answers --cell-type MSC --route" in told
    assert "What it takes" not in invoke("query", "classes-in-use", "--help").stdout


def test_an_answer_goes_to_standard_output_and_the_rest_to_standard_error(
    invoke: Invoke, graphs: str
) -> None:
    result = invoke(*QUESTION, *FEVER, "-f", "csv", "--graphs", graphs)
    assert [row["answer"] for row in rows_of(result.stdout)] == ["reported", "denied", "not stated"]
    assert result.stderr.startswith("adverse-event-answers (")
    assert "3 rows, complete" in result.stderr
    table = invoke(*QUESTION, *FEVER, "--graphs", graphs)
    assert "Studies: 1 reported · 1 denied · 1 not stated\n" in table.stderr
    assert "— means: not stated." in table.stderr
    assert "cellkg why reported#fever\n" in table.stderr


@pytest.mark.parametrize("form", ANSWER_FORMATS)
def test_an_answer_has_every_format(form: str, invoke: Invoke, graphs: str) -> None:
    result = invoke(*QUESTION, *FEVER, "-f", form, "--graphs", graphs)
    assert result.exit_code == 0
    assert "fever" in result.stdout.lower()
    if form == "json":
        bindings = json.loads(result.stdout)["results"]["bindings"]
        assert bindings[0]["count"]["value"] == "4"
        assert "count" not in bindings[1]
    if form == "md":
        assert "| reported | is a | reported | — | whole study | 4 |" in result.stdout
        assert "| — |" in result.stdout
    if form in {"ttl", "jsonld"}:
        formats = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}
        assert list(parse(result.stdout_bytes, formats[form]))


def test_a_limit_counts_what_it_leaves_out(invoke: Invoke, graphs: str) -> None:
    result = invoke(*QUESTION, *FEVER, "--limit", "1", "-f", "csv", "--graphs", graphs)
    assert len(rows_of(result.stdout)) == 1
    assert "cut off: 2 more left out" in result.stderr


def test_a_value_may_be_given_several_times(invoke: Invoke, graphs: str) -> None:
    several = ("--event", "headache", "--relation", "is a", "--relation", "derived from")
    result = invoke(*QUESTION, *FEVER, *several, "-f", "csv", "--graphs", graphs)
    assert result.exit_code == 0
    assert "event = term:fever or term:headache" in result.stderr
    assert "relation = ckg:IsA or ckg:DerivedFrom" in result.stderr


def test_the_options_of_the_group_stand_before_or_after(invoke: Invoke, graphs: str) -> None:
    after = invoke(*QUESTION, *FEVER, "--graphs", graphs, "--store", "memory")
    before = invoke("--graphs", graphs, "--store", "memory", *QUESTION, *FEVER)
    between = invoke("query", "--graphs", graphs, *QUESTION[1:], *FEVER, "--store", "memory")
    assert after.exit_code == 0
    assert after.stdout == before.stdout == between.stdout


def test_no_rows_are_told(invoke: Invoke, graphs: str) -> None:
    result = invoke("query", "patient-rows", "--study", "silent", "--graphs", graphs)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No rows.\n" in result.stderr


def test_answers_are_counted_by_study() -> None:
    from pyoxigraph import Literal

    def row(study: str, answer: str) -> tuple[object, ...]:
        return STUDY[study], Literal(answer)

    rows = [row("a", "reported"), row("a", "reported"), row("b", "unclear")]
    assert counts_of(["study", "answer"], rows) == (  # type: ignore[arg-type] # plain rows
        "Studies: 1 reported · 0 denied · 0 not stated · 1 unclear"
    )
    stated = [row("a", "stated"), row("b", "not stated")]
    assert counts_of(["study", "answer"], stated) == "Studies: 1 stated · 1 not stated"  # type: ignore[arg-type] # as above
    both = [row("a", "reported"), row("a", "denied"), row("a", "denied")]
    assert counts_of(["study", "answer"], both) == (  # type: ignore[arg-type] # as above
        "Answers: 1 reported · 2 denied · 0 not stated"
    )
    assert counts_of(["n"], rows[:1]) == "1 row"  # type: ignore[arg-type] # as above


def test_what_every_row_says_is_said_once() -> None:
    from pyoxigraph import Literal

    rows = [(Literal("reported"), Literal(n), Literal("x")) for n in (1, 2)]
    names = ["answer", "count", "unit"]
    assert table_of(names, names, rows, {}, None) == (
        "answer    count\n"
        "────────  ─────\n"
        "reported      1\n"
        "reported      2\n"
        "\n"
        "In every row: unit: x.\n"
    )
    assert "In every row" not in table_of(names, names, rows[:1], {}, None)


def test_a_table_without_anything_known_says_so() -> None:
    assert table_of(["n"], ["n"], [(None,)], {}, 80) == "Not stated in any row: n.\n"


# ---------------------------------------------------------------- sparql


def test_a_query_may_come_from_anywhere(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    file = tmp_path / "count.rq"
    file.write_text(COUNT_QUERY)
    data = COUNT_QUERY.encode()
    answers = [
        invoke("sparql", COUNT_QUERY, "-f", "csv", "--graphs", graphs).stdout,
        invoke("sparql", "-F", str(file), "-f", "csv", "--graphs", graphs).stdout,
        invoke("sparql", "-F", "-", "-f", "csv", "--graphs", graphs, stdin=data).stdout,
        invoke("sparql", "-", "-f", "csv", "--graphs", graphs, stdin=data).stdout,
    ]
    assert [text.split() for text in answers] == [["n", "3"]] * 4


def test_rows_for_people_have_labels(invoke: Invoke, graphs: str) -> None:
    query = "SELECT ?e ?q { ?f <https://w3id.org/cellkg/ontology#event> ?e } ORDER BY ?e"
    result = invoke("sparql", query, "--graphs", graphs)
    assert "fever" in result.stdout.splitlines()
    assert "Not stated in any row: q." in result.stdout
    assert result.stderr == "3 rows\n"


@pytest.mark.parametrize(
    ("form", "shown"), [("table", "yes\n"), ("json", '{"head":{},"boolean":true}')]
)
def test_a_yes_or_no_has_its_formats(form: str, shown: str, invoke: Invoke, graphs: str) -> None:
    assert invoke("sparql", "ASK {?s ?p ?o}", "-f", form, "--graphs", graphs).stdout == shown
    if form == "table":
        assert invoke("sparql", "ASK {?s ?s ?s}", "--graphs", graphs).stdout == "no\n"


@pytest.mark.parametrize("form", ["table", "ttl", "jsonld", "nt"])
def test_triples_have_their_formats(form: str, invoke: Invoke, graphs: str) -> None:
    query = "CONSTRUCT WHERE { <https://w3id.org/cellkg/study/denied#fever> ?p ?o }"
    result = invoke("sparql", query, "-f", form, "--graphs", graphs)
    formats = {"jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES}
    triples = {
        quad.triple for quad in parse(result.stdout_bytes, formats.get(form, RdfFormat.TURTLE))
    }
    assert len(triples) > 5
    assert result.stderr == f"{len(triples)} triples\n"
    single = invoke("sparql", "CONSTRUCT { <a:a> <a:b> 1 } {}", "-f", form, "--graphs", graphs)
    assert single.stderr == "1 triple\n"


# ---------------------------------------------------------------- show, why, terms


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_a_study_as_rdf_holds_all_its_triples(form: str, invoke: Invoke, graphs: str) -> None:
    result = invoke("show", "reported", "-f", form, "--graphs", graphs)
    formats = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}
    written = {quad.triple for quad in parse(result.stdout_bytes, formats[form])}
    file = Path(graphs, "reported.ttl")
    assert written == {quad.triple for quad in parse(path=str(file), format=RdfFormat.TURTLE)}


def test_patients_are_shown_as_one_table(invoke: Invoke) -> None:
    shown = invoke("show", "ms-intrathecal-msc-poster").stdout
    rows = shown.partition("PATIENT ROWS\n")[2].partition("DISCREPANCIES\n")[0]
    assert "measure Expanded Disability Status Scale\n" in rows
    assert rows.count("#row-") == 24
    assert "“" not in rows


def test_a_study_alone_tells_what_was_read_and_which_harms(invoke: Invoke, graphs: str) -> None:
    told = json.loads(invoke("why", "denied", "-f", "json", "--graphs", graphs).stdout)
    assert [(each["answer"], each["title"]) for each in told["harms"]] == [("denied", "fever")]
    assert told["silent_about"] == "every other adverse event"
    assert "retells denied" in invoke("why", "denied", "--graphs", graphs).stdout


def test_a_source_has_its_evidence_too(invoke: Invoke) -> None:
    shown = invoke("why", "source:ms-intrathecal-msc-poster").stdout
    assert shown.startswith("source:ms-intrathecal-msc-poster\n")
    assert "no words of a source" in shown
    without = invoke("why", "ckg:Stated").stdout
    assert "No evidence is recorded for it." in without


def test_terms_are_listed_found_and_described(invoke: Invoke) -> None:
    assert "routes " in invoke("terms").stdout
    assert "  mapped to  exact: " in invoke("terms", "fever").stdout
    assert "See also" in invoke("terms", "mesenchymal").stdout
    neural = invoke("terms", "MSC-NP").stdout
    assert "made from" in neural
    nothing = invoke("terms", "qqqqqqqqqqq")
    assert nothing.stdout == ""
    assert "No term is like 'qqqqqqqqqqq'" in nothing.stderr
    unknown = invoke("terms", "--kind", "routs")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    found = json.loads(invoke("terms", "fever", "-f", "json").stdout)
    assert found[0]["iri"] == "https://w3id.org/cellkg/term/fever"
    assert len(json.loads(invoke("terms", "-f", "json").stdout)) > 490


# ---------------------------------------------------------------- build, check, validate, export


def test_a_build_says_what_it_read(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    (tmp_path / "notes.docx").touch()
    (tmp_path / "silent.ttl").write_bytes(Path(graphs, "silent.ttl").read_bytes())
    result = invoke("build", "--graphs", str(tmp_path))
    assert result.exit_code == 0
    assert "state       built now\n" in result.stdout
    assert "studies     1\n" in result.stdout
    assert "notes.docx' is neither a graph file nor documentation" in result.stderr
    again = invoke("build", "--graphs", str(tmp_path)).stdout
    assert "state       up to date\n" in again


def test_checks_tell_file_and_line(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    text = Path(graphs, "denied.ttl").read_text("utf-8")
    broken = text.replace(
        "source:denied ;\n    ckg:condition", "source:nowhere ;\n    ckg:condition"
    )
    assert broken != text
    (tmp_path / "denied.ttl").write_text(broken)
    result = invoke("check", "--graphs", str(tmp_path))
    assert result.exit_code == 1
    assert "denied.ttl:" in result.stdout
    assert "violation: No graph describes source:nowhere." in result.stdout
    assert "(denied)" in result.stdout
    assert "violation" in result.stderr
    as_rows = rows_of(invoke("check", "-f", "csv", "--graphs", str(tmp_path)).stdout)
    assert "https://w3id.org/cellkg/source/nowhere" in {row["value"] for row in as_rows}
    report = json.loads(invoke("check", "-f", "json", "--graphs", str(tmp_path)).stdout)
    assert report["conforms"] is False


def test_one_study_several_and_everything_are_exported(
    invoke: Invoke, graphs: str, tmp_path: Path
) -> None:
    one = invoke("export", "turtle", "--study", "denied", "--graphs", graphs).stdout
    assert one.startswith("@prefix : <https://w3id.org/cellkg/study/denied#> .\n")
    two = invoke("export", "turtle", "--study", "denied", "--study", "sil", "--graphs", graphs)
    assert two.stdout.count("@prefix : ") == 2
    assert "study:silent a ckg:Study" in two.stdout
    result = invoke("export", "turtle", "-o", str(tmp_path), "--graphs", graphs)
    files = {path.name for path in tmp_path.iterdir()}
    assert files == {"denied.ttl", "reported.ttl", "silent.ttl", "ontology.ttl", "terms.ttl"}
    assert f"5 files in '{tmp_path}'" in result.stderr
    assert (tmp_path / "denied.ttl").read_text("utf-8") == one
    everything = invoke("export", "turtle", "--graphs", graphs).stdout
    assert everything == invoke("export", "turtle", "--graphs", graphs).stdout
    assert "study:silent a ckg:Study" in everything


def test_what_is_exported_can_be_built_again(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    for study in ("denied", "reported", "silent"):
        invoke(
            "export",
            "turtle",
            "--study",
            study,
            "-o",
            str(tmp_path / f"{study}.ttl"),
            "--graphs",
            graphs,
        )
    before = invoke(*QUESTION, *FEVER, "-f", "json", "--graphs", graphs)
    after = invoke(*QUESTION, *FEVER, "-f", "json", "--graphs", str(tmp_path))
    assert before.exit_code == 0
    assert before.stdout == after.stdout
