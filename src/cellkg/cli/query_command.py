"""``cellkg query``: the stored questions, each a command of its own made from its file."""

from __future__ import annotations

import click

from cellkg.cli.answer_screen import ANSWER_FORMATS
from cellkg.cli.completion import complete_value
from cellkg.cli.help_text import GroupWithExample, write_example
from cellkg.cli.output import (
    deliver,
    limit_option,
    output_options,
    paint_for_output,
    width_of_output,
)
from cellkg.cli.settings import graph_options, settings_of
from cellkg.querying import find_question, list_questions
from cellkg.querying.literal_values import EXAMPLES
from cellkg.querying.stored_question import SUFFIX
from cellkg.shipped_files import folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cellkg.querying import Parameter, StoredQuestion

_METAVARS = {
    "iri": "TERM",
    "integer": "NUMBER",
    "number": "NUMBER",
    "boolean": "true|false",
    "date": "DATE",
    "literal": "TEXT",
}
_THINGS = ("study", "source", "institution")
_EXAMPLE_VALUES = {
    "adverse-events": "fever",
    "cell-types": "MSC",
    "conditions": "multiple sclerosis",
    "donors": "autologous",
    "outcome-measures": "EDSS",
    "routes": "intrathecal",
    "source": "ms-intrathecal-msc-poster",
    "study": "ms-intrathecal-msc-poster",
    "tissues": "bone marrow",
}
"""A value for every kind that a question requires, which is in the shipped graphs."""


HOW_TO_GIVE = (
    "Each may be given several times. A TERM is a label, a synonym, a CURIE or an IRI; "
    "cellkg terms --kind KIND lists them. The word any leaves a default open."
)
"""What is the same for the parameters of all questions."""


class Questions(GroupWithExample):
    """The stored questions as commands; only the one that is asked is read."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """List the names of all questions."""
        return sorted(path.stem for path in folder("queries").glob("*" + SUFFIX))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of one question.

        Raises:
            UserInputError: There is no such question; the message names the nearest.
        """
        if ctx.resilient_parsing and cmd_name not in self.list_commands(ctx):
            return None
        return question_command(find_question(cmd_name, folder("queries")))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click gives it
        """List the questions by their tags."""
        for tag, rows in questions_by_tag().items():
            with formatter.section(tag.capitalize()):
                formatter.write_dl(rows)


class QuestionCommand(click.Command):
    """The command of one question, whose help is the header of its file.

    Args:
        question: The question.
        **settings: What click takes.
    """

    def __init__(self, question: StoredQuestion, **settings: Any) -> None:  # noqa: ANN401 - as click types them
        super().__init__(**(settings | {"name": question.name, "help": question.summary}))
        self.question = question

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the question takes and answers, an example, and the other options."""
        question = self.question
        with formatter.section("In words"):
            formatter.write_text(question.question)
        if question.parameters:
            with formatter.section("What it takes"):
                formatter.write_dl([_described(each) for each in question.parameters])
                formatter.write_paragraph()
                formatter.write_text(HOW_TO_GIVE)
        with formatter.section("What it answers"):
            formatter.write_dl(
                [
                    (column.name, column.meaning + (f" ({column.unit})" if column.unit else ""))
                    for column in question.columns
                ]
            )
        write_example(formatter, [example_of(question)])
        records = [
            record
            for parameter in self.get_params(ctx)
            if not (parameter.name or "").startswith("value_")
            and (record := parameter.get_help_record(ctx)) is not None
        ]
        with formatter.section("Options"):
            formatter.write_dl(records)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click gives it
        """Write the question in one sentence, and what a reader has to know of it."""
        for text in (self.question.summary, self.question.description):
            if text:
                formatter.write_paragraph()
                with formatter.indentation():
                    formatter.write_text(text)


def _described(parameter: Parameter) -> tuple[str, str]:
    marks = ["required"] if parameter.required else []
    if parameter.kind is not None and parameter.kind not in _THINGS:
        marks.append(f"kind: {parameter.kind}")
    if parameter.default is not None:
        marks.append(f"default: {parameter.default}")
    return f"{parameter.option} {_metavar(parameter)}", f"{parameter.help} [{'; '.join(marks)}]"


def _metavar(parameter: Parameter) -> str:
    return parameter.kind.upper() if parameter.kind in _THINGS else _METAVARS[parameter.type]


def example_of(question: StoredQuestion) -> str:
    """Write a command line that asks a question, ready to be typed."""
    from shlex import quote

    values = "".join(
        f" {question.parameter(name).option} {quote(value)}"
        for name, value in example_values(question).items()
    )
    return f"cellkg query {question.name}{values}"


def example_values(question: StoredQuestion) -> dict[str, str]:
    """Give a value for every parameter that a question requires, by its name."""
    return {
        each.name: EXAMPLES[each.type] if each.kind is None else _EXAMPLE_VALUES[each.kind]
        for each in question.parameters
        if each.required
    }


def question_command(question: StoredQuestion) -> click.Command:
    """Make the command that asks a question.

    Args:
        question: The question.

    Returns:
        A command with an option for every parameter.
    """

    @click.pass_context
    def ask(
        context: click.Context,
        /,
        form: str,
        output: str,
        limit: int | None,
        **given: tuple[str, ...],
    ) -> None:
        from cellkg.cli.answer_screen import deliver_answer

        graph = settings_of(context).open()
        values = {
            parameter.name: given[f"value_{parameter.name}"] or None
            for parameter in question.parameters
        }
        deliver_answer(graph.ask(question, limit=limit, **values), form, output)

    options = [
        click.Option(
            [parameter.option, f"value_{parameter.name}"],
            multiple=True,
            metavar=_metavar(parameter),
            shell_complete=complete_value(parameter),
        )
        for parameter in question.parameters
    ]
    decorated = output_options(ANSWER_FORMATS)(limit_option(graph_options(ask)))
    return click.command(cls=QuestionCommand, question=question, params=options)(decorated)


def questions_by_tag() -> dict[str, list[tuple[str, str]]]:
    """List names and summaries of the questions by their first tag."""
    listed: dict[str, list[tuple[str, str]]] = {}
    for question in list_questions(folder("queries")):
        listed.setdefault(question.tags[0], []).append((question.name, question.summary))
    return dict(sorted(listed.items()))


@click.group(
    cls=Questions,
    invoke_without_command=True,
    subcommand_metavar="[NAME [OPTIONS]]",
    short_help="Stored questions: list them, describe one, ask one.",
)
@graph_options
@click.pass_context
def query(context: click.Context) -> None:
    """Stored questions: list them, describe one, ask one.

    Without a name the questions are listed. Each is a command with its own help, which says what
    it takes and what its columns mean.

    Example:
      cellkg query
      cellkg query adverse-event-answers --help
      cellkg query adverse-event-answers --cell-type MSC --route intrathecal --event fever
    """
    if context.invoked_subcommand is not None:
        return
    from cellkg.cli.screen import labelled

    width, paint = width_of_output("-"), paint_for_output("-")
    lines = []
    listed = questions_by_tag()
    label_width = max(len(name) for rows in listed.values() for name, _ in rows)
    for tag, rows in listed.items():
        lines += ["", paint(tag.upper(), "heading")]
        for name, summary in rows:
            lines += labelled(name, summary, label_width, width)
    deliver(("\n".join(line.rstrip() for line in lines[1:]) + "\n").encode("utf-8"), "-")
