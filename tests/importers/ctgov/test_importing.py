"""Whole records: what holds for all that is taken in, whatever it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from tests.importers.ctgov.made_up_records import (
    BARE,
    STUDIES,
    WITH_RESULTS,
    import_one,
    parsed,
    prose_reader,
)

from cellkg.errors import SourceFileError
from cellkg.importers.ctgov import ImportedStudy, import_study, version_of
from cellkg.intake.counting import COUNTED, counts_of_graph, counts_of_record
from cellkg.records import RecordReader, Source, Study, to_triples
from cellkg.records.fields import facts_of
from cellkg.validation.registry_records import value_at
from cellkg.validation.shapes import ShapeChecker, n_triples
from cellkg.vocabulary import CKG, CTGOV_IMPORTER, SOURCE, STUDY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Triple

    from cellkg.records.evidence import Evidence, Record

NUMBER_OF_STUDIES = 9
NUMBER_OF_RECORDS = 103
NUMBER_OF_EVIDENCES = 219
NUMBER_OF_QUOTES = 86

TOTALS = {
    "adverse event rows": 3,
    "adverse event statistics": 7,
    "people affected": 3,
    "result groups": 19,
    "arms": 7,
    "facilities": 3,
    "references": 4,
    "planned outcomes": 4,
    "outcome values": 8,
    "analyses": 2,
}
"""Counted by hand, over all made-up records."""

LEFT_OUT = {
    (6, "facilities", 4, 3),
    (7, "references", 5, 4),
    (8, "analyses", 1, 0),
    (8, "outcome values", 7, 6),
}
"""A site, a reference and a measurement of which nothing is told, and an analysis of no group; each
is reported as not taken in."""

LINKS = {"described_by", "headline", "notes", "principal_evidence"}
"""What graphs/README.md and the importer leave without evidence, besides links to parts."""


def triples_of(found: ImportedStudy) -> list[Triple]:
    return [triple for each in (found.study, *found.sources) for triple in to_triples(each)]


def records_in(record: Record) -> Iterator[Record]:
    yield record
    for name, fact in facts_of(type(record)).items():
        if fact.kind == "record" and name != "evidence":
            for part in getattr(record, name):
                yield from records_in(part)


def all_records(found: ImportedStudy) -> Iterator[Record]:
    for each in (found.study, *found.sources):
        yield from records_in(each)


def evidence_of(found: ImportedStudy) -> list[Evidence]:
    return [each for record in all_records(found) for each in record.evidence]


def test_every_made_up_record_is_taken_in(imported: dict[int, ImportedStudy]) -> None:
    assert len(imported) == NUMBER_OF_STUDIES
    assert sum(len(list(all_records(each))) for each in imported.values()) == NUMBER_OF_RECORDS
    for number, found in imported.items():
        nct_id = f"NCT{90000000 + number}"
        assert found.nct_id == nct_id
        assert found.study.iri == STUDY[nct_id]
        assert found.study.described_by == (SOURCE[nct_id],)
        assert found.sources[0].iri == SOURCE[nct_id]


def test_the_graph_counts_what_the_record_counts(imported: dict[int, ImportedStudy]) -> None:
    totals = Counter[str]()
    differences = set()
    for number, found in imported.items():
        in_record = counts_of_record(parsed(STUDIES[number]))
        in_graph = counts_of_graph(triples_of(found))
        totals.update(in_graph)
        differences |= {
            (number, what, in_record[what], in_graph[what])
            for what in COUNTED
            if in_record[what] != in_graph[what]
        }
    assert {what: totals[what] for what in COUNTED} == TOTALS
    assert differences == LEFT_OUT


def test_every_pointer_leads_somewhere_and_every_quote_stands_there(
    imported: dict[int, ImportedStudy],
) -> None:
    evidence = quotes = 0
    for number, found in imported.items():
        record = parsed(STUDIES[number])
        for each in evidence_of(found):
            assert each.json_pointer is not None
            value = value_at(record, each.json_pointer)
            assert value is not None
            assert each.source == SOURCE[found.nct_id]
            assert each.recorded_by == CTGOV_IMPORTER
            assert each.status in {CKG["Stated"], CKG["Inferred"]}
            assert (each.status == CKG["Inferred"]) == (each.reasoning is not None)
            evidence += 1
            if each.quote is not None:
                assert isinstance(value, str)
                assert value[each.start : each.end] == each.quote
                assert 1 <= len(each.quote) <= 100
                assert each.quote == each.quote.strip()
                quotes += 1
    assert (evidence, quotes) == (NUMBER_OF_EVIDENCES, NUMBER_OF_QUOTES)


def test_every_value_has_evidence_and_no_evidence_is_of_nothing(
    imported: dict[int, ImportedStudy],
) -> None:
    records = 0
    for found in imported.values():
        for record in all_records(found):
            records += 1
            facts = facts_of(type(record))
            supported = {name for each in record.evidence for name in each.supports}
            there = {
                fact.property
                for name, fact in facts.items()
                if fact.kind != "record"
                and name not in LINKS
                and getattr(record, name) not in (None, ())
            }
            assert supported == there, record.iri
            assert all(each.supports for each in record.evidence)
            assert record.principal_evidence in {each.iri for each in record.evidence}
    assert records == NUMBER_OF_RECORDS


def test_no_name_is_given_twice(imported: dict[int, ImportedStudy]) -> None:
    for found in imported.values():
        records = Counter(each.iri for each in all_records(found))
        assert set(records.values()) == {1}
        evidence = {}
        for each in evidence_of(found):
            assert evidence.setdefault(each.iri, each) == each
            assert each.iri not in records


def test_all_of_it_conforms_to_the_shapes(
    imported: dict[int, ImportedStudy], project: Path
) -> None:
    checker = ShapeChecker(project / "ontology")
    for found in imported.values():
        assert checker.check(n_triples(triples_of(found))) == []


@pytest.mark.parametrize("number", STUDIES)
def test_records_survive_the_way_through_triples(
    imported: dict[int, ImportedStudy], number: int
) -> None:
    found = imported[number]
    reader = RecordReader(triples_of(found), "here")
    study = reader.read(Study, found.study.iri)
    assert sorted_parts(study) == sorted_parts(found.study)
    assert reader.subjects(Source) == sorted(
        (each.iri for each in found.sources), key=lambda iri: iri.value
    )
    for source in found.sources:
        assert sorted_parts(reader.read(Source, source.iri)) == sorted_parts(source)


def sorted_parts(value: Any) -> Any:  # noqa: ANN401 - a record, or a value of one of its fields
    """Bring values that have no order in RDF into one order."""
    if isinstance(value, tuple):
        return sorted(map(sorted_parts, value), key=repr)
    if not hasattr(value, "iri"):
        return value
    return [(name, sorted_parts(getattr(value, name))) for name in ("iri", *facts_of(type(value)))]


def backwards(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(value)}
    return [backwards(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("number", STUDIES)
def test_neither_repetition_nor_the_order_of_keys_changes_anything(number: int) -> None:
    first = import_one(STUDIES[number])
    turned = backwards(STUDIES[number])
    assert json.dumps(turned) != json.dumps(STUDIES[number]) or number == NUMBER_OF_STUDIES
    for again in (import_one(STUDIES[number]), import_one(turned)):
        assert again.version == first.version
        assert triples_of(again) == triples_of(first)


IMPORT_ALL = """
from tests.importers.ctgov.made_up_records import STUDIES, import_one
from cellkg.records import to_triples

