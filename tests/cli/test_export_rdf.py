"""``cellkg export`` in RDF: what is chosen is written, and what cannot be written is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Dataset, RdfFormat, parse

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run

FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
STUDY_GRAPH = "https://w3id.org/cellkg/graph/study/"


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_and_a_pipe_get_the_same(form: str, run: Run, graphs: str, tmp_path: Path) -> None:
    piped = run("export", form, "--graphs", graphs)
    assert (piped.returncode, piped.stderr) == (0, b"")
    written = run("export", form, "--graphs", graphs, "-o", "out")
    assert (written.returncode, written.stdout) == (0, b"")
    assert (tmp_path / "out").read_bytes() == piped.stdout
    assert len(Dataset(parse(piped.stdout, FORMATS[form]))) > 10_000


def test_studies_are_chosen_by_name_term_and_question(invoke: Invoke, graphs: str) -> None:
    def chosen(*options: str) -> set[str]:
        done = invoke("export", "nquads", *options, "--graphs", graphs)
        assert done.exit_code == 0, done.stderr
        names = {quad.graph_name.value for quad in parse(done.stdout, RdfFormat.N_QUADS)}
        return {each.removeprefix(STUDY_GRAPH) for each in names if each.startswith(STUDY_GRAPH)}

    assert chosen() == {"denied", "reported", "silent"}
    assert chosen("--study", "denied", "--study", "sil") == {"denied", "silent"}
    assert "reported" in chosen("--term", "encephalopathy")
    assert chosen("--question", "adverse-events-of-study study=denied") == {"denied"}


def test_terms_and_conclusions_are_options(invoke: Invoke, graphs: str) -> None:
    def names(*options: str) -> set[str]:
        done = invoke("export", "nquads", *options, "--graphs", graphs)
        found = {quad.graph_name.value for quad in parse(done.stdout, RdfFormat.N_QUADS)}
        return {each.rpartition("/")[2] for each in found}

    assert names() == {"denied", "reported", "silent", "ontology", "terms"}
    assert names("--with-conclusions") == names() | {"closure"}
    assert names("--study", "denied", "--with-terms") == {"denied", "ontology", "terms"}
    assert "closure" in names("--study", "denied", "--with-conclusions")


def test_one_study_as_turtle_is_its_file(invoke: Invoke, project: Path) -> None:
    curated = project / "graphs" / "curated"
    name = "ms-intravenous-msc-karolinska"
    options = ("--graphs", str(curated), "--graphs", str(project / "graphs" / "institutions.ttl"))
    one = invoke("export", "turtle", "--study", name, *options)
    assert one.stdout == (curated / f"{name}.ttl").read_text("utf-8")
    two = invoke("export", "turtle", "--study", name, "--study", "als", *options)
    assert "institution:karolinska-institutet a ckg:Institution" in two.stdout


def test_what_rdf_xml_cannot_hold_leaves_the_file_as_it_was(
    run: Run, graphs: str, tmp_path: Path
) -> None:
    text = Path(graphs, "denied.ttl").read_text("utf-8")
    broken = text.replace('ckg:printedTerm "', 'ckg:printedTerm "\\u0001', 1)
    if broken == text:
        broken = text.replace('dcterms:title "', 'dcterms:title "\\u0001', 1)
    assert broken != text
    (tmp_path / "denied.ttl").write_text(broken, "utf-8")
    (tmp_path / "out.rdf").write_text("before")
    done = run("export", "rdfxml", "--graphs", str(tmp_path / "denied.ttl"), "-o", "out.rdf")
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: study:denied")
    assert b"RDF/XML cannot hold the character U+0001" in done.stderr
    assert (tmp_path / "out.rdf").read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} == {"denied.ttl", "out.rdf"}


def test_the_context_of_json_ld_is_inside_or_linked(invoke: Invoke, graphs: str) -> None:
    whole = json.loads(invoke("export", "jsonld", "--study", "denied", "--graphs", graphs).stdout)
    linked = json.loads(
        invoke("export", "jsonld", "--study", "denied", "--link-context", "--graphs", graphs).stdout
    )
    assert whole["@context"]["event"] == {"@id": "ckg:event", "@type": "@id"}
    assert linked["@context"] == "https://w3id.org/cellkg/ontology/context.jsonld"
    assert whole["@graph"] == linked["@graph"]


def test_the_command_writes_a_whole_folder_or_nothing(
    run: Run, graphs: str, tmp_path: Path
) -> None:
    done = run("export", "ro-crate", "--graphs", graphs, "-o", "made")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "made" / "ro-crate-metadata.json").is_file()
    before = {path.name for path in tmp_path.iterdir()}
    again = run("export", "ro-crate", "--graphs", graphs, "-o", "made")
    assert again.returncode == 2
    assert b"the folder 'made' is not empty" in again.stderr
    nowhere = run("export", "ro-crate", "--graphs", graphs, "-o", "not/there")
    assert nowhere.returncode == 3
    assert b"'not/there' cannot be written" in nowhere.stderr
    assert {path.name for path in tmp_path.iterdir()} == before
    (tmp_path / "empty").mkdir()
    other = run("export", "ro-crate", "--graphs", graphs, "-o", "empty")
    assert other.returncode == 0
    files = [path for path in (tmp_path / "empty").rglob("*") if path.is_file()]
    assert f"{len(files)} files in 'empty'".encode() in other.stderr
    for path in files:
        twin = tmp_path / "made" / path.relative_to(tmp_path / "empty")
        assert path.read_bytes() == twin.read_bytes()
