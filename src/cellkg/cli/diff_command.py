"""``cellkg diff``: what changed between two versions of the graphs."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from cellkg.cli.exit_codes import FINDINGS
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import deliver, output_options, paint_for_output, tell
from cellkg.cli.settings import SHIPPED, debug_option, settings_of
from cellkg.errors import UserInputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cellkg.cli.diff_told import Told
    from cellkg.comparing import Version
    from cellkg.graph import Graph
    from cellkg.pipeline import Progress

FORMATS = ("text", "md", "json", "csv")
SHOWN = 10
"""How many records of a graph and rows of an answer are shown, where nothing else is asked for."""


@click.command(
    cls=WithExample, short_help="Two versions of the graphs: what was added, changed or withdrawn."
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--answers/--no-answers",
    default=True,
    help="Whether both are asked the stored questions as well, for which each is built first.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    default=SHOWN,
    help="Show at most that many records of a study and rows of an answer as text and md;"
    f" {SHOWN} unless given. The others are counted; json and csv have them all.",
)
@output_options(FORMATS)
@debug_option
@click.pass_context
def diff(
    context: click.Context,
    before: str,
    after: str,
    form: str,
    output: str,
    limit: int,
    *,
    answers: bool,
) -> None:
    """Two versions of the graphs: what was added, changed or withdrawn.

    A and B are folders or files of graphs, folders that cellkg import made, or the word shipped.
    A folder that holds the folders ontology and graphs is a version with an ontology and terms of
    its own; otherwise both have those that come with cellkg.

    It tells, study by study, which records came, went or changed, with the old and the new value
    and the words they rest on; then what changed in terms, ontology and institutions; then which
    stored questions are answered differently. Questions that require something are asked with the
    values of their examples (cellkg query NAME --help). A record that only has another name, and
    words that only stand elsewhere, are counted and are no news. Shapes and questions are not
    compared. The process ends with 0 where there is no news, and with 1 where there is.

    Example:
      cellkg diff shipped my-graphs --no-answers
      cellkg diff shipped my-graphs --no-answers -f md -o changes.md
    """
    from cellkg.cli.diff_told import Told
    from cellkg.cli.progress import building
    from cellkg.comparing import compare

    settings = settings_of(context)
    if settings.graphs or settings.store:
        raise click.UsageError("A and B name the graphs: leave out --graphs and --store.")
    with building() as progress:
        old, new = _opened(before, progress), _opened(after, progress)
        difference = compare(old.version, new.version, progress)
        labels = old.version.labels() | new.version.labels() if difference.news else {}
        told = Told(difference, labels)
        if answers and difference.graphs:
            told = _with_answers(told, old, new, progress)
    deliver(_written(told, form, limit, output).encode("utf-8"), output)
    tell(told.summary())
    if told.has_news:
        context.exit(FINDINGS)


class _Opened(NamedTuple):
    """A version, and how its graph is opened to be asked."""

    version: Version
    graph: Graph


def _opened(given: str, progress: Progress) -> _Opened:
    """Open what stands for a version on the command line."""
    from cellkg.comparing import FileVersion, StoreVersion
    from cellkg.graph import Graph, open_graph
    from cellkg.pipeline import Inputs, open_cached
    from cellkg.shipped_files import folder
    from cellkg.store.complete_folders import MARKER

    place = folder("graphs") if given == SHIPPED else Path(given)
    if not place.exists():
        raise UserInputError(
            f"There is no '{given}': give a folder or a file of graphs, a folder that  cellkg"
            f" import  made, or the word {SHIPPED}.",
            value=given,
            suggestions=[SHIPPED],
        )
    if (place / MARKER).is_file():
        graph = open_graph(store=given)
        return _Opened(StoreVersion(given, graph.store), graph)
    ontology = folder("ontology")
    if (place / "ontology").is_dir() and (place / "graphs").is_dir():
        ontology, place = place / "ontology", place / "graphs"
    inputs = Inputs(ontology, (place,))
    graph = Graph(lambda: open_cached(inputs, progress=progress), inputs.graphs)
    return _Opened(FileVersion(given, ontology, [place]), graph)


def _with_answers(told: Told, old: _Opened, new: _Opened, progress: Progress) -> Told:
    from cellkg.cli.query_command import example_values
    from cellkg.comparing import Asking, compare_answers

    before, after = (
        Asking(each.version.name, each.graph.store, each.graph.terms) for each in (old, new)
    )
    changes, not_asked = compare_answers(
        before, after, new.graph.questions, example_values, progress
    )
    return told._replace(
        answers=tuple(changes), not_asked=tuple(not_asked), asked=len(new.graph.questions)
    )


def _written(told: Told, form: str, limit: int, output: str) -> str:
    if form in {"json", "csv"}:
        from cellkg.cli.diff_data import as_csv, as_json

        return as_json(told) if form == "json" else as_csv(told)
    from cellkg.cli.diff_screen import as_markdown, as_text

    if form == "md":
        return as_markdown(told, limit)
    return as_text(told, limit, paint_for_output(output))
