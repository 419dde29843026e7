"""The statements of Turtle files in the order in which people wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from cellkg.errors import SourceFileError
from cellkg.vocabulary import OWL, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    Subject = NamedNode | BlankNode | Triple
    Node = Subject | Literal

_NIL: Final = RDF["nil"]


class Statements:
    """What some Turtle files say.

    Args:
        files: The files, in the order in which they are read.

    Attributes:
        prefixes: The prefixes that the files declare, with what they stand for.

    Raises:
        SourceFileError: One of them is not Turtle.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self.prefixes: dict[str, str] = {}
        self._facts: dict[Subject, dict[NamedNode, list[Node]]] = {}
        for file in files:
            for triple in self._parsed(file):
                values = self._facts.setdefault(triple.subject, {})
                values.setdefault(triple.predicate, []).append(triple.object)

    def triples(self) -> Iterator[Triple]:
        """Give all statements."""
        for subject, facts in self._facts.items():
            for predicate, values in facts.items():
                for value in values:
                    yield Triple(subject, predicate, value)

    def predicates(self, subject: Node) -> tuple[NamedNode, ...]:
        """Name the properties of a thing."""
        return () if isinstance(subject, Literal) else tuple(self._facts.get(subject, ()))

    def values(self, subject: Node, *predicates: NamedNode) -> list[Node]:
        """Give the values of some properties of a thing."""
        facts = {} if isinstance(subject, Literal) else self._facts.get(subject, {})
        return [value for predicate in predicates for value in facts.get(predicate, ())]

    def iris(self, subject: Node, *predicates: NamedNode) -> list[str]:
        """Give the values that are IRIs."""
        return [
            each.value for each in self.values(subject, *predicates) if isinstance(each, NamedNode)
        ]

    def text(self, subject: Node, *predicates: NamedNode) -> str:
        """Give the first value that is a text; empty where there is none."""
        texts = (
            each.value for each in self.values(subject, *predicates) if isinstance(each, Literal)
        )
        return next(texts, "")

    def members(self, node: Node) -> list[Node]:
        """Give the members of an RDF list."""
        found: list[Node] = []
        met: set[Node] = set()
        while node != _NIL and node not in met:
            met.add(node)
            found += self.values(node, RDF["first"])
            node = next(iter(self.values(node, RDF["rest"])), _NIL)
        return found

    def named(self, *classes: NamedNode) -> list[NamedNode]:
        """Give the things with an IRI that are of one of some classes, as the files have them."""
        return [
            subject
            for subject in self._facts
            if isinstance(subject, NamedNode)
            and not set(classes).isdisjoint(self.values(subject, RDF["type"]))
        ]

    def unnamed(self, kind: NamedNode) -> list[Node]:
        """Give the things without an IRI that are of a class, in the order of the files."""
        return [
            subject
            for subject in self._facts
            if isinstance(subject, BlankNode) and kind in self.values(subject, RDF["type"])
        ]

    def alternatives(self, node: Node) -> list[str]:
        """Give the IRI of a class, or those of the classes that it is the union of."""
        if isinstance(node, NamedNode):
            return [node.value]
        members = [
            each for several in self.values(node, OWL["unionOf"]) for each in self.members(several)
        ]
        return [each.value for each in members if isinstance(each, NamedNode)]

    def _parsed(self, file: Path) -> Iterator[Triple]:
        try:
            with file.open("rb") as opened:
                parser = parse(opened, RdfFormat.TURTLE, rename_blank_nodes=True)
                for quad in parser:
                    yield quad.triple
                self.prefixes |= parser.prefixes
        except SyntaxError as error:
            raise SourceFileError(f"It cannot be read ({error.msg}).", file) from error
        except OSError as error:
            raise SourceFileError(f"It cannot be read ({error.strerror}).", file) from error
