from __future__ import annotations

from typing import TYPE_CHECKING

from tests.importers.ctgov.made_up_records import BARE
from tests.importers.ctgov.one_record import import_one

from cellkg.vocabulary import CKG, STUDY, TERM

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy


def test_planned_outcomes_with_their_part_in_the_study(imported: dict[int, ImportedStudy]) -> None:
    found = [
        (each.iri, each.printed_terms, each.endpoint_role, each.measure, each.time_label)
        for each in imported[1].study.outcome_specifications
    ]
    name = "NCT90000001#endpoint-"
    primary, secondary = TERM["primary-endpoint"], TERM["secondary-endpoint"]
    walk = TERM["six-minute-walk-test"]
    assert found == [
        (STUDY[f"{name}primary-0"], ("Six-Minute Walk Test",), primary, walk, "6 months"),
        (STUDY[f"{name}secondary-0"], ("Smell",), secondary, None, None),
        (STUDY[f"{name}secondary-1"], ("Taste",), secondary, None, None),
        (STUDY[f"{name}other-0"], ("Touch",), TERM["other-endpoint"], None, None),
    ]


def test_the_measure_is_inferred_from_the_title(imported: dict[int, ImportedStudy]) -> None:
    stated, inferred = imported[1].study.outcome_specifications[0].evidence
    place = "/protocolSection/outcomesModule/primaryOutcomes/0"
    assert (stated.json_pointer, stated.status) == (place, CKG["Stated"])
    assert (inferred.json_pointer, inferred.quote) == (f"{place}/measure", "Six-Minute Walk Test")
    assert inferred.supports == (CKG["measure"],)


def test_an_outcome_without_a_title_is_left_out_and_counted() -> None:
    outcomes = {"primaryOutcomes": [{"timeFrame": "1 year"}, {"measure": "Smell"}]}
    protocol = BARE["protocolSection"] | {"outcomesModule": outcomes}
    found = import_one({"protocolSection": protocol})
    (smell,) = found.study.outcome_specifications
    assert smell.iri == STUDY["NCT90000009#endpoint-primary-1"]
    assert found.not_taken == {"a planned outcome without a title": 1}
