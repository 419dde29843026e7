"""In which order people read classes, properties and values; files and screens share it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cellkg.records import RECORD_CLASSES, Record, Study
from cellkg.records.fields import facts_of
from cellkg.vocabulary import CKG, DCTERMS, OWL, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    Node = NamedNode | BlankNode | Literal | Triple
    NaturalKey = tuple[str | int, ...]
    NodeKey = tuple[int, NaturalKey, str]

EVIDENCE: Final = CKG["evidence"]

_DIGITS: Final = re.compile(r"(\d+)")
_OPENING: Final = (
    RDF["type"],
    RDFS["label"],
    SKOS["prefLabel"],
    DCTERMS["title"],
    SKOS["altLabel"],
    SKOS["definition"],
)
_OPENING_CLASSES: Final = (OWL["Ontology"], SKOS["ConceptScheme"], Study.type)


def class_rank(classes: Iterable[Node]) -> int:
    """Say where things of these classes stand: a study first, then its sources, then its records.

    Example:
        >>> class_rank([CKG["Study"]]) < class_rank([CKG["Source"]]) < class_rank([CKG["Dose"]])
        True
    """
    ranks = [_CLASS_RANK[each] for each in classes if each in _CLASS_RANK]
    return min(ranks, default=len(_CLASS_RANK))


def property_key(predicate: NamedNode, classes: Iterable[Node]) -> tuple[int, int, str]:
    """Say where a property of things of these classes stands.

    What something is and is called comes first; then what its class has, in the order of its
    record; then what every record has, with the evidence at the end; then anything else by IRI.

    Example:
        >>> from cellkg.vocabulary import shorten
        >>> several = [CKG["evidence"], CKG["note"], CKG["count"], CKG["event"], RDF["type"]]
        >>> several.sort(key=lambda each: property_key(each, [CKG["AdverseEventFinding"]]))
        >>> [shorten(each.value) for each in several]
        ['rdf:type', 'ckg:event', 'ckg:count', 'ckg:note', 'ckg:evidence']
    """
    if predicate in _OPENING:
        return 0, _OPENING.index(predicate), ""
    for each in classes:
        rank = _PROPERTY_RANK.get(each, {}).get(predicate)
        if rank is not None:
            return 1, rank, ""
    return 2, 0, predicate.value


def node_key(node: Node) -> NodeKey:
    """Sort IRIs before literals, and fever-2 before fever-10.

    Example:
        >>> [each.value for each in sorted([CKG["a10"], CKG["a2"]], key=node_key)]
        ['https://w3id.org/cellkg/ontology#a2', 'https://w3id.org/cellkg/ontology#a10']
    """
    if isinstance(node, NamedNode):
        return 0, natural_key(node.value), ""
    if isinstance(node, Literal):
        return 1, natural_key(node.value), str(node)
    return 2, (), str(node)


def natural_key(text: str) -> NaturalKey:
    """Sort the numbers inside a text as numbers.

    Example:
        >>> sorted(["fever-10", "fever-2", "fever"], key=natural_key)
        ['fever', 'fever-2', 'fever-10']
    """
    first, *others = _DIGITS.split(text)
    if not others:
        return (first,)
    key: list[str | int] = [first]
    for place in range(0, len(others), 2):
        digits = others[place]
        key += int(digits), digits, others[place + 1]
    return tuple(key)


_CLASS_RANK: Final[dict[Node, int]] = {
    each: rank
    for rank, each in enumerate(
        dict.fromkeys([*_OPENING_CLASSES, *(record.type for record in RECORD_CLASSES)])
    )
}


def _property_rank(record_class: type) -> dict[NamedNode, int]:
    of_all = dict.fromkeys(fact.property for fact in facts_of(Record).values())
    of_class = [fact.property for fact in facts_of(record_class).values()]
    order = [each for each in of_class if each not in of_all]
    order += [each for each in of_all if each != EVIDENCE]
    return {each: rank for rank, each in enumerate([*order, EVIDENCE])}


_PROPERTY_RANK: Final[dict[Node, dict[NamedNode, int]]] = {
    record.type: _property_rank(record) for record in RECORD_CLASSES
}
