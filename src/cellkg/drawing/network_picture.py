"""What a network picture shows: studies, what they share, what is folded, and where each stands."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from cellkg.drawing.fonts import LINE_HEIGHT, text_width
from cellkg.drawing.network_folding import PLURALS, Group, fold

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from cellkg.overview import Relation, StudyOverview
    from cellkg.terms import TermIndex

DRAWN_KINDS: Final = (
    "condition",
    "cell-type",
    "route",
    "adverse-event",
    "institution",
    "source",
    "overlap",
)
"""The kinds of relations that are drawn unless others are asked for."""

OVERLAP: Final = "overlap"

Side = Literal["left", "right", "above", "below", "inside"]


class Network(NamedTuple):
    """Studies and what relates them, ready to be arranged.

    Attributes:
        studies: The studies by IRI, in order.
        relations: What relates them, overlaps once.
        groups: What is drawn of each kind but the overlaps, in the order in which it is listed.
        labels: What each thing is called, by IRI.
        home: For each study the group that it stands in, of the first kind.
    """

    studies: dict[str, StudyOverview]
    relations: tuple[Relation, ...]
    groups: dict[str, list[Group]]
    labels: dict[str, str]
    home: dict[str, str]

    @property
    def kinds(self) -> list[str]:
        """The kinds of things that are drawn, the one that studies stand in first."""
        return list(self.groups)

    @property
    def overlaps(self) -> list[Relation]:
        """The relations between two studies of the picture."""
        return [each for each in self.relations if each.kind == OVERLAP]


class Mark(NamedTuple):
    """A study or a group where it stands.

    Attributes:
        id: The IRI of the study, or the id of the group.
        x: Where its middle is.
        y: Where its middle is, downward.
        radius: How large it is.
        label: The lines of its label.
        size: The size of the type of its label.
        side: On which side of it the label is.
    """

    id: str
    x: float
    y: float
    radius: float
    label: tuple[str, ...] = ()
    size: float = 12.0
    side: Side = "right"


class Heading(NamedTuple):
    """The name of a column."""

    text: str
    x: float
    y: float
    side: Side


class Link(NamedTuple):
    """A line between two marks.

    Attributes:
        start: The id of one mark.
        end: The id of the other.
        kind: The kind of relation; empty between two groups.
        answer: As in `Relation`.
        studies: How many studies it stands for.
    """

    start: str
    end: str
    kind: str
    answer: str
    studies: int


class View(NamedTuple):
    """One arrangement of a network.

    Attributes:
        name: "overview" or "studies".
        marks: What is drawn, the rearmost first.
        headings: The names of the columns.
        links: The lines that are drawn from the beginning.
        discs: How many of the marks are discs with studies in them.
        notes: What this arrangement leaves out or puts together.
    """

    name: str
    marks: tuple[Mark, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    discs: int
    notes: tuple[str, ...]


def network_of(
    studies: Sequence[StudyOverview],
    relations: Sequence[Relation],
    terms: TermIndex,
    kinds: Sequence[str],
) -> Network:
    """Put together what a picture shows.

    Args:
        studies: The studies.
        relations: What relates them.
        terms: The terms, for the tree that rare ones are folded along.
        kinds: The kinds of relations, in the order in which they are listed; one that nobody names
            stays, with all studies silent.

    Returns:
        The network.
    """
    of_kind: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    labels: dict[str, str] = {}
    told: dict[tuple[str, ...], Relation] = {}
    known = {each.iri: each for each in studies}
    for each in relations:
        if each.kind == OVERLAP:
            if each.thing in known:
                told.setdefault((OVERLAP, *sorted((each.study, each.thing))), each)
            continue
        told[each.kind, each.study, each.thing] = each
        of_kind[each.kind][each.thing].append(each.study)
        labels[each.thing] = each.label.removeprefix("source:")  # without a title, its short name
    groups = {
        kind: fold(kind, of_kind[kind], labels, terms, known) for kind in kinds if kind != OVERLAP
    }
    home: dict[str, str] = {}
    for group in sorted(next(iter(groups.values()), []), key=_as_home):
        for study in group.studies:
            home.setdefault(study, group.id)
    return Network(known, tuple(told.values()), groups, labels, home)


def _as_home(group: Group) -> tuple[bool, int]:
    return group.role == "rest", -len(group.studies)


def counted_label(group: Group) -> str:
    """Say what a group is, what is folded into it, and how many studies it has.

    Example:
        >>> counted_label(Group("x", "route", "intralesional", "broader", ("x", "y"), ("a", "b")))
        'intralesional + 1 narrower (2)'
    """
    number = f" ({len(group.studies):,})"
    if group.role == "broader":
        return f"{group.label} + {group.folded} narrower{number}"
    if group.role == "rest":
        return f"{group.folded:,} {group.label}{number}"
    return group.label + number


def what_is_folded(network: Network, shown: Container[str] | None = None) -> list[str]:
    """Say, for each kind, what is drawn as something else, with numbers.

    Args:
        network: What is shown.
        shown: The ids of the groups that are drawn; None for all. Kinds without any are left out.

    Returns:
        Sentences.
    """
    told = []
    for kind, groups in network.groups.items():
        if shown is not None and not any(group.id in shown for group in groups):
            continue
        plural = PLURALS[kind]
        total = len({thing for group in groups for thing in group.things})
        broader = sum(group.folded for group in groups if group.role == "broader")
        rest = [group for group in groups if group.role == "rest"]
        others = sum(group.folded for group in rest)
        if broader or rest:
            parts = [f"{broader:,} in broader ones"] if broader else []
            parts += [f"{others:,} as “{group.label}”" for group in rest]
            told.append(
                f"Of {total:,} {plural} {total - broader - others:,} are drawn by name, "
                f"{' and '.join(parts)}."
            )
        told += [
            f"{_studies(len(group.studies))}: {group.label}."
            for group in groups
            if group.role == "silent"
        ]
    return told


def _studies(number: int) -> str:
    return f"{number:,} {'study' if number == 1 else 'studies'}"


def label_box(mark: Mark) -> tuple[float, float, float, float]:
    """Give the left, top, right and bottom of the label of a mark."""
    width = max(text_width(line, mark.size) for line in mark.label)
    height = len(mark.label) * mark.size * LINE_HEIGHT
    x, y = mark.x - width / 2, mark.y - height / 2
    if mark.side == "left":
        x = mark.x - max(14, mark.radius + 5) - width
    elif mark.side == "right":
        x = mark.x + max(14, mark.radius + 5)
    elif mark.side == "above":
        y = mark.y - mark.radius - height - 2
    elif mark.side == "below":
        y = mark.y + mark.radius + 2
    return x, y, x + width, y + height


def line_start(start: Mark, end: Mark) -> float:
    """Give how far right of a mark a line begins: after its label, where that is in the way."""
    if start.side != "right" or not start.label or end.x <= start.x:
        return 0.0
    return round(label_box(start)[2] + 5 - start.x, 1)
