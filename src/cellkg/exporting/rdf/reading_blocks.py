"""Triples as blocks for people: a subject with its facts, in the order in which they are read.

Nodes stay as N-Triples writes them. Making an object of each takes several times as long as all
the rest of an export.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode, RdfFormat, parse

from cellkg.exporting.rdf.reading_order import (
    EVIDENCE,
    class_rank,
    natural_key,
    node_key,
    property_key,
)
from cellkg.vocabulary import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cellkg.exporting.rdf.reading_order import NodeKey

    Facts = dict[str, list[str]]

TYPE: Final = str(RDF["type"])
_EVIDENCE: Final = str(EVIDENCE)


class Block(NamedTuple):
    """What is said of one subject.

    Attributes:
        subject: The subject.
        facts: Every property with its values, in reading order.
        is_detail: Whether it belongs directly below the block before it, as evidence does.
    """

    subject: str
    facts: list[tuple[str, list[str]]]
    is_detail: bool


def reading_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Put triples in order.

    Args:
        lines: Each triple once, as a line of N-Triples, in any order.

    Yields:
        Every subject once: a study, then its sources, arms, products and findings, each followed
        by its evidence; then anything else.

    Example:
        >>> study = "<https://w3id.org/cellkg/study/example>"
        >>> [
        ...     block.facts
        ...     for block in reading_blocks([f'{study} {TYPE} "b" .', f"{study} <a:p> 1 ."])
        ... ]
        [[('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', ['"b"']), ('<a:p>', ['1'])]]
    """
    facts_by_subject = _facts_by_subject(lines)
    for subject, is_detail in _in_reading_order(facts_by_subject):
        facts = facts_by_subject[subject]
        keys = _property_keys(tuple(_sorted(facts.get(TYPE, []))))
        ordered = sorted(facts, key=keys.__getitem__)
        yield Block(subject, [(each, _sorted(facts[each])) for each in ordered], is_detail)


def _facts_by_subject(lines: Iterable[str]) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        facts = found.get(subject)
        if facts is None:
            facts = found[subject] = {}
        several = facts.get(predicate)
        if several is None:
            facts[predicate] = [value[:-2]]
        else:
            several.append(value[:-2])
    return found


def _in_reading_order(facts_by_subject: dict[str, Facts]) -> list[tuple[str, bool]]:
    """List every subject once, with whether it stands directly below the one before it."""
    evidence_of = {
        subject: [
            each
            for each in _sorted(facts[_EVIDENCE])
            if each[0] == "<" and each in facts_by_subject
        ]
        for subject, facts in facts_by_subject.items()
        if _EVIDENCE in facts
    }
    below = {evidence for several in evidence_of.values() for evidence in several}
    above = [subject for subject in facts_by_subject if subject not in below]
    above.sort(key=lambda each: (_rank(facts_by_subject[each].get(TYPE, [])), _key(each)))
    ordered: dict[str, bool] = {}
    for subject in above:
        ordered[subject] = False
        for evidence in evidence_of.get(subject, ()):
            ordered.setdefault(evidence, True)
    # Evidence of evidence in a circle would otherwise be lost; no shape allows it, and nothing
    # is ever dropped.
    if len(ordered) < len(facts_by_subject):
        for subject in _sorted(list(below)):
            ordered.setdefault(subject, False)
    return list(ordered.items())


class _PropertyKeys(dict[str, tuple[int, int, str]]):
    """Where each property of things of some classes stands, found out when first asked for."""

    def __init__(self, classes: tuple[str, ...]) -> None:
        super().__init__()
        self._classes = _named(classes)

    def __missing__(self, predicate: str) -> tuple[int, int, str]:
        key = property_key(NamedNode(predicate[1:-1]), self._classes)
        self[predicate] = key
        return key


_KEYS_BY_CLASSES: Final[dict[tuple[str, ...], _PropertyKeys]] = {}


def _property_keys(classes: tuple[str, ...]) -> _PropertyKeys:
    found = _KEYS_BY_CLASSES.get(classes)
    if found is None:
        found = _KEYS_BY_CLASSES[classes] = _PropertyKeys(classes)
    return found


def _rank(classes: Iterable[str]) -> int:
    return class_rank(_named(classes))


def _named(nodes: Iterable[str]) -> list[NamedNode]:
    return [NamedNode(each[1:-1]) for each in nodes if each[0] == "<" and each[1] != "<"]


def _sorted(nodes: list[str]) -> list[str]:
    return nodes if len(nodes) == 1 else sorted(nodes, key=_key)


def _key(node: str) -> NodeKey:
    if node[0] == "<" and node[1] != "<":
        return 0, natural_key(node[1:-1]), ""
    (quad,) = parse(f"<a:a> <a:a> {node} .", RdfFormat.N_TRIPLES)
    return node_key(quad.object)
