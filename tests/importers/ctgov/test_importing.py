"""Whole records: what holds for all that is taken in, whatever it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from tests.importers.ctgov.evidence_rules import (
    all_evidence,
    all_records,
    broken_rules,
    triples_of,
)
from tests.importers.ctgov.made_up_records import BARE, STUDIES, WITH_RESULTS
from tests.importers.ctgov.one_record import import_one, parsed, prose_reader

from cellkg.errors import SourceFileError
from cellkg.importers.ctgov import ImportedStudy, import_study, version_of
from cellkg.intake.counting import COUNTED, counts_of_graph, counts_of_record
from cellkg.records import RecordReader, Source, Study
from cellkg.records.fields import facts_of
from cellkg.validation.shapes import ShapeChecker, n_triples
from cellkg.vocabulary import CKG, SOURCE, STUDY

if TYPE_CHECKING:
    from pathlib import Path


NUMBER_OF_STUDIES = 9
NUMBER_OF_RECORDS = 103
NUMBER_OF_EVIDENCES = 225
NUMBER_OF_QUOTES = 90

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


def test_every_made_up_record_is_taken_in(imported: dict[int, ImportedStudy]) -> None:
    assert len(imported) == NUMBER_OF_STUDIES
    assert sum(len(all_records(each)) for each in imported.values()) == NUMBER_OF_RECORDS
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


def test_every_value_has_evidence_that_points_at_it(imported: dict[int, ImportedStudy]) -> None:
    evidence = [each for found in imported.values() for each in all_evidence(found)]
    assert len(evidence) == NUMBER_OF_EVIDENCES
    assert sum(each.quote is not None for each in evidence) == NUMBER_OF_QUOTES
    for number, found in imported.items():
        assert broken_rules(parsed(STUDIES[number]), found) == []


def test_broken_rules_are_noticed(imported: dict[int, ImportedStudy]) -> None:
    found, record = imported[1], parsed(WITH_RESULTS)
    first = found.study.evidence[0]
    broken = {
        "has": replace(found.study, acronym="MSC"),
        "of nothing": replace(found.study, evidence=(replace(first, supports=()),)),
        "leads to nothing": replace(found.study, evidence=(replace(first, json_pointer="/no"),)),
        "does not stand": replace(found.study, evidence=(replace(first, start=1),)),
        "shows none": replace(found.study, principal_evidence=found.study.iri),
        "times": replace(found.study, arms=(*found.study.arms, found.study.arms[0])),
        "two things": replace(found.study, evidence=(replace(first, iri=found.study.iri),)),
        "reasons": replace(found.study, evidence=(replace(first, reasoning="So it is."),)),
        "another": replace(found.study, evidence=(replace(first, source=SOURCE["x"]),)),
    }
    for sentence, study in broken.items():
        assert sentence in " ".join(broken_rules(record, found._replace(study=study)))


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
from tests.importers.ctgov.made_up_records import STUDIES
from tests.importers.ctgov.one_record import import_one
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
