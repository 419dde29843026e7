"""Which graphs an export holds: all of them, or those of some studies with what they point at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cellkg.exporting.rdf.graph_lines import GraphLines, read_graphs
from cellkg.vocabulary import (
    AGENT,
    CLOSURE_GRAPH,
    INSTITUTION,
    ONTOLOGY_GRAPH,
    OVERLAPS_GRAPH,
    SOURCE,
    TERMS_GRAPH,
    study_graph,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cellkg.store import GraphStore

CONCLUDED: Final = (CLOSURE_GRAPH, OVERLAPS_GRAPH)
"""The graphs that hold nothing but what follows from the others."""

_POINTED_AT: Final = re.compile(
    "|".join(re.escape(f"<{each.iri}") + "[^>]*>" for each in (INSTITUTION, SOURCE, AGENT))
)


def chosen_graphs(
    store: GraphStore,
    studies: Sequence[str] | None = None,
    *,
    described: bool = True,
    terms: bool = False,
    conclusions: bool = False,
) -> Iterator[GraphLines]:
    """Read the graphs that an export holds, one at a time.

    Args:
        store: The graphs.
        studies: The IRIs of the studies; None for everything.
        described: With some studies, also what describes what they name; see below.
        terms: With some studies, also the ontology and the terms, whole; everything has them.
        conclusions: Also what follows: the closure, and which studies may overlap.

    Yields:
        For everything, each named graph. For some studies their graphs; then of the other graphs
        what describes the institutions, sources and agents that they name, and the studies'
        graphs themselves, such as their licence.

    Raises:
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> from cellkg.vocabulary import STUDY
        >>> study = STUDY["ms-intravenous-msc-karolinska"].value
        >>> chosen = list(chosen_graphs(cellkg.open_graph().store, [study]))
        >>> [graph.name.value.rpartition("/")[2] for graph in chosen]
        ['ms-intravenous-msc-karolinska', 'institutions', 'manifest', 'ontology']
    """
    if studies is None:
        names = store.graph_names()
        yield from read_graphs(
            store, [name for name in names if conclusions or name not in CONCLUDED]
        )
        return
    own = [study_graph(each) for each in studies]
    wanted = {str(name) for name in own}
    subjects: set[str] = set()
    for graph in read_graphs(store, own):
        wanted.update(_POINTED_AT.findall("\n".join(graph.lines)))
        subjects.update(map(_subject, graph.lines))
        yield graph
    others = [name for name in store.graph_names() if GraphLines(name, []).study is None]
    whole = (ONTOLOGY_GRAPH, TERMS_GRAPH) if terms else ()
    if described:
        apart = (*CONCLUDED, TERMS_GRAPH, *whole)
        describing = [name for name in others if name not in apart]
        yield from _describing(wanted, read_graphs(store, describing))
    yield from read_graphs(store, whole)
    if conclusions:
        chosen = {f"<{each}>" for each in studies}
        for graph in read_graphs(store, [each for each in CONCLUDED if each in others]):
            yield from _kept(graph, subjects | _overlaps_of(chosen, graph.lines))


def _describing(wanted: set[str], graphs: Iterable[GraphLines]) -> Iterator[GraphLines]:
    """Keep what is said of some things, and of the institutions that these are parts of."""
    held = list(graphs)
    found: set[str] = set()
    while wanted - found:
        found |= wanted
        for graph in held:
            said = [line for line in graph.lines if _subject(line) in found]
            wanted = wanted.union(_POINTED_AT.findall("\n".join(said)))
    for graph in held:
        yield from _kept(graph, found)


def _overlaps_of(studies: set[str], lines: Sequence[str]) -> set[str]:
    """Name the candidates that link one of these studies with another, with their reasons."""
    found = {_record(line) for line in lines if line.rpartition(" ")[0].split(" ")[-1] in studies}
    return {_subject(line) for line in lines if _record(line) in found}


def _kept(graph: GraphLines, subjects: set[str]) -> Iterator[GraphLines]:
    lines = [line for line in graph.lines if _subject(line) in subjects]
    if lines:
        yield GraphLines(graph.name, lines)


def _subject(line: str) -> str:
    return line.partition(" ")[0]


def _record(line: str) -> str:
    return _subject(line).rstrip(">").partition("#")[0]
