"""``cellkg export graphml`` and its like: studies and what relates them, for graph programs."""

from __future__ import annotations

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.output import deliver, file_option, tell
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import networkx as nx

    from cellkg.exporting.networks.graph_files import GraphForm
    from cellkg.overview import Selection
    from cellkg.store import GraphStore

    Decorated = Callable[..., Any]


class RelationKinds(click.ParamType[tuple[str, ...]]):
    """Kinds of relations, parted by commas."""

    name = "kinds"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Split what was typed, and refuse what is no kind."""
        from cellkg.overview import RELATION_KINDS
        from cellkg.querying.suggestions import did_you_mean, nearest

        if isinstance(value, tuple):
            return value
        wanted = [each.strip() for each in str(value).split(",")]
        for each in wanted:
            if each not in RELATION_KINDS:
                found = did_you_mean(nearest(each, list(RELATION_KINDS)), "--help")
                self.fail(f"There is no kind of relation '{each}'; {found}", param, ctx)
        return tuple(each for each in RELATION_KINDS if each in wanted)


def _network_options(command: Decorated) -> Decorated:
    command = file_option(command)
    command = click.option(
        "--kinds",
        metavar="KIND,KIND",
        type=RelationKinds(),
        help="Only these relations, of condition, cell-type, derived-from, tissue, donor, route, "
        "institution, adverse-event, outcome-measure, source, overlap; all unless given.",
    )(command)
    return graph_options(selection_options(command))


@click.command(
    cls=WithExample, short_help="GraphML for Gephi, Cytoscape, yEd, igraph: what relates studies."
)
@_network_options
@click.pass_context
def graphml(context: click.Context, /, **choices: Any) -> None:  # noqa: ANN401 - as click passes them
    """GraphML for Gephi, Cytoscape, yEd, igraph: what relates studies.

    Nodes are studies, terms, institutions and sources; an edge says that a study has the thing, in
    which words, and for an adverse event whether it was reported or denied. A study without an edge
    to an event is silent about it. Left out are doses, counts of events, outcomes, statements,
    patients' rows and arms: those are in  cellkg export tables. Characters that XML has no place
    for are replaced and counted.

    Example:
      cellkg export graphml --term "multiple sclerosis" --kinds route,adverse-event -o ms.graphml
    """
    _export(context, "graphml", **choices)


@click.command(cls=WithExample, short_help="GEXF for Gephi: what relates studies.")
@_network_options
@click.pass_context
def gexf(context: click.Context, /, **choices: Any) -> None:  # noqa: ANN401 - as click passes them
    """GEXF for Gephi: what relates studies.

    Nodes, edges and what is left out are those of  cellkg export graphml. The file bears no date,
    so that the same graphs give the same file.

    Example:
      cellkg export gexf --kinds condition,cell-type -o studies.gexf
    """
    _export(context, "gexf", **choices)


@click.command(
    cls=WithExample, short_help="JSON for Cytoscape and cytoscape.js: what relates studies."
)
@_network_options
@click.pass_context
def cytoscape(context: click.Context, /, **choices: Any) -> None:  # noqa: ANN401 - as click passes them
    """JSON for Cytoscape and cytoscape.js: what relates studies.

    Nodes, edges and what is left out are those of  cellkg export graphml.

    Example:
      cellkg export cytoscape --study ms-intrathecal-msc-poster -o poster.cyjs
    """
    _export(context, "cytoscape", **choices)


@click.command(
    "node-link", cls=WithExample, short_help="JSON for networkx and D3: what relates studies."
)
@_network_options
@click.pass_context
def node_link(context: click.Context, /, **choices: Any) -> None:  # noqa: ANN401 - as click passes them
    """JSON for networkx and D3: what relates studies.

    Nodes, edges and what is left out are those of  cellkg export graphml; in Python,
    networkx.node_link_graph(json.load(file), edges="edges") reads it.

    Example:
      cellkg export node-link --study ms-intrathecal-msc-poster -o poster.json
    """
    _export(context, "node-link", **choices)


def _export(
    context: click.Context,
    form: GraphForm,
    *,
    output: str,
    kinds: tuple[str, ...] | None,
    studies: tuple[str, ...],
    about: tuple[str, ...],
    question: str | None,
) -> None:
    from cellkg.exporting.networks.graph_files import graph_file
    from cellkg.overview import RELATION_KINDS, read_relations, read_studies, study_network

    graph, selection = selected(context, studies, about, question)
    network = study_network(
        read_studies(graph.store, selection.studies),
        read_relations(graph.store, kinds or RELATION_KINDS, selection.studies),
    )
    file = graph_file(network, form)
    deliver(file.data, output)
    _tell(graph.store, selection, network, file.replaced)


def _tell(store: GraphStore, selection: Selection, network: nx.MultiDiGraph, replaced: int) -> None:
    from cellkg.exporting.networks.graph_files import records_left_out

    tell(f"{network.number_of_nodes():,} nodes and {network.number_of_edges():,} edges")
    left_out = records_left_out(store, selection)
    if left_out:
        listed = ", ".join(f"{number:,} {what}" for what, number in left_out.items())
        tell(f"left out: {listed}; see  cellkg export tables")
    if replaced:
        tell(f"replaced: {replaced:,} characters that XML has no place for")
