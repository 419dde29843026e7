"""``cellkg build``: the copy of the graphs that questions are asked of."""

from __future__ import annotations

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.output import deliver, tell
from cellkg.cli.screen import labelled
from cellkg.cli.settings import graph_options, settings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cellkg.pipeline import BuiltGraph


@click.command(
    cls=WithExample, short_help="The stored copy of the graphs: built, or found up to date."
)
@graph_options
@click.pass_context
def build(context: click.Context) -> None:
    """The stored copy of the graphs: built, or found up to date.

    Questions build it by themselves when a file changed; this does it ahead of time, and says
    what was read. The copy lies in the folder CELLKG_CACHE, or where this system keeps caches.

    Example:
      cellkg build
      cellkg build --graphs shipped --graphs my-graphs
    """
    built = settings_of(context).open().built
    deliver(report_of(built).encode("utf-8"), "-")
    for path in built.report.ignored:
        tell(f"Ignored: '{path}' is neither a graph file nor documentation.")


def report_of(built: BuiltGraph) -> str:
    """Write what a build read and made."""
    from cellkg.store.cache import default_folder

    report = built.report
    facts = {
        "state": "built now" if built.rebuilt else "up to date",
        "files": f"{report.files:,}",
        "studies": f"{report.studies:,}",
        "statements": f"{report.quads:,}, {report.closure:,} of them concluded",
        "data": built.data_version,
        "cache": str(default_folder()),
    }
    label_width = max(map(len, facts))
    lines = [
        line for label, text in facts.items() for line in labelled(label, text, label_width, None)
    ]
    return "".join(line + "\n" for line in lines)
