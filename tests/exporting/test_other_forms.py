"""The forms for other programs hold the same triples."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import Dataset, Literal, Quad, RdfFormat, Triple, parse
from rdflib.query import ResultRow

from cellkg.exporting import json_ld, to_rdflib
from cellkg.store import LocalStore
from cellkg.vocabulary import CKG, GRAPH, STUDY, TERM, XSD

TRIPLES = [
    Triple(STUDY["s#fever"], CKG["count"], Literal(4)),
    Triple(STUDY["s#fever"], CKG["event"], TERM["fever"]),
    Triple(STUDY["s#fever"], CKG["printedTerm"], Literal("Fièvre", language="fr")),
    Triple(STUDY["s#dose"], CKG["doseMax"], Literal("10000000", datatype=XSD["decimal"])),
]


def test_json_ld_holds_the_same_triples_and_the_same_bytes() -> None:
    shuffled = random.Random(1).sample(TRIPLES * 2, len(TRIPLES) * 2)  # noqa: S311 - not a secret
    assert json_ld(shuffled) == json_ld(TRIPLES)
    read = {quad.triple for quad in parse(json_ld(TRIPLES), format=RdfFormat.JSON_LD)}
    assert read == set(TRIPLES)


# rdflib 7.6 warns of its own use of what it deprecates.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_rdflib_gets_every_graph_and_their_union() -> None:
    store = LocalStore()
    store.load(Quad(each.subject, each.predicate, each.object, GRAPH["a"]) for each in TRIPLES[:2])
    store.load(Quad(each.subject, each.predicate, each.object, GRAPH["b"]) for each in TRIPLES[2:])
    dataset = to_rdflib(store)
    counts = dataset.query("SELECT ?n WHERE { ?finding ckg:count ?n ; ckg:printedTerm ?fr }")
    assert [str(row["n"]) for row in counts if isinstance(row, ResultRow)] == ["4"]
    nquads = dataset.serialize(format="nquads", encoding="utf-8")
    copied = Dataset(parse(nquads, format=RdfFormat.N_QUADS))
    assert {quad.triple for quad in copied} == set(TRIPLES)
    assert {str(quad.graph_name) for quad in copied} == {str(GRAPH["a"]), str(GRAPH["b"])}
