"""The queries of this room: their prefixes, their rows, and the labels of what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, QuerySolutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import QuerySolution

    from cellkg.store import GraphStore

PREFIXES: Final = (
    "PREFIX ckg: <https://w3id.org/cellkg/ontology#>\n"
    "PREFIX dcterms: <http://purl.org/dc/terms/>\n"
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
)


def rows(store: GraphStore, select: str) -> Iterator[QuerySolution]:
    """Ask a SELECT query of this room, without its prefixes."""
    found = store.query(PREFIXES + select)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    return found


def only_these(studies: Sequence[str] | None) -> str:
    """Narrow ``?study`` down to some studies; None leaves it open."""
    if studies is None:
        return ""
    return f"VALUES ?study {{ {' '.join(str(NamedNode(each)) for each in studies)} }} "


def labels_of(store: GraphStore, things: Iterable[str]) -> dict[str, str]:
    """Find what things are called, in English or without a language.

    Args:
        store: The graphs.
        things: Their IRIs.

    Returns:
        Label by IRI; things without one are not in it.
    """
    named = " ".join(str(NamedNode(each)) for each in sorted(things))
    return {
        thing.value: label.value
        for thing, label in rows(
            store,
            f"SELECT ?thing (MIN(?text) AS ?label) WHERE {{ VALUES ?thing {{ {named} }}"
            " ?thing skos:prefLabel|rdfs:label|dcterms:title ?text"
            ' FILTER(LANG(?text) IN ("", "en")) } GROUP BY ?thing',
        )
    }
