"""What each process of an import does: from raw records to studies ready to be stored."""

from __future__ import annotations

import gc
import os
import signal
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import connection, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import RdfFormat, parse

from cellkg.errors import SourceFileError
from cellkg.importers.ctgov import import_study, version_of
from cellkg.importers.prose import ProseReader
from cellkg.importers.reading import Refusal, RefusedRecordError
from cellkg.importers.reading import parse as parse_record
from cellkg.reasoning.closure import StudyClosure
from cellkg.records import to_n_triples, to_triples
from cellkg.store.heaps import give_back
from cellkg.store.packed_lines import PackedLines, n_triples
from cellkg.store.study_blocks import StudyBlock
from cellkg.terms import TermIndex, read_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Triple

    from cellkg.importers.ctgov import ImportedStudy
    from cellkg.importers.reading import RawRecord
    from cellkg.records.evidence import Described
    from cellkg.store.study_blocks import Version

NOT_CELL_THERAPY: Final = "no cell therapy"


class Task(NamedTuple):
    """What the processes of one import have to know.

    Attributes:
        ontology: The folder of the ontology.
        known: The version of every study that is there already, by name.
        every_study: Whether studies that are none of cell therapy are taken in as well.
        closure: Whether what follows from the studies is stored with them.
        wordings: Whether wordings that name no term are counted.
    """

    ontology: Path
    known: Mapping[str, Version]
    every_study: bool
    closure: bool = False
    wordings: bool = False


@dataclass(slots=True)
class Batch:
    """What became of some records.

    Attributes:
        read: How many records there were.
        studies: Studies ready to be stored.
        unchanged: How many are there already in the same version.
        older: How many are there already in a newer version.
        left_out: How many studies are none of cell therapy, by the reason.
        refusals: What could not be taken in.
        not_taken: What the records say and cellkg has no place for.
        wordings: Wordings that name no term, by what they are of.
    """

    read: int = 0
    studies: list[StudyBlock] = field(default_factory=list)
    unchanged: int = 0
    older: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    not_taken: Counter[str] = field(default_factory=Counter)
    wordings: dict[str, Counter[str]] = field(default_factory=dict)


class Preparer:
    """Prepares records; made once in every process.

    Args:
        task: What to do with them.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        ontology = list(_triples(task.ontology / "cellkg.ttl"))
        terms = [
            triple
            for path in sorted((task.ontology / "terms").glob("*.ttl"))
            for triple in _triples(path)
        ]
        self.reader = ProseReader(TermIndex.from_terms(read_terms([*terms, *ontology])))
        self._closure = StudyClosure(ontology, terms) if task.closure else None

    def prepare(self, records: Sequence[RawRecord]) -> Batch:
        """Map some records; one that cannot be mapped does not stop the others."""
        batch = Batch(read=len(records))
        for raw in records:
            try:
                self._prepare_one(raw, batch)
            except RefusedRecordError as error:
                batch.refusals.append(error.refusal)
            except SourceFileError as error:
                reason = f"{error.field} {error.value!r:.100}: {error.problem}"
                batch.refusals.append(Refusal(raw.place, reason, "malformed"))
        return batch

    def _prepare_one(self, raw: RawRecord, batch: Batch) -> None:
        record = parse_record(raw)
        nct_id = record["protocolSection"]["identificationModule"]["nctId"]
        known = self._task.known.get(nct_id)
        version = version_of(record, str(raw.place))
        if known is not None and version <= known:
            batch.unchanged += version == known
            batch.older += version < known
            return
        found = import_study(record, self.reader, str(raw.place), version)
        if found.not_cell_therapy is not None and not self._task.every_study:
            batch.left_out[found.not_cell_therapy] += 1
            return
        batch.not_taken.update(found.not_taken.keys())
        if self._task.wordings:
            _count_wordings(found, batch.wordings)
        records = (found.study, *found.sources)
        triples = PackedLines.of(to_n_triples(records))
        batch.studies.append(StudyBlock(nct_id, version, triples, self._closure_of(records)))

    def _closure_of(self, records: Iterable[Described]) -> PackedLines:
        closure = self._closure
        if closure is None:
            return PackedLines.of(())
        passed = (triple for each in records for triple in to_triples(each, closure.properties))
        return PackedLines.of([n_triples(closure.of(passed))])


def _triples(path: Path) -> Iterator[Triple]:
    return (quad.triple for quad in parse(path.read_bytes(), RdfFormat.TURTLE))


def _count_wordings(found: ImportedStudy, wordings: dict[str, Counter[str]]) -> None:
    study = found.study
    rows = {
        (each.serious, each.table_row): each.printed_terms
        for each in study.adverse_event_findings
        if each.event is None and each.table_row is not None
    }
    unnamed = {
        "cells and routes": [each.text for each in found.ungrounded],
        "adverse events": [text for printed in rows.values() for text in printed],
        "outcome measures": [
            text
            for each in study.outcome_specifications
            if each.measure is None
            for text in each.printed_terms
        ],
        "conditions": [] if study.conditions else list(study.printed_conditions),
    }
    for kind, texts in unnamed.items():
        wordings.setdefault(kind, Counter()).update(texts)


# One for each process, made when it starts: what it reads takes longer than many records.
_PREPARER: list[Preparer] = []


def start(task: Task) -> None:
    """Get a process ready; it ends with the process that started it, even where that is killed."""
    _PREPARER[:] = [Preparer(task)]
    # Records hold no circles: looking for some after every few hundred takes a quarter of the time.
    gc.freeze()
    gc.disable()
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


def prepare(records: Sequence[RawRecord]) -> Batch:
    """Map some records in a process that was started."""
    batch = _PREPARER[0].prepare(records)
    gc.collect()
    gc.freeze()  # what the first batches leave behind is needed for all others: look at it once
    give_back()
    return batch
