"""Arrange a network: studies inside discs with columns beside them, and an overview of groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Final

from cellkg.drawing.fonts import LINE_HEIGHT, text_width, wrapped
from cellkg.drawing.network_folding import PLURALS
from cellkg.drawing.network_picture import OVERLAP, Heading, Link, Mark, View, counted_label
from cellkg.drawing.network_places import Box, Point, pack, spiral, spiral_radius

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cellkg.drawing.network_folding import Group
    from cellkg.drawing.network_picture import Network, Side
    from cellkg.overview import Relation

FEW: Final = 24
"""Up to how many studies are each named in the picture, with all their lines."""

TYPE: Final = 12.0
"""The size of the type of columns."""

LINKS: Final = 160
"""How many lines the overview has at most."""

_LAST: Final = {"rest": 1, "silent": 2}
_COLUMN: Final = 196.0
_BETWEEN: Final = 46.0
_ROW_GAP: Final = 6.0
_STACK_GAP: Final = 48.0
_DOT: Final = 3.8


def views_of(network: Network, first: str | None) -> list[View]:
    """Arrange a network in every way that suits it.

    Args:
        network: What is shown.
        first: "overview" or "studies", whichever is wanted first; None for what suits best: the
            overview of many studies, and the studies themselves where they are few.

    Returns:
        The arrangements, the one wanted first if there is such a one.
    """
    studies = studies_view(network)
    groups = overview(network)
    if groups is None or (first is None and len(network.studies) <= FEW):
        return [studies]
    return [studies, groups] if first == "studies" else [groups, studies]


def studies_view(network: Network) -> View:
    """Arrange the studies themselves.

    Many studies stand as dots inside discs, one disc a condition (or another first kind), sorted by
    cell type; what else they share stands in columns beside them. Few studies stand in a column of
    their own, by name, with all their lines.

    Args:
        network: What is shown.

    Returns:
        The arrangement.
    """
    return _named_studies(network) if len(network.studies) <= FEW else _galaxy(network)


def _galaxy(network: Network) -> View:
    homes = next(iter(network.groups.values()), [])
    discs, dots = _discs(network, homes)
    width = max(abs(each.x) + max(each.radius, _label_width(each) / 2) for each in discs)
    marks, headings = _stacks(network, network.kinds[1:], width + _BETWEEN)
    links = [Link(each.study, each.thing, each.kind, each.answer, 2) for each in network.overlaps]
    several = Counter(study for group in homes for study in group.studies)
    crowd = sum(1 for times in several.values() if times > 1)
    kind = PLURALS[homes[0].kind] if homes else "groups"
    sorting = ", sorted outward by cell type" if "cell-type" in network.groups else ""
    of_one = f"Each dot is a study{sorting}; of its {kind} it stands in the one that most name."
    of_several = f"{crowd:,} studies have several {kind}, and count in each, but stand in one disc."
    lines = "Lines to the columns are drawn on the page, when an end is chosen; overlaps always."
    return View(
        "studies",
        (*discs, *marks, *dots),
        tuple(headings),
        tuple(links),
        len(discs),
        (of_one, of_several, lines),
    )


def _discs(network: Network, homes: Sequence[Group]) -> tuple[list[Mark], list[Mark]]:
    inside: defaultdict[str, list[str]] = defaultdict(list)
    for study in network.studies:
        inside[network.home[study]].append(study)
    first, *others = sorted(
        homes, key=lambda each: (each.role in _LAST, -len(inside[each.id]), each.label)
    )
    order = [first, *sorted(others, key=lambda each: (-len(inside[each.id]), each.label))]
    radii = [spiral_radius(len(inside[each.id])) for each in order]
    sizes = [round(min(11 + sqrt(len(inside[each.id])) * 0.55, 18.0), 1) for each in order]
    labels = [
        tuple(lines_of(counted_label(each), max(1.8 * radius, 104), size))
        for each, radius, size in zip(order, radii, sizes, strict=True)
    ]
    boxes = [
        Box(radius, _widest(lines, size), len(lines) * size * LINE_HEIGHT + 3)
        for lines, radius, size in zip(labels, radii, sizes, strict=True)
    ]
    places = _centred(pack(boxes, 0.85), boxes)
    discs = [
        Mark(each.id, at.x, at.y, radius, lines, size, "above")
        for each, at, radius, lines, size in zip(order, places, radii, labels, sizes, strict=True)
    ]
    rank = _cell_type_ranks(network)
    dots = []
    for group, at in zip(order, places, strict=True):
        of_cells = sorted(inside[group.id], key=lambda study: (rank.get(study, len(rank)), study))
        for study, spot in zip(of_cells, spiral(len(of_cells)), strict=True):
            dots.append(Mark(study, round(at.x + spot.x, 1), round(at.y + spot.y, 1), _DOT))
    return discs, dots


def _centred(places: Sequence[Point], boxes: Sequence[Box]) -> list[Point]:
    """Move places so that the middle of all of them is the origin."""
    spans = [
        (at.x - max(box.radius, box.label_width / 2), at.x + max(box.radius, box.label_width / 2))
        for at, box in zip(places, boxes, strict=True)
    ]
    rises = [
        (at.y - box.radius - box.label_height, at.y + box.radius)
        for at, box in zip(places, boxes, strict=True)
    ]
    x = (min(left for left, _ in spans) + max(right for _, right in spans)) / 2
    y = (min(top for top, _ in rises) + max(bottom for _, bottom in rises)) / 2
    return [Point(round(at.x - x, 1), round(at.y - y, 1)) for at in places]


def _cell_type_ranks(network: Network) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for rank, group in enumerate(network.groups.get("cell-type", [])):
        for study in group.studies:
            ranks.setdefault(study, rank)
    return ranks


def _stacks(
    network: Network, kinds: Iterable[str], beside: float
) -> tuple[list[Mark], list[Heading]]:
    """Place columns of groups on both sides, each kind where there is more room."""
    stacks: dict[Side, list[str]] = {"left": [], "right": []}
    heights: dict[Side, float] = {"left": 0.0, "right": 0.0}
    for kind in kinds:
        side: Side = "left" if heights["left"] <= heights["right"] else "right"
        stacks[side].append(kind)
        heights[side] += _STACK_GAP + sum(map(_row_height, network.groups[kind]))
    marks: list[Mark] = []
    headings: list[Heading] = []
    most = max(len(network.studies), 1)
    for side, stacked in stacks.items():
        x = -beside if side == "left" else beside
        y = -heights[side] / 2
        for kind in stacked:
            headings.append(Heading(PLURALS[kind], round(x, 1), round(y + 18, 1), side))
            y += 34
            for group in network.groups[kind]:
                height = _row_height(group)
                radius = round(3.5 + 5.5 * sqrt(len(group.studies) / most), 1)
                marks.append(
                    Mark(
                        group.id,
                        round(x, 1),
                        round(y + height / 2, 1),
                        radius,
                        tuple(_row_lines(group)),
                        TYPE,
                        side,
                    )
                )
                y += height
            y += _STACK_GAP - 34
    return marks, headings


def _row_lines(group: Group) -> list[str]:
    return lines_of(counted_label(group), _COLUMN, TYPE)


def _row_height(group: Group) -> float:
    return len(_row_lines(group)) * TYPE * LINE_HEIGHT + _ROW_GAP


def _named_studies(network: Network) -> View:
    marks, headings = _stacks(network, network.kinds, 330.0)
    at = {mark.id: mark for mark in marks}
    links, left_out = _lines_of_studies(network)
    ends: defaultdict[str, list[float]] = defaultdict(list)
    for link in links:
        if link.end in at:
            ends[link.start].append(at[link.end].y)
    order = sorted(
        network.studies,
        key=lambda study: (
            round(sum(ends[study]) / len(ends[study]), 1) if ends[study] else 0,
            study,
        ),
    )
    height = max(max((abs(mark.y) for mark in marks), default=0) * 2, 46.0 * len(order))
    step = height / max(len(order), 1)
    studies = [
        Mark(
            study,
            0.0,
            round((place + 0.5) * step - height / 2, 1),
            8.0,
            tuple(lines_of(network.studies[study].name, 340, TYPE)),
            TYPE,
            "below",
        )
        for place, study in enumerate(order)
    ]
    return View("studies", (*marks, *studies), tuple(headings), tuple(links), 0, left_out)


def _lines_of_studies(network: Network) -> tuple[list[Link], tuple[str, ...]]:
    """Draw every study's lines to its groups, one a study and group; say which are left out."""
    group_of = {
        (group.kind, thing): group
        for groups in network.groups.values()
        for group in groups
        for thing in group.things
    }
    left_out = 0
    lines: dict[tuple[str, str], Link] = {}
    for each in network.relations:
        if each.kind == OVERLAP:
            end = each.thing
        elif group_of[each.kind, each.thing].role == "rest":
            left_out += 1
            continue
        else:
            end = group_of[each.kind, each.thing].id
        link = Link(each.study, end, each.kind, each.answer, 1)
        known = lines.setdefault((each.study, end), link)
        if _rank(each) < _ANSWERS.index(known.answer if each.kind == "adverse-event" else ""):
            lines[each.study, end] = link
    for groups in network.groups.values():
        for group in groups:
            if group.role == "silent":
                for study in group.studies:
                    lines[study, group.id] = Link(study, group.id, group.kind, "silent", 1)
    notes = (f"{left_out:,} lines to marks of several others are left out.",) if left_out else ()
    return list(lines.values()), notes


