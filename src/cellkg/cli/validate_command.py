"""``cellkg validate``: whether graph files are what they should be."""

from __future__ import annotations

from pathlib import Path

import click

from cellkg.cli.exit_codes import FINDINGS
from cellkg.cli.findings import FORMATS, deliver_report
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import output_options
from cellkg.cli.settings import debug_option


@click.command(
    cls=WithExample,
    short_help="Graph files: shapes, checks, values in their quotes, quotes in documents.",
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--sources",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the documents and registry records as read: every quote is looked up.",
)
@output_options(FORMATS)
@debug_option
@click.pass_context
def validate(
    context: click.Context, paths: tuple[Path, ...], sources: Path | None, form: str, output: str
) -> None:
    """Graph files: shapes, checks, values in their quotes, quotes in documents.

    PATH is a graph file or a folder of them; without one, the terms and graphs that come with
    cellkg are checked. What was found is kept in the cache, so that only what changed is checked
    again. The process ends with 1 where there is a violation; warnings do not matter.

    Example:
      cellkg validate
      cellkg validate my-graphs/trial.ttl --sources documents
    """
    from cellkg.cli.progress import building
    from cellkg.validation import validate as validate_files

    with building() as progress:
        report = validate_files(paths, sources, progress)
    deliver_report(report, form, output)
    if not report.conforms:
        context.exit(FINDINGS)
