"""The tables of the benchmark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from peers import BY_CELLKG, BY_OXIGRAPH, BY_RDFLIB, BY_SQLITE, START_OF_CELLKG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MEGABYTE: Final = 1_000_000


class Measured(NamedTuple):
    """What was measured on one set of graphs.

    Attributes:
        title: As the table names it.
        asking: Seconds of a whole process, by the name of the peer.
        rows: How many rows the answer has.
        build: Seconds that cellkg took from the files to a store.
        load: Seconds that Oxigraph took to load the statements of that store and arrange them.
        store: The size of the store in bytes.
        loaded: The size of the store that Oxigraph loaded, in bytes.
        statements: How many both hold.
    """

    title: str
    asking: dict[str, float]
    rows: int
    build: float
    load: float
    store: int
    loaded: int
    statements: int


def asking(columns: Sequence[Measured], runs: int) -> Iterator[str]:
    """Write how long whole processes took, in milliseconds and in times of `oxigraph query`.

    Args:
        columns: The sets of graphs; every peer answers over the first.
        runs: How many runs the medians are of.
    """
    yield _line(f"Asking, ms, median of {runs} (times oxigraph)", [each.title for each in columns])
    for name in columns[0].asking:
        yield _line(name, [_time(name, each.asking) for each in columns])
    yield _line("rows, the same from all", [f"{each.rows:,}" for each in columns])


def _time(name: str, seconds: dict[str, float]) -> str:
    if name not in seconds:
        return "does not end"
    return f"{1000 * seconds[name]:,.1f} ({seconds[name] / seconds[BY_OXIGRAPH]:.1f})"


def building(columns: Sequence[Measured]) -> Iterator[str]:
    """Write how long it takes to make the stores, and how large they are.

    Args:
        columns: The sets of graphs.
    """
    yield _line("Building", [each.title for each in columns])
    yield _line("cellkg build, s", [f"{each.build:.1f}" for each in columns])
    yield _line("oxigraph load and optimize, s", [f"{each.load:.1f}" for each in columns])
    yield _line("cellkg store, MB", [f"{each.store / _MEGABYTE:,.1f}" for each in columns])
    yield _line("oxigraph store, MB", [f"{each.loaded / _MEGABYTE:,.1f}" for each in columns])
    yield _line("statements", [f"{each.statements:,}" for each in columns])


def ratios(shipped: Measured, many: Measured) -> Iterator[str]:
    """Write the ratios that have goals.

    Args:
        shipped: The shipped graphs.
        many: The made-up studies.
    """
    few, much = shipped.asking, many.asking
    limit = 2 * much[BY_SQLITE] + much[START_OF_CELLKG]
    yield _line("Ratios", ["measured", "goal"])
    yield _line("cellkg / oxigraph, shipped", [f"{few[BY_CELLKG] / few[BY_OXIGRAPH]:.1f}", "≤ 4"])
    yield _line("rdflib / cellkg, shipped", [f"{few[BY_RDFLIB] / few[BY_CELLKG]:.1f}", "≥ 5"])
    name = f"cellkg / (2 SQLite + start-up), {many.title}"
    yield _line(name, [f"{much[BY_CELLKG] / limit:.1f}", "≤ 1"])


def _line(name: str, cells: Iterable[str]) -> str:
    return f"{name:<48}" + "".join(f"{cell:>18}" for cell in cells)
