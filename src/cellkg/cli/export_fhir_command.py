"""``cellkg export fhir``: counts of adverse events for systems that speak FHIR."""

from __future__ import annotations

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.output import deliver, file_option, tell
from cellkg.cli.selection_options import selected, selection_options
from cellkg.cli.settings import graph_options


@click.command(cls=WithExample, short_help="FHIR R5 Evidence: the counts of adverse events.")
@selection_options
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["bundle", "ndjson"]),
    metavar="FORMAT",
    default="bundle",
    help="bundle, one resource that holds all others (default); or ndjson, one resource a line.",
)
@file_option
@graph_options
@click.pass_context
def fhir(
    context: click.Context,
    studies: tuple[str, ...],
    about: tuple[str, ...],
    question: str | None,
    form: str,
    output: str,
) -> None:
    """FHIR R5 Evidence: the counts of adverse events.

    An Evidence for every adverse event that is reported or denied, with the people affected and
    at risk, the events, the words and the document; a ResearchStudy for every study, a Group for
    those who are counted, an EvidenceVariable for every event, coded by our exact matches in HPO,
    NCIt, MONDO, OAE and MeSH. A denial with a number has 0; a number that nobody states is absent
    with the reason unknown. A count of which it is not stated whether it counts people stands in
    quantity. No certainty is rated and no estimate computed.

    Not carried: outcomes, claims in words, rows of patients, conflicts between numbers, cells,
    routes and doses, and that a study is silent about an event. What was left out is counted on
    standard error.

    Example:
      cellkg export fhir --study ms-intrathecal-msc-poster -o poster.json
    """
    from cellkg.exporting.exchange.fhir import FhirResources

    graph, selection = selected(context, studies, about, question)
    resources = FhirResources(graph.store, selection.studies)
    deliver(resources.bundle() if form == "bundle" else resources.ndjson(), output)
    made = ", ".join(f"{number} {kind}" for kind, number in sorted(resources.made.items()))
    tell(f"{made} of {selection.words}")
    for why, number in sorted(resources.left_out.items()):
        tell(f"left out: {number} {why}")
