"""What is held about a study or a record, read for people."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from cellkg.errors import SourceFileError, UserInputError
from cellkg.graph.fact_reader import FactReader
from cellkg.graph.grounds import grounds
from cellkg.graph.names import find_record, labels_of, names_beginning, spoken
from cellkg.graph.silence import WANTED, not_stated
from cellkg.graph.study_facts import SECTIONS, study_facts
from cellkg.records import RECORD_CLASSES
from cellkg.store import LocalStore
from cellkg.vocabulary import CKG, DCTERMS, GRAPH, ONTOLOGY_GRAPH, SOURCE, STUDY, TERM, TERMS_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def quads(file: Path, graph: NamedNode) -> Iterator[Quad]:
    for quad in parse(path=str(file), format=RdfFormat.TURTLE):
        yield Quad(quad.subject, quad.predicate, quad.object, graph)


@pytest.fixture(scope="module")
def store(project: Path) -> LocalStore:
    ontology = project / "ontology"
    studies = sorted((project / "tests" / "data" / "three-answers").glob("*.ttl"))
    assert len(studies) == 3
    store = LocalStore()
    store.load(quads(ontology / "cellkg.ttl", ONTOLOGY_GRAPH))
    store.load(chain(*(quads(each, TERMS_GRAPH) for each in (ontology / "terms").glob("*.ttl"))))
    store.load(chain(*(quads(each, GRAPH[f"study/{each.stem}"]) for each in studies)))
    return store


def test_a_record_is_found_as_an_answer_shows_it(store: LocalStore) -> None:
    fever = STUDY["reported#fever"]
    for text in ("reported#fever", "study:reported#fever", fever.value, "rep#fever"):
        assert find_record(store, text) == fever
    assert names_beginning(store, "s") == ["silent"]
    assert names_beginning(store, "reported#f") == [
        "reported#fever",
        "reported#fever-at-risk",
        "reported#fever-count",
    ]
    assert find_record(store, "silent") == STUDY["silent"]
    assert find_record(store, "source:silent") == SOURCE["silent"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("reported#fevr", r"study 'reported' has no record 'fevr'; did you mean 'reported#fever'"),
        ("reported#zzzzzz", "type  cellkg show reported  to see what there is"),
        ("source:nothing", "Nothing is known of 'source:nothing'"),
        ("https://example.org/a b", "No IRI looks like"),
        ("nowhere#fever", "no study 'nowhere'"),
    ],
)
def test_a_record_that_is_not_there_is_told(store: LocalStore, text: str, sentence: str) -> None:
    with pytest.raises(UserInputError, match=sentence):
        find_record(store, text)


def test_what_people_type_never_becomes_part_of_a_query(store: LocalStore) -> None:
    for text in ("x> ?p ?o } #", 'silent#a") } #', "study:x y"):
        with pytest.raises(UserInputError):
            find_record(store, text)


def test_a_study_reads_from_its_sources_to_its_discrepancies(store: LocalStore) -> None:
    study = study_facts(store, STUDY["reported"])
    assert study.title == "Repeated intrathecal MSC in multiple sclerosis"
    assert list(study.sections) == [
        title
        for title in SECTIONS
        if title not in {"Institutions", "Eligibility", "Baseline", "Outcomes", "Patient rows"}
    ]
    products = study.sections["Arms, products and doses"]
    assert [(each.kind_label, each.depth) for each in products] == [
        ("arm", 0),
        ("intervention", 1),
        ("cell product", 2),
        ("dose", 2),
    ]
    assert study_facts(store, STUDY["silent"]).title.endswith("amyotrophic lateral sclerosis")


def test_every_fact_has_its_own_evidence(store: LocalStore) -> None:
    study = study_facts(store, STUDY["reported"])
    fever = next(each for each in study.records() if each.iri == STUDY["reported#fever"])
    told = {
        fact.label: (", ".join(fact.texts), [each.quote for each in fact.evidence])
        for fact in fever.facts
    }
    assert told == {
        "event": ("fever", ["Fever 4"]),
        "reporting": ("reported", ["Fever 4"]),
        "count": ("4", ["Fever 4"]),
        "count unit": ("unit not stated", []),
        "at risk": ("28", ["MSC in 28 patients"]),
        "printed term": ("Fever", []),
    }
    assert fever.title == "fever"
    assert fever.text("atRisk") == "28"
    assert fever.text("grade") == ""
    assert "what the count counts" in fever.not_stated
    assert "severity or grade" in fever.not_stated
    assert "count" not in fever.not_stated


def test_what_is_denied_lacks_nothing() -> None:
    assert not_stated(CKG["AdverseEventFinding"], {CKG["reporting"]: [CKG["Denied"]]}) == ()


def test_silence_is_looked_for_where_the_ontology_has_words_for_it(store: LocalStore) -> None:
    classes = {each.type for each in RECORD_CLASSES}
    properties = {each for several in WANTED.values() for one in several for each in one.properties}
    assert WANTED.keys() <= classes
    assert {each.value for each in properties} <= labels_of(store, properties).keys()


def test_evidence_that_shows_nothing_in_particular_is_kept(store: LocalStore) -> None:
    study = study_facts(store, STUDY["reported"])
    odd = LocalStore()
    odd.load(Quad(each.subject, each.predicate, each.object, GRAPH["x"]) for each in study.triples)
    words = STUDY["reported#fever-count"]
    odd.load([Quad(STUDY["reported#dose"], CKG["evidence"], words, GRAPH["x"])])
    odd.load([Quad(CKG["product"], SUBPROPERTY, CKG["contains"], GRAPH["x"])])
    reader = FactReader(odd)
    reader.load([STUDY["reported#dose"]])
    assert [each.iri for each in reader.record(STUDY["reported#dose"]).other_evidence] == [words]


def test_evidence_that_is_not_what_it_should_be_is_refused() -> None:
    odd = LocalStore()
    odd.load(
        [
            Quad(STUDY["x"], TYPE, CKG["Study"], GRAPH["x"]),
            Quad(STUDY["x"], CKG["evidence"], STUDY["x#e"], GRAPH["x"]),
            Quad(STUDY["x#e"], TYPE, CKG["Evidence"], GRAPH["x"]),
            Quad(STUDY["x#e"], CKG["start"], Literal("ten"), GRAPH["x"]),
        ]
    )
    with pytest.raises(SourceFileError, match=r"evidence of study:x, .*ckg:start"):
        study_facts(odd, STUDY["x"])


def test_a_circle_of_parts_ends() -> None:
    odd = LocalStore()
    odd.load(
        [
            Quad(CKG["arm"], SUBPROPERTY, CKG["contains"], GRAPH["x"]),
            Quad(STUDY["x"], TYPE, CKG["Study"], GRAPH["x"]),
            Quad(STUDY["x"], CKG["arm"], STUDY["x"], GRAPH["x"]),
        ]
    )
    assert [each.iri for each in study_facts(odd, STUDY["x"]).records()] == [STUDY["x"]]


def test_the_grounds_of_a_record_hold_what_speaks_against_it(store: LocalStore) -> None:
    found = grounds(store, STUDY["reported#stated-28"])
    assert [each.iri for each in found.discrepancies] == [STUDY["reported#people"]]
    assert [each.iri for each in found.others] == [STUDY["reported#rows-24"]]
    assert [each.text("sourceKind") for each in found.sources.values()] == ["poster"]
    assert grounds(store, SOURCE["reported"]).others == ()


def test_words_for_what_has_no_label(store: LocalStore) -> None:
    assert labels_of(store, []) == {DCTERMS["title"].value: "title"}
    labels = labels_of(store, [TERM["fever"], CKG["Reported"], TERM["nothing"]])
    assert spoken(TERM["fever"], labels) == "fever"
    assert spoken(CKG["Reported"], labels) == "reported"
    assert spoken(TERM["nothing"], labels) == "term:nothing"
    assert spoken(Literal("no", datatype=BOOLEAN), {}) == "no"


TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUBPROPERTY = NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
BOOLEAN = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
