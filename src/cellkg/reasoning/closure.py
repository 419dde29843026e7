"""The closure: what statements imply of broader and narrower terms, written out at build time.

It is data-driven: the ontology marks the properties to be written out (``ckg:materialised true``)
and says by sub-properties, inverses, transitivity and property chains what they follow from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Triple

from cellkg.reasoning.property_axioms import read_axioms
from cellkg.vocabulary import CLOSURE_GRAPH, ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import BlankNode

    from cellkg.reasoning.property_axioms import PropertyAxioms, Rule, Step
    from cellkg.store import LocalStore

    Thing = NamedNode | BlankNode | Triple
    Relation = dict[Thing, set[Thing | Literal]]
    Relations = dict[NamedNode, Relation]


def materialise(store: LocalStore) -> int:
    """Write all statements of the materialised properties into the graph of the closure.

    Those that are stated as such are written too, so that the graph is complete by itself.

    Args:
        store: A store that can be written to; its ontology graph says what follows from what.

    Returns:
        The number of statements written.

    Raises:
        SourceFileError: An axiom of the ontology is malformed, or its chains run in a circle.

    Example:
        >>> from pyoxigraph import Literal
        >>> from cellkg.vocabulary import CKG, RDFS, STUDY, TERM
        >>> from cellkg.store import LocalStore
        >>> store = LocalStore()
        >>> store.load(
        ...     [
        ...         Quad(CKG["routeOrBroader"], CKG["materialised"], Literal(True), ONTOLOGY_GRAPH),
        ...         Quad(
        ...             CKG["route"], RDFS["subPropertyOf"], CKG["routeOrBroader"], ONTOLOGY_GRAPH
        ...         ),
        ...         Quad(STUDY["s#i"], CKG["route"], TERM["intrathecal"], STUDY["s"]),
        ...     ]
        ... )
        >>> materialise(store)
        1
        >>> print(*store.triples(CLOSURE_GRAPH))
        <https://w3id.org/cellkg/study/s#i>
        <https://w3id.org/cellkg/ontology#routeOrBroader> <https://w3id.org/cellkg/term/intrathecal>
    """
    axioms = read_axioms(quad.triple for quad in store.quads(graph=ONTOLOGY_GRAPH))
    relations = _closed(axioms, lambda name: _stated(store, name))
    before = len(store)
    store.load(
        Quad(triple.subject, triple.predicate, triple.object, CLOSURE_GRAPH)
        for triple in _materialised(axioms, relations)
    )
    return len(store) - before


class StudyClosure:
    """What follows from the records of one study, with the ontology and the terms known before.

    It gives the statements that `materialise` would write for these records, provided that they
    say nothing about terms and that no other graph says anything about them.

    Args:
        ontology: The triples of the ontology.
        terms: The triples of the term schemes.

    Attributes:
        properties: Statements of these properties have a part in what follows, and no others.

    Raises:
        SourceFileError: An axiom of the ontology is malformed, or its chains run in a circle.

    Example:
        >>> from cellkg.vocabulary import CKG, RDFS, STUDY, TERM
        >>> closure = StudyClosure(
        ...     [
        ...         Triple(CKG["routeOrBroader"], CKG["materialised"], Literal(True)),
        ...         Triple(CKG["route"], RDFS["subPropertyOf"], CKG["routeOrBroader"]),
        ...     ],
        ...     [],
        ... )
        >>> intrathecal = Triple(STUDY["s#i"], CKG["route"], TERM["intrathecal"])
        >>> print(*closure.of([intrathecal]))
        <https://w3id.org/cellkg/study/s#i>
        <https://w3id.org/cellkg/ontology#routeOrBroader> <https://w3id.org/cellkg/term/intrathecal>
    """

    def __init__(self, ontology: Iterable[Triple], terms: Iterable[Triple]) -> None:
        known = list(ontology)
        self._axioms = read_axioms(known)
        self.properties = frozenset(name for group in self._axioms.in_order() for name in group)
        stated = self._arranged([*known, *terms])
        self._background = _closed(self._axioms, lambda name: stated.get(name, {}))

    def of(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """Give the statements of the materialised properties that follow from a study."""
        stated = self._arranged(triples)
        relations = _closed(self._axioms, lambda name: stated.get(name, {}), self._background)
        return _materialised(self._axioms, relations)

    def of_terms(self) -> Iterator[Triple]:
        """Give the statements that follow from the terms alone."""
        return _materialised(self._axioms, self._background)

    def _arranged(self, triples: Iterable[Triple]) -> Relations:
        arranged: Relations = {}
        for triple in triples:
            if triple.predicate in self.properties:
                relation = arranged.setdefault(triple.predicate, {})
                relation.setdefault(triple.subject, set()).add(triple.object)
        return arranged


def _stated(store: LocalStore, name: NamedNode) -> Relation:
    relation: Relation = {}
    for quad in store.quads(predicate=name):
        relation.setdefault(quad.subject, set()).add(quad.object)
    return relation


def _materialised(axioms: PropertyAxioms, relations: Relations) -> Iterator[Triple]:
    for name in axioms.materialised:
        for subject, values in relations[name].items():
            for value in values:
                yield Triple(subject, name, value)


def _closed(
    axioms: PropertyAxioms,
    stated: Callable[[NamedNode], Relation],
    background: Relations | None = None,
) -> Relations:
    """Close what is stated under the axioms.

    Args:
        axioms: What follows from what.
        stated: Gives the statements of a property.
        background: What is closed already and is no part of the result, though paths lead into it.
    """
    relations: Relations = {}
    for group in axioms.in_order():
        for member in group:
            relations[member] = stated(member)
        _follow(group, axioms, relations, background)
    return relations


def _follow(
    group: tuple[NamedNode, ...],
    axioms: PropertyAxioms,
    relations: Relations,
    background: Relations | None,
) -> None:
    """Add to the properties of one group all that follows; the earlier groups are complete.

    Rules whose path has a member of the group are used again on what was new in the last round,
    until nothing is.
    """
    rules = [rule for member in group for rule in axioms.rules_of(member)]
    again = [rule for rule in rules if any(step.property in group for step in rule.path)]
    for rule in rules:
        if rule not in again:
            _add(relations[rule.head], _along(rule, relations, background))
    new = {member: relations[member] for member in group}
    while any(new.values()):
        found: Relations = {member: {} for member in group}
        for rule in again:
            for place, step in enumerate(rule.path):
                if step.property in group:
                    _add(found[rule.head], _along(rule, relations, background, place, new))
        new = {member: _add(relations[member], found[member]) for member in group}


def _along(
    rule: Rule,
    relations: Relations,
    background: Relations | None,
    at: int | None = None,
    new: Relations | None = None,
) -> Relation:
    """Join the steps of a path; the step `at` takes only statements of `new`."""

    def of(place: int, step: Step) -> Relation:
        source = relations if new is None or place != at else new
        return _passed_by(step, source[step.property])

    joined = of(0, rule.path[0])
    for place, step in enumerate(rule.path[1:], start=1):
        if not joined:
            break
        beyond = joined
        joined = _join(beyond, of(place, step))
        if background is not None:
            _add(joined, _join(beyond, _passed_by(step, background[step.property])))
    return joined


def _passed_by(step: Step, relation: Relation) -> Relation:
    """Give the statements of a property in the way in which a step passes them."""
    if step.only is not None:
        return {thing: {thing} for thing, values in relation.items() if step.only in values}
    return _reverse(relation) if step.backwards else relation


def _join(first: Relation, second: Relation) -> Relation:
    joined: Relation = {}
    for subject, middles in first.items():
        values = {
            value
            for middle in middles
            if not isinstance(middle, Literal)
            for value in second.get(middle, ())
        }
        if values:
            joined[subject] = values
    return joined


def _reverse(relation: Relation) -> Relation:
    """Turn statements round; a text cannot be what a statement is about, so it is passed over."""
    turned: Relation = {}
    for subject, values in relation.items():
        for value in values:
            if not isinstance(value, Literal):
                turned.setdefault(value, set()).add(subject)
    return turned


def _add(relation: Relation, more: Relation) -> Relation:
    """Add to a relation and give back what it did not hold."""
    new: Relation = {}
    for subject, values in more.items():
        held = relation.setdefault(subject, set())
        fresh = values - held
        if fresh:
            held |= fresh
            new[subject] = fresh
    return new
