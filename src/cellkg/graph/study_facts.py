"""Everything that is held about a study, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.graph.fact_reader import FactReader
from cellkg.graph.names import short_name
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode, Triple

    from cellkg.graph.fact_reader import RecordFacts
    from cellkg.store import GraphStore

SECTIONS: Final = {
    "Sources": ("Source",),
    "Study": ("Study",),
    "Institutions": ("InstitutionRole",),
    "Participants": ("ParticipantCount",),
    "Arms, products and doses": (
        "Arm",
        "Intervention",
        "CellProduct",
        "Dose",
        "CoMedication",
        "ResultGroup",
    ),
    "Eligibility": ("EligibilityCriterion",),
    "Baseline": ("BaselineCharacteristic",),
    "Adverse events": ("AdverseEventCollection", "AdverseEventFinding"),
    "Statements": ("Statement",),
    "Outcomes": ("OutcomeSpecification", "OutcomeFinding", "StatisticalAnalysis"),
    "Patient rows": ("PatientObservation",),
    "Discrepancies": ("Discrepancy",),
}
"""What a study holds, in reading order: the title of each section and the classes in it."""

_SECTION_OF: Final = {CKG[name]: title for title, names in SECTIONS.items() for name in names}


class StudyFacts(NamedTuple):
    """A study as people read it.

    Attributes:
        iri: Its IRI.
        title: Its title, or its short name.
        sections: The records by the title of their section, in reading order.
        triples: The same as RDF, with the sources.
    """

    iri: NamedNode
    title: str
    sections: dict[str, tuple[RecordFacts, ...]]
    triples: tuple[Triple, ...]

    @property
    def name(self) -> str:
        """The short name of the study."""
        return short_name(self.iri.value)

    def records(self) -> Iterator[RecordFacts]:
        """Give all records in reading order."""
        for records in self.sections.values():
            yield from records


def study_facts(store: GraphStore, study: NamedNode) -> StudyFacts:
    """Gather everything that is held about a study.

    Args:
        store: The graphs.
        study: The IRI of the study.

    Returns:
        Its facts, with those of its sources.

    Raises:
        SourceFileError: A piece of evidence is not what it should be.
    """
    reader = FactReader(store, study.value)
    reader.load([study], parts=True)
    sources = reader.things(study, CKG["describedBy"], CKG["mentionedBy"])
    reader.load(sources)
    reader.load_labels()
    depths = dict.fromkeys(sources, 0) | reader.with_parts(study)
    sections: dict[str, list[RecordFacts]] = {title: [] for title in SECTIONS}
    for iri, depth in depths.items():
        record = reader.record(iri, depth)
        title = _SECTION_OF.get(record.kind, record.kind_label.capitalize())
        sections.setdefault(title, []).append(record)
    return StudyFacts(
        study,
        reader.title_of(study),
        {title: tuple(several) for title, several in sections.items() if several},
        tuple(reader.triples()),
    )
