from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, Triple

from cellkg.errors import SourceFileError
from cellkg.reasoning.owl_statements import read_statements
from cellkg.vocabulary import CKG, OWL, RDF, STUDY, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str], list[Triple]]

WORDS = """
<https://w3id.org/cellkg/ontology> a owl:Ontology ; owl:versionIRI <urn:version> .
:Study a owl:Class ; rdfs:label "study"@en .
:arm a owl:ObjectProperty ; rdfs:domain :Study .
:count a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:range xsd:nonNegativeInteger .
:supports a owl:AnnotationProperty ; rdfs:domain :Study ; rdfs:range rdf:Property .
:startDate a owl:DatatypeProperty ;
    rdfs:range [ a rdfs:Datatype ; owl:unionOf ( xsd:date xsd:gYear ) ] .
:endDate a owl:DatatypeProperty ; rdfs:range xsd:date .
:label a owl:DatatypeProperty ; rdfs:range rdf:langString .
"""


def test_axioms_assertions_and_what_is_left_out(read: Read) -> None:
    facts = (
        "study:s a :Study, <urn:ForeignClass> ; :arm study:a ; :count 3 ; :supports :count ;"
        ' <urn:foreign> "text" ; rdfs:label "a study" .'
    )
    found = read_statements(read(WORDS + facts))
    assert set(found.assertions) == set(read("study:s a :Study ; :arm study:a ; :count 3 ."))
    assert set(found.axioms) == set(
        read(
            ":Study a owl:Class . :arm a owl:ObjectProperty ; rdfs:domain :Study ."
            ":count a owl:DatatypeProperty, owl:FunctionalProperty ;"
            " rdfs:range xsd:nonNegativeInteger ."
            ":startDate a owl:DatatypeProperty . :endDate a owl:DatatypeProperty ."
            ":label a owl:DatatypeProperty ; rdfs:range rdf:PlainLiteral ."
        )
    )


def test_ranges_that_owl_has_are_kept_whole(read: Read) -> None:
    described = ":p rdfs:range [ a owl:Class ; owl:unionOf ( :Arm :Study ) ] ."
    assert len(read_statements(read(described)).axioms) == len(read(described))


def test_dates_are_given_as_texts_and_kept_as_they_are(read: Read) -> None:
    found = read_statements(read(WORDS + 'study:s :startDate "2020"^^xsd:gYear .'))
    (kept,) = found.assertions
    assert kept.object == Literal("2020", datatype=XSD["gYear"])
    given = Triple(STUDY["s"], CKG["startDate"], Literal(f"2020^^{XSD['gYear'].value}"))
    assert given in set(found.ontology(found.assertions))


def test_everything_has_its_iri_for_its_only_name(read: Read) -> None:
    found = read_statements(read(WORDS + "study:s a :Study ; :arm study:a ; :count 3 ."))
    without_assertions = list(found.ontology([]))
    functional = (RDF["type"], OWL["FunctionalProperty"])
    (name,) = {
        triple.subject
        for triple in without_assertions
        if (triple.predicate, triple.object) == functional and triple.subject != CKG["count"]
    }
    names = {(each.subject, each.object) for each in without_assertions if each.predicate == name}
    assert names == {(STUDY[part], Literal(STUDY[part].value)) for part in ("s", "a")}


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("study:s :cuont 3 .", "record study:s, ckg:cuont '3': The ontology declares no ckg:cuont"),
        ("study:s a :Stuyd .", "record study:s, rdf:type .*: The ontology declares no ckg:Stuyd"),
        ('study:s :arm "treated" .', "study:s, ckg:arm 'treated': It takes a thing by its IRI"),
        ("study:s :count study:a .", "study:s, ckg:count .*: It takes a text or number"),
        ("[] :count study:a .", "record _:.*, ckg:count .*: It takes a text or number"),
    ],
)
def test_what_hermit_would_pass_over_is_refused(read: Read, fact: str, words: str) -> None:
    with pytest.raises(SourceFileError, match=words):
        read_statements(read(WORDS + fact))


def test_annotation_properties_have_no_axioms(read: Read) -> None:
    found = read_statements(read(":q a owl:AnnotationProperty ; rdfs:subPropertyOf rdfs:label ."))
    assert (found.axioms, found.assertions) == ((), ())
