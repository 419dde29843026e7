from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from cellkg.errors import SourceFileError
from cellkg.reasoning.closure import materialise
from cellkg.store import LocalStore
from cellkg.vocabulary import (
    CKG,
    CLOSURE_GRAPH,
    GRAPH,
    ONTOLOGY_GRAPH,
    OWL,
    RDF,
    RDFS,
    SKOS,
    STUDY,
    TERM,
    TERMS_GRAPH,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Read = Callable[[str], list[Triple]]


def filled(store: LocalStore, graph: NamedNode, triples: Iterable[Triple]) -> LocalStore:
    store.load(Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    return store


def pairs(store: LocalStore, name: NamedNode) -> set[str]:
    def short(node: object) -> str:
        assert isinstance(node, NamedNode)
        return node.value.rpartition("#")[2]

    quads = store.quads(predicate=name, graph=CLOSURE_GRAPH)
    return {short(quad.subject) + short(quad.object) for quad in quads}


@pytest.mark.parametrize(
    ("axioms", "statements", "expected"),
    [
        ("", ":a :p :b .", "ab"),
        (":q rdfs:subPropertyOf :p .", ":a :q :b .", "ab"),
        (":q rdfs:subPropertyOf :p . :r rdfs:subPropertyOf :q .", ":a :r :b .", "ab"),
        (":q owl:inverseOf :p .", ":a :q :b .", "ba"),
        (":p a owl:SymmetricProperty .", ":a :p :b .", "ab ba"),
        (":p a owl:TransitiveProperty .", ":a :p :b . :b :p :c . :c :p :d .", "ab bc cd ac bd ad"),
        (":p a owl:TransitiveProperty .", ":a :p :b . :b :p :a .", "ab ba aa bb"),
        (":p owl:propertyChainAxiom ( :q :r ) .", ":a :q :b . :b :r :c . :d :r :e .", "ac"),
        (":p owl:propertyChainAxiom ( :q :r :q ) .", ":a :q :b . :b :r :c . :c :q :d .", "ad"),
        (":p owl:propertyChainAxiom ( :p :q ) .", ":a :p :b . :b :q :c . :c :q :d .", "ab ac ad"),
        (":p owl:propertyChainAxiom ( :q :p ) .", ":a :q :b . :b :q :c . :c :p :d .", "cd bd ad"),
        (":p owl:propertyChainAxiom ( :q [ owl:inverseOf :r ] ) .", ":a :q :b . :c :r :b .", "ac"),
        (
            ":q owl:inverseOf :p . :q a owl:TransitiveProperty . :r rdfs:subPropertyOf :p .",
            ":a :r :b . :b :r :c .",
            "ab bc ac",
        ),
        (
            (
                ":p owl:propertyChainAxiom ( :is :r ) . [ owl:onProperty :q ; owl:hasValue :yes ]"
                " rdfs:subClassOf [ owl:onProperty :is ; owl:hasSelf true ] ."
            ),
            ":a :q :yes ; :r :b . :c :q :no ; :r :d .",
            "ab",
        ),
    ],
)
def test_what_follows(read: Read, axioms: str, statements: str, expected: str) -> None:
    store = filled(LocalStore(), ONTOLOGY_GRAPH, read(f":p :materialised true . {axioms}"))
    filled(store, GRAPH["study/s"], read(statements))
    written = materialise(store)
    assert pairs(store, CKG["p"]) == set(expected.split())
    assert written == len(expected.split())


def test_properties_without_the_mark_are_followed_and_not_written(read: Read) -> None:
    axioms = ":p :materialised true . :q rdfs:subPropertyOf :p . :r rdfs:subPropertyOf :q ."
    store = filled(LocalStore(), ONTOLOGY_GRAPH, read(axioms))
    filled(store, GRAPH["study/s"], read(":a :r :b ."))
    assert materialise(store) == 1
    assert pairs(store, CKG["q"]) == set()


def test_a_text_in_the_place_of_a_term_is_carried_and_never_turned_round(read: Read) -> None:
    axioms = ":p :materialised true ; owl:inverseOf :n . :n :materialised true . "
    chain = ":c :materialised true ; owl:propertyChainAxiom ( :p :p ) ."
    store = filled(LocalStore(), ONTOLOGY_GRAPH, read(axioms + chain))
    filled(store, GRAPH["study/s"], read(':a :p "intrathecal" .'))
    assert materialise(store) == 1
    (quad,) = store.quads(graph=CLOSURE_GRAPH)
    assert quad.object == Literal("intrathecal")


def test_a_circle_of_chains_is_refused_before_anything_is_written(read: Read) -> None:
    axioms = ":p :materialised true ; owl:propertyChainAxiom ( :q :p :q ) ."
    store = filled(LocalStore(), ONTOLOGY_GRAPH, read(axioms))
    with pytest.raises(SourceFileError, match="the ontology, record ckg:p"):
        materialise(store)
    assert list(store.quads(graph=CLOSURE_GRAPH)) == []


STUDY_S = """
study:s a :Study ; :condition term:secondary-progressive-multiple-sclerosis ; :arm <study:s#arm> ;
    :adverseEventFinding <study:s#fever>, <study:s#no-events> .
<study:s#arm> :receives <study:s#injection> .
<study:s#injection> :route term:intrathecal ; :product <study:s#cells> .
<study:s#cells> :cellType term:neural-progenitor-cell ;
    :derivedFrom term:mesenchymal-stromal-cell .
<study:s#fever> :event term:fever ; :reporting :Reported .
<study:s#no-events> :event term:cardiac-adverse-event ; :reporting :Denied .
""".replace("study:s#", STUDY["s#"].value)


@pytest.fixture
def study_store(read: Read, ontology: list[Triple], terms: list[Triple]) -> LocalStore:
    store = filled(LocalStore(), ONTOLOGY_GRAPH, ontology)
    return filled(filled(store, TERMS_GRAPH, terms), GRAPH["study/s"], read(STUDY_S))


def holds(store: LocalStore, subject: NamedNode, name: str, value: str) -> bool:
    return any(store.quads(subject, CKG[name], TERM[value], CLOSURE_GRAPH))


def test_a_study_points_at_broader_terms(study_store: LocalStore) -> None:
    materialise(study_store)
    study, injection = STUDY["s"], STUDY["s#injection"]
    assert holds(study_store, study, "conditionOrBroader", "multiple-sclerosis")
    assert holds(study_store, study, "studiesRoute", "intrathecal")
    assert holds(study_store, study, "studiesCellType", "neural-progenitor-cell")
    assert not holds(study_store, study, "studiesCellType", "mesenchymal-stromal-cell")
    assert holds(study_store, injection, "givesDerivedFrom", "mesenchymal-stromal-cell")
    bone_marrow = "bone-marrow-mesenchymal-stromal-cell"
    assert not holds(study_store, injection, "givesDerivedFrom", bone_marrow)
    assert holds(study_store, injection, "givesMayDeriveFrom", bone_marrow)


def test_a_report_settles_broader_events_and_a_denial_narrower_ones(
    study_store: LocalStore,
) -> None:
    materialise(study_store)
    fever, denial = STUDY["s#fever"], STUDY["s#no-events"]
    assert holds(study_store, fever, "answersFor", "adverse-event")
    assert holds(study_store, denial, "answersFor", "arrhythmia")
    assert not holds(study_store, denial, "answersFor", "adverse-event")


def test_terms_know_their_broader_and_narrower_terms(study_store: LocalStore) -> None:
    materialise(study_store)
    event, arrhythmia = TERM["adverse-event"], TERM["arrhythmia"]
    assert any(study_store.quads(arrhythmia, SKOS["broaderTransitive"], event, CLOSURE_GRAPH))
    assert any(study_store.quads(event, SKOS["narrowerTransitive"], arrhythmia, CLOSURE_GRAPH))


def test_a_new_chain_in_the_ontology_is_followed(study_store: LocalStore, read: Read) -> None:
    chain = ":studiesCondition :materialised true ; owl:propertyChainAxiom ( [ owl:inverseOf :arm ]"
    filled(study_store, ONTOLOGY_GRAPH, read(f"{chain} :conditionOrBroader ) ."))
    materialise(study_store)
    assert holds(study_store, STUDY["s#arm"], "studiesCondition", "multiple-sclerosis")


def test_a_store_on_disk_gets_the_same(study_store: LocalStore, tmp_path: Path) -> None:
    on_disk = LocalStore(oxigraph=Store(str(tmp_path)))
    on_disk.load(study_store.quads())
    assert materialise(on_disk) == materialise(study_store)
    assert set(on_disk.triples(CLOSURE_GRAPH)) == set(study_store.triples(CLOSURE_GRAPH))


THINGS = [CKG[f"thing{number}"] for number in range(6)]
RELATION = st.sets(st.tuples(st.sampled_from(THINGS), st.sampled_from(THINGS)), max_size=12)


@given(broader=RELATION, event=RELATION)
def test_any_tree_or_tangle_of_terms_gives_what_paths_give(
    broader: set[tuple[NamedNode, NamedNode]], event: set[tuple[NamedNode, NamedNode]]
) -> None:
    p, q, r = CKG["p"], CKG["q"], CKG["r"]
    mark = CKG["materialised"]
    chain, one = [NamedNode("urn:cell1"), NamedNode("urn:cell2")], Literal(value=True)
    axioms = [
        Triple(p, mark, one),
        Triple(q, RDFS["subPropertyOf"], p),
        Triple(p, OWL["propertyChainAxiom"], chain[0]),
        Triple(chain[0], RDF["first"], p),
        Triple(chain[0], RDF["rest"], chain[1]),
        Triple(chain[1], RDF["first"], r),
        Triple(chain[1], RDF["rest"], RDF["nil"]),
    ]
    store = filled(LocalStore(), ONTOLOGY_GRAPH, axioms)
    filled(store, TERMS_GRAPH, (Triple(low, r, high) for low, high in broader))
    filled(store, GRAPH["study/s"], (Triple(record, q, term) for record, term in event))
    materialise(store)
    expected = set(event)
    for _ in THINGS:
        expected |= {(a, d) for a, b in expected for c, d in broader if b == c}
    quads = store.quads(predicate=p, graph=CLOSURE_GRAPH)
    assert {(quad.subject, quad.object) for quad in quads} == expected
