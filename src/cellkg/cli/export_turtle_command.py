"""``cellkg export turtle``: the canonical form of studies."""

from __future__ import annotations

from pathlib import Path

import click

from cellkg.cli.completion import complete_study
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import STANDARD_OUTPUT, deliver, tell
from cellkg.cli.settings import graph_options, settings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from cellkg.graph import Graph


@click.command(
    cls=WithExample, short_help="Turtle in its canonical form: one study, several, or everything."
)
@click.option(
    "--study",
    "studies",
    metavar="STUDY",
    multiple=True,
    shell_complete=complete_study,
    help="Only this study; may be given several times.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    default=STANDARD_OUTPUT,
    type=click.Path(),
    help="Write there, every file whole or not at all; into a folder that exists, one file a "
    "study; - is standard output.",
)
@graph_options
@click.pass_context
def turtle(context: click.Context, studies: tuple[str, ...], output: str) -> None:
    """Turtle in its canonical form: one study, several, or everything.

    The same facts always give the same bytes, a study reads from its sources to its findings, and
    a change of one fact is a change of one line. What follows by the closure is left out.

    Example:
      cellkg export turtle --study ms-intrathecal-msc-poster
      cellkg export turtle -o everything.ttl
    """
    from cellkg.querying.named_things import find_thing
    from cellkg.vocabulary import CLOSURE_GRAPH, OVERLAPS_GRAPH, study_graph

    concluded = (CLOSURE_GRAPH, OVERLAPS_GRAPH)

    graph = settings_of(context).open()
    if studies:
        found = [find_thing(each, "study", graph.store) for each in studies]
        names = [study_graph(each.value) for each in dict.fromkeys(found)]
    else:
        names = [name for name in graph.store.graph_names() if name not in concluded]
    if output != STANDARD_OUTPUT and Path(output).is_dir():
        for name in names:
            deliver(_turtle_of(graph, [name]), str(Path(output) / _file_name(name)))
        tell(f"{len(names)} files in '{output}'")
    else:
        deliver(_turtle_of(graph, names), output)


def _turtle_of(graph: Graph, names: list[NamedNode]) -> bytes:
    from cellkg.exporting import canonical_turtle
    from cellkg.vocabulary import GRAPH, STUDY

    triples = (triple for name in names for triple in graph.store.triples(name))
    study = names[0].value.removeprefix(f"{GRAPH.iri}study/") if len(names) == 1 else ""
    is_study = bool(study) and study != names[0].value
    return canonical_turtle(triples, STUDY[study].value if is_study else None)


def _file_name(graph: NamedNode) -> str:
    """Name the file of a named graph: the short name of its study, or its own last part."""
    return graph.value.rpartition("/")[2] + ".ttl"
