"""What the shapes require, in words: every constraint of SHACL that they use, and none left out.

https://www.w3.org/TR/shacl/ defines the constraints. One that has no words here is shown by its
name and value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from cellkg.vocabulary import RDF, RDFS, Namespace, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cellkg.documenting.statements import Node, Statements

SH: Final = Namespace("sh", "http://www.w3.org/ns/shacl#")

_TARGETS: Final = (SH["targetClass"], SH["targetSubjectsOf"], SH["targetObjectsOf"])
_PART_OF: Final = SH["property"]
_DATATYPES: Final = {
    "xsd:string": "a text",
    "rdf:langString": "a text in a language",
    "xsd:integer": "a whole number",
    "xsd:decimal": "a decimal number",
    "xsd:boolean": "true or false",
    "xsd:date": "a date",
    "xsd:gYearMonth": "a month",
    "xsd:gYear": "a year",
    "xsd:anyURI": "an address",
}
_VALUES: Final = {
    SH["minInclusive"]: "at least {}",
    SH["maxInclusive"]: "at most {}",
    SH["minExclusive"]: "above {}",
    SH["maxExclusive"]: "below {}",
    SH["minLength"]: "at least {} characters long",
    SH["maxLength"]: "at most {} characters long",
    SH["pattern"]: "written like {}",
    SH["flags"]: "(with the flags {})",
    SH["class"]: "a {}",
    SH["hasValue"]: "{} among the values",
    SH["equals"]: "the same values as {}",
    SH["disjoint"]: "no value in common with {}",
    SH["lessThan"]: "below {}",
    SH["lessThanOrEquals"]: "not above {}",
    SH["nodeKind"]: "a thing with {}",
}
"""How one value of a constraint reads."""

_BEFORE_A_VOWEL: Final = ("a a", "a e", "a i", "a o")
_NODE_KINDS: Final = {"sh:IRI": "an IRI", "sh:Literal": "a literal"}
_SILENT: Final = frozenset(
    (
        *_TARGETS,
        RDF["type"],
        RDFS["label"],
        SH["path"],
        SH["message"],
        SH["severity"],
        SH["ignoredProperties"],
        SH["minCount"],
        SH["maxCount"],
        SH["sparql"],
    )
)
"""What is shown elsewhere, or in other words."""


class Requirement(NamedTuple):
    """One shape.

    Attributes:
        iri: Its IRI.
        label: What people call it.
        about: What it looks at: a property, or several, in words; empty for the whole record.
        message: What a person is told who breaks it.
        severity: "violation", "warning" or "info".
        words: What it requires, in words.
        queries: The SPARQL text of what cannot be said otherwise.
    """

    iri: str
    label: str
    about: str
    message: str
    severity: str
    words: tuple[str, ...]
    queries: tuple[str, ...]


class ShapeSection(NamedTuple):
    """The shapes of one kind of record.

    Attributes:
        target: The IRI of the class, or of the property whose bearers are meant.
        has_property: Whether the target is a property.
        requirements: The shapes, in the order in which they are written.
    """

    target: str
    has_property: bool
    requirements: tuple[Requirement, ...]


def read_shapes(statements: Statements, labels: Mapping[str, str]) -> tuple[ShapeSection, ...]:
    """Read all shapes.

    Args:
        statements: What the files of the shapes say.
        labels: What people call things, by IRI.

    Returns:
        The shapes by what they are about, in the order of the files; each stands once.
    """
    return _ShapeReader(statements, labels).sections()


class _ShapeReader:
    """Reads shapes and puts their constraints into words."""

    def __init__(self, statements: Statements, labels: Mapping[str, str]) -> None:
        self._statements = statements
        self._labels = labels
        self._in_words: dict[NamedNode, Callable[[Node], str]] = {
            SH["datatype"]: self._datatype,
            SH["languageIn"]: lambda node: f"in the language {self._listed(node, ' or ')}",
            SH["in"]: lambda node: f"one of {self._listed(node, ', ')}",
            SH["or"]: self._either,
            SH["and"]: lambda node: " and ".join(map(self._nested, statements.members(node))),
            SH["xone"]: lambda node: "only " + self._either(node),
            SH["not"]: lambda node: f"not ({self._nested(node)})",
            SH["node"]: self._nested,
            SH["property"]: self._nested,
            SH["closed"]: lambda _: "no other properties than these and those of every record",
        }

    def sections(self) -> tuple[ShapeSection, ...]:
        """Gather the shapes by their targets."""
        shapes = self._statements.named(SH["NodeShape"], SH["PropertyShape"])
        found: dict[tuple[str, bool], list[Requirement]] = {}
        targets: dict[Node, tuple[str, bool]] = {}
        for shape in shapes:
            for target in self._own_targets(shape):
                targets.setdefault(shape, target)
                for part in self._statements.values(shape, _PART_OF):
                    targets.setdefault(part, target)
        for shape in shapes:
            where = targets.get(shape, ("", False))
            found.setdefault(where, []).append(self._requirement(shape))
        return tuple(ShapeSection(*where, tuple(several)) for where, several in found.items())

    def _own_targets(self, shape: Node) -> list[tuple[str, bool]]:
        return [
            (iri, predicate != _TARGETS[0])
            for predicate in _TARGETS
            for iri in self._statements.iris(shape, predicate)
        ]

    def _requirement(self, shape: NamedNode) -> Requirement:
        statements = self._statements
        queries = statements.values(shape, SH["sparql"])
        message = statements.text(shape, SH["message"]) or next(
            (statements.text(each, SH["message"]) for each in queries), ""
        )
        (severity,) = statements.iris(shape, SH["severity"]) or [SH["Violation"].value]
        return Requirement(
            shape.value,
            statements.text(shape, RDFS["label"]),
            ", ".join(map(self._path, statements.values(shape, SH["path"]))),
            message,
            severity.removeprefix(SH.iri).lower(),
            tuple(self._words(shape)),
            tuple(_undented(statements.text(each, SH["select"])) for each in queries),
        )

    def _words(self, shape: Node) -> list[str]:
        """Put all constraints of a shape into words, how many values first."""
        words = self._how_many(shape)
        for predicate in self._statements.predicates(shape):
            if predicate in _SILENT:
                continue
            parts = self._statements.values(shape, predicate)
            if predicate == _PART_OF and all(isinstance(each, NamedNode) for each in parts):
                continue  # these are shown themselves
            words += [self._one(predicate, each) for each in parts]
        return words

    def _one(self, predicate: NamedNode, node: Node) -> str:
        if predicate in self._in_words:
            return self._in_words[predicate](node)
        if predicate in _VALUES:
            words = _VALUES[predicate].format(self._name(node))
            return f"an {words[2:]}" if words.startswith(_BEFORE_A_VOWEL) else words
        return f"{shorten(predicate.value)} {self._name(node)}"

    def _how_many(self, shape: Node) -> list[str]:
        least = self._statements.text(shape, SH["minCount"]) or "0"
        most = self._statements.text(shape, SH["maxCount"])
        if most == "0":
            return ["none"]
        if least == most:
            return [f"exactly {most}"]
        return [
            *([f"at least {least}"] if least != "0" else []),
            *([f"at most {most}"] if most else []),
        ]

    def _nested(self, shape: Node) -> str:
        """Put a shape inside another one into words."""
        if isinstance(shape, NamedNode):
            return self._name(shape)
        path = ", ".join(map(self._path, self._statements.values(shape, SH["path"])))
        words = ", ".join(self._words(shape))
        return f"{path}: {words}" if path and words else path or words

    def _either(self, node: Node) -> str:
        return "either " + ", or ".join(map(self._nested, self._statements.members(node)))

    def _datatype(self, node: Node) -> str:
        name = self._name(node)
        return _DATATYPES.get(name, f"of the datatype {name}")

    def _listed(self, node: Node, between: str) -> str:
        return between.join(map(self._name, self._statements.members(node)))

    def _path(self, node: Node) -> str:
        """Put a property path into words."""
        if isinstance(node, NamedNode):
            return self._name(node)
        statements = self._statements
        for predicate, joined in (
            (SH["alternativePath"], " or "),
            (SH["inversePath"], ""),
            (SH["oneOrMorePath"], ""),
            (SH["zeroOrMorePath"], ""),
        ):
            for value in statements.values(node, predicate):
                if joined:
                    return joined.join(map(self._path, statements.members(value)))
                words = {"inversePath": "what points at it by {}"}
                begin = words.get(predicate.value.removeprefix(SH.iri), "any number of steps of {}")
                return begin.format(self._path(value))
        return " → ".join(map(self._path, statements.members(node)))

    def _name(self, node: Node) -> str:
        if isinstance(node, Literal):
            return node.value
        if not isinstance(node, NamedNode):
            return self._nested(node)
        name = shorten(node.value).replace(SH.iri, "sh:")
        return self._labels.get(node.value) or _NODE_KINDS.get(name) or name


def _undented(text: str) -> str:
    from textwrap import dedent

    return dedent(text).strip("\n")
