"""Who answers the main question over one set of graphs: the command of each, and its rows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import relational_peer
from pyoxigraph import QueryResultsFormat, RdfFormat, parse_query_results, serialize

from cellkg.querying import find_question
from cellkg.querying.binding import bind, with_values
from cellkg.shipped_files import folder
from cellkg.vocabulary import CLOSURE_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable

    from cellkg.pipeline import BuiltGraph

    Rows = set[tuple[str, ...]]

QUESTION: Final = "adverse-event-answers"
VALUES: Final = {"cellType": "MSC", "route": "intrathecal", "event": "fever"}

_BIN: Final = Path(sys.executable).parent
_HERE: Final = Path(__file__).parent
CELLKG: Final = str(_BIN / "cellkg")
OXIGRAPH: Final = str(_BIN / "oxigraph")

BY_CELLKG: Final = "cellkg query"
BY_OXIGRAPH: Final = "oxigraph query, the same store"
BY_SQLITE: Final = "SQLite, a relational layout"
BY_RDFLIB: Final = "rdflib, parsing the files"
START_OF_CELLKG: Final = "cellkg --version"
START_OF_PYTHON: Final = "python -c pass"


class Peer(NamedTuple):
    """A whole process that answers the main question.

    Attributes:
        name: As the table names it.
        command: What is started.
        read: From its standard output to rows of plain values, the empty text for the unknown.
    """

    name: str
    command: list[str]
    read: Callable[[bytes], Rows]


def make_peers(
    built: BuiltGraph, store: Path, options: list[str], scratch: Path, *, with_rdflib: bool
) -> list[Peer]:
    """Prepare what every peer needs: the bound query, the tables, the closure as a file.

    Args:
        built: The built graphs.
        store: The folder of their store.
        options: What tells cellkg to take these graphs.
        scratch: An empty folder for what is prepared.
        with_rdflib: Whether rdflib takes part; only for the shipped graphs.

    Returns:
        The peers, cellkg first.
    """
    question = find_question(QUESTION, folder("queries"))
    bound = bind(question, VALUES, built.terms, built.store)
    query = scratch / "bound.rq"
    query.write_text(with_values(question, bound), encoding="utf-8")
    database = scratch / "relational.sqlite"
    relational_peer.build(built.store, database)
    terms = [each.terms[0].value for each in bound if each.parameter.name in VALUES]
    asked = ["--cell-type", "MSC", "--route", "intrathecal", "--event", "fever", "-f", "tsv"]
    on_store = ["--location", str(store), "--union-default-graph", "--query-file", str(query)]
    relational = [sys.executable, str(_HERE / "relational_peer.py"), str(database), *terms]
    peers = [
        Peer(BY_CELLKG, [CELLKG, *options, "query", QUESTION, *asked], rows_of_tsv),
        Peer(
            BY_OXIGRAPH,
            [OXIGRAPH, "query", *on_store, "--results-format", "tsv"],
            rows_of_tsv,
        ),
        Peer(BY_SQLITE, relational, rows_of_plain),
    ]
    if with_rdflib:
        peers.append(Peer(BY_RDFLIB, _rdflib(built, query), rows_of_plain))
    return peers


def _rdflib(built: BuiltGraph, query: Path) -> list[str]:
    """Give rdflib the same files, and what follows from them as one more."""
    closure = query.with_name("closure.nt")
    serialize(built.store.triples(CLOSURE_GRAPH), output=closure, format=RdfFormat.N_TRIPLES)
    files = [
        *folder("ontology").glob("*.ttl"),
        *(folder("ontology") / "terms").glob("*.ttl"),
        *folder("graphs").rglob("*.ttl"),
        closure,
    ]
    return [sys.executable, str(_HERE / "rdflib_peer.py"), str(query), *map(str, files)]


def rows_of_tsv(output: bytes) -> Rows:
    """Read SPARQL 1.1 TSV.

    Args:
        output: The document.

    Returns:
        The IRIs and the texts of literals; the empty text for the unknown. The origin, which
        cellkg adds to the answer and no query asks for, is left out.
    """
    solutions = parse_query_results(output, format=QueryResultsFormat.TSV)
    names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]  # SELECT gives rows
    asked = slice(names.index("origin") if "origin" in names else None)
    return {tuple(getattr(value, "value", "") for value in row)[asked] for row in solutions}  # type: ignore[union-attr]  # as above


def rows_of_plain(output: bytes) -> Rows:
    """Read tab-separated plain values.

    Args:
        output: The document.

    Returns:
        Its lines, split.
    """
    return {tuple(line.split("\t")) for line in output.decode().splitlines()}


def difference(answers: dict[str, Rows]) -> str | None:
    """Say in one sentence whether answers differ.

    Args:
        answers: The rows by the name of the peer; the first is what the others are held against.

    Returns:
        The sentence; None where all are equal.
    """
    (first, expected), *others = answers.items()
    for name, rows in others:
        if rows != expected:
            example = min(rows ^ expected)
            holder = first if example in expected else name
            return (
                f"The answers differ: {first} has {len(expected)} rows, {name} {len(rows)}, and"
                f" only {holder} has {example}."
            )
    return None
