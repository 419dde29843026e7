from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.importers.ctgov.made_up_records import BARE
from tests.importers.ctgov.one_record import import_one

from cellkg.vocabulary import CKG, STUDY, TERM

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy
    from cellkg.records import AdverseEventFinding

REPORTED, DENIED = CKG["Reported"], CKG["Denied"]
MODULE = "/resultsSection/adverseEventsModule"


@pytest.fixture
def findings(imported: dict[int, ImportedStudy]) -> dict[str, AdverseEventFinding]:
    """The findings of the record with all tables, by name."""
    return {
        each.iri.value.partition("#")[2]: each for each in imported[1].study.adverse_event_findings
    }


def numbers(finding: AdverseEventFinding) -> tuple[object, ...]:
    return (finding.reporting, finding.count, finding.events, finding.at_risk)


def test_every_row_has_a_finding_for_each_group_and_nothing_else_is_found(
    findings: dict[str, AdverseEventFinding],
) -> None:
    assert {name: numbers(each) for name, each in findings.items()} == {
        # the totals of the groups
        "events-EG000-deaths": (REPORTED, 1, None, 20),
        "events-EG000-serious": (REPORTED, 3, None, 20),
        "events-EG000-other": (DENIED, 0, None, 20),
        "events-EG001-deaths": (DENIED, 0, None, 19),
        "events-EG001-serious": (None, None, None, 19),
        "events-EG002-deaths": (None, 0, None, 0),
        # the rows: 0 affected is a denial, and nobody at risk is none
        "serious-event-0-0": (REPORTED, 3, 4, 20),
        "serious-event-0-1": (DENIED, 0, 0, 19),
        "serious-event-0-2": (None, 0, None, 0),
        # no number is no 0; events without people are a report without a count
        "other-event-0-0": (None, None, None, 20),
        "other-event-0-1": (REPORTED, None, 2, 19),
        "other-event-0-2": (DENIED, None, 0, 5),
        "other-event-1-0": (DENIED, 0, None, None),
    }


def test_a_count_counts_people(findings: dict[str, AdverseEventFinding]) -> None:
    for each in findings.values():
        assert (each.count is None) == (each.count_unit is None)
        assert each.count_unit in {None, TERM["patients"]}


def test_totals_are_of_deaths_and_of_tables(findings: dict[str, AdverseEventFinding]) -> None:
    deaths, serious, other = (
        findings[f"events-EG000-{kind}"] for kind in ("deaths", "serious", "other")
    )
    assert (deaths.event, deaths.serious) == (TERM["death"], None)
    assert (serious.event, serious.serious) == (TERM["serious-adverse-event"], True)
    assert (other.event, other.serious) == (None, False)
    assert other.printed_terms == ("[any other adverse event above the threshold]",)
    assert [each.supports == (CKG["printedTerm"],) for each in other.evidence] == [False, True]
    assert {each.table_row for each in (deaths, serious, other)} == {None}
    assert deaths.in_result_group == STUDY["NCT90000001#events-EG000"]
    assert deaths.evidence[0].json_pointer == f"{MODULE}/eventGroups/0"


def test_a_row_with_all_that_it_says(findings: dict[str, AdverseEventFinding]) -> None:
    finding = findings["serious-event-0-1"]
    assert (finding.event, finding.printed_terms) == (TERM["fever"], ("Pyrexia",))
    assert (finding.serious, finding.table_row) == (True, 1)
    assert finding.organ_system == "General disorders"
    assert finding.source_vocabulary == "MedDRA (24.0)"
    assert finding.assessment == CKG["SystematicAssessment"]
    assert finding.in_result_group == STUDY["NCT90000001#events-EG001"]
    assert finding.in_arms == ()  # the group says which arm it is
    shown = [
        (each.iri.value.partition("#")[2], each.json_pointer, each.quote)
        for each in finding.evidence
    ]
    assert shown == [
        ("serious-event-0-term", f"{MODULE}/seriousEvents/0/term", "Pyrexia"),
        ("serious-event-0-row", f"{MODULE}/seriousEvents/0", None),
        ("serious-event-0-event", f"{MODULE}/seriousEvents/0/term", "Pyrexia"),
        ("serious-event-0-1-numbers", f"{MODULE}/seriousEvents/0/stats/1", None),
    ]
    assert finding.principal_evidence == finding.evidence[0].iri


def test_a_term_that_is_not_known_stays_as_printed(
    findings: dict[str, AdverseEventFinding],
) -> None:
    finding = findings["other-event-0-1"]
    assert (finding.event, finding.printed_terms) == (None, ("Itching of the nose",))
    assert (finding.serious, finding.assessment) == (False, CKG["NonSystematicAssessment"])
    blank = findings["other-event-1-0"]
    assert (blank.printed_terms, blank.table_row) == (("[no term printed]",), 2)
    assert blank.evidence[0].json_pointer == f"{MODULE}/otherEvents/1"


def test_the_collection_tells_how_rare_the_rarest_event_is(
    imported: dict[int, ImportedStudy],
) -> None:
    (collection,) = imported[1].study.adverse_event_collections
    assert (collection.frequency_threshold, collection.time_label) == (Decimal(5), "1 year")
    (without_limit,) = imported[2].study.adverse_event_collections
    assert (without_limit.frequency_threshold, without_limit.time_label) == (Decimal(0), None)
    assert imported[3].study.adverse_event_collections == ()


def test_an_event_without_a_row_is_silence(imported: dict[int, ImportedStudy]) -> None:
    named = {each.event for each in imported[1].study.adverse_event_findings}
    assert TERM["headache"] not in named
    assert imported[2].study.adverse_event_findings == ()


@pytest.mark.parametrize(
    ("threshold", "note"),
    [
        ("-1", "a frequency threshold outside 0 to 100 per cent"),
        ("101", "a frequency threshold outside 0 to 100 per cent"),
        ("five", "a frequencyThreshold that is no number"),
    ],
)
def test_a_threshold_that_is_none_is_left_out_and_counted(threshold: str, note: str) -> None:
    found = import_one(
        BARE | {"resultsSection": {"adverseEventsModule": {"frequencyThreshold": threshold}}}
    )
    assert found.study.adverse_event_collections == ()
    assert found.not_taken == {note: 1}


def test_a_row_without_groups_is_counted() -> None:
    events = {"otherEvents": [{"term": "Pyrexia"}]}
    found = import_one(BARE | {"resultsSection": {"adverseEventsModule": events}})
    assert found.study.adverse_event_findings == ()
    assert found.not_taken == {"a row of adverse events that counts no group": 1}