_ANSWERS: Final = ("reported", "denied", "not counted", "")


def _rank(relation: Relation) -> int:
    return _ANSWERS.index(relation.answer if relation.kind == "adverse-event" else "")


def overview(network: Network) -> View | None:
    """Arrange the groups of the first three kinds in columns, with lines by number of studies.

    Args:
        network: What is shown.

    Returns:
        The arrangement; None where there are fewer than two kinds.
    """
    kinds = network.kinds[:3]
    if len(kinds) <= 1:
        return None
    links, least, left_out = _weighed(network, kinds)
    marks: list[Mark] = []
    headings: list[Heading] = []
    most = max((len(group.studies) for kind in kinds for group in network.groups[kind]), default=1)
    for place, kind in enumerate(kinds):
        x = (place - (len(kinds) - 1) / 2) * 470
        side: Side = "left" if place == 0 else "right"
        rows = _in_order(network.groups[kind], links, marks)
        radii = [round(3 + 15 * sqrt(len(each.studies) / most), 1) for each in rows]
        heights = [
            max(2 * radius + 5, _row_height(each) - 2)
            for each, radius in zip(rows, radii, strict=True)
        ]
        y = -sum(heights) / 2
        headings.append(Heading(PLURALS[kind], x, round(y - 12, 1), side))
        for group, radius, height in zip(rows, radii, heights, strict=True):
            lines = tuple(_row_lines(group))
            marks.append(Mark(group.id, x, round(y + height / 2, 1), radius, lines, TYPE, side))
            y += height
    notes = [
        "Numbers count studies; the wider a line, the more studies have both ends.",
    ]
    if left_out:
        notes.append(
            f"{left_out:,} lines of fewer than {least} studies are left out, but the widest of each"
            " mark."
        )
    return View("overview", tuple(marks), tuple(headings), tuple(links), 0, tuple(notes))


