"""The description of the whole has what the standards ask for, and its numbers are right."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from cellkg.exporting.descriptions.dataset_description import (
    DATASET,
    dataset_description,
    version_iri,
)
from cellkg.exporting.rdf.chosen_graphs import CONCLUDED
from cellkg.store import LocalStore
from cellkg.vocabulary import RDF, XSD

if TYPE_CHECKING:
    import cellkg

    Facts = dict[str, list[NamedNode | BlankNode | Literal | Triple]]

PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "idot": "http://identifiers.org/idot/",
    "pav": "http://purl.org/pav/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sio": "http://semanticscience.org/resource/",
    "void": "http://rdfs.org/ns/void#",
}

# What https://www.w3.org/TR/hcls-dataset/ says that a description MUST and MUST NOT have, by level.
MUST: Final = {
    "summary": "dct:title dct:description dct:publisher",
    "version": "dct:title dct:description dct:creator dct:publisher pav:version dct:isVersionOf",
    "distribution": "dct:title dct:description dct:creator dct:publisher dct:license dct:format",
}
_STATISTICS: Final = (
    "void:triples void:entities void:distinctSubjects void:distinctObjects void:properties"
    " void:classPartition void:propertyPartition void:subset"
)
_OF_FILES: Final = (
    "dct:format dcat:downloadURL dcat:byteSize void:dataDump void:vocabulary idot:identifierPattern"
    " void:uriRegexPattern idot:accessPattern idot:exampleIdentifier void:exampleResource"
    " sio:has-data-item"
)
MUST_NOT: Final = {
    "summary": f"{_STATISTICS} {_OF_FILES} dct:created pav:createdOn pav:authoredOn pav:curatedOn"
    " dct:creator dct:contributor pav:createdBy pav:authoredBy pav:curatedBy dct:issued"
    " dct:language dct:conformsTo pav:version dct:isVersionOf pav:previousVersion dct:source"
    " pav:retrievedFrom prov:wasDerivedFrom pav:createdWith dcat:distribution dcat:landingPage",
    "version": f"{_STATISTICS} {_OF_FILES} pav:hasCurrentVersion dct:accrualPeriodicity",
    "distribution": "dct:hasPart dct:isVersionOf pav:hasCurrentVersion dct:accrualPeriodicity"
    " dcat:distribution",
}


@pytest.fixture(scope="module")
def triples(curated: cellkg.Graph) -> list[Triple]:
    return [quad.triple for quad in parse(dataset_description(curated.store), RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def levels(triples: list[Triple], curated: cellkg.Graph) -> dict[str, list[Facts]]:
    """The facts of each thing that is described, by its level."""
    facts: dict[str, Facts] = {}
    for triple in triples:
        assert isinstance(triple.subject, NamedNode)
        properties = facts.setdefault(triple.subject.value, {})
        properties.setdefault(triple.predicate.value, []).append(triple.object)
    version = facts[version_iri(curated.store.data_version).value]
    forms = version[expanded("dcat:distribution")]
    return {
        "summary": [facts[DATASET.value]],
        "version": [version],
        "distribution": [facts[each.value] for each in forms if isinstance(each, NamedNode)],
    }


def expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def test_the_levels_are_there(levels: dict[str, list[Facts]]) -> None:
    assert {level: len(things) for level, things in levels.items()} == {
        "summary": 1,
        "version": 1,
        "distribution": 6,
    }
    assert sum(len(each.split()) for each in MUST.values()) == 15
    assert sum(len(each.split()) for each in MUST_NOT.values()) == 66


@pytest.mark.parametrize("level", MUST)
def test_the_hcls_profile_is_kept(level: str, levels: dict[str, list[Facts]]) -> None:
    for facts in levels[level]:
        missing = [name for name in MUST[level].split() if expanded(name) not in facts]
        forbidden = [name for name in MUST_NOT[level].split() if expanded(name) in facts]
        assert (missing, forbidden) == ([], [])
        classes = {str(each) for each in facts[RDF["type"].value]}
        wanted = {f"<{expanded('dctypes:Dataset')}>"}
        of_forms = {f"<{expanded(name)}>" for name in ("void:Dataset", "dcat:Distribution")}
        assert classes >= wanted
        assert of_forms & classes == (of_forms if level == "distribution" else set())
        for name in ("dct:title", "dct:description"):
            (text,) = facts[expanded(name)]
            assert isinstance(text, Literal)
            assert text.language == "en"


def test_dcat_has_what_its_application_profile_wants(levels: dict[str, list[Facts]]) -> None:
    for facts in levels["distribution"]:
        assert len(facts[expanded("dcat:accessURL")]) == 1
        assert len(facts[expanded("dcat:mediaType")]) == 1
        assert facts[expanded("dct:license")] == [
            NamedNode("https://creativecommons.org/licenses/by/4.0/")
        ]
    assert len({str(facts[expanded("dct:format")]) for facts in levels["distribution"]}) == 6


def test_the_version_is_that_of_the_data(
    levels: dict[str, list[Facts]], curated: cellkg.Graph
) -> None:
    (version,) = levels["version"]
    assert version[expanded("pav:version")] == [Literal(curated.data_version)]
    assert version[expanded("dct:issued")] == [Literal("2026-11-21", datatype=XSD["date"])]
    (text,) = version[expanded("dct:description")]
    assert "by who recorded them: 5 curated." in str(text)


def test_the_numbers_are_those_of_the_graphs(triples: list[Triple], curated: cellkg.Graph) -> None:
    store = curated.store
    held = [
        triple
        for name in store.graph_names()
        if name not in CONCLUDED
        for triple in store.triples(name)
    ]
    told = {(each.subject, each.predicate): each.object for each in triples}
    whole = NamedNode(f"{version_iri(store.data_version).value}/nquads")

    def number(subject: NamedNode, name: str) -> int:
        value = told[subject, NamedNode(expanded(name))]
        assert isinstance(value, Literal)
        return int(value.value)

    assert number(whole, "void:triples") == len(held) > 20_000
    assert number(whole, "void:distinctSubjects") == len({each.subject for each in held})
    assert number(whole, "void:distinctObjects") == len({each.object for each in held})
    typed = {(each.subject, each.object) for each in held if each.predicate == RDF["type"]}
    assert number(whole, "void:entities") == len({subject for subject, _ in typed})
    by_class = Counter(kind for _, kind in typed)
    by_property = Counter(each.predicate for each in held)
    for kind, count, expected in (
        ("void:class", "void:entities", by_class),
        ("void:property", "void:triples", by_property),
    ):
        parts = {
            each.object: number(each.subject, count)
            for each in triples
            if each.predicate.value == expanded(kind) and isinstance(each.subject, NamedNode)
        }
        assert parts == expected
        assert len(parts) > 30


def test_the_same_graphs_have_the_same_description(
    curated: cellkg.Graph, triples: list[Triple]
) -> None:
    again = parse(dataset_description(curated.store), RdfFormat.TURTLE)
    assert [quad.triple for quad in again] == triples


def test_graphs_without_studies_are_described(triples: list[Triple]) -> None:
    nothing = dataset_description(LocalStore("as served by http://localhost:7878/query"))
    read = [quad.triple for quad in parse(nothing, RdfFormat.TURTLE)]
    assert len(read) < len(triples)
    assert b"by who recorded them: none." in nothing
    assert b"dataset/as%20served%20by%20http%3A%2F%2Flocalhost%3A7878%2Fquery>" in nothing
