"""The command ``cellkg``: which commands there are, and where each is to be found."""

from __future__ import annotations

import click

from cellkg.cli.exit_codes import told
from cellkg.cli.on_demand import CommandsOnDemand
from cellkg.cli.settings import graph_options, settings_of
from cellkg.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

COMMANDS = {
    "Ask": {
        "ask": "cellkg.cli.ask_command:ask",
        "query": "cellkg.cli.query_command:query",
        "sparql": "cellkg.cli.sparql_command:sparql",
    },
    "Look at the evidence": {
        "show": "cellkg.cli.show_command:show",
        "why": "cellkg.cli.why_command:why",
        "terms": "cellkg.cli.terms_command:terms",
    },
    "Take in registry records": {
        "import": "cellkg.cli.import_command:import_group",
        "fetch": "cellkg.cli.fetch_command:fetch",
    },
    "Keep the graphs in order": {
        "build": "cellkg.cli.build_command:build",
        "validate": "cellkg.cli.validate_command:validate",
        "check": "cellkg.cli.check_command:check",
        "diff": "cellkg.cli.diff_command:diff",
    },
    "See it and take it away": {
        "draw": "cellkg.cli.draw_command:draw",
        "export": "cellkg.cli.export_command:export",
        "docs": "cellkg.cli.docs_command:docs",
    },
}
"""Every command by its group: the module that holds it, and its name there."""


class Program(CommandsOnDemand):
    """The whole program: it tells every error in a sentence."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click types it
        """Run the command; what goes wrong becomes a sentence and an exit code."""
        with told(lambda: settings_of(ctx).debug):
            return super().invoke(ctx)


@click.group(
    cls=Program,
    sections=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    # Two paragraphs; a blank line parts them.
    epilog="Exit codes: 0 fine; 1 findings; 2 wrong usage or input; 3 a source, data file, store"
    " or output is not what it should be; 70 a mistake in cellkg itself.\n\n"
    'Tab completion: eval "$(_CELLKG_COMPLETE=bash_source cellkg)" '
    "(or zsh_source, fish_source).",
)
@graph_options
@click.version_option(__version__, message="cellkg %(version)s")
def cellkg() -> None:
    """An evidence graph of cell therapy in people.

    Every number can show the words it came from, and every answer says what is denied, what is
    unknown and what is silent.

    Example:
      cellkg ask "which intrathecal MSC trials reported fever"
    """
