"""A graph as its subjects with their facts; what hangs on blank nodes is written out in place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cellkg.vocabulary import OWL, RDF, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    Node = NamedNode | BlankNode | Literal | Triple
    Facts = dict[NamedNode, set[Node]]
    """The values of each property of one subject."""

_TYPE: Final = RDF["type"]
_FIRST: Final = RDF["first"]
_REST: Final = RDF["rest"]
_NIL: Final = RDF["nil"]
_WORDS_OF: Final = {
    OWL["unionOf"]: " or ",
    OWL["intersectionOf"]: " and ",
    OWL["oneOf"]: " or ",
}
"""How the members of a list are joined, where that says it all."""


def subjects_of(triples: Iterable[Triple]) -> dict[Node, Facts]:
    """Gather the facts of every subject.

    A blank node has no name that holds from one version to the next. It is replaced by a text that
    tells its content, as a value where something points at it, and as a subject where nothing does.

    Args:
        triples: One graph.

    Returns:
        The facts by subject; no blank nodes.

    Example:
        >>> from cellkg.vocabulary import CKG, RDFS
        >>> union = BlankNode("union")
        >>> found = subjects_of(
        ...     [
        ...         Triple(CKG["count"], RDFS["domain"], union),
        ...         Triple(union, OWL["complementOf"], CKG["Study"]),
        ...     ]
        ... )
        >>> [each.value for each in found[CKG["count"]][RDFS["domain"]]]
        ['[owl:complementOf ckg:Study]']
    """
    found: defaultdict[Node, Facts] = defaultdict(dict)
    pointed_at: set[Node] = set()
    for triple in triples:
        found[triple.subject].setdefault(triple.predicate, set()).add(triple.object)
        if isinstance(triple.object, BlankNode):
            pointed_at.add(triple.object)
    blank = {each for each in found if isinstance(each, BlankNode)}
    if not blank:
        return dict(found)
    told: dict[Node, Facts] = {}
    for subject, facts in found.items():
        if subject in pointed_at and subject in blank:
            continue
        name: Node = Literal(_told(subject, found, ())) if subject in blank else subject
        told[name] = {
            predicate: {
                Literal(_told(each, found, ())) if isinstance(each, BlankNode) else each
                for each in nodes
            }
            for predicate, nodes in facts.items()
        }
    return told


def _told(node: Node, subjects: dict[Node, Facts], above: tuple[Node, ...]) -> str:
    """Tell what hangs on a node."""
    if not isinstance(node, BlankNode):
        return shorten(node.value) if isinstance(node, NamedNode) else str(node)
    if node in above:
        return "[…]"  # a circle of blank nodes
    facts = subjects.get(node, {})
    here = (*above, node)
    if _FIRST in facts:
        return "(" + " ".join(_members(node, subjects, here)) + ")"
    joined = [each for each in facts if each in _WORDS_OF]
    if len(joined) == 1 and facts.keys() <= {_TYPE, *joined}:
        (members,) = facts[joined[0]]
        return _WORDS_OF[joined[0]].join(_members(members, subjects, here))
    return "[{}]".format(
        "; ".join(
            f"{shorten(predicate.value)} "
            + ", ".join(sorted(_told(each, subjects, here) for each in facts[predicate]))
            for predicate in sorted(facts, key=str)
        )
    )


def _members(node: Node, subjects: dict[Node, Facts], above: tuple[Node, ...]) -> list[str]:
    """Tell the members of an RDF list."""
    members = []
    met = set()
    while node != _NIL and node not in met:
        met.add(node)
        facts = subjects.get(node, {})
        members += [_told(each, subjects, above) for each in facts.get(_FIRST, ())]
        node = next(iter(facts.get(_REST, ())), _NIL)
    return members
