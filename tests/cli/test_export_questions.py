"""``cellkg export questions``: the stored questions for editors that read sh:SPARQLExecutable."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from cellkg.cli.main import cellkg
from cellkg.vocabulary import RDF

SH = "http://www.w3.org/ns/shacl#"


def test_every_question_is_an_executable_that_runs() -> None:
    done = CliRunner().invoke(cellkg, ["export", "questions", "--endpoint", "https://a.org/sparql"])
    assert done.exit_code == 0, done.output
    triples = [quad.triple for quad in parse(done.stdout.encode(), format=RdfFormat.TURTLE)]
    executable = NamedNode(SH + "SPARQLExecutable")
    found = [t for t in triples if t.predicate == RDF["type"] and t.object == executable]
    folder = Path(__file__).parents[2] / "queries"
    assert len(found) == len(list(folder.glob("*.rq"))) > 30
    texts = [t.object for t in triples if t.predicate == NamedNode(SH + "select")]
    assert len(texts) == len(found)
    for text in texts:
        Store().query(text.value)
    assert "https://a.org/sparql" in done.stdout


def test_an_endpoint_that_is_no_address_is_refused() -> None:
    done = CliRunner().invoke(cellkg, ["export", "questions", "--endpoint", "not an address"])
    assert done.exit_code == 2
    assert "'not an address' is not a web address" in done.stderr
