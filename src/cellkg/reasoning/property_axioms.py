"""The axioms by which statements of some properties follow from statements of others.

Every axiom is read as a `Rule`: a property holds between two things that a path of other properties
connects. OWL calls them sub-properties, equivalent, inverse, symmetric and transitive properties,
and property chains. A path may also stay where it is, on the condition that the thing has a certain
value; OWL writes that as a class of things with the value under one of things linked to themselves.
"""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import BlankNode, NamedNode

from cellkg.errors import SourceFileError
from cellkg.vocabulary import CKG, OWL, RDF, RDFS, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Literal, Triple

    Node = NamedNode | BlankNode | Literal | Triple

_FILE: Final = "the ontology"
_TYPE: Final = RDF["type"]
_CHAIN: Final = OWL["propertyChainAxiom"]

_SUB_PROPERTY: Final = RDFS["subPropertyOf"]
_SUB_CLASS: Final = RDFS["subClassOf"]
_ON_PROPERTY: Final = OWL["onProperty"]
_HAS_VALUE: Final = OWL["hasValue"]
_HAS_SELF: Final = OWL["hasSelf"]


class Step(NamedTuple):
    """One step along a path: a statement of a property, followed forwards or backwards.

    Attributes:
        property: The property.
        backwards: From the value to what it is said of.
        only: Where given, the path stays at the thing, provided the property has this value.
    """

    property: NamedNode
    backwards: bool = False
    only: Node | None = None


class Rule(NamedTuple):
    """The head holds from where the path begins to where it ends."""

    head: NamedNode
    path: tuple[Step, ...]


class PropertyAxioms:
    """The rules of an ontology, and which properties are to be materialised.

    Args:
        rules: All rules.
        materialised: The properties whose statements the closure holds.
    """

    def __init__(self, rules: Iterable[Rule], materialised: Iterable[NamedNode]) -> None:
        self.materialised = frozenset(materialised)
        self._order: list[tuple[NamedNode, ...]] | None = None
        self._rules: defaultdict[NamedNode, list[Rule]] = defaultdict(list)
        for rule in rules:
            self._rules[rule.head].append(rule)

    def rules_of(self, head: NamedNode) -> list[Rule]:
        """Give the rules that a property follows by; none where it is only ever stated."""
        return self._rules.get(head, [])

    def heads(self) -> list[NamedNode]:
        """Give every property that follows by some rule, in the order of the IRIs."""
        return sorted(self._rules, key=lambda name: name.value)

    def narrower(self, head: NamedNode) -> set[NamedNode]:
        """Give the properties whose every statement is one of this property too, without itself."""
        found = {head}
        waiting = [head]
        while waiting:
            paths = [rule.path for rule in self.rules_of(waiting.pop())]
            forwards = {path[0].property for path in paths if path == (Step(path[0].property),)}
            waiting.extend(forwards - found)
            found |= forwards
        return found - {head}

    def cone(self, head: NamedNode) -> frozenset[NamedNode]:
        """Give every property that statements of one property can follow from, itself included."""
        return frozenset(name for name, _ in self.directions(head))

    def directions(self, head: NamedNode) -> frozenset[tuple[NamedNode, bool]]:
        """Give the ways in which paths that a property follows by pass statements.

        Returns:
            Pairs of a property and whether its statements are passed backwards.
        """
        found = {(head, False)}
        waiting = [(head, False)]
        while waiting:
            name, backwards = waiting.pop()
            paths = [rule.path for rule in self.rules_of(name)]
            new = {(step.property, step.backwards != backwards) for path in paths for step in path}
            waiting.extend(new - found)
            found |= new
        return frozenset(found)

    def is_composite(self, name: NamedNode) -> bool:
        """Tell whether a property can follow from a path of two or more statements."""
        return any(len(rule.path) > 1 for part in self.cone(name) for rule in self.rules_of(part))

    def entailable(self, stated: Iterable[NamedNode]) -> set[NamedNode]:
        """Tell which properties can have statements where only these are stated."""
        possible = set(stated)
        growing = True
        while growing:
            new = {
                rule.head
                for rules in self._rules.values()
                for rule in rules
                if rule.head not in possible
                and all(step.property in possible for step in rule.path)
            }
            possible |= new
            growing = bool(new)
        return possible

    def in_order(self) -> list[tuple[NamedNode, ...]]:
        """Order the properties so that each group follows from itself and earlier ones only.

        Returns:
            Every property that a materialised one can follow from. Those of one group follow from
            each other, as inverse properties do.

        Raises:
            SourceFileError: A chain leads back to its own property through another one, or has it
                in its middle: OWL 2 DL forbids that, and no reasoner can read it.
        """
        if self._order is None:
            self._order = self._ordered()
        return self._order

    def _ordered(self) -> list[tuple[NamedNode, ...]]:
        needed = frozenset().union(*(self.cone(head) for head in self.materialised))
        groups = {head: self._equals_of(head) for head in needed}
        order: TopologicalSorter[tuple[NamedNode, ...]] = TopologicalSorter()
        for head, group in groups.items():
            order.add(group)
            for rule in self.rules_of(head):
                before = {groups[step.property] for step in rule.path}
                if len(rule.path) == 1 or _recurs_at_an_end(rule):
                    before.discard(group)
                order.add(group, *before)
        try:
            return list(order.static_order())
        except CycleError as error:
            around = sorted({shorten(member.value) for group in error.args[1] for member in group})
            problem = (
                "A chain may contain its own property only at its first or last place, and must"
                f" not lead back to it through others, as it does through {', '.join(around)}."
            )
            raise SourceFileError(
                problem, _FILE, record=around[0], field=shorten(_CHAIN.value)
            ) from None

    def _equals_of(self, head: NamedNode) -> tuple[NamedNode, ...]:
        """Give the properties that follow from this one and it from them, by single steps."""

        def below(start: NamedNode) -> set[NamedNode]:
            found = {start}
            waiting = [start]
            while waiting:
                paths = [rule.path for rule in self.rules_of(waiting.pop())]
                new = {path[0].property for path in paths if len(path) == 1} - found
                found |= new
                waiting.extend(new)
            return found

        equals = {other for other in below(head) if head in below(other)}
        return tuple(sorted(equals, key=lambda member: member.value))


