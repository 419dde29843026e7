from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from cellkg.querying import FORMATS, render, run
from cellkg.querying.formats import GRAPH_FORMATS, render_table, render_triples, shown_graph
from cellkg.vocabulary import CKG, RDF, SOURCE, STUDY, TERM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cellkg.querying import Answer, StoredQuestion
    from cellkg.querying.answer import Row
    from cellkg.store import LocalStore
    from cellkg.terms import TermIndex

    Questions = Mapping[str, StoredQuestion]

MAIN = {"cellType": "MSC", "route": "intrathecal", "event": "fever"}
W3C = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "tsv": QueryResultsFormat.TSV,
}


@pytest.fixture(scope="module")
def answer(questions: Questions, terms: TermIndex, store: LocalStore) -> Answer:
    return run(questions["event-answers"], store, terms, MAIN)


@pytest.fixture(scope="module")
def findings(questions: Questions, terms: TermIndex, store: LocalStore) -> Answer:
    return run(questions["findings-of-study"], store, terms, {"study": "one"})


def test_the_formats_are_those_of_the_command_line() -> None:
    assert set(FORMATS) == {"csv", "tsv", "json", "xml", "md", "ttl", "jsonld"}
    assert set(GRAPH_FORMATS) == {"ttl", "jsonld", "nt"}
    with pytest.raises(KeyError):
        render_table(["n"], [], "parquet")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_answer_is_the_same_bytes(answer: Answer, form: str) -> None:
    assert render(answer, form) == render(answer, form)


@pytest.mark.parametrize("form", W3C)
def test_the_w3c_formats_hold_every_term(answer: Answer, form: str) -> None:
    read = parse_query_results(render(answer, form), W3C[form])
    assert isinstance(read, QuerySolutions)
    names = [variable.value for variable in read.variables]
    assert names == ["study", "answer", "count", "record", "origin"]
    assert tuple(tuple(row) for row in read) == answer.rows


def test_json_leaves_an_unknown_cell_out(answer: Answer) -> None:
    document = json.loads(render(answer, "json"))
    assert document["head"] == {"vars": ["study", "answer", "count", "record", "origin"]}
    reported, denied = document["results"]["bindings"]
    assert reported["count"] == {
        "type": "literal",
        "value": "4",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }
    assert set(denied) == {"study", "answer", "record", "origin"}


def test_csv_leaves_an_unknown_cell_empty(answer: Answer) -> None:
    rows = list(csv.DictReader(io.StringIO(render(answer, "csv").decode(), newline="")))
    assert [row["count"] for row in rows] == ["4", ""]
    assert rows[0]["study"] == STUDY["one-reported"].value


def test_xml_is_in_the_namespace_of_sparql_results(answer: Answer) -> None:
    root = ET.fromstring(render(answer, "xml"))  # noqa: S314 - written a line above
    assert root.tag == "{http://www.w3.org/2005/sparql-results#}sparql"


NODES = st.one_of(
    st.none(),
    st.text().map(Literal),
    st.text(alphabet="\t\n\r\"'\\? \u0000\u2028é😀").map(Literal),
    st.integers(min_value=-(2**63), max_value=2**63 - 1).map(Literal),
    st.text(alphabet="abcé~'()").map(lambda name: NamedNode("https://example.org/" + name)),
    st.text().map(lambda text: Literal(text, language="en-gb")),
)


@given(st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[NODES] * width))))
def test_any_table_survives(rows: list[Row]) -> None:
    width = len(rows[0]) if rows else 1
    names = ["a", "b", "c"][:width]
    for form, syntax in [("json", W3C["json"]), ("tsv", W3C["tsv"])]:
        read = parse_query_results(render_table(names, rows, form), syntax)
        assert isinstance(read, QuerySolutions)
        assert [tuple(row) for row in read] == rows


def test_a_table_without_rows_still_names_its_columns() -> None:
    assert render_table(["a", "b"], [], "csv") == b"a,b\r\n"
    assert json.loads(render_table(["a"], [], "json"))["results"]["bindings"] == []


def test_markdown_is_a_table_with_labels_a_dash_and_the_stamp(answer: Answer) -> None:
    text = render(answer, "md", {TERM["fever"].value: "fever"}).decode()
    header, rule, reported, denied, blank, stamp, end = text.split("\n")
    assert header == "| study | answer | count | record | origin |"
    assert rule == "| --- | --- | --- | --- | --- |"
    assert reported == "| one-reported | reported | 4 | one-reported#fever | curated |"
    assert denied == "| two-denied | denied | — | two-denied#fever | registry |"
    assert (blank, end) == ("", "")
    assert stamp == str(answer.stamp)


def test_markdown_takes_labels_and_escapes_what_it_would_read(findings: Answer) -> None:
    labelled = render(findings, "md", {TERM["fever"].value: "fever <b>*x*</b>"}).decode()
    assert labelled.split("\n")[2] == (
        '| fever \\<b\\>\\*x\\*\\</b\\> | Fever \\| "chills" and \\_sweats\\_ | 4 | false |'
    )
    assert "| term:fever |" in render(findings, "md").decode()


def test_the_graph_of_an_answer_holds_record_evidence_study_and_document(answer: Answer) -> None:
    graph = shown_graph(answer)
    subjects = {str(triple.subject) for triple in graph}
    assert subjects == {
        str(each)
        for each in (
            STUDY["one-reported"],
            STUDY["one-reported#fever"],
            STUDY["one-reported#fever-count"],
            SOURCE["one"],
            STUDY["two-denied"],
            STUDY["two-denied#fever"],
        )
    }
    assert Triple(STUDY["one-reported#fever-count"], CKG["quote"], Literal("Fever 4")) in graph
    assert not any(triple.predicate == CKG["conditionOrBroader"] for triple in graph)


def test_the_graph_of_terms_and_of_nothing(
    findings: Answer, questions: Questions, terms: TermIndex, store: LocalStore
) -> None:
    assert shown_graph(findings) == set()  # the store of the tests tells nothing of the terms
    count = run(questions["study-count"], store, terms, {})
    assert count.as_dicts() == [{"studies": 3}]
    assert shown_graph(count) == set()
    assert list(parse(render(count, "ttl"), RdfFormat.TURTLE)) == []


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_turtle_and_json_ld_hold_that_graph(answer: Answer, form: str) -> None:
    document = render(answer, form)
    assert {quad.triple for quad in parse(document, GRAPH_FORMATS[form])} == shown_graph(answer)


def test_another_library_reads_the_turtle(answer: Answer) -> None:
    assert len(rdflib.Graph().parse(data=render(answer, "ttl"))) == len(shown_graph(answer))


def test_turtle_has_our_prefixes_and_a_fixed_order(answer: Answer) -> None:
    text = render(answer, "ttl").decode()
    assert "@prefix ckg: <https://w3id.org/cellkg/ontology#> ." in text
    assert "study:one-reported" in text
    triples = list(shown_graph(answer))
    assert render_triples(reversed(triples), "ttl") == text.encode()


def test_triples_are_written_once() -> None:
    triple = Triple(STUDY["a"], RDF["type"], CKG["Study"])
    assert render_triples([triple, triple], "nt").count(b"\n") == 1
