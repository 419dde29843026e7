"""RDF as HermiT can read it: axioms of the ontology, and statements about records and terms.

HermiT passes over what it does not understand. So that nothing is passed over in silence, words of
our namespace that are declared nowhere, texts where a thing belongs and things where a text belongs
are refused here. What is left out, on purpose:

- annotations (labels, definitions, mappings, ``ckg:supports``): they say nothing that could
  contradict anything;
- words of other vocabularies that the ontology does not declare, as no axiom speaks of them;
- datatypes that OWL 2 does not have (dates without a time, years). A value of one is given as a
  text that holds its datatype, so that two different dates still contradict a functional property;
  the range of such a property is for SHACL to check.

What is added: OWL lets two names stand for one thing, so that a product with two donors would only
show that both donors are the same. Here each IRI names one thing, by a functional property that
gives everything its IRI as its only name.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cellkg.errors import SourceFileError
from cellkg.vocabulary import CKG, OWL, RDF, RDFS, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Node = NamedNode | BlankNode | Literal | Triple

_TYPE: Final = RDF["type"]
_VALUE: Final = OWL["NamedIndividual"]
_RANGE: Final = RDFS["range"]
_PLAIN: Final = RDF["PlainLiteral"]
_NAME: Final = NamedNode("https://w3id.org/cellkg/reasoning#name")
_ANNOTATIONS: Final = frozenset(
    RDFS[name] for name in ("label", "comment", "seeAlso", "isDefinedBy")
) | {OWL["versionInfo"], OWL["deprecated"]}
# The list is shorter the other way round: the datatypes of XML Schema that OWL 2 does not have.
_NOT_IN_OWL: Final = frozenset(
    XSD[name]
    for name in (
        *("date", "time", "duration", "dayTimeDuration", "yearMonthDuration"),
        *("gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"),
    )
)


class OwlStatements:
    """The statements of some graphs, sorted into axioms and assertions.

    Attributes:
        axioms: What holds of classes and properties, and the values of closed lists with their
            classes, as given to HermiT.
        assertions: What is said of records and terms, as it was read.
    """

    def __init__(self, axioms: Iterable[Triple], assertions: Iterable[Triple]) -> None:
        self.axioms = tuple(axioms)
        self.assertions = tuple(assertions)
        self._names = tuple(_names(self.axioms, self.assertions))

    def ontology(self, assertions: Iterable[Triple]) -> Iterator[Triple]:
        """Give an ontology of all axioms, all names, and some of the assertions."""
        yield from self.axioms
        yield from self._names
        yield from map(_in_owl, assertions)


def read_statements(triples: Iterable[Triple]) -> OwlStatements:
    """Sort the triples of an ontology, its terms and its graphs.

    Args:
        triples: All of them; blank nodes of different files must differ.

    Returns:
        The statements that HermiT is to judge.

    Raises:
        SourceFileError: A word of our namespace is declared nowhere, or a property has a text for a
            value where it takes a thing, or the other way round.

    Example:
        >>> from cellkg.vocabulary import STUDY, TERM
        >>> route, intrathecal = CKG["route"], TERM["intrathecal"]
        >>> found = read_statements(
        ...     [
        ...         Triple(route, RDF["type"], OWL["ObjectProperty"]),
        ...         Triple(STUDY["s#i"], route, intrathecal),
        ...         Triple(intrathecal, RDFS["label"], Literal("intrathecal")),
        ...     ]
        ... )
        >>> len(found.axioms), len(found.assertions)
        (1, 1)
    """
    return _Sorter(list(triples)).statements()


class _Sorter:
    """Knows what every word was declared to be."""

    def __init__(self, triples: list[Triple]) -> None:
        self._triples = triples
        self._by_subject: defaultdict[Node, list[Triple]] = defaultdict(list)
        self._declared: defaultdict[Node, set[Node]] = defaultdict(set)
        for triple in triples:
            self._by_subject[triple.subject].append(triple)
            if triple.predicate == _TYPE:
                self._declared[triple.object].add(triple.subject)
        self._things = self._declared[OWL["ObjectProperty"]]
        self._values = self._declared[_VALUE]
        self._texts = self._declared[OWL["DatatypeProperty"]]
        self._annotations = self._declared[OWL["AnnotationProperty"]] | _ANNOTATIONS
        self._no_axioms = (
            self._annotations | self._declared[OWL["Ontology"]] | self._foreign_ranges()
        )

    def statements(self) -> OwlStatements:
        axioms: list[Triple] = []
        assertions: list[Triple] = []
        for triple in self._triples:
            if self._is_axiom(triple):
                axioms.append(_with_plain_range(triple))
            elif self._is_assertion(triple):
                of_list = triple.subject in self._values
                (axioms if of_list else assertions).append(triple)
        return OwlStatements(axioms, assertions)

    def _is_axiom(self, triple: Triple) -> bool:
        word = triple.object if triple.predicate == _TYPE else triple.predicate
        if triple.subject in self._no_axioms or triple.object in self._no_axioms:
            return False
        if triple.predicate == _RANGE and _is_foreign(triple.object):
            return False
        of_owl = isinstance(word, NamedNode) and any(
            word.value in space for space in (OWL, RDF, RDFS)
        )
        return word not in self._annotations and (of_owl or isinstance(word, BlankNode))

    def _is_assertion(self, triple: Triple) -> bool:
        predicate = triple.predicate
        if predicate == _TYPE:
            known = triple.object in self._declared[OWL["Class"]]
            self._refuse_unknown(known=known, word=triple.object, triple=triple)
            return known
        is_text = isinstance(triple.object, Literal)
        if predicate in self._things and is_text:
            raise _misplaced("It takes a thing by its IRI, not a text or number.", triple)
        if predicate in self._texts and not is_text:
            raise _misplaced("It takes a text or number, not a thing.", triple)
        known = predicate in self._things or predicate in self._texts
        self._refuse_unknown(
            known=known or predicate in self._annotations, word=predicate, triple=triple
        )
        return known

    @staticmethod
    def _refuse_unknown(*, known: bool, word: Node, triple: Triple) -> None:
        if not known and isinstance(word, NamedNode) and word.value in CKG:
            problem = f"The ontology declares no {shorten(word.value)}: correct it or declare it."
            raise _misplaced(problem, triple)

    def _foreign_ranges(self) -> set[Node]:
        """Find the descriptions of data ranges that have a datatype which OWL 2 lacks."""
        foreign: set[Node] = set()
        for triple in self._triples:
            if triple.predicate == _RANGE and isinstance(triple.object, BlankNode):
                parts = self._description(triple.object)
                if any(_is_foreign(part.object) for part in parts):
                    foreign |= {part.subject for part in parts}
        return foreign

    def _description(self, node: BlankNode) -> list[Triple]:
        parts = list(self._by_subject[node])
        for part in parts:  # grows while it is read
            if isinstance(part.object, BlankNode):
                parts.extend(self._by_subject[part.object])
        return parts


def _names(axioms: Iterable[Triple], assertions: Iterable[Triple]) -> Iterator[Triple]:
    things: set[Node] = {triple.subject for triple in axioms if triple.object == _VALUE}
    for triple in assertions:
        things.add(triple.subject)
        if triple.predicate != _TYPE:
            things.add(triple.object)
    yield Triple(_NAME, _TYPE, OWL["DatatypeProperty"])
    yield Triple(_NAME, _TYPE, OWL["FunctionalProperty"])
    for thing in things:
        if isinstance(thing, NamedNode):
            yield Triple(thing, _NAME, Literal(thing.value))


def _is_foreign(node: Node) -> bool:
    return node in _NOT_IN_OWL


def _with_plain_range(triple: Triple) -> Triple:
    """OWL 2 is older than rdf:langString; its word for texts with a language is PlainLiteral."""
    if triple.predicate == _RANGE and triple.object == RDF["langString"]:
        return Triple(triple.subject, triple.predicate, _PLAIN)
    return triple


def _in_owl(triple: Triple) -> Triple:
    value = triple.object
    if isinstance(value, Literal) and _is_foreign(value.datatype):
        text = Literal(f"{value.value}^^{value.datatype.value}")
        return Triple(triple.subject, triple.predicate, text)
    return triple


def _misplaced(problem: str, triple: Triple) -> SourceFileError:
    subject, value = triple.subject, triple.object
    return SourceFileError(
        problem,
        "the graphs",
        record=shorten(subject.value) if isinstance(subject, NamedNode) else str(subject),
        field=shorten(triple.predicate.value),
        value=value.value if isinstance(value, Literal) else str(value),
    )
