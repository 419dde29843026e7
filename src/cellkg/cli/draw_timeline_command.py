"""``cellkg draw timeline``: studies in time."""

from __future__ import annotations

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.picture_output import deliver_picture, picture_option
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options


@click.command(cls=WithExample, short_help="Timeline: studies by date, phase and status.")
@selection_options
@picture_option
@graph_options
@click.pass_context
def timeline(
    context: click.Context,
    studies: tuple[str, ...],
    about: tuple[str, ...],
    question: str | None,
    output: str,
) -> None:
    """Timeline: studies by date, phase and status.

    A bar runs from the start of a study to its end, as stated or planned; where a source gives
    only a month or a year, the end of the bar is thin. More than 120 studies are counted by the
    year of their start instead; the page lists each of them all the same. Studies without a date
    of start are listed.

    Example:
      cellkg draw timeline -o timeline.html
      cellkg draw timeline --term "spinal cord injury" -o spinal-cord-injury.svg
    """
    graph, selection = selected(context, studies, about, question)
    from cellkg.drawing.timeline import read_timeline
    from cellkg.drawing.timeline_page import draw_page
    from cellkg.drawing.timeline_still import draw_still

    drawn = read_timeline(graph.store, selection)
    deliver_picture(output, drawn.title, lambda: draw_page(drawn), lambda: draw_still(drawn))
