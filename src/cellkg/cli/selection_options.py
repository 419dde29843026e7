"""The options by which a picture or an export is narrowed down to some studies."""

from __future__ import annotations

import click

from cellkg.cli.completion import complete_study
from cellkg.cli.settings import settings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cellkg.graph import Graph
    from cellkg.overview import Selection

    Decorated = Callable[..., Any]


def selection_options(command: Decorated) -> Decorated:
    """Give a command the options --study, --term and --question; `selected` takes their values."""
    command = click.option(
        "--question",
        metavar="WORDS",
        help="The studies in the answer to this question, the silent ones too: in words, or a "
        "stored question with values, such as 'adverse-event-silence event=fever'.",
    )(command)
    command = click.option(
        "--term",
        "about",
        metavar="TERM",
        multiple=True,
        help="The studies that name this term or a narrower one; may be given several times.",
    )(command)
    return click.option(
        "--study",
        "studies",
        metavar="STUDY",
        multiple=True,
        shell_complete=complete_study,
        help="Only this study; may be given several times.",
    )(command)


def selected(
    context: click.Context, studies: tuple[str, ...], about: tuple[str, ...], question: str | None
) -> tuple[Graph, Selection]:
    """Open the graph, and choose the studies in it that the options ask for.

    Raises:
        CellkgError: The graph cannot be opened, or the options fit no study.
    """
    graph = settings_of(context).open()
    return graph, graph.select(studies=studies, about=about, question=question)
