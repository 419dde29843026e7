"""What a study set out to measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from cellkg.importers.prose import Passage
from cellkg.records import OutcomeSpecification
from cellkg.vocabulary import TERM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder
    from cellkg.importers.prose import ProseReader

_LISTS: Final = (
    ("primaryOutcomes", "primary", TERM["primary-endpoint"]),
    ("secondaryOutcomes", "secondary", TERM["secondary-endpoint"]),
    ("otherOutcomes", "other", TERM["other-endpoint"]),
)


def specifications_of(
    protocol: Item, reader: ProseReader, recorder: Recorder
) -> Iterator[OutcomeSpecification]:
    """Take in the planned outcomes: the measure, as printed and as a term, and its time frame.

    Args:
        protocol: The section ``protocolSection``.
        reader: Tells which measure a title names.
        recorder: Names and evidence of this record.

    Yields:
        The primary, secondary and other outcomes; those without a title are noted as not taken.
    """
    for key, kind, role in _LISTS:
        for place, item in enumerate(protocol["outcomesModule"][key].items()):
            title = item["measure"]
            printed = title.text()
            if printed is None:
                recorder.not_taken["a planned outcome without a title"] += 1
                continue
            label = f"endpoint-{kind}-{place}"
            name = recorder.name(label, "record")
            words: dict[str, Any] = {
                "printed_terms": (printed,),
                "endpoint_role": role,
                "time_label": item["timeFrame"].text(),
            }
            evidence = [recorder.stated(name, OutcomeSpecification, words, item)]
            found = reader.outcome_measure(Passage(title.pointer, title.raw()))
            if found is not None:
                words["measure"] = NamedNode(str(found.value))
                measure = recorder.name(label, "measure")
                evidence.append(
                    recorder.inferred(measure, OutcomeSpecification, ("measure",), found)
                )
            yield OutcomeSpecification(
                iri=recorder.name(label),
                evidence=tuple(evidence),
                principal_evidence=name,
                **words,
            )
