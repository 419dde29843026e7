"""The words that the values of a record rest on, without where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.vocabulary import CKG, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Literal, NamedNode

    from cellkg.comparing.subjects import Facts, Node

EVIDENCE: Final = CKG["evidence"]
PRINCIPAL: Final = CKG["principalEvidence"]
POINTERS: Final = (EVIDENCE, PRINCIPAL)
"""The properties by which a record points at its evidence."""

_SUPPORTS: Final = CKG["supports"]
_QUOTE: Final = CKG["quote"]
_SOURCE: Final = CKG["source"]
_STATUS: Final = CKG["status"]
_REASONING: Final = CKG["reasoning"]
_PREMISE: Final = CKG["premise"]
_PLACES: Final = frozenset(
    (
        RDF["type"],
        _SUPPORTS,
        CKG["start"],
        CKG["end"],
        CKG["jsonPointer"],
        CKG["recordedBy"],
        CKG["recordedOn"],
    )
)
"""Where the words stand and who wrote them down when: no news as long as the words are the same."""


class Words(NamedTuple):
    """What a value rests on.

    Attributes:
        quote: The words of the source; None where there are none.
        source: The document.
        status: Stated, inferred or derived.
        reasoning: Why the value follows.
        premises: The records it was computed from.
        others: Anything else that the evidence says, by property.
    """

    quote: str | None
    source: Node | None
    status: Node | None
    reasoning: str | None
    premises: tuple[Node, ...]
    others: tuple[tuple[NamedNode, Node], ...]


def words_by_property(
    record: Facts, evidence: Mapping[Node, Facts]
) -> dict[NamedNode | None, frozenset[Words]]:
    """Gather what the values of a record rest on.

    Args:
        record: The facts of the record.
        evidence: The facts of every piece of evidence by its IRI.

    Returns:
        The words by the property that they support; under None those that support none in
        particular.
    """
    found: dict[NamedNode | None, set[Words]] = {}
    for each in pieces_of(record):
        facts = evidence.get(each)
        if facts is None:
            continue
        said = words_of(facts)
        supported: Iterable[NamedNode | None] = facts.get(_SUPPORTS, ()) or (None,)  # type: ignore[assignment] # it names properties
        for each_property in supported:
            found.setdefault(each_property, set()).add(said)
    return {key: frozenset(several) for key, several in found.items()}


def principal_words(record: Facts, evidence: Mapping[Node, Facts]) -> frozenset[Words]:
    """Give the words that answers show for a record."""
    pieces = record.get(PRINCIPAL, ())
    return frozenset(words_of(evidence[each]) for each in pieces if each in evidence)


def pieces_of(record: Facts) -> list[Node]:
    """List what a record rests on, each piece once."""
    return list(dict.fromkeys(each for pointer in POINTERS for each in record.get(pointer, ())))


def words_of(facts: Facts) -> Words:
    """Read the words of one piece of evidence."""

    def one(predicate: NamedNode) -> Node | None:
        return min(facts.get(predicate, ()), key=str, default=None)

    def text(predicate: NamedNode) -> str | None:
        node: Literal | None = one(predicate)  # type: ignore[assignment] # these hold texts
        return None if node is None else node.value

    told = {_QUOTE, _SOURCE, _STATUS, _REASONING, _PREMISE}
    return Words(
        text(_QUOTE),
        one(_SOURCE),
        one(_STATUS),
        text(_REASONING),
        tuple(sorted(facts.get(_PREMISE, ()), key=str)),
        tuple(
            (predicate, node)
            for predicate in sorted(facts.keys() - told - _PLACES, key=str)
            for node in sorted(facts[predicate], key=str)
        ),
    )
