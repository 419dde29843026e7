"""Results sections of made-up study objects."""

from __future__ import annotations

from typing import Any, Final

Json = Any
"""Whatever JSON may hold."""


def _stat(group: str, **numbers: int) -> Json:
    return {"groupId": group, **numbers}


ALL_TABLES: Final = {
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
}
"""Flow, adverse events and an outcome of two arms, with what may be missing."""


def _outcome(title: str | None, value: Json, **more: Json) -> Json:
    return {
        **({} if title is None else {"title": title}),
        "groups": [{"id": "OG000", "title": "All"}],
        "classes": [{"categories": [{"measurements": [{"groupId": "OG000", **value}]}]}],
        **more,
    }


VALUES_OF_EVERY_KIND: Final = {
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
"""Outcomes whose values are printed in every way."""
