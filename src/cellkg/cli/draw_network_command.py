"""``cellkg draw network``: studies and what relates them."""

from __future__ import annotations

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.picture_output import deliver_picture, picture_option
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options
from cellkg.errors import UserInputError

# The keys of cellkg.overview.RELATION_KINDS that are drawn: to import them would load libraries.
KINDS = (
    "condition",
    "cell-type",
    "route",
    "adverse-event",
    "institution",
    "source",
    "overlap",
    "tissue",
    "donor",
    "derived-from",
    "outcome-measure",
)
UNLESS_GIVEN = KINDS[:7]
VIEWS = ("overview", "studies")


def _kinds(_context: click.Context, _option: click.Parameter, given: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(each.strip() for each in given.split(",")))
    for kind in kinds:
        if kind not in KINDS:
            raise UserInputError(
                f"--kinds has no kind '{kind}'; give some of {', '.join(KINDS)}.",
                value=kind,
                suggestions=KINDS,
            )
    return kinds


@click.command(cls=WithExample, short_help="Network: studies and what relates them.")
@selection_options
@click.option(
    "--around",
    metavar="NAME",
    help="Only the studies around this study, term, institution or source.",
)
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    metavar="N",
    default=1,
    help="How many steps around: 1 reaches the studies of a term and what overlaps with a study, "
    "2 those that share something with a study; 1 unless given.",
)
@click.option(
    "--kinds",
    metavar="KIND,…",
    default=",".join(UNLESS_GIVEN),
    callback=_kinds,
    help=f"What relates studies, the first kind as discs: {', '.join(KINDS)}; the first "
    f"{len(UNLESS_GIVEN)} unless given.",
)
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    metavar="VIEW",
    help="What a still shows, and a page first: overview, where studies are counted, or studies, "
    "each a mark; unless given, studies where they are few.",
)
@picture_option
@graph_options
@click.pass_context
def network(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: click.Context,
    studies: tuple[str, ...],
    about: tuple[str, ...],
    question: str | None,
    around: str | None,
    depth: int,
    kinds: tuple[str, ...],
    view: str | None,
    output: str,
) -> None:
    """Network: studies and what relates them.

    Studies share conditions, cell types, routes, adverse events, institutions and sources, and may
    overlap. Rare ones are folded into broader ones, and the picture says which; studies that name
    nothing of a kind stay, marked as silent. The page leads from each mark to its facts with their
    words; a still has no words, and of lines of an adverse event shows whether it is reported or
    denied.

    Example:
      cellkg draw network -o network.html
      cellkg draw network --around intrathecal --kinds condition,cell-type,adverse-event -o it.html
      cellkg draw network --term term:stroke --view studies -o stroke.pdf
    """
    graph, selection = selected(context, studies, about, question)
    from cellkg.drawing.network import TITLE, Middle, read_network

    drawn = read_network(
        graph.store,
        graph.terms,
        graph.data_version,
        selection,
        kinds,
        None if around is None else Middle(around, depth),
        view,
    )
    deliver_picture(output, TITLE, drawn.page, drawn.still)
