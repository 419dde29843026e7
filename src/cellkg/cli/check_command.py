"""``cellkg check``: the questions whose rows mean that something is wrong."""

from __future__ import annotations

import click

from cellkg.cli.exit_codes import FINDINGS
from cellkg.cli.output import deliver, output_options, paint_for_output, tell, width_of_output
from cellkg.cli.screen import Column, lay_out
from cellkg.cli.settings import graph_options, settings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = ("table", "json", "csv")
COLUMNS = ("check", "record", "property", "value", "message")


@click.command(short_help="The graphs as a whole: checks whose rows mean that something is wrong.")
@output_options(FORMATS)
@graph_options
@click.pass_context
def check(context: click.Context, form: str, output: str) -> None:
    r"""The graphs as a whole: checks whose rows mean that something is wrong.

    Each check is a stored query in queries/checks. The process ends with 1 where one of them has
    rows. `cellkg validate` checks files one by one instead, before they are built.

    \b
    Example:
      cellkg check
      cellkg check --graphs my-graphs -f csv -o findings.csv
    """
    from cellkg.graph.names import spoken
    from cellkg.querying import list_questions
    from cellkg.shipped_files import folder

    graph = settings_of(context).open()
    checks = list_questions(folder("queries") / "checks")
    rows = []
    for each in checks:
        answer = graph.ask(each)
        names = [column.name for column in answer.columns]
        for row in answer.rows:
            cells = {name: spoken(node, {}) for name, node in zip(names, row, strict=True)}
            cells["check"] = each.name.removesuffix("-violation")
            rows.append([cells.get(name, "") for name in COLUMNS])
    deliver(_written(rows, form, output), output)
    failed = len({row[0] for row in rows})
    tell(f"{len(checks)} checks: {len(checks) - failed} passed, {failed} failed, {len(rows)} rows")
    if rows:
        context.exit(FINDINGS)


def _written(rows: Sequence[Sequence[str]], form: str, output: str) -> bytes:
    if form == "json":
        import json

        objects = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        return (json.dumps(objects, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
    if form == "csv":
        import csv
        from io import StringIO

        text = StringIO()
        csv.writer(text).writerows([COLUMNS, *rows])
        return text.getvalue().encode("utf-8")
    if not rows:
        return b""
    columns = [
        Column(name, [row[place] for row in rows], prose=name == "message")
        for place, name in enumerate(COLUMNS)
    ]
    return lay_out(columns, width_of_output(output), paint_for_output(output)).encode("utf-8")
