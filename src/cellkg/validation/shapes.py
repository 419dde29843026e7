"""The shapes of ontology/shapes, checked by shifty, an engine in Rust.

It is held to pySHACL, the reference (:mod:`.reference`): tests compare the two on a failing graph
of every constraint of every shape.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from cellkg.validation.shape_results import copy_into, findings_in, quiet
from cellkg.vocabulary import RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import rdflib
    from pyoxigraph import Triple

    from cellkg.validation.report import Finding

_BACKGROUND: Final = frozenset(
    {RDF["type"], RDFS["subClassOf"], RDFS["subPropertyOf"], SKOS["broader"]}
)
"""What a shape may ask of the ontology and the terms. Labels and schemes are left out on purpose:
the shape of terms looks for them, and a term is to be checked with its own file alone."""

_BLANK_NODE: Final = re.compile(rb"^_:|\s_:\S+ \.$", re.MULTILINE)
"""A blank node in N-Triples, where each statement has a line and literals hold no line ends."""

_AS_SHACL_SAYS: Final[dict[str, Any]] = {
    "graph_mode": "data",
    "infer": False,
    "sort_results": False,
    "on_unsupported": "error",
}
"""The engine is not to see the shapes as data, nor to leave out what it cannot check."""


class ShapeChecker:
    """All shapes, ready to check one set of records after another, in several threads at once.

    Args:
        ontology: The folder with ``cellkg.ttl``, ``terms`` and ``shapes``.

    Attributes:
        shapes: The shapes, as N-Triples.
        background: What of the ontology and the terms is looked at, as N-Triples.
        version: A hash of all that findings depend on, but the records.

    Raises:
        SyntaxError: One of its files is not Turtle; a mistake in cellkg, not in what is checked.
    """

    def __init__(self, ontology: Path) -> None:
        import shifty

        shapes = sorted((ontology / "shapes").glob("*.ttl"))
        self.shapes = n_triples(triple for path in shapes for triple in _read(path))
        words = [ontology / "cellkg.ttl", *sorted((ontology / "terms").glob("*.ttl"))]
        self.background = n_triples(
            triple
            for path in words
            for triple in _read(path)
            if triple.predicate in _BACKGROUND
            and isinstance(triple.subject, NamedNode)
            and isinstance(triple.object, NamedNode)
            and triple.object != SKOS["ConceptScheme"]
        )
        # Of the shapes their text, as their blank nodes are named anew whenever they are read.
        texts = (path.read_bytes() for path in shapes)
        engine = f"shifty {shifty.version()}".encode()
        self.version = sha256(b"\0".join((engine, *texts, self.background))).hexdigest()
        self._validator = shifty.PreparedValidator(self.shapes)

    def check(self, records: bytes) -> list[Finding]:
        """Check records.

        Args:
            records: The records as N-Triples, without the ontology and the terms.

        Returns:
            What the shapes find, sorted and without a place. A record without an IRI is told by the
            record and the property that point at it.
        """
        data = self.background + records
        if not has_blank_nodes(records):
            return self._findings(data, ())
        # From bytes the engine would give blank nodes names of its own.
        import rdflib

        graph = rdflib.Graph()
        with quiet():
            copy_into(graph, triples_in(data))
            return self._findings(graph, triples_in(records))

    def _findings(self, data: bytes | rdflib.Graph, records: Iterable[Triple]) -> list[Finding]:
        # To know which shapes found something takes a third of the time of a report of them all.
        found = self._validator.validate_algebra(data, **_AS_SHACL_SAYS)
        shapes = sorted({str(each.shape_name) for each in found.violations})
        if not shapes:
            return []
        with quiet():
            _, report, _ = self._validator.validate(data, shape_names=shapes, **_AS_SHACL_SAYS)
        return findings_in(report, records)


def n_triples(triples: Iterable[Triple | Quad]) -> bytes:
    """Write triples, one a line; of quads without their graphs."""
    quads = (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    written = serialize(quads, format=RdfFormat.N_TRIPLES)
    assert written is not None  # noqa: S101 - without a file to write to, bytes are returned
    return written


def triples_in(written: bytes) -> Iterator[Triple]:
    """Read what `n_triples` wrote."""
    return (quad.triple for quad in parse(written, RdfFormat.N_TRIPLES))


def has_blank_nodes(records: bytes) -> bool:
    r"""Tell whether N-Triples name any blank node.

    Example:
        >>> has_blank_nodes(b'<https://e.org/a> <https://e.org/p> "_:b ." .\n')
        False
        >>> has_blank_nodes(b"<https://e.org/a> <https://e.org/p> _:b .\n")
        True
    """
    return _BLANK_NODE.search(records) is not None


def _read(path: Path) -> Iterator[Triple]:
    return (quad.triple for quad in parse(path.read_bytes(), RdfFormat.TURTLE))
