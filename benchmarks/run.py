"""Measure the main question against named peers, as whole processes, in turn, in one run.

The peers answer the same SPARQL over the same statements (SQLite: the same question over a
relational layout of the same data), and the run fails if any answer differs.

Usage:
    python benchmarks/run.py [--studies 10000] [--runs 7]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import relational_peer
from generated_studies import write_studies
from pyoxigraph import QueryResultsFormat, RdfFormat, parse_query_results, serialize

import cellkg
from cellkg.querying import find_question
from cellkg.querying.binding import bind, with_values
from cellkg.shipped_files import folder
from cellkg.vocabulary import CLOSURE_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable

    Rows = set[tuple[str, ...]]

QUESTION: Final = "adverse-event-answers"
VALUES: Final = {"cellType": "MSC", "route": "intrathecal", "event": "fever"}
BESIDE: Final = Path(sys.executable).parent
CELLKG: Final = str(BESIDE / "cellkg")
OXIGRAPH: Final = str(BESIDE / "oxigraph")
HERE: Final = Path(__file__).parent


class Peer(NamedTuple):
    """A whole process that answers the main question.

    Attributes:
        name: As the table names it.
        command: What is started.
        read: From its standard output to rows.
    """

    name: str
    command: list[str]
    read: Callable[[bytes], Rows]


def _from_tsv(output: bytes) -> Rows:
    solutions = parse_query_results(output, format=QueryResultsFormat.TSV)
    return {
        tuple("" if value is None else value.value for value in row)  # type: ignore[union-attr]  # no triples
        for row in solutions  # type: ignore[union-attr]  # SELECT gives rows
    }


def _from_plain(output: bytes) -> Rows:
    return {tuple(line.split("\t")) for line in output.decode().splitlines()}


def _seconds(command: list[str]) -> tuple[float, bytes]:
    begun = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun, done.stdout


def _measure(peers: list[Peer], runs: int) -> dict[str, float]:
    """Run the peers in turn after one run that is not counted; give the median of each."""
    answers = [peer.read(_seconds(peer.command)[1]) for peer in peers]
    if any(answer != answers[0] for answer in answers):
        sizes = ", ".join(
            f"{peer.name} {len(answer)}" for peer, answer in zip(peers, answers, strict=True)
        )
        sys.exit(f"The answers differ (rows: {sizes}).")
    times: dict[str, list[float]] = {peer.name: [] for peer in peers}
    for _ in range(runs):
        for peer in peers:
            times[peer.name].append(_seconds(peer.command)[0])
    print(f"  {len(answers[0])} rows, the same from all")
    return {name: statistics.median(each) for name, each in times.items()}


def _print(medians: dict[str, float]) -> None:
    first = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"  {name:<34}{1000 * median:8.0f} ms   cellkg / this {first / median:5.2f}")


def _peers(graph: cellkg.Graph, options: list[str], scratch: Path) -> list[Peer]:
    """Make what each peer needs: the bound query, the place of the store, the SQLite file."""
    question = find_question(QUESTION, folder("queries"))
    bound = bind(question, VALUES, graph.terms, graph.store)
    query = scratch / "bound.rq"
    query.write_text(with_values(question, bound), encoding="utf-8")
    database = scratch / "relational.sqlite"
    relational_peer.build(graph.store, database)
    terms = [str(each.terms[0].value) for each in bound if each.parameter.name in VALUES]
    store = next(
        path / "store"
        for path in Path(os.environ["CELLKG_CACHE"]).iterdir()
        if path.name.startswith(graph.data_version[:32])
    )
    asked = ["--cell-type", "MSC", "--route", "intrathecal", "--event", "fever", "-f", "tsv"]
    oxigraph = ["query", "--location", str(store), "--union-default-graph"]
    written = ["--query-file", str(query), "--results-format", "tsv"]
    return [
        Peer("cellkg query, warm cache", [CELLKG, *options, "query", QUESTION, *asked], _from_tsv),
        Peer("oxigraph query, the same store", [OXIGRAPH, *oxigraph, *written], _from_tsv),
        Peer(
            "SQLite, a relational layout",
            [sys.executable, str(HERE / "relational_peer.py"), str(database), *terms],
            _from_plain,
        ),
    ]


def _rdflib(graph: cellkg.Graph, scratch: Path) -> Peer:
    """Give rdflib the files and, as one more file, what follows from them."""
    closure = scratch / "closure.nt"
    serialize(graph.store.triples(CLOSURE_GRAPH), output=closure, format=RdfFormat.N_TRIPLES)
    files = [folder("ontology") / "cellkg.ttl", *(folder("ontology") / "terms").glob("*.ttl")]
    files += [*folder("graphs").rglob("*.ttl"), closure]
    script = [sys.executable, str(HERE / "rdflib_peer.py"), str(scratch / "bound.rq")]
    return Peer("rdflib, parsing the same files", [*script, *map(str, files)], _from_plain)


def _build(options: list[str]) -> None:
    seconds, _ = _seconds([CELLKG, *options, "build"])
    print(f"  built in {seconds:.1f} s")


def main() -> None:
    """Measure on the shipped graphs and on generated ones, and print one table for each."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--studies", type=int, default=10_000)
    arguments.add_argument("--runs", type=int, default=7)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        os.environ["CELLKG_CACHE"] = str(scratch / "cache")
        starting = [_seconds([CELLKG, "--version"])[0] for _ in range(given.runs)]
        print(f"cellkg --version: {1000 * statistics.median(starting):.0f} ms")

        print("The shipped graphs")
        _build([])
        graph = cellkg.open_graph()
        peers = _peers(graph, [], scratch)
        _print(_measure([*peers, _rdflib(graph, scratch)], given.runs))

        print(
            f"{given.studies:,} generated studies (rdflib left out: it takes minutes to parse them)"
        )
        generated = scratch / "generated"
        write_studies(generated, given.studies)
        options = ["--graphs", str(generated)]
        _build(options)
        (scratch / "relational.sqlite").unlink()
        graph = cellkg.open_graph([str(generated)])
        _print(_measure(_peers(graph, options, scratch), given.runs))


if __name__ == "__main__":
    main()
