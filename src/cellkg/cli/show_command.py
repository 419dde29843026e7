"""``cellkg show``: everything that is held about a study."""

from __future__ import annotations

import click

from cellkg.cli.completion import complete_study
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import deliver, output_options, paint_for_output, tell, width_of_output
from cellkg.cli.settings import graph_options, settings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cellkg.graph.study_facts import StudyFacts

FORMATS = ("text", "md", "json", "ttl", "jsonld")


@click.command(
    cls=WithExample,
    short_help="A study: every fact with the words it rests on, and what is not stated.",
)
@click.argument("study", shell_complete=complete_study)
@output_options(FORMATS)
@graph_options
@click.pass_context
def show(context: click.Context, study: str, form: str, output: str) -> None:
    """A study: every fact with the words it rests on, and what is not stated.

    STUDY is an id, a CURIE, an IRI, or as much of an id as makes it unique. The numbers in
    brackets point to the quotes below each record; "inferred" and "derived" say how a value
    follows where the source does not state it.

    Example:
      cellkg show ms-intrathecal-msc-poster
      cellkg show als-intrathecal-msc -f md -o als.md
    """
    from cellkg.graph.study_facts import study_facts
    from cellkg.querying.named_things import find_thing

    store = settings_of(context).open().store
    facts = study_facts(store, find_thing(study, "study", store))
    deliver(written(facts, form, output), output)
    if form == FORMATS[0]:
        tell(f"\nWhere the words stand:  cellkg why {facts.name}#NAME")


def written(facts: StudyFacts, form: str, output: str) -> bytes:
    """Write the facts of a study in one of the formats."""
    from cellkg.cli import record_screen

    if form == "ttl":
        from cellkg.exporting import canonical_turtle

        return canonical_turtle(facts.triples, facts.iri.value)
    if form == "jsonld":
        from cellkg.exporting import json_ld

        return json_ld(facts.triples)
    if form == "json":
        import json

        text = json.dumps(record_screen.study_object(facts), indent=2, ensure_ascii=False) + "\n"
    elif form == "md":
        text = record_screen.study_markdown(facts)
    else:
        width, paint = width_of_output(output), paint_for_output(output)
        text = record_screen.study_screen(facts, width, paint)
    return text.encode("utf-8")
