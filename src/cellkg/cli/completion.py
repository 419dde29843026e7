"""What the Tab key offers: questions, terms, studies and records.

A completion that cannot be worked out offers nothing; it never prints an error into the line.
"""

from __future__ import annotations

from functools import wraps

from cellkg.cli.settings import settings_of
from cellkg.errors import CellkgError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    import click

    Completer = Callable[[click.Context, click.Parameter, str], list[str]]

OFFERED = 50
"""How many completions are offered at most; a shell asks before it shows more."""


def quietly(completer: Completer) -> Completer:
    """Offer nothing where the graphs cannot be read."""

    @wraps(completer)
    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        try:
            return completer(context, parameter, incomplete)[:OFFERED]
        except CellkgError:
            return []

    return complete


@quietly
def complete_study(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Offer the short names of studies; after a # the records of the study."""
    from cellkg.graph.names import names_beginning

    return names_beginning(settings_of(context).open().store, incomplete)
