"""The legend of a network: what the picture has, and how it looks, on a page and in a still."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from cellkg.drawing.network_looks import (
    DISC_DASH,
    DISC_FILL,
    KIND_LOOKS,
    LINE_LOOKS,
    ROLE_WORDS,
    line_look,
    study_look,
)
from cellkg.drawing.palette import EMPTY, draw_mark
from cellkg.drawing.svg import Group

if TYPE_CHECKING:
    from cellkg.drawing.network_picture import Network, View

Draw = Callable[[Group, float, float], object]
"""Draws an item of the legend around a point."""


def legend_items(network: Network, view: View) -> list[tuple[Draw, str]]:
    """List what the picture has, and how it looks."""
    shown = {mark.id for mark in view.marks}
    origins = sorted({study.origin for study in network.studies.values() if study.iri in shown})
    items: list[tuple[Draw, str]] = [
        (_study_swatch(origin), f"study, {_ORIGIN_WORDS.get(origin, origin)}") for origin in origins
    ]
    discs = {mark.id for mark in view.marks[: view.discs]}
    drawn = [group for several in network.groups.values() for group in several]
    for kind, look in KIND_LOOKS.items():
        if any(group.kind == kind and group.id in shown - discs for group in drawn):
            items.append((_mark_swatch(kind, filled=True), look.name))
    for role, words in ROLE_WORDS.items():
        if any(group.role == role and group.id in discs for group in drawn):
            items.append((_disc_swatch(role), words.format(network.kinds[0].replace("-", " "))))
    if any(group.role in {"rest", "silent"} and group.id in shown - discs for group in drawn):
        items.append((_open_swatch, "open mark: several others, or (grey) not recorded"))
    looks = dict.fromkeys(line_look(link.kind, link.answer) for link in view.links if link.kind)
    return items + [(_line_swatch(name), LINE_LOOKS[name].name) for name in looks]


_ORIGIN_WORDS: Final = {"curated": "curated by hand", "registry": "read from a registry"}


def swatch(draw: Draw) -> str:
    """Draw an item of the legend as SVG that stands in a page; its words stand beside it."""
    size = {"width": "28", "height": "20", "viewBox": "0 0 28 20", "aria-hidden": "true"}
    drawn = Group(ET.Element("svg", size))
    draw(drawn, 14, 10)
    return ET.tostring(drawn.element, encoding="unicode")


def _study_swatch(origin: str) -> Draw:
    look = study_look(origin)
    return lambda group, x, y: draw_mark(group, look, x, y, 5, filled=origin == "curated")


def _mark_swatch(kind: str, *, filled: bool) -> Draw:
    return lambda group, x, y: draw_mark(group, KIND_LOOKS[kind], x, y, 6, filled=filled)


def _open_swatch(group: Group, x: float, y: float) -> object:
    draw_mark(group, KIND_LOOKS["route"]._replace(colour=EMPTY), x, y, 6, filled=False)
    return group


def _disc_swatch(role: str) -> Draw:
    colour = EMPTY if role == "silent" else KIND_LOOKS["condition"].colour
    return lambda group, x, y: group.circle(
        x, y, 8, fill=DISC_FILL[role], stroke=colour, stroke_width=1.1, **dashed(DISC_DASH[role])
    )


def _line_swatch(name: str) -> Draw:
    look = LINE_LOOKS[name]
    return lambda group, x, y: group.line(
        x - 12, y, x + 12, y, stroke=look.colour, stroke_width=1.6, **dashed(look.dash)
    )


def dashed(dash: str | None) -> dict[str, str]:
    """Give the attribute of a dash, if there is one."""
    return {} if dash is None else {"stroke_dasharray": dash}
