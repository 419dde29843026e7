"""The JSON-LD context of cellkg: a short name for every property of the ontology.

It is published as ``ontology/context.jsonld``, which a test holds equal to what is made here out of
``ontology/cellkg.ttl``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import NamedNode

from cellkg.shipped_files import folder
from cellkg.vocabulary import CKG, DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, Literal, Triple

    Node = NamedNode | BlankNode | Literal | Triple
    Definition: TypeAlias = str | float | dict[str, str]

CONTEXT_NAME: Final = "context.jsonld"
"""Its file in the folder of the ontology."""

CONTEXT_ADDRESS: Final = f"https://w3id.org/cellkg/ontology/{CONTEXT_NAME}"
"""Where it is published."""

RECORDS_PREFIX: Final = "cellkg"
"""The one prefix of studies, sources, terms, institutions and graphs.

In the other formats each has its own, but here some are the names of properties.
"""

_PREFIXES: Final = {
    RECORDS_PREFIX: "https://w3id.org/cellkg/",
    **{each.prefix: each.iri for each in (CKG, DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD)},
    "dcat": "http://www.w3.org/ns/dcat#",
}
# The graphs hold all whole numbers as integers, of which the other datatype is a part.
_WRITTEN_AS: Final = {XSD["nonNegativeInteger"]: XSD["integer"]}
_PROPERTIES: Final = {
    OWL[each] for each in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
}
_TEXTS: Final = (XSD["string"], RDF["langString"])


def json_ld_context(ontology: Iterable[Triple]) -> dict[str, dict[str, Definition]]:
    """Make the context out of the ontology.

    Args:
        ontology: Its triples.

    Returns:
        The JSON-LD document: prefixes; then every property of the ontology by its name, with
        whether its values are things, and otherwise their datatype unless they are texts.

    Example:
        >>> from pyoxigraph import Triple
        >>> count = CKG["count"]
        >>> facts = [
        ...     Triple(count, RDF["type"], OWL["DatatypeProperty"]),
        ...     Triple(count, RDFS["range"], XSD["nonNegativeInteger"]),
        ... ]
        >>> json_ld_context(facts)["@context"]["count"]
        {'@id': 'ckg:count', '@type': 'xsd:integer'}
    """
    kinds: dict[str, set[Node]] = {}
    ranges: dict[str, Node] = {}
    for triple in ontology:
        if isinstance(triple.subject, NamedNode) and triple.subject.value in CKG:
            if triple.predicate == RDF["type"]:
                kinds.setdefault(triple.subject.value, set()).add(triple.object)
            elif triple.predicate == RDFS["range"]:
                ranges[triple.subject.value] = triple.object
    definitions: dict[str, Definition] = {"@version": 1.1, **_PREFIXES}
    for iri in sorted(kinds):
        if kinds[iri] & _PROPERTIES:
            definition = {"@id": shorten(iri)}
            datatype = ranges.get(iri)
            if OWL["ObjectProperty"] in kinds[iri]:
                definition["@type"] = "@id"
            elif isinstance(datatype, NamedNode) and datatype not in _TEXTS:
                definition["@type"] = shorten(_WRITTEN_AS.get(datatype, datatype).value)
            definitions[iri.removeprefix(CKG.iri)] = definition
    return {"@context": definitions}


def published_context() -> dict[str, dict[str, Definition]]:
    """Read the context as it is published.

    Raises:
        ShippedFolderMissing: The ontology is not where it should be.
    """
    text = (folder("ontology") / CONTEXT_NAME).read_text("utf-8")
    context: dict[str, dict[str, Definition]] = json.loads(text)
    return context


def written_context(context: dict[str, dict[str, Definition]]) -> str:
    """Write the context as it stands in its file: one definition a line."""
    definitions = ",\n".join(
        f"    {json.dumps(name)}: {json.dumps(each)}" for name, each in context["@context"].items()
    )
    return f'{{\n  "@context": {{\n{definitions}\n  }}\n}}\n'
