"""The records of one graph in one version, and which of them only have another name in the other.

Names are a weak bond: an importer numbers the rows of a table, so that one new row renames all
below it. Records with the same facts in the same place are the same record, whatever they are
called. Those that other records point at, such as arms, are known by their names alone: with
another name every record that points at them says something else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from cellkg.comparing.subjects import subjects_of
from cellkg.comparing.words import EVIDENCE, POINTERS, pieces_of, words_of
from cellkg.records import RECORD_CLASSES
from cellkg.records.fields import facts_of
from cellkg.vocabulary import CKG, DCTERMS, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode, Triple

    from cellkg.comparing.subjects import Facts, Node
    from cellkg.comparing.words import Words

    Piece = tuple[Node, Words, frozenset[tuple[NamedNode, frozenset[Node]]]]
    Signature = frozenset[tuple[object, ...]]

PARTS: Final = frozenset(
    fact.property
    for record in RECORD_CLASSES
    for fact in facts_of(record).values()
    if fact.kind == "record" and fact.property != EVIDENCE
)
"""The properties whose values are parts of a record."""

TOLD_BY: Final = (
    SKOS["prefLabel"],
    RDFS["label"],
    DCTERMS["title"],
    *(
        CKG[name]
        for name in (
            *("event", "measure", "participantRole", "statementKind", "institution", "cellType"),
            *("route", "coMedicationClass", "discrepancyKind", "printedTerm"),
        )
    ),
)
"""The properties that say what a thing is about, so that it can be called by one of them."""

_TYPE: Final = RDF["type"]
_DIGITS: Final = re.compile(r"(\d+)")


class Side:
    """One graph in one version.

    Args:
        triples: Its statements.

    Attributes:
        evidence: The facts of every piece of evidence that something rests on.
        records: The names of everything else.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._subjects = subjects_of(triples)
        pieces = {
            each
            for facts in self._subjects.values()
            for each in pieces_of(facts)
            if CKG["Evidence"] in self._subjects.get(each, {}).get(_TYPE, ())
        }
        self.evidence = {each: self._subjects[each] for each in pieces}
        self.records = self._subjects.keys() - pieces

    def facts(self, name: Node) -> Facts:
        """Give the facts of a record; none where it is not there."""
        return self._subjects.get(name, {})

    def study_title(self) -> Node | None:
        """Give the title of the study that the graph is about."""
        for name in sorted(self.records, key=natural):
            facts = self._subjects[name]
            if CKG["Study"] in facts.get(_TYPE, ()):
                return min(facts.get(DCTERMS["title"], ()), key=natural, default=None)
        return None

    def pieces(self, name: Node) -> set[Piece]:
        """Give the evidence of a record, with its words and all else that it says."""
        found = set()
        for each in pieces_of(self.facts(name)):
            facts = self.evidence.get(each)
            if facts is not None:
                told = frozenset(
                    (predicate, frozenset(nodes)) for predicate, nodes in facts.items()
                )
                found.add((each, words_of(facts), told))
        return found

    def signature(self, name: Node) -> Signature | None:
        """Tell what a record says and where it belongs, without its name and its evidence.

        Returns:
            The same for records that say the same; None where names decide, as something but the
            record that it is a part of points at it.
        """
        pointers = self._pointers.get(name, ())
        if not pointers or any(predicate not in PARTS for _, predicate in pointers):
            return None
        facts = {
            (predicate, frozenset(nodes))
            for predicate, nodes in self.facts(name).items()
            if predicate not in POINTERS
        }
        return frozenset({*facts, *pointers})

    @cached_property
    def _pointers(self) -> dict[Node, list[tuple[Node, NamedNode]]]:
        """What points at each record, and by which property."""
        found = defaultdict(list)
        for name in self.records:
            for predicate, nodes in self._subjects[name].items():
                for each in nodes & self.records:
                    found[each].append((name, predicate))
        for facts in self.evidence.values():
            for each in facts.get(CKG["premise"], ()):
                found[each].append((each, CKG["premise"]))
        return found


def renamed_records(old: Side, new: Side) -> dict[Node, Node]:
    """Find the records that say the same in both versions under different names.

    Args:
        old: The older version.
        new: The newer version.

    Returns:
        The name after by the name before.
    """
    before, after = _by_signature(old, new), _by_signature(new, old)
    return {
        name: later
        for signature, names in before.items()
        for name, later in zip(names, after.get(signature, ()), strict=False)  # pairs, where it has
    }


def _by_signature(side: Side, other: Side) -> dict[Signature, list[Node]]:
    """Group the records that are not the same under the same name."""
    found: defaultdict[Signature, list[Node]] = defaultdict(list)
    for name in sorted(side.records, key=natural):
        if _without_evidence(side.facts(name)) != _without_evidence(other.facts(name)):
            signature = side.signature(name)
            if signature is not None:
                found[signature].append(name)
    return found


def _without_evidence(facts: Facts) -> Facts:
    return {predicate: nodes for predicate, nodes in facts.items() if predicate not in POINTERS}


def natural(node: Node) -> tuple[tuple[int, str], ...]:
    """Sort fever-2 before fever-10.

    Example:
        >>> sorted([CKG["a10"], CKG["a2"]], key=natural)[0].value.rpartition("#")[2]
        'a2'
    """
    pieces = _DIGITS.split(str(node))
    return tuple((int(each) if each.isdigit() else -1, each) for each in pieces)
