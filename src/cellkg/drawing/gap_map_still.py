"""The evidence gap map as one still page with its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.drawing.fonts import text_width, wrapped
from cellkg.drawing.gap_map import NOT_STATED, people_words
from cellkg.drawing.palette import EMPTY, FAINT_INK, GRID, INK, PAPER, SOURCE_LOOKS, draw_mark
from cellkg.drawing.svg import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.drawing.folding import Line
    from cellkg.drawing.gap_map import Bubble, GapMap
    from cellkg.drawing.palette import Look
    from cellkg.drawing.svg import Group

MARGIN: Final = 28.0
ROW_LABEL: Final = 218.0
CELL_WIDTH: Final = 94.0
CELL_HEIGHT: Final = 42.0
HEAD: Final = 66.0
LARGEST: Final = 15.0
SMALLEST: Final = 2.5
LEGEND_WIDTH: Final = 800.0
BUBBLES: Final = 46.0
"""How much of the width of a cell the bubbles take; the numbers take the rest."""

UNKNOWN_RADIUS: Final = 6.5
"""How large the mark is of studies whose number of people is not known."""

_WIDEST: Final = 1.3
"""How much wider than a circle the widest shape of the same area is, with some air."""

_LEAST_SHRUNK: Final = 0.55
"""How far the bubbles of a map may shrink so that they fit side by side in its fullest cell."""

_USUAL: Final = 0.95
"""The share of bubbles whose areas are true; those beyond are as large as the largest of them."""

_ROUND: Final = tuple(step * 10**power for power in range(1, 10) for step in (1, 2, 5))


class Scale:
    """The areas of bubbles: in proportion to people, up to a number from which all are as large.

    Args:
        most: That number.
        largest: Their radius.

    Example:
        >>> Scale(100).radius(25) == Scale(100).radius(100) / 2 == Scale(100).radius(900) / 2
        True
    """

    def __init__(self, most: int, largest: float = LARGEST) -> None:
        self.most = most
        self.largest = largest

    def radius(self, people: int) -> float:
        """Give the radius of the bubble of some people."""
        return float(max(SMALLEST, self.largest * min(1.0, people / self.most) ** 0.5))


def scale_of(drawn: GapMap) -> Scale:
    """Choose the scale: the few largest cells must not make all others look alike."""
    people = sorted(
        bubble.people + bubble.planned for several in drawn.cells.values() for bubble in several
    )
    large = people[int(_USUAL * len(people))] if people else 1
    scale = Scale(next(each for each in _ROUND if each >= large))
    crowded = max((sum(_widths(each, scale)) for each in drawn.cells.values()), default=1.0)
    return Scale(scale.most, LARGEST * min(1.0, max(_LEAST_SHRUNK, BUBBLES / crowded)))


def _widths(bubbles: Sequence[Bubble], scale: Scale) -> list[float]:
    """Give the room that each bubble of a cell wants."""
    return [
        2
        * (scale.radius(each.people + each.planned) if _has_area(each) else UNKNOWN_RADIUS)
        * _WIDEST
        for each in bubbles
    ]


def _has_area(bubble: Bubble) -> bool:
    return bool(bubble.planned) or bubble.unknown < len(bubble.studies)


def draw_bubbles(
    group: Group, bubbles: Sequence[Bubble], scale: Scale, x: float, y: float, room: float
) -> None:
    """Draw the bubbles of a cell side by side, each in a group that holds its number.

    Args:
        group: Where they are drawn.
        bubbles: The bubbles.
        scale: How large they are.
        x: The middle of the bubbles.
        y: Likewise.
        room: How wide they may be together; where it is too narrow they overlap, the small ones
            in front.
    """
    widths = _widths(bubbles, scale)
    packed = min(1.0, room / sum(widths))
    left = x - sum(widths) * packed / 2
    middles = [
        left + packed * (sum(widths[:place]) + width / 2) for place, width in enumerate(widths)
    ]
    for place in sorted(range(len(bubbles)), key=lambda place: -widths[place]):
        held = group.group(data_bubble=place)
        draw_bubble(held, bubbles[place], scale, middles[place], y)


def draw_bubble(group: Group, bubble: Bubble, scale: Scale, x: float, y: float) -> None:
    """Draw one bubble: filled for people known, a dashed outline where more are planned."""
    look = SOURCE_LOOKS[bubble.source]
    if bubble.planned:
        _outline(group, look, x, y, scale.radius(bubble.people + bubble.planned))
    if bubble.unknown < len(bubble.studies):
        filled = bubble.answer in {"", "reported"}
        mark = draw_mark(group, look, x, y, scale.radius(bubble.people), filled=filled)
        if bubble.origin == "curated":
            mark.element.set("stroke", INK)
            mark.element.set("stroke-width", "1.4")
    elif not bubble.planned:
        _unknown(group, look, x, y, curated=bubble.origin == "curated")


def _outline(group: Group, look: Look, x: float, y: float, radius: float) -> None:
    mark = draw_mark(group, look, x, y, radius, filled=False)
    mark.element.set("stroke-dasharray", "2.2 1.8")
    mark.element.set("stroke-width", "1.1")


def _unknown(group: Group, look: Look, x: float, y: float, *, curated: bool) -> None:
    mark = draw_mark(group, look, x, y, UNKNOWN_RADIUS, filled=False)
    mark.element.set("stroke-width", "1.1")
    mark.element.set("stroke-dasharray", "1 1.6")
    colour = INK if curated else look.colour
    mark.element.set("stroke", colour)
    group.text(x, y + 3.3, "?", 9, fill=colour, font_weight="bold", text_anchor="middle")


def draw_still(drawn: GapMap) -> Picture:
    """Draw the map.

    Args:
        drawn: The map.

    Returns:
        The picture.
    """
    head = max((_head_lines(line) for line in drawn.columns), default=1) * 13 + 24
    grid_width = ROW_LABEL + CELL_WIDTH * len(drawn.columns)
    width = max(grid_width, LEGEND_WIDTH) + 2 * MARGIN
    notes = _notes(drawn, width - 2 * MARGIN)
    looks = source_looks(drawn)
    caption = wrapped(f"Shown: {drawn.selection}.", width - 2 * MARGIN, 12)
    top = MARGIN + 34 + 16 * (len(caption) + 1) + head
    grid_height = CELL_HEIGHT * len(drawn.rows)
    legend = top + grid_height + 34
    height = legend + 22 * ((len(looks) + 2) // 3) + 92 + 15 * len(notes) + MARGIN
    picture = Picture(width, height, drawn.title, f"{drawn.selection}; {drawn.stamp}.")
    picture.text(MARGIN, MARGIN + 16, drawn.title, 20, font_weight="bold", fill=INK)
    below = picture.lines(MARGIN, MARGIN + 38, caption, 12, fill=INK)
    picture.text(MARGIN, below, str(drawn.stamp), 11, fill=FAINT_INK)
    _draw_heads(picture, drawn, MARGIN + ROW_LABEL, top)
    _draw_rows(picture, drawn, MARGIN, top)
    below = _draw_legend(picture, drawn, MARGIN, legend)
    picture.lines(MARGIN, below, notes, 11, fill=FAINT_INK)
    return picture


def _head_lines(line: Line) -> int:
    return len(_head(line))


def _head(line: Line) -> list[str]:
    return wrapped(line.label, CELL_WIDTH - 8, 10.5, bold=True, lines=5)


def _draw_heads(picture: Picture, drawn: GapMap, left: float, bottom: float) -> None:
    for place, line in enumerate(drawn.columns):
        x = left + CELL_WIDTH * place
        lines = _head(line)
        head = picture.group(fill=INK, text_anchor="middle").titled(_described(line))
        y = bottom - 22 - 13 * (len(lines) - 1)
        for each in lines:
            head.text(x + CELL_WIDTH / 2, y, each, 10.5, font_weight="bold")
            y += 13
        count = drawn.studies_of_line(column=place)
        head.text(x + CELL_WIDTH / 2, bottom - 8, f"{count:,}", 10, fill=FAINT_INK)


def _draw_rows(picture: Picture, drawn: GapMap, left: float, top: float) -> None:
    scale = scale_of(drawn)
    right = left + ROW_LABEL + CELL_WIDTH * len(drawn.columns)
    for row, line in enumerate(drawn.rows):
        y = top + CELL_HEIGHT * row
        if line.key == NOT_STATED:
            picture.rect(left, y, right - left, CELL_HEIGHT, fill="#f2f2ef")
        picture.line(left, y, right, y, stroke=GRID)
        count = f"{drawn.studies_of_line(row=row):,}"
        lines = wrapped(line.label, ROW_LABEL - 52, 12, lines=3)
        label = picture.group(fill=INK).titled(_described(line))
        label.lines(left + 4, y + CELL_HEIGHT / 2 + 4 - 8 * (len(lines) - 1), lines, 12)
        label.text(
            left + ROW_LABEL - 10, y + CELL_HEIGHT / 2 + 4, count, 10,
            fill=FAINT_INK, text_anchor="end",
        )  # fmt: skip
        for column in range(len(drawn.columns)):
            x = left + ROW_LABEL + CELL_WIDTH * column
            _draw_cell(picture, drawn.cells.get((row, column), ()), scale, x, y)
    picture.line(left, top + CELL_HEIGHT * len(drawn.rows), right,
                 top + CELL_HEIGHT * len(drawn.rows), stroke=GRID)  # fmt: skip
    for column in range(len(drawn.columns) + 1):
        x = left + ROW_LABEL + CELL_WIDTH * column
        picture.line(x, top, x, top + CELL_HEIGHT * len(drawn.rows), stroke=GRID)


def _draw_cell(
    picture: Picture, bubbles: Sequence[Bubble], scale: Scale, x: float, y: float
) -> None:
    middle = y + CELL_HEIGHT / 2
    if not bubbles:
        picture.circle(x + CELL_WIDTH / 2, middle, 1.2, fill=EMPTY)
        return
    studies, people = cell_words(bubbles)
    cell = picture.group(fill=INK).titled(f"{studies}, {people}")
    draw_bubbles(cell, bubbles, scale, x + BUBBLES / 2 + 1, middle, BUBBLES)
    right = x + CELL_WIDTH - 5
    number, count = studies.split()[0], people.removesuffix(" people")
    cell.text(right, middle - 2, number, 11.5, text_anchor="end", font_weight="bold")
    cell.text(right, middle + 11, count, 9.5, fill=FAINT_INK, text_anchor="end")


def cell_words(bubbles: Sequence[Bubble]) -> tuple[str, str]:
    """Say how many studies and people a cell holds.

    Args:
        bubbles: The bubbles of the cell.

    Returns:
        The words for studies, and those for people.

    Example:
        >>> from cellkg.drawing.gap_map import Bubble
        >>> cell_words([Bubble("poster", "curated", "", (3,), 28, 0, 0)])
        ('1 study', '28 people')
    """
    studies = len({study for bubble in bubbles for study in bubble.studies})
    people = sum(each.people for each in bubbles)
    unknown = sum(each.unknown for each in bubbles)
    noun = "study" if studies == 1 else "studies"
    return f"{studies} {noun}", people_words(people, unknown, studies)


def _described(line: Line) -> str:
    return f"{line.label}: {', '.join(line.folded)}" if line.folded else line.label


def source_looks(drawn: GapMap) -> list[str]:
    """List the kinds of sources that are there, in the order of the ranking."""
    there = {bubble.source for several in drawn.cells.values() for bubble in several}
    return [key for key in SOURCE_LOOKS if key in there]


def _draw_legend(picture: Picture, drawn: GapMap, left: float, top: float) -> float:
    looks, scale = source_looks(drawn), scale_of(drawn)
    words = "Best kind of source of each study (ranked in this order)"
    picture.text(left, top, words, 12, font_weight="bold", fill=INK)
    for place, key in enumerate(looks):
        x, y = left + 8 + place % 3 * 260, top + 22 + place // 3 * 22
        draw_mark(picture, SOURCE_LOOKS[key], x, y - 4, 6)
        picture.text(x + 16, y, SOURCE_LOOKS[key].name, 11.5, fill=INK)
    y = top + 22 + (len(looks) + 2) // 3 * 22 + 16
    x = left
    for radius, words in scale_words(scale):
        picture.circle(x + LARGEST, y, radius, fill=PAPER, stroke=INK)
        picture.text(x + 2 * LARGEST + 6, y + 4, words, 11, fill=INK)
        x += 2 * LARGEST + 18 + text_width(words, 11)
    for kind, words in marks_of(drawn).items():
        draw_sign(picture, kind, x + 14, y)
        picture.text(x + 28, y + 4, words, 11, fill=INK)
        x += 44 + text_width(words, 11)
        if kind == "planned":
            x, y = left, y + 32
    return float(y + 36)


MARKS: Final = {
    "planned": "only planned",
    "curated": "dark outline: curated by hand",
    "denied": "open: the event is denied or not counted",
    "unknown": "number of people not known",
    "empty": "no study",
}
"""The signs that are explained beside the kinds of sources."""


def marks_of(drawn: GapMap) -> dict[str, str]:
    """Give the `MARKS` that a map may have: only an event can be denied."""
    there = "adverse-event" in drawn.axes
    return {kind: words for kind, words in MARKS.items() if there or kind != "denied"}


def draw_sign(picture: Group, kind: str, x: float, y: float) -> None:
    """Draw one of the `MARKS` around a point."""
    look = SOURCE_LOOKS["registry record"]
    if kind == "planned":
        _outline(picture, look, x, y, 7)
    elif kind == "curated":
        draw_mark(picture, SOURCE_LOOKS["poster"], x, y, 6).element.set("stroke", INK)
    elif kind == "denied":
        draw_mark(picture, look, x, y, 6, filled=False)
    elif kind == "unknown":
        _unknown(picture, look, x, y, curated=False)
    else:
        picture.circle(x, y, 1.5, fill=EMPTY)


def scale_words(scale: Scale) -> list[tuple[float, str]]:
    """Give the bubbles that explain the scale: their radius and what they stand for."""
    small, large = scale.most // 10, scale.most
    return [
        (scale.radius(small), f"{small:,} people"),
        (scale.radius(large), f"{large:,} people or more"),
    ]


def _notes(drawn: GapMap, room: float) -> list[str]:
    lines = []
    for note in map_notes(drawn):
        lines += wrapped(note, room, 11)
    return lines


def map_notes(drawn: GapMap) -> list[str]:
    """Say what a reader has to know of the map.

    Args:
        drawn: The map.

    Returns:
        Sentences; what was folded comes last.
    """
    people = (
        "In each cell: the number of studies in bold, below it the number of people. People are"
        " those treated, or else enrolled, as far as the sources say; ≥ marks cells in which some"
        " studies do not say, or only plan. An unknown number is never counted as 0."
    )
    lines = (
        "A study stands in every row and column that it names, so rows and columns must not be"
        f" added up. Those that name no {drawn.row_axis} or no {drawn.column_axis} that is known"
        f" here stand under “{NOT_STATED}”."
    )
    notes = [people, lines]
    if "adverse-event" in drawn.axes:
        notes.append(
            "Only findings that name an event are shown: what a source denies in general words,"
            " such as “no serious adverse events”, is listed by  cellkg draw forest."
        )
    for axis, folded in (("row", drawn.rows), ("column", drawn.columns)):
        notes += [
            f"Folded into the {axis} “{line.label}”: {', '.join(line.folded)}."
            for line in folded
            if line.folded
        ]
    return notes
