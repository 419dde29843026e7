"""Small registry records, made up for the tests of the import."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

MakeRecord = Callable[..., Any]
"""Makes a study object out of a number."""


def _record(
    number: int, *, updated: str = "2020-01-01", title: str = "", cells: bool = True
) -> Any:  # noqa: ANN401 - JSON
    """Make a study object with two arms, a results table, sites and references."""
    given = "Mesenchymal stem cells" if cells else "Aspirin"
    nct_id = f"NCT{number:08d}"
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": nct_id,
                "briefTitle": title or f"{given} in Stroke, Study {number}",
            },
            "statusModule": {
                "overallStatus": "COMPLETED",
                "lastUpdatePostDateStruct": {"date": updated, "type": "ACTUAL"},
            },
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Hospital A", "class": "OTHER"}},
            "conditionsModule": {"conditions": ["Stroke"]},
            "designModule": {
                "studyType": "INTERVENTIONAL",
                "phases": ["PHASE1"],
                "enrollmentInfo": {"count": 20, "type": "ACTUAL"},
            },
            "armsInterventionsModule": {
                "armGroups": [
                    {
                        "label": "Cells",
                        "type": "EXPERIMENTAL",
                        "interventionNames": [f"Biological: {given}"],
                    },
                    {
                        "label": "Placebo",
                        "type": "PLACEBO_COMPARATOR",
                        "interventionNames": ["Drug: Saline"],
                    },
                ],
                "interventions": [
                    {
                        "type": "BIOLOGICAL",
                        "name": given,
                        "description": "Intravenous infusion of 1x10^6 cells/kg",
                        "armGroupLabels": ["Cells"],
                    },
                    {"type": "DRUG", "name": "Saline", "armGroupLabels": ["Placebo"]},
                ],
            },
            "contactsLocationsModule": {
                "locations": [
                    {"facility": "HOSPITAL A", "city": "Lund", "country": "Sweden"},
                    {"city": "Oslo", "country": "Norway"},
                ]
            },
            "referencesModule": {
                "references": [{"pmid": "12345678", "type": "RESULT", "citation": "A. 2020."}]
            },
        },
        "resultsSection": {
            "adverseEventsModule": {
                "frequencyThreshold": "5",
                "eventGroups": [
                    {"id": "EG000", "title": "Cells"},
                    {"id": "EG001", "title": "Placebo"},
                ],
                "otherEvents": [
                    {
                        "term": "Pyrexia",
                        "organSystem": "General disorders",
                        "stats": [
                            {"groupId": "EG000", "numAffected": 3, "numAtRisk": 10},
                            {"groupId": "EG001", "numAffected": 0, "numAtRisk": 10},
                        ],
                    }
                ],
            }
        },
        "derivedSection": {"miscInfoModule": {"versionHolder": "2024-01-01"}},
        "hasResults": True,
    }


def _lines(*records: Any) -> bytes:  # noqa: ANN401 - JSON
    """Write records as JSON Lines."""
    return b"".join(json.dumps(each).encode() + b"\n" for each in records)


@pytest.fixture(scope="session")
def record() -> MakeRecord:
    """Make a study object of a number, a version and a title, with cells or without."""
    return _record


@pytest.fixture(scope="session")
def lines() -> Callable[..., bytes]:
    """Write study objects as JSON Lines."""
    return _lines
