"""Which modules of a registry record are taken in, and what is left out, by name.

The modules are those of the registry's own description of its API, version 2.0.3.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAKEN: Final = frozenset(
    {
        "hasResults",
        "protocolSection/identificationModule",
        "protocolSection/statusModule",
        "protocolSection/sponsorCollaboratorsModule",
        "protocolSection/conditionsModule",
        "protocolSection/designModule",
        "protocolSection/armsInterventionsModule",
        "protocolSection/outcomesModule",
        "protocolSection/contactsLocationsModule",
        "protocolSection/referencesModule",
        "resultsSection/participantFlowModule",
        "resultsSection/outcomeMeasuresModule",
        "resultsSection/adverseEventsModule",
    }
)
_LEFT_OUT: Final = {
    "protocolSection/oversightModule": "oversight",
    "protocolSection/descriptionModule": "summary and description",
    "protocolSection/eligibilityModule": "eligibility criteria",
    "protocolSection/ipdSharingStatementModule": "statement on sharing data",
    "resultsSection/baselineCharacteristicsModule": "baseline characteristics",
    "resultsSection/moreInfoModule": "agreements and caveats",
    "annotationSection/annotationModule": "annotations",
    "documentSection/largeDocumentModule": "documents",
    "derivedSection/conditionBrowseModule": "the registry's own indexing",
    "derivedSection/interventionBrowseModule": "the registry's own indexing",
    "derivedSection/miscInfoModule": "the registry's own dates",
}


def fields_not_taken(record: dict[str, Any]) -> Counter[str]:
    """Name what a record holds that is left out, and the keys that nobody knows.

    Args:
        record: The study object.

    Returns:
        How often each is there: once a record.

    Example:
        >>> dict(fields_not_taken({"protocolSection": {"oversightModule": {}, "new": 1}}))
        {'oversight': 1, 'the unknown key protocolSection/new': 1}
    """
    found = Counter[str]()
    for path in _paths(record):
        if path in _LEFT_OUT:
            found[_LEFT_OUT[path]] = 1
        elif path not in _TAKEN:
            found[f"the unknown key {path[:100]}"] = 1
    return found


def _paths(record: dict[str, Any]) -> Iterator[str]:
    for section, content in record.items():
        if section.endswith("Section") and isinstance(content, dict):
            yield from (f"{section}/{module}" for module in content)
        else:
            yield section
