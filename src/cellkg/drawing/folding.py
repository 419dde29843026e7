"""Folding many terms into few: rare ones go by a broader term, the rest into "other"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cellkg.terms import TermIndex

OTHER: Final = "other"
"""The key of the line that holds what no broader term holds."""


class Line(NamedTuple):
    """A row or a column: one term, or several that were folded.

    Attributes:
        key: The IRI of the term, or `OTHER`.
        label: What it is called.
        folded: The labels of the terms in it, where it stands for more than the one it is called
            by; in alphabetical order.
        members: The IRIs of the terms in it.
    """

    key: str
    label: str
    folded: tuple[str, ...]
    members: frozenset[str]


def fold_terms(
    studies_by_term: Mapping[str, frozenset[str]],
    labels: Mapping[str, str],
    terms: TermIndex,
    most: int,
) -> list[Line]:
    """Fold terms until there are few enough.

    Again and again the line with the fewest studies goes into the line of the term above it; below
    the root of the tree it goes into "other".

    Args:
        studies_by_term: The studies of each term.
        labels: What the terms are called.
        terms: The tree of terms.
        most: How many lines there may be.

    Returns:
        The lines, those with the most studies first, and "other" last.
    """
    members = {iri: {iri} for iri in studies_by_term}
    studies = {iri: set(several) for iri, several in studies_by_term.items()}

    def rank(key: str) -> tuple[int, int, str]:
        return len(studies[key]), -len(terms.path(terms[key])) if key in terms else 0, key

    while len(members) > most:
        rarest = min((key for key in members if key != OTHER), key=rank, default=OTHER)
        if rarest == OTHER:
            break
        above = _above(rarest, terms)
        members.setdefault(above, set()).update(members.pop(rarest))
        studies.setdefault(above, set()).update(studies.pop(rarest))
    ranked = sorted(members, key=lambda key: (key == OTHER, -len(studies[key]), key))
    return [_line(key, members[key], labels, terms) for key in ranked]


def _above(key: str, terms: TermIndex) -> str:
    """Give the broader term; the root of a tree says nothing, so "other" stands for it."""
    if key not in terms:
        return OTHER
    broader = [each.iri for each in terms.parents(terms[key]) if each.broader]
    return broader[0] if broader else OTHER


def _line(key: str, members: set[str], labels: Mapping[str, str], terms: TermIndex) -> Line:
    held = frozenset(members)
    if len(members) == 1 and key != OTHER:
        (key,) = members  # the broader term would only say less
        return Line(key, labels[key], (), held)
    folded = tuple(sorted(labels[each] for each in members - {key}))
    label = "other" if key == OTHER else terms[key].label
    return Line(key, label, folded, held)
