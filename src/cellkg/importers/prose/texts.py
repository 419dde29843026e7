"""What is read: the strings of a registry record that tell what people in an arm are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Passage(NamedTuple):
    """One string of a record.

    Attributes:
        pointer: The JSON Pointer of that string.
        text: The string exactly as it stands in the record, escapes and all.
    """

    pointer: str
    text: str


@dataclass(frozen=True, slots=True)
class GivenText:
    """All texts that tell what one intervention in one arm is, the nearest first.

    Attributes:
        intervention: Its name, other names and description, in this order.
        arm: Label and description of the arm; empty where the record ties it to no arm.
        study: Brief and official title.
        intervention_type: The registry's word for its kind, such as ``BIOLOGICAL``.
        arm_type: The registry's word for the kind of arm, such as ``PLACEBO_COMPARATOR``.

    Example:
        >>> GivenText(intervention=(Passage("/name", "UC-MSC"),)).arm
        ()
    """

    intervention: tuple[Passage, ...]
    arm: tuple[Passage, ...] = ()
    study: tuple[Passage, ...] = ()
    intervention_type: str | None = None
    arm_type: str | None = None
