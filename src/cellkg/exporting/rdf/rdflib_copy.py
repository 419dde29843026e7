"""A copy of the graphs for rdflib, the library that most Python code for RDF is written with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rdflib

    from cellkg.store import GraphStore


def to_rdflib(store: GraphStore) -> rdflib.Dataset:
    """Copy every named graph.

    Args:
        store: The graphs.

    Returns:
        A dataset in memory with the same named graphs, whose default graph is their union.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    import rdflib
    from pyoxigraph import RdfFormat, serialize

    from cellkg.vocabulary import PREFIXES

    dataset = rdflib.Dataset(default_union=True)
    for name in store.graph_names():
        graph = dataset.graph(rdflib.URIRef(name.value))
        graph.parse(data=serialize(store.triples(name), format=RdfFormat.N_TRIPLES), format="nt")
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    return dataset