def _recurs_at_an_end(rule: Rule) -> bool:
    own = [place for place, step in enumerate(rule.path) if step.property == rule.head]
    both_ends_of_two = len(rule.path) == len(own) == 2  # noqa: PLR2004 - that is transitivity
    return both_ends_of_two or own in ([0], [len(rule.path) - 1])


def read_axioms(triples: Iterable[Triple]) -> PropertyAxioms:
    """Read the axioms about object properties out of an ontology.

    Args:
        triples: The ontology; other triples may be among them.

    Returns:
        Its rules, and the properties marked ``ckg:materialised true``.

    Raises:
        SourceFileError: An axiom is not what OWL says it is, or gives values to a property in a way
            that is not a path of statements.

    Example:
        >>> from pyoxigraph import Literal, Triple
        >>> from cellkg.vocabulary import CKG, RDFS
        >>> axioms = read_axioms(
        ...     [
        ...         Triple(CKG["routeOrBroader"], CKG["materialised"], Literal(True)),
        ...         Triple(CKG["route"], RDFS["subPropertyOf"], CKG["routeOrBroader"]),
        ...     ]
        ... )
        >>> [head.value for group in axioms.in_order() for head in group]
        ['https://w3id.org/cellkg/ontology#route',
         'https://w3id.org/cellkg/ontology#routeOrBroader']
    """
    reader = _AxiomReader(triples)
    return PropertyAxioms(reader.rules(), reader.materialised())


