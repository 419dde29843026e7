"""Records as people read them: labelled, in reading order, each fact with the words it rests on.

The walk is generic: it follows whatever the ontology calls a part (a sub-property of
``ckg:contains``) and takes the names of properties from there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode, Triple

from cellkg.exporting.rdf.reading_order import EVIDENCE, node_key, property_key
from cellkg.graph.names import labels_of, needs_label, short_name, solutions, spoken, values
from cellkg.graph.silence import not_stated
from cellkg.records import Evidence, RecordReader
from cellkg.vocabulary import (
    CKG,
    CLOSURE_GRAPH,
    CTGOV_IMPORTER,
    DCTERMS,
    OVERLAPS_GRAPH,
    RDF,
    RDFS,
    shorten,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cellkg.exporting.rdf.reading_order import Node
    from cellkg.store import GraphStore

_SUBJECTS: Final = (
    DCTERMS["title"],
    CKG["event"],
    CKG["measure"],
    CKG["participantRole"],
    CKG["statementKind"],
    CKG["institution"],
    CKG["cellType"],
    CKG["route"],
    CKG["coMedicationClass"],
    CKG["discrepancyKind"],
    CKG["printedTerm"],
)
"""The properties that say what a record is about, so that it can be called by one of them."""


_PRINCIPAL: Final = CKG["principalEvidence"]


class Fact(NamedTuple):
    """One property of a record.

    Attributes:
        property: Its IRI.
        label: What people call it.
        nodes: Its values as RDF terms.
        texts: The same values as people read them.
        evidence: What the values rest on; empty where nothing was recorded.
    """

    property: NamedNode
    label: str
    nodes: tuple[Node, ...]
    texts: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class RecordFacts(NamedTuple):
    """One record with its facts.

    Attributes:
        iri: Its IRI.
        name: Its short name, ``#name`` where it belongs to the study that is spoken of.
        kind: Its class.
        kind_label: What people call the class.
        title: What the record is about, in a few words.
        depth: 0 for a record of the study itself, 1 for a part of such a record, and so on.
        facts: Its facts in reading order.
        other_evidence: Evidence that shows no property of the record in particular.
        not_stated: What a reader would look for and not find.
    """

    iri: NamedNode
    name: str
    kind: NamedNode
    kind_label: str
    title: str
    depth: int
    facts: tuple[Fact, ...]
    other_evidence: tuple[Evidence, ...]
    not_stated: tuple[str, ...]

    def texts(self, name: str) -> tuple[str, ...]:
        """Give the values of a property of ``ckg:`` as people read them."""
        return tuple(
            text for fact in self.facts if fact.property == CKG[name] for text in fact.texts
        )

    def text(self, name: str) -> str:
        """Write the values of a property of ``ckg:`` in one line, empty where there are none."""
        return ", ".join(self.texts(name))


class FactReader:
    """Reads records from a store.

    Args:
        store: The graphs.
        home: The IRI of the study that is spoken of, or nothing.
    """

    def __init__(self, store: GraphStore, home: str = "") -> None:
        self._store = store
        self._home = home
        self._facts: dict[NamedNode, dict[NamedNode, list[Node]]] = {}
        self._labels: dict[str, str] = {}
        query = f"SELECT ?part WHERE {{ ?part {RDFS['subPropertyOf']} {CKG['contains']} }}"
        self._containment = {row["part"] for row in solutions(store, query)}

    def load(self, iris: Iterable[NamedNode], *, parts: bool = False) -> None:
        """Read the facts of things and of their evidence; what the closure adds is left out.

        Args:
            iris: The things.
            parts: Whether to go on with what they contain.
        """
        follow = {EVIDENCE, _PRINCIPAL} | (self._containment if parts else set())
        wanted = set(iris) - self._facts.keys()
        while wanted:
            self._facts.update((each, {}) for each in wanted)
            query = (
                "SELECT DISTINCT ?subject ?property ?value WHERE {"
                f" VALUES ?subject {{ {values(sorted(wanted, key=str))} }}"
                " GRAPH ?graph { ?subject ?property ?value }"
                f" FILTER(?graph NOT IN ({CLOSURE_GRAPH}, {OVERLAPS_GRAPH})) }}"
            )
            found = set()
            for row in solutions(self._store, query):
                self._facts[row["subject"]].setdefault(row["property"], []).append(row["value"])
                if row["property"] in follow and isinstance(row["value"], NamedNode):
                    found.add(row["value"])
            wanted = found - self._facts.keys()

    def load_labels(self) -> None:
        """Look up the labels of everything that was read, in one query."""
        mentioned: set[NamedNode] = set()
        for facts in self._facts.values():
            mentioned.update(facts)
            for several in facts.values():
                mentioned.update(
                    each for each in several if isinstance(each, NamedNode) and needs_label(each)
                )
        self._labels = labels_of(self._store, mentioned)

    def nodes(self, subject: NamedNode, *predicates: NamedNode) -> list[Node]:
        """Give the values of some properties of a thing, in reading order."""
        facts = self._facts.get(subject, {})
        return [
            node
            for predicate in predicates
            for node in sorted(facts.get(predicate, ()), key=node_key)
        ]

    def things(self, subject: NamedNode, *predicates: NamedNode) -> list[NamedNode]:
        """Give the values that are IRIs."""
        return [each for each in self.nodes(subject, *predicates) if isinstance(each, NamedNode)]

    def triples(self) -> list[Triple]:
        """Give all triples that were read."""
        return [
            Triple(subject, predicate, node)
            for subject, facts in self._facts.items()
            for predicate, several in facts.items()
            for node in several
        ]

    def with_parts(self, iri: NamedNode) -> dict[NamedNode, int]:
        """Give a thing and everything it contains, parents first.

        Args:
            iri: The thing.

        Returns:
            The depth by IRI; the records of a study lie as deep as the study.
        """
        depths: dict[NamedNode, int] = {}
        self._add_with_parts(iri, 0, depths)
        return depths

    def _add_with_parts(self, iri: NamedNode, depth: int, depths: dict[NamedNode, int]) -> None:
        if iri in depths:
            return
        depths[iri] = depth
        kinds = self.things(iri, RDF["type"])
        below = depth if CKG["Study"] in kinds else depth + 1
        for predicate in sorted(self._containment, key=lambda each: property_key(each, kinds)):
            for part in self.things(iri, predicate):
                self._add_with_parts(part, below, depths)

    def text(self, node: Node | None) -> str:
        """Write a value as people read it."""
        return spoken(node, self._labels, self._home)

    def title_of(self, iri: NamedNode) -> str:
        """Say what a record is about, in a few words."""
        about = next(iter(self.nodes(iri, *_SUBJECTS)), None)
        return self.text(iri) if about is None else self.text(about)

    def evidence_of(self, iri: NamedNode) -> tuple[Evidence, ...]:
        """Read the evidence of a record, the principal one first.

        Raises:
            SourceFileError: It is not what it should be.
        """
        found = list(dict.fromkeys(self.things(iri, _PRINCIPAL, EVIDENCE)))
        triples = (
            Triple(each, predicate, node)
            for each in found
            for predicate, several in self._facts.get(each, {}).items()
            for node in several
        )
        reader = RecordReader(triples, f"The evidence of {shorten(iri.value)}")
        return tuple(reader.read(Evidence, each) for each in found)

    def record(self, iri: NamedNode, depth: int = 0) -> RecordFacts:
        """Read one record.

        Raises:
            SourceFileError: Its evidence is not what it should be.
        """
        facts = self._facts.get(iri, {})
        kinds = self.things(iri, RDF["type"])
        evidence = self.evidence_of(iri)
        left_out = {RDF["type"], EVIDENCE, _PRINCIPAL, *self._containment}
        shown = sorted(facts.keys() - left_out, key=lambda each: property_key(each, kinds))
        kind = kinds[0] if kinds else RDFS["Resource"]
        return RecordFacts(
            iri,
            short_name(iri.value, self._home),
            kind,
            self.text(kind),
            self.title_of(iri),
            depth,
            tuple(self._fact(iri, each, evidence) for each in shown),
            tuple(each for each in evidence if not facts.keys() & set(each.supports)),
            not_stated(
                kind,
                facts,
                imported=any(each.recorded_by == CTGOV_IMPORTER for each in evidence),
            ),
        )

    def _fact(self, iri: NamedNode, predicate: NamedNode, evidence: Iterable[Evidence]) -> Fact:
        nodes = tuple(self.nodes(iri, predicate))
        return Fact(
            predicate,
            self.text(predicate),
            nodes,
            tuple(map(self.text, nodes)),
            tuple(each for each in evidence if predicate in each.supports),
        )
