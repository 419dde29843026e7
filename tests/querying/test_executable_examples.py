from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from cellkg.querying import list_questions
from cellkg.querying.executable_examples import QUERY, SCHEMA, SH, questions_as_turtle
from cellkg.vocabulary import PREFIXES, RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pyoxigraph import Quad

    from cellkg.querying import StoredQuestion

    Questions = Mapping[str, StoredQuestion]


def values(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if (q.subject, q.predicate) == (subject, predicate)}


def test_every_question_is_an_executable_select(project: Path) -> None:
    questions = list_questions(project / "queries")
    quads = list(parse(questions_as_turtle(questions), RdfFormat.TURTLE))
    executables = {q.subject for q in quads if q.object == SH["SPARQLExecutable"]}
    assert executables == {QUERY[question.name] for question in questions}
    for question in questions:
        subject = QUERY[question.name]
        assert SH["SPARQLSelectExecutable"] in values(quads, subject, RDF["type"])
        assert values(quads, subject, SH["select"]) == {Literal(question.text)}
        assert values(quads, subject, RDFS["comment"]) == {Literal(question.summary, language="en")}
        assert values(quads, subject, RDFS["label"]) == {Literal(question.question, language="en")}
        keywords = values(quads, subject, SCHEMA["keywords"])
        assert keywords == {Literal(keyword) for keyword in question.keywords}
        assert values(quads, subject, SCHEMA["target"]) == set()


def test_prefixes_are_declared_and_an_endpoint_is_a_target(questions: Questions) -> None:
    endpoint = "https://example.org/sparql"
    document = questions_as_turtle([questions["study-count"]], endpoint)
    quads = list(parse(document, RdfFormat.TURTLE))
    subject = QUERY["study-count"]
    assert values(quads, subject, SCHEMA["target"]) == {NamedNode(endpoint)}
    (declarations,) = values(quads, subject, SH["prefixes"])
    assert isinstance(declarations, NamedNode)
    declared = {}
    for each in values(quads, declarations, SH["declare"]):
        assert isinstance(each, NamedNode)
        (prefix,) = values(quads, each, SH["prefix"])
        (namespace,) = values(quads, each, SH["namespace"])
        assert isinstance(prefix, Literal)
        assert isinstance(namespace, Literal)
        assert namespace.datatype == XSD["anyURI"]
        declared[prefix.value] = namespace.value
    assert declared == PREFIXES


def test_the_order_of_the_questions_makes_no_difference(questions: Questions) -> None:
    several = list(questions.values())
    assert questions_as_turtle(several) == questions_as_turtle(several[::-1])
