"""Study objects as the registry's API gives them, made up by hand so that every case occurs.

`STUDIES` holds them by number. `import_one` takes one in as an import does: from its bytes.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from cellkg.importers.ctgov import ImportedStudy, import_study, version_of
from cellkg.importers.prose import ProseReader
from cellkg.importers.reading import Place, RawRecord, parse
from cellkg.terms import Term, TermIndex
from cellkg.vocabulary import TERM

Json = Any
"""Whatever JSON may hold."""

_TERMS: Final = (
    ("cell-types", "mesenchymal-stromal-cell", "mesenchymal stromal cell", "MSC"),
    ("donors", "autologous", "autologous", "patient's own"),
    ("donors", "allogeneic", "allogeneic", "from another person"),
    ("routes", "intravenous", "intravenous", "intravenously"),
    ("conditions", "stroke", "stroke", "brain infarction"),
    ("adverse-events", "fever", "fever", "pyrexia"),
    ("adverse-events", "headache", "headache", "cephalgia"),
    ("outcome-measures", "six-minute-walk-test", "six-minute walk test", "6MWT"),
)


@cache
def prose_reader() -> ProseReader:
    """Make a reader of a few terms, so that no test hangs on the growth of the vocabulary."""
    return ProseReader(
        TermIndex.from_terms(
            [
                Term(TERM[name].value, kind, label, (synonym,))
                for kind, name, label, synonym in _TERMS
            ]
        )
    )


def parsed(record: Json) -> dict[str, Any]:
    """Read a study object from its bytes, as an import does."""
    return parse(RawRecord(Place("made-up.json"), json.dumps(record).encode()))


def import_one(record: Json) -> ImportedStudy:
    """Take in one study object."""
    study = parsed(record)
    return import_study(study, prose_reader(), "made-up.json", version_of(study, "made-up.json"))


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


def _stat(group: str, **numbers: int) -> Json:
    return {"groupId": group, **numbers}


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
    "resultsSection": {
        "participantFlowModule": {
            "groups": [
                {"id": "FG000", "title": "MSC"},
                {"id": "FG001", "title": "The placebo group"},
            ],
            "periods": [
                {
                    "title": "Overall Study",
                    "milestones": [
                        {
                            "type": "STARTED",
                            "achievements": [
                                {"groupId": "FG000", "numSubjects": "20"},
                                {"groupId": "FG001", "numSubjects": "19"},
                            ],
                        },
                        {
                            "type": "Seen at Week 4",
                            "achievements": [
                                {"groupId": "FG000", "numSubjects": "18"},
                                {"groupId": "FG001"},
                            ],
                        },
                        {
                            "type": "NOT COMPLETED",
                            "achievements": [{"groupId": "FG001", "numSubjects": "0"}],
                        },
                    ],
                    "dropWithdraws": [
                        {
                            "type": "Lost to Follow-up",
                            "reasons": [{"groupId": "FG000", "numSubjects": "2"}],
                        }
                    ],
                }
            ],
        },
        "adverseEventsModule": {
            "frequencyThreshold": "5",
            "timeFrame": "1 year",
            "eventGroups": [
                {
                    "id": "EG000",
                    "title": "MSC",
                    "deathsNumAffected": 1,
                    "deathsNumAtRisk": 20,
                    "seriousNumAffected": 3,
                    "seriousNumAtRisk": 20,
                    "otherNumAffected": 0,
                    "otherNumAtRisk": 20,
                },
                {
                    "id": "EG001",
                    "title": "Placebo",
                    "deathsNumAffected": 0,
                    "deathsNumAtRisk": 19,
                    "seriousNumAtRisk": 19,
                },
                {
                    "id": "EG002",
                    "title": "Never treated",
                    "deathsNumAffected": 0,
                    "deathsNumAtRisk": 0,
                },
            ],
            "seriousEvents": [
                {
                    "term": "Pyrexia",
                    "organSystem": "General disorders",
                    "sourceVocabulary": "MedDRA (24.0)",
                    "assessmentType": "SYSTEMATIC_ASSESSMENT",
                    "stats": [
                        _stat("EG000", numEvents=4, numAffected=3, numAtRisk=20),
                        _stat("EG001", numEvents=0, numAffected=0, numAtRisk=19),
                        _stat("EG002", numAffected=0, numAtRisk=0),
                    ],
                }
            ],
            "otherEvents": [
                {
                    "term": "Itching of the nose",
                    "assessmentType": "NON_SYSTEMATIC_ASSESSMENT",
                    "stats": [
                        _stat("EG000", numAtRisk=20),
                        _stat("EG001", numEvents=2, numAtRisk=19),
                        _stat("EG002", numEvents=0, numAtRisk=5),
                    ],
                },
                {"term": " ", "stats": [_stat("EG001", numAffected=0)]},
            ],
        },
        "outcomeMeasuresModule": {
            "outcomeMeasures": [
                {
                    "type": "PRIMARY",
                    "title": "Six-Minute Walk Test",
                    "timeFrame": "6 months",
                    "paramType": "MEAN",
                    "dispersionType": "Standard Deviation",
                    "unitOfMeasure": "m",
                    "groups": [{"id": "OG000", "title": "MSC"}, {"id": "OG001", "title": "Others"}],
                    "denoms": [
                        {
                            "units": "Participants",
                            "counts": [
                                {"groupId": "OG000", "value": "18"},
                                {"groupId": "OG001", "value": "17"},
                            ],
                        }
                    ],
                    "classes": [
                        {
                            "categories": [
                                {
                                    "measurements": [
                                        {"groupId": "OG000", "value": "312.50", "spread": "4.1"},
                                        {"groupId": "OG001", "value": "NA", "spread": "NA"},
                                    ]
                                }
                            ]
                        }
                    ],
                    "analyses": [
                        {
                            "groupIds": ["OG000", "OG001", "OG000"],
                            "nonInferiorityType": "SUPERIORITY_OR_OTHER",
                            "pValue": "<0.001, two-sided",
                            "statisticalMethod": "ANCOVA",
                            "paramType": "Mean Difference (Net)",
                            "paramValue": "-3.20",
                            "dispersionType": "STANDARD_ERROR_OF_MEAN",
                            "dispersionValue": "1.1",
                            "ciPctValue": "95",
                            "ciLowerLimit": "-5",
                            "ciUpperLimit": "<0.1",
                        },
                        {"groupIds": ["OG001"], "pValue": "0.04"},
                    ],
                }
            ]
        },
    },
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


def _outcome(title: str | None, value: Json, **more: Json) -> Json:
    return {
        **({} if title is None else {"title": title}),
        "groups": [{"id": "OG000", "title": "All"}],
        "classes": [{"categories": [{"measurements": [{"groupId": "OG000", **value}]}]}],
        **more,
    }


OUTCOMES: Final = _study(
    8, status={"overallStatus": "COMPLETED", "whyStopped": "It was not", "whyNot": 1}
) | {
    "resultsSection": {
        "outcomeMeasuresModule": {
            "outcomeMeasures": [
                _outcome(
                    "Median",
                    {"value": "3", "lowerLimit": "1", "upperLimit": "9.0"},
                    paramType="MEDIAN",
                    dispersionType="Full Range",
                    type="SECONDARY",
                ),
                _outcome(
                    "Interval",
                    {"value": "<0.1", "lowerLimit": "0.01", "upperLimit": "NA"},
                    paramType="GEOMETRIC_MEAN",
                    dispersionType="95% Confidence Interval",
                    type="POST_HOC",
                ),
                _outcome(None, {"value": "1.5", "spread": "0.2"}, dispersionType="Standard Error"),
                {
                    "type": "OTHER_PRE_SPECIFIED",
                    "title": "Answers",
                    "paramType": "COUNT_OF_PARTICIPANTS",
                    "groups": [{"id": "OG000", "title": "All"}],
                    "denoms": [
                        {"units": "Participants", "counts": [{"groupId": "OG000", "value": "10"}]},
                        {"units": "Eyes", "counts": [{"groupId": "OG000", "value": "20"}]},
                    ],
                    "classes": [
                        {
                            "title": "Week 1",
                            "denoms": [
                                {
                                    "units": "Participants",
                                    "counts": [{"groupId": "OG000", "value": "9"}],
                                }
                            ],
                            "categories": [
                                {
                                    "title": "Yes",
                                    "measurements": [{"groupId": "OG000", "value": "4"}],
                                },
                                {
                                    "title": "No",
                                    "measurements": [{"groupId": "OG000", "value": "4.5"}],
                                },
                            ],
                        },
                        {
                            "categories": [
                                {"title": "Yes", "measurements": [{"groupId": "OG000"}]},
                                {"measurements": [{"groupId": "OG000", "value": "0"}]},
                            ]
                        },
                    ],
                    "analyses": [{"groupIds": []}],
                },
                {
                    "type": "PRIMARY",
                    "title": "Nothing was measured",
                    "groups": [{"id": "OG000", "title": "All"}],
                    "denoms": [{"units": "Participants", "counts": [{"groupId": "OG000"}]}],
                },
            ]
        }
    }
}
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
