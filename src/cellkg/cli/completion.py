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

    from cellkg.querying import Parameter

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


def complete_value(
    parameter: Parameter,
) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Offer what a parameter of a question takes."""

    @quietly
    def complete(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        from cellkg.querying.named_things import THINGS, list_things

        if parameter.kind is None:
            offered = ["true", "false"] if parameter.type == "boolean" else []
        elif parameter.kind in THINGS:
            things = list_things(parameter.kind, settings_of(context).open().store)
            offered = [thing.short_name for thing in things]
        else:
            terms = settings_of(context).open().terms
            offered = sorted(term.label for term in terms.of_kind(parameter.kind))
        return [each for each in offered if each.startswith(incomplete)]

    return complete


@quietly
def complete_kind(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Offer the kinds of terms."""
    kinds = settings_of(context).open().terms.kinds
    return [each for each in kinds if each.startswith(incomplete)]
