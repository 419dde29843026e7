"""Outcome measures in the titles of outcomes."""

from __future__ import annotations

from functools import lru_cache

from cellkg.importers.prose.found import quoted
from cellkg.importers.prose.plain_text import plain
from cellkg.terms.in_text import find_terms
from cellkg.vocabulary import TERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

    from cellkg.importers.prose.found import Found
    from cellkg.importers.prose.texts import Passage
    from cellkg.terms import TermIndex

_STRINGS_KEPT: Final = 16_384
_KINDS: Final = frozenset({"outcome-measures"})
_TOO_WIDE: Final = {
    TERM[name].value
    for name in (
        "outcome-measure",
        "clinical-rating-scale",
        "performance-test",
        "physiological-measurement",
        "biomarker-measurement",
        "imaging-outcome",
        "time-to-event-outcome",
        "patient-reported-outcome",
    )
}


def measure_reader(index: TermIndex) -> Callable[[Passage], Found | None]:
    """Make the function that finds the measure of an outcome's title.

    Args:
        index: All terms.

    Returns:
        The function. It gives nothing where the title names several measures, none of them wider
        than another.
    """

    @lru_cache(_STRINGS_KEPT)
    def read(text: str) -> tuple[str, int, int, str] | None:
        words = plain(text)
        matches = [
            (match, term)
            for match in find_terms(words.text, index, _KINDS)
            for term in match.terms
            if term.iri not in _TOO_WIDE
        ]
        above = {each.iri for _, term in matches for each in index.ancestors(term)}
        meant = {term.iri: (match, term) for match, term in matches if term.iri not in above}
        if len(meant) != 1:
            return None
        ((match, term),) = meant.values()
        reasoning = f"'{match.text}' is a name of the measure {term.label}."
        return term.iri, *words.origin(match.start, match.end), reasoning

    def find(passage: Passage) -> Found | None:
        found = read(passage.text)
        if found is None:
            return None
        iri, start, end, reasoning = found
        return quoted(iri, passage, (start, end), reasoning)

    return find
