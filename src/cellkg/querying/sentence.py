"""The words of a sentence, and which of them matter."""

from __future__ import annotations

import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final


class Word(NamedTuple):
    """One word of a sentence.

    Attributes:
        text: The word as written.
        stem: The form in which words are compared.
        start: Where it begins in the sentence, in code points.
        end: Where it ends.
    """

    text: str
    stem: str
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """Find the words of a text; hyphens part words.

    Example:
        >>> [word.stem for word in words_of("Trials that didn't report peer-reviewed doses")]
        ['trial', 'that', 'did', 'not', 'report', 'peer', 'review', 'dos']
    """
    found = []
    for match in re.finditer(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*", text):
        word = match[0]
        whole, _, rest = word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").partition("'")
        if rest == "t" and whole.endswith("n"):  # didn't, isn't, can't
            verb = whole.removesuffix("n")
            found.append(Word(word, stem(verb), match.start(), match.end()))
            found.append(Word(word, "not", match.start(), match.end()))
        else:
            bare = whole if rest == "s" else whole + rest
            found.append(Word(word, stem(bare), match.start(), match.end()))
    return tuple(found)


def stem(word: str) -> str:
    """Give the form in which words are compared: small letters, without the common endings.

    It need not be a word; the forms of one word only have to come out alike.

    Example:
        >>> [stem(word) for word in ("report", "Reports", "reported", "reporting")]
        ['report', 'report', 'report', 'report']
        >>> [stem(word) for word in ("study", "studies", "dose", "doses", "denied", "deny")]
        ['studi', 'studi', 'dos', 'dos', 'deni', 'deni']
    """
    lowered = word.casefold()
    for ending in ("ing", "ed", "es", "s", "e"):
        if lowered.endswith(ending) and len(lowered) - len(ending) >= _SHORTEST_STEM:
            lowered = lowered.removesuffix(ending)
            break
    return lowered[:-1] + "i" if lowered.endswith("y") and len(lowered) > 1 else lowered


_SHORTEST_STEM: Final = 3


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


FUNCTION_WORDS: Final = _stems(
    """a an the this that these those such any some all every each both
    and or as of in on at by for from to into with within via through during after about
    be is are was were been being am do does did doing done has have had having will would can
    could may might shall should
    it its they them their there here he she his her we us our i me my you your
    which what whats where how much many say says said state states stated so then also too ever
    please kindly tell show give list find name see get want wants like know question ask asking
    wonder wondering let hello hi hey dear thanks thank ok okay just exactly currently far"""
)
"""Words that a sentence needs and that restrict nothing."""

GENERAL_WORDS: Final = _stems(
    """trial trials study studies clinical patient patients people persons participants subjects
    humans cell cells therapy therapies treatment treatments treated treating product products
    given giving received receiving receives using used uses use administered
    document documents source sources evidence include includes included including"""
)
"""Words that are true of everything that cellkg holds."""

NEGATIONS: Final = _stems(
    "no not non never none neither nor without except excepting exclude excludes excluding excluded"
    " besides lacking lack lacks absent instead rather other than"
)
"""Words that turn what follows into its opposite."""
