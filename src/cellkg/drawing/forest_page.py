"""A forest as a page: a table in which each row shows its interval and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.drawing.forest import NOT_STATED, axis_end
from cellkg.drawing.forest_marks import DASH, axis_ticks, draw_estimate
from cellkg.drawing.forest_still import NOTES
from cellkg.drawing.page import render_page
from cellkg.drawing.palette import GRID, INK, SOURCE_LOOKS, draw_mark
from cellkg.drawing.study_rows import origin_choices, source_choices, source_of
from cellkg.drawing.svg import InlinePicture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cellkg.drawing.forest import Estimate, Forest

_PLOT_WIDTH: Final = 420.0
_PLOT_HEIGHT: Final = 34.0
_EDGE: Final = 12.0


class ForestRow(NamedTuple):
    """A row of the page.

    Attributes:
        estimate: What it tells.
        source: The best kind of source of the study.
        mark: The mark of that kind.
        plot: Its interval; empty where there is none.
    """

    estimate: Estimate
    source: str
    mark: str
    plot: str


def draw_page(forest: Forest) -> bytes:
    """Draw a forest as a page.

    Args:
        forest: The estimates.

    Returns:
        The page in UTF-8.

    Raises:
        MissingExtra: The library of the templates is not installed.
    """
    end = axis_end(forest)
    below = {reason: _rows(several, end) for reason, several in forest.below.items()}
    everything = [*forest.on_line, *(each for several in forest.below.values() for each in several)]
    studies = {each.study.iri: each.study for each in everything}.values()
    return render_page(
        "forest.html.jinja",
        title=forest.title,
        caption=forest.caption,
        stamp=forest.stamp,
        styles=["forest.css"],
        event=forest.event,
        on_line=_rows(forest.on_line, end),
        below=below,
        not_stated=NOT_STATED,
        axis=_axis(end),
        source_names={key: look.name for key, look in SOURCE_LOOKS.items()},
        legend=_legend({source_of(each) for each in studies}),
        notes=NOTES,
        origins=origin_choices(studies),
        sources=source_choices(studies),
    )


def _rows(estimates: Iterable[Estimate], end: int) -> list[ForestRow]:
    return [
        ForestRow(
            each,
            source_of(each.study),
            _mark(source_of(each.study), curated=each.study.origin == "curated"),
            _plot(each, end),
        )
        for each in estimates
    ]


def _mark(source: str, *, curated: bool) -> str:
    picture = InlinePicture(20, 20)
    mark = draw_mark(picture, SOURCE_LOOKS[source], 10, 10, 6)
    if curated:
        mark.element.set("stroke", INK)
        mark.element.set("stroke-width", "1.4")
    return picture.to_markup()


def _plot(estimate: Estimate, end: int) -> str:
    if estimate.interval is None:
        return ""
    picture = InlinePicture(_PLOT_WIDTH, _PLOT_HEIGHT)
    room = _PLOT_WIDTH - 2 * _EDGE
    for tick in axis_ticks(end):
        x = _EDGE + room * tick / end
        picture.line(x, 0, x, _PLOT_HEIGHT, stroke=GRID)
    draw_estimate(picture, estimate, _EDGE, _PLOT_HEIGHT / 2, room, end)
    return picture.to_markup()


def _axis(end: int) -> str:
    picture = InlinePicture(_PLOT_WIDTH, 20)
    room = _PLOT_WIDTH - 2 * _EDGE
    picture.line(_EDGE, 18, _PLOT_WIDTH - _EDGE, 18, stroke=INK)
    for tick in axis_ticks(end):
        x = _EDGE + room * tick / end
        picture.line(x, 14, x, 20, stroke=INK)
        picture.text(x, 11, f"{tick} %", 11, fill=INK, text_anchor="middle")
    return picture.to_markup()


def _legend(sources: set[str]) -> list[tuple[str, str]]:
    signs = [(_mark(key, curated=False), look.name) for key, look in SOURCE_LOOKS.items()]
    signs = [sign for sign, key in zip(signs, SOURCE_LOOKS, strict=True) if key in sources]
    curated = InlinePicture(20, 20)
    curated.rect(4, 4, 12, 12, fill="#cccccc", stroke=INK, stroke_width=1.4)
    dashed = InlinePicture(36, 20)
    dashed.line(2, 10, 34, 10, stroke=INK, stroke_width=1.4, stroke_dasharray=DASH)
    return [
        *signs,
        (curated.to_markup(), "dark outline: curated by hand"),
        (dashed.to_markup(), "holds only if people are counted"),
    ]
