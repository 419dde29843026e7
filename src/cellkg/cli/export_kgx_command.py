"""``cellkg export kgx``: nodes and edges in the Biolink Model."""

from __future__ import annotations

from pathlib import Path

import click

from cellkg.cli.exit_codes import BAD_DATA, fail
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import deliver, tell
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options


@click.command(
    cls=WithExample, short_help="Nodes and edges in the Biolink Model, for KGX (JSON Lines)."
)
@selection_options
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False),
    help="The folder for nodes, edges and prefixes; made where there is none.",
)
@graph_options
@click.pass_context
def kgx(
    context: click.Context,
    studies: tuple[str, ...],
    about: tuple[str, ...],
    question: str | None,
    output: str,
) -> None:
    """Nodes and edges in the Biolink Model, for KGX (JSON Lines).

    A term is a node of the vocabulary that it matches exactly (MONDO, HP, CL, UBERON, NCIT, MeSH),
    or has our own identifier. An edge biolink:has_adverse_event goes from what a group was given
    to the event, with the people affected and at risk, whose group it is, and the words. A denial
    has negated true; an unknown number has no key; silence has no edge.

    Not carried: routes of administration, donors and doses; events whose printed words name no
    term, outcomes, rows of patients, claims in words, and conflicts between numbers. Whatever of
    the latter was left out is counted on standard error.

    Example:
      cellkg export kgx --study ms-intrathecal-msc-poster -o kgx
    """
    from cellkg.exporting.exchange.kgx import kgx_graph

    graph, selection = selected(context, studies, about, question)
    made = kgx_graph(graph.store, selection.studies)
    try:
        Path(output).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"'{output}' cannot be made: {error.strerror}.", BAD_DATA)
    for name, content in made.files.items():
        deliver(content, str(Path(output) / name))
    tell(f"{made.nodes} nodes and {made.edges} edges of {selection.words} in '{output}'")
    for why, number in made.left_out.items():
        tell(f"left out: {number} {why}")
