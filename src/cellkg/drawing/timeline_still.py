"""Studies in time as one still page: a bar a study, or counts by year where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.drawing.fonts import shortened, text_width, wrapped
from cellkg.drawing.palette import FAINT_INK, GRID, INK
from cellkg.drawing.svg import Picture
from cellkg.drawing.timeline import NOT_STATED, STATES, counts_by_year
from cellkg.drawing.timeline_marks import Axis, colour_of, draw_bar, draw_box

if TYPE_CHECKING:
    from cellkg.drawing.svg import Group
    from cellkg.drawing.timeline import Timeline

MARGIN: Final = 28.0
WIDTH: Final = 1100.0
LEFT: Final = 400.0
RIGHT: Final = 40.0
ROW: Final = 20.0
COLUMN: Final = 70.0
"""How high the highest column of the counts is."""

_PANEL_HEAD: Final = 36.0
_PANEL_LEFT: Final = 130.0

NOTE: Final = (
    "Bars run from the start to the end, as stated or planned; a thin end stands for a month or a"
    " year of which the day is not given. Phase and status are written beside each bar."
)
"""What a reader has to know of the bars."""

FOLDED_NOTE: Final = (
    "Height: number of studies, the same scale in every row; the number stands above. The page"
    " (.html) lists every study with its dates."
)
"""What a reader has to know of the counts."""


def draw_still(timeline: Timeline) -> Picture:
    """Draw studies in time.

    Args:
        timeline: The studies.

    Returns:
        The picture.
    """
    caption = wrapped(caption_of(timeline), WIDTH, 12)
    top = MARGIN + 44 + 16 * (len(caption) + 1) + 24
    drawn = counts_height(timeline) if timeline.folded else ROW * len(timeline.bars)
    bottom = top + max(drawn, ROW)
    undated = _undated(timeline)
    legend = bottom + 56
    listed = legend + 22 * len(STATES) + 34
    height = listed + (22 if undated else 0) + 14 * len(undated) + MARGIN
    picture = Picture(
        WIDTH + 2 * MARGIN, height, timeline.title, f"{caption_of(timeline)} {timeline.stamp}."
    )
    picture.text(MARGIN, MARGIN + 16, timeline.title, 20, font_weight="bold", fill=INK)
    below = picture.lines(MARGIN, MARGIN + 40, caption, 12, fill=INK)
    picture.text(MARGIN, below, str(timeline.stamp), 11, fill=FAINT_INK)
    if timeline.folded:
        draw_counts(picture, timeline, MARGIN, top, WIDTH)
    else:
        _draw_bars(picture, timeline, top, bottom)
    _draw_legend(picture, timeline, legend)
    if undated:
        noun = "1 study" if len(timeline.undated) == 1 else f"{len(timeline.undated)} studies"
        picture.text(
            MARGIN, listed, f"No date of start stated: {noun}", 12.5, font_weight="bold", fill=INK
        )
        picture.lines(MARGIN, listed + 20, undated, 10.5, fill=INK)
    return picture


def caption_of(timeline: Timeline) -> str:
    """Say what is shown, and what was folded."""
    shown = f"Shown: {timeline.selection}."
    if not timeline.folded:
        return shown
    return (
        f"{shown} {len(timeline.bars):,} studies are too many for a bar each: they are counted by"
        " the year in which they began or are to begin."
    )


def _undated(timeline: Timeline) -> list[str]:
    if not timeline.undated:
        return []
    names = (
        study.name + (f" (end {study.end_date})" if study.end_date else "")
        for study in timeline.undated
    )
    return wrapped(", ".join(names), WIDTH, 10.5)


def _draw_bars(picture: Picture, timeline: Timeline, top: float, bottom: float) -> None:
    axis = Axis(timeline.years, MARGIN + LEFT, WIDTH - LEFT - RIGHT)
    for year in axis.ticks:
        x = axis.at(year)
        picture.line(x, top - 4, x, bottom, stroke=GRID)
        picture.text(x, top - 10, str(year), 10.5, fill=INK, text_anchor="middle")
        picture.text(x, bottom + 14, str(year), 10.5, fill=INK, text_anchor="middle")
    for place, bar in enumerate(timeline.bars):
        y = top + ROW * (place + 0.5)
        if place % 2:
            picture.rect(MARGIN, y - ROW / 2, LEFT - 8, ROW, fill="#f5f5f2")
        dates = f"{bar.start.text} to {bar.end.text if bar.end else NOT_STATED}"
        row = picture.group(fill=INK).titled(f"{bar.study.title}: {dates}")
        weight = "bold" if bar.study.origin == "curated" else None
        name = shortened(bar.study.name, 180, 11, bold=True)
        row.text(MARGIN + 4, y + 4, name, 11, font_weight=weight)
        row.text(MARGIN + 192, y + 4, shortened(bar.phase, 78, 10.5), 10.5)
        status = shortened(bar.study.status or NOT_STATED, 116, 10.5)
        row.text(MARGIN + 276, y + 4, status, 10.5)
        draw_bar(row, bar, axis, y)


def draw_counts(group: Group, timeline: Timeline, left: float, top: float, width: float) -> None:
    """Draw the numbers of studies by year, a row of columns for each phase.

    Args:
        group: Where they are drawn.
        timeline: The studies.
        left: The left edge.
        top: The upper edge.
        width: How wide it is.
    """
    counts = counts_by_year(timeline)
    years = sorted({year for by_year in counts.values() for year in by_year})
    axis = Axis((years[0], years[-1] + 1), left + _PANEL_LEFT, width - _PANEL_LEFT)
    scale = COLUMN / max(map(_highest, counts.values()))
    wide = axis.room / (axis.last - axis.first)
    floor = top
    for phase, by_year in counts.items():
        floor += _PANEL_HEAD + scale * _highest(by_year)
        total = sum(sum(by_state.values()) for by_state in by_year.values())
        noun = "study" if total == 1 else "studies"
        group.text(left + 4, floor - 16, phase, 12, fill=INK, font_weight="bold")
        group.text(left + 4, floor - 2, f"{total:,} {noun}", 10.5, fill=FAINT_INK)
        group.line(axis.left, floor, axis.left + axis.room, floor, stroke=INK, stroke_width=0.8)
        for year, by_state in by_year.items():
            y = _draw_column(group, by_state, phase, axis.at(year) + 2, floor, wide - 4, scale)
            number = str(sum(by_state.values()))
            middle = axis.at(year + 0.5)
            group.text(middle, y - 3, number, 9.5, fill=INK, text_anchor="middle")
    for year in range(axis.first, axis.last):
        if wide > text_width("2026", 10) + 3 or year % 5 == 0:
            x = axis.at(year + 0.5)
            group.text(x, floor + 18, str(year), 10, fill=INK, text_anchor="middle")


def counts_height(timeline: Timeline) -> float:
    """Give the height of what `draw_counts` draws."""
    highest = list(map(_highest, counts_by_year(timeline).values()))
    return _PANEL_HEAD * len(highest) + COLUMN * sum(highest) / max(highest) + 20


def _highest(by_year: dict[int, dict[str, int]]) -> int:
    return max(sum(by_state.values()) for by_state in by_year.values())


def _draw_column(
    group: Group,
    by_state: dict[str, int],
    phase: str,
    x: float,
    floor: float,
    width: float,
    scale: float,
) -> float:
    """Draw the studies of a year on each other by state, and give where the column ends."""
    y = floor
    for state in STATES:
        tall = scale * by_state.get(state, 0)
        if tall:
            draw_box(group, state, colour_of(phase), x, y - tall, width, tall)
        y -= tall
    return y


def _draw_legend(picture: Picture, timeline: Timeline, top: float) -> None:
    for place, (state, statuses) in enumerate(STATES.items()):
        y = top + 22 * place
        draw_box(picture, state, "#404040", MARGIN, y - 9, 34, 10)
        words = state if statuses == (state,) else f"{state}: {', '.join(statuses)}"
        if state == "not known":
            words += ", or none stated"
        picture.text(MARGIN + 44, y, words, 11, fill=INK)
    y = top + 22 * len(STATES)
    origin = "" if timeline.folded else " A name in bold: curated by hand."
    note = FOLDED_NOTE if timeline.folded else NOTE + origin
    picture.text(MARGIN, y, note, 10.5, fill=FAINT_INK)
