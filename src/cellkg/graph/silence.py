"""What a reader would want to know and a source may be silent about.

The lists follow DOSES (donor, origin, separation, exhibited characteristics, site of delivery) for
products, and CONSORT Harms for adverse events. An entry is silent when none of its properties has
a value; `unit not stated` is not a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.vocabulary import CKG, TERM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import NamedNode


class Wanted(NamedTuple):
    """Something to be known of a record.

    Attributes:
        words: How it is called.
        properties: Any of these tells it.
    """

    words: str
    properties: tuple[NamedNode, ...]


def _wanted(words: str, *names: str) -> Wanted:
    return Wanted(words, tuple(CKG[name] for name in names))


WANTED: Final = {
    CKG["Study"]: (
        _wanted("registration or other identifier", "identifier"),
        _wanted("phase", "phase"),
        _wanted("masking", "masking"),
        _wanted("allocation", "allocation"),
        _wanted("status", "studyStatus"),
        _wanted("start date", "startDate"),
        _wanted("end date", "endDate"),
        _wanted("institutions", "institutionRole"),
        _wanted("participants", "participants"),
        _wanted("eligibility", "eligibilityCriterion"),
        _wanted("baseline", "baselineCharacteristic"),
        _wanted("adverse events", "adverseEventFinding"),
        _wanted("outcomes", "outcomeFinding"),
    ),
    CKG["Intervention"]: (
        _wanted("product", "product"),
        _wanted("dose", "dose"),
        _wanted("route", "route"),
        _wanted("site of delivery", "siteOfDelivery", "route"),
        _wanted("number of administrations", "administrationsMin", "administrationsMax"),
        _wanted("interval", "intervalMin", "intervalMax"),
        _wanted("co-medication", "coMedication"),
    ),
    CKG["CellProduct"]: (
        _wanted("cell type", "cellType", "derivedFrom"),
        _wanted("donor", "donor"),
        _wanted("tissue", "tissue"),
        _wanted("separation and manipulation", "manipulation"),
        _wanted("passage", "passage"),
        _wanted("markers", "marker"),
        _wanted("viability", "viability"),
        _wanted("fresh or frozen", "preservation"),
    ),
    CKG["Dose"]: (
        _wanted("value", "doseValue", "doseMin", "doseMax"),
        _wanted("unit", "doseUnit"),
        _wanted("what it is per", "dosePer"),
    ),
    CKG["AdverseEventFinding"]: (
        _wanted("count", "count", "events"),
        _wanted("what the count counts", "countUnit"),
        _wanted("number at risk", "atRisk"),
        _wanted("seriousness", "serious"),
        _wanted("severity or grade", "grade", "severity"),
        _wanted("relatedness", "relatedness"),
        _wanted("course", "course"),
        _wanted("timing", "timeLabel", "timeValue"),
    ),
    CKG["OutcomeFinding"]: (
        _wanted("number analysed", "analysed"),
        _wanted("time point", "timeLabel", "timeValue"),
    ),
}
"""What to look for, by class of record."""

NOT_IMPORTED: Final = frozenset(
    {
        "eligibility",
        "baseline",
        "co-medication",
        "separation and manipulation",
        "passage",
        "markers",
        "viability",
        "severity or grade",
        "relatedness",
        "course",
        "timing",
    }
)
"""What no importer looks for; that a registry record does not show it is no silence of its own."""

NO_VALUES: Final = frozenset(
    {TERM["unit-not-stated"], CKG["DirectionNotStated"], CKG["RoleNotStated"], CKG["UnknownStatus"]}
)
"""Terms that say that a source does not say."""


def not_stated(
    kind: NamedNode, facts: Mapping[NamedNode, Iterable[object]], *, imported: bool = False
) -> tuple[str, ...]:
    """List what a record does not tell.

    Args:
        kind: The class of the record.
        facts: Its values by property.
        imported: Whether an importer recorded it, which does not look for everything.

    Returns:
        The words for what is missing, in reading order.

    Example:
        >>> not_stated(CKG["Dose"], {CKG["doseUnit"]: [TERM["cells"]]})
        ('value', 'what it is per')
        >>> "eligibility" in not_stated(CKG["Study"], {}, imported=True)
        False
    """
    if CKG["Denied"] in facts.get(CKG["reporting"], ()):
        return ()  # an event that did not occur has no count, grade or course
    return tuple(
        wanted.words
        for wanted in WANTED.get(kind, ())
        if not (imported and wanted.words in NOT_IMPORTED)
        and all(set(facts.get(each, ())) <= NO_VALUES for each in wanted.properties)
    )
