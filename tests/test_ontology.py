"""The ontology says of each class and property what a reader needs."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from cellkg.vocabulary import CKG, DCTERMS, OWL, RDF, RDFS, SKOS, Namespace, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

ONTOLOGY: Final = Path(__file__).parents[1] / "ontology"
CLASS_COUNT: Final = 55
IRI: Final = NamedNode("https://w3id.org/cellkg/ontology")
PROPERTY_KINDS: Final = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")


class Facts:
    """Triples by subject and predicate."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.values: defaultdict[tuple[object, NamedNode], list[object]] = defaultdict(list)
        for file in files:
            for quad in parse(path=str(file), format=RdfFormat.TURTLE):
                self.values[quad.subject, quad.predicate].append(quad.object)

    def of(self, subject: object, predicate: NamedNode) -> list[object]:
        """Give the values of a property of one thing."""
        return self.values.get((subject, predicate), [])

    def a(self, kind: NamedNode) -> list[NamedNode]:
        """Give everything of a kind."""
        return [
            subject
            for (subject, predicate), kinds in self.values.items()
            if predicate == RDF["type"] and kind in kinds and isinstance(subject, NamedNode)
        ]


@pytest.fixture(scope="module")
def words() -> Facts:
    return Facts([ONTOLOGY / "cellkg.ttl"])


@pytest.fixture(scope="module")
def terms() -> Facts:
    return Facts(sorted((ONTOLOGY / "terms").glob("*.ttl")))


def _ours(found: list[NamedNode]) -> list[NamedNode]:
    return [each for each in found if each.value in CKG]


def test_the_header_is_full(words: Facts) -> None:
    vann = Namespace("vann", "http://purl.org/vocab/vann/")
    names = ["title", "description", "license", "creator", "created"]
    wanted = [*(DCTERMS[name] for name in names), OWL["versionIRI"], OWL["versionInfo"]]
    wanted += [vann["preferredNamespacePrefix"], vann["preferredNamespaceUri"]]
    assert [shorten(each.value) for each in wanted if len(words.of(IRI, each)) != 1] == []


def test_every_class_has_a_label_and_a_definition(words: Facts) -> None:
    classes = _ours(words.a(OWL["Class"]))
    assert len(classes) == CLASS_COUNT
    for each in classes:
        assert len(words.of(each, RDFS["label"])) == 1, each
        assert len(words.of(each, SKOS["definition"])) == 1, each


def test_every_property_has_label_definition_domain_and_range(words: Facts) -> None:
    without_ends = {CKG["isReported"], CKG["isDenied"]}  # they link any such record to itself
    properties = [each for kind in PROPERTY_KINDS for each in _ours(words.a(OWL[kind]))]
    assert len(properties) > 150
    for each in properties:
        assert len(words.of(each, RDFS["label"])) == 1, each
        assert len(words.of(each, SKOS["definition"])) == 1, each
        if each not in without_ends:
            assert len(words.of(each, RDFS["domain"])) == 1, each
            assert len(words.of(each, RDFS["range"])) == 1, each


def test_labels_are_not_shared(words: Facts) -> None:
    for kind in ("Class", "ObjectProperty", "DatatypeProperty"):
        named = _ours(words.a(OWL[kind]))
        labels = [str(words.of(each, RDFS["label"])[0]) for each in named]
        assert len(labels) == len(set(labels))


def test_no_licensed_codes(terms: Facts) -> None:
    mapped = {str(value) for values in terms.values.values() for value in values}
    assert not any("meddra" in each.lower() or "snomed" in each.lower() for each in mapped)
