"""``cellkg check``: the questions whose rows mean that something is wrong."""

from __future__ import annotations

import click

from cellkg.cli.exit_codes import FINDINGS
from cellkg.cli.findings import FORMATS, deliver_report
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import output_options
from cellkg.cli.settings import graph_options, settings_of


@click.command(
    cls=WithExample,
    short_help="The graphs as a whole: questions whose rows mean something is wrong.",
)
@output_options(FORMATS)
@graph_options
@click.pass_context
def check(context: click.Context, form: str, output: str) -> None:
    """The graphs as a whole: questions whose rows mean something is wrong.

    They stand in queries/checks, and are asked of the built graphs with all that follows from
    them; `cellkg validate` looks at the files. The process ends with 1 where one has rows.

    Example:
      cellkg check
      cellkg check -f csv -o findings.csv
    """
    from cellkg.cli.progress import building
    from cellkg.shipped_files import folder
    from cellkg.validation import ValidationReport
    from cellkg.validation.graph_files import read_files
    from cellkg.validation.violation_queries import run_checks

    graph = settings_of(context).open()
    files = read_files(graph.paths)
    with building() as progress:
        findings = tuple(run_checks(graph.store, folder("queries") / "checks", files, progress))
    report = ValidationReport(findings=findings, files=tuple(file.path for file in files))
    deliver_report(report, form, output)
    if not report.conforms:
        context.exit(FINDINGS)
