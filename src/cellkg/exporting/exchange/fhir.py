"""FHIR R5: counts of adverse events as Evidence, with the studies, groups and events they are of.

The resources are those of https://hl7.org/fhir/R5/evidence.html and its neighbours.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from cellkg.exporting.exchange.fhir_elements import (
    FHIR,
    Concepts,
    absent,
    code,
    identifier,
    resource_id,
)
from cellkg.exporting.exchange.nanopublications_sentences import sentence_of
from cellkg.exporting.exchange.study_records import read_study_records, studies_with
from cellkg.exporting.study_graphs import read_labels
from cellkg.overview import read_relations, read_studies
from cellkg.records import AdverseEventFinding
from cellkg.vocabulary import CKG, STUDY, TERM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from cellkg.exporting.exchange.fhir_elements import Element
    from cellkg.exporting.exchange.study_records import CountedGroup, StudyRecords
    from cellkg.overview import StudyOverview
    from cellkg.records import Statement
    from cellkg.store import GraphStore

_PHASES: Final = {
    "early phase 1": "early-phase-1",
    "phase 1": "phase-1",
    "phase 1/2": "phase-1-phase-2",
    "phase 2": "phase-2",
    "phase 2/3": "phase-2-phase-3",
    "phase 3": "phase-3",
    "phase 4": "phase-4",
}
_PHASE_SYSTEM: Final = "http://terminology.hl7.org/CodeSystem/research-study-phase"
_ROLE_SYSTEM: Final = "http://terminology.hl7.org/CodeSystem/variable-role"
_NOT_CARRIED: Final = {
    "outcome_findings": "outcomes: only counts of adverse events are carried",
    "patient_observations": "rows of patients",
    "discrepancies": "conflicts between numbers",
}


class FhirResources:
    """FHIR resources of studies, one after the other.

    Args:
        store: The graphs.
        studies: The IRIs of the studies; None for all.

    Attributes:
        made: How many resources there were so far, by their type.
        left_out: How many records are in none of them, by why.

    Example:
        >>> import cellkg
        >>> poster = "https://w3id.org/cellkg/study/ms-intrathecal-msc-poster"
        >>> resources = FhirResources(cellkg.open_graph().store, [poster])
        >>> [
        ...     each["statistic"][0]["sampleSize"]
        ...     for each in resources
        ...     if each["id"] == "ms-intrathecal-msc-poster.fever"
        ... ]
        [{'knownDataCount': 28, 'numberOfParticipants': 28}]
    """

    def __init__(self, store: GraphStore, studies: Sequence[str] | None = None) -> None:
        self.made: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self._store = store
        self._studies = studies
        self._labels = read_labels(store)
        self._concepts = Concepts(store, self._labels)
        self._events: set[str] = set()

    def __iter__(self) -> Iterator[Element]:
        """Give the studies, then study by study groups, events and evidence."""
        for resource in self._resources():
            self.made[str(resource["resourceType"])] += 1
            yield resource

    def ndjson(self) -> Iterator[bytes]:
        """Write the resources one a line."""
        for each in self:
            yield _json(each) + b"\n"

    def bundle(self) -> Iterator[bytes]:
        """Write the resources as one Bundle, an entry a line."""
        yield b'{"resourceType":"Bundle","type":"collection","entry":[\n'
        for number, each in enumerate(self):
            address = f"{FHIR.iri}{each['resourceType']}/{each['id']}"
            entry = _json({"fullUrl": address, "resource": each})
            yield (b",\n" if number else b"") + entry
        yield b"\n]}\n"

    def _resources(self) -> Iterator[Element]:
        conditions: defaultdict[str, list[str]] = defaultdict(list)
        for each in read_relations(self._store, ["condition"], self._studies):
            conditions[each.study].append(each.thing)
        for study in read_studies(self._store, self._studies):
            yield self._study(study, conditions[study.iri])
        told = studies_with(self._store, ("adverseEventFinding", "statement"), self._studies)
        for records in read_study_records(self._store, told):
            yield from self._of_study(records)

    def _study(self, study: StudyOverview, conditions: Sequence[str]) -> Element:
        phase = _PHASES.get(study.phases[0]) if len(study.phases) == 1 else None
        period = {"start": study.start_date, "end": study.end_date}
        return _known(
            resourceType="ResearchStudy",
            id=resource_id(study.name),
            url=study.iri,
            identifier=[identifier(each) for each in study.identifiers],
            title=study.title,
            status="active",
            phase=phase and code(_PHASE_SYSTEM, phase),
            condition=[self._concepts.of(each) for each in conditions],
            region=[{"text": each} for each in study.countries],
            period=_known(**period),
            progressStatus=[{"state": {"text": study.status}}] if study.status else None,
            note=[{"text": f"recorded by: {study.origin}"}] if study.origin else None,
        )

    def _of_study(self, records: StudyRecords) -> Iterator[Element]:
        groups: set[str] = set()
        for finding in records.study.adverse_event_findings:
            if finding.reporting is None:
                self.left_out["findings that neither report nor deny: nobody was counted"] += 1
                continue
            group = records.group_of(finding.in_result_group, finding.in_arms)
            yield from self._group(records, group, groups)
            yield from self._event(finding.event)
            yield self._evidence(records, finding, finding.event, group)
        for statement in records.study.statements:
            if not statement.denies:
                self.left_out["statements in words that deny no event"] += 1
            for event in statement.denies:
                group = records.group_of(None, ())
                yield from self._group(records, group, groups)
                yield from self._event(event)
                yield self._evidence(records, statement, event, group)
        for kind, what in _NOT_CARRIED.items():
            several = getattr(records.study, kind)
            if several:
                self.left_out[what] += len(several)

    def _group(
        self, records: StudyRecords, group: CountedGroup, seen: set[str]
    ) -> Iterator[Element]:
        if group.iri in seen:
            return
        seen.add(group.iri)
        study = records.study.iri.value.removeprefix(STUDY.iri)
        yield {
            "resourceType": "Group",
            "id": _group_id(group),
            "type": "person",
            "membership": "enumerated",
            "name": group.label or f"the people in {study}",
            "description": f"{group.of}; counted in ResearchStudy/{resource_id(study)}",
        }

    def _event(self, event: NamedNode | None) -> Iterator[Element]:
        if event is None or event.value in self._events:
            return
        self._events.add(event.value)
        concept = self._concepts.of(event.value)
        yield {
            "resourceType": "EvidenceVariable",
            "id": _event_id(event),
            "url": event.value,
            "title": concept["text"],
            "status": "active",
            "characteristic": [{"definitionCodeableConcept": concept}],
        }

    def _evidence(
        self,
        records: StudyRecords,
        record: AdverseEventFinding | Statement,
        event: NamedNode | None,
        group: CountedGroup,
    ) -> Element:
        name = record.iri.value.removeprefix(STUDY.iri)
        if not isinstance(record, AdverseEventFinding) and event is not None:
            name += f"-denies-{event.value.removeprefix(TERM.iri)}"
        printed = "; ".join(record.printed_terms)
        outcome: Element = {"display": printed or "an event that is not named"}
        if event is not None:
            outcome = {"reference": f"EvidenceVariable/{_event_id(event)}"}
        return _known(
            resourceType="Evidence",
            id=resource_id(name),
            url=record.iri.value,
            status="active",
            description=sentence_of(record, records, self._labels),
            relatedArtifact=_documents(records, record),
            note=_words(record),
            variableDefinition=[
                {
                    "description": f"{group.of}: {group.label}" if group.label else group.of,
                    "variableRole": code(_ROLE_SYSTEM, "population"),
                    "observed": {"reference": f"Group/{_group_id(group)}"},
                },
                _known(
                    description=f"printed: {printed}" if printed else None,
                    variableRole=code(_ROLE_SYSTEM, "measuredVariable"),
                    observed=outcome,
                ),
            ],
            statistic=[self._statistic(record)],
        )

    def _statistic(self, record: AdverseEventFinding | Statement) -> Element:
        size: Element = {"_numberOfParticipants": absent()}
        if record.at_risk is not None:
            size = {"knownDataCount": record.at_risk, "numberOfParticipants": record.at_risk}
        if not isinstance(record, AdverseEventFinding):
            return {
                "category": {"text": "denied"},
                "_numberAffected": absent(),
                "sampleSize": size,
            }
        people = record.count if record.count_unit == TERM["patients"] else None
        events = record.events
        if events is None and record.count_unit == TERM["events"]:
            events = record.count
        counted: Element = {}
        if record.count is not None and people is None and events is None:
            unit = "" if record.count_unit is None else record.count_unit.value
            counted = {"value": record.count, "unit": self._labels.get(unit, "unit not stated")}
        return _known(
            category={"text": "denied" if record.reporting == CKG["Denied"] else "reported"},
            description=_SERIOUS.get(record.serious),
            quantity=counted,
            numberOfEvents=events,
            numberAffected=people,
            _numberAffected=absent() if people is None else None,
            sampleSize=size,
        )


_SERIOUS: Final[dict[bool | None, str]] = {
    True: "serious adverse events",
    False: "adverse events that are not serious",
}


def _documents(records: StudyRecords, record: AdverseEventFinding | Statement) -> list[Element]:
    """Give the study that evidence is a part of, and the documents that it was taken from."""
    study = records.study.iri.value.removeprefix(STUDY.iri)
    numbers = [identifier(each) for each in records.study.identifiers]
    whole = _known(
        reference=f"ResearchStudy/{resource_id(study)}",
        identifier=numbers[0] if len(numbers) == 1 else None,
    )
    found: list[Element] = [{"type": "part-of", "resourceReference": whole}]
    for iri in sorted({e.source.value for e in record.evidence if e.source is not None}):
        source = records.sources.get(iri)
        printed = None if source is None else source.citation or source.title
        address = source.urls[0] if source is not None and source.urls else iri
        found.append(
            _known(type="derived-from", citation=printed, document={"url": address, "title": iri})
        )
    return found


def _words(record: AdverseEventFinding | Statement) -> list[Element]:
    """Give the words that a record rests on, each with how it is known."""
    notes = []
    for evidence in record.evidence:
        status = "" if evidence.status is None else evidence.status.value.removeprefix(CKG.iri)
        supports = ", ".join(sorted(each.value.rpartition("#")[2] for each in evidence.supports))
        parts = [
            f"{status.lower()}: {supports}",
            f"“{evidence.quote}”" if evidence.quote else None,
            f"at {evidence.json_pointer}" if evidence.json_pointer else None,
            evidence.reasoning,
        ]
        notes.append("; ".join(each for each in parts if each))
    return [{"text": each} for each in sorted(notes)]


def _group_id(group: CountedGroup) -> str:
    name = group.iri.removeprefix(STUDY.iri)
    return resource_id(name if "#" in name else f"{name}#whole-study")


def _event_id(event: NamedNode) -> str:
    return resource_id(event.value.removeprefix(TERM.iri))


def _known(**elements: object) -> Element:
    """Leave out what is not known: FHIR has neither null nor empty."""
    return {name: value for name, value in elements.items() if value not in (None, "", [], {})}


def _json(resource: Element) -> bytes:
    return json.dumps(resource, ensure_ascii=True, separators=(",", ":")).encode("ascii")
