"""``cellkg why``: the evidence behind one answer."""

from __future__ import annotations

import click

from cellkg.cli.completion import complete_study
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import deliver, output_options, paint_for_output, width_of_output
from cellkg.cli.settings import graph_options, settings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from cellkg.store import GraphStore

FORMATS = ("text", "json")


@click.command(
    cls=WithExample,
    short_help="The evidence behind an answer: whose words, and what speaks against them.",
)
@click.argument("record", shell_complete=complete_study)
@output_options(FORMATS)
@graph_options
@click.pass_context
def why(context: click.Context, record: str, form: str, output: str) -> None:
    """The evidence behind an answer: whose words, and what speaks against them.

    RECORD is what the column "record" of an answer shows: study#name. With a study alone it
    says what was read of its sources, and which harms they speak of.

    Example:
      cellkg why ms-intrathecal-msc-poster#fever
      cellkg why als-intrathecal-msc-hadassah
    """
    from cellkg.graph.names import find_record

    store = settings_of(context).open().store
    deliver(_written(store, find_record(store, record), form, output), output)


def _written(store: GraphStore, record: NamedNode, form: str, output: str) -> bytes:
    from cellkg.cli import grounds_screen
    from cellkg.vocabulary import STUDY

    width, paint = width_of_output(output), paint_for_output(output)
    if record.value in STUDY and "#" not in record.value:
        from cellkg.graph.study_facts import study_facts

        study = study_facts(store, record)
        if form == "json":
            return grounds_screen.as_json(grounds_screen.harms_object(study))
        return grounds_screen.harms_screen(study, width, paint).encode("utf-8")
    from cellkg.graph.grounds import grounds

    found = grounds(store, record)
    if form == "json":
        return grounds_screen.as_json(grounds_screen.grounds_object(found))
    return grounds_screen.grounds_screen(found, width, paint).encode("utf-8")
