"""Registry records for the benchmark of the import: made up, or given and renumbered."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NUMBERS_A_ROUND: Final = 10_000_000
"""How far the numbers of one round of the same records are from those of the next."""

_EVENTS: Final = ("Pyrexia", "Headache", "Nausea", "Back pain", "Sepsis", "Anaemia", "Fatigue")
_SYSTEMS: Final = ("General disorders", "Nervous system disorders", "Gastrointestinal disorders")
_TOWNS: Final = (("Lund", "Sweden"), ("Oslo", "Norway"), ("Kyoto", "Japan"), ("Quito", "Ecuador"))


def read(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Read study objects, one on each line, from files that may be in gzip."""
    for path in paths:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


def write(records: Iterator[dict[str, Any]], path: Path) -> int:
    """Write study objects, one on each line, as gzip, and count them."""
    count = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    return count


def repeated(paths: Sequence[Path], times: int) -> Iterator[dict[str, Any]]:
    """Give the records again and again, each time under other numbers.

    Args:
        paths: Files for `read`.
        times: How often.
    """
    for turn in range(times):
        for record in read(paths):
            names = record["protocolSection"]["identificationModule"]
            names["nctId"] = _moved(names["nctId"], turn)
            if "nctIdAliases" in names:
                names["nctIdAliases"] = [_moved(each, turn) for each in names["nctIdAliases"]]
            yield record


def _moved(nct_id: str, turn: int) -> str:
    number = int(nct_id.removeprefix("NCT"))
    return f"NCT{(number + turn * NUMBERS_A_ROUND) % (10 * NUMBERS_A_ROUND):08d}"


def made_up(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Make records up: the same for the same seed; half of them with results.

    Args:
        count: How many.
        seed: What chance begins with.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for number in range(1, count + 1):
        record: dict[str, Any] = {"protocolSection": _protocol(number, chance)}
        if number % 2:
            record["resultsSection"] = _results(chance)
        yield record


def _protocol(number: int, chance: random.Random) -> dict[str, Any]:
    given = chance.choice(("Mesenchymal stem cells", "Bone marrow mononuclear cells"))
    condition = chance.choice(("Stroke", "Heart Failure", "Knee Osteoarthritis"))
    return {
        "identificationModule": {
            "nctId": f"NCT{number:08d}",
            "briefTitle": f"{given} in {condition}, Study {number}",
        },
        "statusModule": {
            "overallStatus": chance.choice(("COMPLETED", "RECRUITING", "UNKNOWN")),
            "lastUpdatePostDateStruct": {"date": "2020-01-01", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {
            "leadSponsor": {"name": f"Hospital {number % 97}", "class": "OTHER"}
        },
        "conditionsModule": {"conditions": [condition]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": [chance.choice(("PHASE1", "PHASE2"))],
            "enrollmentInfo": {"count": chance.randint(5, 200), "type": "ACTUAL"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                {"label": "Cells", "type": "EXPERIMENTAL"},
                {"label": "Placebo", "type": "PLACEBO_COMPARATOR"},
            ],
            "interventions": [
                {
                    "type": "BIOLOGICAL",
                    "name": given,
                    "description": f"Intravenous infusion of {chance.randint(1, 9)}x10^6 cells/kg",
                    "armGroupLabels": ["Cells"],
                },
                {"type": "DRUG", "name": "Saline", "armGroupLabels": ["Placebo"]},
            ],
        },
        "outcomesModule": {
            "primaryOutcomes": [{"measure": f"Safety of {given}", "timeFrame": "12 months"}]
        },
        "contactsLocationsModule": {
            "locations": [
                {"facility": f"Clinic {chance.randint(1, 300)}", "city": city, "country": country}
                for city, country in chance.sample(_TOWNS, 2)
            ]
        },
        "referencesModule": {
            "references": [{"pmid": str(chance.randint(10**6, 10**7)), "type": "RESULT"}]
        },
    }


def _results(chance: random.Random) -> dict[str, Any]:
    groups = [{"id": "EG000", "title": "Cells"}, {"id": "EG001", "title": "Placebo"}]
    return {
        "adverseEventsModule": {
            "frequencyThreshold": "5",
            "eventGroups": groups,
            **{
                kind: [
                    {
                        "term": event,
                        "organSystem": chance.choice(_SYSTEMS),
                        "assessmentType": "SYSTEMATIC_ASSESSMENT",
                        "stats": [
                            {
                                "groupId": group["id"],
                                "numAffected": chance.randint(0, 9),
                                "numAtRisk": 20,
                            }
                            for group in groups
                        ],
                    }
                    for event in chance.sample(_EVENTS, 5)
                ]
                for kind in ("seriousEvents", "otherEvents")
            },
        }
    }
