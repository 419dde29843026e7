"""The form in which names are compared: no case, accents, hyphens or runs of spaces."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

_NAMES_KEPT: Final = 16_384
"""The names of all terms, which are folded again and again where a text is searched."""

_APOSTROPHES: Final = "'\N{RIGHT SINGLE QUOTATION MARK}"
_PLAIN: Final = {
    code: " " if chr(code).isspace() or chr(code) in "-_" else chr(code).lower()
    for code in range(128)
}
"""What every ASCII character is folded to, but for apostrophes and runs of spaces."""

_LONGEST_UNBENT: Final = 3
"""Words of so few letters are never taken for a plural: "its" is not several IT."""


class Folded(NamedTuple):
    """A text in the form for comparing, with the way back.

    Attributes:
        text: The folded text.
        starts: For every character of it, where its origin begins, in code points.
        ends: For every character of it, where its origin ends.
    """

    text: str
    starts: list[int]
    ends: list[int]


@lru_cache(_NAMES_KEPT)
def fold(text: str) -> str:
    """Give the form in which names are compared.

    Args:
        text: A name, or what a person typed.

    Returns:
        Lower case, without accents, apostrophes inside words, and invisible characters; every run
        of spaces, hyphens and underscores is one space.

    Example:
        >>> fold("  Crohn's   disease"), fold("Intra-Arterial"), fold("CD34+")
        ('crohns disease', 'intra arterial', 'cd34+')
    """
    return fold_with_offsets(text).text.strip(" ")


def fold_with_offsets(text: str) -> Folded:
    """Fold a text and remember where every character came from.

    Args:
        text: Any text.

    Returns:
        The folded text, with offsets into `text`.

    Example:
        >>> folded = fold_with_offsets("Sjögren's")
        >>> folded.text, folded.starts
        ('sjogrens', [0, 1, 2, 3, 4, 5, 6, 8])
    """
    if text.isascii():
        plain = text.translate(_PLAIN)
        if "  " not in plain and "'" not in plain:  # character by character
            return Folded(plain, list(range(len(text))), list(range(1, len(text) + 1)))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for position, character in enumerate(text):
        if character in _APOSTROPHES and _is_inside_word(text, position):
            continue
        for part in _fold_character(character):
            if part == " " and characters and characters[-1] == " ":
                ends[-1] = position + 1
                continue
            characters.append(part)
            starts.append(position)
            ends.append(position + 1)
        if unicodedata.combining(character) and ends:
            ends[-1] = position + 1  # an accent belongs to the letter before it
    return Folded("".join(characters), starts, ends)


def singulars(folded: str) -> Iterator[str]:
    """Undo the English plural of the last word, in every way that may be right.

    Args:
        folded: A folded name.

    Yields:
        What the name may be the plural of.

    Example:
        >>> list(singulars("stem cells")), list(singulars("injuries")), list(singulars("doses"))
        (['stem cell'], ['injury', 'injurie'], ['dos', 'dose'])
        >>> list(singulars("multiple sclerosis"))
        []
    """
    last_word = folded.rpartition(" ")[2]
    if len(last_word) <= _LONGEST_UNBENT or not folded.endswith("s"):
        return
    if folded.endswith("ies"):
        yield folded.removesuffix("ies") + "y"
    if folded.endswith(("ses", "xes", "zes", "ches", "shes")):
        yield folded.removesuffix("es")
    if not folded.endswith(("ss", "us", "is")):
        yield folded.removesuffix("s")


def first_word(folded: str) -> str:
    """Give the letters and digits that a text begins with, or the sign where it begins with one.

    Args:
        folded: A folded text.

    Returns:
        Its beginning.

    Example:
        >>> first_word("cd34+ cells"), first_word("% change"), first_word("")
        ('cd34', '%', '')
    """
    end = 0
    while end < len(folded) and folded[end].isalnum():
        end += 1
    return folded[: end or 1]


def _is_inside_word(text: str, position: int) -> bool:
    around = text[position - 1 : position] + text[position + 1 : position + 2]
    return len(around) == 2 and around.isalnum()  # noqa: PLR2004 - one on each side


def _fold_character(character: str) -> str:
    if character.isascii():
        return " " if character.isspace() or character in "-_" else character.lower()
    if character.isspace() or unicodedata.category(character) == "Pd":
        return " "
    if unicodedata.category(character) == "Cf":
        return ""  # soft hyphens and joiners
    unaccented = unicodedata.normalize("NFD", unicodedata.normalize("NFD", character).casefold())
    return "".join(part for part in unaccented if not unicodedata.combining(part))
