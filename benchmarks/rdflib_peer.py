"""The same query over the same statements in rdflib: parse the files, ask, print the rows.

The rows are printed as tab-separated plain values, the columns in the order of the SELECT.

Usage:
    python benchmarks/rdflib_peer.py QUERY.rq FILE...
"""

from __future__ import annotations

import sys
from pathlib import Path

import rdflib


def ask(query: str, files: list[Path]) -> list[tuple[str, ...]]:
    """Parse files into one graph and ask a SELECT query.

    Args:
        query: The text of the query.
        files: Turtle or N-Triples files; together they are the default graph.

    Returns:
        The rows: IRIs and texts as they are, the empty text where nothing is known.
    """
    graph = rdflib.Graph()
    for file in files:
        graph.parse(file)
    return [
        tuple("" if value is None else str(value) for value in row)  # type: ignore[union-attr]  # SELECT
        for row in graph.query(query)
    ]


if __name__ == "__main__":
    for cells in ask(Path(sys.argv[1]).read_text("utf-8"), [Path(name) for name in sys.argv[2:]]):
        print("\t".join(cells))
