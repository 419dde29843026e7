"""Records become triples and records again, and nothing is lost or made up on the way."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from cellkg.errors import SourceFileError
from cellkg.records import (
    RECORD_CLASSES,
    AdverseEventFinding,
    Dose,
    Evidence,
    RecordReader,
    Source,
    Study,
    to_n_triples,
    to_triples,
)
from cellkg.records.fields import facts_of
from cellkg.vocabulary import CKG, OWL, RDF, RDFS, SOURCE, STUDY, TERM, XSD

if TYPE_CHECKING:
    from cellkg.records.evidence import Described
    from cellkg.records.fields import Fact

ONTOLOGY: Final = Path(__file__).parents[2] / "ontology" / "cellkg.ttl"
RECORD_CLASS_COUNT: Final = 21

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
IRIS = NAMES.map(lambda name: TERM[name])
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
DECIMALS = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9, places=3
)
DATES = st.sampled_from(["2021", "2021-10", "2021-10-30"])
VALUES = {
    "iri": IRIS,
    "text": TEXTS,
    "english": TEXTS,
    "integer": st.integers(0, 10**6),
    "decimal": DECIMALS,
    "boolean": st.booleans(),
    "date": DATES,
    "address": NAMES.map(lambda name: f"https://example.org/{name}"),
}


def _field(draw: st.DrawFn, fact: Fact) -> object:
    if fact.kind == "record":
        return ()
    if not fact.several:
        return draw(st.none() | VALUES[fact.kind])
    several = draw(st.lists(VALUES[fact.kind], max_size=3, unique=True))
    return tuple(
        sorted(several, key=lambda each: str(Literal(each)) if isinstance(each, str) else str(each))
    )


@st.composite
def records(draw: st.DrawFn) -> Described:
    """Draw a record of any class, without parts."""
    record_class: type[Described] = draw(st.sampled_from(RECORD_CLASSES))
    values = {name: _field(draw, fact) for name, fact in facts_of(record_class).items()}
    return record_class(iri=STUDY["drawn#record"], **values)


@given(records())
@settings(max_examples=200)
def test_every_record_survives_the_way_through_turtle(record: Described) -> None:
    turtle = serialize(to_triples(record), format=RdfFormat.TURTLE)
    triples = [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]
    assert RecordReader(triples, "turtle").read(type(record), record.iri) == record


@st.composite
def with_parts(draw: st.DrawFn) -> list[Described]:
    """Draw a study and a source, which share some of their evidence, with texts of any letters."""
    any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
    evidence = [
        Evidence(
            iri=STUDY[f"x#words-{number}"],
            supports=(CKG["event"], CKG["count"], CKG["event"])[: draw(st.integers(0, 3))],
            quote=draw(any_text),
            start=draw(st.none() | st.integers(0, 9)),
        )
        for number in range(3)
    ]
    some = st.lists(st.sampled_from(evidence), max_size=3).map(tuple)
    findings = st.builds(
        AdverseEventFinding,
        iri=st.sampled_from([STUDY["x#fever"], STUDY["x#fever-1"]]),
        evidence=some,
        printed_terms=st.lists(any_text, max_size=2).map(tuple),
        serious=st.none() | st.booleans(),
        event=st.none() | st.just(TERM["fever"]),
    )
    study = Study(
        iri=STUDY["x"],
        title=draw(any_text),
        evidence=draw(some),
        adverse_event_findings=tuple(draw(st.lists(findings, max_size=2))),
    )
    return [study, Source(iri=SOURCE["x"], evidence=draw(some), published=draw(DATES))]


@given(st.one_of(with_parts(), records().map(lambda record: [record])))
@settings(max_examples=300)
def test_records_as_lines_are_their_triples_as_oxigraph_writes_them(drawn: list[Described]) -> None:
    triples = [triple for record in drawn for triple in to_triples(record)]
    written = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert written is not None
    assert b"".join(to_n_triples(drawn)) == b"".join(sorted(set(written.splitlines(keepends=True))))


PROPERTIES: Final = st.sets(
    st.sampled_from([CKG[name] for name in ("event", "evidence", "quote", "title", "supports")])
    | st.just(RDF["type"])
    | st.just(CKG["adverseEventFinding"])
)


@given(with_parts(), PROPERTIES)
def test_triples_of_some_properties_are_those_of_all_that_have_them(
    drawn: list[Described], properties: set[NamedNode]
) -> None:
    for record in drawn:
        wanted = [each for each in to_triples(record) if each.predicate in properties]
        assert list(to_triples(record, frozenset(properties))) == wanted


def test_fields_that_hold_parts_hold_any_number_of_them() -> None:
    """So `to_n_triples` takes it."""
    facts = [fact for each in RECORD_CLASSES for fact in facts_of(each).values()]
    parts = [fact for fact in facts if fact.kind == "record"]
    assert len(parts) > RECORD_CLASS_COUNT
    assert all(fact.several for fact in parts)


def test_a_study_brings_its_parts_and_their_evidence() -> None:
    words = Evidence(iri=STUDY["x#fever-count"], supports=(CKG["count"],), quote="Fever 4")
    finding = AdverseEventFinding(iri=STUDY["x#fever"], evidence=(words,), count=4)
    study = Study(iri=STUDY["x"], title="X", adverse_event_findings=(finding,))
    reader = RecordReader(to_triples(study), "here")
    assert reader.read(Study, study.iri) == study
    assert reader.subjects(AdverseEventFinding) == [finding.iri]


def test_an_unknown_count_stays_unknown_and_a_zero_stays_zero() -> None:
    unknown = AdverseEventFinding(iri=STUDY["x#fever"], reporting=CKG["Reported"])
    zero = AdverseEventFinding(iri=STUDY["x#fever"], reporting=CKG["Denied"], count=0)
    for finding, count in ((unknown, None), (zero, 0)):
        read = RecordReader(to_triples(finding), "here").read(AdverseEventFinding, finding.iri)
        assert read.count == count
    assert not any(triple.predicate == CKG["count"] for triple in to_triples(unknown))


def test_decimals_are_written_without_an_exponent() -> None:
    (dose,) = [
        triple.object
        for triple in to_triples(Dose(iri=STUDY["x#dose"], dose_value=Decimal("1E6")))
        if triple.predicate == CKG["doseValue"]
    ]
    assert dose == Literal("1000000", datatype=XSD["decimal"])


def test_a_date_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="'30 October 2021' is not a date"):
        list(to_triples(Source(iri=STUDY["x"], published="30 October 2021")))


DOSE: Final = STUDY["x#dose"]
A_DOSE: Final = Triple(DOSE, RDF["type"], CKG["Dose"])


@pytest.mark.parametrize(
    ("triples", "sentence"),
    [
        ([], "should be a ckg:Dose and is nothing"),
        ([Triple(DOSE, RDF["type"], CKG["Arm"])], "should be a ckg:Dose and is ckg:Arm"),
        ([A_DOSE, Triple(DOSE, CKG["count"], Literal(1))], "ckg:count: A ckg:Dose has no such"),
        ([A_DOSE, Triple(DOSE, CKG["doseLevels"], Literal("four"))], "not of the kind integer"),
        ([A_DOSE, Triple(DOSE, CKG["doseLevels"], TERM["four"])], "not of the kind integer"),
        ([A_DOSE, Triple(DOSE, CKG["doseUnit"], Literal("mg"))], "not of the kind iri"),
        (
            [A_DOSE, *(Triple(DOSE, CKG["doseLevels"], Literal(n)) for n in (3, 4))],
            "It has 2 values and may have one",
        ),
        ([A_DOSE, Triple(DOSE, CKG["evidence"], TERM["x"])], "is not described as a record"),
        ([A_DOSE, Triple(DOSE, CKG["evidence"], Literal("x"))], "not of the kind record"),
        ([Triple(BlankNode("b"), RDF["type"], CKG["Dose"])], "Blank nodes"),
    ],
)
def test_what_is_no_dose_is_refused_by_name(triples: list[Triple], sentence: str) -> None:
    with pytest.raises(SourceFileError, match=sentence) as caught:
        RecordReader(triples, "some.ttl").read(Dose, DOSE)
    assert str(caught.value).startswith("some.ttl")


def _ontology() -> list[Triple]:
    return [quad.triple for quad in parse(path=ONTOLOGY, format=RdfFormat.TURTLE)]


def test_every_record_class_of_the_ontology_has_a_python_class() -> None:
    below_record = {
        triple.subject
        for triple in _ontology()
        if triple.predicate == RDFS["subClassOf"] and triple.object == CKG["Record"]
    }
    held = {record_class.type for record_class in RECORD_CLASSES}
    assert len(RECORD_CLASSES) == RECORD_CLASS_COUNT
    assert held - {CKG["Evidence"]} == below_record - {CKG["Institution"]}


def test_every_property_of_the_ontology_that_records_carry_is_a_field() -> None:
    triples = _ontology()
    properties = {
        triple.subject
        for triple in triples
        if triple.predicate == RDF["type"]
        and triple.object in {OWL["ObjectProperty"], OWL["DatatypeProperty"]}
        and isinstance(triple.subject, NamedNode)
        and triple.subject.value in CKG
    }
    derived = {t.subject for t in triples if t.predicate == CKG["materialised"]}
    of_terms = {CKG[name] for name in ("betterWhen", "ucum", "ambiguousLabel")}
    of_institutions = {CKG["partOf"]}
    # Candidates of overlaps are concluded by the build, as the closure is; no record carries them.
    of_overlaps = {
        each for each in properties if "/ontology#overlap" in each.value or "#reason" in each.value
    } - {CKG["reason"], CKG["reasoning"]}
    fields = {fact.property for each in RECORD_CLASSES for fact in facts_of(each).values()}
    expected = properties - derived - of_terms - of_institutions - of_overlaps - {CKG["contains"]}
    assert expected - fields == set()
