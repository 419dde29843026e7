"""How studies, what they share, and lines look: by shape and dash as well as by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.drawing.palette import EMPTY, INK, Look

if TYPE_CHECKING:
    from cellkg.drawing.network_folding import Group

KIND_LOOKS: Final = {
    "condition": Look("condition", "#b8431f", "diamond"),
    "cell-type": Look("cell type", "#0072b2", "hexagon"),
    "route": Look("route of administration", "#00805e", "square"),
    "adverse-event": Look("adverse event", "#a87400", "triangle"),
    "institution": Look("institution", "#a05195", "pentagon"),
    "source": Look("source", "#7a5c3a", "star"),
    "tissue": Look("tissue", "#b5477a", "inverted triangle"),
    "donor": Look("donor", "#4b6a00", "cross"),
    "derived-from": Look("parent cells", "#2b7a9c", "octagon"),
    "outcome-measure": Look("outcome measure", "#5a52a8", "disc"),
}
"""The looks of the kinds of things that studies share."""

DISC_FILL: Final = {"one": "#fdf1ec", "broader": "#fdf1ec", "rest": "#f6f4f0", "silent": "#f6f6f6"}
"""What discs are filled with, by the role of their group."""

DISC_DASH: Final = {"one": None, "broader": "9 2 2 2", "rest": "6 4", "silent": "1.5 4"}
"""The rim of discs, by the role of their group."""

ROLE_WORDS: Final = {
    "one": "disc of one {}",
    "broader": "disc of a broader {} with narrower ones folded in",
    "rest": "disc of what no broader {} holds",
    "silent": "disc of studies that name no known {}: silence, not absence",
}
"""What the legend says of each role."""

LINE_LOOKS: Final = {
    "": Look("named by a record of the study", "#6b7480", "circle"),
    "reported": Look("adverse event reported", "#8a5f00", "circle"),
    "denied": Look("adverse event denied", "#8a5f00", "circle", "7 4"),
    "not counted": Look("adverse event neither reported nor denied", "#8a5f00", "circle", "2 3"),
    "silent": Look("not recorded: silence", "#a8a8a8", "circle", "1 5"),
    "overlap": Look("two studies that may overlap", "#b8003a", "circle", "8 3 2 3"),
}
"""The looks of lines by what was answered; an overlap has one of its own."""


def line_look(kind: str, answer: str) -> str:
    """Name the look of a line: a key of `LINE_LOOKS`.

    Args:
        kind: The kind of relation.
        answer: What was answered, as in `cellkg.overview.Relation`; "silent" for nothing.

    Returns:
        The name.

    Example:
        >>> line_look("adverse-event", "denied"), line_look("overlap", "0.88")
        ('denied', 'overlap')
    """
    if kind == "overlap":
        return "overlap"
    return answer if answer in LINE_LOOKS else ""


def group_colour(group: Group) -> str:
    """Give the colour of a group: that of its kind, and grey where studies are silent."""
    return EMPTY if group.role == "silent" else KIND_LOOKS[group.kind].colour


def study_look(origin: str) -> Look:
    """Give the look of a study: filled where curated by hand, open where read from a registry."""
    return Look("study", INK if origin == "curated" else "#4f5965", "disc")
