from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.importers.ctgov.made_up_records import BARE
from tests.importers.ctgov.one_record import import_one

from cellkg.vocabulary import CKG, STUDY

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy

ONE_ARM = "The study has one arm, and the table counts one group."


def arms_of_groups(found: ImportedStudy) -> dict[str, str | None]:
    """From the name of each group to that of its arm."""
    return {
        group.iri.value.partition("#")[2]: (
            group.in_arms[0].value.partition("#")[2] if group.in_arms else None
        )
        for group in found.study.result_groups
    }


def test_groups_are_arms_where_their_titles_have_the_words_of_one_label(
    imported: dict[int, ImportedStudy],
) -> None:
    assert arms_of_groups(imported[1]) == {
        "flow-FG000": "arm-0",
        "flow-FG001": "arm-1",  # "The placebo group" and "Placebo Arm"
        "events-EG000": "arm-0",
        "events-EG001": "arm-1",
        "events-EG002": None,
        "outcome-0-OG000": "arm-0",
        "outcome-0-OG001": None,  # "Others", though it can only be the placebo arm
    }


def test_one_group_of_one_arm_is_that_arm(imported: dict[int, ImportedStudy]) -> None:
    assert arms_of_groups(imported[2]) == {
        "flow-FG000": None,
        "flow-FG001": None,  # "High Dose Cells" has another order than "Cells, high dose"
        "events-EG000": "arm-0",
    }
    (group,) = (each for each in imported[2].study.result_groups if each.in_arms)
    assert group.evidence[1].reasoning == ONE_ARM


def test_labels_with_the_same_words_tell_nothing(imported: dict[int, ImportedStudy]) -> None:
    assert arms_of_groups(imported[3]) == {
        "events-EG000": None,  # "Arm 1" and "Group 1"
        "events-EG001": None,
        "events-EG002": "arm-2",  # a label of nothing but "Arm"
        "events-EG003": None,
    }
    assert imported[3].study.result_groups[3].printed_terms == ("EG003",)


def test_a_link_says_how_it_is_known(imported: dict[int, ImportedStudy]) -> None:
    group = imported[1].study.result_groups[1]
    title, arm = group.evidence
    assert group.iri == STUDY["NCT90000001#flow-FG001"]
    assert group.results_table == CKG["ParticipantFlowTable"]
    assert (title.quote, title.status) == ("The placebo group", CKG["Stated"])
    assert arm.supports == (CKG["inArm"],)
    assert arm.status == CKG["Inferred"]
    assert arm.reasoning == (
        "The title has the words of the label of one arm, 'The placebo group'."
    )
    assert arm.json_pointer == "/resultsSection/participantFlowModule/groups/1"


def test_each_table_has_groups_of_its_own(imported: dict[int, ImportedStudy]) -> None:
    tables = [each.results_table for each in imported[1].study.result_groups]
    assert tables == [
        *[CKG["ParticipantFlowTable"]] * 2,
        *[CKG["AdverseEventTable"]] * 3,
        *[CKG["OutcomeTable"]] * 2,
    ]


@pytest.mark.parametrize(
    ("labels", "title", "linked"),
    [
        (["Low dose", "High dose"], "HIGH DOSE (n=5)", False),
        (["Low dose", "High dose"], "high&nbsp;dose", True),
        (["1x10\\^6", "1x10\\^7"], "1x10^7", True),
        (["A", "B"], "A+B", False),
        (["A", "B"], "", False),
        (["", "B"], "[no label printed]", False),
        (["\u5e72\u7ec6\u80de", "B"], "\u5e72\u7ec6\u80de", True),
        (["+", "-"], "-", False),
    ],
)
def test_a_title_is_compared_word_by_word(labels: list[str], title: str, *, linked: bool) -> None:
    record = {
        "protocolSection": {
            **BARE["protocolSection"],
            "armsInterventionsModule": {"armGroups": [{"label": label} for label in labels]},
        },
        "resultsSection": {
            "adverseEventsModule": {
                "eventGroups": [{"id": "EG000", "title": title}, {"id": "EG001", "title": "?"}]
            }
        },
    }
    assert bool(import_one(record).study.result_groups[0].in_arms) is linked
