"""Every check, with a graph in which it alone finds something."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from cellkg.store import LocalStore
from cellkg.store.graph_files import quads_into
from cellkg.validation.graph_files import read_files
from cellkg.validation.report import Finding, Severity
from cellkg.validation.violation_queries import run_checks
from cellkg.vocabulary import ONTOLOGY_GRAPH, expand

NUMBER_OF_CHECKS = 15
CHECKS = Path(__file__).parents[2] / "queries" / "checks"
DATA = Path(__file__).parents[1] / "data" / "checks"
PASSING = (DATA / "pass.trig").read_text("utf-8")
FAILING = tomllib.loads((DATA / "fail.toml").read_text("utf-8"))


def run(text: str, ontology: Iterable[Quad]) -> dict[str, list[Finding]]:
    store = LocalStore()
    store.load(ontology)
    store.load(parse(text, RdfFormat.TRIG))
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in run_checks(store, CHECKS, []):
        found[finding.origin].append(finding)
    return found


@pytest.fixture(scope="module")
def ontology(project: Path) -> list[Quad]:
    return list(quads_into(project / "ontology" / "cellkg.ttl", ONTOLOGY_GRAPH))


def test_every_check_has_a_graph_in_which_it_fails() -> None:
    names = [path.name.removesuffix("-violation.rq") for path in CHECKS.glob("*.rq")]
    assert sorted(names) == sorted(FAILING)
    assert len(names) == NUMBER_OF_CHECKS


def test_the_passing_graph_passes(ontology: list[Quad]) -> None:
    assert run(PASSING, ontology) == {}


@pytest.mark.parametrize("name", FAILING)
def test_a_check_fails_alone(name: str, ontology: list[Quad]) -> None:
    text = PASSING
    for old, new in FAILING[name]["edits"]:
        assert PASSING.count(old) == 1, old
        text = text.replace(old, new)
    found = run(text, ontology)
    assert found.keys() == {f"{name}-violation"}
    (findings,) = found.values()
    records = ["https://w3id.org/cellkg/" + each for each in FAILING[name]["records"]]
    assert sorted({finding.record or "" for finding in findings}) == records
    for finding in findings:
        assert finding.severity is Severity.VIOLATION
        assert finding.message[0].isupper()
        assert "https://w3id.org" not in finding.message
        assert finding.line is None


def test_without_a_closure_none_is_missed(ontology: list[Quad]) -> None:
    found = run(PASSING[: PASSING.index("graph:closure {")], ontology)
    assert found == {}


def test_a_finding_names_file_and_line(ontology: list[Quad], tmp_path: Path) -> None:
    file = tmp_path / "graph.trig"
    file.write_text(PASSING.replace("ckg:count 27 ;", "ckg:count 27 ; ckg:headline true ;"))
    files = read_files([_without_built_graphs(file)])
    store = LocalStore()
    store.load(ontology)
    store.load(quad for each in files for quad in each.quads())
    steps: list[tuple[str, int, int | None]] = []

    findings = list(run_checks(store, CHECKS, files, lambda *step: steps.append(step)))

    (finding,) = [each for each in findings if each.origin == "several-headlines-violation"]
    line = file.read_text().splitlines().index("        ckg:count 27 ; ckg:headline true ;") + 1
    assert (finding.file, finding.line) == (file, line)
    assert finding.property == expand("ckg:headline")
    assert steps == [("asking the checks", number, 15) for number in range(15)]


def _without_built_graphs(file: Path) -> Path:
    text = file.read_text()
    begin, end = text.index("graph:terms {"), text.index("graph:institutions {")
    lines = "\n" * text[begin:end].count("\n")
    file.write_text(text[:begin] + lines + text[end : text.index("graph:closure {")])
    return file
