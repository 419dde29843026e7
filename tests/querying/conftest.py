"""What the tests of stored questions use: the shipped terms, and a few studies and questions."""

from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import Quad, parse

from cellkg.querying import StoredQuestion, list_questions
from cellkg.store import LocalStore
from cellkg.terms import TermIndex, read_terms
from cellkg.vocabulary import (
    CKG,
    CLOSURE_GRAPH,
    GRAPH,
    INSTITUTIONS_GRAPH,
    STUDY,
    TERM,
    study_graph,
)

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def terms(project: Path) -> TermIndex:
    ontology = project / "ontology"
    files = [ontology / "cellkg.ttl", *sorted((ontology / "terms").glob("*.ttl"))]
    return TermIndex.from_terms(read_terms(chain(*(parse(path=str(file)) for file in files))))


@pytest.fixture(scope="session")
def questions() -> dict[str, StoredQuestion]:
    return {question.name: question for question in list_questions(DATA)}


@pytest.fixture(scope="session")
def store() -> LocalStore:
    def graph_of(quad: Quad) -> Quad:
        subject = str(quad.subject).strip("<>").partition("#")[0]
        graph = INSTITUTIONS_GRAPH
        if subject in STUDY:
            graph = study_graph(subject)
        elif "/source/" in subject:
            graph = GRAPH["study/" + subject.rpartition("/")[2]]
        return Quad(quad.subject, quad.predicate, quad.object, graph)

    filled = LocalStore("version-of-the-tests")
    filled.load(map(graph_of, parse(path=str(DATA / "studies.ttl"))))
    implied = (STUDY["one-reported"], CKG["conditionOrBroader"], TERM["nervous-system-disease"])
    filled.load([Quad(*implied, CLOSURE_GRAPH)])
    return filled
