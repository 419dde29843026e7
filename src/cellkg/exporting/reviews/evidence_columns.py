"""The form of an evidence table: its columns, and what their cells hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    Cell = str | int | float | None
    EvidenceRow = tuple[Cell, ...]

TableName = Literal["characteristics", "adverse-events"]


class EvidenceColumn(NamedTuple):
    """A column of an evidence table.

    Attributes:
        title: What stands above it.
        meaning: What its cells say.
        width: How wide it is on a sheet, in characters.
    """

    title: str
    meaning: str
    width: int


class EvidenceTable(NamedTuple):
    """A table in the form that a review prints.

    Attributes:
        name: "characteristics" or "adverse-events".
        title: What stands above it.
        columns: Its columns.
        rows: Its rows.
        left_out: How much of the selection it does not hold, by what it is.
    """

    name: TableName
    title: str
    columns: tuple[EvidenceColumn, ...]
    rows: tuple[EvidenceRow, ...]
    left_out: dict[str, int]
