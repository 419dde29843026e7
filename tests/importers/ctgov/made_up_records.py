"""Study objects as the registry's API gives them, made up by hand so that every case occurs."""

from __future__ import annotations

from typing import Any, Final

from tests.importers.ctgov.made_up_results import ALL_TABLES, VALUES_OF_EVERY_KIND

Json = Any
"""Whatever JSON may hold."""


def _study(number: int, **modules: Json) -> Json:
    """Make a study object with the modules of its protocol."""
    identification = {"nctId": f"NCT{90000000 + number}", "briefTitle": f"Study {number}"}
    identification |= modules.pop("identification", {})
    named = {f"{name}Module": module for name, module in modules.items()}
    return {"protocolSection": {"identificationModule": identification, **named}}


def _interventional(*phases: str, arms: Json, interventions: Json) -> Json:
    return {
        "design": {
            "studyType": "INTERVENTIONAL",
            **({"phases": list(phases)} if phases else {}),
            "designInfo": {
                "allocation": "RANDOMIZED",
                "interventionModel": "PARALLEL",
                "primaryPurpose": "TREATMENT",
                "maskingInfo": {"masking": "QUADRUPLE"},
            },
            "enrollmentInfo": {"count": 40, "type": "ACTUAL"},
        },
        "armsInterventions": {"armGroups": arms, "interventions": interventions},
    }


CELLS_AND_PLACEBO: Final = _interventional(
    "PHASE1",
    "PHASE2",
    arms=[
        {
            "label": "MSC",
            "type": "EXPERIMENTAL",
            "description": "Two infusions four weeks apart",
            "interventionNames": [
                "Biological: Mesenchymal stromal cells",
                "Dietary Supplement: Zinc",
            ],
        },
        {"label": "Placebo Arm", "type": "PLACEBO_COMPARATOR"},
    ],
    interventions=[
        {
            "type": "BIOLOGICAL",
            "name": "Mesenchymal stromal cells",
            "description": "Given intravenously, 2x10^6 cells/kg",
            "armGroupLabels": ["MSC"],
        },
        {"type": "DRUG", "name": "Saline", "armGroupLabels": ["Placebo Arm"]},
        {"type": "DIETARY_SUPPLEMENT", "name": "Zinc"},
        {"type": "DEVICE", "name": "Pump"},
    ],
)

WITH_RESULTS: Final = _study(
    1,
    **CELLS_AND_PLACEBO,
    conditions={"conditions": ["Stroke", "Brain Infarction", "Stroke", "Something Else"]},
    outcomes={
        "primaryOutcomes": [{"measure": "Six-Minute Walk Test", "timeFrame": "6 months"}],
        "secondaryOutcomes": [{"measure": "Smell"}, {"measure": "Taste"}],
        "otherOutcomes": [{"measure": "Touch"}],
    },
) | {
    "hasResults": True,
    "resultsSection": ALL_TABLES,
}
"""Two arms and a comparator, with all tables."""

ONE_ARM: Final = _study(
    2,
    armsInterventions={
        "armGroups": [{"label": "Cells, high dose"}],
        "interventions": [
            {"name": "MSC", "type": "GENETIC", "armGroupLabels": ["Cells, high dose"]}
        ],
    },
    design={"phases": ["NA"], "enrollmentInfo": {"count": 7}},
) | {
    "resultsSection": {
        "adverseEventsModule": {
            "frequencyThreshold": "0",
            "eventGroups": [{"id": "EG000", "title": "All who were treated"}],
        },
        "participantFlowModule": {
            "groups": [{"id": "FG000", "title": "A"}, {"id": "FG001", "title": "High Dose Cells"}],
        },
    }
}
"""One arm: the one group of a table is that arm, two groups of other titles are none."""

TWIN_LABELS: Final = _study(
    3,
    armsInterventions={
        "armGroups": [
            {"label": "Arm 1"},
            {"label": "Group 1"},
            {"label": "Arm"},
            {"type": "OTHER"},
        ],
    },
    design={"enrollmentInfo": {"count": 0, "type": "ACTUAL"}, "phases": ["PHASE3", "PHASE1"]},
) | {
    "resultsSection": {
        "adverseEventsModule": {
            "eventGroups": [
                {"id": "EG000", "title": "Arm 1"},
                {"id": "EG001", "title": "1"},
                {"id": "EG002", "title": "Arm"},
                {"id": "EG003"},
            ],
        }
    }
}
"""Labels with the same words, a label of nothing but "Arm", and none at all."""

