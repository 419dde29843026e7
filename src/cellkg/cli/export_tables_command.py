"""``cellkg export tables``: one table a kind of record, with a data dictionary."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cellkg.cli.exit_codes import BAD_DATA, fail
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import tell
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options
from cellkg.errors import UserInputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cellkg.exporting.tables.record_tables import TablesReport
    from cellkg.exporting.tables.table_files import TableForm


@click.command(
    cls=WithExample, short_help="Tables as CSV or Parquet: one a kind of record, with a dictionary."
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="The folder to write, whole or not at all: a new or an empty one, or an earlier export.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="Parquet needs the extra 'tables'.",
)
@selection_options
@graph_options
@click.pass_context
def tables(
    context: click.Context,
    output: Path,
    form: TableForm,
    *,
    studies: tuple[str, ...],
    about: tuple[str, ...],
    question: str | None,
) -> None:
    """Tables as CSV or Parquet: one a kind of record, with a dictionary.

    datapackage.json tells the meaning, the unit and the keys of every column (Frictionless Data
    Package), README.md how to read the files with pandas, R and DuckDB. An empty cell means that
    the source is silent or a number unknown, never zero. CSV keeps every text as it is, also where
    it begins like a formula of a spreadsheet. Left out is what follows by the closure.

    Example:
      cellkg export tables -o tables --study ms-intrathecal-msc-poster
    """
    from cellkg.exporting.tables.record_tables import write_tables

    _refuse_other_folders(output)
    graph, selection = selected(context, studies, about, question)
    from tempfile import TemporaryDirectory

    output = output.resolve()
    try:
        with TemporaryDirectory(dir=output.parent, prefix=f".{output.name}.") as beside:
            made, earlier = Path(beside, "made"), Path(beside, "earlier")
            made.mkdir()
            report = write_tables(graph.store, selection, made, form, graph.data_version)
            if output.exists():
                output.rename(earlier)
            try:
                made.rename(output)
            except OSError:
                if earlier.exists():
                    earlier.rename(output)
                raise
    except OSError as error:
        fail(f"'{output}' cannot be written: {error.strerror}.", BAD_DATA)
    _tell(report, output)


def _refuse_other_folders(output: Path) -> None:
    """Let nothing be replaced but an earlier export."""
    if not output.exists() or (output.is_dir() and not any(output.iterdir())):
        return
    from cellkg.exporting.tables.data_dictionary import PACKAGE_FILE, PACKAGE_NAME

    try:
        earlier = json.loads((output / PACKAGE_FILE).read_bytes())["name"] == PACKAGE_NAME
    except (OSError, ValueError, LookupError, TypeError):
        earlier = False
    if not earlier:
        raise UserInputError(
            f"'{output}' holds something else than an earlier export of tables; name a new folder.",
            value=str(output),
        )


def _tell(report: TablesReport, output: Path) -> None:
    tell(f"{sum(report.rows.values()):,} rows in {len(report.rows)} tables in '{output}'")
    for what, number in report.left_out.items():
        tell(f"left out: {number:,} {what}")
    if report.rounded:
        tell(f"rounded to double precision: {report.rounded:,} numbers; CSV keeps their digits")
