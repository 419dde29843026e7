"""Each study at a glance."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode

from cellkg.overview.asking import labels_of, only_these, rows
from cellkg.querying.origin import origins_of
from cellkg.vocabulary import STUDY, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.store import GraphStore


class People(NamedTuple):
    """A number of people, the one that summaries show.

    Attributes:
        role: "enrolled", "treated" and so on, as the ontology labels the role.
        number: How many.
        record: The IRI of the record that holds it.
        quote: The words it rests on, if it has any.
    """

    role: str
    number: int
    record: str
    quote: str | None


class StudyOverview(NamedTuple):
    """A study at a glance; what its sources are silent about is None or empty.

    Attributes:
        iri: Its IRI.
        name: Its short name, which ``cellkg show`` takes.
        title: Its title, or its short name.
        identifiers: Its numbers in registries, as compact IRIs.
        origin: "curated" or "registry": who recorded it.
        described: False for a study that documents only name in passing.
        source_kinds: The labels of the kinds of documents that tell of it.
        peer_reviewed: True if one of these documents is peer-reviewed.
        status: The label of its status.
        phases: The labels of its phases.
        start_date: When it began or is to begin, as precise as given: year, month or day.
        end_date: When it ended or is to end, likewise.
        countries: Where its sites lie.
        people: The headline numbers of people, and the planned enrolment.
    """

    iri: str
    name: str
    title: str
    identifiers: tuple[str, ...]
    origin: str
    described: bool
    source_kinds: tuple[str, ...]
    peer_reviewed: bool
    status: str | None
    phases: tuple[str, ...]
    start_date: str | None
    end_date: str | None
    countries: tuple[str, ...]
    people: tuple[People, ...]

    def people_as(self, role: str) -> int | None:
        """Give the headline number of people in a role, or None where it is not known."""
        return next((each.number for each in self.people if each.role == role), None)


_SINGLE: Final = {
    "title": "?study dcterms:title ?value",
    "status": "?study ckg:studyStatus ?value",
    "start_date": "?study ckg:startDate ?value",
    "end_date": "?study ckg:endDate ?value",
}
_SEVERAL: Final = {
    "identifiers": "?study ckg:identifier ?value",
    "phases": "?study ckg:phase ?value",
    "source_kinds": "?study ckg:describedBy|ckg:mentionedBy ?source ."
    " ?source ckg:sourceKind ?value",
    "countries": "?study ckg:institutionRole ?site . ?site ckg:country ?value",
}
_TRUE: Final = {
    "described": "?study ckg:describedBy ?value",
    "peer_reviewed": "?study ckg:describedBy ?source . ?source ckg:peerReviewed ?value"
    " FILTER(?value)",
}
_LABELLED: Final = ("status", "phases", "source_kinds")


def read_studies(
    store: GraphStore, studies: Sequence[str] | None = None
) -> tuple[StudyOverview, ...]:
    """Read each study at a glance.

    Args:
        store: The graphs.
        studies: The IRIs of the studies; None for all.

    Returns:
        The studies by IRI; an IRI that is not that of a study is left out.

    Raises:
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> store = cellkg.open_graph().store
        >>> poster = "https://w3id.org/cellkg/study/ms-intrathecal-msc-poster"
        >>> [(each.name, each.origin) for each in read_studies(store, [poster])]
        [('ms-intrathecal-msc-poster', 'curated')]
    """
    here = f"{only_these(studies)}?study a ckg:Study . "
    iris = sorted(row[0].value for row in rows(store, f"SELECT DISTINCT ?study WHERE {{ {here}}}"))
    values = {
        name: _values(store, here + pattern)
        for name, pattern in (_SINGLE | _SEVERAL | _TRUE).items()
    }
    labels = labels_of(
        store,
        {each for name in _LABELLED for several in values[name].values() for each in several},
    )
    for name in _LABELLED:
        for several in values[name].values():
            several[:] = sorted(labels.get(each, shorten(each)) for each in several)
    people = _people(store, here)
    origins = origins_of([(NamedNode(iri),) for iri in iris], store)
    return tuple(
        _overview(
            iri,
            "" if origin is None else origin.value,
            {name: by_study.get(iri, []) for name, by_study in values.items()},
            people.get(iri, []),
        )
        for iri, origin in zip(iris, origins, strict=True)
    )


def _overview(
    iri: str, origin: str, values: dict[str, list[str]], people: list[People]
) -> StudyOverview:
    name = iri.removeprefix(STUDY.iri)
    single = {each: next(iter(values[each]), None) for each in _SINGLE}
    return StudyOverview(
        iri=iri,
        name=name,
        title=single["title"] or name,
        identifiers=tuple(values["identifiers"]),
        origin=origin,
        described=bool(values["described"]),
        source_kinds=tuple(values["source_kinds"]),
        peer_reviewed=bool(values["peer_reviewed"]),
        status=single["status"],
        phases=tuple(values["phases"]),
        start_date=single["start_date"],
        end_date=single["end_date"],
        countries=tuple(values["countries"]),
        people=tuple(people),
    )


def _values(store: GraphStore, pattern: str) -> defaultdict[str, list[str]]:
    """Give the values that a pattern finds, by study, in order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for study, value in rows(store, f"SELECT DISTINCT ?study ?value WHERE {{ {pattern} }}"):
        found[study.value].append(value.value)
    for several in found.values():
        several.sort()
    return found


def _people(store: GraphStore, here: str) -> defaultdict[str, list[People]]:
    """Read the headline numbers of people, by study."""
    found: defaultdict[str, list[People]] = defaultdict(list)
    for study, role, count, record, quote in rows(
        store,
        f"SELECT DISTINCT ?study ?role ?count ?record ?quote WHERE {{ {here}"
        "?study ckg:participants ?record . ?record ckg:count ?count ; ckg:participantRole ?kind ."
        # A join behind the OPTIONAL would make Oxigraph compare everything with everything.
        " ?kind rdfs:label ?role . OPTIONAL { ?record ckg:headline ?headline }"
        " OPTIONAL { ?record ckg:principalEvidence/ckg:quote ?quote }"
        # What is only planned has no rival that it would be the headline of.
        " FILTER(COALESCE(?headline, ?kind = ckg:PlannedEnrolment)) }"
        " ORDER BY ?study ?role ?record ?quote",
    ):
        words = None if quote is None else quote.value
        found[study.value].append(People(role.value, int(count.value), record.value, words))
    return found
