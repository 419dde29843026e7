"""``cellkg draw forest``: how often an event was counted, study by study."""

from __future__ import annotations

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.picture_output import deliver_picture, picture_option
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options


@click.command(
    cls=WithExample, short_help="Forest: how often an event was counted, study by study."
)
@click.option(
    "--event",
    metavar="TERM",
    required=True,
    help="The adverse event; narrower ones count too.",
)
@click.option(
    "--cell-type",
    "cell_types",
    metavar="TERM",
    multiple=True,
    help="The cell type; narrower ones count too; any that is stated unless given.",
)
@click.option(
    "--route",
    "routes",
    metavar="TERM",
    multiple=True,
    help="The route of administration, likewise.",
)
@click.option(
    "--condition",
    "conditions",
    metavar="TERM",
    multiple=True,
    help="The condition treated; any, and none stated, unless given.",
)
@selection_options
@picture_option
@graph_options
@click.pass_context
def forest(  # noqa: PLR0913, PLR0917 - one argument an option
    context: click.Context,
    event: str,
    cell_types: tuple[str, ...],
    routes: tuple[str, ...],
    conditions: tuple[str, ...],
    studies: tuple[str, ...],
    about: tuple[str, ...],
    question: str | None,
    output: str,
) -> None:
    """Forest: how often an event was counted, study by study.

    Each record with a number of people has its exact (Clopper-Pearson) 95 % interval; nothing is
    pooled. Below the line stand the studies that deny the event without a number, those whose
    number cannot be used, with the reason and the words, and those that are silent. Made from the
    answer to  cellkg query incidence. A still lists at most 40 studies a reason, and says how many
    more there are; it names all silent ones.

    Example:
      cellkg draw forest --event fever -o fever.html
      cellkg draw forest --event fever --cell-type MSC --route intrathecal -o fever.pdf
    """
    graph, selection = selected(context, studies, about, question)
    from cellkg.drawing.forest import read_forest
    from cellkg.drawing.forest_page import draw_page
    from cellkg.drawing.forest_still import draw_still

    drawn = read_forest(
        graph.store,
        graph.terms,
        selection,
        event=event,
        cell_types=cell_types,
        routes=routes,
        conditions=conditions,
    )
    deliver_picture(output, drawn.title, lambda: draw_page(drawn), lambda: draw_still(drawn))
