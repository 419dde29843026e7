"""Map every field of registry records to triples, and store nothing.

Usage:
    python benchmarks/map_records.py RECORDS… OUTPUT [--processes 2]
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from cellkg.importers.reading import Refusal, read_records
from cellkg.intake.preparing import Task, prepare, start
from cellkg.intake.taking_in import RECORDS_IN_A_BATCH
from cellkg.shipped_files import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cellkg.importers.reading import RawRecord
    from cellkg.intake.preparing import Batch


def write_triples(records: Sequence[Path], output: Path, processes: int) -> None:
    """Write every triple as N-Triples.

    Args:
        records: The files of records.
        output: The file for the triples.
        processes: How many processes map them; 1 is this one.

    Raises:
        SystemExit: A record was refused.
    """
    with output.open("wb") as file:
        for batch in _mapped(_batches(read_records(records, None)), processes):
            if batch.refusals:
                sys.exit(f"This was refused: {batch.refusals[0]}")
            for study in batch.studies:
                file.writelines(study.triples.unpacked())


def _batches(found: Iterable[RawRecord | Refusal]) -> Iterator[list[RawRecord]]:
    records = filter(_taken, found)
    while some := list(islice(records, RECORDS_IN_A_BATCH)):
        yield some


def _taken(found: RawRecord | Refusal) -> TypeGuard[RawRecord]:
    if isinstance(found, Refusal):
        sys.exit(f"This was refused: {found}")
    return True


def _mapped(batches: Iterable[list[RawRecord]], processes: int) -> Iterator[Batch]:
    task = Task(folder("ontology"), {}, every_study=True)
    if processes == 1:
        start(task)
        yield from map(prepare, batches)
        return
    spawn = get_context("spawn")
    with ProcessPoolExecutor(processes, spawn, initializer=start, initargs=(task,)) as pool:
        yield from pool.map(prepare, batches)


def main() -> None:
    """Map as the command line asks."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("records", nargs="+", type=Path)
    arguments.add_argument("output", type=Path)
    arguments.add_argument("--processes", type=int, default=1)
    given = arguments.parse_args()
    write_triples(given.records, given.output, given.processes)


if __name__ == "__main__":
    main()