for record in STUDIES.values():
    found = import_one(record)
    for each in (found.study, *found.sources):
        for triple in to_triples(each):
            print(triple)
"""


def test_every_process_gives_the_same_triples_in_the_same_order(project: Path) -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", IMPORT_ALL],
            cwd=project,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"\n") > NUMBER_OF_EVIDENCES


def test_the_checksum_is_that_of_canonical_json() -> None:
    record = BARE | {"b": [1, 2.50, 1e3, -0.1], "a": "Zell\u2082"}
    canonical = (
        '{"a":"Zell\u2082","b":[1,2.5,1000.0,-0.1],'
        '"protocolSection":{"identificationModule":{"nctId":"NCT90000009"}}}'
    )
    study = parsed(record)
    assert study["b"][1] == Decimal("2.5")
    checksum = sha256(canonical.encode()).hexdigest()
    assert version_of(study, "here") == ("", "", checksum)
    assert import_one(record).sources[0].sha256 == checksum


def test_a_later_version_sorts_after_an_earlier_one() -> None:
    def version(*, posted: str = "", submitted: str = "", held: str = "") -> tuple[str, str, str]:
        status = {"lastUpdatePostDateStruct": {"date": posted}, "lastUpdateSubmitDate": submitted}
        protocol = BARE["protocolSection"] | {"statusModule": status}
        derived = {"miscInfoModule": {"versionHolder": held}}
        return version_of({"protocolSection": protocol, "derivedSection": derived}, "here")

    versions = [
        version(submitted="2019-12-31"),
        version(posted="2020-01-01", submitted="2021-01-01"),
        version(posted="2020-01-02", held="2020-03-01"),
        version(posted="2020-01-02", held="2020-03-02"),
    ]
    assert versions == sorted(versions)
    assert len(set(versions)) == len(versions)


def test_the_record_is_described_as_a_source(imported: dict[int, ImportedStudy]) -> None:
    source = imported[5].sources[0]
    assert source.source_kind == CKG["RegistryRecord"]
    assert source.identifiers == ("clinicaltrials:NCT90000005",)
    assert source.urls == ("https://clinicaltrials.gov/study/NCT90000005",)
    assert (source.published, source.updated, source.data_date) == (
        None,
        "2022-02-02",
        "2023-06-07",
    )
    pointers = [each.json_pointer for each in source.evidence]
    assert pointers == [
        "/protocolSection/identificationModule/nctId",
        "/protocolSection/statusModule",
        "/derivedSection/miscInfoModule/versionHolder",
    ]
    assert imported[4].sources[0].published == "2018-11-05"


EVENTS = "resultsSection/adverseEventsModule"
FIRST_ANALYSIS = "resultsSection/outcomeMeasuresModule/outcomeMeasures/0/analyses/0"


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (
            f"{EVENTS}/eventGroups/1/id",
            "EG000",
            "A group of a results table has an id of its own, such as EG000.",
        ),
        (
            f"{EVENTS}/eventGroups/1/id",
            "record",
            "A group of a results table has an id of its own, such as EG000.",
        ),
        (f"{EVENTS}/otherEvents/0/stats/0/groupId", "", "The table has no group of this id."),
        (f"{EVENTS}/otherEvents/0/stats/0/groupId", "EG9", "The table has no group of this id."),
        (f"{EVENTS}/otherEvents/0/stats/0/numAtRisk", -1, "A count is a whole number, 0 or more."),
        (
            f"{EVENTS}/otherEvents/0/stats/0/numAtRisk",
            True,
            "A count is a whole number, 0 or more.",
        ),
        (f"{FIRST_ANALYSIS}/groupIds/0", "OG7", "The table has no group of this id."),
        (f"{FIRST_ANALYSIS}/pValue", 5, "A text is expected here."),
        ("protocolSection/designModule/phases", "PHASE1", "A list is expected here."),
        ("protocolSection/designModule/designInfo", ["x"], "An object is expected here."),
        ("protocolSection/identificationModule/acronym", {"x": 1}, "A text is expected here."),
    ],
)
def test_a_field_that_is_not_what_it_should_be_is_named(
    path: str, value: object, problem: str
) -> None:
    record = json.loads(json.dumps(WITH_RESULTS))
    *way, last = path.split("/")
    place = record
    for step in way:
        place = place[int(step) if isinstance(place, list) else step]
    place[int(last) if isinstance(place, list) else last] = value
    with pytest.raises(SourceFileError) as caught:
        import_one(record)
    shown = f"/{path} {value!r}" if value else f"/{path}"
    assert str(caught.value) == f"made-up.json, record NCT90000001, {shown}: {problem}"


def test_a_message_shows_no_whole_section() -> None:
    record = WITH_RESULTS | {"resultsSection": [WITH_RESULTS["resultsSection"]]}
    with pytest.raises(SourceFileError, match="An object is expected here") as caught:
        import_one(record)
    assert len(str(caught.value)) < 250


def test_a_version_with_a_wrong_day_is_refused() -> None:
    record = {**BARE, "derivedSection": {"miscInfoModule": {"versionHolder": "2021-02-30"}}}
    with pytest.raises(SourceFileError, match="versionHolder '2021-02-30': A date is"):
        version_of(record, "here")


def test_the_version_is_the_one_that_was_told() -> None:
    told = ("2020-01-01", "", "f" * 64)
    found = import_study(parsed(BARE), prose_reader(), "here", told)
    assert found.version == told
    assert (found.sources[0].updated, found.sources[0].sha256) == ("2020-01-01", "f" * 64)