def _weighed(network: Network, kinds: Sequence[str]) -> tuple[list[Link], int, int]:
    """Count the studies that neighbouring columns share, and keep the lines of many.

    Returns:
        The lines, how many studies a line has at least, and how many lines are left out.
    """
    links = [
        Link(start.id, end.id, "", "", number)
        for left, right in pairwise(kinds)
        for start in network.groups[left]
        for end in network.groups[right]
        if (number := len(set(start.studies) & set(end.studies)))
    ]
    least = 1
    while sum(link.studies >= least for link in links) > LINKS:
        least += 1
    best: dict[str, int] = {}
    for link in links:
        for end in (link.start, link.end):
            best[end] = max(best.get(end, 0), link.studies)
    kept = [link for link in links if link.studies >= min(least, best[link.start], best[link.end])]
    return kept, least, len(links) - len(kept)


def _in_order(
    groups: Sequence[Group], links: Sequence[Link], before: Sequence[Mark]
) -> list[Group]:
    """Sort a column by where its lines come from; the rest and the silent stay at its end."""
    at = {mark.id: mark.y for mark in before}
    pull: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for link in links:
        if link.start in at:
            pull[link.end].append((at[link.start], link.studies))

    def key(group: Group) -> tuple[int, float]:
        weights = sum(number for _, number in pull[group.id])
        mean = sum(y * number for y, number in pull[group.id]) / weights if weights else 0.0
        return _LAST.get(group.role, 0), round(mean, 1)

    return sorted(groups, key=key) if before else list(groups)


def lines_of(label: str, room: float, size: float) -> list[str]:
    """Break a label into lines, wider than the room there is where one word is: nothing is cut."""
    longest = max((text_width(word, size) for word in label.split()), default=0.0)
    return wrapped(label, max(room, longest + 1), size)


def _widest(lines: Iterable[str], size: float) -> float:
    return max((text_width(line, size) for line in lines), default=0.0)


def _label_width(mark: Mark) -> float:
    return _widest(mark.label, mark.size)
