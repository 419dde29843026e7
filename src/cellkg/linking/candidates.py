"""The candidates: pairs of studies whose reasons together make an overlap likely enough to list."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.linking.context import Context
from cellkg.linking.pairs import pairs_worth_comparing
from cellkg.linking.reasons import ACCOUNT, COHORT, EXTENSION, SAME_TRIAL, reasons_for
from cellkg.linking.weights import LISTED_FROM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyoxigraph import NamedNode

    from cellkg.linking.reasons import Reason
    from cellkg.linking.study_profile import Background, StudyProfile

_PLACES: Final = Decimal("0.01")
_MOST: Final = Decimal("0.99")
"""Nothing is certain that nobody stated."""

_IN_DOUBT: Final = (EXTENSION, SAME_TRIAL, COHORT)
"""Of relations that the reasons suggest equally, the first of these is given."""


class Candidate(NamedTuple):
    """Two studies that may overlap.

    Attributes:
        studies: Their names, in alphabetical order.
        score: How sure the reasons make us together, from 0 to 1.
        relation: How the studies would relate.
        reasons: The reasons, the weightiest first.
    """

    studies: tuple[str, str]
    score: Decimal
    relation: NamedNode
    reasons: tuple[Reason, ...]


def find_candidates(
    profiles: Mapping[str, StudyProfile], background: Background
) -> Iterator[Candidate]:
    """Compare the studies that share something rare.

    Args:
        profiles: The studies by name.
        background: The terms and institutions that they speak of.

    Yields:
        The pairs that score enough, in the order of their names.
    """
    context = Context(profiles, background)
    for names in pairs_worth_comparing(context):
        one, two = (profiles[name] for name in names)
        reasons = reasons_for(one, two, context)
        score = score_of(reasons)
        if score >= LISTED_FROM:
            relation = _relation(reasons, account=one.from_registry != two.from_registry)
            yield Candidate(names, score, relation, tuple(reasons))


def score_of(reasons: Sequence[Reason]) -> Decimal:
    """Put weights together as if the reasons were independent of each other.

    Example:
        >>> from cellkg.linking.reasons import Reason
        >>> score_of(
        ...     [Reason("both list as results 1", Decimal("0.5")), Reason("…", Decimal("0.2"))]
        ... )
        Decimal('0.60')
    """
    doubt = Decimal(1)
    for reason in reasons:
        doubt *= 1 - reason.weight
    return min((1 - doubt).quantize(_PLACES), _MOST)


def _relation(reasons: Sequence[Reason], *, account: bool) -> NamedNode:
    """Tell which relation the reasons speak for most."""
    if account:  # one of the two was taken from another document than a registry record
        return ACCOUNT
    votes: defaultdict[NamedNode, Decimal] = defaultdict(Decimal)
    for reason in reasons:
        if reason.suggests is not None:
            votes[reason.suggests] += reason.weight
    best = max(votes.values(), default=None)
    return next((each for each in _IN_DOUBT if votes[each] == best), COHORT)
