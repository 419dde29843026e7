"""What a record says, as one sentence that a person can cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.records import AdverseEventFinding, OutcomeFinding, Statement
from cellkg.vocabulary import CKG, STUDY, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pyoxigraph import NamedNode

    from cellkg.exporting.exchange.study_records import CountedGroup, StudyRecords

    Citable = AdverseEventFinding | OutcomeFinding | Statement

_NO_RESULT: Final = {CKG[each] for each in ("Advertising", "Aim", "Background", "Plan")}
_NUMBERS: Final = (
    *("analysed", "improved", "unchanged", "worsened", "improved_or_unchanged"),
    *("patients_with", "patients_without", "value", "mean", "standard_deviation", "median"),
    *("range_min", "range_max", "dispersion", "lower_limit", "upper_limit", "baseline_mean"),
    *("effect", "p_value", "quantifier"),
)


def sentence_of(record: Citable, records: StudyRecords, labels: Mapping[str, str]) -> str:
    """Say in one sentence what a record says.

    Args:
        record: A finding or a statement.
        records: The study that it is of.
        labels: What terms are called, by IRI.

    Returns:
        The sentence; what the source does not state is said to be not stated, never 0.

    Example:
        >>> import cellkg
        >>> from cellkg.exporting.study_graphs import read_labels
        >>> from cellkg.exporting.exchange.study_records import read_study_records
        >>> store = cellkg.open_graph().store
        >>> poster = "https://w3id.org/cellkg/study/ms-intrathecal-msc-poster"
        >>> [records] = read_study_records(store, [poster])
        >>> fever = next(
        ...     each
        ...     for each in records.study.adverse_event_findings
        ...     if each.iri.value.endswith("#fever")
        ... )
        >>> sentence_of(fever, records, read_labels(store))
        'In the study ms-intrathecal-msc-poster, fever (printed: Fever) was reported: 4 (unit not
        stated), 28 at risk; whole study.'
    """
    name = records.study.iri.value.removeprefix(STUDY.iri)

    def label(node: NamedNode | None) -> str:
        return "" if node is None else labels.get(node.value, shorten(node.value))

    if isinstance(record, Statement):
        kind = label(record.statement_kind) or "statement"
        no_result = ", not a result" if record.statement_kind in _NO_RESULT else ""
        rest = "; ".join(_scope(record, [label(each) for each in record.denies]))
        words = (record.summary or "; ".join(record.printed_terms)).rstrip(".")
        return f"The study {name}, {kind}{no_result}: {words}{f' ({rest})' if rest else ''}."
    group = records.group_of(record.in_result_group, record.in_arms)
    if isinstance(record, OutcomeFinding):
        what = label(record.measure) or "; ".join(record.printed_terms) or "an outcome"
        return f"In the study {name}, {what}: {'; '.join(_outcome(record, label, group))}."
    printed = "; ".join(record.printed_terms)
    event = label(record.event)
    what = f"{event} (printed: {printed})" if event and printed else event or printed
    said = "denied" if record.reporting == CKG["Denied"] else "reported"
    unit = label(record.count_unit) or "unit not stated"
    count = "number not stated" if record.count is None else f"{record.count} ({unit})"
    at_risk = "number at risk not stated" if record.at_risk is None else f"{record.at_risk} at risk"
    return f"In the study {name}, {what} was {said}: {count}, {at_risk}; {_group(group)}."


def _group(group: CountedGroup) -> str:
    return group.of if group.label is None else f"group “{group.label}” ({group.of})"


def _scope(statement: Statement, denied: list[str]) -> Iterator[str]:
    if denied:
        yield f"denies: {', '.join(denied)}"
    if statement.at_risk is not None:
        yield f"{statement.at_risk} at risk"
    for each in (statement.scope_seriousness, statement.scope_period, statement.scope_condition):
        if each:
            yield f"scope: {each}"


def _outcome(
    finding: OutcomeFinding, label: Callable[[NamedNode | None], str], group: CountedGroup
) -> Iterator[str]:
    for each in (finding.category, finding.criterion, finding.time_label):
        if each:
            yield each
    known = [name for name in _NUMBERS if getattr(finding, name) is not None]
    for name in known:
        kind = finding.parameter_kind if name == "value" else None
        yield f"{kind or name.replace('_', ' ')} {getattr(finding, name)}"
    if not known:
        yield finding.printed_value or label(finding.result_direction) or "no number stated"
    unit = label(finding.unit) or finding.printed_unit
    if unit:
        yield f"unit {unit}"
    if finding.analysed is None:
        yield "number analysed not stated"
    yield _group(group)
