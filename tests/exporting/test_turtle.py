"""The canonical form of Turtle: nothing lost, the same bytes always, and pleasant to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from cellkg.exporting import canonical_turtle
from cellkg.vocabulary import CKG, RDF, SKOS, STUDY, TERM, XSD

if TYPE_CHECKING:
    import random
    from pathlib import Path

STUDY_IRI = STUDY["example"].value
FEVER = STUDY["example#fever"]
COUNT = STUDY["example#fever-count"]

IRIS = st.one_of(
    st.sampled_from([FEVER, COUNT, STUDY["example"], STUDY["example#a.b."], TERM["1-2"]]),
    st.from_regex(r"https://w3id\.org/cellkg/(term|study)/[a-z0-9#/:.,()~_-]{0,12}", fullmatch=True)
    .filter(lambda iri: iri.count("#") <= 1)
    .map(NamedNode),
)
LITERALS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(Literal),
    st.integers(-5, 5000).map(Literal),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(
        lambda number: Literal(str(number), datatype=XSD["decimal"])
    ),
    st.booleans().map(Literal),
    st.floats(allow_nan=False).map(Literal),
    st.sampled_from(
        [
            Literal("fièvre", language="fr"),
            Literal("2021-10", datatype=XSD["gYearMonth"]),
            Literal("four", datatype=XSD["integer"]),
            Literal("4.", datatype=XSD["decimal"]),
            Literal("10", datatype=XSD["decimal"]),
        ]
    ),
)
TRIPLES = st.lists(
    st.builds(
        Triple,
        IRIS,
        st.sampled_from([RDF["type"], CKG["evidence"], CKG["count"], CKG["quote"], TERM["x"]]),
        IRIS | LITERALS,
    ),
    max_size=25,
)


def read(turtle: bytes) -> set[Triple]:
    return {quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)}


@given(TRIPLES)
def test_nothing_is_lost_or_made_up(triples: list[Triple]) -> None:
    assert read(canonical_turtle(triples, STUDY_IRI)) == set(triples)


@given(TRIPLES, st.randoms(use_true_random=False))
def test_the_order_of_the_triples_does_not_show(
    triples: list[Triple], chance: random.Random
) -> None:
    shuffled = [*triples, *triples]
    chance.shuffle(shuffled)
    assert canonical_turtle(shuffled, STUDY_IRI) == canonical_turtle(triples, STUDY_IRI)


@given(TRIPLES)
def test_writing_what_was_read_changes_no_byte(triples: list[Triple]) -> None:
    once = canonical_turtle(triples, STUDY_IRI)
    assert canonical_turtle(read(once), STUDY_IRI) == once


def test_labels_of_blank_nodes_do_not_show() -> None:
    def graph(first: str, second: str) -> list[Triple]:
        one, two = BlankNode(first), BlankNode(second)
        return [
            Triple(one, RDF["first"], CKG["Stated"]),
            Triple(one, RDF["rest"], two),
            Triple(two, RDF["first"], CKG["Inferred"]),
        ]

    assert canonical_turtle(graph("a", "b")) == canonical_turtle(graph("z", "k"))
    assert len(read(canonical_turtle(graph("a", "b")))) == 3


def test_no_triples_make_an_empty_file() -> None:
    assert canonical_turtle([]) == b""


def test_a_study_reads_from_the_study_to_the_findings_with_the_evidence_below() -> None:
    findings = [STUDY[f"example#fever-{number}"] for number in (10, 2)]
    triples = [
        Triple(STUDY["example"], RDF["type"], CKG["Study"]),
        Triple(STUDY["example"], CKG["condition"], TERM["multiple-sclerosis"]),
        *(Triple(STUDY["example"], CKG["adverseEventFinding"], each) for each in findings),
        *(Triple(each, RDF["type"], CKG["AdverseEventFinding"]) for each in findings),
        Triple(findings[1], CKG["evidence"], COUNT),
        Triple(findings[1], CKG["event"], TERM["fever"]),
        Triple(findings[1], CKG["count"], Literal(4)),
        Triple(COUNT, RDF["type"], CKG["Evidence"]),
        Triple(COUNT, CKG["end"], Literal(17)),
        Triple(COUNT, CKG["start"], Literal(10)),
        Triple(COUNT, CKG["quote"], Literal('"Fever" 4')),
        Triple(STUDY["example#arm"], RDF["type"], CKG["Arm"]),
    ]
    assert (
        canonical_turtle(triples, STUDY_IRI).decode()
        == """\
@prefix : <https://w3id.org/cellkg/study/example#> .
@prefix ckg: <https://w3id.org/cellkg/ontology#> .
@prefix study: <https://w3id.org/cellkg/study/> .
@prefix term: <https://w3id.org/cellkg/term/> .

study:example a ckg:Study ;
    ckg:condition term:multiple-sclerosis ;
    ckg:adverseEventFinding :fever-2, :fever-10 .

:arm a ckg:Arm .

:fever-2 a ckg:AdverseEventFinding ;
    ckg:event term:fever ;
    ckg:count 4 ;
    ckg:evidence :fever-count .
:fever-count a ckg:Evidence ;
    ckg:quote "\\"Fever\\" 4" ;
    ckg:start 10 ;
    ckg:end 17 .

:fever-10 a ckg:AdverseEventFinding .
"""
    )


def test_a_long_list_has_one_object_a_line() -> None:
    several = [Literal(f"a synonym of some length, number {number}") for number in range(4)]
    text = canonical_turtle([Triple(TERM["x"], SKOS["altLabel"], each) for each in several])
    assert text.decode().count('\n        "a synonym') == 4


def test_curated_files_are_in_the_canonical_form(project: Path) -> None:
    files = sorted((project / "graphs" / "curated").glob("*.ttl"))
    assert len(files) >= 7
    for file in files:
        written = file.read_bytes()
        study_iri = STUDY[file.stem].value
        canonical = canonical_turtle(read(written), study_iri)
        assert written == canonical, f"{file.name}: write it with `cellkg export turtle`"
