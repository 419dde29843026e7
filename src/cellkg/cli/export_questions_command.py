"""``cellkg export questions``: the stored questions for SPARQL editors."""

from __future__ import annotations

import re

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.output import deliver, file_option
from cellkg.cli.settings import graph_options, settings_of

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@click.command(
    cls=WithExample,
    short_help="The stored questions as Turtle that SPARQL editors read (sh:SPARQLExecutable).",
)
@click.option(
    "--endpoint",
    metavar="URL",
    help="The address of a SPARQL endpoint that they can be asked at.",
)
@file_option
@graph_options
@click.pass_context
def questions(context: click.Context, endpoint: str | None, output: str) -> None:
    """The stored questions as Turtle that SPARQL editors read (sh:SPARQLExecutable).

    Example:
      cellkg export questions -o questions.ttl
    """
    from cellkg.querying.executable_examples import questions_as_turtle

    if endpoint is not None and not _ADDRESS.fullmatch(endpoint):
        problem = f"'{endpoint}' is not a web address; write one like https://example.org/sparql."
        raise click.BadParameter(problem, param_hint="--endpoint")
    graph = settings_of(context).open()
    deliver(questions_as_turtle(graph.questions, endpoint), output)
