"""What to tell a person whose word is no term, or more than one."""

from __future__ import annotations

from cellkg.errors import UserInputError
from cellkg.terms.searching import near_misses
from cellkg.terms.term import words_of_kind
from cellkg.vocabulary import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Final

    from cellkg.terms.term import Term

_SUGGESTIONS: Final = 3
_SHORT_LIST: Final = 12
"""A kind with no more terms than this is named whole."""


def explain_several(text: str, terms: Sequence[Term]) -> UserInputError:
    """Say which terms a name may mean, and how to type the one that is meant.

    Args:
        text: The name as typed.
        terms: The terms, two or more.

    Returns:
        The error, to be raised.
    """
    choices = [
        f"'{term.label}' ({words_of_kind(term.kind).partition(' ')[2]}, {shorten(term.iri)})"
        for term in terms
    ]
    curies = [shorten(term.iri) for term in terms]
    return UserInputError(
        f"'{text}' may mean {_or(choices)}: type the one you mean, such as {curies[0]}.",
        value=text,
        suggestions=curies,
    )


def explain_unknown(
    text: str, kind: str | None, candidates: Sequence[Term], of_other_kinds: Sequence[Term]
) -> UserInputError:
    """Say that no term of a kind has a name, and what comes near.

    Args:
        text: The name as typed.
        kind: The kind that was wanted, or any.
        candidates: The terms that could have been meant.
        of_other_kinds: The terms of other kinds that have the name.

    Returns:
        The error, to be raised.
    """
    from shlex import quote

    wanted = "a term" if kind is None else words_of_kind(kind)
    search = f"`cellkg terms {quote(text)}` searches them all."
    if of_other_kinds:
        others = dict.fromkeys(words_of_kind(term.kind) for term in of_other_kinds)
        return UserInputError(f"'{text}' is {_or(others)}, not {wanted}; {search}", value=text)
    word = text
    if ":" in text:  # of an IRI or compact IRI the last part comes nearest to a name
        word = text.replace("#", "/").replace(":", "/").rpartition("/")[2]
    nearest = [term.label for term in near_misses(word, candidates, at_most=_SUGGESTIONS)]
    if nearest:
        hint = f"did you mean {_or(map(_quoted, nearest))}?"
    elif len(candidates) <= _SHORT_LIST:
        nearest = [term.label for term in candidates]
        hint = f"there are {', '.join(map(_quoted, nearest))}."
    else:
        hint = "nothing comes near."
    return UserInputError(
        f"'{text}' is not {wanted} known here; {hint} {search}", value=text, suggestions=nearest
    )


def _quoted(label: str) -> str:
    return f"'{label}'"


def _or(choices: Iterable[str]) -> str:
    *rest, last = choices
    return f"{', '.join(rest)} or {last}" if rest else last
