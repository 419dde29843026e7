"""What HermiT is asked to find the values of materialised properties, and how its answer is read.

HermiT 1.3.8 works in slices: it adds two axioms for each thing and each property that follows by a
chain or transitivity, up to 10,000 axioms at a time, and loses the values of a thing that stands
alone in the last slice. It also slows down with the square of the number of things. Therefore it
gets small ontologies, each for one property: the axioms that the property can follow by, and all
statements on the paths from some of the things that can have a value.

Nothing is lost by that. A value follows from a path of statements that begins at the thing that has
it. The other axioms of the ontology (domains, ranges, disjoint classes, functional properties) only
forbid statements: in graphs that do not contradict them, where different names mean different
things, they add none. Whether the graphs contradict them is what a check of consistency finds out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cellkg.errors import UserInputError
from cellkg.vocabulary import OWL, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cellkg.reasoning.property_axioms import PropertyAxioms, Step

    Node = NamedNode | BlankNode | Literal | Triple
    Part = list[Triple]

SLICE_AXIOMS: Final = 10_000
"""From so many axioms on, HermiT 1.3.8 works in slices."""

_ENOUGH_THINGS: Final = 150  # ranges are put together up to so many: fewer ontologies
_TYPE: Final = RDF["type"]
_SUB_CLASS: Final = RDFS["subClassOf"]
_SUB_PROPERTY: Final = RDFS["subPropertyOf"]
_KINDS: Final = (OWL["ObjectProperty"], OWL["SymmetricProperty"], OWL["TransitiveProperty"])
_MENTIONS: Final = (_SUB_PROPERTY, OWL["onProperty"], OWL["inverseOf"])

_VALUES: Final = re.compile(r"^<([^>]+)> \(known instances: (.*?) \| possible", re.MULTILINE)
_VALUE: Final = re.compile(r"\(<([^>]+)>, <([^>]+)>\)")
_HIERARCHY: Final = re.compile(r"^(Sub|Equivalent)ObjectProper\w+\( (.*) \)$", re.MULTILINE)
_EXPRESSION: Final = re.compile(r"(ObjectInverseOf\( )?<([^>]+)>")


def inherited_chains(axioms: PropertyAxioms) -> Iterator[Triple]:
    """State the chains of narrower properties for the broader ones too, as they follow for them.

    HermiT 1.3.8 does not see that itself where the narrower property also begins a chain of the
    broader one: of ``:q`` with the chain ``( :a :b )``, below ``:p`` with the chain ``( :q :c )``,
    it does not conclude that ``:a`` and ``:b`` make a ``:p``.

    Args:
        axioms: What was read of the ontology's axioms.

    Yields:
        Axioms to be added for HermiT; they change nothing that follows.
    """
    for head in axioms.heads():
        own = {rule.path for rule in axioms.rules_of(head)}
        chains = {
            rule.path
            for low in axioms.narrower(head)
            for rule in axioms.rules_of(low)
            if len(rule.path) > 1
        }
        for path in sorted(chains - own):
            yield from _chain(head, path)


def _chain(head: NamedNode, path: tuple[Step, ...]) -> Iterator[Triple]:
    link: NamedNode | BlankNode = head
    predicate = OWL["propertyChainAxiom"]
    for step in path:
        cell = BlankNode()
        yield Triple(link, predicate, cell)
        member: NamedNode | BlankNode = step.property
        if step.backwards:
            member = BlankNode()
            yield Triple(member, OWL["inverseOf"], step.property)
        yield Triple(cell, RDF["first"], member)
        link, predicate = cell, RDF["rest"]
    yield Triple(link, predicate, RDF["nil"])


def parts_for_hermit(triples: Iterable[Triple], axioms: PropertyAxioms) -> list[Part]:
    """Cut out the small ontologies that together give all values of the materialised properties.

    Args:
        triples: The ontology, the terms and the graphs.
        axioms: What was read of the ontology's axioms.

    Returns:
        Ontologies that HermiT completes without fault.

    Raises:
        UserInputError: More things are on the paths from one thing than HermiT can take at once.
    """
    held = list(triples)
    parts: list[Part] = []
    for head in sorted(axioms.materialised, key=lambda name: name.value):
        of_cone = _axioms_of(axioms.cone(head), held)
        parts.extend([*of_cone, *statements] for statements in _bundles(head, held, axioms))
    return parts


def _limit(head: NamedNode, axioms: PropertyAxioms) -> int:
    """Tell how many things fit into one slice."""
    composite = sum(axioms.is_composite(name) for name in axioms.cone(head))
    return SLICE_AXIOMS // (2 * max(composite, 1))


def _axioms_of(cone: frozenset[NamedNode], triples: list[Triple]) -> list[Triple]:
    """Give the axioms among the properties of a cone, as they stand in the ontology."""
    described: defaultdict[Node, list[Triple]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, BlankNode):
            described[triple.subject].append(triple)
    found: dict[Triple, None] = {}
    for triple in triples:
        subject, predicate = triple.subject, triple.predicate
        if subject in cone:
            parts = _whole(triple, described)
            wanted = _is_axiom_among(triple, cone)
        elif isinstance(subject, BlankNode) and predicate in (_SUB_CLASS, _SUB_PROPERTY):
            parts = _whole(triple, described)
            used = {part.object for part in parts if part.predicate in _MENTIONS}
            wanted = bool(used) and used <= cone
        else:
            continue
        if wanted:
            found.update(dict.fromkeys(parts))
    return list(found)


def _is_axiom_among(triple: Triple, cone: frozenset[NamedNode]) -> bool:
    predicate, value = triple.predicate, triple.object
    if predicate == _TYPE:
        return value in _KINDS
    between = predicate in (_SUB_PROPERTY, OWL["equivalentProperty"], OWL["inverseOf"])
    return predicate == OWL["propertyChainAxiom"] or (between and value in cone)


def _whole(triple: Triple, described: defaultdict[Node, list[Triple]]) -> list[Triple]:
    """Give a triple with the descriptions of the blank nodes in it."""
    parts = [triple, *described[triple.subject]]
    for part in parts:  # grows while it is read
        parts.extend(described.get(part.object, ()))
    return parts


def _bundles(head: NamedNode, triples: list[Triple], axioms: PropertyAxioms) -> list[Part]:
    """Gather, for every thing that can have a value, all statements on the paths from it."""
    directions = axioms.directions(head)
    leaving: defaultdict[Node, list[Triple]] = defaultdict(list)
    for triple in triples:
        if (triple.predicate, False) in directions:
            leaving[triple.subject].append(triple)
        if (triple.predicate, True) in directions:
            leaving[triple.object].append(triple)
    can_follow: dict[frozenset[NamedNode], bool] = {}
    ranges: list[set[Node]] = []
    for start in list(leaving):
        reached, stated = _reached(start, leaving)
        if stated not in can_follow:
            can_follow[stated] = head in axioms.entailable(stated)
        if can_follow[stated]:
            ranges.append(reached)
    gathered = _gather(ranges, _limit(head, axioms))
    return [
        list(dict.fromkeys(triple for thing in things for triple in leaving.get(thing, ())))
        for things in gathered
    ]


def _reached(
    start: Node, leaving: defaultdict[Node, list[Triple]]
) -> tuple[set[Node], frozenset[NamedNode]]:
    """Give the things that paths from one thing pass, and the properties they go by."""
    reached = {start}
    stated: set[NamedNode] = set()
    waiting = [start]
    while waiting:
        for triple in leaving.get(waiting.pop(), ()):
            stated.add(triple.predicate)
            new = {triple.subject, triple.object} - reached
            reached |= new
            waiting.extend(new)
    return reached, frozenset(stated)


def _gather(ranges: list[set[Node]], limit: int) -> list[set[Node]]:
    """Put ranges of things together, each whole into one of few sets of moderate size."""
    gathered: list[set[Node]] = []
    for things in sorted(ranges, key=len, reverse=True):
        if len(things) > limit:
            example = min(str(thing) for thing in things)
            raise UserInputError(
                f"HermiT takes {limit} things at a time that statements connect, and {example} is"
                f" connected with {len(things) - 1} others: give it fewer studies."
            )
        most = min(limit, _ENOUGH_THINGS)
        for together in gathered:
            if len(together | things) <= max(most, len(together)):
                together.update(things)
                break
        else:
            gathered.append(set(things))
    return gathered


def read_values(printed: str, wanted: frozenset[NamedNode]) -> set[Triple]:
    """Read the values of properties out of what HermiT prints.

    It prints each value with the narrowest property only, and the tree of properties beside.

    Args:
        printed: The text, of one or more ontologies.
        wanted: The properties to give the values of.

    Returns:
        Their statements.
    """
    above: defaultdict[tuple[str, bool], set[tuple[str, bool]]] = defaultdict(set)
    for kind, listed in _HIERARCHY.findall(printed):
        members = [(name, bool(inverse)) for inverse, name in _EXPRESSION.findall(listed)]
        for low in members if kind == "Equivalent" else members[:1]:
            above[low].update(members)
    found: set[Triple] = set()
    for name, values in _VALUES.findall(printed):
        broader = _all_above((name, False), above)
        for subject, value in _VALUE.findall(values):
            for high, inverse in broader:
                if NamedNode(high) in wanted:
                    ends = (value, subject) if inverse else (subject, value)
                    found.add(Triple(NamedNode(ends[0]), NamedNode(high), NamedNode(ends[1])))
    return found


def _all_above(
    start: tuple[str, bool], above: defaultdict[tuple[str, bool], set[tuple[str, bool]]]
) -> set[tuple[str, bool]]:
    found = {start}
    waiting = [start]
    while waiting:
        new = above[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return found
