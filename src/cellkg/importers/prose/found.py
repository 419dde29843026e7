"""What is found: values of the vocabulary, each with the fragment of the record it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Final

    from cellkg.importers.prose.texts import Passage

LONGEST_QUOTE: Final = 100


class Found(NamedTuple):
    """One fact with the fragment it rests on.

    Attributes:
        value: The IRI of a term, or a number.
        pointer: Where the string with the fragment stands in the record.
        start: Where the fragment begins in that string, in code points.
        end: Where it ends, exclusive.
        quote: The fragment.
        reasoning: Why the value follows, for a person.
    """

    value: str | Decimal | int
    pointer: str
    start: int
    end: int
    quote: str
    reasoning: str


@dataclass(frozen=True, slots=True)
class GroundedProduct:
    """A cell product that people are given.

    Attributes:
        cell_types: What it is.
        derived_from: The cell types it is made from.
        tissues: Where its cells were taken.
        donor: Whose they were.
        preservation: Whether it was frozen, as the IRI of ``ckg:Fresh`` or ``ckg:Frozen``.
    """

    cell_types: tuple[Found, ...]
    derived_from: tuple[Found, ...] = ()
    tissues: tuple[Found, ...] = ()
    donor: Found | None = None
    preservation: Found | None = None


@dataclass(frozen=True, slots=True)
class GroundedDose:
    """An amount of cells that is stated.

    Attributes:
        unit: The IRI of the unit.
        printed: The printed form.
        value: The amount, where it is one number.
        minimum: The lower end of a range, or the lower bound.
        maximum: The upper end of a range, or the upper bound.
        per: ``ckg:PerAdministration`` or ``ckg:TotalDose``, where that is stated.
    """

    unit: str
    printed: Found
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What one intervention in one arm gives; no products where it gives no cells.

    Attributes:
        products: The cell products.
        routes: How they are given.
        sites_of_delivery: Where to.
        doses: How much.
        administrations_min: How often at least.
        administrations_max: How often at most.
        interval_min: How long at least from one to the next.
        interval_max: How long at most.
        interval_unit: The IRI of the unit of the interval.
        ungrounded: Stretches that read like a product or a route and name no term.
    """

    products: tuple[GroundedProduct, ...] = ()
    routes: tuple[Found, ...] = ()
    sites_of_delivery: tuple[Found, ...] = ()
    doses: tuple[GroundedDose, ...] = ()
    administrations_min: Found | None = None
    administrations_max: Found | None = None
    interval_min: Found | None = None
    interval_max: Found | None = None
    interval_unit: str | None = None
    ungrounded: tuple[Passage, ...] = ()


def quoted(
    value: str | Decimal | int, passage: Passage, span: tuple[int, int], reasoning: str
) -> Found:
    """Tie a value to a fragment, without blanks at its ends and no longer than may be quoted.

    Args:
        value: The value.
        passage: The string.
        span: Where the fragment begins and ends in it.
        reasoning: Why the value follows.

    Returns:
        The fact.

    Example:
        >>> from cellkg.importers.prose.texts import Passage
        >>> fact = quoted(3, Passage("/name", "give 3 doses "), (4, 13), "Three doses are stated.")
        >>> fact.start, fact.end, fact.quote
        (5, 12, '3 doses')
    """
    start, end = span
    text = passage.text
    while start < end and text[start].isspace():
        start += 1
    end = min(end, start + LONGEST_QUOTE)
    while end > start and text[end - 1].isspace():
        end -= 1
    return Found(value, passage.pointer, start, end, text[start:end], reasoning)
