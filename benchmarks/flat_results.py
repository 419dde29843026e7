"""The results of registry records as flat tables: participant flow, outcomes, adverse events."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from flat_tables import FlatRecord, Values, listed, local, text, words

from cellkg.importers.ctgov import registry_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Json = dict[str, Any]
    People = dict[str, tuple[str, str]]
    """From a group to the number of its people, and where that stands."""

_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_ENROLMENT_ROLES: Final = {"ACTUAL": "Enrolled", "ESTIMATED": "PlannedEnrolment"}
_TOTALS: Final = (
    ("deaths", {"event": "death"}),
    ("serious", {"event": "serious-adverse-event", "serious": "true"}),
    ("other", {"serious": "false"}),
)
_OTHER_TOTAL: Final = "[any other adverse event above the threshold]"


def enrolment(info: Json, flat: FlatRecord) -> None:
    """Add how many people take part, or are meant to."""
    if info.get("count") is None:
        return
    role = _ENROLMENT_ROLES.get(text(info.get("type")) or "", "RoleNotStated")
    headline = "true" if role == "Enrolled" else None
    flat.add("counts", participants="enrolment", role=role, count=info["count"], headline=headline)
    values = {"participantRole": role, "count": info["count"]}
    pointer = "/protocolSection/designModule/enrollmentInfo"
    flat.show("enrolment", flat.state("enrolment-record", values, pointer))


def add(results: Json, flat: FlatRecord) -> None:
    """Add the rows of the results of a record.

    Args:
        results: The section ``resultsSection``, which may be empty.
        flat: Where they go.
    """
    _flow(results.get("participantFlowModule", {}), flat)
    _events(results.get("adverseEventsModule", {}), flat)
    tables = results.get("outcomeMeasuresModule", {}).get("outcomeMeasures", ())
    for number, table in enumerate(tables):
        _outcome(number, table, flat)


def _groups(groups: Iterable[Json], label: str, table: str, place: str, flat: FlatRecord) -> None:
    for number, group in enumerate(groups):
        name, key = f"{label}-{text(group['id'])}", "title" if text(group.get("title")) else "id"
        title = text(group[key])
        flat.add("groups", group=name, title=title, table=table)
        values = {"resultsTable": table, "printedTerm": title}
        pointer = f"{place}/{number}/{key}"
        flat.show(name, flat.state(f"{name}-title", values, pointer, group[key]))


def _flow(module: Json, flat: FlatRecord) -> None:
    place = "/resultsSection/participantFlowModule"
    groups = module.get("groups", ())
    _groups(groups, "flow", "ParticipantFlowTable", f"{place}/groups", flat)
    for number, period in enumerate(module.get("periods", ())):
        for list_name, label, numbers in (
            ("milestones", "milestone", "achievements"),
            ("dropWithdraws", "withdrawal", "reasons"),
        ):
            for row_number, row in enumerate(period.get(list_name, ())):
                pointer = f"{place}/periods/{number}/{list_name}/{row_number}"
                for each, item in enumerate(row.get(numbers, ())):
                    if item.get("numSubjects") is not None:
                        where = f"{pointer}/{numbers}/{each}"
                        name = f"flow-{number}-{label}-{row_number}"
                        _count(name, each, (period, row, item), (pointer, where), flat)


def _count(
    row_name: str, place: int, items: tuple[Json, Json, Json], at: tuple[str, str], flat: FlatRecord
) -> None:
    """Add a number of the participant flow: of its period, its row, and its own item."""
    period, row, item = items
    name, kind = f"{row_name}-{place}", text(row.get("type"))
    if "-withdrawal-" in row_name:
        said: Values = {"participantRole": "Withdrew", "reason": kind}
    else:
        role = registry_words.MILESTONES.get(kind or "")
        said = {"participantRole": local(role) if role else "RoleNotStated", "printedTerm": kind}
    numbers = {"count": text(str(item["numSubjects"])), "inResultGroup": item["groupId"]}
    time = text(period.get("title"))
    flat.add(
        "counts",
        participants=name,
        role=said["participantRole"],
        printed=said.get("printedTerm"),
        reason=said.get("reason"),
        time=time,
        count=numbers["count"],
        group=f"flow-{text(item['groupId'])}",
    )
    where = f"{at[0]}/type" if kind else at[0]
    shown = [
        flat.state(f"{row_name}-words", said, where, row.get("type")),
        flat.state(f"{name}-number", numbers, at[1]),
    ]
    if time:
        when = row_name.rsplit("-", 2)[0]
        where = f"{at[0].rsplit('/', 2)[0]}/title"
        shown.append(flat.state(f"{when}-period", {"timeLabel": time}, where, period["title"]))
    flat.show(name, *shown)


def _events(module: Json, flat: FlatRecord) -> None:
    place = "/resultsSection/adverseEventsModule"
    groups = module.get("eventGroups", ())
    _groups(groups, "events", "AdverseEventTable", f"{place}/eventGroups", flat)
    threshold, frame = _number(module.get("frequencyThreshold")), text(module.get("timeFrame"))
    if threshold is not None and not 0 <= Decimal(threshold) <= Decimal(100):
        threshold = None
    if threshold is not None or frame is not None:
        said = {"frequencyThreshold": threshold, "timeLabel": frame}
        flat.add("event-collections", collection="events", threshold=threshold, timeFrame=frame)
        flat.show("events", flat.state("events-record", said, place))
    for number, group in enumerate(groups):
        for kind, values in _TOTALS:
            _total(kind, values, group, f"{place}/eventGroups/{number}", flat)
    for table, key in (("serious", "seriousEvents"), ("other", "otherEvents")):
        for number, row in enumerate(module.get(key, ())):
            _event_row(table, number, row, f"{place}/{key}/{number}", flat)


def _total(kind: str, values: Values, group: Json, pointer: str, flat: FlatRecord) -> None:
    affected, at_risk = group.get(f"{kind}NumAffected"), group.get(f"{kind}NumAtRisk")
    if affected is None and at_risk is None:
        return
    group_name = f"events-{text(group['id'])}"
    name, columns = f"{group_name}-{kind}", _numbers(affected, None, at_risk)
    columns |= {"term": None if "event" in values else _OTHER_TOTAL}
    total = name.removeprefix("events-") if "event" in values else None
    flat.add("events", finding=name, group=group_name, total=total, **values, **columns)
    shown = [flat.state(f"{name}-record", _supported(columns) | values, pointer)]
    if total is None:
        words_shown = {"printedTerm": _OTHER_TOTAL}
        shown.append(flat.conclude(f"{name}-words", words_shown, pointer))
    flat.show(name, *shown)


def _event_row(table: str, number: int, row: Json, pointer: str, flat: FlatRecord) -> None:
    label, printed = f"{table}-event-{number}", text(row.get("term"))
    columns = {
        "serious": "true" if table == "serious" else "false",
        "organSystem": text(row.get("organSystem")),
        "sourceVocabulary": text(row.get("sourceVocabulary")),
        "assessment": listed(row.get("assessmentType"), registry_words.ASSESSMENT_KINDS),
    }
    rest = columns | {"tableRow": number}
    if printed is None:
        rest["printedTerm"] = "it"
    for place, item in enumerate(row.get("stats", ())):
        name, group = f"{label}-{place}", f"events-{text(item['groupId'])}"
        numbers = _numbers(*(item.get(f"num{each}") for each in ("Affected", "Events", "AtRisk")))
        flat.add(
            "events",
            finding=name,
            group=group,
            term=printed or "[no term printed]",
            number=number + 1,
            **columns,
            **numbers,
        )
        shown = [
            flat.state(f"{label}-row", rest, pointer),
            flat.state(f"{name}-numbers", _supported(numbers), f"{pointer}/stats/{place}"),
        ]
        if printed is not None:
            where = f"{pointer}/term"
            words = flat.state(f"{label}-term", {"printedTerm": printed}, where, row["term"])
            shown.insert(0, words)
        flat.show(name, *shown)


def _numbers(affected: object, events: object, at_risk: object) -> Values:
    """Give the numbers of a group, and whether they are a report or a denial."""
    known = [int(str(each)) for each in (affected, events) if each is not None]
    reporting = None
    if known and min(known) > 0:
        reporting = "Reported"
    elif known and max(known) == 0 and str(at_risk) != "0":
        reporting = "Denied"
    return {
        "numAffected": affected,
        "countUnit": None if affected is None else "patients",
        "numEvents": events,
        "numAtRisk": at_risk,
        "reporting": reporting,
    }


def _supported(numbers: Values) -> Values:
    return {
        "reporting": numbers["reporting"],
        "count": numbers["numAffected"],
        "countUnit": numbers["countUnit"],
        "events": numbers["numEvents"],
        "atRisk": numbers["numAtRisk"],
        "inResultGroup": "it",
    }


def _outcome(number: int, table: Json, flat: FlatRecord) -> None:
    label = f"outcome-{number}"
    pointer = f"/resultsSection/outcomeMeasuresModule/outcomeMeasures/{number}"
    groups = table.get("groups", ())
    _groups(groups, label, "OutcomeTable", f"{pointer}/groups", flat)
    columns = {
        "title": text(table.get("title")) or "[no title printed]",
        "role": listed(table.get("type"), registry_words.ENDPOINT_ROLES),
        "timeFrame": text(table.get("timeFrame")),
    }
    _values(label, table, pointer, columns, flat)
    for place, item in enumerate(table.get("analyses", ())):
        if item.get("groupIds"):
            name = f"{label}-analysis-{place}"
            shown = [*_shown_title(label, table, pointer, columns, flat)]
            values = _analysis(name, item, columns, flat)
            shown.append(flat.state(f"{name}-record", values, f"{pointer}/analyses/{place}"))
            for group in item["groupIds"]:
                flat.add("compared-groups", analysis=name, group=f"{label}-{text(group)}")
            flat.show(name, *shown)


def _shown_title(
    label: str, table: Json, pointer: str, columns: Values, flat: FlatRecord
) -> Iterator[str]:
    """Give the evidence of what all values and analyses of a table share."""
    where = f"{pointer}/title" if text(table.get("title")) else pointer
    yield flat.state(f"{label}-title", {"printedTerm": "it"}, where, table.get("title"))
    rest = {"endpointRole": columns["role"], "timeLabel": columns["timeFrame"]}
    if any(rest.values()):
        yield flat.state(f"{label}-record", rest, pointer)


def _values(label: str, table: Json, pointer: str, columns: Values, flat: FlatRecord) -> None:
    spread = text(table.get("dispersionType"))
    columns = columns | {
        "parameter": words(table.get("paramType")),
        "unit": text(table.get("unitOfMeasure")),
        "spreadKind": spread,
    }
    said = {
        "parameterKind": columns["parameter"],
        "printedUnit": columns["unit"],
        "dispersionKind": spread,
    }
    in_table, number = _people(table, pointer), 0
    for at, part in enumerate(table.get("classes", ())):
        people = in_table | _people(part, f"{pointer}/classes/{at}")
        for place, category in enumerate(part.get("categories", ())):
            where = f"{pointer}/classes/{at}"
            titles = (text(part.get("title")), text(category.get("title")))
            title = " · ".join(filter(None, titles)) or None
            shown_at = where if titles[0] else f"{where}/categories/{place}"
            for each, item in enumerate(category.get("measurements", ())):
                if text(item.get("value")) is None:
                    continue
                name, group = f"{label}-value-{number}-{each}", text(item["groupId"]) or ""
                shown = [*_shown_title(label, table, pointer, columns, flat)]
                if any(said.values()):
                    shown.append(flat.state(f"{label}-values", said, pointer))
                if title:
                    category_name = f"{label}-value-{number}-category"
                    shown.append(flat.state(category_name, {"category": title}, shown_at))
                numbers = _measured(item, columns["parameter"], (spread or "").casefold())
                item_at = f"{where}/categories/{place}/measurements/{each}"
                shown.append(flat.state(f"{name}-numbers", _of_value(numbers), item_at))
                analysed, analysed_at = people.get(group, (None, ""))
                if analysed is not None:
                    stands = analysed_at.removeprefix(f"{pointer}/").replace("/", "-")
                    shown.append(
                        flat.state(f"{label}-{stands}", {"analysed": analysed}, analysed_at)
                    )
                flat.add(
                    "outcome-values",
                    value=name,
                    group=f"{label}-{group}",
                    category=title,
                    analysed=analysed,
                    **columns,
                    **numbers,
                )
                flat.show(name, *shown)
            number += 1


def _people(part: Json, pointer: str) -> People:
    """Find the numbers of people; other units, such as eyes, are not people."""
    found = {}
    for place, item in enumerate(part.get("denoms", ())):
        if (text(item.get("units")) or "").casefold() == "participants":
            for each, count in enumerate(item.get("counts", ())):
                where = f"{pointer}/denoms/{place}/counts/{each}"
                found[text(count["groupId"]) or ""] = (count.get("value"), where)
    return found


def _measured(item: Json, parameter: str | None, spread: str) -> Values:
    """Give the columns of a value with its spread."""
    value, columns = _number(item["value"]), {"printed": text(item["value"])}
    if parameter in {"mean", "median"}:
        columns[parameter] = value
    elif parameter == "count of participants" and value is not None and _counts_people(value):
        columns["patientsWith"] = str(int(Decimal(value)))
    else:
        columns["number"] = value
    deviation = "deviation" if spread == "standard deviation" else "spread"
    columns[deviation] = _number(item.get("spread"))
    limits = ("rangeMin", "rangeMax") if spread == "full range" else ("lower", "upper")
    for name, key in zip(limits, ("lowerLimit", "upperLimit"), strict=True):
        columns[name] = _number(item.get(key))
    return columns


_PROPERTIES: Final = {
    "printed": "printedValue",
    "number": "value",
    "deviation": "standardDeviation",
    "spread": "dispersion",
    "lower": "lowerLimit",
    "upper": "upperLimit",
}


def _of_value(numbers: Values) -> Values:
    by_property = {_PROPERTIES.get(name, name): value for name, value in numbers.items()}
    return by_property | {"inResultGroup": "it"}


def _analysis(name: str, item: Json, table: Values, flat: FlatRecord) -> Values:
    """Add the row of an analysis, and give its values by property."""
    columns = {
        "hypothesis": words(item.get("nonInferiorityType")),
        "pValue": text(item.get("pValue")),
        "method": text(item.get("statisticalMethod")),
        "effect": _number(item.get("paramValue")),
        "effectKind": text(item.get("paramType")),
        "confidence": _number(item.get("ciPctValue")),
        "confidenceMin": _number(item.get("ciLowerLimit")),
        "confidenceMax": _number(item.get("ciUpperLimit")),
        "spread": _number(item.get("dispersionValue")),
        "spreadKind": words(item.get("dispersionType")),
    }
    flat.add("analyses", analysis=name, **table, **columns)
    renamed = {
        "method": "statisticalTest",
        "confidence": "confidenceLevel",
        "spread": "dispersion",
        "spreadKind": "dispersionKind",
    }
    by_property = {renamed.get(key, key): value for key, value in columns.items()}
    return by_property | {"comparesGroup": "it"}


def _number(value: object) -> str | None:
    """Write a number without an exponent; None for what is none, as "NA"."""
    written = "" if value is None else str(value).strip()
    return format(Decimal(written), "f") if _NUMBER.fullmatch(written) else None


def _counts_people(value: str) -> bool:
    number = Decimal(value)
    return 0 <= number <= 10**10 and number == int(number)
