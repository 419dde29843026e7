"""The evidence gap map: what was studied in what, by how many people, and where nobody looked."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.drawing.folding import Line, fold_terms
from cellkg.drawing.page import Stamp, stamp_of
from cellkg.drawing.palette import SOURCE_LOOKS, best_source
from cellkg.overview import RELATION_KINDS, Relation, StudyOverview, read_relations, read_studies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cellkg.overview import Selection
    from cellkg.store import GraphStore
    from cellkg.terms import TermIndex

AXES: Final = ("condition", "cell-type", "route", "outcome-measure", "adverse-event")
"""What rows and columns can be: keys of `cellkg.overview.RELATION_KINDS`."""

NOT_STATED: Final = "not stated"
"""The key and the label of the line that holds studies which name nothing on an axis."""

MOST_ROWS: Final = 26
MOST_COLUMNS: Final = 12
"""How many lines still can be read on one page; "other" is one of them, "not stated" is not."""

_PLANNED: Final = "planned enrolment"


class Bubble(NamedTuple):
    """The studies of a cell that are drawn as one mark.

    Attributes:
        source: Their best kind of source, a key of `SOURCE_LOOKS`.
        origin: Who recorded them: "curated" or "registry".
        answer: For an adverse event whether they report, deny or do not count it; else empty.
        studies: Their places among the studies of the map.
        people: The people treated or enrolled, as far as known.
        planned: The people of the studies that only plan.
        unknown: How many of the studies do not say how many people took part; plans count here.
    """

    source: str
    origin: str
    answer: str
    studies: tuple[int, ...]
    people: int
    planned: int
    unknown: int


class GapMap(NamedTuple):
    """An evidence gap map.

    Attributes:
        axes: What its rows and its columns are: two of `AXES`.
        row_axis: What its rows are, in words.
        column_axis: What its columns are, in words.
        rows: Its rows; the last one may hold the studies that state nothing.
        columns: Its columns, likewise.
        cells: The bubbles by place of row and column; a cell without studies is not in it.
        studies: The studies.
        relations: What each study says on the two axes, by its place.
        selection: What was selected, in words.
        stamp: What the map was made from.
    """

    axes: tuple[str, str]
    row_axis: str
    column_axis: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: dict[tuple[int, int], tuple[Bubble, ...]]
    studies: tuple[StudyOverview, ...]
    relations: tuple[tuple[Relation, ...], ...]
    selection: str
    stamp: Stamp

    @property
    def title(self) -> str:
        """What the map shows."""
        return f"Evidence gap map: {self.row_axis} by {self.column_axis}"

    def studies_of_line(self, *, row: int | None = None, column: int | None = None) -> int:
        """Count the studies of a row or a column."""
        return len(
            {
                study
                for (in_row, in_column), bubbles in self.cells.items()
                if row in (None, in_row) and column in (None, in_column)
                for bubble in bubbles
                for study in bubble.studies
            }
        )


def people_of(study: StudyOverview) -> int | None:
    """Give the people treated, or else enrolled; None where neither is known."""
    treated = study.people_as("treated")
    return study.people_as("enrolled") if treated is None else treated


def read_gap_map(
    store: GraphStore,
    terms: TermIndex,
    data_version: str,
    selection: Selection,
    rows: str = "condition",
    columns: str = "cell-type",
) -> GapMap:
    """Read an evidence gap map.

    Args:
        store: The graphs.
        terms: The terms.
        data_version: Which data these are.
        selection: Which studies.
        rows: What the rows are: one of `AXES`.
        columns: What the columns are: another one.

    Returns:
        The map.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    studies = read_studies(store, selection.studies)
    relations = read_relations(store, (rows, columns), selection.studies)
    return arrange(studies, relations, terms, data_version, selection.words, rows, columns)


