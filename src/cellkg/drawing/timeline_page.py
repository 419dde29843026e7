"""Studies in time as a page: a table with a bar in each row, and counts by year above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.drawing.page import render_page
from cellkg.drawing.palette import GRID, INK
from cellkg.drawing.study_rows import (
    origin_choices,
    phase_choices,
    source_choices,
    source_of,
    status_choices,
    study_data,
    study_facts,
)
from cellkg.drawing.svg import InlinePicture
from cellkg.drawing.timeline import NOT_STATED, STATES, counts_by_year, phase_of, phase_order
from cellkg.drawing.timeline_marks import PHASE_COLOURS, Axis, colour_of, draw_bar, draw_box
from cellkg.drawing.timeline_still import (
    FOLDED_NOTE,
    NOTE,
    WIDTH,
    caption_of,
    counts_height,
    draw_counts,
)

if TYPE_CHECKING:
    from cellkg.drawing.timeline import Bar, Timeline

_BAR_WIDTH: Final = 460.0
_BAR_HEIGHT: Final = 22.0
_EDGE: Final = 14.0


def draw_page(timeline: Timeline) -> bytes:
    """Draw studies in time as a page.

    Args:
        timeline: The studies.

    Returns:
        The page in UTF-8.

    Raises:
        MissingExtra: The library of the templates is not installed.
    """
    axis = Axis(timeline.years, _EDGE, _BAR_WIDTH - 2 * _EDGE - 24)
    bars = {bar.study.iri: _bar(bar, axis, guided=not timeline.folded) for bar in timeline.bars}
    ordered = [*(bar.study for bar in timeline.bars), *timeline.undated]
    phases = phase_choices(ordered)
    return render_page(
        "timeline.html.jinja",
        title=timeline.title,
        caption=caption_of(timeline),
        stamp=timeline.stamp,
        data={"studies": study_data(ordered, [study_facts(each, (), {}) for each in ordered])},
        scripts=["study_details.js"],
        styles=["timeline.css"],
        counts=_counts(timeline) if timeline.folded else "",
        table=_table(timeline) if timeline.folded else [],
        states=list(STATES),
        studies=[
            (study, phase_of(study), source_of(study), bars.get(study.iri, "")) for study in ordered
        ],
        axis=_axis(axis),
        not_stated=NOT_STATED,
        legend=_legend(),
        notes=[NOTE, *([FOLDED_NOTE] if timeline.folded else [])],
        origins=origin_choices(ordered),
        sources=source_choices(ordered),
        phases=sorted(phases, key=lambda choice: phase_order(choice[0])),
        statuses=status_choices(ordered),
    )


def _bar(bar: Bar, axis: Axis, *, guided: bool) -> str:
    """Draw the bar of a row; lines for the years in a thousand rows would slow the page down."""
    picture = InlinePicture(_BAR_WIDTH, _BAR_HEIGHT)
    for year in axis.ticks if guided else ():
        picture.line(axis.at(year), 0, axis.at(year), _BAR_HEIGHT, stroke=GRID)
    draw_bar(picture, bar, axis, _BAR_HEIGHT / 2)
    return picture.to_markup()


def _axis(axis: Axis) -> str:
    picture = InlinePicture(_BAR_WIDTH, 18)
    for year in axis.ticks:
        picture.line(axis.at(year), 13, axis.at(year), 18, stroke=INK)
        picture.text(axis.at(year), 11, str(year), 10.5, fill=INK, text_anchor="middle")
    return picture.to_markup()


def _counts(timeline: Timeline) -> str:
    picture = InlinePicture(WIDTH, counts_height(timeline))
    draw_counts(picture, timeline, 0, 0, WIDTH)
    return picture.to_markup()


def _table(timeline: Timeline) -> list[tuple[str, int, list[int], int]]:
    """Give the counts as rows: phase, year, the number by state, all."""
    return [
        (phase, year, [by_state.get(state, 0) for state in STATES], sum(by_state.values()))
        for phase, by_year in counts_by_year(timeline).items()
        for year, by_state in sorted(by_year.items())
    ]


def _legend() -> list[tuple[str, str]]:
    signs = []
    for state, statuses in STATES.items():
        picture = InlinePicture(38, 16)
        draw_box(picture, state, "#404040", 2, 3, 34, 10)
        words = state if statuses == (state,) else f"{state}: {', '.join(statuses)}"
        signs.append((picture.to_markup(), words))
    for phase in [*PHASE_COLOURS, NOT_STATED]:
        picture = InlinePicture(16, 16)
        picture.rect(2, 2, 12, 12, fill=colour_of(phase))
        signs.append((picture.to_markup(), phase if phase in PHASE_COLOURS else "phase not stated"))
    return signs
