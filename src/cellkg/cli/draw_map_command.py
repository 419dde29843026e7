"""``cellkg draw map``: the evidence gap map."""

from __future__ import annotations

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.picture_output import deliver_picture, picture_option
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options
from cellkg.errors import UserInputError

# The keys of cellkg.drawing.gap_map.AXES: to import them would load the graphs' libraries.
AXES = ("condition", "cell-type", "route", "outcome-measure", "adverse-event")


@click.command(
    "map", cls=WithExample, short_help="Evidence gap map: who was treated with what, and the gaps."
)
@selection_options
@click.option(
    "--rows",
    type=click.Choice(AXES),
    metavar="AXIS",
    default="condition",
    help=f"What the rows are: {', '.join(AXES)}; condition unless given.",
)
@click.option(
    "--columns",
    type=click.Choice(AXES),
    metavar="AXIS",
    default="cell-type",
    help="What the columns are, likewise; cell-type unless given.",
)
@picture_option
@graph_options
@click.pass_context
def map_command(
    context: click.Context,
    studies: tuple[str, ...],
    about: tuple[str, ...],
    question: str | None,
    rows: str,
    columns: str,
    output: str,
) -> None:
    """Evidence gap map: who was treated with what, and the gaps.

    A cell holds the studies of one condition and one cell type: bubbles as large as the number of
    people treated or enrolled, in the colour and shape of the best kind of source. Empty cells
    stay, studies that state nothing have a row and a column of their own, and rare terms are
    folded into broader ones, which the map lists. The page leads from a cell to its studies with
    their words; a still has no words.

    Example:
      cellkg draw map -o map.html
      cellkg draw map --rows route --columns adverse-event --term MSC -o map.svg
    """
    if rows == columns:
        raise UserInputError(
            f"--rows and --columns are both '{rows}'; give two of {', '.join(AXES)}.", value=rows
        )
    graph, selection = selected(context, studies, about, question)
    from cellkg.drawing.gap_map import read_gap_map
    from cellkg.drawing.gap_map_page import draw_page
    from cellkg.drawing.gap_map_still import draw_still

    drawn = read_gap_map(
        graph.store, graph.terms, graph.data_version, selection, rows=rows, columns=columns
    )
    deliver_picture(output, drawn.title, lambda: draw_page(drawn), lambda: draw_still(drawn))
