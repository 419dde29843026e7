"""The adverse events of included studies: reports, denials and silence (CONSORT Harms)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.exporting.reviews.evidence_columns import EvidenceColumn
from cellkg.exporting.reviews.study_reading import BETWEEN, NOT_STATED
from cellkg.vocabulary import CKG, TERM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cellkg.exporting.reviews.evidence_columns import EvidenceRow
    from cellkg.exporting.reviews.study_reading import StudyReading

HARMS: Final = (
    EvidenceColumn("Study", "The short name, which cellkg show takes.", 16),
    EvidenceColumn("Origin", "Who recorded it: curated by hand, or read from a registry.", 9),
    EvidenceColumn("Arm or group", "The people counted, as printed; empty for all.", 24),
    EvidenceColumn("Whose", "Cell arm, comparator, whole study, or not known.", 11),
    EvidenceColumn("Event as printed", "The wording of the source.", 26),
    EvidenceColumn("Event", "Our term for it, where the wording is a known one.", 22),
    EvidenceColumn("Answer", "Reported, denied, or not stated.", 10),
    EvidenceColumn("Affected", "The number counted; empty where unknown, which is not 0.", 9),
    EvidenceColumn("At risk", "What it is out of; empty where unknown.", 8),
    EvidenceColumn("Per cent", "Affected of those at risk, where the unit counted is patients.", 8),
    EvidenceColumn("Events", "The number of events, where it is given.", 8),
    EvidenceColumn("Unit counted", "What the number affected counts.", 12),
    EvidenceColumn("Serious", "Serious, not serious, or not stated.", 11),
    EvidenceColumn("Grade or severity", "The grade of CTCAE, or the severity as printed.", 12),
    EvidenceColumn("Related to", "What the event is said to be related to.", 14),
    EvidenceColumn("Course", "The course as printed.", 12),
    EvidenceColumn("Scope", "What a claim is limited to, and its time window.", 26),
    EvidenceColumn(
        "Listed above (%)",
        "Events that are not serious are listed only above this"
        " share of people; of rarer ones the table is silent.",
        10,
    ),
    EvidenceColumn(
        "Source", "What kind of document says so, and whether it went through peer review.", 20
    ),
    EvidenceColumn(
        "Quote",
        "The words that the main value rests on, or [where it stands in the registry record].",
        40,
    ),
    EvidenceColumn(
        "Status", "Whether the words state the value, or it is inferred or derived.", 10
    ),
    EvidenceColumn("Record", "The record behind the row, which cellkg why takes.", 30),
)
"""The columns."""

_ANSWERS: Final = {CKG["Reported"].value: "reported", CKG["Denied"].value: "denied"}
_ORDER: Final = ("reported", "denied", NOT_STATED)


class _Said(NamedTuple):
    """A row as it is sorted: the answer, whether serious, the row of the table."""

    place: tuple[int, int, int]
    row: EvidenceRow


def harms_rows(study: StudyReading) -> Iterator[EvidenceRow]:
    """Make the rows of a study: its reports, then its denials, then where it says nothing.

    Args:
        study: The study.

    Returns:
        One cell a column of `HARMS`; one row that says "not stated" for a study that is described
        and silent about every event.
    """
    said = [_finding(study, each) for each in study.things(study.iri, "adverseEventFinding")]
    said += [
        _denial(study, each, event)
        for each in study.things(study.iri, "statement")
        for event in study.things(each, "denies")
    ]
    if said:
        for each in sorted(said, key=lambda each: each.place):
            yield each.row
    elif study.described():
        yield _silence(study)


def claims_left_out(study: StudyReading) -> int:
    """Count the claims of safety that name no event, so that they deny none."""
    return sum(
        not study.things(each, "denies")
        for each in study.things(study.iri, "statement")
        if CKG["GeneralSafetyClaim"].value in study.things(each, "statementKind")
    )


def _finding(study: StudyReading, record: str) -> _Said:
    reporting = next(iter(study.things(record, "reporting")), "")
    answer = _ANSWERS.get(reporting, NOT_STATED)
    groups = study.things(record, "inResultGroup")
    arms = study.things(record, "inArm") or study.things(groups, "inArm")
    count, at_risk = study.integer(record, "count"), study.integer(record, "atRisk")
    unit = study.things(record, "countUnit")
    share = None
    if count is not None and at_risk and TERM["patients"].value in unit:
        share = round(100 * count / at_risk, 1)
    serious = study.text(record, "serious")
    grade = study.text(record, "grade")
    severity = [f"grade {grade}"] * bool(grade) + study.texts(record, "severity")
    row = (
        *_whose(study, groups, arms),
        study.printed(record),
        study.labels(record, "event"),
        answer,
        count,
        at_risk,
        share,
        study.integer(record, "events"),
        BETWEEN.join(map(study.label, unit)),
        {"true": "serious", "false": "not serious"}.get(serious, NOT_STATED),
        BETWEEN.join(severity),
        study.labels(record, "relatedness"),
        study.text(record, "course"),
        study.text(record, "timeLabel"),
        None if serious == "true" else _threshold(study),
        *_grounds(study, record),
    )
    place = (_ORDER.index(answer), serious != "true", study.integer(record, "tableRow") or 0)
    return _Said(place, row)


def _denial(study: StudyReading, record: str, event: str) -> _Said:
    scopes = ("scopeSeriousness", "scopePeriod", "scopeCondition", "timeLabel")
    scope = [study.text(record, each) for each in scopes]
    serious = "serious" if "serious" in study.texts(record, "scopeSeriousness") else NOT_STATED
    row = (
        *_whose(study, [], []),
        study.printed(record) or study.text(record, "summary"),
        study.label(event),
        "denied",
        None,
        study.integer(record, "atRisk"),
        None,
        None,
        "",
        serious,
        "",
        "",
        "",
        BETWEEN.join(dict.fromkeys(filter(None, scope))),
        _threshold(study),
        *_grounds(study, record),
    )
    return _Said((_ORDER.index("denied"), serious != "serious", 0), row)


def _silence(study: StudyReading) -> EvidenceRow:
    sources = study.things(study.iri, "describedBy")
    return (
        study.name,
        study.origin,
        "",
        "",
        "",
        "",
        NOT_STATED,
        *(None,) * 4,
        *("",) * 6,
        _threshold(study),
        _kinds(study, sources),
        "",
        "",
        study.name,
    )


def _whose(study: StudyReading, groups: list[str], arms: list[str]) -> tuple[str, str, str, str]:
    titles = [study.printed(each) for each in groups or arms]
    if arms and all(map(study.gives_cells, arms)):
        whose = "cell arm"
    elif (not groups and not arms) or len(study.things(study.iri, "arm")) == 1:
        whose = "whole study"
    elif arms and all(map(study.compares, arms)):
        whose = "comparator"
    else:
        whose = "not known"
    return study.name, study.origin, BETWEEN.join(filter(None, titles)), whose


def _threshold(study: StudyReading) -> float | None:
    for each in study.things(study.iri, "adverseEventCollection"):
        for text in study.texts(each, "frequencyThreshold"):
            return float(text)
    return None


def _grounds(study: StudyReading, record: str) -> tuple[str, str, str, str]:
    evidence = study.things(record, "principalEvidence")
    words = study.quote(record)
    if not words:
        places = [text for each in evidence for text in study.texts(each, "jsonPointer")]
        reasons = [text for each in evidence for text in study.texts(each, "reasoning")]
        words = BETWEEN.join([f"[at {each}]" for each in places] or reasons)
    short = record.rpartition("/")[2]
    return (
        _kinds(study, study.sources_of(record)),
        " ".join(words.split()),
        study.labels(evidence, "status"),
        short,
    )


def _kinds(study: StudyReading, sources: list[str]) -> str:
    reviewed = {"true": "peer-reviewed", "false": "not peer-reviewed"}
    return BETWEEN.join(
        f"{study.labels(each, 'sourceKind') or 'kind not stated'}"
        f" ({reviewed.get(study.text(each, 'peerReviewed'), 'peer review not stated')})"
        for each in sources
    )
