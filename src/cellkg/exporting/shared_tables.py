"""The tables of what studies share: terms, institutions, and where studies may overlap."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, QuerySolutions

from cellkg.exporting.study_graphs import name_of
from cellkg.exporting.table_columns import Column, Table

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from cellkg.exporting.record_rows import Row
    from cellkg.store import GraphStore

_PREFIXES: Final = (
    "PREFIX ckg: <https://w3id.org/cellkg/ontology#>\n"
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
)
_KIND: Final = Column("kind", "text", "The class that it is of.", required=True)

TERMS: Final = Table(
    "terms",
    "A term of the vocabulary, or a value of one of the closed lists.",
    (
        Column("term", "name", "The term.", required=True),
        Column("label", "text", "What it is called.", required=True),
        _KIND,
        Column("meaning", "text", "What it means, where the label does not say."),
        Column("alternative_label", "text", "Synonyms and abbreviations.", several=True),
        Column("broader", "name", "The next broader terms.", several=True),
        Column("derived_from", "name", "The cell types it is made from.", several=True),
        Column("exact_match", "name", "The same in other vocabularies.", several=True),
        Column("ucum", "text", "The code of a unit in UCUM."),
    ),
    "term",
)
"""Every term and closed value."""

INSTITUTIONS: Final = Table(
    "institutions",
    "A hospital, university, company, society or publisher.",
    (
        Column("institution", "name", "The institution.", required=True),
        Column("label", "text", "What it is called.", required=True),
        Column("alternative_label", "text", "Other names.", several=True),
        Column("identifier", "text", "Its identifiers, such as ror:01cqmqj90.", several=True),
        Column("part_of", "name", "The institutions that it belongs to.", several=True),
        Column("note", "text", "Remarks by the curators.", several=True),
    ),
    "institution",
)
"""The institutions that the rows name, and those they belong to."""

OVERLAPS: Final = Table(
    "overlaps",
    "Two studies that may be one, share people or follow one another: a conclusion of the build"
    " from scored reasons, no identity.",
    (
        Column("overlap", "name", "The pair.", required=True),
        Column("study", "name", "One of the two studies.", required=True),
        Column("other_study", "name", "The other one.", required=True),
        Column("relation", "name", "How they would relate.", refers_to=("terms", "term")),
        Column("relation_label", "text", "What the value of relation is called."),
        Column("score", "number", "How sure the reasons together make us, from 0 to 1."),
        Column("reason", "text", "What they have in common, with the values.", several=True),
    ),
    "overlap",
)
"""The pairs of which at least one study was chosen."""


def _solutions(store: GraphStore, query: str) -> QuerySolutions:
    found = store.query(_PREFIXES + query)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    return found


class _Values:
    """The values of properties of things that a query gives as ``?thing``, by thing."""

    def __init__(self, store: GraphStore, things: str) -> None:
        self._store = store
        self._things = things

    def of(self, path: str) -> dict[str, tuple[str, ...]]:
        """Read the values at the end of a property path, in their order."""
        found: dict[str, set[str]] = {}
        for thing, value in _solutions(
            self._store,
            f"SELECT DISTINCT ?thing ?value WHERE {{ {self._things} ?thing {path} ?value }}",
        ):
            text = name_of(value.value) if isinstance(value, NamedNode) else value.value
            found.setdefault(thing.value, set()).add(text)
        return {thing: tuple(sorted(several)) for thing, several in found.items()}


def term_rows(store: GraphStore) -> Iterator[Row]:
    """Read the table of terms.

    Args:
        store: The graphs.

    Returns:
        Its rows by the IRI of the term.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    values = _Values(
        store,
        "{ ?thing skos:prefLabel ?any } UNION"
        " { ?thing a ?list . ?list rdfs:subClassOf ckg:ClosedValue }",
    )
    labels = values.of("skos:prefLabel|rdfs:label")
    kinds = values.of("a/rdfs:label")
    columns = [
        values.of(path)
        for path in (
            "skos:altLabel",
            "skos:broader",
            "ckg:derivedFrom",
            "skos:exactMatch",
        )
    ]
    meanings = values.of("skos:definition")
    codes = values.of("ckg:ucum")
    for iri in sorted(labels):
        yield (
            name_of(iri),
            labels[iri][0],
            " and ".join(kinds.get(iri, ())),
            " ".join(meanings.get(iri, ())) or None,
            *(each.get(iri, ()) for each in columns),
            next(iter(codes.get(iri, ())), None),
        )


def institution_rows(store: GraphStore, named: Iterable[str]) -> Iterator[Row]:
    """Read the table of institutions.

    Args:
        store: The graphs.
        named: The names of those that other rows name.

    Returns:
        Their rows and those of the institutions that they belong to, by name.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    values = _Values(store, "?thing a ckg:Institution .")
    labels = {name_of(iri): found for iri, found in values.of("rdfs:label").items()}
    columns = [
        {name_of(iri): found for iri, found in values.of(path).items()}
        for path in ("skos:altLabel", "ckg:identifier", "ckg:partOf", "skos:editorialNote")
    ]
    wanted: set[str] = set()
    waiting = list(named)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += columns[2].get(name, ())
    for name in sorted(wanted):
        yield (name, labels.get(name, (name,))[0], *(each.get(name, ()) for each in columns))


def overlap_rows(store: GraphStore, studies: Container[str]) -> Iterator[Row]:
    """Read the table of possible overlaps.

    Args:
        store: The graphs.
        studies: The names of the chosen studies.

    Returns:
        The rows of the pairs that one of them is in, by name.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    values = _Values(store, "?thing a ckg:OverlapCandidate .")
    pairs = values.of("ckg:overlapStudy")
    relations = values.of("ckg:overlapRelation")
    labels = values.of("ckg:overlapRelation/rdfs:label")
    scores = values.of("ckg:overlapScore")
    reasons = values.of("ckg:overlapReason/ckg:reasonText")
    for iri, pair in sorted(pairs.items()):
        if any(each in studies for each in pair):
            yield (
                name_of(iri),
                pair[0],
                pair[-1],
                next(iter(relations.get(iri, ())), None),
                next(iter(labels.get(iri, ())), None),
                Decimal(scores[iri][0]) if iri in scores else None,
                reasons.get(iri, ()),
            )
