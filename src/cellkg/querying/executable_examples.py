"""All questions as RDF, in the form that SIB publishes its SPARQL examples in.

https://github.com/sib-swiss/sparql-examples describes the form: one ``sh:SPARQLExecutable`` a
question, with its summary, its text, its keywords and the endpoint that it can be asked at.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from cellkg.vocabulary import PREFIXES, RDF, RDFS, XSD, Namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from cellkg.querying.stored_question import StoredQuestion

QUERY: Final = Namespace("query", "https://w3id.org/cellkg/query/")
SH: Final = Namespace("sh", "http://www.w3.org/ns/shacl#")
SCHEMA: Final = Namespace("schema", "https://schema.org/")

_DECLARATIONS: Final = QUERY["prefixes"]


def questions_as_turtle(questions: Iterable[StoredQuestion], endpoint: str | None = None) -> bytes:
    """Write questions as Turtle.

    Args:
        questions: The questions, in any order.
        endpoint: The address of a SPARQL endpoint that they can be asked at; None for none.

    Returns:
        The document in UTF-8; the same questions give the same bytes.

    Example:
        >>> from cellkg.querying import find_question
        >>> from cellkg.shipped_files import folder
        >>> question = find_question("doses", folder("queries"))
        >>> "query:doses a sh:SPARQLExecutable" in questions_as_turtle([question]).decode()
        True
    """
    target = None if endpoint is None else NamedNode(endpoint)
    triples = {each for question in questions for each in _triples_of(question, target)}
    triples.update(_declared_prefixes())
    prefixes = PREFIXES | {each.prefix: each.iri for each in (QUERY, SH, SCHEMA)}
    document = serialize(sorted(triples, key=str), format=RdfFormat.TURTLE, prefixes=prefixes)
    assert document is not None  # noqa: S101 - what it gives without an output, told to mypy
    return document


def _triples_of(question: StoredQuestion, target: NamedNode | None) -> Iterator[Triple]:
    subject = QUERY[question.name]
    yield Triple(subject, RDF["type"], SH["SPARQLExecutable"])
    yield Triple(subject, RDF["type"], SH["SPARQLSelectExecutable"])
    yield Triple(subject, RDFS["label"], Literal(question.question, language="en"))
    yield Triple(subject, RDFS["comment"], Literal(question.summary, language="en"))
    yield Triple(subject, SH["prefixes"], _DECLARATIONS)
    yield Triple(subject, SH["select"], Literal(question.text))
    for keyword in question.keywords:
        yield Triple(subject, SCHEMA["keywords"], Literal(keyword))
    if target is not None:
        yield Triple(subject, SCHEMA["target"], target)


def _declared_prefixes() -> Iterator[Triple]:
    for prefix, iri in PREFIXES.items():
        declaration = NamedNode(f"{_DECLARATIONS.value}#{prefix}")
        yield Triple(_DECLARATIONS, SH["declare"], declaration)
        yield Triple(declaration, SH["prefix"], Literal(prefix))
        yield Triple(declaration, SH["namespace"], Literal(iri, datatype=XSD["anyURI"]))