class _AxiomReader:
    """Triples by subject and predicate, read as axioms."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._values: defaultdict[tuple[Node, NamedNode], list[Node]] = defaultdict(list)
        self._pairs: defaultdict[NamedNode, list[tuple[Node, Node]]] = defaultdict(list)
        for triple in triples:
            self._values[triple.subject, triple.predicate].append(triple.object)
            self._pairs[triple.predicate].append((triple.subject, triple.object))

    def materialised(self) -> Iterator[NamedNode]:
        """Give the properties whose mark is true."""
        for head, mark in self._pairs[CKG["materialised"]]:
            if str(getattr(mark, "value", "")) in {"true", "1"}:
                yield self._named(head, head, CKG["materialised"])

    def rules(self) -> Iterator[Rule]:
        """Give a rule for each direction of each axiom."""
        equal, inverse = OWL["equivalentProperty"], OWL["inverseOf"]
        for low, high in self._pairs[_SUB_PROPERTY]:
            step = self._step(low, low, _SUB_PROPERTY)
            yield Rule(self._named(high, low, _SUB_PROPERTY), (step,))
        for first, second in self._pairs[equal]:
            left, right = self._named(first, first, equal), self._named(second, first, equal)
            yield Rule(left, (Step(right),))
            yield Rule(right, (Step(left),))
        for first, second in self._pairs[inverse]:
            if not isinstance(first, BlankNode):  # such a one is a step: see _step
                left, right = (
                    self._named(first, first, inverse),
                    self._named(second, first, inverse),
                )
                yield Rule(left, (Step(right, backwards=True),))
                yield Rule(right, (Step(left, backwards=True),))
        for head, kind in self._pairs[_TYPE]:
            if kind == OWL["SymmetricProperty"]:
                named = self._named(head, head, _TYPE)
                yield Rule(named, (Step(named, backwards=True),))
            elif kind == OWL["TransitiveProperty"]:
                named = self._named(head, head, _TYPE)
                yield Rule(named, (Step(named), Step(named)))
            elif kind == OWL["ReflexiveProperty"]:
                raise _beyond_paths(head, kind)
        for head, first_cell in self._pairs[_CHAIN]:
            yield Rule(self._named(head, head, _CHAIN), tuple(self._chain(head, first_cell)))
        yield from self._conditions()

    def _conditions(self) -> Iterator[Rule]:
        """Read "what has this value is linked to itself"; refuse other uses of its two parts."""
        read: set[Node] = set()
        for low, high in self._pairs[_SUB_CLASS]:
            values, loops = self._values.get((low, _HAS_VALUE)), self._values.get((high, _HAS_SELF))
            if values and loops:
                read |= {low, high}
                (asked,), (linked,) = (
                    self._values[low, _ON_PROPERTY],
                    self._values[high, _ON_PROPERTY],
                )
                step = Step(self._named(asked, low, _ON_PROPERTY), only=values[0])
                yield Rule(self._named(linked, high, _ON_PROPERTY), (step,))
        for word in (_HAS_VALUE, _HAS_SELF):
            for restriction, _ in self._pairs[word]:
                if restriction not in read:
                    raise _beyond_paths(restriction, word)

    def _chain(self, head: Node, cell: Node) -> Iterator[Step]:
        passed: set[Node] = set()
        while cell != RDF["nil"] or not passed:
            first, rest = self._values[cell, RDF["first"]], self._values[cell, RDF["rest"]]
            if len(first) != 1 or len(rest) != 1 or cell in passed:
                problem = (
                    "A property chain is a list of properties, as in ( ckg:arm ckg:receives )."
                )
                raise SourceFileError(
                    problem, _FILE, record=_name(head), field=shorten(_CHAIN.value)
                )
            yield self._step(first[0], head, _CHAIN)
            passed.add(cell)
            cell = rest[0]

    def _step(self, node: Node, record: Node, field: NamedNode) -> Step:
        inverse_of = self._values[node, OWL["inverseOf"]]
        if isinstance(node, BlankNode) and inverse_of:
            return Step(self._named(inverse_of[0], record, field), backwards=True)
        return Step(self._named(node, record, field))

    @staticmethod
    def _named(node: Node, record: Node, field: NamedNode) -> NamedNode:
        if isinstance(node, NamedNode):
            return node
        raise SourceFileError(
            "A property is named by its IRI.",
            _FILE,
            record=_name(record),
            field=shorten(field.value),
            value=str(node),
        )


def _beyond_paths(record: Node, word: Node) -> SourceFileError:
    problem = (
        "The closure follows sub-properties, inverses, transitivity, chains, and links of a thing"
        f" to itself where it has a certain value; say what is meant without this {_name(word)}."
    )
    return SourceFileError(problem, _FILE, record=_name(record))


def _name(node: Node) -> str:
    return shorten(node.value) if isinstance(node, NamedNode) else str(node)
