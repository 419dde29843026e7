"""``cellkg export turtle``: the canonical form of studies."""

from __future__ import annotations

from pathlib import Path

import click

from cellkg.cli.export_rdf_command import chosen, content_options
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import STANDARD_OUTPUT, deliver, tell
from cellkg.cli.settings import graph_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cellkg.cli.export_rdf_command import Content


@click.command(
    cls=WithExample, short_help="Turtle in its canonical form: one study, several, or everything."
)
@content_options
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    default=STANDARD_OUTPUT,
    type=click.Path(),
    help="Write there, every file whole or not at all; into a folder that exists, one file a "
    "graph; - is standard output.",
)
@graph_options
@click.pass_context
def turtle(context: click.Context, output: str, content: Content) -> None:
    """Turtle in its canonical form: one study, several, or everything.

    The same facts always give the same bytes, a study reads from its sources to its findings, and
    a change of one fact is a change of one line. The names of the graphs are lost; trig keeps
    them.

    One study is written alone, as in a folder: the form that cellkg reads again. Several in one
    file bring what describes the institutions, sources and agents that they name.

    Example:
      cellkg export turtle --study ms-intrathecal-msc-poster
      cellkg export turtle -o everything.ttl
    """
    from cellkg.exporting.rdf.turtle import canonical_turtle_of_graph, turtle_of_graphs

    folder = Path(output) if output != STANDARD_OUTPUT and Path(output).is_dir() else None
    selection, graphs = chosen(context, content, described=folder is None)
    if folder is not None:
        written = 0
        for graph in graphs:
            name = graph.name.value.rpartition("/")[2]
            deliver(canonical_turtle_of_graph(graph), str(folder / f"{name}.ttl"))
            written += 1
        tell(f"{written} files in '{output}'")
    elif len(selection.studies or ()) == 1 and not (content.terms or content.conclusions):
        deliver(canonical_turtle_of_graph(next(graphs)), output)
    else:
        deliver(turtle_of_graphs(graphs), output)
