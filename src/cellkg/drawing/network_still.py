"""A network as a still: one view, drawn for print, with its legend and what was folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.drawing.fonts import LINE_HEIGHT, text_width, wrapped
from cellkg.drawing.network_legend import dashed, legend_items
from cellkg.drawing.network_looks import (
    DISC_DASH,
    DISC_FILL,
    KIND_LOOKS,
    LINE_LOOKS,
    group_colour,
    line_look,
    study_look,
)
from cellkg.drawing.network_picture import label_box, line_start, what_is_folded
from cellkg.drawing.palette import FAINT_INK, INK, PAPER, draw_mark
from cellkg.drawing.svg import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cellkg.drawing.network_folding import Group as Things
    from cellkg.drawing.network_legend import Draw
    from cellkg.drawing.network_picture import Heading, Link, Mark, Network, View
    from cellkg.drawing.page import Stamp
    from cellkg.drawing.svg import Group

_MARGIN: Final = 28.0
_HEAD: Final = 92.0
_LEGEND_ROW: Final = 21.0
_NARROWEST: Final = 760.0
NEAR: Final = 120.0
"""How far apart the ends of a line are at least if it is bent: within a disc it is straight."""


def draw_still(network: Network, view: View, title: str, caption: str, stamp: Stamp) -> Picture:
    """Draw one view of a network.

    Args:
        network: What is shown.
        view: Where it stands.
        title: What the picture shows.
        caption: What was selected.
        stamp: What it was made from.

    Returns:
        The picture; wide and high enough for every label.
    """
    left, top, right, bottom = extent(view)
    width = max(right - left, _NARROWEST) + 2 * _MARGIN
    legend = legend_items(network, view)
    rows = _legend_rows(legend, width - 2 * _MARGIN)
    notes = [
        line
        for note in (*view.notes, *what_is_folded(network, {mark.id for mark in view.marks}))
        for line in wrapped(note, width - 2 * _MARGIN, 11)
    ]
    height = (
        _HEAD
        + (bottom - top)
        + 34
        + len(rows) * _LEGEND_ROW
        + 14
        + len(notes) * 11 * LINE_HEIGHT
        + _MARGIN
    )
    picture = Picture(round(width), round(height), title, f"{caption}. {' '.join(view.notes)}")
    picture.text(_MARGIN, 36, title, 20, font_weight="bold", fill=INK)
    picture.text(_MARGIN, 57, caption, 13, fill=INK)
    picture.text(_MARGIN, 74, str(stamp), 11, fill=FAINT_INK)
    middle = (width - (left + right)) / 2
    canvas = picture.group(transform=f"translate({middle:.1f} {_HEAD - top:.1f})")
    _draw_view(canvas, network, view)
    y = _HEAD + (bottom - top) + 34
    for row in rows:
        for x, (draw, words) in row:
            draw(picture, _MARGIN + x + 12, y - 4)
            picture.text(_MARGIN + x + 30, y, words, 11.5, fill=INK)
        y += _LEGEND_ROW
    picture.lines(_MARGIN, y + 14, notes, 11, fill=FAINT_INK)
    return picture


def bow_width(start: Mark, end: Mark) -> float:
    """Give how far a bow between two marks of a column bends aside, before it is smoothed."""
    return round(min(160.0, 60 + abs(end.y - start.y) / 5), 1)


def extent(view: View) -> tuple[float, float, float, float]:
    """Give the left, top, right and bottom of a view with all its labels."""
    boxes = [label_box(mark) for mark in view.marks if mark.label]
    boxes += [(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in view.marks]
    boxes += [_heading_box(each) for each in view.headings]
    lefts, tops, rights, bottoms = zip(*boxes or [(0.0, 0.0, 0.0, 0.0)], strict=True)
    return min(lefts) - 4, min(tops) - 4, max(rights) + 4, max(bottoms) + 4


def _heading_box(heading: Heading) -> tuple[float, float, float, float]:
    width = text_width(heading.text, 13, bold=True)
    x = heading.x - width if heading.side == "left" else heading.x
    return x, heading.y - 13, x + width, heading.y + 4


def _draw_view(canvas: Group, network: Network, view: View) -> None:
    groups = {group.id: group for several in network.groups.values() for group in several}
    places = {mark.id: mark for mark in view.marks}
    for mark in view.marks[: view.discs]:
        group = groups[mark.id]
        canvas.circle(
            mark.x,
            mark.y,
            mark.radius,
            fill=DISC_FILL[group.role],
            stroke=group_colour(group),
            stroke_width=1.1,
            **dashed(DISC_DASH[group.role]),
        )
    lines = canvas.group(fill="none", stroke_linecap="butt")
    most = max((link.studies for link in view.links), default=1)
    for link in view.links:
        _draw_link(lines, link, places[link.start], places[link.end], most, bow=not view.discs)
    for mark in view.marks[view.discs :]:
        _draw_mark(canvas, mark, network, groups)
    for mark in view.marks:
        _draw_label(canvas, mark)
    for heading in view.headings:
        anchor = "end" if heading.side == "left" else "start"
        canvas.text(
            heading.x,
            heading.y,
            heading.text,
            13,
            font_weight="bold",
            text_anchor=anchor,
            fill=INK,
        )


def _draw_link(lines: Group, link: Link, start: Mark, end: Mark, most: int, *, bow: bool) -> None:
    """Draw a line: across columns an S, within a column a bow beside it, within discs straight."""
    look = LINE_LOOKS[line_look(link.kind, link.answer)]
    from_x = start.x + line_start(start, end)
    bend = (from_x + end.x) / 2
    weight = 1.2 if link.kind else 0.8 + 13 * link.studies / most
    if abs(end.x - start.x) < NEAR and bow:
        aside = start.x - bow_width(start, end)
        steps = f"M{start.x} {start.y}C{aside} {start.y} {aside} {end.y} {end.x} {end.y}"
    elif abs(end.x - start.x) < NEAR:
        steps = f"M{start.x} {start.y}L{end.x} {end.y}"
    else:
        steps = f"M{from_x:.1f} {start.y}C{bend:.1f} {start.y} {bend:.1f} {end.y} {end.x} {end.y}"
    lines.path(
        steps,
        stroke=look.colour,
        stroke_width=weight,
        stroke_opacity=0.75 if link.kind else 0.3,
        **dashed(look.dash),
    )


def _draw_mark(canvas: Group, mark: Mark, network: Network, groups: dict[str, Things]) -> None:
    study = network.studies.get(mark.id)
    if study is not None:
        look = study_look(study.origin)
        draw_mark(canvas, look, mark.x, mark.y, mark.radius, filled=study.origin == "curated")
        return
    group = groups[mark.id]
    look = KIND_LOOKS[group.kind]._replace(colour=group_colour(group))
    draw_mark(canvas, look, mark.x, mark.y, mark.radius, filled=group.role in {"one", "broader"})


def _draw_label(canvas: Group, mark: Mark) -> None:
    if not mark.label:
        return
    left, top, right, _ = label_box(mark)
    anchor, x = {"left": ("end", right), "right": ("start", left)}.get(
        mark.side, ("middle", mark.x)
    )
    canvas.lines(
        round(x, 1),
        round(top + mark.size, 1),
        list(mark.label),
        mark.size,
        text_anchor=anchor,
        fill=INK,
        stroke=PAPER,
        stroke_width=3,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _legend_rows(
    items: Iterable[tuple[Draw, str]], room: float
) -> list[list[tuple[float, tuple[Draw, str]]]]:
    """Lay the legend out in rows as wide as the picture."""
    rows: list[list[tuple[float, tuple[Draw, str]]]] = [[]]
    x = 0.0
    for item in items:
        width = 30 + text_width(item[1], 11.5) + 22
        if rows[-1] and x + width > room:
            rows.append([])
            x = 0.0
        rows[-1].append((x, item))
        x += width
    return rows
