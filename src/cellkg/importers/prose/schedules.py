"""How often a product is given, and how long from one time to the next."""

from __future__ import annotations

import re
from typing import NamedTuple

from cellkg.importers.prose.found import quoted
from cellkg.importers.prose.plain_text import plain
from cellkg.vocabulary import TERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from cellkg.importers.prose.found import Found
    from cellkg.importers.prose.texts import Passage

_WORDS: Final = {
    "one": 1, "a": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
_COUNT: Final = rf"(?:\d{{1,2}}|{'|'.join(_WORDS)})"
_GIVEN: Final = (
    r"(?:doses?|injections?|infusions?|administrations?|transplantations?|treatments?"
    r"|implantations?"
    r"|applications?|transfusions?)"
)
_ADJECTIVES: Final = (
    r"(?:(?:separate|consecutive|repeated|intravenous|intrathecal|iv|intra-?articular|weekly"
    r"|monthly|successive|sequential|total|equal|single|cell|stem|msc|mscs|uc-mscs?|daily"
    r"|additional"
    r"|dose|of|intramuscular|postnatal|autologous|allogeneic|mesenchymal|cells)\s){0,3}"
)
_TIMES: Final = re.compile(
    rf"(?<![\w.,/^-])(?P<a>{_COUNT})(?:\s?(?:-|to|or)\s?(?P<b>{_COUNT}))?\s{_ADJECTIVES}{_GIVEN}\b"
    rf"(?!\s(?:group|level|cohort|arm|escalat|regimen|of \d+ (?:mg|ml)|site|point|volume))"
    rf"|(?<![\w.,/^-])(?P<c>{_COUNT})\s(?:times|courses)\b(?!\s(?:per|a|daily|each|higher|\d))"
    r"|\b(?P<once>once)\b(?!\s?(?:a|per|every|each|daily|weekly|in|the|they|it|is|monthly|week))"
    r"|\b(?P<twice>twice)\b(?!\s?(?:a|per|every|each|daily|weekly|in))",
    re.IGNORECASE,
)
_UNIT: Final = r"(?P<unit>hours?|days?|weeks?|months?|years?)"
_SPACING: Final = re.compile(
    rf"\b(?:every|each)\s(?:other\s)?(?:(?P<a>{_COUNT})(?:\s?(?:-"
    rf"|to)\s?(?P<b>{_COUNT}))?\s)?{_UNIT}\b"
    rf"|\b(?P<c>{_COUNT})(?:\s?(?:-|to)\s?(?P<d>{_COUNT}))?[\s-](?P<unit2>hours?|days?|weeks?"
    rf"|months?"
    r"|years?)\s(?:apart|intervals?|between)"
    rf"|\bintervals?\s(?:of|between\s\w+\s(?:is|was))\s(?P<e>{_COUNT})(?:\s?(?:-"
    rf"|to)\s?(?P<f>{_COUNT}))?\s"
    r"(?P<unit3>hours?|days?|weeks?|months?|years?)"
    r"|\b(?:once (?:a|per|every) )?(?P<often>weekly|monthly|daily|week|month)\b"
    rf"(?=\s(?:for|infus|inject|dose|admin|x|times|interval|over)|\s?$)",
    re.IGNORECASE,
)
_RUN: Final = re.compile(
    rf"\b(?:(?:once )?weekly|once (?:a|per|every) week|every week)\sfor\s(?P<n>{_COUNT})\s"
    rf"(?:consecutive\s)?weeks\b|\b(?:monthly|once a month"
    rf"|every month)\sfor\s(?P<m>{_COUNT})\smonths\b",
    re.IGNORECASE,
)
_OFTEN: Final = {"weekly": "week", "week": "week", "monthly": "month", "month": "month"}


class Schedule(NamedTuple):
    """How often, and how far apart; none where it is not stated."""

    administrations_min: Found | None = None
    administrations_max: Found | None = None
    interval_min: Found | None = None
    interval_max: Found | None = None
    interval_unit: str | None = None


def schedule_in(passages: Iterable[Passage]) -> Schedule:
    """Find how often something is given, in the first text that says it.

    Args:
        passages: The texts that tell of the intervention, the nearest first.

    Returns:
        The schedule.

    Example:
        >>> from cellkg.importers.prose.texts import Passage
        >>> schedule = schedule_in([Passage("/description", "Three infusions, one month apart")])
        >>> schedule.administrations_min.value, schedule.interval_min.value, schedule.interval_unit
        (3, 1, 'https://w3id.org/cellkg/term/month')
    """
    texts = tuple(passages)
    least, most = next((found for text in texts for found in _times(text)), (None, None))
    spacing = next((found for text in texts for found in _spacings(text)), (None, None, None))
    return Schedule(least, most, *spacing)


def _times(passage: Passage) -> Iterator[tuple[Found, Found]]:
    words = plain(passage.text)
    for match in (*_RUN.finditer(words.text), *_TIMES.finditer(words.text)):
        groups = match.groupdict()
        if groups.get("once"):
            low = high = 1
        elif groups.get("twice"):
            low = high = 2
        else:
            numbers = [
                _number(groups[name]) for name in ("a", "b", "c", "n", "m") if groups.get(name)
            ]
            low, high = min(numbers), max(numbers)
        if low < 1:
            continue
        span = words.origin(*match.span())
        reasoning = "The fragment says how often it is given."
        yield quoted(low, passage, span, reasoning), quoted(high, passage, span, reasoning)


def _spacings(passage: Passage) -> Iterator[tuple[Found, Found, str]]:
    words = plain(passage.text)
    for match in _SPACING.finditer(words.text):
        groups = match.groupdict()
        numbers = [_number(groups[name]) for name in "abcdef" if groups[name]]
        often = (groups["often"] or "").lower()
        unit = groups["unit"] or groups["unit2"] or groups["unit3"] or _OFTEN.get(often, "day")
        if often in {"week", "month"} and "once" not in match[0].lower():
            continue
        low, high = (min(numbers), max(numbers)) if numbers else (1, 1)
        if "other" in match[0].lower().split():
            low = high = 2
        if low < 1:
            continue
        span = words.origin(*match.span())
        reasoning = "The fragment says how far apart the administrations are."
        yield (
            quoted(low, passage, span, reasoning),
            quoted(high, passage, span, reasoning),
            TERM[unit.lower().removesuffix("s")].value,
        )


def _number(printed: str) -> int:
    return _WORDS.get(printed.lower()) or int(printed)
