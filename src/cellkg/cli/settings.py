"""What stands before or after any command: which graphs, which store, and whether to debug."""

from __future__ import annotations

from pathlib import Path

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from cellkg.graph import Graph

    Decorated = TypeVar("Decorated", bound=Callable[..., object])

SHIPPED = "shipped"
"""The word that stands for the graphs that come with cellkg, where a folder is asked for."""


class Settings:
    """The choices of one run, kept by click in ``ctx.obj``.

    Attributes:
        graphs: Folders with graphs, in the order given; empty for the shipped ones.
        store: "cache", "memory", the folder of an imported store, or the address of a SPARQL
            endpoint.
        debug: Whether an error shows its traceback.
    """

    __slots__ = ("debug", "graphs", "store")

    def __init__(self) -> None:
        self.graphs: tuple[str, ...] = ()
        self.store: str | None = None
        self.debug = False

    def open(self) -> Graph:
        """Open the graph that was chosen.

        Raises:
            CellkgError: It cannot be opened; the message says why, and what to type.
        """
        from cellkg.cli.progress import building
        from cellkg.graph import open_graph

        folders = [each if each == SHIPPED else Path(each) for each in self.graphs]
        with building() as progress:
            graph = open_graph(folders or None, self.store or "cache", progress=progress)
            _ = graph.store  # a copy is built now, while somebody is told how far it is
        return graph


def settings_of(context: click.Context) -> Settings:
    """Give the settings of this run, the same for all of its commands."""
    return context.find_root().ensure_object(Settings)


def _add_graphs(context: click.Context, _: click.Parameter, value: tuple[str, ...]) -> None:
    settings = settings_of(context)
    settings.graphs += value


def _set_store(context: click.Context, _: click.Parameter, value: str | None) -> None:
    settings = settings_of(context)
    if value is not None:
        settings.store = value


def _set_debug(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it
    settings = settings_of(context)
    settings.debug = settings.debug or value


def _complete_store(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    return [
        each for each in ("cache", "memory", "http://", "https://") if each.startswith(incomplete)
    ]


def debug_option(command: Decorated) -> Decorated:
    """Give a command the option --debug."""
    return click.option(
        "--debug",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_set_debug,
        help="Show the traceback of an error.",
    )(command)


def graph_options(command: Decorated) -> Decorated:
    """Give a command the options --graphs, --store and --debug, which its group has as well."""
    command = debug_option(command)
    command = click.option(
        "--store",
        metavar="cache|memory|DIR|URL",
        expose_value=False,
        callback=_set_store,
        shell_complete=_complete_store,
        help="Where the graphs are asked: the cache on disk (default), memory, "
        "a folder that cellkg import made, or any SPARQL 1.1 endpoint.",
    )(command)
    return click.option(
        "--graphs",
        metavar="DIR",
        multiple=True,
        expose_value=False,
        callback=_add_graphs,
        help="A folder of graphs instead of the shipped ones; may be given several times. "
        f"The word {SHIPPED} includes them.",
    )(command)
