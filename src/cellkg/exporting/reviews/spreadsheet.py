"""Evidence tables as a workbook for spreadsheet programs (Office Open XML)."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from cellkg.errors import MissingExtra, UserInputError
from cellkg.exporting.reviews.evidence_tables import LEGEND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.exporting.reviews.evidence_columns import EvidenceRow, EvidenceTable

_LONGEST_TEXT: Final = 32_767
_MOST_ROWS: Final = 1_048_576
"""What a sheet of Excel holds, by Microsoft's specification of its limits."""

_MADE: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The same day for every workbook, so that the same tables give the same bytes."""

_SHEETS: Final = {"characteristics": "Characteristics", "adverse-events": "Adverse events"}
_ALSO_LEFT_OUT: Final = (
    "Results of outcomes, rows of single patients, and all evidence but the main words: those are"
    " in  cellkg export tables."
)
_A4: Final = 9
_HEADER_HEIGHT: Final = 32
_LINE_HEIGHT: Final = 11.5
_SMALL: Final = 1.25
"""How many letters of the small print fit where a width counts one of the ordinary size."""

_TALLEST: Final = 409
"""What Excel takes as the height of a row, in points; a longer text is whole, and not all seen."""

_FIRST_WIDTHS: Final = (42, 96)


def workbook(tables: Sequence[EvidenceTable], *, selection: str, data_version: str) -> bytes:
    """Write tables as a workbook: a sheet to read first, and one a table.

    Texts are cells of text whatever they begin with: nothing of a source is a formula or a link.

    Args:
        tables: The tables.
        selection: Which studies were chosen, in words.
        data_version: Which data they were made from.

    Returns:
        The file, the same for the same tables.

    Raises:
        MissingExtra: XlsxWriter is not there.
        UserInputError: A text or a table is larger than a sheet holds.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra("Writing a workbook", "tables") from None
    for table in tables:
        _refuse_what_no_sheet_holds(table)
    buffer = io.BytesIO()
    book = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"title": "Evidence tables", "author": "cellkg", "created": _MADE})
    _write_first_sheet(book, tables, selection, data_version)
    for table in tables:
        _write_table(book, table)
    book.close()
    return buffer.getvalue()


def _refuse_what_no_sheet_holds(table: EvidenceTable) -> None:
    if len(table.rows) >= _MOST_ROWS:
        raise UserInputError(
            f"The table “{table.title}” has {len(table.rows):,} rows and a sheet holds"
            f" {_MOST_ROWS - 1:,}; choose fewer studies, or write a file that ends with .csv.",
        )
    for row in table.rows:
        for column, cell in zip(table.columns, row, strict=True):
            # Excel counts as UTF-16 does.
            if isinstance(cell, str) and len(cell.encode("utf-16-le")) > 2 * _LONGEST_TEXT:
                raise UserInputError(
                    f"The column “{column.title}” of {row[0]} has more than the"
                    f" {_LONGEST_TEXT:,} characters that a cell of a sheet holds; leave that study"
                    " out, or write a file that ends with .csv or .md.",
                    value=str(row[0]),
                )


def _write_first_sheet(
    book: Any,  # noqa: ANN401 - XlsxWriter publishes no types
    tables: Sequence[EvidenceTable],
    selection: str,
    data_version: str,
) -> None:
    sheet = book.add_worksheet("Read me")
    title = book.add_format({"bold": True, "font_size": 14})
    strong = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    for number, width in enumerate(_FIRST_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.set_portrait()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "Evidence of cell therapy in people", title)
    lines: list[tuple[str, str]] = [
        ("Selection", selection),
        ("Data version", data_version),
        *((table.title, f"{len(table.rows):,} rows") for table in tables),
        ("", ""),
        ("The three answers", ""),
        *LEGEND,
        ("Empty numbers", "An empty cell in a column of numbers is an unknown number, never 0."),
        ("Numbers that differ", "All stay, each with the words it rests on; the headline first."),
        ("", ""),
        *(
            (f"Left out of “{table.title}”", f"{number:,} {what}")
            for table in tables
            for what, number in table.left_out.items()
        ),
        ("Also left out", _ALSO_LEFT_OUT),
        *(
            (
                f"Rows of “{table.title}”",
                f"{number:,} have a cell that is too long to be seen whole; the text is complete",
            )
            for table in tables
            if (number := sum(_height(table, row) > _TALLEST for row in table.rows))
        ),
        ("Licence", "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"),
    ]
    for table in tables:
        lines += [("", ""), (f"Columns of “{table.title}”", "")]
        lines += [(column.title, column.meaning) for column in table.columns]
    for number, (name, words) in enumerate(lines, start=2):
        sheet.write_string(number, 0, name, strong)
        sheet.write_string(number, 1, words, plain)
        sheet.set_row(number, 15 * max(map(_lines, (name, words), _FIRST_WIDTHS)))


def _write_table(book: Any, table: EvidenceTable) -> None:  # noqa: ANN401 - as above
    sheet = book.add_worksheet(_SHEETS[table.name])
    header = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E4EAF1", "border": 1}
    )
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "font_size": 9})
    silent = book.add_format(
        {
            "text_wrap": True,
            "valign": "top",
            "border": 1,
            "font_size": 9,
            "italic": True,
            "font_color": "#5A5A5A",
        }
    )
    last = max(len(table.rows), 1)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.title, header)
    sheet.set_row(0, _HEADER_HEIGHT)
    for number, row in enumerate(table.rows, start=1):
        # Only Excel finds the height of wrapped text by itself.
        sheet.set_row(number, min(_height(table, row), _TALLEST))
        for place, cell in enumerate(row):
            if cell is None or cell == "":
                sheet.write_blank(number, place, None, body)
            elif isinstance(cell, str):
                sheet.write_string(number, place, cell, silent if cell == "not stated" else body)
            else:
                sheet.write_number(number, place, cell, body)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.set_print_scale(60)


def _height(table: EvidenceTable, row: EvidenceRow) -> float:
    lines = (
        _lines(str(cell), int(column.width * _SMALL))
        for column, cell in zip(table.columns, row, strict=True)
    )
    return _LINE_HEIGHT * max(lines) + 3


def _lines(text: str, width: int) -> int:
    """Estimate how many lines a text takes; rather too many, as words are not broken."""
    return sum(-(-len(line) // (width - 1)) or 1 for line in text.split("\n"))
