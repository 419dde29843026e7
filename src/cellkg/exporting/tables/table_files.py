"""Tables as files: CSV for every program, and Parquet with types."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from cellkg.errors import MissingExtra

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from cellkg.exporting.tables.record_rows import Cell, Row
    from cellkg.exporting.tables.table_columns import Column, Table

TableForm = Literal["csv", "parquet"]

_ROWS_AT_ONCE: Final = 20_000
"""How many rows of a table are held before they are written as one group of Parquet."""


class TableFile(Protocol):
    """A file that takes the rows of a table one by one.

    Attributes:
        path: Where it is.
        rows: How many it took.
        rounded: How many numbers it holds with fewer digits than they were printed with.
    """

    path: Path
    rows: int
    rounded: int

    def write(self, row: Row) -> None:
        """Add a row."""

    def close(self) -> None:
        """Write what is left."""


def open_table(table: Table, folder: Path, form: TableForm) -> TableFile:
    """Begin the file of a table.

    Args:
        table: The table.
        folder: Where the file goes; it is called by the name of the table.
        form: "csv" or "parquet".

    Returns:
        The file; closing it is up to the caller.

    Raises:
        MissingExtra: Parquet is asked for and pyarrow is not there.
        OSError: It cannot be written.
    """
    path = folder / f"{table.name}.{form}"
    return CsvFile(table, path) if form == "csv" else ParquetFile(table, path)


def csv_text(cell: Cell) -> str:
    """Write a cell for CSV: nothing for what is not known, a list as JSON.

    Example:
        >>> csv_text(None), csv_text(True), csv_text(Decimal("1E+7")), csv_text(("a", "b"))
        ('', 'true', '10000000', '["a", "b"]')
    """
    if cell is None or cell == ():
        return ""
    if isinstance(cell, tuple):
        return json.dumps(cell, ensure_ascii=False)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


class CsvFile:
    """A table as CSV: RFC 4180 in UTF-8.

    Every text stays as it is, also where it begins like a formula of a spreadsheet: the file is
    for programs that read data.
    """

    def __init__(self, table: Table, path: Path) -> None:
        self.path = path
        self.rows = 0
        self.rounded = 0
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)  # its line ends are those of the standard
        self._writer.writerow([column.name for column in table.columns])

    def write(self, row: Row) -> None:
        """Add a row."""
        self.rows += 1
        self._writer.writerow(map(csv_text, row))

    def close(self) -> None:
        """Write what is left."""
        self._file.close()


class ParquetFile:
    """A table as Parquet: whole numbers, numbers, truth values, texts and lists of texts."""

    def __init__(self, table: Table, path: Path) -> None:
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError:
            raise MissingExtra("Writing Parquet", "tables") from None
        self.path = path
        self.rows = 0
        self.rounded = 0
        self._names = [column.name for column in table.columns]
        self._schema = pa.schema(
            [_parquet_field(column) for column in table.columns],
            metadata={"description": table.meaning},
        )
        self._make: Any = pa.Table.from_pylist
        self._writer: Any = parquet.ParquetWriter(path, self._schema)
        self._waiting: list[dict[str, object]] = []

    def write(self, row: Row) -> None:
        """Add a row."""
        self.rows += 1
        self._waiting.append(dict(zip(self._names, map(self._cell, row), strict=True)))
        if len(self._waiting) == _ROWS_AT_ONCE:
            self._write_waiting()

    def close(self) -> None:
        """Write what is left."""
        self._write_waiting()
        self._writer.close()

    def _write_waiting(self) -> None:
        self._writer.write_table(self._make(self._waiting, schema=self._schema))
        self._waiting.clear()

    def _cell(self, cell: Cell) -> object:
        if not isinstance(cell, Decimal):
            return None if cell == () else cell
        nearest = float(cell)
        self.rounded += Decimal(repr(nearest)) != cell
        return nearest


def _parquet_field(column: Column) -> pa.Field:
    import pyarrow as pa

    kinds = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    kind = kinds.get(column.kind, pa.string())
    return pa.field(
        column.name,
        pa.list_(kind) if column.several else kind,
        nullable=not column.required,
        metadata={"description": column.meaning},
    )
