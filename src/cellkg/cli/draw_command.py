"""``cellkg draw``: pictures of the evidence."""

from __future__ import annotations

import click

from cellkg.cli.on_demand import CommandsOnDemand
from cellkg.cli.settings import graph_options

COMMANDS = {
    "What there is": {
        "map": "cellkg.cli.draw_map_command:map_command",
        "network": "cellkg.cli.draw_network_command:network",
        "timeline": "cellkg.cli.draw_timeline_command:timeline",
    },
    "What was found": {
        "forest": "cellkg.cli.draw_forest_command:forest",
    },
}
"""Every picture by what it tells: the module that holds the command, and its name there."""


@click.group(cls=CommandsOnDemand, sections=COMMANDS, short_help="Pictures of the evidence.")
@graph_options
def draw() -> None:
    """Pictures of the evidence.

    Each is a page that works offline (.html), with search, filters, a table and the words behind
    the picture, or a still of it (.svg, .png, .pdf), by the suffix of the file.

    Example:
      cellkg draw map -o map.html
    """
