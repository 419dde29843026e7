"""The graph of overlaps: what it holds, and how it is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from cellkg.errors import SourceFileError
from cellkg.linking import overlap_triples, write_overlaps
from cellkg.store import LocalStore
from cellkg.store.graph_files import GraphFileReader
from cellkg.store.packed_lines import n_triples
from cellkg.vocabulary import CKG, CLOSURE_GRAPH, OVERLAPS_GRAPH, OWL, RDF, STUDY, XSD, study_graph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NUMBER = "euclinicaltrials:2006-006163-12"


def quads(name: str, number: str) -> Iterator[Quad]:
    study, graph = STUDY[name], study_graph(STUDY[name].value)
    yield Quad(study, RDF["type"], CKG["Study"], graph)
    yield Quad(study, CKG["identifier"], Literal(number), graph)


@pytest.fixture
def store() -> LocalStore:
    filled = LocalStore()
    filled.load([*quads("one", NUMBER), *quads("two", NUMBER), *quads("other", "isrctn:1")])
    return filled


def test_a_candidate_is_written_in_both_directions(store: LocalStore) -> None:
    assert write_overlaps(store) == 1
    links = {
        (quad.subject, quad.object)
        for quad in store.quads(predicate=CKG["mayOverlapWith"], graph=OVERLAPS_GRAPH)
    }
    assert links == {(STUDY["one"], STUDY["two"]), (STUDY["two"], STUDY["one"])}
    (candidate,) = store.quads(value=CKG["OverlapCandidate"])
    assert candidate.subject == NamedNode("https://w3id.org/cellkg/overlap/one--two")
    studies = {q.object for q in store.quads(candidate.subject, CKG["overlapStudy"])}
    assert studies == {STUDY["one"], STUDY["two"]}
    (score,) = store.quads(predicate=CKG["overlapScore"])
    assert score.object == Literal("0.9", datatype=XSD["decimal"])


def test_nothing_is_merged(store: LocalStore) -> None:
    before = {quad for quad in store.quads() if quad.graph_name != OVERLAPS_GRAPH}
    write_overlaps(store)
    assert list(store.quads(predicate=OWL["sameAs"])) == []
    assert {quad for quad in store.quads() if quad.graph_name != OVERLAPS_GRAPH} == before


def test_candidates_are_worked_out_from_the_studies_alone(store: LocalStore) -> None:
    first = n_triples(overlap_triples(store))
    write_overlaps(store)
    assert n_triples(overlap_triples(store)) == first
    assert first.count(b"\n") == 11


def test_removing_them_leaves_the_closure_of_the_studies(store: LocalStore) -> None:
    follows = Quad(STUDY["one"], CKG["conditionOrBroader"], CKG["x"], CLOSURE_GRAPH)
    store.load([follows])
    write_overlaps(store)
    store.remove_graph(OVERLAPS_GRAPH, with_closure=False)
    assert list(store.quads(graph=OVERLAPS_GRAPH)) == []
    assert list(store.quads(graph=CLOSURE_GRAPH)) == [follows]


def test_no_graph_file_can_claim_the_graph(tmp_path: Path) -> None:
    file = tmp_path / "overlaps.ttl"
    file.write_text("<urn:a> <urn:b> <urn:c> .")
    with pytest.raises(SourceFileError, match="The build writes the graph 'overlaps' itself"):
        list(GraphFileReader().quads(file))
