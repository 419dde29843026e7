"""One registry record becomes one study with its sources."""

from __future__ import annotations

import json
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cellkg.errors import SourceFileError
from cellkg.importers.ctgov.adverse_events import collection_of, events_of
from cellkg.importers.ctgov.arms import treatments_of
from cellkg.importers.ctgov.groups import ArmLinker
from cellkg.importers.ctgov.identification import (
    StudyFacts,
    identify,
    tell_conditions,
    tell_design,
    tell_status,
)
from cellkg.importers.ctgov.institutions import roles_of
from cellkg.importers.ctgov.item import FieldError, Item
from cellkg.importers.ctgov.known_fields import fields_not_taken
from cellkg.importers.ctgov.outcome_results import OutcomeTable
from cellkg.importers.ctgov.outcomes import specifications_of
from cellkg.importers.ctgov.participant_flow import enrolment_of, flow_of
from cellkg.importers.ctgov.recorder import Recorder
from cellkg.importers.ctgov.references import references_of
from cellkg.records import Source, Study
from cellkg.vocabulary import CKG, SOURCE

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from cellkg.importers.ctgov.arms import Treatments
    from cellkg.importers.prose import Passage, ProseReader

    Version = tuple[str, str, str]

_LONGEST_SHOWN: Final = 100


class ImportedStudy(NamedTuple):
    """What was taken in from one registry record.

    Attributes:
        nct_id: The identifier of the record.
        version: Sorts the versions of a record: the day of its last update, the day of the
            registry's data, and the SHA-256, so that no two differing versions are equal.
        study: The study with all it contains.
        sources: The record itself, and the publications that it lists.
        not_cell_therapy: Why the study is none of cell therapy; None where it is one.
        not_taken: What the record says and cellkg has no place for, by what it is.
        ungrounded: Texts that look like cells or routes and name no term.
    """

    nct_id: str
    version: Version
    study: Study
    sources: tuple[Source, ...]
    not_cell_therapy: str | None
    not_taken: Counter[str]
    ungrounded: tuple[Passage, ...]


def version_of(record: dict[str, Any], origin: str) -> Version:
    """Tell which version of a record this is; a later version sorts after an earlier one.

    Args:
        record: The study object, as `cellkg.importers.reading.parse` gives it: with an NCT number.
        origin: Where it was read, for messages.

    Returns:
        The day of the last update, the day of the registry's data, and the SHA-256 of the record
        as canonical JSON.

    Raises:
        SourceFileError: One of the two days is no date.
    """
    item = Item(record)
    with _told_of(record, origin):
        status = item["protocolSection"]["statusModule"]
        updated = status["lastUpdatePostDateStruct"]["date"].date()
        updated = updated or status["lastUpdateSubmitDate"].date() or ""
        held = _held_on(item).date() or ""
    text = json.dumps(
        record, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=float
    )
    return updated, held, sha256(text.encode("utf-8")).hexdigest()


def import_study(
    record: dict[str, Any], reader: ProseReader, origin: str, version: Version
) -> ImportedStudy:
    """Take in one study object of the registry's API, version 2.

    Args:
        record: The study object, as `cellkg.importers.reading.parse` gives it: with an NCT number.
        reader: Finds terms and doses in texts; made once for many records.
        origin: Where the record was read, for messages.
        version: Its version, as `version_of` tells it.

    Returns:
        The study, taken in whole.

    Raises:
        SourceFileError: A field is not what the registry's description says.
    """
    with _told_of(record, origin):
        return _imported(record, _number_of(record), version, reader)


@contextmanager
def _told_of(record: dict[str, Any], origin: str) -> Iterator[None]:
    """Tell where a record is whose field is not what it should be."""
    try:
        yield
    except FieldError as error:
        raise SourceFileError(
            error.problem,
            origin,
            record=_number_of(record),
            field=error.pointer,
            value=_short(error.value),
        ) from error


def _short(value: object) -> object:
    """Keep what fits into a message; a whole section does not."""
    shown = repr(value)
    return value if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]} …"


