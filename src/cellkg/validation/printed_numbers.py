"""Which numbers a quote shows: as digits, as words, and with the multipliers of the field."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_WORDS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS_WORDS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_OTHER_WORDS: Final = {"no": 0, "none": 0, "single": 1, "once": 1, "twice": 2, "both": 2}
_ONES: Final = _OTHER_WORDS | {word: number for number, word in enumerate(_WORDS)}
_TENS: Final = {word: 10 * number for number, word in enumerate(_TENS_WORDS, start=2)}
_MULTIPLIERS: Final = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_ARTICLES: Final = frozenset({"a", "an"})
"""They mean 1 only before a multiplier, as in "a million cells"."""

_JOINTS: Final = frozenset({"to", "or", "and", "up"})
"""Words inside a range: in "1 to 2 million" both ends are millions."""

_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_POWER_OF_TEN: Final = (
    r"[x\N{MULTIPLICATION SIGN}*·]\s*10\s*(?:\^\s*(?P<caret>\d{1,2})|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
)

# Digits inside a name (T2, CD34) or an ordinal (2nd) count nothing.
_ITEM: Final = re.compile(
    rf"""
      (?P<power> {_POWER_OF_TEN} )
    | (?<![^\W_])
      (?P<digits> \d{{1,3}}(?:,\d{{3}})++(?![\d,])(?:\.\d++)?+ | \d++(?:\.\d++)?+ | (?<!\d)\.\d++ )
      (?: e\+?(?P<exponent>\d{{1,2}})\b )?+
      (?! (?:st|nd|rd|th)\b )
    | (?P<word> [^\W\d_]\w* )
    | (?P<stop> [;:()] )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def numbers_in(text: str) -> frozenset[Decimal]:
    """Read the numbers that a text shows, without their signs.

    Fractions in words ("half") are left out: what they mean in people has to be worked out.

    Args:
        text: A quote.

    Returns:
        The numbers.

    Example:
        >>> sorted(map(int, numbers_in("15/19 patients, one of them twenty-five")))
        [1, 15, 19, 25]
        >>> sorted(map(str, numbers_in("range: 4.5-8.5")))
        ['4.5', '8.5']
        >>> sorted(map(int, numbers_in("1 to 2 million cells/kg")))
        [1000000, 2000000]
    """
    reader = _Reader()
    for item in _ITEM.finditer(text):
        if item["power"]:
            exponent = item["caret"] or item["raised"].translate(_SUPERSCRIPTS)
            reader.multiply(10 ** int(exponent))
        elif item["digits"]:
            reader.add(Decimal(item["digits"].replace(",", "")) * 10 ** int(item["exponent"] or 0))
        elif item["word"]:
            reader.read_word(item["word"].lower())
        else:
            reader.settle()
    return reader.finish()


class _Reader:
    """Collects numbers; the last ones wait, since a multiplier may follow."""

    def __init__(self) -> None:
        self._found: set[Decimal] = set()
        self._waiting: list[Decimal] = []
        self._article = False
        self._after_tens = False

    def read_word(self, word: str) -> None:
        if word in _MULTIPLIERS:
            self.multiply(_MULTIPLIERS[word])
        elif word in _TENS:
            self.add(Decimal(_TENS[word]))
            self._after_tens = True
        elif word in _ARTICLES:
            self.settle()
            self._article = True
        elif word in _ONES:
            number = Decimal(_ONES[word])
            if self._after_tens and 0 < number < 10:  # noqa: PLR2004 - twenty-nine at most
                number += self._waiting.pop()
            self.add(number)
        elif word not in _JOINTS:
            self.settle()

    def add(self, number: Decimal) -> None:
        self._waiting.append(number)
        self._article = self._after_tens = False

    def multiply(self, factor: int) -> None:
        if self._article:
            self.add(Decimal(1))
        self._waiting = [number * factor for number in self._waiting]
        self._after_tens = False

    def settle(self) -> None:
        """Nothing that follows changes the numbers that wait."""
        self._found.update(self._waiting)
        self._waiting = []
        self._article = self._after_tens = False

    def finish(self) -> frozenset[Decimal]:
        self.settle()
        return frozenset(self._found)
