"""The evidence gap map as a page: a table whose cells lead to their studies and their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.drawing.gap_map_still import (
    cell_words,
    draw_bubbles,
    draw_sign,
    map_notes,
    marks_of,
    scale_of,
    scale_words,
    source_looks,
)
from cellkg.drawing.page import render_page
from cellkg.drawing.palette import INK, PAPER, SOURCE_LOOKS, draw_mark
from cellkg.drawing.study_rows import (
    origin_choices,
    source_choices,
    source_of,
    status_choices,
    study_data,
    study_facts,
)
from cellkg.drawing.svg import InlinePicture
from cellkg.overview import RELATION_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.drawing.folding import Line
    from cellkg.drawing.gap_map import Bubble, GapMap
    from cellkg.drawing.gap_map_still import Scale

_WIDTH: Final = 92.0
_HEIGHT: Final = 38.0


class Cell(NamedTuple):
    """A cell of the table.

    Attributes:
        markup: Its bubbles.
        studies: How many studies it holds, in words; empty where there are none.
        people: How many people, in words.
    """

    markup: str
    studies: str
    people: str


class Row(NamedTuple):
    """A row of the table.

    Attributes:
        line: What it stands for.
        studies: How many studies it holds.
        cells: Its cells.
    """

    line: Line
    studies: int
    cells: tuple[Cell, ...]


def draw_page(drawn: GapMap) -> bytes:
    """Draw the map as a page.

    Args:
        drawn: The map.

    Returns:
        The page in UTF-8.

    Raises:
        MissingExtra: The library of the templates is not installed.
    """
    names = {key: RELATION_KINDS[key].label for key in drawn.axes}
    told = [
        study_facts(study, said, names)
        for study, said in zip(drawn.studies, drawn.relations, strict=True)
    ]
    cells = {
        f"{row},{column}": [each.studies for each in bubbles]
        for (row, column), bubbles in drawn.cells.items()
    }
    return render_page(
        "map.html.jinja",
        title=drawn.title,
        caption=f"Shown: {drawn.selection}.",
        stamp=drawn.stamp,
        data={"studies": study_data(drawn.studies, told), "cells": cells},
        scripts=["study_details.js", "map.js"],
        styles=["map.css"],
        row_axis=drawn.row_axis,
        column_axis=drawn.column_axis,
        columns=[
            (line, drawn.studies_of_line(column=place)) for place, line in enumerate(drawn.columns)
        ],
        rows=_rows(drawn),
        studies=[
            (study, source_of(study), _named(drawn, place))
            for place, study in enumerate(drawn.studies)
        ],
        source_names={key: look.name for key, look in SOURCE_LOOKS.items()},
        legend=_legend(drawn),
        notes=map_notes(drawn),
        origins=origin_choices(drawn.studies),
        sources=source_choices(drawn.studies),
        statuses=status_choices(drawn.studies),
    )


def _rows(drawn: GapMap) -> list[Row]:
    scale = scale_of(drawn)
    return [
        Row(
            line,
            drawn.studies_of_line(row=row),
            tuple(
                _cell(drawn.cells.get((row, column), ()), scale)
                for column in range(len(drawn.columns))
            ),
        )
        for row, line in enumerate(drawn.rows)
    ]


def _cell(bubbles: Sequence[Bubble], scale: Scale) -> Cell:
    if not bubbles:
        return Cell("", "", "")
    picture = InlinePicture(_WIDTH, _HEIGHT)
    draw_bubbles(picture, bubbles, scale, _WIDTH / 2, _HEIGHT / 2, _WIDTH - 4)
    return Cell(picture.to_markup(), *cell_words(bubbles))


def _named(drawn: GapMap, place: int) -> list[str]:
    """Give what a study names on each axis, in words."""
    return [
        ", ".join(each.label for each in drawn.relations[place] if each.kind == axis)
        or "not stated"
        for axis in drawn.axes
    ]


def _legend(drawn: GapMap) -> list[tuple[str, str]]:
    """Give the signs with what they mean."""
    signs = []
    for key in source_looks(drawn):
        picture = InlinePicture(20, 20)
        draw_mark(picture, SOURCE_LOOKS[key], 10, 10, 7)
        signs.append((picture.to_markup(), SOURCE_LOOKS[key].name))
    scale = scale_of(drawn)
    for radius, words in scale_words(scale):
        size = 2 * radius + 3
        picture = InlinePicture(size, size)
        picture.circle(size / 2, size / 2, radius, fill=PAPER, stroke=INK)
        signs.append((picture.to_markup(), words))
    for kind, words in marks_of(drawn).items():
        picture = InlinePicture(24, 24)
        draw_sign(picture, kind, 12, 12)
        signs.append((picture.to_markup(), words))
    return signs
