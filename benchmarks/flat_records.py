"""Registry records as flat tables, which RML can map; see ctgov.rml.ttl.

A value of a closed list becomes the name of its term, a text is written as people read it, and a
name of an institution or a number of another registry becomes what is one for all its spellings:
all as cellkg does it, since they are what is compared and not what is measured. Where everything
stands and what it belongs to is found anew.

Usage:
    python benchmarks/flat_records.py RECORDS… FOLDER
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import flat_results
import registry_records
from flat_tables import FlatRecord, Tables, Values, listed, local, text, words

from cellkg.errors import UserInputError
from cellkg.identifiers import find_identifiers, recognise
from cellkg.importers.ctgov import registry_words
from cellkg.importers.ctgov.institutions import institution_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    Json = dict[str, Any]

_STOPPED: Final = {"TERMINATED", "WITHDRAWN", "SUSPENDED"}
_FILED_ELSEWHERE: Final = {"EUDRACT_NUMBER", "CTIS", "REGISTRY", "OTHER", "OTHER_GRANT", None}
_REGISTRIES: Final = {"clinicaltrials", "ctis", "euclinicaltrials", "isrctn"}
_DATE_TYPES: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}
_PROTOCOL: Final = "/protocolSection"


def write(records: Iterable[Json], folder: Path) -> None:
    """Write a CSV file for each of the tables.

    Args:
        records: Study objects.
        folder: Where the files go.
    """
    tables = Tables()
    for record in records:
        protocol = record["protocolSection"]
        flat = FlatRecord(protocol["identificationModule"]["nctId"], tables)
        names = _names(protocol["identificationModule"], flat)
        status = _status(protocol.get("statusModule", {}), flat)
        design = _design(protocol.get("designModule", {}), flat)
        flat.add("studies", **names, **status, **design)
        _conditions(protocol.get("conditionsModule", {}).get("conditions", ()), flat)
        _arms(protocol.get("armsInterventionsModule", {}), flat)
        _institutions(protocol, flat)
        _endpoints(protocol.get("outcomesModule", {}), flat)
        _registry_record(record, flat)
        _references(protocol.get("referencesModule", {}).get("references", ()), flat)
        flat_results.enrolment(protocol.get("designModule", {}).get("enrollmentInfo", {}), flat)
        flat_results.add(record.get("resultsSection", {}), flat)
    tables.write(folder)


def _names(module: Json, flat: FlatRecord) -> Values:
    place = f"{_PROTOCOL}/identificationModule"
    key = next(key for key in ("briefTitle", "officialTitle", "nctId") if text(module.get(key)))
    titles = {
        "title": (key, {"title": text(module[key])}),
        "official-title": ("officialTitle", {"officialTitle": text(module.get("officialTitle"))}),
        "acronym": ("acronym", {"acronym": text(module.get("acronym"))}),
    }
    columns: Values = {}
    for label, (key, values) in titles.items():
        flat.state_of_study(label, values, f"{place}/{key}", module.get(key))
        columns |= values
    _identifiers(module, place, flat)
    return columns


def _identifiers(module: Json, place: str, flat: FlatRecord) -> None:
    known, other = [f"clinicaltrials:{flat.nct_id}"], []
    for info in (module.get("orgStudyIdInfo", {}), *module.get("secondaryIdInfos", ())):
        number, kind = text(info.get("id")), text(info.get("type"))
        if number is None:
            continue
        curie = _curie(number) if kind in _FILED_ELSEWHERE else None
        if curie is None:
            whose = text(info.get("domain")) or kind
            other.append(f"{number} ({whose})" if whose else number)
        else:
            known.append(curie)
    former = [curie for each in module.get("nctIdAliases", ()) if (curie := _curie(each))]
    for name, values in (("identifier", known), ("former", former), ("other", other)):
        for value in values:
            flat.add("identifiers", **{name: value})
    properties = {"identifier": known, "formerIdentifier": former, "otherIdentifier": other}
    flat.state_of_study("identifiers", properties, place)


def _curie(number: str) -> str | None:
    try:
        found = recognise(text(number) or "")
    except UserInputError:
        return None
    return found.curie if found.prefix in _REGISTRIES else None


def _status(module: Json, flat: FlatRecord) -> Values:
    place = f"{_PROTOCOL}/statusModule"
    status, last = module.get("overallStatus"), module.get("lastKnownStatus")
    columns = {
        "status": listed(status, registry_words.STATUSES),
        "lastKnownStatus": listed(last, registry_words.STATUSES),
        "whyStopped": text(module.get("whyStopped")) if text(status) in _STOPPED else None,
    }
    shown = {"studyStatus": columns["status"]}
    flat.state_of_study("status", shown, f"{place}/overallStatus", status)
    shown = {"lastKnownStatus": columns["lastKnownStatus"]}
    flat.state_of_study("last-known-status", shown, f"{place}/lastKnownStatus")
    shown = {"whyStopped": columns["whyStopped"]}
    flat.state_of_study("why-stopped", shown, f"{place}/whyStopped", module.get("whyStopped"))
    dates: Values = {}
    for name, key in (
        ("start", "startDateStruct"),
        ("primaryEnd", "primaryCompletionDateStruct"),
        ("end", "completionDateStruct"),
    ):
        struct = module.get(key, {})
        kind = listed(struct.get("type"), registry_words.DATE_KINDS)
        columns |= _date(name, struct.get("date"))
        columns[f"{name}Kind"] = kind if columns[name] else None
        dates |= {f"{name}Date": columns[name], f"{name}DateKind": columns[f"{name}Kind"]}
    columns |= _date("resultsPosted", module.get("resultsFirstPostDateStruct", {}).get("date"))
    flat.state_of_study("dates", dates | {"resultsPosted": columns["resultsPosted"]}, place)
    return columns


def _date(name: str, date: str | None) -> dict[str, str | None]:
    """Give the columns of a date: how much of it is known decides its type."""
    written = (date or "").strip() or None
    return {name: written, f"{name}Type": written and _DATE_TYPES[len(written)]}


def _design(module: Json, flat: FlatRecord) -> Values:
    place, info = f"{_PROTOCOL}/designModule", module.get("designInfo", {})
    phases = registry_words.PHASES.get(tuple(filter(None, map(text, module.get("phases", ())))), ())
    masking = info.get("maskingInfo", {}).get("masking")
    columns = {
        "phase": local(phases[0]) if phases else None,
        "studyType": listed(module.get("studyType"), registry_words.STUDY_TYPES),
        "observationalModel": listed(
            info.get("observationalModel"), registry_words.OBSERVATIONAL_MODELS
        ),
        "purpose": words(info.get("primaryPurpose")),
        "masking": listed(masking, registry_words.MASKING),
        "allocation": listed(info.get("allocation"), registry_words.ALLOCATION),
        "model": listed(info.get("interventionModel"), registry_words.INTERVENTION_MODELS),
        "direction": listed(info.get("timePerspective"), registry_words.TIME_PERSPECTIVES),
    }
    flat.state_of_study("phase", {"phase": columns["phase"]}, f"{place}/phases")
    feature = columns["studyType"] or columns["observationalModel"]
    flat.state_of_study("kind", {"designFeature": feature}, place)
    properties = {
        "masking": columns["masking"],
        "allocation": columns["allocation"],
        "interventionModel": columns["model"],
        "temporalDirection": columns["direction"],
        "primaryPurpose": columns["purpose"],
    }
    flat.state_of_study("design", properties, f"{place}/designInfo")
    return columns


def _conditions(conditions: Iterable[str], flat: FlatRecord) -> None:
    printed = [written for each in conditions if (written := text(each))]
    for each in printed:
        flat.add("conditions", text=each)
    place = f"{_PROTOCOL}/conditionsModule/conditions"
    flat.state_of_study("conditions", {"printedCondition": printed}, place)


def _arms(module: Json, flat: FlatRecord) -> None:
    place = f"{_PROTOCOL}/armsInterventionsModule"
    interventions = module.get("interventions", ())
    unassigned = dict(enumerate(interventions))
    for number, arm in enumerate(module.get("armGroups", ())):
        pointer, name = f"{place}/armGroups/{number}", f"arm-{number}"
        label, role = text(arm.get("label")), listed(arm.get("type"), registry_words.ARM_ROLES)
        where = f"{pointer}/label" if label else pointer
        shown = [flat.state(f"{name}-label", {"printedTerm": "it"}, where, arm.get("label"))]
        if role is not None:
            shown.append(flat.state(f"{name}-record", {"armRole": role}, f"{pointer}/type"))
        flat.add("arms", arm=name, label=label or "[no label printed]", role=role)
        flat.show(name, *shown)
        named = set(map(text, arm.get("interventionNames", ())))
        for other, each in enumerate(interventions):
            title = f"{(words(each.get('type')) or '').title()}: {text(each.get('name')) or ''}"
            if title in named or (label and label in map(text, each.get("armGroupLabels", ()))):
                unassigned.pop(other, None)
                given = f"{name}-intervention-{other}"
                _intervention(given, each, f"{place}/interventions/{other}", flat, arm=name)
    for other, each in unassigned.items():
        given = f"intervention-{other}"
        _intervention(given, each, f"{place}/interventions/{other}", flat, unassigned=given)


def _intervention(name: str, item: Json, pointer: str, flat: FlatRecord, **tie: object) -> None:
    printed, kind = text(item.get("name")), words(item.get("type"))
    where = f"{pointer}/name" if printed else pointer
    shown = [flat.state(f"{name}-name", {"printedTerm": "it"}, where, item.get("name"))]
    if kind is not None:
        shown.append(flat.state(f"{name}-kind", {"interventionKind": kind}, f"{pointer}/type"))
    label = printed or "[no name printed]"
    flat.add("interventions", intervention=name, name=label, kind=kind, **tie)
    flat.show(name, *shown)


def _institutions(protocol: Json, flat: FlatRecord) -> None:
    module = protocol.get("sponsorCollaboratorsModule", {})
    place = f"{_PROTOCOL}/sponsorCollaboratorsModule"
    bodies = [("sponsor", "Sponsor", module.get("leadSponsor", {}), f"{place}/leadSponsor")]
    bodies += [
        (f"collaborator-{number}", "Collaborator", each, f"{place}/collaborators/{number}")
        for number, each in enumerate(module.get("collaborators", ()))
    ]
    for label, part, body, pointer in bodies:
        if name := text(body.get("name")):
            kind = words(body.get("class"))
            _role(label, {"part": part, "name": name, "sponsorClass": kind}, pointer, flat)
    sites = protocol.get("contactsLocationsModule", {}).get("locations", ())
    for number, site in enumerate(sites):
        town = ", ".join(filter(None, (text(site.get("city")), text(site.get("state")))))
        columns = {
            "name": text(site.get("facility")),
            "country": text(site.get("country")),
            "place": town or None,
        }
        if any(columns.values()):
            status = listed(site.get("status"), registry_words.STATUSES)
            pointer = f"{_PROTOCOL}/contactsLocationsModule/locations/{number}"
            _role(f"site-{number}", {"part": "Site", "status": status} | columns, pointer, flat)


def _role(label: str, columns: Values, pointer: str, flat: FlatRecord) -> None:
    name = columns["name"]
    institution = name and local(institution_of(name))
    flat.add("institution-roles", institutionRole=label, institution=institution, **columns)
    values = {
        "institutionPart": columns["part"],
        "institution": institution,
        "printedTerm": name,
        "sponsorClass": columns.get("sponsorClass"),
        "country": columns.get("country"),
        "place": columns.get("place"),
        "recruitmentStatus": columns.get("status"),
    }
    flat.show(label, flat.state(f"{label}-record", values, pointer))


def _endpoints(module: Json, flat: FlatRecord) -> None:
    for kind in ("primary", "secondary", "other"):
        for number, each in enumerate(module.get(f"{kind}Outcomes", ())):
            measure, frame = text(each.get("measure")), text(each.get("timeFrame"))
            if measure is None:
                continue
            name, role = f"endpoint-{kind}-{number}", f"{kind}-endpoint"
            flat.add("endpoints", endpoint=name, measure=measure, timeFrame=frame, role=role)
            values = {"printedTerm": measure, "endpointRole": role, "timeLabel": frame}
            pointer = f"{_PROTOCOL}/outcomesModule/{kind}Outcomes/{number}"
            flat.show(name, flat.state(f"{name}-record", values, pointer))


def _registry_record(record: Json, flat: FlatRecord) -> None:
    status, name = record["protocolSection"].get("statusModule", {}), flat.nct_id
    held = record.get("derivedSection", {}).get("miscInfoModule", {}).get("versionHolder")
    published = status.get("studyFirstPostDateStruct", {}).get("date")
    updated = status.get("lastUpdatePostDateStruct", {}).get("date")
    dates = _date("published", published)
    dates |= _date("updated", updated or status.get("lastUpdateSubmitDate"))
    data = _date("dataDate", held)
    canonical = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    whole = {
        "sourceKind": "RegistryRecord",
        "url": f"https://clinicaltrials.gov/study/{name}",
        "sha256": sha256(canonical.encode()).hexdigest(),
    }
    flat.add("sources", source=name, **whole, **dates, **data)
    flat.add("source-identifiers", source=name, identifier=f"clinicaltrials:{name}")
    place = f"{_PROTOCOL}/identificationModule/nctId"
    flat.state_of_source(name, "record", whole | {"identifier": name}, place)
    properties = {key: dates[key] for key in ("published", "updated")}
    flat.state_of_source(name, "dates", properties, f"{_PROTOCOL}/statusModule")
    held_at = "/derivedSection/miscInfoModule/versionHolder"
    flat.state_of_source(name, "data-date", {"dataDate": data["dataDate"]}, held_at)


def _references(references: Iterable[Json], flat: FlatRecord) -> None:
    place, any_taken = f"{_PROTOCOL}/referencesModule/references", False
    for number, each in enumerate(references):
        kind = listed(each.get("type"), registry_words.REFERENCE_KINDS)
        digits = (text(each.get("pmid")) or "").lstrip("0")
        in_pubmed = digits.isdecimal() and len(digits) <= len("12345678")
        if kind is None and not in_pubmed:
            continue
        any_taken = True
        found = find_identifiers(text(each.get("citation")) or "")
        curies = [f"pubmed:{digits}"] if in_pubmed else []
        curies += [one.curie for one in found if one.prefix in {"doi", "pmc"}]
        article = "JournalArticle" if in_pubmed else None
        note = "The registry says that this publication was retracted."
        name = f"{flat.nct_id}-reference-{number}"
        flat.add(
            "sources",
            source=name,
            reference=name,
            referenceKind=kind,
            sourceKind=article,
            note=note if each.get("retractions") else None,
        )
        for curie in curies:
            flat.add("source-identifiers", source=name, identifier=curie)
        values = {"referenceKind": kind, "sourceKind": article, "identifier": curies}
        flat.state_of_source(name, "record", values, f"{place}/{number}")
    flat.state_of_study("references", {"reference": True if any_taken else None}, place)


if __name__ == "__main__":
    *given, target = map(Path, sys.argv[1:])
    write(registry_records.read(given), target)
