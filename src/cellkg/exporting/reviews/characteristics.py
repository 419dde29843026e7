"""The characteristics of included studies, one study a row (Cochrane Handbook, chapter III)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.exporting.reviews.evidence_columns import EvidenceColumn
from cellkg.exporting.reviews.study_reading import BETWEEN, LINES, NOT_STATED, grouped, in_number
from cellkg.vocabulary import CKG, DCTERMS, TERM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cellkg.exporting.reviews.evidence_columns import EvidenceRow
    from cellkg.exporting.reviews.study_reading import StudyReading

_ROLES: Final = (
    "PlannedEnrolment",
    "Screened",
    "Enrolled",
    "Treated",
    "Analysed",
    "Completed",
    "Withdrew",
    "RoleNotStated",
)
_SUBGROUP: Final = ("inArm", "inResultGroup", "administrations")
_FUNDERS: Final = ("Sponsor", "Collaborator", "Conductor")
_NOT_READ: Final = "not read from the registry"


def characteristics_row(study: StudyReading, overlaps: Iterable[str]) -> EvidenceRow:
    """Make the row of a study.

    Args:
        study: The study.
        overlaps: The names of studies that share people with it, for all the build concludes.

    Returns:
        One cell a column of `CHARACTERISTICS`.
    """
    cells = [write(study) for _, write in _COLUMNS]
    related = [
        *(f"{study.name} is a pilot of {each}" for each in _names(study, "pilotOf")),
        *(f"{study.name} follows up {each}" for each in _names(study, "followsUp")),
        *(
            f"may overlap with {each}"
            for each in sorted({*overlaps, *_names(study, "mayOverlapWith")})
        ),
    ]
    return (*(cell or NOT_STATED for cell in cells), BETWEEN.join(related) or "none found")


def numbers_left_out(study: StudyReading) -> int:
    """Count the numbers of people that its row does not show, because they are of a part."""
    return sum(_of_a_part(study, each) for each in study.things(study.iri, "participants"))


def _names(study: StudyReading, property_: str) -> list[str]:
    return [each.rpartition("/")[2] for each in study.things(study.iri, property_)]


def _title(study: StudyReading) -> str:
    return BETWEEN.join(study.texts_of(study.iri, DCTERMS["title"]))


def _sources(study: StudyReading) -> str:
    told = []
    for property_, remark in (("describedBy", ""), ("mentionedBy", ", names it in passing")):
        for source in study.things(study.iri, property_):
            reviewed = {"true": "peer-reviewed", "false": "not peer-reviewed"}.get(
                study.text(source, "peerReviewed"), "peer review not stated"
            )
            kind = study.labels(source, "sourceKind") or "kind not stated"
            known = set(study.texts(study.iri, "identifier"))
            numbers = [each for each in study.texts(source, "identifier") if each not in known]
            told.append(", ".join([f"{kind} ({reviewed}{remark})", *numbers]))
    return LINES.join(told)


def _design(study: StudyReading) -> str:
    properties = (
        "allocation",
        "masking",
        "interventionModel",
        "temporalDirection",
        "designFeature",
    )
    labels = (study.labels(study.iri, each) for each in properties)
    return BETWEEN.join(label for label in labels if label)


def _status(study: StudyReading) -> str:
    why = study.text(study.iri, "whyStopped")
    return study.labels(study.iri, "studyStatus") + (f" (“{why}”)" if why else "")


def _dates(study: StudyReading) -> str:
    told = []
    for name, words in (("start", "from"), ("end", "to")):
        date = study.text(study.iri, f"{name}Date")
        kind = study.labels(study.iri, f"{name}DateKind")
        if date:
            told.append(f"{words} {date}" + (f" ({kind})" if kind else ""))
    return " ".join(told)


def _countries(study: StudyReading) -> str:
    roles = study.things(study.iri, "institutionRole")
    return BETWEEN.join(sorted({each for role in roles for each in study.texts(role, "country")}))


def _people(study: StudyReading) -> str:
    """Write the numbers of people; where they differ, each with what it rests on."""
    told = []
    for name in _ROLES:
        role = CKG[name].value
        records = [
            each
            for each in study.things(study.iri, "participants")
            if role in study.things(each, "participantRole") and not _of_a_part(study, each)
        ]
        if records:
            records.sort(key=lambda each: study.text(each, "headline") != "true")
            numbers = dict.fromkeys(_number_of_people(study, each, records) for each in records)
            told.append(f"{study.label(role)}: {', '.join(numbers)}")
    return LINES.join(told)


def _of_a_part(study: StudyReading, record: str) -> bool:
    return any(study.things(record, each) or study.texts(record, each) for each in _SUBGROUP)


def _number_of_people(study: StudyReading, record: str, rivals: Iterable[str]) -> str:
    count, when = study.text(record, "count"), study.text(record, "timeLabel")
    # Numbers at different times need not agree.
    others = {study.text(each, "count") for each in rivals if study.text(each, "timeLabel") == when}
    remarks = [when, study.grounds(record) if len(others) > 1 else ""]
    told = ", ".join(each for each in remarks if each)
    return (grouped(count) if count else "number unknown") + (f" ({told})" if told else "")


def _conditions(study: StudyReading) -> str:
    printed = study.texts(study.iri, "printedCondition") or study.texts(study.iri, "printedTerm")
    labels = study.labels(study.iri, "condition")
    return labels + (f" (printed: {BETWEEN.join(printed)})" if printed else "")


def _eligibility(study: StudyReading) -> str:
    told = []
    for record in study.things(study.iri, "eligibilityCriterion"):
        words = study.text(record, "criterion") or study.printed(record)
        excluded = study.text(record, "exclusion") == "true"
        told.append(f"not: {words}" if excluded else words)
    if not told and study.origin == "registry":
        return _NOT_READ
    return BETWEEN.join(told)


def _products(study: StudyReading) -> str:
    told = []
    for product in _all(study, "product"):
        kinds = study.labels(product, "cellType")
        origins = study.labels(product, "derivedFrom")
        words = [kinds, f"derived from {origins}" if origins else ""]
        words.append(study.labels(product, "preservation"))
        words.append(study.text(product, "manipulation"))
        printed = study.printed(product)
        words.append(f"printed: {printed}" if printed else "")
        told.append(", ".join(each for each in words if each))
    return _distinct(told)


def _donors(study: StudyReading) -> str:
    told = []
    for product in _all(study, "product"):
        detail = study.text(product, "donorDetail")
        tissue = study.labels(product, "tissue")
        donor = study.labels(product, "donor") or "donor " + NOT_STATED
        words = [donor + (f" ({detail})" if detail else ""), f"from {tissue}" if tissue else ""]
        told.append(", ".join(each for each in words if each))
    return _distinct(told)


def _doses(study: StudyReading) -> str:
    told = []
    for dose in _all(study, "dose"):
        value, low, high = (study.text(dose, each) for each in ("doseValue", "doseMin", "doseMax"))
        unit, per = study.labels(dose, "doseUnit"), study.labels(dose, "dosePer")
        amount = grouped(value) if value else ""
        if not amount and (low or high):
            amount = " ".join(
                f"{words} {grouped(each)}"
                for words, each in (("from", low), ("up to", high))
                if each
            )
        printed = study.printed(dose)
        words = [amount, unit if amount else "", per if amount else ""]
        words.append(f"(printed: {printed})" if printed else "")
        levels = study.text(dose, "doseLevels")
        words.append(f"({levels} levels)" if levels else "")
        told.append(" ".join(each for each in words if each))
    return _distinct(told)


def _routes(study: StudyReading) -> str:
    cells = [each for each in _interventions(study) if study.things(each, "product")]
    routes = study.labels(cells, "route")
    sites = study.labels(cells, "siteOfDelivery")
    return routes + (f" (into: {sites})" if sites else "")


def _administrations(study: StudyReading) -> str:
    told = []
    for record in _interventions(study):
        unit = study.labels(record, "timeUnit")
        low, high = (study.text(record, f"administrations{each}") for each in ("Min", "Max"))
        number = low if low == high else f"{low or '?'} to {high or '?'}"
        first, last = (study.text(record, f"interval{each}") for each in ("Min", "Max"))
        every = first if first == last else f"{first or '?'} to {last or '?'}"
        if low or high or first or last:
            told.append(
                (number or f"number {NOT_STATED}")
                + (f", every {every} {in_number(unit, every)}" if every else "")
            )
    return _distinct(told)


def _comparators(study: StudyReading) -> str:
    arms = study.things(study.iri, "arm")
    told = []
    for arm in arms:
        roles = study.things(arm, "armRole")
        if roles and TERM["experimental-arm"].value not in roles:
            given = [study.printed(each) for each in study.things(arm, "receives")]
            words = BETWEEN.join(dict.fromkeys(filter(None, [study.printed(arm), *given])))
            told.append(study.label(roles[0]) + (f": {words}" if words else ""))
    if arms and not told:
        return "no comparator arm is named"
    return LINES.join(told)


def _follow_up(study: StudyReading) -> str:
    value, unit = study.text(study.iri, "timeValue"), study.labels(study.iri, "timeUnit")
    printed = study.text(study.iri, "timeLabel")
    if not value and not printed and study.origin == "registry":
        return _NOT_READ
    length = f"{value} {in_number(unit, value)}" if value else ""
    return f"{length} (printed: {printed})" if length and printed else length or printed


def _outcomes(study: StudyReading) -> str:
    by_role: dict[str, list[str]] = {}
    for record in study.things(study.iri, "outcomeSpecification"):
        role = study.labels(record, "endpointRole") or "measured"
        by_role.setdefault(role, []).append(_measure(study, record))
    if not by_role:
        found = [_measure(study, each) for each in study.things(study.iri, "outcomeFinding")]
        by_role = {"reported": found} if found else {}
    order = ["primary endpoint", "secondary endpoint"]
    ranked = sorted(by_role, key=lambda role: (role not in order, role))
    return LINES.join(f"{role}: {_distinct(by_role[role])}" for role in ranked)


def _measure(study: StudyReading, record: str) -> str:
    printed, label = study.printed(record), study.labels(record, "measure")
    words = f"{printed} [{label}]" if printed and label else printed or label or "not named"
    when = study.text(record, "timeLabel")
    return words + (f" ({when})" if when else "")


def _funders(study: StudyReading) -> str:
    told = []
    for name in _FUNDERS:
        for role in study.things(study.iri, "institutionRole"):
            if CKG[name].value in study.things(role, "institutionPart"):
                kind = study.text(role, "sponsorClass")
                who = study.labels(role, "institution") or study.printed(role)
                words = f"{study.label(CKG[name].value)}: {who}"
                told.append(words + (f" ({kind})" if kind else ""))
    return LINES.join(told)


def _harms(study: StudyReading) -> str:
    findings = study.things(study.iri, "adverseEventFinding")
    states = [study.things(each, "reporting") for each in findings]
    statements = study.things(study.iri, "statement")
    numbers = {
        "reports": sum(CKG["Reported"].value in each for each in states),
        "denials": sum(CKG["Denied"].value in each for each in states)
        + sum(bool(study.things(each, "denies")) for each in statements),
        "without a number": sum(not each for each in states),
    }
    if not findings and not numbers["denials"] and not study.described():
        return "only named in passing, so its silence says nothing"
    return BETWEEN.join(f"{what}: {number}" for what, number in numbers.items() if number)


def _interventions(study: StudyReading) -> list[str]:
    of_arms = study.things(study.iri, "arm", "receives")
    return [*of_arms, *study.things(study.iri, "unassignedIntervention")]


def _all(study: StudyReading, property_: str) -> list[str]:
    return study.things(_interventions(study), property_)


def _distinct(told: Iterable[str]) -> str:
    return BETWEEN.join(dict.fromkeys(each for each in told if each))


_COLUMNS: Final[tuple[tuple[EvidenceColumn, Callable[[StudyReading], str]], ...]] = (
    (
        EvidenceColumn("Study", "The short name, which cellkg show takes.", 16),
        lambda study: study.name,
    ),
    (EvidenceColumn("Title", "The title.", 34), _title),
    (
        EvidenceColumn("Identifiers", "Registration numbers and the like.", 18),
        lambda study: study.text(study.iri, "identifier"),
    ),
    (
        EvidenceColumn("Origin", "Who recorded it: curated by hand, or read from a registry.", 9),
        lambda study: study.origin,
    ),
    (
        EvidenceColumn(
            "Sources",
            "What kinds of documents tell of it, and whether they went through peer review.",
            20,
        ),
        _sources,
    ),
    (EvidenceColumn("Design", "Allocation, masking and further features.", 22), _design),
    (
        EvidenceColumn("Phase", "The phase of the trial.", 9),
        lambda study: study.labels(study.iri, "phase"),
    ),
    (EvidenceColumn("Status", "How far it has come, and why it was stopped.", 16), _status),
    (EvidenceColumn("Dates", "When it began and ended, or is to.", 16), _dates),
    (EvidenceColumn("Countries", "Where its institutions and sites are.", 13), _countries),
    (
        EvidenceColumn(
            "Participants (people)",
            "Numbers of people by role; where numbers differ, each"
            " with the words it rests on, the headline first.",
            28,
        ),
        _people,
    ),
    (EvidenceColumn("Condition", "What is treated, as our terms and as printed.", 24), _conditions),
    (EvidenceColumn("Eligibility", "Conditions for taking part.", 28), _eligibility),
    (EvidenceColumn("Cell product", "The cells given, by all arms.", 28), _products),
    (EvidenceColumn("Donor and tissue", "Whose cells, and what they come from.", 22), _donors),
    (EvidenceColumn("Dose", "The doses given, as read and as printed.", 24), _doses),
    (EvidenceColumn("Route", "The routes by which cells are given.", 15), _routes),
    (EvidenceColumn("Administrations", "How often, and at which interval.", 16), _administrations),
    (EvidenceColumn("Comparator", "The arms that are not experimental.", 26), _comparators),
    (EvidenceColumn("Follow-up", "How long people were followed.", 18), _follow_up),
    (
        EvidenceColumn(
            "Outcomes", "The measures planned, or else those reported; our term in brackets.", 70
        ),
        _outcomes,
    ),
    (
        EvidenceColumn("Funding and conduct", "Sponsor, collaborators, and who ran it.", 26),
        _funders,
    ),
    (
        EvidenceColumn(
            "Adverse events",
            "Whether any are reported or denied; the table of adverse events lists them.",
            18,
        ),
        _harms,
    ),
)

CHARACTERISTICS: Final = (
    *(column for column, _ in _COLUMNS),
    EvidenceColumn(
        "Related studies",
        "Studies that may share people with it, by its sources or by a conclusion of the build.",
        22,
    ),
)
"""The columns."""
