"""What changed in one graph: records added, withdrawn and changed, with their words.

Where words stand, and what their evidence and its record are called, is counted and is no news.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode

from cellkg.comparing.changed_graphs import parsed
from cellkg.comparing.sides import PARTS, TOLD_BY, Side, natural, renamed_records
from cellkg.comparing.surroundings import around, outline
from cellkg.comparing.words import (
    POINTERS,
    PRINCIPAL,
    Words,
    principal_words,
    words_by_property,
)
from cellkg.records import RECORD_CLASSES
from cellkg.records.fields import facts_of
from cellkg.vocabulary import CKG, GRAPH, RDF, STUDY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from cellkg.comparing.changed_graphs import GraphPair
    from cellkg.comparing.subjects import Facts, Node

ADDED: Final = "added"
WITHDRAWN: Final = "withdrawn"
CHANGED: Final = "changed"

_TYPE: Final = RDF["type"]
_ORDER: Final = {
    fact.property: place
    for place, fact in enumerate(
        fact for record in RECORD_CLASSES for fact in facts_of(record).values()
    )
}


class ValueChange(NamedTuple):
    """The values of one property of a record in two versions.

    Attributes:
        property: The property; None for evidence that supports none in particular.
        before: The values that only the older version has.
        after: The values that only the newer version has.
        kept: How many values both versions have.
        words_before: What the values rested on, where the words are not the same.
        words_after: What they rest on now, where the words are not the same.
    """

    property: NamedNode | None
    before: tuple[Node, ...]
    after: tuple[Node, ...]
    kept: int
    words_before: tuple[Words, ...]
    words_after: tuple[Words, ...]


class RecordChange(NamedTuple):
    """One record that was added, withdrawn or changed.

    Attributes:
        name: Its IRI, or what an axiom without a name says.
        former: Its IRI in the older version, where it has another name now.
        kind: Its class; None where it has none.
        about: The value that says what it is about; None where nothing does.
        change: "added", "withdrawn" or "changed".
        values: The properties that differ; all of them for a record that was added or withdrawn,
            and none where its whole graph was, as that holds them.
    """

    name: Node
    former: Node | None
    kind: Node | None
    about: Node | None
    change: str
    values: tuple[ValueChange, ...]


class GraphChange(NamedTuple):
    """What changed in one graph.

    Attributes:
        name: The IRI of the graph.
        change: "added", "withdrawn" or "changed", for the graph as a whole.
        title: The title of the study, where it is the graph of one.
        records: The records, in reading order of their names.
        renamed: Pairs of IRIs, before and after, of records that only have another name.
        moved: How many pieces of evidence stand elsewhere, or were recorded by somebody else or on
            another day, and have the same words.
        added: How many statements only the newer version has.
        withdrawn: How many only the older version has.
    """

    name: str
    change: str
    title: Node | None
    records: tuple[RecordChange, ...]
    renamed: tuple[tuple[Node, Node], ...]
    moved: int
    added: int
    withdrawn: int

    def count(self, change: str) -> int:
        """Count the records that were added, withdrawn or changed."""
        return sum(each.change == change for each in self.records)


def change_of(pair: GraphPair) -> GraphChange:
    """Tell what changed in one graph.

    Args:
        pair: The graph in two versions.

    Returns:
        The change; without records there is no news in it: only names and places differ.
    """
    if not (pair.before and pair.after):
        return _whole_graph(pair)
    old, new = _sides(pair)
    renamed = renamed_records(old, new)
    left, joined = set(renamed), set(renamed.values())
    gone = {each for each in old.records - left if each not in new.records - joined}
    come = {each for each in new.records - joined if each not in old.records - left}
    passing = gone | come | left | joined
    kept = {name: name for name in (old.records - left - gone) & (new.records - joined - come)}
    records = [
        *(_whole_record(old, each, WITHDRAWN) for each in gone),
        *(_whole_record(new, each, ADDED) for each in come),
    ]
    moved = 0
    for before, after in (kept | renamed).items():
        moved += _moved(old, before, new, after)
        values = _changes(old, before, new, after, passing)
        if values:
            former = None if before == after else before
            records.append(_described(new, after, CHANGED, values)._replace(former=former))
    return GraphChange(
        pair.name,
        CHANGED,
        new.study_title(),
        _sorted(records),
        tuple(sorted(renamed.items(), key=lambda each: natural(each[0]))),
        moved,
        len(pair.added),
        len(pair.withdrawn),
    )


def _sides(pair: GraphPair) -> tuple[Side, Side]:
    if any(b"_:" in line for line in pair.before | pair.after):
        return Side(parsed(pair.before)), Side(parsed(pair.after))
    different = pair.before ^ pair.after
    study = NamedNode(pair.name.replace(GRAPH.iri + "study/", STUDY.iri))
    before, after = (around(each, different, study) for each in (pair.before, pair.after))
    return Side(parsed(before)), Side(parsed(after))


def _whole_graph(pair: GraphPair) -> GraphChange:
    """Name the records of a graph that only one version has."""
    change = ADDED if pair.after else WITHDRAWN
    side = Side(parsed(outline(pair.after or pair.before)))
    records = (
        _described(side, each, change, ())
        for each in side.records
        if CKG["Evidence"] not in side.facts(each).get(_TYPE, ())
    )
    return GraphChange(
        pair.name,
        change,
        side.study_title(),
        _sorted(records),
        (),
        0,
        len(pair.added),
        len(pair.withdrawn),
    )


def _sorted(records: Iterable[RecordChange]) -> tuple[RecordChange, ...]:
    return tuple(sorted(records, key=lambda each: (natural(each.name), each.change)))


def _whole_record(side: Side, name: Node, change: str) -> RecordChange:
    """Describe a record that only one version has."""
    nothing = Side(())
    values = (
        _changes(nothing, name, side, name, side.records)
        if change == ADDED
        else _changes(side, name, nothing, name, side.records)
    )
    return _described(side, name, change, values)


def _described(
    side: Side, name: Node, change: str, values: tuple[ValueChange, ...]
) -> RecordChange:
    facts = side.facts(name)
    about = next((min(facts[each], key=natural) for each in TOLD_BY if facts.get(each)), None)
    # What is a route and a concept is called a route.
    kind = min(
        facts.get(_TYPE, ()),
        key=lambda each: (_value(each) not in CKG, natural(each)),
        default=None,
    )
    return RecordChange(name, None, kind, about, change, values)


def _value(node: Node) -> str:
    return node.value if isinstance(node, NamedNode) else ""


def _changes(
    old: Side, before: Node, new: Side, after: Node, passing: AbstractSet[Node]
) -> tuple[ValueChange, ...]:
    """Compare a record in two versions, property by property.

    Args:
        old: The older version.
        before: The name of the record there.
        new: The newer version.
        after: Its name there.
        passing: Records whose coming and going is told of themselves, and not of what has them as
            a part.
    """
    facts, later = old.facts(before), new.facts(after)
    words = words_by_property(facts, old.evidence)
    later_words = words_by_property(later, new.evidence)
    named: set[NamedNode | None] = {*facts, *later, *words, *later_words}
    changes = []
    for each in named - set(POINTERS):
        values = _values(facts, each, passing)
        later_values = _values(later, each, passing)
        had, has = words.get(each, frozenset()), later_words.get(each, frozenset())
        if values != later_values or had != has:
            changes.append(
                ValueChange(
                    each,
                    _in_order(values - later_values),
                    _in_order(later_values - values),
                    len(values & later_values),
                    tuple(sorted(had - has, key=str)),
                    tuple(sorted(has - had, key=str)),
                )
            )
    if not changes:
        had, has = principal_words(facts, old.evidence), principal_words(later, new.evidence)
        if had != has:
            shown = tuple(sorted(had - has, key=str)), tuple(sorted(has - had, key=str))
            changes.append(ValueChange(PRINCIPAL, (), (), 0, *shown))
    return tuple(sorted(changes, key=_reading_order))


def _values(facts: Facts, predicate: NamedNode | None, passing: AbstractSet[Node]) -> set[Node]:
    values = set() if predicate is None else facts.get(predicate, set())
    return values - passing if predicate in PARTS else values


def _in_order(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(nodes, key=natural))


def _reading_order(change: ValueChange) -> tuple[int, str]:
    """Put what a thing is first, then its properties as its record has them, then any other."""
    if change.property is None:
        return len(_ORDER) + 1, ""
    if change.property == _TYPE:
        return -1, ""
    return _ORDER.get(change.property, len(_ORDER)), change.property.value


def _moved(old: Side, before: Node, new: Side, after: Node) -> int:
    """Count the pieces of evidence that differ in nothing but their names and places."""
    pieces, later = old.pieces(before), new.pieces(after)
    had = {words for _, words, _ in pieces}
    has = {words for _, words, _ in later}
    gone = {each for each in pieces - later if each[1] in has}
    come = {each for each in later - pieces if each[1] in had}
    return max(len(gone), len(come))