def _number_of(record: dict[str, Any]) -> str:
    number: str = record["protocolSection"]["identificationModule"]["nctId"]
    return number


def _imported(
    record: dict[str, Any], nct_id: str, version: Version, reader: ProseReader
) -> ImportedStudy:
    item = Item(record)
    protocol, results = item["protocolSection"], item["resultsSection"]
    recorder = Recorder(nct_id)
    facts = StudyFacts(recorder)
    identify(protocol, facts)
    tell_status(protocol, facts)
    tell_design(protocol, facts)
    tell_conditions(protocol, facts, reader)
    treatments = treatments_of(protocol, reader, recorder)
    references = references_of(protocol, recorder)
    if references:
        facts.state(
            "references",
            {"references": tuple(each.iri for each in references)},
            protocol["referencesModule"]["references"],
        )
    facts.values["institution_roles"] = roles_of(protocol, recorder)
    facts.values["outcome_specifications"] = tuple(specifications_of(protocol, reader, recorder))
    facts.values |= _results(protocol, results, treatments, reader, recorder)
    recorder.not_taken.update(fields_not_taken(record))
    study = Study(
        iri=recorder.study,
        described_by=(recorder.source,),
        arms=treatments.arms,
        unassigned_interventions=treatments.unassigned,
        evidence=tuple(facts.evidence),
        principal_evidence=facts.evidence[0].iri,
        **facts.values,
    )
    return ImportedStudy(
        nct_id=nct_id,
        version=version,
        study=study,
        sources=(_source(item, version, recorder), *references),
        not_cell_therapy=reader.why_not_cell_therapy(treatments.givens, treatments.texts),
        not_taken=recorder.not_taken,
        ungrounded=tuple(text for given in treatments.givens for text in given.ungrounded),
    )


def _results(
    protocol: Item, results: Item, treatments: Treatments, reader: ProseReader, recorder: Recorder
) -> dict[str, Any]:
    """Read the results tables into fields of the study."""
    linker = ArmLinker(treatments.arms)
    flow_groups, counts = flow_of(results, linker, recorder)
    event_groups, events = events_of(results, linker, reader, recorder)
    tables = [
        OutcomeTable(item, place, linker, reader, recorder)
        for place, item in enumerate(results["outcomeMeasuresModule"]["outcomeMeasures"].items())
    ]
    outcome_groups = [group for table in tables for group in table.groups]
    return {
        "participants": (*enrolment_of(protocol, recorder), *counts),
        "result_groups": (*flow_groups, *event_groups, *outcome_groups),
        "adverse_event_findings": tuple(events),
        "adverse_event_collections": tuple(collection_of(results, recorder)),
        "outcome_findings": tuple(each for table in tables for each in table.findings()),
        "statistical_analyses": tuple(each for table in tables for each in table.analyses()),
    }


def _held_on(record: Item) -> Item:
    return record["derivedSection"]["miscInfoModule"]["versionHolder"]


def _source(record: Item, version: Version, recorder: Recorder) -> Source:
    """Describe the record itself as a source."""
    protocol = record["protocolSection"]
    whole: dict[str, Any] = {
        "source_kind": CKG["RegistryRecord"],
        "identifiers": (f"clinicaltrials:{recorder.nct_id}",),
        "urls": (f"https://clinicaltrials.gov/study/{recorder.nct_id}",),
        "sha256": version[2],
    }
    status = protocol["statusModule"]
    dates: dict[str, Any] = {
        "published": status["studyFirstPostDateStruct"]["date"].date(),
        "updated": version[0] or None,
    }
    held: dict[str, Any] = {"data_date": version[1] or None}
    shown = (
        ("record", whole, protocol["identificationModule"]["nctId"]),
        ("dates", dates, status),
        ("data-date", held, _held_on(record)),
    )
    evidence = tuple(
        recorder.stated(SOURCE[f"{recorder.nct_id}#{name}"], Source, values, item)
        for name, values, item in shown
        if any(values.values())
    )
    return Source(
        iri=recorder.source,
        evidence=evidence,
        principal_evidence=evidence[0].iri,
        **whole,
        **dates,
        **held,
    )
