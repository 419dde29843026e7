"""Registry records as lists of flat objects, which RML can map; see ctgov.rml.ttl.

A value of a closed list becomes the name of its term, and a text is written as people read it, both
as cellkg does it: they are what is compared, not what is measured.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from cellkg.importers.ctgov import registry_words
from cellkg.importers.ctgov.wording import quotable, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pyoxigraph import NamedNode

    Row = dict[str, str]
    Tables = dict[str, list[Row]]

KINDS: Final = (
    "studies",
    "design-features",
    "conditions",
    "enrolments",
    "arms",
    "given-interventions",
    "unassigned-interventions",
    "sites",
    "references",
    "endpoints",
    "flow-groups",
    "event-groups",
    "outcome-groups",
    "events",
    "arm-roles",
    "event-rows",
)
_LETTER_BY_LETTER: Final = "Quote"
"""Columns that end so hold a text as it stands; other texts are written as people read them."""

_ENROLMENT_ROLES: Final = {"ACTUAL": "Enrolled", "ESTIMATED": "PlannedEnrolment"}


def write(records: Iterable[dict[str, Any]], folder: Path) -> None:
    """Write a JSON file for each of `KINDS`.

    Args:
        records: Study objects.
        folder: Where the files go.
    """
    tables: Tables = defaultdict(list)
    for record in records:
        _flatten(record, tables)
    for kind in KINDS:
        (folder / f"{kind}.json").write_text(json.dumps(tables[kind]), encoding="utf-8")


def _flatten(record: dict[str, Any], tables: Tables) -> None:
    protocol, results = record["protocolSection"], record.get("resultsSection", {})
    nct_id = protocol["identificationModule"]["nctId"]

    def add(table: str, /, **values: object) -> None:
        """Add a row; what is absent or blank in the record is absent in the row."""
        row = {
            name: str(value) if name.endswith(_LETTER_BY_LETTER) else tidy(str(value))
            for name, value in values.items()
            if value is not None
        }
        tables[table].append({"nctId": nct_id} | {name: text for name, text in row.items() if text})

    _study(protocol, add)
    _arms(protocol.get("armsInterventionsModule", {}), add)
    _lists(protocol, add)
    _groups(results, add)
    _events(results.get("adverseEventsModule", {}), add)


def _shown(name: str, pointer: str, quoted: str | None = None) -> dict[str, object]:
    """Give the columns of the evidence that points somewhere, and may quote what stands there."""
    quote, start, end = (None if quoted is None else quotable(quoted)) or (None, None, None)
    values = {"Pointer": pointer, "Quote": quote, "Start": start, "End": end}
    return {f"{name}{column}": value for column, value in values.items()}


def _supported(name: str, **values: object) -> dict[str, str]:
    """Give a column for each property that has a value, which names the property."""
    return {f"{name}_{each}": each for each, value in values.items() if tidy(str(value or ""))}


def _study(protocol: dict[str, Any], add: Any) -> None:  # noqa: ANN401 - takes any columns
    names, status = protocol["identificationModule"], protocol["statusModule"]
    design = protocol.get("designModule", {})
    phases = registry_words.PHASES.get(tuple(design.get("phases", ())), ())
    stopped = status.get("overallStatus") in {"TERMINATED", "WITHDRAWN", "SUSPENDED"}
    add(
        "studies",
        title=names.get("briefTitle") or names.get("officialTitle") or names["nctId"],
        officialTitle=names.get("officialTitle"),
        acronym=names.get("acronym"),
        phase=_local(phases[0]) if phases else None,
        status=_listed(status.get("overallStatus"), registry_words.STATUSES),
        whyStopped=status.get("whyStopped") if stopped else None,
    )
    model = design.get("designInfo", {}).get("observationalModel")
    for term in (
        _listed(design.get("studyType"), registry_words.STUDY_TYPES),
        _listed(model, registry_words.OBSERVATIONAL_MODELS),
    ):
        if term is not None:
            add("design-features", term=term)
    for text in protocol.get("conditionsModule", {}).get("conditions", ()):
        add("conditions", text=text)
    enrolment = design.get("enrollmentInfo", {})
    if enrolment.get("count") is not None:
        role = _ENROLMENT_ROLES.get(enrolment.get("type"), "RoleNotStated")
        add("enrolments", count=enrolment["count"], role=role)


def _arms(module: dict[str, Any], add: Any) -> None:  # noqa: ANN401 - as above
    interventions = module.get("interventions", ())
    assigned = set()
    for number, arm in enumerate(module.get("armGroups", ())):
        role = _listed(arm.get("type"), registry_words.ARM_ROLES)
        pointer = f"/protocolSection/armsInterventionsModule/armGroups/{number}"
        label = arm.get("label")
        shown = _shown("label", f"{pointer}/label" if label else pointer, label)
        add("arms", arm=number, label=label or "[no label printed]", role=role, **shown)
        if role is not None:
            add("arm-roles", arm=number, **_shown("role", f"{pointer}/type"))
        named = {tidy(name) for name in arm.get("interventionNames", ())}
        for place, each in enumerate(interventions):
            name = f"{each.get('type', '').replace('_', ' ').title()}: {tidy(each['name'])}"
            if name in named or arm.get("label") in each.get("armGroupLabels", ()):
                assigned.add(place)
                values = _intervention(each)
                add("given-interventions", arm=number, intervention=place, **values)
    for place, each in enumerate(interventions):
        if place not in assigned:
            add("unassigned-interventions", intervention=place, **_intervention(each))


def _intervention(item: dict[str, Any]) -> dict[str, object]:
    return {"name": item["name"], "kind": item.get("type", "").replace("_", " ").lower()}


def _lists(protocol: dict[str, Any], add: Any) -> None:  # noqa: ANN401 - as above
    sites = protocol.get("contactsLocationsModule", {}).get("locations", ())
    for number, site in enumerate(sites):
        city = (tidy(site.get("city", "")), tidy(site.get("state", "")))
        place = ", ".join(filter(None, city))
        facility, country = site.get("facility"), site.get("country")
        supported = _supported(
            "record",
            institution=facility,
            country=country,
            place=place,
            recruitmentStatus=_listed(site.get("status"), registry_words.STATUSES),
            printedTerm=facility,
        )
        pointer = f"/protocolSection/contactsLocationsModule/locations/{number}"
        shown = _shown("record", pointer) | supported
        add("sites", site=number, facility=facility, country=country, place=place, **shown)
    references = protocol.get("referencesModule", {}).get("references", ())
    for number, each in enumerate(references):
        kind = _listed(each.get("type"), registry_words.REFERENCE_KINDS)
        pmid = each.get("pmid")
        add("references", reference=number, kind=kind, pmid=pmid and pmid.lstrip("0"))
    outcomes = protocol.get("outcomesModule", {})
    for name in ("primary", "secondary", "other"):
        for number, each in enumerate(outcomes.get(f"{name}Outcomes", ())):
            if tidy(each.get("measure", "")):
                frame = each.get("timeFrame")
                pointer = f"/protocolSection/outcomesModule/{name}Outcomes/{number}"
                shown = _shown("record", pointer) | _supported("record", timeLabel=frame)
                add("endpoints", list=name, outcome=number, measure=each["measure"],
                    timeFrame=frame, **shown)  # fmt: skip


def _groups(results: dict[str, Any], add: Any) -> None:  # noqa: ANN401 - as above
    for kind, module, name in (
        ("flow-groups", "participantFlowModule", "groups"),
        ("event-groups", "adverseEventsModule", "eventGroups"),
    ):
        for number, group in enumerate(results.get(module, {}).get(name, ())):
            add(kind, **_group(group, f"/resultsSection/{module}/{name}/{number}"))
    outcomes = results.get("outcomeMeasuresModule", {}).get("outcomeMeasures", ())
    for number, outcome in enumerate(outcomes):
        for place, group in enumerate(outcome.get("groups", ())):
            table = f"/resultsSection/outcomeMeasuresModule/outcomeMeasures/{number}"
            add("outcome-groups", outcome=number, **_group(group, f"{table}/groups/{place}"))


def _group(group: dict[str, Any], pointer: str) -> dict[str, object]:
    key = "title" if group.get("title") else "id"
    shown = _shown("title", f"{pointer}/{key}", group[key])
    return {"group": group["id"], "title": group[key], **shown}


def _events(module: dict[str, Any], add: Any) -> None:  # noqa: ANN401 - as above
    for table, name in (("serious", "seriousEvents"), ("other", "otherEvents")):
        for number, row in enumerate(module.get(name, ())):
            pointer = f"/resultsSection/adverseEventsModule/{name}/{number}"
            words = {
                "organSystem": row.get("organSystem"),
                "sourceVocabulary": row.get("sourceVocabulary"),
                "assessment": _listed(row.get("assessmentType"), registry_words.ASSESSMENT_KINDS),
            }
            term = row.get("term") or "[no term printed]"
            shown = (
                _shown("term", f"{pointer}/term", term)
                | _shown("row", pointer)
                | _supported("row", **words)
            )
            add("event-rows", table=table, row=number, **shown)
            for place, each in enumerate(row.get("stats", ())):
                add(
                    "events",
                    table=table,
                    row=number,
                    place=place,
                    number=number + 1,
                    term=term,
                    serious="true" if table == "serious" else "false",
                    **words,
                    **_numbers(each),
                    **_shown("numbers", f"{pointer}/stats/{place}"),
                )


def _numbers(item: dict[str, Any]) -> dict[str, object]:
    """Give the numbers of a group, whether they are a report or a denial, and what is supported."""
    affected, events, at_risk = (
        None if item.get(name) is None else str(item[name])
        for name in ("numAffected", "numEvents", "numAtRisk")
    )
    known = [int(number) for number in (affected, events) if number is not None]
    reporting = None
    if known and min(known) > 0:
        reporting = "Reported"
    elif known and max(known) == 0 and at_risk != "0":
        reporting = "Denied"
    unit = None if affected is None else "patients"
    supported = _supported(
        "numbers",
        reporting=reporting,
        count=affected,
        countUnit=unit,
        events=events,
        atRisk=at_risk,
    )
    return {
        "numAffected": affected,
        "numEvents": events,
        "numAtRisk": at_risk,
        "reporting": reporting,
        "countUnit": unit,
        "group": item["groupId"],
        **supported,
    }


def _listed(word: str | None, table: Mapping[str, NamedNode | None]) -> str | None:
    found = None if word is None else table.get(word)
    return None if found is None else _local(found)


def _local(term: NamedNode) -> str:
    return term.value.rpartition("#")[2].rpartition("/")[2]
