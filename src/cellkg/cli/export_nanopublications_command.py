"""``cellkg export nanopublications``: each finding as a small publication of its own."""

from __future__ import annotations

from pathlib import Path

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.output import STANDARD_OUTPUT, deliver, tell
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options


@click.command(
    cls=WithExample, short_help="Nanopublications: each finding with its provenance, in TriG."
)
@selection_options
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    default=STANDARD_OUTPUT,
    type=click.Path(),
    help="Write there, every file whole or not at all; into a folder that exists, one file a "
    "nanopublication; - is standard output.",
)
@graph_options
@click.pass_context
def nanopublications(
    context: click.Context,
    studies: tuple[str, ...],
    about: tuple[str, ...],
    question: str | None,
    output: str,
) -> None:
    """Nanopublications: each finding with its provenance, in TriG.

    One for every adverse event that is reported or denied, every outcome and every statement. The
    assertion holds the record and a sentence to cite; the provenance the document, the words and
    who recorded them; the publication info licence, creator, date and version of the data. An aim
    or a plan says that it is no result; a number that is not stated is not there.

    They are not signed: a folder of single files is what the tools of the nanopublication network
    sign and publish. Not carried: who took part, rows of patients, conflicts between numbers, and
    that a study is silent about an event. What was left out is counted on standard error.

    Example:
      cellkg export nanopublications --study ms-intrathecal-msc-poster -o poster.trig
    """
    from cellkg.exporting.exchange.nanopublications import Nanopublications, file_name, to_trig

    graph, selection = selected(context, studies, about, question)
    found = Nanopublications(graph.store, selection.studies)
    if output != STANDARD_OUTPUT and Path(output).is_dir():
        for each in found:
            deliver(to_trig(each), str(Path(output) / file_name(each)))
    else:
        deliver(found.trig(), output)
    tell(f"{found.published} nanopublications of {selection.words}")
    for why, number in sorted(found.left_out.items()):
        tell(f"left out: {number} {why}")
