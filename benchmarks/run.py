"""Measure the main question against named peers, as whole processes, in turn, in one run.

README.md beside this file says what is measured and how to read it. The run fails if any answer
differs from the others.

Usage:
    python benchmarks/run.py [--studies 10000] [--runs 15] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import generated_studies
from peers import (
    CELLKG,
    OXIGRAPH,
    START_OF_CELLKG,
    START_OF_PYTHON,
    difference,
    make_peers,
)
from pyoxigraph import Quad, RdfFormat, serialize
from tables import Measured, asking, building, ratios
from whole_processes import environment, medians, seconds

from cellkg.pipeline import Inputs, open_cached, shipped_inputs
from cellkg.store.cache import default_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cellkg.store import GraphStore


def main() -> None:
    """Measure on the shipped graphs and on made-up ones, and print tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--studies", type=int, default=10_000)
    arguments.add_argument("--runs", type=int, default=15)
    arguments.add_argument("--folder", type=Path, default=default_folder() / "benchmarks")
    given = arguments.parse_args()
    generated = _generated(given.folder, given.studies)
    with tempfile.TemporaryDirectory(dir=given.folder) as scratch:
        shipped = _measured("shipped graphs", None, Path(scratch) / "shipped", given.runs)
        title = f"{given.studies:,} studies"
        many = _measured(title, generated, Path(scratch) / "many", given.runs)
    print(*asking([shipped, many], given.runs), "", sep="\n")
    print(*building([shipped, many]), "", sep="\n")
    print(*ratios(shipped, many), sep="\n")


def _generated(folder: Path, studies: int) -> Path:
    """Find the made-up studies, or write them where this version of them is not there yet."""
    written_by = sha256(Path(generated_studies.__file__).read_bytes()).hexdigest()[:8]
    found = folder / f"{studies}-studies-{written_by}"
    if not found.exists():
        _tell(f"writing {studies:,} made-up studies")
        unfinished = found.with_suffix(".part")
        rmtree(unfinished, ignore_errors=True)
        generated_studies.write_studies(unfinished, studies)
        unfinished.rename(found)
    return found


def _measured(title: str, graphs: Path | None, scratch: Path, runs: int) -> Measured:
    """Build, load and ask one set of graphs; None for those that come with cellkg."""
    scratch.mkdir()
    cache = scratch / "cache"
    env = environment(cache)
    options = [] if graphs is None else ["--graphs", str(graphs)]
    _tell(f"{title}: building")
    build, _ = seconds([CELLKG, *options, "build"], env)
    inputs = shipped_inputs()
    built = open_cached(inputs if graphs is None else Inputs(inputs.ontology, (graphs,)), cache)
    (store,) = cache.glob("*/store")

    _tell(f"{title}: loading")
    statements = scratch / "statements.nq"
    serialize(_quads(built.store), output=statements, format=RdfFormat.N_QUADS)
    loaded = ["--location", str(scratch / "loaded")]
    load, _ = seconds([OXIGRAPH, "load", *loaded, "--file", str(statements)], env)
    optimize, _ = seconds([OXIGRAPH, "optimize", *loaded], env)

    peers = make_peers(built, store, options, scratch, with_rdflib=graphs is None)
    _tell(f"{title}: asking")
    answers = {peer.name: peer.read(seconds(peer.command, env)[1]) for peer in peers}
    problem = difference(answers)
    if problem is not None:
        sys.exit(problem)
    commands = {peer.name: peer.command for peer in peers}
    commands[START_OF_CELLKG] = [CELLKG, "--version"]
    commands[START_OF_PYTHON] = [sys.executable, "-c", "pass"]
    return Measured(
        title,
        asking=medians(commands, runs, env),
        rows=len(answers[peers[0].name]),
        build=build,
        load=load + optimize,
        store=_bytes_in(store),
        loaded=_bytes_in(scratch / "loaded"),
        statements=built.report.quads,
    )


def _quads(store: GraphStore) -> Iterator[Quad]:
    for graph in store.graph_names():
        for triple in store.triples(graph):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def _tell(message: str) -> None:
    print(f"{message} …", file=sys.stderr)


if __name__ == "__main__":
    main()