OBSERVED: Final = _study(
    4,
    design={
        "studyType": "OBSERVATIONAL",
        "designInfo": {"observationalModel": "COHORT", "timePerspective": "PROSPECTIVE"},
        "enrollmentInfo": {"count": 500, "type": "ESTIMATED"},
    },
    armsInterventions={
        "interventions": [{"type": "BIOLOGICAL", "name": "MSC"}, {"type": "OTHER", "name": " "}],
    },
    status={
        "overallStatus": "UNKNOWN",
        "lastKnownStatus": "RECRUITING",
        "startDateStruct": {"date": "2019"},
        "primaryCompletionDateStruct": {"date": "2020-07", "type": "ESTIMATED"},
        "completionDateStruct": {"type": "ESTIMATED"},
        "studyFirstPostDateStruct": {"date": "2018-11-05", "type": "ACTUAL"},
        "lastUpdateSubmitDate": "2019-03-01",
    },
)
"""No arms: interventions that are tied to none. Dates of every kind."""

EXPANDED_ACCESS: Final = _study(
    5,
    design={"studyType": "EXPANDED_ACCESS", "nPtrsToThisExpAccNctId": 0},
    status={"overallStatus": "AVAILABLE", "lastUpdatePostDateStruct": {"date": "2022-02-02"}},
) | {"derivedSection": {"miscInfoModule": {"versionHolder": "2023-06-07"}}}
"""Neither phases nor enrolment."""

HARD_TEXTS: Final = _study(
    6,
    identification={
        "briefTitle": "10\\^7 cells &amp;lt; 5\u00b2 \\[HSA\\]\u200b \uff08\u7ec6\u80de\uff09",
        "officialTitle": "  " + "A rather long title of many words " * 6,
        "acronym": "X&Y",
    },
    conditions={"conditions": ["Alzheimer&#39;s", "  "], "keywords": ["x"]},
    sponsorCollaborators={
        "leadSponsor": {"name": "Dr. Maria Mu\u00f1oz", "class": "INDIV"},
        "collaborators": [
            {"name": "The University Hospital, Lund (LUH)", "class": "OTHER"},
            {"name": "UNIVERSITY HOSPITAL LUND"},
            {"class": "NIH"},
        ],
    },
    contactsLocations={
        "locations": [
            {
                "facility": "\u5317\u4eac\u5927\u5b66\u7b2c\u4e00\u533b\u9662",
                "city": "Beijing",
                "country": "China",
                "status": "RECRUITING",
            },
            {"city": "Lund", "state": "Sk\u00e5ne", "country": "Sweden", "status": "CLOSED"},
            {"facility": "Department of " + "Very Long Names and " * 9},
            {},
        ]
    },
)
"""Escapes, entities, other scripts, people and places without a name."""

TERMINATED: Final = _study(
    7,
    identification={
        "nctIdAliases": ["NCT00000007", "unknown"],
        "orgStudyIdInfo": {"id": "SP-12"},
        "secondaryIdInfos": [
            {"id": "2006-006163-12", "type": "EUDRACT_NUMBER"},
            {"id": "ISRCTN10175490", "type": "REGISTRY", "domain": "ISRCTN"},
            {"id": "R01HL12345", "type": "NIH", "link": "https://example.org"},
            {"id": "0000-0001-5109-3700", "type": "OTHER", "domain": "Lab"},
            {"id": "NCT90000007", "type": "OTHER"},
            {"type": "OTHER"},
        ],
    },
    status={
        "overallStatus": "TERMINATED",
        "whyStopped": "Slow\naccrual",
        "startDateStruct": {"date": "2010-01-31", "type": "ACTUAL"},
        "completionDateStruct": {"date": "2011-02", "type": "ACTUAL"},
        "resultsFirstPostDateStruct": {"date": "2012-12-12"},
        "lastUpdatePostDateStruct": {"date": "2013-01-01"},
    },
    references={
        "references": [
            {"pmid": "31779196", "type": "DERIVED", "citation": "A. doi: 10.3390/jcm8122102."},
            {"type": "BACKGROUND", "citation": "A book\\."},
            {"pmid": "0", "type": "RESULT", "citation": "B. 10.1002/foo\\_bar"},
            {"pmid": "007", "type": "RESULT", "retractions": [{"pmid": "8", "source": "C"}]},
            {"citation": "Nothing but words"},
        ],
        "seeAlsoLinks": [{"url": "https://example.org"}],
    },
    eligibility={"sex": "ALL"},
    brandNew={"a": 1},
) | {"annotationSection": {"annotationModule": {}}, "surprise": [1]}
"""A stopped study with every kind of identifier and reference."""


OUTCOMES: Final = _study(
    8, status={"overallStatus": "COMPLETED", "whyStopped": "It was not", "whyNot": 1}
) | {"resultsSection": VALUES_OF_EVERY_KIND}
"""Values of every kind."""

BARE: Final = {"protocolSection": {"identificationModule": {"nctId": "NCT90000009"}}}
"""The least that a record can be."""

STUDIES: Final[dict[int, Json]] = dict(
    enumerate(
        (
            *(WITH_RESULTS, ONE_ARM, TWIN_LABELS, OBSERVED, EXPANDED_ACCESS, HARD_TEXTS),
            *(TERMINATED, OUTCOMES, BARE),
        ),
        start=1,
    )
)
"""All of them by number."""
