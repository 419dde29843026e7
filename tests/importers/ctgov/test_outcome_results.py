from __future__ import annotations

import copy
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.importers.ctgov.made_up_records import OUTCOMES
from tests.importers.ctgov.one_record import import_one

from cellkg.records.fields import facts_of
from cellkg.vocabulary import CKG, STUDY, TERM

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy
    from cellkg.records import OutcomeFinding
    from cellkg.records.evidence import Record

TABLES = "/resultsSection/outcomeMeasuresModule/outcomeMeasures"
SHARED_BY_ALL = {"evidence", "principal_evidence"}


def told(record: Record) -> dict[str, object]:
    """The fields of a record that have a value."""
    values = {name: getattr(record, name) for name in facts_of(type(record))}
    return {
        name: value
        for name, value in values.items()
        if value not in (None, ()) and name not in SHARED_BY_ALL
    }


@pytest.fixture
def values(imported: dict[int, ImportedStudy]) -> dict[str, OutcomeFinding]:
    """The values of the record with values of every kind, by name."""
    return {each.iri.value.partition("#")[2]: each for each in imported[8].study.outcome_findings}


def test_a_mean_with_its_deviation(imported: dict[int, ImportedStudy]) -> None:
    cells, others = imported[1].study.outcome_findings
    shared = {
        "printed_terms": ("Six-Minute Walk Test",),
        "measure": TERM["six-minute-walk-test"],
        "endpoint_role": TERM["primary-endpoint"],
        "time_label": "6 months",
        "parameter_kind": "mean",
        "printed_unit": "m",
        "dispersion_kind": "Standard Deviation",
    }
    assert told(cells) == shared | {
        "mean": Decimal("312.50"),
        "standard_deviation": Decimal("4.1"),
        "printed_value": "312.50",
        "analysed": 18,
        "in_result_group": STUDY["NCT90000001#outcome-0-OG000"],
    }
    assert told(others) == shared | {
        "printed_value": "NA",
        "analysed": 17,
        "in_result_group": STUDY["NCT90000001#outcome-0-OG001"],
    }


def test_every_part_of_a_value_has_its_place(imported: dict[int, ImportedStudy]) -> None:
    found = imported[1].study.outcome_findings[0]
    shown = {each.json_pointer: each.supports for each in found.evidence}
    assert shown == {
        # the title is quoted for the words, and once more for the measure inferred from them
        f"{TABLES}/0/title": (CKG["measure"],),
        f"{TABLES}/0": (CKG["parameterKind"], CKG["printedUnit"], CKG["dispersionKind"]),
        f"{TABLES}/0/classes/0/categories/0/measurements/0": (
            CKG["printedValue"],
            CKG["mean"],
            CKG["standardDeviation"],
            CKG["inResultGroup"],
        ),
        f"{TABLES}/0/denoms/0/counts/0": (CKG["analysed"],),
    }
    assert found.evidence[0].quote == "Six-Minute Walk Test"
    assert found.principal_evidence == found.evidence[0].iri


def test_a_median_with_its_range(values: dict[str, OutcomeFinding]) -> None:
    assert told(values["outcome-0-value-0-0"]) == {
        "printed_terms": ("Median",),
        "endpoint_role": TERM["secondary-endpoint"],
        "parameter_kind": "median",
        "dispersion_kind": "Full Range",
        "printed_value": "3",
        "median": Decimal(3),
        "range_min": Decimal(1),
        "range_max": Decimal("9.0"),
        "in_result_group": STUDY["NCT90000008#outcome-0-OG000"],
    }


def test_a_value_that_is_no_number_stays_as_printed(values: dict[str, OutcomeFinding]) -> None:
    assert told(values["outcome-1-value-0-0"]) == {
        "printed_terms": ("Interval",),
        "endpoint_role": TERM["other-endpoint"],
        "parameter_kind": "geometric mean",
        "dispersion_kind": "95% Confidence Interval",
        "printed_value": "<0.1",
        "lower_limit": Decimal("0.01"),
        "in_result_group": STUDY["NCT90000008#outcome-1-OG000"],
    }


