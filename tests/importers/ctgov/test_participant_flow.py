from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.importers.ctgov.made_up_records import BARE
from tests.importers.ctgov.one_record import import_one

from cellkg.vocabulary import CKG, STUDY

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy

PERIOD = "/resultsSection/participantFlowModule/periods/0"


@pytest.mark.parametrize(
    ("number", "role", "count", "headline"),
    [
        (1, "Enrolled", 40, True),
        (2, "RoleNotStated", 7, None),  # the kind is missing
        (3, "Enrolled", 0, True),
        (4, "PlannedEnrolment", 500, None),
    ],
)
def test_enrolment_is_counted_planned_or_neither(
    imported: dict[int, ImportedStudy], number: int, role: str, count: int, *, headline: bool | None
) -> None:
    enrolment = imported[number].study.participants[0]
    assert enrolment.iri == STUDY[f"NCT{90000000 + number}#enrolment"]
    assert (enrolment.participant_role, enrolment.count) == (CKG[role], count)
    assert enrolment.headline is headline
    (evidence,) = enrolment.evidence
    assert evidence.supports == (CKG["participantRole"], CKG["count"])
    assert evidence.json_pointer == "/protocolSection/designModule/enrollmentInfo"


@pytest.mark.parametrize("number", [5, 9])
def test_without_an_enrolment_nobody_is_counted(
    imported: dict[int, ImportedStudy], number: int
) -> None:
    assert imported[number].study.participants == ()


def test_every_number_of_the_flow_is_taken_in(imported: dict[int, ImportedStudy]) -> None:
    found = {
        each.iri.value.partition("#")[2]: (
            each.participant_role,
            each.count,
            (each.in_result_group or each.iri).value[-5:],
            (*each.printed_terms, each.reason),
        )
        for each in imported[1].study.participants[1:]
    }
    started, own, left = CKG["Started"], CKG["RoleNotStated"], CKG["NotCompleted"]
    assert found == {
        "flow-0-milestone-0-0": (started, 20, "FG000", ("STARTED", None)),
        "flow-0-milestone-0-1": (started, 19, "FG001", ("STARTED", None)),
        "flow-0-milestone-1-0": (own, 18, "FG000", ("Seen at Week 4", None)),
        "flow-0-milestone-2-0": (left, 0, "FG001", ("NOT COMPLETED", None)),
        "flow-0-withdrawal-0-0": (CKG["Withdrew"], 2, "FG000", ("Lost to Follow-up",)),
    }
    assert imported[1].not_taken["a group of the participant flow without a number of people"] == 1
    assert {each.time_label for each in imported[1].study.participants} == {None, "Overall Study"}


def test_a_number_points_at_itself_and_its_row_at_the_words(
    imported: dict[int, ImportedStudy],
) -> None:
    number, words, period = imported[1].study.participants[5].evidence
    assert (period.json_pointer, period.supports) == (f"{PERIOD}/title", (CKG["timeLabel"],))
    assert number.json_pointer == f"{PERIOD}/dropWithdraws/0/reasons/0"
    assert number.supports == (CKG["count"], CKG["inResultGroup"])
    assert (words.json_pointer, words.quote) == (
        f"{PERIOD}/dropWithdraws/0/type",
        "Lost to Follow-up",
    )
    assert imported[1].study.participants[5].principal_evidence == words.iri


def test_a_row_without_a_name_is_still_counted() -> None:
    flow = {
        "groups": [{"id": "FG000", "title": "All"}],
        "periods": [{"milestones": [{"achievements": [{"groupId": "FG000", "numSubjects": "3"}]}]}],
    }
    (count,) = import_one(
        BARE | {"resultsSection": {"participantFlowModule": flow}}
    ).study.participants
    assert (count.participant_role, count.count) == (CKG["RoleNotStated"], 3)
    assert (count.printed_terms, count.time_label) == ((), None)
    assert count.evidence[1].json_pointer == f"{PERIOD}/milestones/0"
