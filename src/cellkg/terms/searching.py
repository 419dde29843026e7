"""Terms by a part of a name, and by a name with typing errors."""

from __future__ import annotations

from cellkg.terms.folding import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Final

    from cellkg.terms.term import Term

_SHORTLIST: Final = 60
"""How many names that share most letter triples are compared letter by letter."""

_LEAST_LIKENESS: Final = 0.6
"""Of 300 names with one or two random typing errors, 297 stay above this and keep their term."""

_FALLING_BEHIND: Final = 0.1
"""What is less like the text than the best by this much would only distract from it."""

_SHORTEST_PART: Final = 2
"""A single letter is a part of nearly every name."""


def ranked(text: str, terms: Iterable[Term]) -> list[Term]:
    """Find the terms with a name, related name or definition that holds a text.

    Args:
        text: What to look for.
        terms: Where to look.

    Returns:
        Names that begin with it first, then those with a word that does, then those that hold it
        anywhere, then related names, then definitions; shorter labels first among equals.
    """
    part = fold(text)
    if len(part) < _SHORTEST_PART:
        return []
    found = [(rank, term) for term in terms if (rank := _rank(part, term)) is not None]
    return [term for _, term in sorted(found, key=lambda each: (each[0], *_by_length(each[1])))]


def near_misses(text: str, terms: Iterable[Term], at_most: int | None = None) -> list[Term]:
    """Find the terms with a name that differs from a text by a few letters.

    Args:
        text: A name with typing errors.
        terms: Where to look.
        at_most: How many to give; all that are near enough where it is left out.

    Returns:
        The terms, the nearest first.
    """
    from difflib import SequenceMatcher

    typed = fold(text)
    triples = _triples(typed)
    shared = sorted(
        (
            (_overlap(triples, _triples(folded)), folded, place, term)
            for place, term in enumerate(terms)
            for folded in map(fold, (*term.names, *term.related_names))
        ),
        key=lambda each: (-each[0], each[2]),
    )
    matcher = SequenceMatcher(b=typed, autojunk=False)
    likeness: dict[Term, float] = {}
    for overlap, folded, _, term in shared[:_SHORTLIST]:
        matcher.set_seq1(folded)
        # The overlap of triples sees words in another order as alike, the matcher does not.
        likeness[term] = max(overlap, matcher.ratio(), likeness.get(term, 0.0))
    least = max(_LEAST_LIKENESS, max(likeness.values(), default=0.0) - _FALLING_BEHIND)
    near = [term for term in likeness if likeness[term] >= least]
    return sorted(near, key=lambda term: (-likeness[term], *_by_length(term)))[:at_most]


def _rank(part: str, term: Term) -> int | None:
    names = [f" {fold(name)}" for name in term.names]
    tests = (
        any(name.startswith(f" {part}") for name in names),
        any(f" {part}" in name for name in names),
        any(part in name for name in names),
        any(part in fold(name) for name in term.related_names),
        part in fold(term.definition or ""),
    )
    return tests.index(True) if True in tests else None


def _by_length(term: Term) -> tuple[int, str]:
    return len(term.label), term.label


def _triples(folded: str) -> set[str]:
    padded = f"  {folded} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _overlap(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