def test_a_table_without_a_title_says_so(values: dict[str, OutcomeFinding]) -> None:
    assert told(values["outcome-2-value-0-0"]) == {
        "printed_terms": ("[no title printed]",),
        "dispersion_kind": "Standard Error",
        "printed_value": "1.5",
        "value": Decimal("1.5"),
        "dispersion": Decimal("0.2"),
        "in_result_group": STUDY["NCT90000008#outcome-2-OG000"],
    }


def test_people_are_counted_by_class_and_category(values: dict[str, OutcomeFinding]) -> None:
    found = {
        name: (each.category, each.patients_with, each.value, each.analysed)
        for name, each in values.items()
        if name.startswith("outcome-3-")
    }
    assert found == {
        "outcome-3-value-0-0": ("Week 1 \u00b7 Yes", 4, None, 9),  # the class has its own 9 people
        "outcome-3-value-1-0": ("Week 1 \u00b7 No", None, Decimal("4.5"), 9),  # half a person
        "outcome-3-value-3-0": (None, 0, None, 10),  # 10 people, not 20 eyes
    }
    week_1 = values["outcome-3-value-0-0"]
    pointers = {each.json_pointer for each in week_1.evidence}
    assert f"{TABLES}/3/classes/0" in pointers
    assert f"{TABLES}/3/classes/0/denoms/0/counts/0" in pointers
    last = values["outcome-3-value-3-0"]
    assert f"{TABLES}/3/denoms/0/counts/0" in {each.json_pointer for each in last.evidence}


@pytest.mark.parametrize("value", ["-1", "4.5", "1e12", "NA", "few"])
def test_what_counts_no_people_is_a_value_or_stays_as_printed(value: str) -> None:
    record = copy.deepcopy(OUTCOMES)
    table = record["resultsSection"]["outcomeMeasuresModule"]["outcomeMeasures"][3]
    table["classes"] = [{"categories": [{"measurements": [{"groupId": "OG000", "value": value}]}]}]
    (found,) = (
        each
        for each in import_one(record).study.outcome_findings
        if each.printed_terms == ("Answers",)
    )
    assert found.patients_with is None
    assert found.printed_value == value
    assert found.value == (None if value in {"NA", "few"} else Decimal(value))


def test_what_has_no_value_is_left_out_and_counted(imported: dict[int, ImportedStudy]) -> None:
    assert len(imported[8].study.outcome_findings) == 6
    assert imported[8].not_taken["a measurement without a value"] == 1
    assert imported[8].not_taken["an analysis without groups"] == 1
    groups = [each.iri.value[-15:] for each in imported[8].study.result_groups]
    assert groups == [f"outcome-{place}-OG000" for place in range(5)]  # one without any value


def test_an_analysis_keeps_its_p_value_as_printed(imported: dict[int, ImportedStudy]) -> None:
    between, within = imported[1].study.statistical_analyses
    groups = (STUDY["NCT90000001#outcome-0-OG000"], STUDY["NCT90000001#outcome-0-OG001"])
    shared = {
        "printed_terms": ("Six-Minute Walk Test",),
        "measure": TERM["six-minute-walk-test"],
        "endpoint_role": TERM["primary-endpoint"],
        "time_label": "6 months",
    }
    assert told(between) == shared | {
        "compares_groups": groups,
        "hypothesis": "superiority or other",
        "p_value": "<0.001, two-sided",
        "statistical_test": "ANCOVA",
        "effect": Decimal("-3.20"),
        "effect_kind": "Mean Difference (Net)",
        "dispersion": Decimal("1.1"),
        "dispersion_kind": "standard error of mean",
        "confidence_level": Decimal(95),
        "confidence_min": Decimal(-5),
    }
    assert told(within) == shared | {"compares_groups": groups[1:], "p_value": "0.04"}
    assert between.evidence[-1].json_pointer == f"{TABLES}/0/analyses/0"
    assert imported[1].not_taken["a ciUpperLimit that is no number"] == 1
