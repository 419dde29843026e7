"""The closed lists of the registry, and what they are in cellkg.

The words are those of the registry's own description of its API, version 2.0.3.
"""

from __future__ import annotations

from typing import Final

from cellkg.vocabulary import CKG, TERM

STATUSES: Final = {
    "ACTIVE_NOT_RECRUITING": CKG["ActiveNotRecruiting"],
    "COMPLETED": CKG["CompletedStudy"],
    "ENROLLING_BY_INVITATION": CKG["EnrollingByInvitation"],
    "NOT_YET_RECRUITING": CKG["Planned"],
    "RECRUITING": CKG["Recruiting"],
    "SUSPENDED": CKG["Suspended"],
    "TERMINATED": CKG["Terminated"],
    "WITHDRAWN": CKG["Withdrawn"],
    "AVAILABLE": CKG["Available"],
    "NO_LONGER_AVAILABLE": CKG["NoLongerAvailable"],
    "TEMPORARILY_NOT_AVAILABLE": CKG["TemporarilyNotAvailable"],
    "APPROVED_FOR_MARKETING": CKG["ApprovedForMarketing"],
    "WITHHELD": CKG["WithheldStatus"],
    "UNKNOWN": CKG["UnknownStatus"],
}
DATE_KINDS: Final = {"ACTUAL": CKG["ActualDate"], "ESTIMATED": CKG["EstimatedDate"]}
PHASES: Final = {
    (): (),
    ("NA",): (),
    ("EARLY_PHASE1",): (TERM["early-phase-1"],),
    ("PHASE1",): (TERM["phase-1"],),
    ("PHASE1", "PHASE2"): (TERM["phase-1-2"],),
    ("PHASE2",): (TERM["phase-2"],),
    ("PHASE2", "PHASE3"): (TERM["phase-2-3"],),
    ("PHASE3",): (TERM["phase-3"],),
    ("PHASE4",): (TERM["phase-4"],),
}
"""A study of two phases is one of a phase between them; "NA" says that phases do not apply."""

MASKING: Final = {
    "NONE": TERM["open-label"],
    "SINGLE": TERM["single-blind"],
    "DOUBLE": TERM["double-blind"],
    "TRIPLE": TERM["triple-blind"],
    "QUADRUPLE": TERM["quadruple-blind"],
}
ALLOCATION: Final = {
    "NA": None,
    "RANDOMIZED": TERM["randomized-controlled-trial"],
    "NON_RANDOMIZED": TERM["non-randomized-trial"],
}
INTERVENTION_MODELS: Final = {
    "CROSSOVER": TERM["crossover-design"],
    "FACTORIAL": TERM["factorial-design"],
    "PARALLEL": TERM["parallel-group-design"],
    "SEQUENTIAL": TERM["sequential-design"],
    "SINGLE_GROUP": TERM["single-group-design"],
}
OBSERVATIONAL_MODELS: Final = {
    "COHORT": TERM["cohort-study"],
    "CASE_CONTROL": TERM["case-control-study"],
}
"""The rarer ones have no term and are told as design features that were not taken in."""

TIME_PERSPECTIVES: Final = {
    "CROSS_SECTIONAL": TERM["cross-sectional"],
    "PROSPECTIVE": TERM["prospective"],
    "RETROSPECTIVE": TERM["retrospective"],
}
STUDY_TYPES: Final = {
    "EXPANDED_ACCESS": TERM["expanded-access-compassionate-use"],
    "INTERVENTIONAL": TERM["interventional-study"],
    "OBSERVATIONAL": TERM["observational-study"],
}
ARM_ROLES: Final = {
    "EXPERIMENTAL": TERM["experimental-arm"],
    "ACTIVE_COMPARATOR": TERM["active-comparator-arm"],
    "PLACEBO_COMPARATOR": TERM["placebo-control-arm"],
    "SHAM_COMPARATOR": TERM["sham-comparator-arm"],
    "NO_INTERVENTION": TERM["no-intervention-arm"],
    "OTHER": TERM["other-arm"],
}
ENDPOINT_ROLES: Final = {
    "PRIMARY": TERM["primary-endpoint"],
    "SECONDARY": TERM["secondary-endpoint"],
    "OTHER_PRE_SPECIFIED": TERM["other-endpoint"],
    "POST_HOC": TERM["other-endpoint"],
}
REFERENCE_KINDS: Final = {
    "BACKGROUND": CKG["BackgroundReference"],
    "RESULT": CKG["ResultReference"],
    "DERIVED": CKG["DerivedReference"],
}
ASSESSMENT_KINDS: Final = {
    "SYSTEMATIC_ASSESSMENT": CKG["SystematicAssessment"],
    "NON_SYSTEMATIC_ASSESSMENT": CKG["NonSystematicAssessment"],
}
MILESTONES: Final = {
    "STARTED": CKG["Started"],
    "COMPLETED": CKG["Completed"],
    "NOT COMPLETED": CKG["NotCompleted"],
}
"""A milestone with another name is one of the study's own, whose role nobody can tell."""


def words_of(enumerated: str) -> str:
    """Write a word of the registry's closed lists as people do.

    Example:
        >>> words_of("COUNT_OF_PARTICIPANTS")
        'count of participants'
    """
    return enumerated.replace("_", " ").lower()
