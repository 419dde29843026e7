"""What one answer rests on, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.graph.fact_reader import FactReader
from cellkg.graph.names import solutions
from cellkg.vocabulary import CKG, RDF, STUDY

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from cellkg.graph.fact_reader import RecordFacts
    from cellkg.store import GraphStore

_SAME_MATTER: Final = {
    CKG["ParticipantCount"]: CKG["participantRole"],
    CKG["AdverseEventFinding"]: CKG["event"],
    CKG["OutcomeFinding"]: CKG["measure"],
}
"""By class: the property whose value two records share when they speak of the same matter."""


class Grounds(NamedTuple):
    """A record with what it rests on.

    Attributes:
        record: The record, with its evidence.
        sources: The documents of its evidence, by IRI.
        discrepancies: Disagreements about the record, or about one that it was concluded from.
        others: Other records of the same study on the same matter.
        agents: The names of those who recorded the evidence, by IRI.
    """

    record: RecordFacts
    sources: dict[NamedNode, RecordFacts]
    discrepancies: tuple[RecordFacts, ...]
    others: tuple[RecordFacts, ...]
    agents: dict[NamedNode, str]


def grounds(store: GraphStore, record: NamedNode) -> Grounds:
    """Gather what a record rests on, and what speaks against it.

    Args:
        store: The graphs.
        record: The IRI of the record.

    Returns:
        The record with its evidence, sources, disagreements and neighbours.

    Raises:
        SourceFileError: A piece of evidence is not what it should be.
    """
    reader = FactReader(store, record.value.partition("#")[0])
    discrepancies = _ask(
        store,
        f"{{ ?found {CKG['concerns']} {record} }} UNION"
        f" {{ {record} {CKG['evidence']}/{CKG['premise']} ?given ."
        f" ?found {CKG['concerns']} ?given }}",
    )
    others = _others(store, record)
    reader.load([record, *discrepancies, *others])
    sources = {
        evidence.source: None
        for each in (record, *others)
        for evidence in reader.evidence_of(each)
        if evidence.source is not None
    }
    reader.load(sources)
    reader.load_labels()
    agents = {each.recorded_by for each in reader.evidence_of(record) if each.recorded_by}
    return Grounds(
        reader.record(record),
        {each: reader.record(each) for each in sources},
        tuple(map(reader.record, discrepancies)),
        tuple(map(reader.record, others)),
        {each: reader.text(each) for each in agents},
    )


def _others(store: GraphStore, record: NamedNode) -> list[NamedNode]:
    study, _, name = record.value.partition("#")
    if record.value not in STUDY or not name:
        return []
    return [
        found
        for kind, matter in _SAME_MATTER.items()
        for found in _ask(
            store,
            f"{record} {RDF['type']} {kind} ; {matter} ?matter ."
            f" ?found {RDF['type']} {kind} ; {matter} ?matter ."
            f' FILTER(?found != {record} && STRSTARTS(STR(?found), "{study}#"))',
        )
    ]


def _ask(store: GraphStore, pattern: str) -> list[NamedNode]:
    found = solutions(store, f"SELECT DISTINCT ?found WHERE {{ {pattern} }}")
    return sorted((row["found"] for row in found), key=str)
