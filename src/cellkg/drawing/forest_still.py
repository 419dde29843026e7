"""A forest as one still page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.drawing.fonts import LINE_HEIGHT, shortened, wrapped
from cellkg.drawing.forest import NOT_STATED, axis_end
from cellkg.drawing.forest_marks import DASH, axis_ticks, draw_estimate
from cellkg.drawing.palette import FAINT_INK, GRID, INK, SOURCE_LOOKS, draw_mark
from cellkg.drawing.study_rows import source_of
from cellkg.drawing.svg import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.drawing.forest import Estimate, Forest
    from cellkg.drawing.svg import Group

MARGIN: Final = 28.0
WIDTH: Final = 1080.0
ROW: Final = 36.0
PLOT_LEFT: Final = 470.0
PLOT_WIDTH: Final = 400.0
FRACTION_RIGHT: Final = 450.0
MOST_LISTED: Final = 40
"""How many studies a still lists below the line for one reason; the page lists all."""

_ABOUT_MARKS: Final = (
    "Interval: exact (Clopper and Pearson), 95 %. The mark grows with the people at risk up to 200;"
    " its shape and colour tell the best kind of source, a dark outline what was curated by hand."
)
_ABOUT_UNITS: Final = (
    "An open mark on a dashed interval: the source does not say whether people or events are"
    " counted; it holds only if people are. A study may give several rows; nothing is pooled."
)
NOTES: Final = (_ABOUT_MARKS, _ABOUT_UNITS)
"""What a reader has to know of a forest."""


class _Listed:
    """What is listed below the line for one reason, broken into lines."""

    def __init__(self, reason: str, estimates: Sequence[Estimate]) -> None:
        noun = "row" if len(estimates) == 1 else "rows"
        self.heading = f"{reason[0].upper()}{reason[1:]}: {len(estimates):,} {noun}"
        self.names: list[str] = []
        self.rows: list[tuple[Estimate, list[str]]] = []
        if reason == NOT_STATED:  # there is nothing to tell of them, so all names fit
            names = ", ".join(each.study.name for each in estimates)
            self.names = wrapped(names, WIDTH - 22, 10.5)
        else:
            self.rows = [(each, _words(each)) for each in estimates[:MOST_LISTED]]
        self.left = 0 if self.names else len(estimates) - len(self.rows)

    @property
    def height(self) -> float:
        """How high it is."""
        rows = sum(len(lines) * 11 * LINE_HEIGHT + 5 for _, lines in self.rows)
        names = len(self.names) * 10.5 * LINE_HEIGHT
        return 34 + rows + names + (18 if self.left else 0)


def _words(estimate: Estimate) -> list[str]:
    told = [estimate.fraction, estimate.unit, estimate.group_words if estimate.record else ""]
    told.append(f"“{estimate.quote}”" if estimate.quote else "")
    text = " · ".join(each for each in told if each)
    return wrapped(text, WIDTH - 330, 11, lines=3)


def draw_still(forest: Forest) -> Picture:
    """Draw a forest.

    Args:
        forest: The estimates.

    Returns:
        The picture.
    """
    inner = WIDTH
    caption = wrapped(forest.caption, inner, 12)
    notes = [line for note in NOTES for line in wrapped(note, inner, 11)]
    listed = [_Listed(reason, several) for reason, several in forest.below.items()]
    top = MARGIN + 44 + 16 * (len(caption) + 1) + 34
    bottom = top + ROW * max(len(forest.on_line), 1)
    legend = bottom + 86 + sum(each.height for each in listed)
    looks = _looks(forest)
    height = legend + 24 + 22 * ((len(looks) + 2) // 3) + 15 * len(notes) + MARGIN
    picture = Picture(inner + 2 * MARGIN, height, forest.title, f"{forest.caption} {forest.stamp}.")
    picture.text(MARGIN, MARGIN + 16, forest.title, 20, font_weight="bold", fill=INK)
    below = picture.lines(MARGIN, MARGIN + 40, caption, 12, fill=INK)
    picture.text(MARGIN, below, str(forest.stamp), 11, fill=FAINT_INK)
    _draw_line(picture, forest, top, bottom)
    y = bottom + 58
    for each in listed:
        _draw_listed(picture, each, y)
        y += each.height
    _draw_legend(picture, looks, legend)
    picture.lines(MARGIN, legend + 24 + 22 * ((len(looks) + 2) // 3), notes, 11, fill=FAINT_INK)
    return picture


def _draw_line(picture: Picture, forest: Forest, top: float, bottom: float) -> None:
    end = axis_end(forest)
    left = MARGIN + PLOT_LEFT
    heads = picture.group(font_weight="bold", fill=INK)
    heads.text(MARGIN + 22, top - 12, "Study, and whose group", 11.5)
    heads.text(MARGIN + FRACTION_RIGHT, top - 12, "n/N", 11.5, text_anchor="end")
    heads.text(MARGIN + WIDTH, top - 12, "share [95 % interval]", 11.5, text_anchor="end")
    for tick in axis_ticks(end):
        x = left + PLOT_WIDTH * tick / end
        picture.line(x, top, x, bottom + 5, stroke=GRID)
        picture.text(x, bottom + 19, f"{tick}", 10.5, fill=INK, text_anchor="middle")
    picture.line(left, bottom, left + PLOT_WIDTH, bottom, stroke=INK)
    axis = f"people with {forest.event}, per cent of those at risk"
    axis = shortened(axis, PLOT_WIDTH + 160, 10.5)
    picture.text(left + PLOT_WIDTH / 2, bottom + 36, axis, 10.5, fill=INK, text_anchor="middle")
    if not forest.on_line:
        picture.text(MARGIN + 22, top + 22, "No study can be put on the line.", 12, fill=INK)
    for place, estimate in enumerate(forest.on_line):
        _draw_row(picture, estimate, top + ROW * place, end)


def _draw_row(picture: Picture, estimate: Estimate, top: float, end: int) -> None:
    y = top + ROW / 2
    picture.line(MARGIN, top, MARGIN + WIDTH, top, stroke="#ededed")
    row = picture.group(fill=INK).titled(f"{estimate.study.title}: {estimate.quote or 'no words'}")
    _draw_name(row, estimate, MARGIN, y - 2, 340)
    group = shortened(estimate.group_words, 340, 10)
    row.text(MARGIN + 22, y + 12, group, 10, fill=FAINT_INK)
    row.text(MARGIN + FRACTION_RIGHT, y - 2, estimate.fraction, 12, text_anchor="end")
    row.text(MARGIN + FRACTION_RIGHT, y + 12, estimate.unit, 9.5, fill=FAINT_INK, text_anchor="end")
    draw_estimate(row, estimate, MARGIN + PLOT_LEFT, y, PLOT_WIDTH, end)
    row.text(MARGIN + WIDTH, y + 4, str(estimate.interval), 12, text_anchor="end")


def _draw_name(group: Group, estimate: Estimate, left: float, y: float, room: float) -> None:
    look = SOURCE_LOOKS[source_of(estimate.study)]
    mark = draw_mark(group, look, left + 7, y - 4, 5)
    if estimate.study.origin == "curated":
        mark.element.set("stroke", INK)
        mark.element.set("stroke-width", "1.2")
    group.text(left + 22, y, shortened(estimate.study.name, room, 12), 12)


def _draw_listed(picture: Picture, listed: _Listed, top: float) -> None:
    picture.text(MARGIN, top + 12, listed.heading, 12.5, font_weight="bold", fill=INK)
    y = picture.lines(MARGIN + 22, top + 34, listed.names, 10.5, fill=INK)
    for estimate, lines in listed.rows:
        row = picture.group(fill=INK).titled(estimate.study.title)
        _draw_name(row, estimate, MARGIN, y, 285)
        row.lines(MARGIN + 325, y, lines, 11, fill=FAINT_INK)
        y += len(lines) * 11 * LINE_HEIGHT + 5
    if listed.left:
        words = f"and {listed.left:,} more, which the page (.html) lists"
        picture.text(MARGIN + 22, y, words, 11, fill=INK, font_weight="bold")


def _looks(forest: Forest) -> list[str]:
    estimates = [*forest.on_line, *(each for several in forest.below.values() for each in several)]
    there = {source_of(each.study) for each in estimates}
    return [key for key in SOURCE_LOOKS if key in there]


def _draw_legend(picture: Picture, looks: Sequence[str], top: float) -> None:
    x = MARGIN
    for place, key in enumerate(looks):
        x, y = MARGIN + place % 3 * 270, top + place // 3 * 22
        draw_mark(picture, SOURCE_LOOKS[key], x + 7, y - 4, 5)
        picture.text(x + 22, y, SOURCE_LOOKS[key].name, 11.5, fill=INK)
    x = MARGIN + 3 * 270
    picture.line(x, top - 4, x + 30, top - 4, stroke=INK, stroke_width=1.4, stroke_dasharray=DASH)
    picture.text(x + 38, top, "only if people are counted", 11.5, fill=INK)
