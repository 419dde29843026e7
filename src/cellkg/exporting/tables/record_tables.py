"""All records as tables, one a kind of record, read and written study by study."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from cellkg.exporting.study_graphs import (
    graphs_of,
    read_facts,
    read_labels,
    read_shared_facts,
    sources_elsewhere,
    study_named_by,
)
from cellkg.exporting.tables.data_dictionary import PACKAGE_FILE, data_package, reading_page
from cellkg.exporting.tables.record_rows import RowMaker
from cellkg.exporting.tables.shared_tables import INSTITUTIONS, OVERLAPS, TERMS, SharedRows
from cellkg.exporting.tables.table_columns import LINKS, record_tables
from cellkg.exporting.tables.table_files import open_table
from cellkg.querying.origin import origins_of
from cellkg.vocabulary import CKG, INSTITUTION, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cellkg.exporting.study_graphs import Facts
    from cellkg.exporting.tables.record_rows import Placed, Row
    from cellkg.exporting.tables.table_columns import Table
    from cellkg.exporting.tables.table_files import TableFile, TableForm
    from cellkg.overview import Selection
    from cellkg.store import GraphStore


class TablesReport(NamedTuple):
    """What an export of tables wrote.

    Attributes:
        rows: The number of rows by table.
        left_out: How many facts no table has a column for, by what they are.
        rounded: How many numbers Parquet holds with fewer digits than they were printed with.
    """

    rows: dict[str, int]
    left_out: dict[str, int]
    rounded: int


def write_tables(
    store: GraphStore,
    selection: Selection,
    folder: Path,
    form: TableForm,
    data_version: str,
) -> TablesReport:
    """Write the tables of studies into a folder, with their dictionary.

    Args:
        store: The graphs.
        selection: The studies.
        folder: An empty folder.
        form: "csv" or "parquet".
        data_version: Which data these are.

    Returns:
        What was written, and what was not.

    Raises:
        SourceFileError: A record has several values where one is allowed, or one of a wrong kind.
        MissingExtra: Parquet is asked for and pyarrow is not there.
        StoreError: The graphs cannot be read or reached.
        OSError: The files cannot be written.
    """
    with ExitStack() as closing:
        writer = _Writer(store, folder, form, closing)
        for graph in graphs_of(store, selection.studies):
            writer.add(graph, read_facts(store, graph))
        writer.add_sources_elsewhere()
        writer.add_shared()
    files = writer.files
    about = {"data_version": data_version, "selection": selection.words}
    (folder / PACKAGE_FILE).write_bytes(data_package(files, form, **about))
    (folder / "README.md").write_bytes(reading_page(files, form, **about))
    return TablesReport(
        {table.name: file.rows for table, file in files},
        dict(sorted(writer.maker.left_out.items())),
        sum(file.rounded for _, file in files),
    )


class _Writer:
    def __init__(
        self, store: GraphStore, folder: Path, form: TableForm, closing: ExitStack
    ) -> None:
        records = record_tables(store)
        self._store = store
        self._labels = read_labels(store)
        self.maker = RowMaker(records, self._labels, _origins(store))
        self.files: list[tuple[Table, TableFile]] = []
        self._file_of: dict[str, TableFile] = {}
        for table in (*records, INSTITUTIONS, TERMS, OVERLAPS, LINKS):
            file = open_table(table, folder, form)
            closing.callback(file.close)
            self.files.append((table, file))
            self._file_of[table.name] = file
        self._studies: set[str] = set()
        self._institutions: set[str] = set()
        self._sources_named: set[str] = set()
        self._sources_written: set[str] = set()

    def add(self, graph: NamedNode, facts: Mapping[str, Facts]) -> None:
        """Write the records of the graph of a study."""
        study = study_named_by(graph)
        self._studies.add(study)
        self._sources_written.update(facts)
        for each in facts.values():
            for values in each.values():
                for node in values:
                    if isinstance(node, NamedNode):
                        self._note(node.value)
        self._write(self.maker.rows(study, facts))

    def _note(self, iri: str) -> None:
        if iri in INSTITUTION:
            self._institutions.add(iri)
        elif iri in SOURCE and "#" not in iri:
            self._sources_named.add(iri)

    def add_sources_elsewhere(self) -> None:
        """Write the sources that other studies' graphs describe, with their evidence."""
        missing = self._sources_named - self._sources_written
        by_graph: dict[str, list[str]] = {}
        for source, graph in sorted(sources_elsewhere(self._store, missing).items()):
            by_graph.setdefault(graph, []).append(source)
        for graph, sources in sorted(by_graph.items()):
            facts = read_facts(self._store, NamedNode(graph))
            wanted = {
                iri: each
                for iri, each in facts.items()
                if any(iri == source or iri.startswith(source + "#") for source in sources)
            }
            self._institutions.update(
                node.value
                for each in wanted.values()
                for node in each.get(CKG["publisher"].value, ())
                if isinstance(node, NamedNode)
            )
            self._write(self.maker.rows(study_named_by(NamedNode(graph)), wanted))

    def add_shared(self) -> None:
        """Write the tables that are not of single studies."""
        shared = SharedRows(read_shared_facts(self._store), self._labels)
        self._write_all(INSTITUTIONS, shared.institutions(self._institutions))
        self._write_all(TERMS, shared.terms())
        self._write_all(OVERLAPS, shared.overlaps(self._studies))

    def _write(self, placed: Iterable[Placed]) -> None:
        for table, row in placed:
            self._file_of[table.name].write(row)

    def _write_all(self, table: Table, rows: Iterable[Row]) -> None:
        for row in rows:
            self._file_of[table.name].write(row)


def _origins(store: GraphStore) -> dict[str, str]:
    studies = [NamedNode(study_named_by(graph)) for graph in graphs_of(store, None)]
    origins = origins_of([(each,) for each in studies], store)
    return {
        study.value: origin.value
        for study, origin in zip(studies, origins, strict=True)
        if origin is not None
    }
