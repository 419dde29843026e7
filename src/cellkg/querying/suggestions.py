"""What somebody may have meant who typed a name that does not exist."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LEAST_LIKENESS = 0.65

SUGGESTIONS = 3
"""How many near misses a message names."""


def nearest(text: str, names: Iterable[str]) -> list[str]:
    """Find the names that somebody may have meant, best first.

    Args:
        text: What was typed.
        names: What exists.

    Returns:
        At most three names: those that contain the text, then those spelt like it.

    Example:
        >>> nearest("doze", ["doses", "doses-properties", "studies"])
        ['doses']
        >>> nearest("doses", ["doses-properties", "studies"])
        ['doses-properties']
    """
    from difflib import get_close_matches

    by_spelling = {name.casefold(): name for name in names}
    wanted = text.casefold()
    containing = [each for each in by_spelling if wanted and wanted in each]
    close = get_close_matches(wanted, by_spelling, n=SUGGESTIONS, cutoff=_LEAST_LIKENESS)
    found = [by_spelling[each] for each in dict.fromkeys([*containing, *close])]
    return found[:SUGGESTIONS]


def or_list(names: Sequence[str]) -> str:
    """Write names as a person lists alternatives.

    Example:
        >>> or_list(["doses"]), or_list(["a", "b", "c"])
        ("'doses'", "'a', 'b' or 'c'")
    """
    return _listed([f"'{name}'" for name in names], "or")


def and_list(names: Sequence[str]) -> str:
    """Write names as a person lists things that belong together.

    Example:
        >>> and_list(["route"]), and_list(["cell type", "route", "event"])
        ('route', 'cell type, route and event')
    """
    return _listed(names, "and")


def _listed(names: Sequence[str], last_joint: str) -> str:
    *first, last = names
    return f"{', '.join(first)} {last_joint} {last}" if first else last


def did_you_mean(found: Sequence[str], listing: str) -> str:
    """Write the second half of a message about a name that does not exist.

    Args:
        found: What may have been meant; may be empty.
        listing: What to type to see all there is.

    Example:
        >>> did_you_mean(["doses"], "cellkg query")
        "did you mean 'doses'?"
        >>> did_you_mean([], "cellkg query")
        'type  cellkg query  to see what there is.'
    """
    return f"did you mean {or_list(found)}?" if found else f"type  {listing}  to see what there is."
