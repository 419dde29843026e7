"""Measure `cellkg export turtle` against what pyoxigraph needs to write the same triples.

README.md beside this file says how to read it. The run fails if the files do not hold the same
triples.

Usage:
    python benchmarks/exporting.py [--runs 5] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from peers import CELLKG
from pyoxigraph import BlankNode, RdfFormat, parse, serialize
from whole_processes import environment, seconds

from cellkg.exporting.rdf.chosen_graphs import chosen_graphs
from cellkg.exporting.rdf.turtle import turtle_of_graphs
from cellkg.pipeline import open_cached, shipped_inputs
from cellkg.store.cache import default_folder
from cellkg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Triple

PEER = Path(__file__).with_name("turtle_peer.py")
FORMS = ("turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld")


def main() -> None:
    """Measure on the graphs that come with cellkg, and print tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--folder", type=Path, default=default_folder() / "benchmarks")
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.folder) as scratch:
        folder = Path(scratch)
        cache = folder / "cache"
        store = open_cached(shipped_inputs(), cache).store
        (on_disk,) = cache.glob("*/store")
        print(*_whole_processes(folder, on_disk, environment(cache), given.runs), "", sep="\n")
        graphs = list(chosen_graphs(store))
        triples = [
            quad.triple
            for graph in graphs
            for quad in parse("\n".join(graph.lines), RdfFormat.N_TRIPLES)
        ]
        print(*_writing(lambda: b"".join(turtle_of_graphs(graphs)), triples, given.runs), sep="\n")


def _whole_processes(folder: Path, store: Path, env: dict[str, str], runs: int) -> list[str]:
    """Measure whole processes, from the store on disk to a file."""
    peer = [sys.executable, str(PEER), str(store)]
    commands = {
        "pyoxigraph, Store.dump": [*peer, "dump", str(folder / "dump.ttl")],
        "pyoxigraph, serialize": [*peer, "serialize", str(folder / "serialize.ttl")],
    }
    for form in FORMS:
        commands[f"cellkg export {form}"] = [CELLKG, "export", form, "-o", str(folder / form)]
    for command in commands.values():
        seconds(command, env)
    written = {name: set(_parsed(folder / name)) for name in ("dump.ttl", "serialize.ttl")}
    if not written["dump.ttl"] == written["serialize.ttl"] == set(_parsed(folder / "turtle")):
        sys.exit("the files do not hold the same triples")
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            wall, _ = seconds(command, env)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            taken[name].append((wall, busy))
    first = taken["pyoxigraph, Store.dump"]
    rows = [
        f"{len(written['dump.ttl']):,} triples, medians of {runs} whole processes",
        f"{'':<26} {'on the clock':>20} {'of the processor':>20}",
    ]
    for name, each in taken.items():
        cells = []
        for place in (0, 1):
            median = statistics.median(pair[place] for pair in each)
            ratio = median / statistics.median(pair[place] for pair in first)
            cells.append(f"{median:11.2f} s ({ratio:4.2f})")
        rows.append(f"{name:<26} {cells[0]:>20} {cells[1]:>20}")
    return rows


def _writing(ours: Callable[[], bytes], triples: list[Triple], runs: int) -> list[str]:
    """Measure writing alone, when everything has been read."""

    def theirs() -> bytes | None:
        return serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES)

    taken: dict[str, list[float]] = {"pyoxigraph": [], "cellkg": []}
    for _ in range(runs):
        for name, write in (("pyoxigraph", theirs), ("cellkg", ours)):
            begun = time.perf_counter()
            write()
            taken[name].append(time.perf_counter() - begun)
    median = {name: statistics.median(each) for name, each in taken.items()}
    return [
        f"writing {len(triples):,} triples that are in memory already, median of {runs}",
        "",
        *(f"{name:<26} {each:7.2f} s" for name, each in median.items()),
    ]


def _parsed(file: Path) -> list[Triple]:
    # Blank nodes get new labels each time a file is read, and the ontology alone has some.
    return [
        quad.triple
        for quad in parse(path=file, format=RdfFormat.TURTLE)
        if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)
    ]


if __name__ == "__main__":
    main()
