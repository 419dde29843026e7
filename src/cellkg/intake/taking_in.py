"""The import in reading order: read, map on all cores, store, name the institutions, link."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from cellkg.importers.reading import Refusal, read_records
from cellkg.intake.institutions import institution_triples, institutions_in
from cellkg.intake.manifest import MANIFEST, manifest_of
from cellkg.intake.preparing import Preparer, Task, prepare, start
from cellkg.intake.report import IntakeReport
from cellkg.shipped_files import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path
    from typing import BinaryIO

    from cellkg.importers.reading import RawRecord
    from cellkg.intake.preparing import Batch
    from cellkg.store.study_blocks import StudyBlock, Version

    Progress = Callable[[str, int, int | None], None]

RECORDS_IN_A_BATCH: Final = 16
BYTES_IN_A_BATCH: Final = 256 * 1024
"""A batch goes to a process and then to the store; as quads a record has fifty times its size."""

BATCHES_AHEAD: Final = 2
"""So many batches a process may be ahead of what is stored, so that memory stays flat."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to import.

    Attributes:
        paths: Files and folders; - is standard input.
        every_study: Also studies that are none of cell therapy.
        wordings: Whether to count wordings that name no term.
        standard_input: What - reads.
        progress: Told how many records were read, and of how many.
    """

    paths: tuple[Path, ...]
    every_study: bool = False
    wordings: bool = False
    standard_input: BinaryIO | None = None
    progress: Progress | None = None


class _Target(Protocol):
    def versions(self) -> dict[str, Version]: ...
    def put(self, studies: Sequence[StudyBlock], known: set[str]) -> None: ...


class _Nowhere:
    """Where studies go that are only reported on."""

    def versions(self) -> dict[str, Version]:
        return {}

    def put(self, studies: Sequence[StudyBlock], known: set[str]) -> None:
        pass


def into_folder(choice: Choice, target: Path) -> IntakeReport:
    """Import into a folder of graph files; see `cellkg.store.graph_folder`.

    Args:
        choice: What to import.
        target: The folder; what it holds stays, unless there is a newer version of a study.

    Raises:
        UserInputError: A path does not exist.
        SourceFileError: A graph file of the folder is damaged.
        StoreError: It cannot be written to.
    """
    from cellkg.exporting.rdf.turtle import canonical_turtle
    from cellkg.store.graph_folder import GraphFolder

    graphs = GraphFolder(target)
    report = _take_in(choice, graphs, closure=False)
    files = graphs.finish()
    curated = institutions_in(folder("graphs") / "institutions.ttl")
    named = institution_triples(graphs.printed_names(), curated)
    graphs.write("registry-institutions.ttl", canonical_turtle(named))
    graphs.write(MANIFEST, manifest_of(files))
    return report


def into_store(
    choice: Choice, target: Path, fill: Callable[[Path], dict[str, str]]
) -> IntakeReport:
    """Import into a store that can be asked at once; see `cellkg.store.import_store`.

    Args:
        choice: What to import.
        target: The folder of the store, which is made where there is none.
        fill: Puts the ontology, the terms and the curated graphs into a new store.

    Raises:
        UserInputError: A path does not exist.
        StoreError: It is in use, of another version, or cannot be written to.
    """
    from cellkg.linking import overlap_triples
    from cellkg.store.import_store import ImportStore

    store = ImportStore(target, fill)
    report = _take_in(choice, store, closure=True)
    described = store.described_institutions()
    store.put_institutions(institution_triples(store.printed_names(), described))
    store.put_overlaps(overlap_triples(store.local()))
    store.finish()
    return report


def only_report(choice: Choice) -> IntakeReport:
    """Map everything and store nothing."""
    return _take_in(choice, _Nowhere(), closure=False)


def _take_in(choice: Choice, target: _Target, *, closure: bool) -> IntakeReport:
    versions = target.versions()
    task = Task(
        folder("ontology"),
        dict(versions),
        choice.every_study,
        closure=closure,
        wordings=choice.wordings,
    )
    report = IntakeReport()
    began = monotonic()
    for batch in _prepared(choice, task, report):
        report.read += batch.read
        report.unchanged += batch.unchanged
        report.older += batch.older
        report.left_out.update(batch.left_out)
        report.not_taken.update(batch.not_taken)
        report.refuse(batch.refusals)
        report.count_wordings(batch.wordings)
        newest = _newest(batch.studies, versions, report)
        known = {study.name for study in newest} & versions.keys()
        target.put(newest, known)
        report.new += len(newest) - len(known)
        report.replaced += len(known)
        report.quads += sum(study.statements for study in newest)
        versions |= {study.name: study.version for study in newest}
        if choice.progress is not None:
            rate = report.read / (monotonic() - began)
            step = f"importing: {report.read:,} records, {rate:,.0f} a second"
            choice.progress(step, report.read, None)
    return report


def _newest(
    studies: Sequence[StudyBlock], versions: dict[str, Version], report: IntakeReport
) -> list[StudyBlock]:
    """Keep the newest version of each study, where one import holds several."""
    kept: dict[str, StudyBlock] = {}
    for study in studies:
        there = kept[study.name].version if study.name in kept else versions.get(study.name)
        if there is not None and study.version <= there:
            report.unchanged += study.version == there
            report.older += study.version < there
            continue
        report.older += study.name in kept
        kept[study.name] = study
    return list(kept.values())


def _prepared(choice: Choice, task: Task, report: IntakeReport) -> Iterator[Batch]:
    """Map the records on all cores; the batches come back in the order of the records."""
    batches = _batches(choice, report)
    first = list(islice(batches, 2))
    if len(first) < 2:  # noqa: PLR2004 - one batch is done before another process has started
        yield from map(Preparer(task).prepare, first)
        return
    workers = os.cpu_count() or 1
    waiting: deque[Future[Batch]] = deque()
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=start, initargs=(task,))
    with pool:
        for records in chain(first, batches):
            waiting.append(pool.submit(prepare, records))
            if len(waiting) > workers * BATCHES_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _batches(choice: Choice, report: IntakeReport) -> Iterator[list[RawRecord]]:
    batch: list[RawRecord] = []
    size = 0
    for record in read_records(choice.paths, choice.standard_input):
        if isinstance(record, Refusal):
            report.refuse([record])
            continue
        batch.append(record)
        size += len(record.data)
        if len(batch) >= RECORDS_IN_A_BATCH or size >= BYTES_IN_A_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
