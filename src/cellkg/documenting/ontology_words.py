"""Classes, properties and closed lists of the ontology, as pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode

from cellkg.vocabulary import CKG, DCTERMS, OWL, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cellkg.documenting.statements import Node, Statements

ALIGNMENTS: Final = {
    SKOS["exactMatch"]: "exact match",
    SKOS["closeMatch"]: "close match",
    SKOS["broadMatch"]: "broader match",
    SKOS["narrowMatch"]: "narrower match",
    SKOS["relatedMatch"]: "related match",
}
"""How a thing of ours relates to one of another vocabulary, in words."""

_PROPERTY_KINDS: Final = {
    OWL["ObjectProperty"]: "points at a thing",
    OWL["DatatypeProperty"]: "holds a value",
    OWL["AnnotationProperty"]: "says something of the vocabulary",
}
_CHARACTERISTICS: Final = {
    OWL["FunctionalProperty"]: "at most one value",
    OWL["TransitiveProperty"]: "transitive",
    OWL["SymmetricProperty"]: "symmetric",
}


class Alignment(NamedTuple):
    """A thing of another vocabulary that is related to one of ours.

    Attributes:
        relation: How, in words.
        iri: Its IRI.
    """

    relation: str
    iri: str


class ClosedValue(NamedTuple):
    """A value of a closed list."""

    iri: str
    label: str
    definition: str


class OntologyClass(NamedTuple):
    """A class; things are named by their IRIs.

    Attributes:
        iri: Its IRI.
        label: What people call it.
        definition: What it means.
        broader: The classes that it is a kind of.
        narrower: Its own kinds.
        values: Its values, where it is a closed list.
        properties: The properties that its records have.
        pointed_at_by: The properties that point at its records.
        alignments: What it is related to elsewhere.
    """

    iri: str
    label: str
    definition: str
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    values: tuple[ClosedValue, ...]
    properties: tuple[str, ...]
    pointed_at_by: tuple[str, ...]
    alignments: tuple[Alignment, ...]


class OntologyProperty(NamedTuple):
    """A property; things are named by their IRIs.

    Attributes:
        iri: Its IRI.
        label: What people call it.
        definition: What it means.
        kind: Whether it points at a thing or holds a value, in words.
        characteristics: What else holds of it, in words.
        domains: The classes whose records have it.
        ranges: The classes or datatypes of its values.
        broader: The properties that it is a kind of.
        narrower: Its own kinds.
        inverse: The property that says the same from the other end.
        chains: The chains of properties that it follows from.
        concluded: Whether the build writes its statements.
        alignments: What it is related to elsewhere.
    """

    iri: str
    label: str
    definition: str
    kind: str
    characteristics: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    inverse: tuple[str, ...]
    chains: tuple[tuple[str, ...], ...]
    concluded: bool
    alignments: tuple[Alignment, ...]


class Ontology(NamedTuple):
    """The ontology, in the order in which it is written.

    Attributes:
        iri: Its IRI.
        title: Its title.
        description: What it is about.
        version: Its version.
        licence: The address of its licence.
        classes: Its classes.
        properties: Its properties.
        disjoint: Sets of classes that have no member in common.
        borrowed: The words of other vocabularies that are used, with what each is.
    """

    iri: str
    title: str
    description: str
    version: str
    licence: str
    classes: tuple[OntologyClass, ...]
    properties: tuple[OntologyProperty, ...]
    disjoint: tuple[tuple[str, ...], ...]
    borrowed: tuple[tuple[str, str], ...]


def read_ontology(statements: Statements, terms: str) -> Ontology:
    """Read the ontology.

    Args:
        statements: What its files say.
        terms: What the IRIs of its own words begin with.

    Returns:
        The ontology.
    """
    itself = next(iter(statements.named(OWL["Ontology"])), CKG[""])
    classes = [each for each in statements.named(OWL["Class"]) if each.value.startswith(terms)]
    kinds = tuple(_PROPERTY_KINDS)
    every_property = statements.named(*kinds)
    properties = [each for each in every_property if each.value.startswith(terms)]
    borrowed = [
        each for each in statements.named(OWL["Class"], *kinds) if not each.value.startswith(terms)
    ]
    read = [_property(statements, each, properties) for each in properties]
    return Ontology(
        itself.value,
        statements.text(itself, DCTERMS["title"]),
        statements.text(itself, DCTERMS["description"]),
        statements.text(itself, OWL["versionInfo"]),
        next(iter(statements.iris(itself, DCTERMS["license"])), ""),
        tuple(_class(statements, each, classes, read) for each in classes),
        tuple(read),
        tuple(
            tuple(member.value for member in _named(statements.members(listed)))
            for axiom in statements.unnamed(OWL["AllDisjointClasses"])
            for listed in statements.values(axiom, OWL["members"])
        ),
        tuple((each.value, _kind_of(statements, each)) for each in borrowed),
    )


def _class(
    statements: Statements,
    itself: NamedNode,
    classes: Iterable[NamedNode],
    properties: Iterable[OntologyProperty],
) -> OntologyClass:
    listed = [
        value
        for equivalent in statements.values(itself, OWL["equivalentClass"])
        for several in statements.values(equivalent, OWL["oneOf"])
        for value in _named(statements.members(several))
    ]
    return OntologyClass(
        itself.value,
        _label(statements, itself),
        statements.text(itself, SKOS["definition"]),
        tuple(statements.iris(itself, RDFS["subClassOf"])),
        tuple(
            each.value for each in classes if itself in statements.values(each, RDFS["subClassOf"])
        ),
        tuple(
            ClosedValue(
                each.value, _label(statements, each), statements.text(each, SKOS["definition"])
            )
            for each in listed
        ),
        tuple(each.iri for each in properties if itself.value in each.domains),
        tuple(each.iri for each in properties if itself.value in each.ranges),
        _alignments(statements, itself),
    )


def _property(
    statements: Statements, itself: NamedNode, properties: Iterable[NamedNode]
) -> OntologyProperty:
    types = statements.values(itself, RDF["type"])
    is_broader = RDFS["subPropertyOf"]
    return OntologyProperty(
        itself.value,
        _label(statements, itself),
        statements.text(itself, SKOS["definition"]),
        _kind_of(statements, itself),
        tuple(words for kind, words in _CHARACTERISTICS.items() if kind in types),
        _alternatives(statements, itself, RDFS["domain"]),
        _alternatives(statements, itself, RDFS["range"]),
        tuple(statements.iris(itself, is_broader)),
        tuple(each.value for each in properties if itself in statements.values(each, is_broader)),
        tuple(statements.iris(itself, OWL["inverseOf"])),
        tuple(
            tuple(each.value for each in _named(statements.members(chain)))
            for chain in statements.values(itself, OWL["propertyChainAxiom"])
        ),
        statements.text(itself, CKG["materialised"]) == "true",
        _alignments(statements, itself),
    )


def _alternatives(
    statements: Statements, itself: NamedNode, predicate: NamedNode
) -> tuple[str, ...]:
    found = (statements.alternatives(each) for each in statements.values(itself, predicate))
    return tuple(iri for several in found for iri in several)


def _alignments(statements: Statements, itself: NamedNode) -> tuple[Alignment, ...]:
    return tuple(
        Alignment(words, iri)
        for relation, words in ALIGNMENTS.items()
        for iri in statements.iris(itself, relation)
    )


def _kind_of(statements: Statements, itself: NamedNode) -> str:
    types = statements.values(itself, RDF["type"])
    return next((words for kind, words in _PROPERTY_KINDS.items() if kind in types), "class")


def _label(statements: Statements, itself: NamedNode) -> str:
    return statements.text(itself, RDFS["label"]) or itself.value


def _named(nodes: Iterable[Node]) -> list[NamedNode]:
    return [each for each in nodes if isinstance(each, NamedNode)]
