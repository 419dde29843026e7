"""The shapes over any number of files: in shards, on all cores, and only what changed.

A shard is some whole graphs of one file, so that a study is never torn apart and a file is checked
by itself. The engine works outside the interpreter's lock, so that threads keep all cores busy.
"""

from __future__ import annotations

import os
from collections import defaultdict, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cellkg.validation.report import Finding
from cellkg.validation.shape_results import quiet
from cellkg.validation.shapes import has_blank_nodes, n_triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

    from cellkg.validation.findings_cache import FindingsCache
    from cellkg.validation.graph_files import GraphFile
    from cellkg.validation.shapes import ShapeChecker

TRIPLES_IN_A_SHARD: Final = 20_000
"""About a hundred studies. Smaller ones are slower, as each begins with the ontology; larger ones
take more memory, some five kilobytes a triple, and more of them is checked again after a change."""

_WAITING_PER_WORKER: Final = 2
"""How many shards wait in memory for each core."""


def check_shapes(
    checker: ShapeChecker,
    files: Iterable[tuple[GraphFile, Sequence[Quad]]],
    cache: FindingsCache,
    workers: int | None = None,
) -> Iterator[Finding]:
    """Check the records of files by the shapes.

    Args:
        checker: The shapes.
        files: The files with what they say, read as they are asked for; what a file refers to in
            other files is not looked up.
        cache: What was found before.
        workers: How many threads; None for one a core.

    Yields:
        What the shapes find, each with its file, in the order of the files.
    """
    workers = workers or _cores()
    with quiet(), ThreadPoolExecutor(workers) as executor:
        waiting: deque[tuple[GraphFile, Future[list[Finding]]]] = deque()
        for file, quads in files:
            for shard in shards_of(quads):
                waiting.append((file, executor.submit(_findings, checker, shard, cache)))
                if len(waiting) > workers * _WAITING_PER_WORKER:
                    yield from _placed(*waiting.popleft())
        while waiting:
            yield from _placed(*waiting.popleft())


def shards_of(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Cut what a file says into shards.

    Args:
        quads: What it says.

    Yields:
        N-Triples, whole graphs together.
    """
    graphs: dict[NamedNode | BlankNode | DefaultGraph, list[Quad]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name].append(quad)
    shard: list[Quad] = []
    for graph in graphs.values():
        shard += graph
        if len(shard) >= TRIPLES_IN_A_SHARD:
            yield n_triples(shard)
            shard = []
    if shard:
        yield n_triples(shard)


def _findings(checker: ShapeChecker, shard: bytes, cache: FindingsCache) -> list[Finding]:
    if has_blank_nodes(shard):
        return checker.check(shard)  # they are named anew whenever the file is read
    key = cache.key(checker.version.encode(), shard)
    known = cache.get(key)
    if known is not None:
        return [Finding.from_dict(plain) for plain in known]
    findings = checker.check(shard)
    cache.put(key, [finding.as_dict() for finding in findings])
    return findings


def _placed(file: GraphFile, found: Future[list[Finding]]) -> Iterator[Finding]:
    for finding in found.result():
        record, property_ = finding.record, finding.property
        line = None if record is None else file.lines.line_of(record, property_)
        yield replace(finding, file=file.path, line=line)


def _cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
