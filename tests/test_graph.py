"""The graph as Python code asks it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal, Triple

import cellkg
from cellkg.records import AdverseEventFinding, Evidence, Study
from cellkg.vocabulary import CKG, STUDY, XSD

THREE_ANSWERS = Path(__file__).parent / "data" / "three-answers"


@pytest.fixture(scope="module")
def graph() -> cellkg.Graph:
    return cellkg.open_graph([THREE_ANSWERS], store="memory")


def test_a_question_gives_plain_rows(graph: cellkg.Graph) -> None:
    answer = graph.ask("adverse-event-answers", cell_type="MSC", route="intrathecal", event="fever")
    rows = {row["study"]: (row["answer"], row["count"], row["quote"]) for row in answer.as_dicts()}
    assert rows == {
        STUDY["denied"].value: ("denied", None, "no fever was seen"),
        STUDY["reported"].value: ("reported", 4, "Fever 4"),
        STUDY["silent"].value: ("not stated", None, None),
    }
    assert answer.complete
    assert answer.stamp.data_version == graph.data_version


def test_names_of_parameters_may_be_written_as_python_does(graph: cellkg.Graph) -> None:
    snake = graph.ask("adverse-event-answers", cell_type="MSC", route="intrathecal", event="fever")
    camel = graph.ask(
        "adverse-event-answers",
        cellType=["MSC"],
        condition=None,
        route="intrathecal",
        event="fever",
    )
    assert snake.rows == camel.rows
    question = next(each for each in graph.questions if each.name == "adverse-event-answers")
    assert (
        graph.ask(question, limit=1, cellType="MSC", route="intrathecal", event="fever").rows
        == snake.rows[:1]
    )


def test_a_sentence_is_asked_as_its_question(graph: cellkg.Graph) -> None:
    answer = graph.ask_in_words("which intrathecal MSC trials reported fever")
    assert (
        answer.rows
        == graph.ask(
            "adverse-event-answers", cell_type="MSC", route="intrathecal", event="fever"
        ).rows
    )
    assert graph.ask_in_words("which studies are there", limit=1).stamp.left_out == 2


def test_sparql_gives_rows_a_truth_or_triples(graph: cellkg.Graph) -> None:
    pattern = f"{{ {STUDY['reported#dose']} {CKG['doseMax']} ?n }}"
    assert graph.sparql(f"SELECT ?n ?unknown {pattern}") == [
        {"n": Decimal(10000000), "unknown": None}
    ]
    assert graph.sparql(f"ASK {pattern}") is True
    number = Literal("10000000", datatype=XSD["decimal"])
    triple = Triple(STUDY["reported#dose"], CKG["doseMax"], number)
    assert graph.sparql(f"CONSTRUCT WHERE {pattern}") == [triple]


def test_a_study_is_read_with_all_it_contains(graph: cellkg.Graph) -> None:
    study = graph.study("rep")
    assert isinstance(study, Study)
    events = {each.iri.value.partition("#")[2]: each for each in study.adverse_event_findings}
    assert isinstance(events["fever"], AdverseEventFinding)
    assert (events["fever"].count, events["encephalopathy"].count) == (4, None)
    assert study.arms[0].receives[0].routes[0].value.endswith("intrathecal")


def test_evidence_says_whose_words_they_are(graph: cellkg.Graph) -> None:
    first, second = graph.evidence("reported#fever")
    assert isinstance(first, Evidence)
    assert (first.quote, first.start, first.end) == ("Fever 4", 100, 107)
    assert second.status == CKG["Inferred"]
    assert second.reasoning is not None


def test_what_is_not_there_is_told(graph: cellkg.Graph) -> None:
    with pytest.raises(cellkg.UserInputError, match="did you mean 'silent'"):
        graph.study("silnt")
    with pytest.raises(cellkg.UserInputError, match="no record 'fevr'"):
        graph.evidence("reported#fevr")
    with pytest.raises(cellkg.UserInputError, match="no parameter 'celType'"):
        graph.ask("adverse-event-answers", cel_type="MSC", route="intrathecal", event="fever")
    with pytest.raises(cellkg.UserInputError, match="no store 'disk'"):
        cellkg.open_graph(store="disk")
    with pytest.raises(cellkg.UserInputError, match="holds its own graphs"):
        cellkg.open_graph([THREE_ANSWERS], store="http://localhost:9/")


def test_nothing_is_read_before_the_first_question() -> None:
    graph = cellkg.open_graph([THREE_ANSWERS / "nowhere"], store="memory")
    assert graph.paths == (THREE_ANSWERS / "nowhere",)
    with pytest.raises(cellkg.UserInputError, match="nowhere"):
        _ = graph.store


def test_an_endpoint_holds_its_own_graphs() -> None:
    graph = cellkg.open_graph(store="http://localhost:9/query")
    assert graph.paths == ()
    assert graph.data_version == "as served by http://localhost:9/query"
    with pytest.raises(cellkg.StoreError, match="localhost:9"):
        graph.sparql("ASK { ?s ?p ?o }")


# rdflib 7.6 warns of its own use of what it deprecates.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_rdflib_gets_all_of_it(graph: cellkg.Graph) -> None:
    dataset = graph.to_rdflib()
    query = "SELECT ?f { ?f ckg:reporting ckg:Denied ; ckg:eventOrNarrower term:fever }"
    assert len(list(dataset.query(query))) == 1
    assert len(list(dataset.graphs())) >= 6
