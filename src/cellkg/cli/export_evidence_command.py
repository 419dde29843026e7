"""``cellkg export evidence-table``: what a systematic review prints of its studies."""

from __future__ import annotations

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.output import STANDARD_OUTPUT, deliver, tell
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options
from cellkg.errors import UserInputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.exporting.reviews.evidence_columns import EvidenceTable, TableName

_ENDINGS = (".csv", ".md", ".xlsx")


@click.command(
    "evidence-table",
    cls=WithExample,
    short_help="Characteristics and adverse events of studies, as a review prints them.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=STANDARD_OUTPUT,
    type=click.Path(),
    help="Write there, whole or not at all, in the form of its ending: .csv, .md or .xlsx (needs "
    "the extra 'tables'); - is standard output, as Markdown.",
)
@click.option(
    "--table",
    "wanted",
    type=click.Choice(["characteristics", "adverse-events"]),
    help="Only this table; both unless given. A CSV file holds one.",
)
@selection_options
@graph_options
@click.pass_context
def evidence_table(
    context: click.Context,
    output: str,
    *,
    wanted: TableName | None,
    studies: tuple[str, ...],
    about: tuple[str, ...],
    question: str | None,
) -> None:
    """Characteristics and adverse events of studies, as a review prints them.

    One row a study; and one row a report or a denial of an adverse event, with the words it rests
    on. A study that is silent is a row that says "not stated". Numbers that contradict each other
    all stay. Left out are results of outcomes, patients' rows, and all evidence but the main words;
    what else is, is counted. CSV keeps every text as it is, also where it begins like a formula:
    open the .xlsx in a spreadsheet program, where such texts are cells of text.

    Example:
      cellkg export evidence-table --term "multiple sclerosis" -o ms.xlsx
      cellkg export evidence-table --table adverse-events --study ms-intrathecal-msc-poster
    """
    from cellkg.exporting.reviews.evidence_tables import read_evidence_tables

    ending = _ending_of(output, wanted)
    graph, selection = selected(context, studies, about, question)
    tables = [
        table
        for table in read_evidence_tables(graph.store, selection)
        if wanted in {None, table.name}
    ]
    deliver(_written(tables, ending, selection.words, graph.data_version), output)
    for table in tables:
        tell(f"{table.title}: {len(table.rows):,} rows")
        for what, number in table.left_out.items():
            tell(f"left out: {number:,} {what}")
    if ending == ".csv":
        _warn_of_formulas(tables)


def _ending_of(output: str, wanted: TableName | None) -> str:
    if output == STANDARD_OUTPUT:
        return ".md"
    ending = next((each for each in _ENDINGS if output.lower().endswith(each)), None)
    if ending is None:
        raise UserInputError(
            f"'{output}' does not tell the form of the table; end it with .csv, .md or .xlsx.",
            value=output,
        )
    if ending == ".csv" and wanted is None:
        raise UserInputError(
            "A CSV file holds one table; add  --table characteristics  or  --table adverse-events.",
            value=output,
        )
    return ending


def _written(
    tables: Sequence[EvidenceTable], ending: str, selection: str, data_version: str
) -> bytes:
    if ending == ".xlsx":
        from cellkg.exporting.reviews.spreadsheet import workbook

        return workbook(tables, selection=selection, data_version=data_version)
    from cellkg.exporting.reviews.evidence_tables import evidence_csv, evidence_markdown

    if ending == ".csv":
        return evidence_csv(tables[0])
    return evidence_markdown(tables, selection=selection, data_version=data_version)


def _warn_of_formulas(tables: Sequence[EvidenceTable]) -> None:
    from cellkg.exporting.reviews.evidence_tables import formulas_in

    number = sum(map(formulas_in, tables))
    if number:
        tell(
            f"{number:,} texts begin like a formula and are written as they are; for a spreadsheet"
            " program write a file that ends with .xlsx"
        )
