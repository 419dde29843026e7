"""The graphs of studies, one after the other: each small enough to be held, and read once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from cellkg.vocabulary import CKG, CLOSURE_GRAPH, GRAPH, RDF, STUDY, TERM, shorten, study_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cellkg.store import GraphStore

    Node = NamedNode | BlankNode | Literal | Triple
    Facts = dict[str, list[Node]]

COMPARATOR_ROLES: Final = frozenset(
    TERM[name].value
    for name in (
        "active-comparator-arm",
        "no-intervention-arm",
        "placebo-control-arm",
        "sham-comparator-arm",
    )
)
"""The roles of arms that are there to compare with, as the stored questions take them."""

_STUDY_GRAPHS: Final = GRAPH["study/"].value
_LABELS: Final = (
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
    "SELECT ?thing ?label WHERE { ?thing skos:prefLabel|rdfs:label ?label"
    ' FILTER(LANG(?label) IN ("", "en")) }'
)


def graphs_of(store: GraphStore, studies: Sequence[str] | None) -> list[NamedNode]:
    """List the named graphs of studies, in their order.

    Args:
        store: The graphs.
        studies: The IRIs of the studies; None for all.

    Returns:
        The names of the graphs.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    if studies is not None:
        return [study_graph(each) for each in sorted(studies)]
    return [name for name in store.graph_names() if name.value.startswith(_STUDY_GRAPHS)]


def study_named_by(graph: NamedNode) -> str:
    """Give the IRI of the study whose graph this is.

    Example:
        >>> study_named_by(GRAPH["study/als"])
        'https://w3id.org/cellkg/study/als'
    """
    return STUDY.iri + graph.value.removeprefix(_STUDY_GRAPHS)


def read_facts(store: GraphStore, graph: NamedNode) -> dict[str, Facts]:
    """Read a graph by subject and property.

    Args:
        store: The graphs.
        graph: The name of one of them.

    Returns:
        Values by property, by the IRI of the subject; everything in the order of IRIs and texts.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    found: dict[str, Facts] = {}
    for subject, predicate, value in store.triples(graph):
        name = subject.value if isinstance(subject, NamedNode) else str(subject)
        found.setdefault(name, {}).setdefault(predicate.value, []).append(value)
    for facts in found.values():
        for several in facts.values():
            if len(several) > 1:
                several.sort(key=_by_value)
    return dict(sorted(found.items()))


def _by_value(node: Node) -> tuple[str, str]:
    return (str(node) if isinstance(node, Triple) else node.value, str(node))


def read_shared_facts(store: GraphStore) -> dict[str, Facts]:
    """Read what the graphs say that are of no single study, but for what follows by the closure.

    Args:
        store: The graphs.

    Returns:
        Values by property, by the IRI of the subject, in the order of IRIs.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    found: dict[str, Facts] = {}
    for name in store.graph_names():
        if name != CLOSURE_GRAPH and not name.value.startswith(_STUDY_GRAPHS):
            for subject, facts in read_facts(store, name).items():
                known = found.setdefault(subject, {})
                for property_, values in facts.items():
                    known[property_] = sorted({*known.get(property_, ()), *values}, key=_by_value)
    return dict(sorted(found.items()))


def sources_elsewhere(store: GraphStore, sources: Iterable[str]) -> dict[str, str]:
    """Find the graphs that describe sources.

    Args:
        store: The graphs.
        sources: The IRIs of sources.

    Returns:
        The IRI of the graph by that of the source; sources that no graph describes are not in it.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    named = " ".join(str(NamedNode(each)) for each in sorted(sources))
    if not named:
        return {}
    found = store.query(
        f"SELECT ?source ?graph WHERE {{ VALUES ?source {{ {named} }}"
        f" GRAPH ?graph {{ ?source a {CKG['Source']} }} }}"
    )
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    return {source.value: graph.value for source, graph in found}


def read_labels(store: GraphStore) -> dict[str, str]:
    """Read what terms, values, institutions and agents are called.

    Args:
        store: The graphs.

    Returns:
        Label by IRI, in English or without a language.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    found = store.query(_LABELS)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    labels: dict[str, str] = {}
    for thing, label in found:
        # Several labels are a matter for validation; here the choice only has to be the same.
        if thing.value not in labels or label.value < labels[thing.value]:
            labels[thing.value] = label.value
    return labels


def class_of(facts: Facts) -> str:
    """Give the IRI of the class that a subject is of, or the empty text."""
    types = facts.get(RDF["type"].value, ())
    return next((each.value for each in types if isinstance(each, NamedNode)), "")


@lru_cache(maxsize=2**16)
def name_of(iri: str) -> str:
    """Write an IRI as short as the commands take it.

    Example:
        >>> name_of(STUDY["poster#fever"].value), name_of(CKG["Reported"].value)
        ('poster#fever', 'ckg:Reported')
    """
    return iri.removeprefix(STUDY.iri) if iri in STUDY else shorten(iri)
