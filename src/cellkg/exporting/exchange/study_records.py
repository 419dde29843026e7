"""The records of studies, one study after the other, with the documents they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, QuerySolutions

from cellkg.exporting.study_graphs import COMPARATOR_ROLES, sources_elsewhere
from cellkg.records import RecordReader, Source, Study
from cellkg.vocabulary import CKG, study_graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cellkg.records import Arm, Evidence, Record
    from cellkg.store import GraphStore


class CountedGroup(NamedTuple):
    """The people that a finding counts.

    Attributes:
        iri: The result group, the arm, or the study where the whole of it is meant.
        label: The group as printed; None for a whole study, or a group that is not named.
        of: "cell arm", "comparator", "whole study" or "not known": whose number it is.
        arms: The IRIs of the arms that the group is tied to.
    """

    iri: str
    label: str | None
    of: str
    arms: tuple[str, ...]


class StudyRecords(NamedTuple):
    """A study and the documents that its records rest on.

    Attributes:
        study: The study.
        sources: The documents by IRI; one that no graph describes is not in it.
    """

    study: Study
    sources: Mapping[str, Source]

    def group_of(self, group: NamedNode | None, arms: Sequence[NamedNode]) -> CountedGroup:
        """Tell whose number a finding gives.

        Args:
            group: The result group that it counts, if it names one.
            arms: The arms that it names.

        Returns:
            The group, by the meaning that the stored questions give to it.
        """
        held = next((each for each in self.study.result_groups if each.iri == group), None)
        tied = tuple(arms) or (held.in_arms if held is not None else ())
        if group is None and not tied:
            # Where there is one arm, records do not repeat it.
            only = self.study.arms if len(self.study.arms) == 1 else ()
            arms_of_all = tuple(each.iri.value for each in only)
            return CountedGroup(self.study.iri.value, None, "whole study", arms_of_all)
        known = [each for each in self.study.arms if each.iri in tied]
        iri = group if group is not None else tied[0]
        named: Record | None = held if group is not None else next(iter(known), None)
        label = "; ".join(named.printed_terms) if named is not None else ""
        return CountedGroup(
            iri.value, label or None, self._whose(known), tuple(each.value for each in tied)
        )

    def _whose(self, arms: Sequence[Arm]) -> str:
        if arms and all(_gives_cells(each) for each in arms):
            return "cell arm"
        if len(self.study.arms) == 1:
            return "whole study"
        # Cells that are tied to no arm may have been given in any of them.
        is_tied = not any(each.products for each in self.study.unassigned_interventions)
        if arms and is_tied and all(map(_compares, arms)):
            return "comparator"
        return "not known"


def _compares(arm: Arm) -> bool:
    role = arm.arm_role
    return role is not None and role.value in COMPARATOR_ROLES and not _gives_cells(arm)


def _gives_cells(arm: Arm) -> bool:
    return any(each.products for each in arm.receives)


def evidence_for(record: Record, *properties: str) -> tuple[Evidence, ...]:
    """Give the evidence that supports one of some properties of a record.

    Args:
        record: The record.
        *properties: Their names in the ontology.

    Returns:
        The evidence; all that the record has where none is about these properties.
    """
    wanted = {CKG[name] for name in properties}
    found = tuple(each for each in record.evidence if not wanted.isdisjoint(each.supports))
    return found or record.evidence


def studies_with(
    store: GraphStore, properties: Sequence[str], studies: Sequence[str] | None
) -> list[str]:
    """List the studies that have a record of some kind.

    Args:
        store: The graphs.
        properties: The names of the properties that hold these records.
        studies: The IRIs of the studies to choose from; None for all.

    Returns:
        Their IRIs, in order.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    path = "|".join(str(CKG[each]) for each in properties)
    found = store.query(f"SELECT DISTINCT ?study WHERE {{ ?study {path} ?record }}")
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    having = {study.value for (study,) in found}
    return sorted(having if studies is None else having.intersection(studies))


def read_study_records(store: GraphStore, studies: Sequence[str]) -> Iterator[StudyRecords]:
    """Read studies with everything they contain, one after the other.

    Args:
        store: The graphs.
        studies: Their IRIs.

    Yields:
        Each study with its documents; only one is held at a time.

    Raises:
        SourceFileError: A record is not what it should be.
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> poster = "https://w3id.org/cellkg/study/ms-intrathecal-msc-poster"
        >>> [records] = read_study_records(cellkg.open_graph().store, [poster])
        >>> len(records.study.adverse_event_findings), len(records.sources)
        (7, 1)
    """
    for study in studies:
        graph = study_graph(study)
        reader = RecordReader(store.triples(graph), graph.value)
        read = reader.read(Study, NamedNode(study))
        sources = {each.value: reader.read(Source, each) for each in reader.subjects(Source)}
        wanted = {each.value for each in (*read.described_by, *read.mentioned_by)}
        for source, elsewhere in sources_elsewhere(store, wanted - sources.keys()).items():
            other = RecordReader(store.triples(NamedNode(elsewhere)), elsewhere)
            sources[source] = other.read(Source, NamedNode(source))
        yield StudyRecords(read, sources)
