"""Which terms a string mentions, and what stands around each mention."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cellkg.importers.prose.plain_text import plain
from cellkg.terms import TermIndex
from cellkg.terms.in_text import find_terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

    from cellkg.terms import Term

KINDS: Final = frozenset({"cell-types", "tissues", "donors", "routes"})
_STRINGS_KEPT: Final = 4096
_CLAUSE_ENDS: Final = ".;:\n"
_FAR: Final = 60


class Mention(NamedTuple):
    """A place in a plain text that names a term.

    Attributes:
        start: Where it begins in the plain text.
        end: Where it ends.
        text: The words.
        terms: What they may mean, of one or several kinds.
        before: What stands before it in its clause.
        after: What stands behind it in its clause.
    """

    start: int
    end: int
    text: str
    terms: tuple[Term, ...]
    before: str
    after: str

    def of_kind(self, kind: str) -> tuple[Term, ...]:
        """Give the meanings of one kind."""
        return tuple(term for term in self.terms if term.kind == kind)


def mention_finder(index: TermIndex) -> Callable[[str], tuple[Mention, ...]]:
    """Make the function that lists the mentions of a string, and remembers the latest strings.

    Args:
        index: All terms.

    Returns:
        The function, from a string as it stands in the record to the mentions in its plain text.
    """
    # A small index is searched faster: most words begin no name of these kinds.
    sought = TermIndex.from_terms(term for term in index if term.kind in KINDS)

    @lru_cache(_STRINGS_KEPT)
    def mentions(text: str) -> tuple[Mention, ...]:
        words = plain(text).text
        return tuple(
            Mention(*match, _before(words, match.start), _after(words, match.end))
            for match in find_terms(words, sought, KINDS)
        )

    return mentions


def _before(words: str, start: int) -> str:
    clause = words[max(0, start - _FAR) : start]
    return clause[max(map(clause.rfind, _CLAUSE_ENDS)) + 1 :]


def _after(words: str, end: int) -> str:
    clause = words[end : end + _FAR]
    cut = min((place for place in map(clause.find, _CLAUSE_ENDS) if place >= 0), default=_FAR)
    return clause[:cut]
