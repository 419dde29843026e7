"""The checks of queries/checks: SPARQL questions whose rows mean that something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from cellkg.querying import load_question
from cellkg.validation.report import Finding, Severity, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import BlankNode, QuerySolution, Triple

    from cellkg.store import GraphStore
    from cellkg.validation.graph_files import GraphFile
    from cellkg.validation.report import Progress

CHECK_FILES: Final = "*-violation.rq"
"""The names of checks. There is no other list of them: what is in the folder runs."""


def run_checks(
    store: GraphStore, checks: Path, files: Iterable[GraphFile], progress: Progress | None = None
) -> Iterator[Finding]:
    """Ask every check of a folder.

    Args:
        store: The graphs to be checked, with the ontology and the terms.
        checks: The folder of checks.
        files: Where to find the file and the line of a record.
        progress: Told how far it is.

    Yields:
        One finding for every row.

    Raises:
        SourceFileError: The file of a check is not what it should be.
        StoreError: The graphs cannot be read or reached.
    """
    file_of = {subject: file for file in files for subject in file.subjects}
    paths = sorted(checks.glob(CHECK_FILES))
    for number, path in enumerate(paths):
        if progress is not None:
            progress("asking the checks", number, len(paths))
        check = load_question(path)
        rows = store.query(check.text)
        assert isinstance(rows, QuerySolutions)  # noqa: S101 - a stored question is a SELECT
        columns = [column.name for column in check.columns]
        for row in rows:
            yield _finding(check.name, columns, row, file_of)


def _finding(
    check: str, columns: list[str], row: QuerySolution, file_of: dict[str, GraphFile]
) -> Finding:
    cells = {column: _text(row[column]) for column in columns}
    record, property_ = cells["record"] or "", cells.get("property")
    file = file_of.get(record)
    return Finding(
        severity=Severity.VIOLATION,
        message=readable(cells["message"] or ""),
        origin=check,
        file=None if file is None else file.path,
        line=None if file is None else file.lines.line_of(record, property_),
        record=record,
        property=property_,
        value=cells.get("value"),
    )


def _text(cell: NamedNode | BlankNode | Literal | Triple | None) -> str | None:
    if cell is None:
        return None
    return cell.value if isinstance(cell, NamedNode | Literal) else str(cell)
