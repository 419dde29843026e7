from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.importers.ctgov.made_up_records import BARE
from tests.importers.ctgov.one_record import import_one

from cellkg.vocabulary import CKG, TERM

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy
    from cellkg.records import Study


def with_module(**modules: object) -> Study:
    protocol = BARE["protocolSection"] | {f"{name}Module": each for name, each in modules.items()}
    return import_one({"protocolSection": protocol}).study


def test_texts_read_as_people_would_read_them(imported: dict[int, ImportedStudy]) -> None:
    study = imported[6].study
    assert study.title == "10^7 cells < 5\u00b2 [HSA] \uff08\u7ec6\u80de\uff09"
    assert study.official_title == ("A rather long title of many words " * 6).strip()
    assert study.acronym == "X&Y"
    assert study.printed_conditions == ("Alzheimer's",)
    quotes = {each.iri.value.partition("#")[2]: each.quote for each in study.evidence}
    assert (
        quotes["study-title"]
        == "10\\^7 cells &amp;lt; 5\u00b2 \\[HSA\\]\u200b \uff08\u7ec6\u80de\uff09"
    )
    assert quotes["study-official-title"] is None  # too long to be quoted, so it is pointed at


def test_a_study_without_a_title_is_called_by_its_number(
    imported: dict[int, ImportedStudy],
) -> None:
    assert imported[9].study.title == "NCT90000009"
    (title, _) = imported[9].study.evidence
    assert title.json_pointer == "/protocolSection/identificationModule/nctId"
    identification = {"nctId": "NCT90000009", "briefTitle": " ", "officialTitle": "Official"}
    assert with_module(identification=identification).title == "Official"


def test_numbers_of_trial_registries_are_told_from_others(
    imported: dict[int, ImportedStudy],
) -> None:
    study = imported[7].study
    assert study.identifiers == (
        "clinicaltrials:NCT90000007",
        "euclinicaltrials:2006-006163-12",
        "isrctn:ISRCTN10175490",
    )
    assert study.former_identifiers == ("clinicaltrials:NCT00000007",)
    assert study.other_identifiers == (
        "SP-12",
        "R01HL12345 (NIH)",
        "0000-0001-5109-3700 (Lab)",
    )
    assert imported[7].not_taken["a former number that is no number of a registry"] == 1


def test_a_stopped_study_says_why(imported: dict[int, ImportedStudy]) -> None:
    study = imported[7].study
    assert study.study_status == CKG["Terminated"]
    assert study.why_stopped == "Slow accrual"
    assert (study.start_date, study.start_date_kind) == ("2010-01-31", CKG["ActualDate"])
    assert (study.primary_end_date, study.primary_end_date_kind) == (None, None)
    assert (study.end_date, study.end_date_kind) == ("2011-02", CKG["ActualDate"])
    assert study.results_posted == "2012-12-12"


def test_a_reason_without_a_stop_is_left_out_and_counted(
    imported: dict[int, ImportedStudy],
) -> None:
    assert imported[8].study.study_status == CKG["CompletedStudy"]
    assert imported[8].study.why_stopped is None
    assert imported[8].not_taken["the reason for stopping a study that was not stopped"] == 1


def test_an_observational_study_with_dates_of_every_kind(
    imported: dict[int, ImportedStudy],
) -> None:
    study = imported[4].study
    assert study.study_status == CKG["UnknownStatus"]
    assert study.last_known_status == CKG["Recruiting"]
    assert (study.start_date, study.start_date_kind) == ("2019", None)
    assert study.primary_end_date == "2020-07"
    assert study.primary_end_date_kind == CKG["EstimatedDate"]
    assert (study.end_date, study.end_date_kind) == (None, None)  # a kind of no date is no fact
    assert study.design_features == (TERM["observational-study"], TERM["cohort-study"])
    assert study.temporal_direction == TERM["prospective"]
    assert (study.phases, study.masking, study.allocation) == ((), (), ())


def test_a_trial_with_its_design(imported: dict[int, ImportedStudy]) -> None:
    study = imported[1].study
    assert study.phases == (TERM["phase-1-2"],)
    assert study.design_features == (TERM["interventional-study"],)
    assert study.masking == (TERM["quadruple-blind"],)
    assert study.allocation == (TERM["randomized-controlled-trial"],)
    assert study.intervention_models == (TERM["parallel-group-design"],)
    assert study.primary_purpose == "treatment"


def test_phases_that_are_none_are_no_phase(imported: dict[int, ImportedStudy]) -> None:
    assert imported[2].study.phases == ()  # "NA"
    assert not imported[2].not_taken
    assert imported[3].study.phases == ()
    assert imported[3].not_taken == {"the phases PHASE3, PHASE1": 1}
    assert imported[5].study.phases == ()
    assert imported[5].study.design_features == (TERM["expanded-access-compassionate-use"],)
    assert imported[5].study.study_status == CKG["Available"]


def test_an_unknown_word_is_left_out_and_counted() -> None:
    found = import_one(
        {
            "protocolSection": {
                **BARE["protocolSection"],
                "statusModule": {"overallStatus": "PAUSED" * 99, "lastKnownStatus": " "},
            }
        }
    )
    assert (found.study.study_status, found.study.last_known_status) == (None, None)
    (note,) = found.not_taken
    assert note.startswith("the word 'PAUSEDPAUSED")
    assert note.endswith("of overallStatus")
    assert len(note) < 130


def test_conditions_are_kept_as_printed_and_named_once(
    imported: dict[int, ImportedStudy],
) -> None:
    study = imported[1].study
    assert study.printed_conditions == ("Stroke", "Brain Infarction", "Something Else")
    assert study.conditions == (TERM["stroke"],)
    (evidence,) = (each for each in study.evidence if CKG["condition"] in each.supports)
    assert evidence.json_pointer == "/protocolSection/conditionsModule/conditions/0"
    assert (evidence.quote, evidence.status) == ("Stroke", CKG["Inferred"])


@pytest.mark.parametrize("number", [4, 5, 6, 9])
def test_what_is_not_said_is_not_made_up(imported: dict[int, ImportedStudy], number: int) -> None:
    study = imported[number].study
    assert (study.arms, study.result_groups, study.adverse_event_findings) == ((), (), ())
    assert (study.outcome_findings, study.statistical_analyses) == ((), ())
    assert (study.why_stopped, study.results_posted, study.references) == (None, None, ())
