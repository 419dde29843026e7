"""Where the studies of an answer come from: made by hand, or read from a registry."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, QuerySolutions

from cellkg.vocabulary import CTGOV_IMPORTER, CURATORS, STUDY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Final

    from cellkg.store import GraphStore

    Row = Sequence[object]
    """The terms of an answer's row; only those that are studies matter here."""

COLUMN: Final = "origin"
"""The name of the column, the last one of an answer about studies."""

MEANING: Final = "who recorded the study: curated by hand, or read from a registry"
"""What its cells say."""

_STUDY_COLUMNS: Final = frozenset(("study", "record"))
_NAMES: Final = {
    CURATORS.value: "curated",
    CTGOV_IMPORTER.value: "registry",
}
"""What the origin is called, by the agent; any other agent goes by its label."""

_PREFIXES: Final = (
    "PREFIX ckg: <https://w3id.org/cellkg/ontology#>\n"
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
)


def tells_of_studies(columns: Iterable[str], rows: Iterable[Row]) -> bool:
    """Say whether an answer is about single studies, so that each row has an origin.

    Args:
        columns: The names of its columns.
        rows: Its rows.

    Example:
        >>> tells_of_studies(["study", "count"], []), tells_of_studies(["count"], [(Literal(4),)])
        (True, False)
    """
    return not _STUDY_COLUMNS.isdisjoint(columns) or any(study_of(row) for row in rows)


def origins_of(rows: Sequence[Row], store: GraphStore) -> list[Literal | None]:
    """Find where the study of each row comes from.

    Args:
        rows: Rows that hold a study, or a record of one.
        store: The graphs that were asked.

    Returns:
        One origin a row; None where the row names no study, or nothing tells who recorded it.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    studies = [study_of(row) for row in rows]
    named = sorted({each for each in studies if each is not None})
    if not named:
        return [None] * len(rows)
    origins: dict[str, set[str]] = {}
    found = store.query(
        f"{_PREFIXES}SELECT ?study ?agent ?label WHERE {{"
        f" VALUES ?study {{ {' '.join(str(NamedNode(each)) for each in named)} }}"
        " ?study ckg:principalEvidence ?evidence . ?evidence ckg:recordedBy ?agent ."
        " OPTIONAL { ?agent rdfs:label ?label } }"
    )
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    for study, agent, label in found:
        origins.setdefault(study.value, set()).add(_name(agent, label))
    literals = {study: Literal(" and ".join(sorted(names))) for study, names in origins.items()}
    return [None if each is None else literals.get(each) for each in studies]


def studies_by_origin(store: GraphStore) -> Mapping[str, int]:
    """Count the studies that graphs describe, by where they come from.

    Args:
        store: The graphs.

    Returns:
        The number of studies by origin, in the order of its name; those of which nothing tells
        who recorded them are left out.

    Raises:
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> studies_by_origin(cellkg.open_graph().store)["curated"]
        5
    """
    found = store.query(
        f"{_PREFIXES}SELECT ?agent (SAMPLE(?name) AS ?label) (COUNT(DISTINCT ?study) AS ?studies)"
        " WHERE { ?study ckg:describedBy ?source ; ckg:principalEvidence ?evidence ."
        " ?evidence ckg:recordedBy ?agent . OPTIONAL { ?agent rdfs:label ?name } }"
        " GROUP BY ?agent"
    )
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    counts: dict[str, int] = {}
    for agent, label, studies in found:
        name = _name(agent, label)
        counts[name] = counts.get(name, 0) + int(studies.value)
    return dict(sorted(counts.items()))


def study_of(row: Row) -> str | None:
    """Find the first study, or the study of the first record, that a row names."""
    for node in row:
        if isinstance(node, NamedNode) and node.value in STUDY:
            return node.value.partition("#")[0]
    return None


def _name(agent: NamedNode, label: Literal | None) -> str:
    return _NAMES.get(agent.value) or (agent.value if label is None else label.value)
