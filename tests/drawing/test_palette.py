"""Looks can be told apart without colour, and stand out from the ground."""

from __future__ import annotations

from math import pi

import pytest

from cellkg.drawing.palette import (
    EMPTY,
    FAINT_INK,
    INK,
    PAPER,
    SHAPES,
    SOURCE_LOOKS,
    best_source,
)
from cellkg.drawing.timeline import PHASES
from cellkg.drawing.timeline_marks import OTHER_PHASE, PHASE_COLOURS

GRAPHICS, TEXT = 3.0, 4.5
"""The contrast that WCAG 2.2 asks of graphics and of text (AA)."""


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_marks_stand_out() -> None:
    colours = [look.colour for look in SOURCE_LOOKS.values()]
    colours += [*PHASE_COLOURS.values(), OTHER_PHASE, EMPTY]
    assert len(colours) == 19
    assert {
        each: contrast(each, PAPER) for each in colours if contrast(each, PAPER) < GRAPHICS
    } == {}
    assert contrast(INK, PAPER) > TEXT
    assert contrast(FAINT_INK, PAPER) > TEXT


def test_no_two_kinds_of_sources_have_the_same_shape() -> None:
    assert len({look.shape for look in SOURCE_LOOKS.values()}) == len(SOURCE_LOOKS) == 10
    assert set(PHASE_COLOURS) == set(PHASES)


@pytest.mark.parametrize("shape", [name for name, corners in SHAPES.items() if corners])
def test_shapes_are_as_large_as_a_circle(shape: str) -> None:
    corners = SHAPES[shape]
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    area = abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs)) / 2
    tolerance = 0.25 if shape in {"star", "cross"} else 0.001
    assert area == pytest.approx(pi, rel=tolerance)


def test_a_peer_reviewed_article_is_the_best_source() -> None:
    kinds = ["commercial page", "journal article", "poster"]
    assert best_source(kinds, peer_reviewed=True) == "peer-reviewed journal article"
    assert best_source(kinds, peer_reviewed=False) == "journal article"
    assert best_source(kinds[::2], peer_reviewed=False) == "poster"
    assert best_source(["hearsay"], peer_reviewed=True) == ""
