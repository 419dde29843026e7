"""How many people were meant to take part, began, completed, and left for which reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cellkg.importers.ctgov import registry_words
from cellkg.importers.ctgov.groups import by_id, group_named, groups_of
from cellkg.records import ParticipantCount
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cellkg.importers.ctgov.groups import ArmLinker, Groups
    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder
    from cellkg.records import ResultGroup

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
        time = {"time_label": period["title"].text()}
        for number, milestone in enumerate(period["milestones"].items()):
            kind = milestone["type"]
            role = registry_words.MILESTONES.get(kind.text() or "", CKG["RoleNotStated"])
            words = time | {"participant_role": role, "printed_terms": _printed(kind)}
            label = f"flow-{place}-milestone-{number}"
            counts += _counts(
                label, words, milestone, milestone["achievements"].items(), known, recorder
            )
        for number, reason in enumerate(period["dropWithdraws"].items()):
            kind = reason["type"]
            words = time | {"participant_role": CKG["Withdrew"], "reason": kind.text()}
            label = f"flow-{place}-withdrawal-{number}"
            counts += _counts(label, words, reason, reason["reasons"].items(), known, recorder)
    return groups, counts


def _printed(kind: Item) -> tuple[str, ...]:
    text = kind.text()
    return () if text is None else (text,)


def _counts(
    label: str,
    words: dict[str, Any],
    row: Item,
    items: Sequence[Item],
    groups: Groups,
    recorder: Recorder,
) -> Iterator[ParticipantCount]:
    """Give the numbers of one row of the table, which share the words of the row."""
    name = recorder.name(label, "words")
    kind = row["type"]
    shared = recorder.stated(
        name, ParticipantCount, words, row, quoted=kind if kind.text() else None
    )
    for place, item in enumerate(items):
        count = item["numSubjects"].whole_number()
        if count is None:
            recorder.not_taken["a group of the participant flow without a number of people"] += 1
            continue
        group = group_named(groups, item["groupId"])
        numbers: dict[str, Any] = {"count": count, "in_result_group": group}
        number = recorder.stated(
            recorder.name(label, place, "number"), ParticipantCount, numbers, item
        )
        yield ParticipantCount(
            iri=recorder.name(label, place),
            evidence=(number, shared),
            principal_evidence=name,
            **words,
            **numbers,
        )
