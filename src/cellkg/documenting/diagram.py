"""The records and how they contain and name each other, as a picture made from the ontology.

A tree from left to right: a study, what it contains, and what that contains. What a record only
names stands where it is named first, behind a dashed line, and by its name wherever else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cellkg.documenting.ontology_words import Ontology, OntologyProperty

ROOTS: Final = (CKG["Study"].value, CKG["Record"].value)
"""Where the trees begin: a study, and any record with the evidence that it rests on."""

_CONTAINS: Final = CKG["contains"].value
_GAP: Final = 92
_LEAST_WIDTH: Final = 180
_ARROW: Final = 3
_PADDING: Final = 20
_LETTER: Final = 5.2
"""How wide a letter of the small type is at most, on average."""
_BOX_HEIGHT: Final = 30
_LINE: Final = 15
_ROW_GAP: Final = 12
_MARGIN: Final = 8


class Box(NamedTuple):
    """A class in the picture.

    Attributes:
        iri: Its IRI.
        x: Where it begins from the left.
        y: Where it begins from the top.
        width: How wide it is.
        height: How high it is.
        names: The properties by which it names classes that stand elsewhere, each with them.
    """

    iri: str
    x: float
    y: float
    width: float
    height: float
    names: tuple[tuple[str, str], ...]


class Line(NamedTuple):
    """A property between two boxes.

    Attributes:
        iri: The IRI of the property.
        path: The line, as the attribute ``d`` of a path.
        x: Where its name begins.
        y: The baseline of its name.
        named: Whether its name says more than that of the class it leads to.
        contains: Whether it leads to a part of the record.
    """

    iri: str
    path: str
    x: float
    y: float
    named: bool
    contains: bool


class Diagram(NamedTuple):
    """The picture.

    Attributes:
        width: Its width.
        height: Its height.
        boxes: The classes.
        lines: The properties between them.
        left_out: Classes that nothing leads to from where the picture begins.
    """

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left_out: tuple[str, ...]


class _Link(NamedTuple):
    """A property from one class to another."""

    property: OntologyProperty
    domain: str
    target: str


class _Node:
    """A class that is being placed."""

    def __init__(self, iri: str, depth: int, entered: OntologyProperty | None) -> None:
        self.iri = iri
        self.depth = depth
        self.left = 0.0
        self.entered = entered
        self.names: list[tuple[str, str]] = []
        self.children: list[_Node] = []
        self.y = 0.0

    @property
    def height(self) -> float:
        return _BOX_HEIGHT + _LINE * len(self.names)


def class_diagram(ontology: Ontology) -> Diagram:
    """Lay the picture out.

    Args:
        ontology: The ontology.

    Returns:
        The picture; the same ontology gives the same.
    """
    records = _records(ontology)
    placed = _placed(ontology, records)
    width = _width(ontology, placed.values())
    for each in placed.values():
        each.left = _MARGIN + each.depth * (width + _GAP)
    roots = [placed[root] for root in ROOTS if root in placed]
    top = float(_MARGIN)
    for root in roots:
        top = _lay_out(root, top) + 2 * _ROW_GAP
    boxes = [
        Box(each.iri, each.left, each.y, width, each.height, tuple(each.names))
        for each in placed.values()
    ]
    return Diagram(
        max(box.x + box.width for box in boxes) + _MARGIN,
        max(box.y + box.height for box in boxes) + _MARGIN,
        tuple(boxes),
        tuple(line for root in roots for line in _lines(root, width)),
        tuple(each for each in records if each not in placed),
    )


def _records(ontology: Ontology) -> tuple[str, ...]:
    """Name the classes of records and of their evidence: all but terms and closed lists."""
    by_iri = {each.iri: each for each in ontology.classes}
    vocabulary = {CKG["Term"].value, CKG["ClosedValue"].value}

    def is_word(iri: str) -> bool:
        broader = by_iri[iri].broader if iri in by_iri else ()
        return iri in vocabulary or any(map(is_word, broader))

    return tuple(each.iri for each in ontology.classes if not is_word(each.iri))


def _links(ontology: Ontology, records: tuple[str, ...]) -> list[_Link]:
    """List the properties between records that people write."""
    return [
        _Link(each, domain, target)
        for each in ontology.properties
        if not each.concluded and each.iri != _CONTAINS
        for domain in each.domains
        for target in each.ranges
        if domain in records and target in records
    ]


def _width(ontology: Ontology, nodes: Iterable[_Node]) -> float:
    """Find how wide a box has to be for all that stands in one."""
    labels = {each.iri: each.label for each in ontology.classes}
    labels |= {each.iri: each.label for each in ontology.properties}
    names = (names for each in nodes for names in each.names)
    longest = max((len(labels[name] + labels[target]) for name, target in names), default=0)
    return max(_LEAST_WIDTH, round((longest + _ARROW) * _LETTER) + _PADDING)


def _placed(ontology: Ontology, records: tuple[str, ...]) -> dict[str, _Node]:
    """Walk from the roots: first along what contains, then along what only names."""
    links = _links(ontology, records)
    placed = {root: _Node(root, 0, None) for root in ROOTS if root in records}
    for contains in (True, False):
        own = [each for each in links if _is_part(each.property) == contains]
        waiting = list(placed.values())
        for node in waiting:  # grows while it is walked
            for link in own:
                if link.domain != node.iri or link.target in placed:
                    continue
                if contains and _is_contained_deeper(link, own, node):
                    continue
                child = _Node(link.target, node.depth + 1, link.property)
                placed[link.target] = child
                node.children.append(child)
                waiting.append(child)
    for link in links:
        domain = placed.get(link.domain)
        if domain is not None and not any(
            child.iri == link.target and child.entered == link.property for child in domain.children
        ):
            domain.names.append((link.property.iri, link.target))
    return placed


def _is_contained_deeper(link: _Link, links: list[_Link], node: _Node) -> bool:
    """Tell whether something that a record contains is contained in another part of it as well."""
    parts = {each.target for each in links if each.domain == node.iri} - {link.target}
    return any(each.domain in parts and each.target == link.target for each in links)


def _is_part(each: OntologyProperty) -> bool:
    return _CONTAINS in each.broader


def _lay_out(node: _Node, top: float) -> float:
    """Place a node beside the middle of what follows from it; give where the next one may begin."""
    bottom = top
    for child in node.children:
        bottom = _lay_out(child, bottom)
    if node.children:
        first, last = node.children[0], node.children[-1]
        middle = (first.y + last.y + last.height) / 2
        node.y = max(top, round(middle - node.height / 2))
    else:
        node.y = top
    return max(bottom, node.y + node.height + _ROW_GAP)


def _lines(node: _Node, width: float) -> Iterator[Line]:
    right, middle = node.left + width, node.y + _BOX_HEIGHT / 2
    bend = right + 14
    for child in node.children:
        assert child.entered is not None  # noqa: S101 - every child was entered by a property
        y = child.y + _BOX_HEIGHT / 2
        path = f"M{right:g} {middle:g}H{bend:g}V{y:g}H{child.left:g}"
        is_named = _name(child.entered.iri) != _name(child.iri)
        yield Line(child.entered.iri, path, bend + 5, y - 4, is_named, _is_part(child.entered))
        yield from _lines(child, width)


def _name(iri: str) -> str:
    """Give the name of a class or a property; they differ in their first letter only."""
    return iri.rpartition("#")[2].casefold()