def arrange(
    studies: Sequence[StudyOverview],
    relations: Iterable[Relation],
    terms: TermIndex,
    data_version: str,
    selection: str,
    rows: str,
    columns: str,
) -> GapMap:
    """Arrange studies in the cells of a map; see `read_gap_map`."""
    place_of = {study.iri: place for place, study in enumerate(studies)}
    said: list[list[Relation]] = [[] for _ in studies]
    for relation in relations:
        said[place_of[relation.study]].append(relation)
    row_lines, column_lines = (
        _lines(axis, said, terms, most)
        for axis, most in ((rows, MOST_ROWS), (columns, MOST_COLUMNS))
    )
    cells: defaultdict[tuple[int, int], dict[tuple[str, str, str], list[int]]] = defaultdict(dict)
    for place, study in enumerate(studies):
        source = best_source(study.source_kinds, peer_reviewed=study.peer_reviewed)
        for row, row_answer in _lines_of(said[place], rows, row_lines):
            for column, column_answer in _lines_of(said[place], columns, column_lines):
                look = (source, study.origin, row_answer or column_answer)
                cells[row, column].setdefault(look, []).append(place)
    return GapMap(
        (rows, columns),
        RELATION_KINDS[rows].label,
        RELATION_KINDS[columns].label,
        row_lines,
        column_lines,
        {
            cell: tuple(_bubble(look, alike[look], studies) for look in sorted(alike, key=_order))
            for cell, alike in sorted(cells.items())
        },
        tuple(studies),
        tuple(map(tuple, said)),
        selection,
        stamp_of(data_version, studies),
    )


def _lines(
    axis: str, said: Sequence[Sequence[Relation]], terms: TermIndex, most: int
) -> tuple[Line, ...]:
    by_term: defaultdict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    silent = False
    for relations in said:
        named = [each for each in relations if each.kind == axis]
        silent = silent or not named
        for each in named:
            by_term[each.thing].add(each.study)
            labels[each.thing] = each.label
    frozen = {iri: frozenset(several) for iri, several in sorted(by_term.items())}
    lines = fold_terms(frozen, labels, terms, most)
    if silent:
        lines.append(Line(NOT_STATED, NOT_STATED, (), frozenset()))
    return tuple(lines)


def _lines_of(
    relations: Sequence[Relation], axis: str, lines: Sequence[Line]
) -> list[tuple[int, str]]:
    """Give the places of the lines that a study belongs to, with its strongest answer in each."""
    answers = {each.thing: each.answer for each in relations if each.kind == axis}
    if not answers:
        return [(len(lines) - 1, "")]
    found = []
    for place, line in enumerate(lines):
        here = [answers[thing] for thing in line.members if thing in answers]
        if here:
            strongest = ("reported", "denied", "not counted", "")
            found.append((place, min(here, key=strongest.index)))
    return found


def _bubble(
    look: tuple[str, str, str], places: Sequence[int], studies: Sequence[StudyOverview]
) -> Bubble:
    counts = [people_of(studies[place]) for place in places]
    planned = [
        studies[place].people_as(_PLANNED) or 0
        for place, count in zip(places, counts, strict=True)
        if count is None
    ]
    known = [count for count in counts if count is not None]
    return Bubble(*look, tuple(places), sum(known), sum(planned), len(counts) - len(known))


def _order(look: tuple[str, str, str]) -> tuple[int, str, str]:
    return list(SOURCE_LOOKS).index(look[0]), look[1], look[2]


def people_words(people: int, unknown: int, studies: int) -> str:
    """Say how many people are known, and whether there are more of unknown number.

    Args:
        people: The people known.
        unknown: How many studies do not say how many.
        studies: How many studies there are.

    Returns:
        A few words.

    Example:
        >>> people_words(1340, 0, 3), people_words(1340, 1, 3), people_words(0, 3, 3)
        ('1,340 people', '≥ 1,340 people', '? people')
    """
    # That there are at least none says nothing: somebody withdrew before anybody was enrolled.
    if unknown == studies or (unknown and not people):
        return "? people"
    return f"{'≥ ' if unknown else ''}{people:,} people"
