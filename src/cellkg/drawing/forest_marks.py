"""The marks of a forest: an interval with the mark of the best kind of source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.drawing.palette import INK, SOURCE_LOOKS, draw_mark
from cellkg.drawing.study_rows import source_of

if TYPE_CHECKING:
    from cellkg.drawing.forest import Estimate
    from cellkg.drawing.svg import Group

LARGEST: Final = 8.0
SMALLEST: Final = 3.5
_MANY: Final = 200
DASH: Final = "4 3"
"""The dash of an interval that holds only if people are counted."""


def draw_estimate(
    group: Group, estimate: Estimate, left: float, y: float, room: float, end: int
) -> None:
    """Draw an interval with its mark.

    Args:
        group: Where it is drawn.
        estimate: What has an interval.
        left: Where the axis begins.
        y: How far down it is drawn.
        room: How long the axis is.
        end: What its end stands for, in per cent.
    """
    interval = estimate.interval
    if interval is None or estimate.at_risk is None:
        return
    low, share, high = (
        left + room * each / end for each in (interval.low, interval.share, interval.high)
    )
    lines = group.group(stroke=INK, stroke_width=1.4)
    lines.line(low, y, high, y, stroke_dasharray=None if estimate.certain else DASH)
    for x in (low, high):
        lines.line(x, y - 4, x, y + 4)
    radius = max(SMALLEST, min(LARGEST, LARGEST * (estimate.at_risk / _MANY) ** 0.5))
    look = SOURCE_LOOKS[source_of(estimate.study)]
    mark = draw_mark(group, look, share, y, radius, filled=estimate.certain)
    if estimate.study.origin == "curated":
        mark.element.set("stroke", INK)
        mark.element.set("stroke-width", "1.4")


def axis_ticks(end: int) -> list[int]:
    """Give the numbers of the axis, in per cent.

    Args:
        end: Where the axis ends.

    Example:
        >>> axis_ticks(50), axis_ticks(5)
        ([0, 10, 20, 30, 40, 50], [0, 1, 2, 3, 4, 5])
    """
    step = {5: 1, 10: 2, 20: 5, 30: 5, 40: 10, 50: 10, 60: 10}.get(end, 20)
    return list(range(0, end + 1, step))
