"""Amounts of cells, in all the ways in which people print them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

_NUMBER: Final = (
    r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:[ .]000){2,3}(?![.\d])|\d\*\d(?=\s?[xX])"
    r"|\d{1,3} 000(?!\d)|\d+(?:[.,]\d+)?"
)
_TIMES: Final = r"(?:[xX*\u00D7\u2022]|times)"
_TEN: Final = (
    r"10\s?(?:(?:\^|\*\*?|exp|E|e|')\s?\(?\s?\+?(?P<{0}1>\d{{1,2}})\)?|\((?P<{0}2>\d{{1,2}})\)"
)
_TEN_LOOSE: Final = _TEN + r"|\s?/?\s?(?P<{0}3>\d{{1,2}})(?![\d.,]*\d|\s?%))"
_WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
    "one hundred": 100, "two hundred": 200, "a": 1,
}  # fmt: skip
_SCALE: Final = {"thousand": 3, "million": 6, "mio": 6, "mil": 6, "mln": 6, "m": 6, "billion": 9}
_WORD: Final = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALE_WORD: Final = (
    r"(?i:thousands?|millions?|mio|mln|billions?)"
    r"|[Mm](?=\s?(?:allogen|autolog|viable|cells|MSCs?|MPCs?|/kg|hMSC))"
)


def _one(tag: str) -> str:
    """Give the pattern of one number; its groups begin with a letter."""
    scientific = (
        rf"(?:(?P<{tag}y>{_NUMBER})\s?{_TIMES}\s?(?P<{tag}z>10{{3,8}}"
        rf"|10{{0,2}}(?:,000){{1,3}})(?!\d))"
        rf"|(?:(?P<{tag}m>{_NUMBER})\s?\)?\s?(?:{_TIMES}|(?<=[.,]\d )(?=10\s?[\^eE]))\s?"
        rf"{_TEN_LOOSE.format(tag + 't')})"
        rf"|(?:{_TEN.format(tag + 'p')}))"
        rf"|(?:(?P<{tag}f>\d+(?:\.\d+)?)[eE]\+?(?P<{tag}g>\d{{1,2}}))(?!\d)"
    )
    worded = rf"(?:(?P<{tag}s>{_NUMBER}|(?i:{_WORD}))\s?-?\s?(?P<{tag}c>{_SCALE_WORD})\b)"
    return rf"(?P<{tag}>{scientific}|{worded}|(?P<{tag}n>{_NUMBER}))"


_AMOUNT: Final = re.compile(
    rf"(?<![\w.^])(?:(?<!\d,)|(?=\d+(?:\.\d+)?\s?(?:[mM]illion"
    rf"|[xX*]\s?10)))(?<![A-Za-z]-)(?P<bound>(?:≤|<=|≥|>=|<|>|≦|≧)\s?)?\(?{_one('a')}"
    rf"(?:\s?(?:\([^()]{{0,20}}\)\s?)?(?P<join>-|~|to|and)\s?"
    rf"(?:(?:a )?(?:maximum|max)(?: of)? )?{_one('b')})?"
)
_UP_TO: Final = re.compile(
    r"(?:up to|maximum(?: dose| cell dose)?(?: of| is|:)?|max\.?(?: of)?|no more than|at most"
    r"|not (?:to )?exceed(?:ing)?|less than|not more than|capped at|no greater than)\s(?:a |the "
    r"|total |dose |of |approximately )*$",
    re.IGNORECASE,
)
_AT_LEAST: Final = re.compile(
    r"(?:at least|minimum(?: dose| cell dose)?(?: of| is|:)?|no less than|more than|not less than"
    r"|min\.?(?: of)?|greater than|over)\s(?:a |the |total |dose |of |approximately )*$",
    re.IGNORECASE,
)
_SPREAD: Final = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)\s?(?:±|\+/-)\s?$")
LEAST_CELLS: Final = 1000
_LARGEST_EXPONENT: Final = 13


class Amount(NamedTuple):
    """A number, a range or a bound in a plain text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        minimum: Its lower end; none for an upper bound.
        maximum: Its upper end; none for a lower bound; the same for one number.
        is_plain: Whether it is printed digit by digit, and may count anything.
    """

    start: int
    end: int
    minimum: Decimal | None
    maximum: Decimal | None
    is_plain: bool


def amounts_in(text: str) -> Iterator[Amount]:
    """Find the amounts of a thousand or more.

    Args:
        text: A plain text; see `cellkg.importers.prose.plain_text`.

    Yields:
        Each amount, in the order of the text.

    Example:
        >>> [(f"{each.minimum:f}", f"{each.maximum:f}") for each in amounts_in("1-2x10^6 MSC/kg")]
        [('1000000', '2000000')]
    """
    position = 0
    while match := _AMOUNT.search(text, position):
        position = match.end()
        amount = _read(match, text)
        if amount is not None:
            yield amount
            position = amount.end


def _read(match: re.Match[str], text: str) -> Amount | None:
    first, second = _value(match, "a"), _value(match, "b")
    start, end = match.span()
    if first is None:
        return None
    if second is None or second < LEAST_CELLS or _are_two(match, text, first):
        # "1x10^6 and 3 times": the second number counts something else
        end = match.end("a")
        second = first
    elif first < LEAST_CELLS:
        first = _shared_scale(match, "b", first, second)
    if max(first, second) < LEAST_CELLS:
        return None
    spread = _SPREAD.search(text, 0, start)
    if spread and second == first and (match["am"] or match["as"]):
        middle = _shared_scale(match, "a", _digits(spread[1]), first)
        return Amount(spread.start(), end, middle - first, middle + first, is_plain=False)
    low, high = min(first, second), max(first, second)
    if text[start] == "(" and ")" not in text[start:end].removesuffix(")"):
        start += 1
    if text[end - 1] == ")" and "(" not in text[start:end]:
        end -= 1
    is_plain = not any(match[group] for group in _groups("a") + _groups("b") if group[1] != "n")
    before, bound = text[max(0, start - 50) : start], (match["bound"] or "").strip()
    if low == high and (bound in {"≤", "<=", "<", "≦"} or _UP_TO.search(before)):
        return Amount(start, end, None, high, is_plain)
    if low == high and (bound in {"≥", ">=", ">", "≧"} or _AT_LEAST.search(before)):
        return Amount(start, end, low, None, is_plain)
    return Amount(start, end, low, high, is_plain)


def _are_two(match: re.Match[str], text: str, first: Decimal) -> bool:
    """Tell "2 million and 5 million", two amounts, from "between 2 and 5 million", a range."""
    is_listed = match["join"] == "and" and first >= LEAST_CELLS
    return is_listed and not text[: match.start()].rstrip().lower().endswith("between")


def _groups(tag: str) -> list[str]:
    ends = ("y", "z", "m", "t1", "t2", "t3", "p1", "p2", "f", "g", "s", "c", "n")
    return [tag + end for end in ends]


def _value(match: re.Match[str], tag: str) -> Decimal | None:
    """Give the number of one half of a match, none where there is none or it is absurd."""
    if match[tag + "n"]:
        return _digits(match[tag + "n"])
    if match[tag + "s"]:
        spelled = match[tag + "s"].lower()
        number = Decimal(_WORDS[spelled]) if spelled in _WORDS else _digits(spelled)
        return number.scaleb(_SCALE[match[tag + "c"].lower().removesuffix("s")]).normalize()
    if match[tag + "z"]:
        return _digits(match[tag + "y"]) * _digits(match[tag + "z"])
    if match[tag + "f"]:
        mantissa, exponent = match[tag + "f"], match[tag + "g"]
        if mantissa == "10":
            mantissa = "1"
    elif match[tag + "m"]:
        mantissa = match[tag + "m"]
        exponent = next(filter(None, (match[f"{tag}t{place}"] for place in "123")))
    else:
        exponent = match[tag + "p1"] or match[tag + "p2"]
        mantissa = "1"
    if exponent is None or int(exponent) > _LARGEST_EXPONENT:
        return None
    return _digits(mantissa).scaleb(int(exponent))


def _digits(printed: str) -> Decimal:
    if re.fullmatch(r"\d{1,3}(?:[, ]\d{3})+|\d{1,3}(?:\.000){2,}", printed):
        return Decimal(re.sub(r"[, .]", "", printed))
    return Decimal(printed.replace(",", ".").replace("*", "."))


def _shared_scale(match: re.Match[str], tag: str, first: Decimal, second: Decimal) -> Decimal:
    """Give the first number of "1-2x10^6" or "2 to 5 million" the scale of the second."""
    mantissa = match[tag + "m"] or match[tag + "f"] or match[tag + "y"]
    if mantissa:
        return first * second / _digits(mantissa)
    if match[tag + "s"]:
        spelled = match[tag + "s"].lower()
        number = Decimal(_WORDS[spelled]) if spelled in _WORDS else _digits(spelled)
        return first * second / number
    return second
