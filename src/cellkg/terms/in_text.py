"""Terms in running text, the longest names first."""

from __future__ import annotations

import re
from typing import NamedTuple

from cellkg.terms.folding import fold, fold_with_offsets, singulars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from typing import Final

    from cellkg.terms.folding import Folded
    from cellkg.terms.index import TermIndex
    from cellkg.terms.term import Term

_SHORT: Final = 3
"""A name of so few letters has to be printed as it is known: "it" is not IT."""

_PLURAL: Final = 2
"""How many letters a plural may be longer than its name."""

_WORD_OR_SIGN: Final = re.compile(r"[^\W_]+|[^ ]")
"""What a name is made of: runs of letters and digits, and single signs between them."""

_INSIDE_NUMBERS: Final = "./,-\N{EN DASH}"
"""Between two digits these go on with the number: "phase 1/2" is not phase 1."""


class Match(NamedTuple):
    """A place in a text that names a term.

    Attributes:
        start: Where it begins, in code points.
        end: Where it ends, exclusive.
        text: The words as printed.
        terms: What they may mean; several where terms of one kind or of different kinds share the
            name, and then the reader of the text has to decide.
    """

    start: int
    end: int
    text: str
    terms: tuple[Term, ...]


def find_terms(text: str, index: TermIndex, kinds: Container[str] | None = None) -> list[Match]:
    """Find the terms that a text names.

    A longer name wins over a shorter one that it overlaps. Plurals count as their names. Names of
    three letters or fewer, and ambiguous ones in capitals, have to be printed as they are known.

    Args:
        text: A sentence, or a whole document.
        index: All terms.
        kinds: The kinds of terms to look for; names of other kinds then hide nothing. All kinds
            where it is left out.

    Returns:
        The matches in the order of the text; none overlaps another.

    Example:
        >>> from cellkg.terms import Term, TermIndex
        >>> from cellkg.vocabulary import TERM
        >>> index = TermIndex.from_terms(
        ...     [
        ...         Term("https://w3id.org/cellkg/term/fever", "adverse-events", "fever"),
        ...         Term(
        ...             "https://w3id.org/cellkg/term/intrathecal", "routes", "intrathecal", ("IT",)
        ...         ),
        ...     ]
        ... )
        >>> [
        ...     (match.start, match.end, match.terms[0].label)
        ...     for match in find_terms("Was it safe? IT cells caused fevers.", index)
        ... ]
        [(13, 15, 'intrathecal'), (29, 35, 'fever')]
    """
    folded = fold_with_offsets(text)
    spans = sorted(_spans(text, folded, index), key=lambda span: (span[0] - span[1], span[0]))
    taken = bytearray(len(text))
    matches = []
    for start, end in spans:
        if any(taken[start:end]):
            continue
        surface = text[start:end]
        named = index.named(surface, kinds)
        terms = tuple(term for term in named if _is_printed_so(surface, term))
        if terms:
            matches.append(Match(start, end, surface, terms))
            taken[start:end] = b"\1" * (end - start)
    return sorted(matches)


def _spans(text: str, folded: Folded, index: TermIndex) -> Iterator[tuple[int, int]]:
    """Give every stretch between word boundaries that reads as a name."""
    letters = folded.text
    for word in _WORD_OR_SIGN.finditer(letters):
        start, end = word.span()
        longest = index.longest_name_from(word[0])
        if not longest or not _starts_word(text, folded, start):
            continue
        last = start + longest + _PLURAL
        while end <= last:
            if _ends_word(text, folded, end) and index.has_name(letters[start:end]):
                yield folded.starts[start], folded.ends[end - 1]
            following = _WORD_OR_SIGN.search(letters, end)
            if following is None:
                break
            end = following.end()


def _starts_word(text: str, folded: Folded, start: int) -> bool:
    letter, before = folded.text[start], folded.text[start - 1 : start]
    if letter == " " or (letter.isalnum() and before.isalnum()):
        return False
    return not _is_inside_number(text, folded.starts[start] - 1)


def _ends_word(text: str, folded: Folded, end: int) -> bool:
    letter, after = folded.text[end - 1], folded.text[end : end + 1]
    if letter == " " or (letter.isalnum() and after.isalnum()):
        return False
    return not _is_inside_number(text, folded.ends[end - 1])


def _is_inside_number(text: str, position: int) -> bool:
    """Tell whether the character at a position stands between two digits and joins them."""
    if position < 1:
        return False
    before, character, after = text[position - 1], *text[position : position + 2].ljust(2)
    return before.isdigit() and character in _INSIDE_NUMBERS and after.isdigit()


def _is_printed_so(surface: str, term: Term) -> bool:
    """Tell whether a name of a term is printed in a case that it may have."""
    wanted = fold(surface)
    forms = {wanted, *singulars(wanted)}
    for name in term.names:
        folded = fold(name)
        if folded in forms:
            printed = name
        elif wanted in singulars(folded):
            printed = name[: len(surface)]
        else:
            continue
        if not _needs_its_case(printed, term) or surface.startswith(printed):
            return True
    return False


def _needs_its_case(name: str, term: Term) -> bool:
    if sum(map(str.isalnum, name)) > _SHORT:
        return name.isupper() and name in term.ambiguous_labels
    return len(name) < _SHORT or not name.islower()
