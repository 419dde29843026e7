"""The tables of what studies share: terms, institutions, and where studies may overlap."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from cellkg.exporting.study_graphs import name_of
from cellkg.exporting.tables.table_columns import Column, Table
from cellkg.vocabulary import CKG, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from cellkg.exporting.study_graphs import Facts
    from cellkg.exporting.tables.record_rows import Row

_TYPE: Final = RDF["type"].value
_CLOSED: Final = CKG["ClosedValue"].value
_KIND: Final = Column("kind", "text", "The class that it is of.", required=True)

TERMS: Final = Table(
    "terms",
    "A term of the vocabulary, or a value of one of the closed lists.",
    (
        Column("term", "name", "The term.", required=True),
        Column("label", "text", "What it is called.", required=True),
        _KIND,
        Column("meaning", "text", "What it means, where the label does not say."),
        Column("alternative_label", "text", "Synonyms and abbreviations.", several=True),
        Column("broader", "name", "The next broader terms.", several=True),
        Column("derived_from", "name", "The cell types it is made from.", several=True),
        Column("exact_match", "name", "The same in other vocabularies.", several=True),
        Column("ucum", "text", "The code of a unit in UCUM."),
    ),
    "term",
)
"""Every term and closed value."""

INSTITUTIONS: Final = Table(
    "institutions",
    "A hospital, university, company, society or publisher.",
    (
        Column("institution", "name", "The institution.", required=True),
        Column("label", "text", "What it is called.", required=True),
        Column("alternative_label", "text", "Other names.", several=True),
        Column("identifier", "text", "Its identifiers, such as ror:01cqmqj90.", several=True),
        Column("part_of", "name", "The institutions that it belongs to.", several=True),
        Column("note", "text", "Remarks by the curators.", several=True),
    ),
    "institution",
)
"""The institutions that the rows name, and those they belong to."""

OVERLAPS: Final = Table(
    "overlaps",
    "Two studies that may be one, share people or follow one another: a conclusion of the build"
    " from scored reasons, no identity.",
    (
        Column("overlap", "name", "The pair.", required=True),
        Column("study", "name", "One of the two studies.", required=True),
        Column("other_study", "name", "The other one.", required=True),
        Column("relation", "name", "How they would relate.", refers_to=("terms", "term")),
        Column("relation_label", "text", "What the value of relation is called."),
        Column("score", "number", "How sure the reasons together make us, from 0 to 1."),
        Column("reason", "text", "What they have in common, with the values.", several=True),
    ),
    "overlap",
)
"""The pairs of which at least one study was chosen."""


class SharedRows:
    """Makes the rows of what studies share, from the graphs that are of no single study.

    Args:
        facts_by_subject: What these graphs say, as `read_facts` reads it.
        labels: What things are called, by IRI.
    """

    def __init__(self, facts_by_subject: Mapping[str, Facts], labels: Mapping[str, str]) -> None:
        self._facts = facts_by_subject
        self._labels = labels
        self._closed_lists = {
            iri for iri in facts_by_subject if _CLOSED in self._names(iri, RDFS["subClassOf"])
        }

    def terms(self) -> Iterator[Row]:
        """Make the rows of the terms and of the values of closed lists, by IRI."""
        for iri in self._facts:
            kinds = [
                each.value
                for each in self._facts[iri].get(_TYPE, ())
                if isinstance(each, NamedNode)
                and (each.value in self._closed_lists or each.value in CKG)
            ]
            is_term = SKOS["prefLabel"].value in self._facts[iri]
            if is_term or not self._closed_lists.isdisjoint(kinds):
                yield (
                    name_of(iri),
                    self._label(iri),
                    " and ".join(sorted(map(self._label, kinds))) or "term",
                    " ".join(self._texts(iri, SKOS["definition"])) or None,
                    self._texts(iri, SKOS["altLabel"]),
                    self._texts(iri, SKOS["broader"]),
                    self._texts(iri, CKG["derivedFrom"]),
                    self._texts(iri, SKOS["exactMatch"]),
                    next(iter(self._texts(iri, CKG["ucum"])), None),
                )

    def institutions(self, named: Iterable[str]) -> Iterator[Row]:
        """Make the rows of institutions and of those that they belong to, by IRI.

        Args:
            named: The IRIs of the institutions.
        """
        wanted: set[str] = set()
        waiting = list(named)
        while waiting:
            iri = waiting.pop()
            if iri not in wanted:
                wanted.add(iri)
                waiting += self._names(iri, CKG["partOf"])
        for iri in sorted(wanted):
            yield (
                name_of(iri),
                self._label(iri),
                self._texts(iri, SKOS["altLabel"]),
                self._texts(iri, CKG["identifier"]),
                self._texts(iri, CKG["partOf"]),
                self._texts(iri, SKOS["editorialNote"]),
            )

    def overlaps(self, studies: Container[str]) -> Iterator[Row]:
        """Make the rows of the pairs that one of the studies is in, by IRI.

        Args:
            studies: The IRIs of the studies.
        """
        for iri in self._facts:
            pair = self._names(iri, CKG["overlapStudy"])
            if any(each in studies for each in pair):
                relation = next(iter(self._names(iri, CKG["overlapRelation"])), None)
                score = next(iter(self._texts(iri, CKG["overlapScore"])), None)
                yield (
                    name_of(iri),
                    name_of(pair[0]),
                    name_of(pair[-1]),
                    None if relation is None else name_of(relation),
                    None if relation is None else self._label(relation),
                    None if score is None else Decimal(score),
                    tuple(
                        text
                        for reason in self._names(iri, CKG["overlapReason"])
                        for text in self._texts(reason, CKG["reasonText"])
                    ),
                )

    def _label(self, iri: str) -> str:
        return self._labels.get(iri, name_of(iri))

    def _names(self, iri: str, property_: NamedNode) -> list[str]:
        found = self._facts.get(iri, {}).get(property_.value, ())
        return [each.value for each in found if isinstance(each, NamedNode)]

    def _texts(self, iri: str, property_: NamedNode) -> tuple[str, ...]:
        return tuple(
            name_of(each.value) if isinstance(each, NamedNode) else each.value
            for each in self._facts.get(iri, {}).get(property_.value, ())
            if isinstance(each, NamedNode | Literal)
        )
