"""The tables of adverse events and deaths: every row, group by group.

A number above 0 is a report, 0 a denial with a number. Where the table gives no number, or counts
among nobody, the row leaves the event open. An event rarer than the threshold has no row: silence.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from cellkg.importers.ctgov import registry_words
from cellkg.importers.ctgov.groups import by_id, group_named, groups_of
from cellkg.importers.prose import Passage
from cellkg.records import AdverseEventCollection, AdverseEventFinding
from cellkg.vocabulary import CKG, TERM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cellkg.importers.ctgov.groups import ArmLinker, Groups
    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder
    from cellkg.importers.prose import ProseReader
    from cellkg.records import Evidence, ResultGroup

_TABLES: Final = (("serious-event", "seriousEvents", True), ("other-event", "otherEvents", False))
_OTHER_TOTAL: Final = "[any other adverse event above the threshold]"
_WHY_OTHER_TOTAL: Final = "The words stand for the fields otherNumAffected and otherNumAtRisk."
_TOTALS: Final = (
    ("deaths", TERM["death"], None),
    ("serious", TERM["serious-adverse-event"], True),
    # Only events above the threshold are counted, so 0 of them denies no event.
    ("other", None, False),
)


def collection_of(results: Item, recorder: Recorder) -> Iterator[AdverseEventCollection]:
    """Take in the time frame of the tables, and how rare the rarest listed event may be.

    Args:
        results: The section ``resultsSection``.
        recorder: Names and evidence of this record.

    Yields:
        One collection; none where neither is told.
    """
    module = results["adverseEventsModule"]
    threshold = recorder.number(module["frequencyThreshold"])
    values: dict[str, Any] = {
        "frequency_threshold": threshold,
        "time_label": module["timeFrame"].text(),
    }
    if threshold is not None and not 0 <= threshold <= Decimal(100):
        recorder.not_taken["a frequency threshold outside 0 to 100 per cent"] += 1
        values["frequency_threshold"] = None
    if all(value is None for value in values.values()):
        return
    name = recorder.name("events", "record")
    evidence = recorder.stated(name, AdverseEventCollection, values, module)
    yield AdverseEventCollection(
        iri=recorder.name("events"), evidence=(evidence,), principal_evidence=name, **values
    )


def events_of(
    results: Item, linker: ArmLinker, reader: ProseReader, recorder: Recorder
) -> tuple[tuple[ResultGroup, ...], list[AdverseEventFinding]]:
    """Take in the tables of adverse events.

    Args:
        results: The section ``resultsSection``.
        linker: Tells which arm a group is.
        reader: Tells which term a printed one names.
        recorder: Names and evidence of this record.

    Returns:
        The groups that the tables count; and a finding for each group in each row, after those for
        the totals of each group.
    """
    module = results["adverseEventsModule"]
    items = module["eventGroups"].items()
    groups = groups_of(items, "events", CKG["AdverseEventTable"], linker, recorder)
    known = by_id(groups)
    findings = [
        finding
        for item, group in zip(items, groups, strict=True)
        for finding in _totals(item, group, recorder)
    ]
    for label, key, serious in _TABLES:
        for place, row in enumerate(module[key].items()):
            findings += _row(f"{label}-{place}", place, row, serious, known, reader, recorder)
    return groups, findings


def _totals(item: Item, group: ResultGroup, recorder: Recorder) -> Iterator[AdverseEventFinding]:
    for kind, event, serious in _TOTALS:
        affected = item[f"{kind}NumAffected"].whole_number()
        at_risk = item[f"{kind}NumAtRisk"].whole_number()
        if affected is None and at_risk is None:
            continue
        values = _numbers(affected, None, at_risk) | {"in_result_group": group.iri}
        values |= {"serious": serious, "event": event}
        label = f"{group.iri.value.partition('#')[2]}-{kind}"
        name = recorder.name(label, "record")
        evidence = [recorder.stated(name, AdverseEventFinding, values, item)]
        if event is None:
            values["printed_terms"] = (_OTHER_TOTAL,)
            words = recorder.name(label, "words")
            evidence.append(
                recorder.concluded(
                    words, AdverseEventFinding, ("printed_terms",), item, _WHY_OTHER_TOTAL
                )
            )
        yield AdverseEventFinding(
            iri=recorder.name(label),
            evidence=tuple(evidence),
            principal_evidence=name,
            **values,
        )


def _numbers(affected: int | None, events: int | None, at_risk: int | None) -> dict[str, Any]:
    """Say what the numbers of a group mean: a report, a denial, or neither."""
    known = [number for number in (affected, events) if number is not None]
    reporting = None
    if known and min(known) > 0:
        reporting = CKG["Reported"]
    elif known and max(known) == 0 and at_risk != 0:
        reporting = CKG["Denied"]
    # Nobody affected by several events is neither: the shapes tell of it.
    return {
        "reporting": reporting,
        "count": affected,
        "count_unit": None if affected is None else TERM["patients"],
        "events": events,
        "at_risk": at_risk,
    }


def _row(
    label: str,
    place: int,
    row: Item,
    serious: bool,  # noqa: FBT001 - as the table has it
    groups: Groups,
    reader: ProseReader,
    recorder: Recorder,
) -> Iterator[AdverseEventFinding]:
    """Give the findings of one row, which share what the row says of all groups."""
    term = row["term"]
    printed = term.text()
    words: dict[str, Any] = {
        "printed_terms": (printed or "[no term printed]",),
        "serious": serious,
        "organ_system": row["organSystem"].text(),
        "source_vocabulary": row["sourceVocabulary"].text(),
        "assessment": recorder.listed(row["assessmentType"], registry_words.ASSESSMENT_KINDS),
        "table_row": place + 1,
    }
    shared = _shown_words(label, row, words, recorder)
    found = None if printed is None else reader.adverse_event(Passage(term.pointer, term.raw()))
    if found is not None:
        words["event"] = NamedNode(str(found.value))
        name = recorder.name(label, "event")
        shared = (*shared, recorder.inferred(name, AdverseEventFinding, ("event",), found))
    stats = row["stats"].items()
    if not stats:
        recorder.not_taken["a row of adverse events that counts no group"] += 1
    for number, item in enumerate(stats):
        numbers = _numbers(
            item["numAffected"].whole_number(),
            item["numEvents"].whole_number(),
            item["numAtRisk"].whole_number(),
        )
        numbers["in_result_group"] = group_named(groups, item["groupId"])
        name = recorder.name(label, number, "numbers")
        evidence = recorder.stated(name, AdverseEventFinding, numbers, item)
        yield AdverseEventFinding(
            iri=recorder.name(label, number),
            evidence=(*shared, evidence),
            principal_evidence=shared[0].iri,
            **words,
            **numbers,
        )


def _shown_words(
    label: str, row: Item, words: dict[str, Any], recorder: Recorder
) -> tuple[Evidence, ...]:
    """Quote the printed term, and point at the row for the rest."""
    term = row["term"]
    rest = dict(words)
    shown = []
    if term.text():
        printed = {"printed_terms": rest.pop("printed_terms")}
        name = recorder.name(label, "term")
        shown.append(recorder.stated(name, AdverseEventFinding, printed, term, quoted=term))
    shown.append(recorder.stated(recorder.name(label, "row"), AdverseEventFinding, rest, row))
    return tuple(shown)
