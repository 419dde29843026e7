"""Where things stand in a network picture: discs that do not touch, spirals, columns.

Everything is plain arithmetic rounded to a tenth, so that the same data give the same places on
every machine.
"""

from __future__ import annotations

from math import cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

GOLDEN_ANGLE: Final = pi * (3 - sqrt(5))
"""The turn between neighbours of a sunflower: no two of many stand in one line."""

DOT_PITCH: Final = 10.5
"""How far the dots of a spiral stand apart."""

_TURN: Final = 8.0
"""How far the search for a free place goes outward in one turn, and along in one step."""


class Point(NamedTuple):
    """A place in a picture; y grows downward."""

    x: float
    y: float


class Box(NamedTuple):
    """What a disc needs: a circle, and a label that is centred above it.

    Attributes:
        radius: The radius of the circle.
        label_width: The width of the label.
        label_height: Its height.
    """

    radius: float
    label_width: float
    label_height: float


def spiral(number: int) -> list[Point]:
    """Place dots evenly in a disc around the origin.

    Args:
        number: How many.

    Returns:
        Their places, from the middle outward.

    Example:
        >>> spiral(1)
        [Point(x=0.0, y=0.0)]
    """
    if number == 1:
        return [Point(0.0, 0.0)]
    step = 0.56 * DOT_PITCH
    return [
        Point(
            round(step * sqrt(place + 0.5) * cos(place * GOLDEN_ANGLE), 1),
            round(step * sqrt(place + 0.5) * sin(place * GOLDEN_ANGLE), 1),
        )
        for place in range(number)
    ]


def spiral_radius(number: int) -> float:
    """Give the radius of the disc that `spiral` fills, with a margin."""
    return round(0.56 * DOT_PITCH * sqrt(max(number, 1)) + 0.75 * DOT_PITCH, 1)


def pack(boxes: Sequence[Box], stretch: float, gap: float = 8.0) -> list[Point]:
    """Place discs with their labels close together, none over another.

    Each goes to the first free place on a spiral from the middle, so the first ones stand inside.

    Args:
        boxes: The discs.
        stretch: How much wider than high the whole is to be.
        gap: How much room stays between two of them.

    Returns:
        The middle of the circle of each.
    """
    placed: list[tuple[Point, Box]] = []
    for box in boxes:
        turn = 0.0
        step = max(_TURN, box.radius / 5)
        at = Point(0.0, 0.0)
        likely = list(placed)  # what was in the way is asked first: it mostly still is
        while (blocked := _first_touched(at, box, likely, gap)) is not None:
            likely.insert(0, likely.pop(blocked))
            away = step * turn / (2 * pi)
            turn += step / max(away, step)
            away = step * turn / (2 * pi)
            at = Point(round(stretch * away * cos(turn), 1), round(away * sin(turn), 1))
        placed.append((at, box))
    return [at for at, _ in placed]


def _first_touched(
    at: Point, box: Box, others: Sequence[tuple[Point, Box]], gap: float
) -> int | None:
    for place, (other_at, other) in enumerate(others):
        if _touch(at, box, other_at, other, gap):
            return place
    return None


def _touch(at: Point, box: Box, other_at: Point, other: Box, gap: float) -> bool:
    apart = hypot(at.x - other_at.x, at.y - other_at.y)
    if apart < box.radius + other.radius + gap:
        return True
    if apart > gap + _reach(box) + _reach(other):
        return False
    return (
        _circle_meets_label(at, box.radius + gap, other_at, other)
        or _circle_meets_label(other_at, other.radius + gap, at, box)
        or _labels_meet(at, box, other_at, other, gap)
    )


def _reach(box: Box) -> float:
    """Give a distance from the middle that no part of a disc or its label exceeds."""
    return box.radius + box.label_height + box.label_width / 2


def _circle_meets_label(middle: Point, radius: float, at: Point, box: Box) -> bool:
    beside = max(abs(middle.x - at.x) - box.label_width / 2, 0.0)
    bottom = at.y - box.radius
    top = bottom - box.label_height
    above = max(top - middle.y, middle.y - bottom, 0.0)
    return hypot(beside, above) < radius


def _labels_meet(at: Point, box: Box, other_at: Point, other: Box, gap: float) -> bool:
    if abs(at.x - other_at.x) >= (box.label_width + other.label_width) / 2 + gap:
        return False
    bottom, other_bottom = at.y - box.radius, other_at.y - other.radius
    return (
        bottom - box.label_height - gap < other_bottom
        and other_bottom - other.label_height - gap < bottom
    )
