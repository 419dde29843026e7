"""``cellkg export trig`` and its like: the graphs in every format that RDF libraries read."""

from __future__ import annotations

from functools import wraps
from typing import NamedTuple

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.output import deliver, file_option
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from cellkg.exporting.rdf.graph_lines import GraphLines
    from cellkg.overview import Selection

    Decorated = Callable[..., Any]


class Content(NamedTuple):
    """What an export is to hold, as the options of `content_options` say it.

    Attributes:
        studies: The studies that were named.
        about: The terms whose studies were asked for.
        question: The question whose studies were asked for.
        terms: Whether the ontology and the terms come with some studies.
        conclusions: Whether what follows comes along.
    """

    studies: tuple[str, ...]
    about: tuple[str, ...]
    question: str | None
    terms: bool
    conclusions: bool


def content_options(command: Decorated) -> Decorated:
    """Give a command the options that say what it writes, passed to it as `content`."""

    @wraps(command)
    def with_content(*arguments: object, **options: Any) -> object:  # noqa: ANN401 - as click passes them
        content = Content(**{name: options.pop(name) for name in Content._fields})
        return command(*arguments, content=content, **options)

    with_options = click.option(
        "--with-conclusions",
        "conclusions",
        is_flag=True,
        help="Also what follows from the rest: broader terms, and studies that may overlap.",
    )(with_content)
    with_options = click.option(
        "--with-terms",
        "terms",
        is_flag=True,
        help="Also, where not everything is written, the whole ontology with all terms.",
    )(with_options)
    return selection_options(with_options)


def chosen(
    context: click.Context, content: Content, *, described: bool = True
) -> tuple[Selection, Iterator[GraphLines]]:
    """Open the graph, and read what is asked for.

    Args:
        context: The run.
        content: What is asked for.
        described: Whether what describes institutions, sources and agents comes with some studies.

    Returns:
        Which studies these are, and the graphs, as `chosen_graphs` gives them.

    Raises:
        CellkgError: The graph cannot be opened, or the options fit no study.
    """
    from cellkg.exporting.rdf.chosen_graphs import chosen_graphs

    graph, selection = selected(context, content.studies, content.about, content.question)
    return selection, chosen_graphs(
        graph.store,
        selection.studies,
        described=described,
        terms=content.terms,
        conclusions=content.conclusions,
    )


def _options(command: Decorated) -> Decorated:
    return content_options(file_option(graph_options(click.pass_context(command))))


@click.command(cls=WithExample, short_help="TriG: every study a named graph, as people read it.")
@_options
def trig(context: click.Context, output: str, content: Content) -> None:
    """TriG: every study a named graph, as people read it.

    Each graph stands in the canonical form of `cellkg export turtle`. Some studies bring what
    describes the institutions, sources and agents that they name.

    Example:
      cellkg export trig --study ms-intrathecal-msc-poster
      cellkg export trig --graphs my-graphs -o everything.trig
    """
    from cellkg.exporting.rdf.turtle import trig_of_graphs

    _, graphs = chosen(context, content)
    deliver(trig_of_graphs(graphs), output)


@click.command(
    cls=WithExample, short_help="N-Quads: every study a named graph, a statement a line."
)
@_options
def nquads(context: click.Context, output: str, content: Content) -> None:
    """N-Quads: every study a named graph, a statement a line.

    The graphs come in the order of their names, and the lines of each are sorted. Some studies
    bring what describes the institutions, sources and agents that they name.

    Example:
      cellkg export nquads --study ms-intrathecal-msc-poster --with-terms
      cellkg export nquads --graphs my-graphs -o everything.nq
    """
    from cellkg.exporting.rdf.rdf_formats import nquads_of_graphs

    _, graphs = chosen(context, content)
    deliver(nquads_of_graphs(graphs), output)


@click.command(cls=WithExample, short_help="N-Triples: a statement a line, without named graphs.")
@_options
def ntriples(context: click.Context, output: str, content: Content) -> None:
    """N-Triples: a statement a line, without named graphs.

    The names of the graphs are lost; nquads keeps them. The lines of each graph are sorted, and a
    statement that stands in several graphs comes as often. Some studies bring what describes the
    institutions, sources and agents that they name.

    Example:
      cellkg export ntriples --study ms-intrathecal-msc-poster
    """
    from cellkg.exporting.rdf.rdf_formats import ntriples_of_graphs

    _, graphs = chosen(context, content)
    deliver(ntriples_of_graphs(graphs), output)


@click.command(cls=WithExample, short_help="RDF/XML, for programs that read nothing else.")
@_options
def rdfxml(context: click.Context, output: str, content: Content) -> None:
    """RDF/XML, for programs that read nothing else.

    The names of the graphs are lost; trig keeps them. What RDF/XML cannot hold, such as control
    characters, is refused with the name of the record, never left out. Some studies bring what
    describes the institutions, sources and agents that they name.

    Example:
      cellkg export rdfxml --study ms-intrathecal-msc-poster
    """
    from cellkg.exporting.rdf.rdf_xml import rdf_xml_of_graphs

    _, graphs = chosen(context, content)
    deliver(rdf_xml_of_graphs(graphs), output)


@click.command(cls=WithExample, short_help="JSON-LD: every study a named graph, as JSON.")
@click.option(
    "--link-context",
    "linked",
    is_flag=True,
    help="Name the address of the context instead of writing it into the file, which then needs a "
    "network to be read.",
)
@_options
def jsonld(context: click.Context, output: str, content: Content, *, linked: bool) -> None:
    """JSON-LD: every study a named graph, as JSON.

    The keys are the names of the ontology's properties, as the published context
    (ontology/context.jsonld) maps them; it is written into the file. Some studies bring what
    describes the institutions, sources and agents that they name.

    Example:
      cellkg export jsonld --study ms-intrathecal-msc-poster
      cellkg export jsonld --question "which intrathecal MSC trials reported fever" -o fever.jsonld
    """
    from cellkg.exporting.rdf.json_ld_graphs import json_ld_of_graphs

    _, graphs = chosen(context, content)
    deliver(json_ld_of_graphs(graphs, linked=linked), output)
