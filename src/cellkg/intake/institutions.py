"""The institutions that registry records name: one label each, and every other spelling."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from cellkg.vocabulary import CKG, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from pathlib import Path


def institution_triples(
    printed: Iterable[tuple[NamedNode, str]], described: Container[NamedNode]
) -> Iterator[Triple]:
    """Describe institutions by the names that records print.

    Args:
        printed: An institution and a name, as often as it is printed.
        described: Institutions that another graph describes already.

    Returns:
        For each institution its class, as label the name printed most often, and the other ones;
        in the order of the IRIs.

    Example:
        >>> from cellkg.vocabulary import INSTITUTION
        >>> mayo = INSTITUTION["mayo-clinic"]
        >>> names = [(mayo, "Mayo Clinic"), (mayo, "MAYO CLINIC"), (mayo, "Mayo Clinic")]
        >>> for triple in institution_triples(names, ()):
        ...     print(triple.predicate.value.rpartition("#")[2], triple.object)
        type <https://w3id.org/cellkg/ontology#Institution>
        label "Mayo Clinic"@en
        altLabel "MAYO CLINIC"@en
    """
    names: dict[str, Counter[str]] = {}
    for institution, name in printed:
        if institution not in described:
            names.setdefault(institution.value, Counter())[name] += 1
    for iri in sorted(names):
        label, *others = sorted(names[iri], key=lambda name: (-names[iri][name], name))
        node = NamedNode(iri)
        yield Triple(node, RDF["type"], CKG["Institution"])
        yield Triple(node, RDFS["label"], Literal(label, language="en"))
        for other in others:
            yield Triple(node, SKOS["altLabel"], Literal(other, language="en"))


def institutions_in(file: Path) -> set[NamedNode]:
    """List the institutions that a Turtle file describes."""
    return {
        quad.subject
        for quad in parse(file.read_bytes(), RdfFormat.TURTLE)
        if quad.object == CKG["Institution"] and isinstance(quad.subject, NamedNode)
    }
