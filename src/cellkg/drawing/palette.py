"""Colours, shapes and patterns of all pictures: never a colour alone.

The colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), the light ones darkened
until they stand out from white at 3:1, as WCAG 2.2 asks of graphics (1.4.11). Each look also has a
shape or a dash of its own, so that it can be told without any colour.
"""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cellkg.drawing.svg import Group

INK: Final = "#1a1a1a"
"""Text and axes."""

FAINT_INK: Final = "#595959"
"""Text of second rank; 7:1 on white."""

GRID: Final = "#d9d9d9"
"""Lines that guide the eye and carry nothing."""

EMPTY: Final = "#8a8a8a"
"""The mark of an empty cell, and of what is not stated."""

PAPER: Final = "#ffffff"
"""The ground."""


class Look(NamedTuple):
    """How one kind of thing is drawn.

    Attributes:
        name: What the legend calls it.
        colour: Its colour.
        shape: A key of `SHAPES`.
        dash: The dash of its lines as in ``stroke-dasharray``; None for a solid line.
    """

    name: str
    colour: str
    shape: str
    dash: str | None = None


SOURCE_LOOKS: Final = {
    "peer-reviewed journal article": Look("peer-reviewed journal article", "#0072b2", "circle"),
    "journal article": Look("journal article, peer review not stated", "#2b8cc4", "octagon"),
    "registry record": Look("registry record", "#00805e", "square"),
    "preprint": Look("preprint", "#b8860b", "pentagon"),
    "conference abstract": Look("conference abstract", "#a05195", "hexagon"),
    "poster": Look("poster", "#c2553a", "triangle"),
    "patient-organisation page": Look("patient-organisation page", "#7a5195", "diamond"),
    "news item": Look("news item", "#8c6d46", "star"),
    "commercial page": Look("commercial page", "#b8003a", "cross"),
    "": Look("no source kind stated", "#6e6e6e", "ring"),
}
"""The kinds of sources, the best first: what others have checked, then what must follow a form,
then what is shown to colleagues, then what is told to the public, then what is meant to sell."""

ORIGIN_LOOKS: Final = {
    "curated": Look("curated by hand", "#1a1a1a", "disc"),
    "registry": Look("read from a registry", "#1a1a1a", "ring"),
}
"""Who recorded a study: a filled or an open mark."""


def best_source(kinds: Iterable[str], *, peer_reviewed: bool) -> str:
    """Choose the best kind of source.

    Args:
        kinds: The labels of the kinds of sources that a study has.
        peer_reviewed: Whether one of the sources is peer-reviewed.

    Returns:
        A key of `SOURCE_LOOKS`; the empty one where no known kind is given.

    Example:
        >>> best_source(["news item", "journal article"], peer_reviewed=True)
        'peer-reviewed journal article'
        >>> best_source([], peer_reviewed=False)
        ''
    """
    given = {
        f"peer-reviewed {kind}" if peer_reviewed and kind == "journal article" else kind
        for kind in kinds
    }
    return next((kind for kind in SOURCE_LOOKS if kind in given), "")


def draw_mark(
    group: Group, look: Look, x: float, y: float, radius: float, *, filled: bool = True
) -> Group:
    """Draw the mark of a look around a point.

    All shapes have about the same area, so that sizes can be compared across them.

    Args:
        group: Where it is drawn.
        look: How it looks.
        x: Where its middle is.
        y: Where its middle is.
        radius: The radius of a circle of the same area.
        filled: Whether it is filled; an open mark has a line of the same colour.

    Returns:
        The mark.
    """
    stroke = max(1.0, min(2.0, radius / 4))
    paint: dict[str, str | float] = {"fill": look.colour, "stroke": PAPER, "stroke_width": 0.75}
    if not filled or look.shape == "ring":
        paint = {"fill": PAPER, "stroke": look.colour, "stroke_width": stroke}
    if look.shape in {"circle", "disc", "ring"}:
        return group.circle(x, y, radius, **paint)
    corners = [(x + radius * dx, y + radius * dy) for dx, dy in SHAPES[look.shape]]
    return group.polygon(list(corners), **paint)


def _regular(corners: int, turn: float = 0.0) -> list[tuple[float, float]]:
    """Give the corners of a regular shape as large as the circle of radius 1."""
    size = (pi / (corners / 2 * sin(2 * pi / corners))) ** 0.5
    angles = [turn - pi / 2 + 2 * pi * number / corners for number in range(corners)]
    return _centred([(size * cos(angle), size * sin(angle)) for angle in angles])


def _centred(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move a shape so that as much of it is above the origin as below."""
    heights = [y for _, y in corners]
    middle = (min(heights) + max(heights)) / 2
    return [(x, y - middle) for x, y in corners]


def _star(points: int, inner: float, size: float) -> list[tuple[float, float]]:
    angles = [-pi / 2 + pi * number / points for number in range(2 * points)]
    sizes = [size, size * inner] * points
    return _centred([(each * cos(a), each * sin(a)) for a, each in zip(angles, sizes, strict=True)])


def _cross(arm: float, half: float) -> list[tuple[float, float]]:
    quarter = [(-half, -arm), (half, -arm), (half, -half)]
    corners = []
    for _ in range(4):
        corners += quarter
        quarter = [(-y, x) for x, y in quarter]
    turned = [((x - y) / 2**0.5, (x + y) / 2**0.5) for x, y in corners]
    return list(dict.fromkeys(turned))


SHAPES: Final = {
    "circle": [],
    "disc": [],
    "ring": [],
    "square": _regular(4, pi / 4),
    "diamond": _regular(4),
    "triangle": _regular(3),
    "inverted triangle": _regular(3, pi),
    "pentagon": _regular(5),
    "hexagon": _regular(6, pi / 6),
    "octagon": _regular(8, pi / 8),
    "star": _star(5, 0.45, 1.45),
    "cross": _cross(1.25, 0.4),
}
"""The corners of every shape, around the origin, of the area of a circle of radius 1."""
