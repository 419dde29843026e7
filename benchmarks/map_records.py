"""Map every field of registry records to triples, in one process, and store nothing.

Usage:
    python benchmarks/map_records.py RECORDS… OUTPUT
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from cellkg.importers.reading import read_records
from cellkg.intake.preparing import Task, prepare, start
from cellkg.intake.taking_in import RECORDS_IN_A_BATCH
from cellkg.shipped_files import folder

if TYPE_CHECKING:
    from collections.abc import Sequence


def write_triples(records: Sequence[Path], output: Path) -> None:
    """Write every triple as N-Triples.

    Args:
        records: The files of records.
        output: The file for the triples.

    Raises:
        SystemExit: A record was refused.
    """
    start(Task(folder("ontology"), {}, every_study=True))
    with output.open("wb") as file:
        waiting = read_records(records, None)
        while some := list(islice(waiting, RECORDS_IN_A_BATCH)):
            batch = prepare(some)
            if batch.refusals:
                sys.exit(f"This was refused: {batch.refusals[0]}")
            file.writelines(study.triples for study in batch.studies)


if __name__ == "__main__":
    *given, written = map(Path, sys.argv[1:])
    write_triples(given, written)
