"""The marks of a timeline: bars whose colour tells the phase, and whose pattern the state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.drawing.palette import FAINT_INK, INK, PAPER

if TYPE_CHECKING:
    from cellkg.drawing.svg import Group
    from cellkg.drawing.timeline import Bar

PHASE_COLOURS: Final = {
    "early phase 1": "#8a6d00",
    "phase 1": "#c2553a",
    "phase 1/2": "#a05195",
    "phase 2": "#0072b2",
    "phase 2/3": "#00718f",
    "phase 3": "#00805e",
    "phase 4": "#33691e",
}
"""The colours of phases; the phase is always written as well."""

OTHER_PHASE: Final = "#666666"

_TICK_ROOM: Final = 34.0
"""How far apart the years of an axis must be."""

_THICK: Final = 9.0
_THIN: Final = 3.0


def colour_of(phase: str) -> str:
    """Give the colour of a phase."""
    return PHASE_COLOURS.get(phase, OTHER_PHASE)


class Axis:
    """Years on a line.

    Args:
        years: The first year, and the one after the last.
        left: Where the line begins.
        room: How long it is.

    Example:
        >>> Axis((2000, 2010), 0, 100).at(2005)
        50.0
    """

    def __init__(self, years: tuple[int, int], left: float, room: float) -> None:
        self.first, self.last = years
        self.left = left
        self.room = room

    def at(self, year: float) -> float:
        """Give the place of a time."""
        return self.left + self.room * (year - self.first) / max(1, self.last - self.first)

    @property
    def ticks(self) -> list[int]:
        """The years that are written."""
        wide = self.room / (self.last - self.first)
        step = next((each for each in (1, 2, 5, 10, 20) if wide * each > _TICK_ROOM), 50)
        return [year for year in range(self.first, self.last + 1) if year % step == 0]


def draw_bar(group: Group, bar: Bar, axis: Axis, y: float) -> None:
    """Draw a study in time.

    The thick bar is the time in which it surely went on; thin ends are the months or years of
    which the day is not known.

    Args:
        group: Where it is drawn.
        bar: The study.
        axis: The years.
        y: How far down its middle is.
    """
    colour = colour_of(bar.phase)
    begin = axis.at(bar.start.first if bar.start.precise else bar.start.last)
    if not bar.start.precise:
        _thin(group, axis.at(bar.start.first), begin, y, colour)
    if bar.end is None:
        group.line(begin, y, begin + 16, y, stroke=colour, stroke_width=2, stroke_dasharray="2 2.5")
        group.text(begin + 19, y + 4, "end?", 10, fill=FAINT_INK)
        return
    end = axis.at(bar.end.last if bar.end.precise else bar.end.first)
    if not bar.end.precise:
        _thin(group, max(begin, axis.at(bar.end.first)), axis.at(bar.end.last), y, colour)
        end = max(end, begin)
    length = max(end - begin, 1.5)
    draw_box(group, bar.state, colour, begin, y - _THICK / 2, length, _THICK)
    _draw_end(group, bar.state, max(end, begin + length), y)


def _thin(group: Group, left: float, right: float, y: float, colour: str) -> None:
    group.rect(left, y - _THIN / 2, max(right - left, 1.0), _THIN, fill=colour, fill_opacity=0.55)


def draw_box(
    group: Group, state: str, colour: str, x: float, y: float, width: float, height: float
) -> None:
    """Draw a box in the pattern of a state.

    Completed is filled, going on is striped, planned is an empty dashed box, stopped is empty with
    a line through it, and not known is pale with a dotted edge.

    Args:
        group: Where it is drawn.
        state: A key of `cellkg.drawing.timeline.STATES`.
        colour: Its colour.
        x: Its left edge.
        y: Its upper edge.
        width: How wide it is.
        height: How high it is.
    """
    edge: dict[str, str | float] = {"stroke": colour, "stroke_width": 1.0}
    if state == "completed":
        group.rect(x, y, width, height, fill=colour, **edge)
    elif state == "going on":
        group.rect(x, y, width, height, fill=PAPER, **edge)
        steps = ""
        place = x + 2.0
        while place < x + width - 0.5:
            steps += f"M{place:.1f} {y:.1f}V{y + height:.1f}"
            place += 4.0
        if steps:
            group.path(steps, stroke=colour, stroke_width=1.6, fill="none")
    elif state == "planned":
        group.rect(x, y, width, height, fill=PAPER, stroke_dasharray="3 2", **edge)
    elif state == "stopped or suspended":
        group.rect(x, y, width, height, fill=PAPER, **edge)
        middle = y + height / 2
        group.line(x, middle, x + width, middle, stroke=colour, stroke_width=1.6)
    else:
        group.rect(x, y, width, height, fill=colour, fill_opacity=0.22, stroke_dasharray="1 1.6",
                   **edge)  # fmt: skip


def _draw_end(group: Group, state: str, x: float, y: float) -> None:
    """Mark the end: stopped by a cross, going on by an arrow, not known by a question mark."""
    if state == "stopped or suspended":
        steps = f"M{x + 4:.1f} {y - 4:.1f}l8 8M{x + 4:.1f} {y + 4:.1f}l8 -8"
        group.path(steps, stroke=INK, stroke_width=1.6, fill="none")
    elif state == "going on":
        group.path(f"M{x + 4:.1f} {y - 4:.1f}l6 4l-6 4z", fill=INK)
    elif state == "not known":
        group.text(x + 4, y + 4, "?", 11, fill=INK, font_weight="bold")
