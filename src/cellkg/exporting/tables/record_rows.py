"""From the facts of a record to the row of its table."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from cellkg.errors import SourceFileError
from cellkg.exporting.study_graphs import class_of, name_of
from cellkg.exporting.tables.table_columns import LINKS, ORIGIN, STUDY_COLUMN
from cellkg.records import Study
from cellkg.records.fields import facts_of
from cellkg.vocabulary import RDF, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from cellkg.exporting.study_graphs import Facts, Node
    from cellkg.exporting.tables.table_columns import Column, Table

    Single = str | int | bool | Decimal | None
    Cell = Single | tuple[Single, ...]
    Row = tuple[Cell, ...]

_TYPE: Final = RDF["type"].value
_IN_THE_PARTS: Final = {
    fact.property.value for fact in facts_of(Study).values() if fact.kind == "record"
}
"""What the parts of a study say themselves, in their column ``study``."""

_LARGEST: Final = 2**63
"""What is no less is no whole number for most programs that read tables."""


def _integer(text: str) -> int:
    number = int(text)
    if abs(number) >= _LARGEST:
        raise ValueError(text)
    return number


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


_FROM_TEXT: Final[dict[str, Callable[[str], Single]]] = {
    "text": str,
    "date": str,
    "address": str,
    "integer": _integer,
    "number": _number,
    "boolean": {"true": True, "false": False}.__getitem__,
}


class Placed(NamedTuple):
    """A row and the table it belongs to."""

    table: Table
    row: Row


class RowMaker:
    """Makes rows, and counts what no table has a column for.

    Args:
        tables: The tables of the records.
        labels: What things are called, by IRI.
        origins: Who recorded a study, by its IRI.

    Attributes:
        left_out: How many facts have no column, by what they are.
    """

    def __init__(
        self, tables: Iterable[Table], labels: Mapping[str, str], origins: Mapping[str, str]
    ) -> None:
        self.left_out: Counter[str] = Counter()
        self._tables = {each.holds: each for each in tables}
        self._known = {
            each.holds: {column.property for column in each.columns}
            for each in self._tables.values()
        }
        self._labels = labels
        self._origins = origins

    def rows(self, study: str, facts_by_subject: Mapping[str, Facts]) -> Iterator[Placed]:
        """Make the rows of the records in the graph of a study.

        Args:
            study: The IRI of the study.
            facts_by_subject: Some or all of what its graph says.

        Returns:
            The rows of the records, each followed by those of its values in the table of links.

        Raises:
            SourceFileError: A column for one value would need several, or a value is not of the
                kind that the column is of.
        """
        for iri, facts in facts_by_subject.items():
            kind = class_of(facts)
            table = self._tables.get(kind)
            if table is None:
                self.left_out[f"records of the class {shorten(kind) or 'none'}"] += 1
                continue
            for unknown in facts.keys() - self._known[kind] - _IN_THE_PARTS - {_TYPE}:
                what = f"values of {shorten(unknown)} of {table.name.replace('_', ' ')}"
                self.left_out[what] += len(facts[unknown])
            row = tuple(self._cell(column, study, iri, facts) for column in table.columns)
            yield Placed(table, row)
            yield from self._links(table, study, iri, facts)

    def _cell(self, column: Column, study: str, iri: str, facts: Facts) -> Cell:
        if column.property is None:
            if column.name == ORIGIN:
                return self._origins.get(iri) or None
            return name_of(study if column.name == STUDY_COLUMN.name else iri)
        nodes = facts.get(column.property, ())
        values = tuple(self._value(column, each, iri) for each in nodes)
        if column.several:
            return values
        if len(values) > 1:
            raise SourceFileError(
                f"It has {len(values)} values and may have one; give each a record of its own.",
                shorten(study),
                record=name_of(iri),
                field=shorten(column.property),
            )
        return values[0] if values else None

    def _value(self, column: Column, node: Node, iri: str) -> Single:
        if column.kind == "name" or column.labels:
            if isinstance(node, NamedNode):
                name = name_of(node.value)
                return self._labels.get(node.value, name) if column.labels else name
        elif isinstance(node, Literal):
            try:
                return _FROM_TEXT[column.kind](node.value)
            except (KeyError, ValueError, InvalidOperation):
                pass  # told below, as whatever else does not fit
        raise SourceFileError(
            f"This is not of the kind {column.kind}.",
            name_of(iri),
            field=shorten(column.property or ""),
            value=str(node),
        )

    def _links(self, table: Table, study: str, iri: str, facts: Facts) -> Iterator[Placed]:
        for column in table.columns:
            if not column.several or column.labels or column.property is None:
                continue
            for node in facts.get(column.property, ()):
                value = self._value(column, node, iri)
                label = self._labels.get(node.value) if isinstance(node, NamedNode) else None
                names = (name_of(study), table.name, name_of(iri), column.name)
                yield Placed(LINKS, (*names, str(value), label))
