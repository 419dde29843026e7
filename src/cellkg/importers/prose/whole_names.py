"""Terms by a whole string: adverse events and conditions as a registry prints them."""

from __future__ import annotations

import re
from functools import lru_cache

from cellkg.importers.prose.found import quoted
from cellkg.importers.prose.plain_text import plain
from cellkg.terms.folding import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Final

    from cellkg.importers.prose.found import Found
    from cellkg.importers.prose.texts import Passage
    from cellkg.terms import Term, TermIndex

_STRINGS_KEPT: Final = 65_536
_SPELLINGS: Final = (
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"our\b"), "or"),
    (re.compile(r"is(e|ed|ing|ation)\b"), r"iz\1"),
    (re.compile(r"tre\b"), "ter"),
)
"""British forms, in words that are compared with each other and never shown."""

_ADDITIONS: Final = re.compile(
    r"\s*(?:\((?:nos|disorder|event|finding|not otherwise specified)\)|,?\s*\b(?:nos|nec)"
    r"|,?\s*not otherwise specified|,?\s*unspecified)\s*$",
    re.IGNORECASE,
)
_LINKS: Final = frozenset({"of", "the", "in", "and", "with", "to", "at", "on", "a", "an", "by"})
_REMARK: Final = re.compile(r"\s*\((?:as adverse event|[A-Za-z0-9/-]{2,8})\)\s*$")
_ENDING: Final = re.compile(r"(?:e|s|es)$")
_LONGEST_UNBENT: Final = 3
_WORD: Final = re.compile(r"[^\W_]+(?:[+%])?")


def name_reader(index: TermIndex, kind: str) -> Callable[[Passage], Found | None]:
    """Make the function that reads a whole string as the name of one term of a kind.

    Args:
        index: All terms.
        kind: The kind.

    Returns:
        The function. It gives nothing where only a part of the string is a name, or where two terms
        have the name.
    """
    terms = index.of_kind(kind) if kind in index.kinds else []
    exact: dict[str, set[str]] = {}
    in_any_order: dict[tuple[str, ...], set[str]] = {}
    for term in terms:
        for name in term.names:
            for form in filter(_words, (name, _REMARK.sub("", name))):
                exact.setdefault(_spelled(form), set()).add(term.iri)
                in_any_order.setdefault(_words(form), set()).add(term.iri)

    def labelled(iris: set[str]) -> Term | None:
        return index[next(iter(iris))] if len(iris) == 1 else None

    @lru_cache(_STRINGS_KEPT)
    def read(text: str) -> tuple[str, str] | None:
        words = plain(text).text.strip()
        for form in filter(_words, _forms(words)):
            known = exact.get(_spelled(form)) or in_any_order.get(_words(form))
            term = labelled(known) if known else None
            if term is not None:
                return term.iri, f"'{words}' is a name of {term.label}."
        return None

    def find(passage: Passage) -> Found | None:
        found = read(passage.text)
        if found is None:
            return None
        return quoted(found[0], passage, (0, len(passage.text)), found[1])

    return find


def _forms(words: str) -> Iterator[str]:
    yield words
    bare = _ADDITIONS.sub("", words)
    if bare != words:
        yield bare
    without = _REMARK.sub("", bare)
    if without != bare:
        yield without


def _spelled(name: str) -> str:
    return " ".join(map(_stem, _WORD.findall(fold(name))))


def _words(name: str) -> tuple[str, ...]:
    """Give the words of a name in the alphabet's order, without those that only link."""
    words = (word for word in _WORD.findall(fold(name)) if word not in _LINKS)
    return tuple(sorted(map(_stem, words)))


@lru_cache(_STRINGS_KEPT)
def _stem(word: str) -> str:
    """Take the ending of a plural and the spelling of a country off a word."""
    for pattern, american in _SPELLINGS:
        word = pattern.sub(american, word)
    return _ENDING.sub("", word) if len(word) > _LONGEST_UNBENT else word
