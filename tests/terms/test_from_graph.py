"""Terms out of triples, and the triples that are refused."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from cellkg.errors import SourceFileError
from cellkg.terms import Term, read_terms
from cellkg.terms.term import kind_of_class, words_of_kind
from cellkg.vocabulary import CKG, RDF, RDFS, SKOS, TERM, TERMS_GRAPH

FEVER = TERM["fever"]


def english(text: str) -> Literal:
    return Literal(text, language="en")


def concept(
    node: NamedNode, label: str, *more: tuple[NamedNode, NamedNode | Literal]
) -> list[Triple]:
    return [
        Triple(node, RDF["type"], SKOS["Concept"]),
        Triple(node, RDF["type"], CKG["AdverseEvent"]),
        Triple(node, SKOS["inScheme"], TERM["adverse-events"]),
        Triple(node, SKOS["prefLabel"], english(label)),
        *(Triple(node, predicate, value) for predicate, value in more),
    ]


def test_everything_that_is_said_of_a_term_is_read() -> None:
    event = TERM["adverse-event"]
    triples = [
        *concept(event, "adverse event"),
        *concept(
            FEVER,
            "fever",
            (SKOS["altLabel"], english("pyrexia")),
            (SKOS["altLabel"], Literal("Fieber", language="de")),
            (SKOS["hiddenLabel"], english("low-grade fever")),
            (CKG["ambiguousLabel"], english("FE")),
            (SKOS["broader"], event),
            (CKG["derivedFrom"], TERM["heat"]),
            (SKOS["closeMatch"], NamedNode("http://id.nlm.nih.gov/mesh/D005334")),
            (SKOS["exactMatch"], NamedNode("http://purl.obolibrary.org/obo/HP_0001945")),
            (SKOS["definition"], english("A raised temperature.")),
            (SKOS["editorialNote"], english("Looked up.")),
        ),
    ]
    assert read_terms(triples)[1] == Term(
        iri=FEVER.value,
        kind="adverse-events",
        label="fever",
        synonyms=("Fieber", "pyrexia"),
        related_names=("low-grade fever",),
        ambiguous_labels=("FE",),
        broader=(event.value,),
        derived_from=(TERM["heat"].value,),
        mappings=(
            ("exactMatch", "http://purl.obolibrary.org/obo/HP_0001945"),
            ("closeMatch", "http://id.nlm.nih.gov/mesh/D005334"),
        ),
        definition="A raised temperature.",
        note="Looked up.",
    )


def test_a_closed_list_is_a_kind() -> None:
    triples = [
        Triple(CKG["EvidenceStatus"], RDFS["subClassOf"], CKG["ClosedValue"]),
        Triple(CKG["EvidenceStatus"], RDFS["label"], english("evidence status")),
        Triple(CKG["EvidenceStatus"], RDFS["subClassOf"], BlankNode()),
        Triple(CKG["Stated"], RDF["type"], CKG["EvidenceStatus"]),
        Triple(CKG["Stated"], RDFS["label"], english("stated")),
    ]
    assert read_terms(triples) == [Term(CKG["Stated"].value, "evidence-statuses", "stated")]


def test_quads_do_as_well_as_triples() -> None:
    quads = [
        Quad(triple.subject, triple.predicate, triple.object, TERMS_GRAPH)
        for triple in concept(FEVER, "fever")
    ]
    assert read_terms(quads) == read_terms(concept(FEVER, "fever"))


def test_the_order_makes_no_difference() -> None:
    triples = [*concept(TERM["pain"], "pain"), *concept(FEVER, "fever")]
    assert read_terms(triples) == read_terms(reversed(triples))
    assert [term.label for term in read_terms(triples)] == ["fever", "pain"]


@pytest.mark.parametrize(
    ("triples", "place", "problem"),
    [
        (
            concept(FEVER, "fever")[:3],
            "skos:prefLabel",
            "A term has one label in English, not 0.",
        ),
        (
            concept(FEVER, "fever", (SKOS["prefLabel"], english("heat"))),
            "skos:prefLabel 'fever, heat'",
            "A term has one label in English, not 2.",
        ),
        (
            concept(FEVER, "fever", (SKOS["inScheme"], TERM["conditions"])),
            "skos:inScheme 'adverse-events, conditions'",
            "A term belongs to one scheme, not 2.",
        ),
        (
            [Triple(FEVER, RDF["type"], SKOS["Concept"])],
            "skos:inScheme",
            "A term belongs to one scheme, not 0.",
        ),
        (
            concept(FEVER, "fever", (SKOS["broader"], TERM["heat"])),
            "skos:broader 'term:heat'",
            "A broader term has to be a term.",
        ),
        (
            [
                *concept(FEVER, "fever", (SKOS["broader"], TERM["heat"])),
                *concept(TERM["heat"], "heat", (SKOS["broader"], FEVER)),
            ],
            "skos:broader 'term:fever'",
            "A term is not broader than itself.",
        ),
    ],
)
def test_a_mistake_in_the_files_is_refused(triples: list[Triple], place: str, problem: str) -> None:
    with pytest.raises(SourceFileError) as caught:
        read_terms(triples)
    assert str(caught.value) == f"ontology/terms, record term:fever, {place}: {problem}"


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("ReportingState", "reporting-states", "a reporting state"),
        ("EvidenceStatus", "evidence-statuses", "an evidence status"),
        ("Relatedness", "relatednesses", "a relatedness"),
        ("Unit", "units", "a unit"),
    ],
)
def test_a_kind_is_the_plural_of_its_class(name: str, kind: str, words: str) -> None:
    assert kind_of_class(name) == kind
    assert words_of_kind(kind) == words
