"""``cellkg export``: graphs for other programs."""

from __future__ import annotations

import click

from cellkg.cli.on_demand import CommandsOnDemand
from cellkg.cli.settings import graph_options

COMMANDS = {
    "RDF": {
        "turtle": "cellkg.cli.export_turtle_command:turtle",
        "trig": "cellkg.cli.export_rdf_command:trig",
        "ntriples": "cellkg.cli.export_rdf_command:ntriples",
        "nquads": "cellkg.cli.export_rdf_command:nquads",
        "rdfxml": "cellkg.cli.export_rdf_command:rdfxml",
        "jsonld": "cellkg.cli.export_rdf_command:jsonld",
    },
    "Tables": {
        "tables": "cellkg.cli.export_tables_command:tables",
        "evidence-table": "cellkg.cli.export_evidence_command:evidence_table",
    },
    "Networks": {
        "graphml": "cellkg.cli.export_network_command:graphml",
        "gexf": "cellkg.cli.export_network_command:gexf",
        "cytoscape": "cellkg.cli.export_network_command:cytoscape",
        "node-link": "cellkg.cli.export_network_command:node_link",
    },
    "Exchange with other systems": {
        "kgx": "cellkg.cli.export_kgx_command:kgx",
        "nanopublications": "cellkg.cli.export_nanopublications_command:nanopublications",
        "fhir": "cellkg.cli.export_fhir_command:fhir",
    },
    "Description": {
        "description": "cellkg.cli.export_description_command:description",
        "ro-crate": "cellkg.cli.export_description_command:ro_crate",
    },
    "Questions": {
        "questions": "cellkg.cli.export_questions_command:questions",
    },
}
"""Every form by its kind: the module that holds the command, and its name there."""


@click.group(cls=CommandsOnDemand, sections=COMMANDS, short_help="Graphs for other programs.")
@graph_options
def export() -> None:
    """Graphs for other programs.

    Example:
      cellkg export turtle --study ms-intrathecal-msc-poster
    """
