"""Registry records as lists of flat objects, which RML can map; see ctgov.rml.ttl.

A value of a closed list becomes the name of its term, and a text is written as people read it, both
as cellkg does it: they are what is compared, not what is measured.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from cellkg.importers.ctgov import registry_words
from cellkg.importers.ctgov.wording import tidy

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
)
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
        row = {name: tidy(str(value)) for name, value in values.items() if value is not None}
        tables[table].append({"nctId": nct_id} | {name: text for name, text in row.items() if text})

    _study(protocol, add)
    _arms(protocol.get("armsInterventionsModule", {}), add)
    _lists(protocol, add)
    _groups(results, add)
    _events(results.get("adverseEventsModule", {}), add)


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
        add("arms", arm=number, label=arm.get("label") or "[no label printed]", role=role)
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
        add("sites", site=number, facility=site.get("facility"), country=site.get("country"),
            place=place)  # fmt: skip
    references = protocol.get("referencesModule", {}).get("references", ())
    for number, each in enumerate(references):
        kind = _listed(each.get("type"), registry_words.REFERENCE_KINDS)
        pmid = each.get("pmid")
        add("references", reference=number, kind=kind, pmid=pmid and pmid.lstrip("0"))
    outcomes = protocol.get("outcomesModule", {})
    for name in ("primary", "secondary", "other"):
        for number, each in enumerate(outcomes.get(f"{name}Outcomes", ())):
            if tidy(each.get("measure", "")):
                add("endpoints", list=name, outcome=number, measure=each["measure"],
                    timeFrame=each.get("timeFrame"))  # fmt: skip


def _groups(results: dict[str, Any], add: Any) -> None:  # noqa: ANN401 - as above
    for kind, module, name in (
        ("flow-groups", "participantFlowModule", "groups"),
        ("event-groups", "adverseEventsModule", "eventGroups"),
    ):
        for group in results.get(module, {}).get(name, ()):
            add(kind, group=group["id"], title=group.get("title") or group["id"])
    outcomes = results.get("outcomeMeasuresModule", {}).get("outcomeMeasures", ())
    for number, outcome in enumerate(outcomes):
        for group in outcome.get("groups", ()):
            title = group.get("title") or group["id"]
            add("outcome-groups", outcome=number, group=group["id"], title=title)


def _events(module: dict[str, Any], add: Any) -> None:  # noqa: ANN401 - as above
    for table, name in (("serious", "seriousEvents"), ("other", "otherEvents")):
        for number, row in enumerate(module.get(name, ())):
            for place, each in enumerate(row.get("stats", ())):
                add(
                    "events",
                    table=table,
                    row=number,
                    place=place,
                    number=number + 1,
                    term=row.get("term") or "[no term printed]",
                    serious="true" if table == "serious" else "false",
                    organSystem=row.get("organSystem"),
                    sourceVocabulary=row.get("sourceVocabulary"),
                    assessment=_listed(row.get("assessmentType"), registry_words.ASSESSMENT_KINDS),
                    numAffected=each.get("numAffected"),
                    numEvents=each.get("numEvents"),
                    numAtRisk=each.get("numAtRisk"),
                    group=each["groupId"],
                )


def _listed(word: str | None, table: Mapping[str, NamedNode | None]) -> str | None:
    found = None if word is None else table.get(word)
    return None if found is None else _local(found)


def _local(term: NamedNode) -> str:
    return term.value.rpartition("#")[2].rpartition("/")[2]
