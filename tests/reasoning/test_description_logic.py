from __future__ import annotations

import gzip
import shutil
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Quad, RdfFormat, parse, serialize

from cellkg import shipped_files
from cellkg.errors import SourceFileError
from cellkg.intake import Choice, into_folder
from cellkg.pipeline import Inputs, build_in_memory
from cellkg.reasoning.closure import materialise
from cellkg.reasoning.description_logic import check_consistency, entailed_closure
from cellkg.store import LocalStore
from cellkg.vocabulary import (
    CKG,
    CLOSURE_GRAPH,
    ONTOLOGY_GRAPH,
    OVERLAPS_GRAPH,
    SKOS,
    TERM,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyoxigraph import Triple

    from cellkg.store import GraphStore

    Read = Callable[[str], list[Triple]]

pytestmark = pytest.mark.slow

STUDY_S = """
@prefix s: <https://w3id.org/cellkg/study/s#> .
study:s a :Study ; :arm s:arm ; :describedBy source:s ; :adverseEventFinding s:fever ;
    :participants s:treated ; :startDate "2020"^^xsd:gYear .
source:s a :Source ; :sourceKind :Poster ; :url "https://example.org/s"^^xsd:anyURI .
s:arm a :Arm ; :receives s:injections .
s:injections a :Intervention ; :product s:cells ; :route term:intrathecal .
s:cells a :CellProduct ; :cellType term:msc ; :tissue term:marrow ; :donor term:autologous .
s:fever a :AdverseEventFinding ; :event term:fever ; :reporting :Reported ; :count 4 ;
    :countUnit term:patients ; :evidence s:quote .
s:treated a :ParticipantCount ; :participantRole :Treated ; :count 28 .
s:quote a :Evidence ; :supports :count ; :status :Stated ; :source source:s ; :quote "Fever 4" ;
    :start 2 ; :end 9 ; :recordedOn "2026-11-21"^^xsd:date .
term:intrathecal a :Route . term:msc a :CellType . term:marrow a :Tissue .
term:fever a :AdverseEvent . term:autologous a :Donor . term:allogeneic a :Donor .
term:patients a :Unit .
"""


@pytest.mark.parametrize(
    "contradiction",
    [
        "term:fever a :Route .",
        "s:cells :cellType term:intrathecal .",
        "study:s a :Source .",
        "s:fever :reporting :Denied .",
        "s:fever :reporting :Perhaps .",
        "s:quote :status :Inferred .",
        "s:treated2 :participantRole :Treated ; :count -4 .",
        "s:cells :tissue term:allogeneic .",
        "s:cells :donor term:allogeneic .",
        "s:treated :count 27 .",
        'study:s :startDate "2021"^^xsd:gYear .',
        "s:dose a :Dose ; :doseValue 1.0e6 .",
        's:quote :reasoning "so"@en .',
        "study:s :arm source:s .",
        "s:cells :condition term:patients .",
    ],
)
def test_hermit_finds_each_planted_contradiction(
    read: Read, ontology: list[Triple], contradiction: str
) -> None:
    report = check_consistency([*ontology, *read(STUDY_S + contradiction)])
    assert (report.consistent, report.unsatisfiable) == (False, ())


@pytest.mark.parametrize(
    ("contradiction", "named"),
    [
        ("s:cells :donor term:allogeneic .", "s:cells :donor term:autologous, term:allogeneic ."),
        (
            "s:cells :tissue term:fever .",
            "s:cells :tissue term:fever . term:fever a :AdverseEvent .",
        ),
    ],
)
def test_the_statements_that_contradict_each_other_are_named(
    read: Read, ontology: list[Triple], contradiction: str, named: str
) -> None:
    report = check_consistency([*ontology, *read(STUDY_S + contradiction)])
    assert set(report.contradiction) == set(read(STUDY_S[: STUDY_S.index("study:s a")] + named))
    start = "By the ontology, these statements cannot all be true: "
    assert report.explanation.startswith(start)
    assert "study:s#" in report.explanation.removeprefix(start)


def test_the_study_without_them_is_consistent(read: Read, ontology: list[Triple]) -> None:
    report = check_consistency([*ontology, *read(STUDY_S)])
    assert (report.consistent, report.unsatisfiable, report.contradiction) == (True, (), ())
    assert report.explanation.endswith(" statements, and no contradiction.")


def test_a_class_that_nothing_can_belong_to_is_named(read: Read, ontology: list[Triple]) -> None:
    empty = read(":Both a owl:Class ; rdfs:subClassOf :Route, :CellType .")
    report = check_consistency([*ontology, *empty])
    assert report.consistent
    assert report.explanation == "By the ontology, nothing can ever belong to ckg:Both."


def test_an_ontology_can_contradict_itself(read: Read) -> None:
    report = check_consistency(read("owl:Thing rdfs:subClassOf owl:Nothing ."))
    assert report.explanation == "The ontology contradicts itself, whatever the graphs say."


def test_a_chain_that_is_not_regular_is_refused(read: Read, ontology: list[Triple]) -> None:
    circle = read(":receives owl:propertyChainAxiom ( :arm :intervention ) .")
    with pytest.raises(SourceFileError, match=r"not regular.* ckg:intervention"):
        check_consistency([*ontology, *circle])


# In HermiT 1.3.8 the first loses its only value without inherited chains.
@pytest.mark.parametrize(
    ("axioms", "facts", "number"),
    [
        (
            (
                ":q owl:propertyChainAxiom ( :a :b ) ; rdfs:subPropertyOf :p . "
                ":p :materialised true ; owl:propertyChainAxiom ( :q :c ) ."
            ),
            ":x :a :y . :y :b :z .",
            1,
        ),
        (
            (
                ":p :materialised true ; owl:propertyChainAxiom ( :is :c ) . :q owl:inverseOf :p ."
                ":q :materialised true . :p a owl:SymmetricProperty ."
                "[ a owl:Restriction ; owl:onProperty :a ; owl:hasValue :Yes ] rdfs:subClassOf"
                " [ a owl:Restriction ; owl:onProperty :is ; owl:hasSelf true ] ."
            ),
            ":x :a :Yes ; :c :y . :z :a :No ; :c :y .",
            4,
        ),
        (
            (
                ":p :materialised true ; a owl:TransitiveProperty . :a owl:equivalentProperty :p ."
                "[ owl:inverseOf :b ] rdfs:subPropertyOf :p ."
            ),
            ":x :p :y . :y :a :z . :y :b :z .",
            6,
        ),
    ],
)
def test_small_closures_are_equal(read: Read, axioms: str, facts: str, number: int) -> None:
    names = "".join(f":{name} a owl:ObjectProperty . " for name in ("p", "q", "a", "b", "c", "is"))
    triples = read(names + axioms + facts)
    store = LocalStore()
    store.load(Quad(s, p, o, ONTOLOGY_GRAPH) for s, p, o in triples)
    assert materialise(store) == number
    assert entailed_closure(triples) == set(store.triples(CLOSURE_GRAPH))


IMPORTED = 2
"""How many of the registry records are put to HermiT; those with results would take it an hour."""


@pytest.fixture(scope="module")
def graphs(project: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The curated graphs, and the smallest of the registry records."""
    folder = tmp_path_factory.mktemp("graphs")
    packed = project / "tests" / "data" / "registry" / "records.jsonl.gz"
    records = gzip.decompress(packed.read_bytes()).splitlines(keepends=True)
    small = folder / "small.jsonl"
    small.write_bytes(b"".join(sorted(records, key=len)[:IMPORTED]))
    imported = folder / "imported"
    assert into_folder(Choice((small,), every_study=True), imported).new == IMPORTED
    shipped = shipped_files.folder("graphs")
    return (shipped / "curated", shipped / "institutions.ttl", imported)


def stated_in(store: GraphStore) -> list[Triple]:
    """Give everything but what was concluded."""
    return [
        triple
        for graph in store.graph_names()
        if graph not in (CLOSURE_GRAPH, OVERLAPS_GRAPH)
        for triple in store.triples(graph)
    ]


def test_ontology_terms_and_graphs_are_consistent(graphs: tuple[Path, ...]) -> None:
    store = build_in_memory(Inputs(shipped_files.folder("ontology"), graphs)).store
    report = check_consistency(stated_in(store))
    assert report.consistent, report.explanation
    assert report.unsatisfiable == ()


def with_events_in_use(stated: list[Triple], folder: Path) -> Path:
    """Copy the ontology with those adverse events alone that graphs name, and the broader ones.

    A denial of every event reaches all of them, and HermiT takes some hundred things at a time.
    """
    copy = folder / "ontology"
    shutil.copytree(shipped_files.folder("ontology"), copy)
    file = copy / "terms" / "adverse-events.ttl"
    terms = [quad.triple for quad in parse(file.read_bytes(), RdfFormat.TURTLE)]
    broader = {each.subject: each.object for each in terms if each.predicate == SKOS["broader"]}
    named = {each.object for each in stated if each.predicate in (CKG["event"], CKG["denies"])}
    named |= {TERM["adverse-events"]}
    for term in list(named):
        above = broader.get(term)
        while above is not None:
            named.add(above)
            above = broader.get(above)
    kept = [each for each in terms if each.subject in named]
    assert 5 < len({each.subject for each in kept}) < 300
    with file.open("wb") as opened:
        serialize(kept, opened, RdfFormat.TURTLE)
    return copy


def test_what_follows_from_graphs_is_their_closure(
    graphs: tuple[Path, ...], tmp_path: Path
) -> None:
    whole = build_in_memory(Inputs(shipped_files.folder("ontology"), graphs)).store
    ontology = with_events_in_use(stated_in(whole), tmp_path)
    store = build_in_memory(Inputs(ontology, graphs)).store
    closure = set(store.triples(CLOSURE_GRAPH))
    assert len(closure) > 2_000
    assert entailed_closure(stated_in(store)) == closure
