"""``cellkg ask``: a question in words."""

from __future__ import annotations

import click

from cellkg.cli.answer_screen import ANSWER_FORMATS, deliver_answer
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import limit_option, output_options, tell
from cellkg.cli.settings import graph_options, settings_of


@click.command(
    cls=WithExample, short_help="A question in words: says what it understood, then answers."
)
@click.argument("sentence", nargs=-1, required=True)
@output_options(ANSWER_FORMATS)
@limit_option
@graph_options
@click.pass_context
def ask(
    context: click.Context, sentence: tuple[str, ...], limit: int | None, form: str, output: str
) -> None:
    """A question in words: says what it understood, then answers.

    The sentence is matched with the stored questions and the terms; nothing is guessed by a
    language model, and a part that stands for nothing is told.

    Example:
      cellkg ask "which intrathecal MSC trials reported fever"
      cellkg ask which studies say nothing about fever -f csv
    """
    graph = settings_of(context).open()
    understood = graph.understand(" ".join(sentence))
    tell(str(understood))
    tell(f"The same:  {understood.command()}\n")
    deliver_answer(graph.ask(understood.question, limit=limit, **understood.values), form, output)
