"""How many people were meant to take part, began, completed, and left for which reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cellkg.importers.ctgov import registry_words
from cellkg.importers.ctgov.groups import by_id, group_named, groups_of
from cellkg.records import ParticipantCount
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cellkg.importers.ctgov.groups import ArmLinker, Groups
    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder
    from cellkg.records import Evidence, ResultGroup

_ENROLMENT_ROLES = {"ACTUAL": CKG["Enrolled"], "ESTIMATED": CKG["PlannedEnrolment"]}


def enrolment_of(protocol: Item, recorder: Recorder) -> Iterator[ParticipantCount]:
    """Take in the enrolment: planned, counted, or with nothing said of which.

    Args:
        protocol: The section ``protocolSection``.
        recorder: Names and evidence of this record.

    Yields:
        One count; none where no number is given.
    """
    item = protocol["designModule"]["enrollmentInfo"]
    count = item["count"].whole_number()
    if count is None:
        return
    role = recorder.listed(item["type"], _ENROLMENT_ROLES) or CKG["RoleNotStated"]
    values: dict[str, Any] = {"participant_role": role, "count": count}
    if role == CKG["Enrolled"]:
        values["headline"] = True
    shown = {name: value for name, value in values.items() if name != "headline"}
    name = recorder.name("enrolment", "record")
    evidence = recorder.stated(name, ParticipantCount, shown, item)
    yield ParticipantCount(
        iri=recorder.name("enrolment"), evidence=(evidence,), principal_evidence=name, **values
    )


def flow_of(
    results: Item, linker: ArmLinker, recorder: Recorder
) -> tuple[tuple[ResultGroup, ...], list[ParticipantCount]]:
    """Take in the table of participant flow.

    Args:
        results: The section ``resultsSection``.
        linker: Tells which arm a group is.
        recorder: Names and evidence of this record.

    Returns:
        The groups that the table counts; and its numbers by period, milestone and group, then
        those who left, by reason.
    """
    module = results["participantFlowModule"]
    groups = groups_of(
        module["groups"].items(), "flow", CKG["ParticipantFlowTable"], linker, recorder
    )
    known = by_id(groups)
    counts: list[ParticipantCount] = []
    for place, period in enumerate(module["periods"].items()):
        title = period["title"]
        time = {"time_label": title.text()}
        when: tuple[Evidence, ...] = ()
        if title.text() is not None:
            name = recorder.name("flow", place, "period")
            when = (recorder.stated(name, ParticipantCount, time, title, quoted=title),)
        for number, milestone in enumerate(period["milestones"].items()):
            kind = milestone["type"]
            role = registry_words.MILESTONES.get(kind.text() or "", CKG["RoleNotStated"])
            words = {"participant_role": role, "printed_terms": _printed(kind)}
            row = _Row(f"flow-{place}-milestone-{number}", milestone, words, time, when)
            counts += _counts(row, milestone["achievements"].items(), known, recorder)
        for number, reason in enumerate(period["dropWithdraws"].items()):
            kind = reason["type"]
            words = {"participant_role": CKG["Withdrew"], "reason": kind.text()}
            row = _Row(f"flow-{place}-withdrawal-{number}", reason, words, time, when)
            counts += _counts(row, reason["reasons"].items(), known, recorder)
    return groups, counts


def _printed(kind: Item) -> tuple[str, ...]:
    text = kind.text()
    return () if text is None else (text,)


class _Row(NamedTuple):
    """A row of the table: its name, where it stands, and what all its numbers share."""

    label: str
    item: Item
    words: dict[str, Any]
    time: dict[str, Any]
    when: tuple[Evidence, ...]


def _counts(
    row: _Row, items: Sequence[Item], groups: Groups, recorder: Recorder
) -> Iterator[ParticipantCount]:
    """Give the numbers of one row of the table."""
    name = recorder.name(row.label, "words")
    kind = row.item["type"]
    shared = recorder.stated(
        name, ParticipantCount, row.words, row.item, quoted=kind if kind.text() else None
    )
    for place, item in enumerate(items):
        count = item["numSubjects"].whole_number()
        if count is None:
            recorder.not_taken["a group of the participant flow without a number of people"] += 1
            continue
        group = group_named(groups, item["groupId"])
        numbers: dict[str, Any] = {"count": count, "in_result_group": group}
        number = recorder.stated(
            recorder.name(row.label, place, "number"), ParticipantCount, numbers, item
        )
        yield ParticipantCount(
            iri=recorder.name(row.label, place),
            evidence=(number, shared, *row.when),
            principal_evidence=name,
            **row.words,
            **row.time,
            **numbers,
        )
