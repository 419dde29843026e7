"""Answers laid out for people, and delivered in any format."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from cellkg.cli.output import deliver, paint_for_output, tell, width_of_output
from cellkg.cli.screen import UNKNOWN, Column, lay_out, one_line, plain, width_of, wrap
from cellkg.graph.names import labels_of, needs_label, spoken
from cellkg.querying.formats import FORMATS, render

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cellkg.cli.screen import Paint
    from cellkg.querying import Answer
    from cellkg.querying.answer import Node, Row
    from cellkg.store import GraphStore

ANSWER_FORMATS = ("table", *FORMATS)
"""The formats of an answer to a stored question, the default one first."""

ALWAYS_SHOWN = ("study", "answer", "quote", "record")
"""Columns that stay in the table even where every row says the same."""

PROSE_WIDTH = 40
"""A column with a longer cell, in columns of the terminal, is prose and may be wrapped."""

_ANSWERS = ("reported", "denied", "not stated")
_NOT_OF_THE_CELLS = ("comparator", "not known")
_MOST_SILENT_ROWS = 5
"""More rows that only say that a study is silent are not listed one by one in the table."""
_NUMERIC = ("integer", "nonNegativeInteger", "decimal", "double", "float")


def deliver_answer(answer: Answer, form: str, output: str) -> None:
    """Write an answer, and say on standard error how many there are and what it rests on.

    Args:
        answer: The answer.
        form: One of `ANSWER_FORMATS`.
        output: A file, or - for standard output.

    Raises:
        StoreError: The labels cannot be looked up.
    """
    if form == "table":
        labels = labels_of_rows(answer.store, answer.rows)
        units = [_unit(answer, place) for place in range(len(answer.columns))]
        headings = [
            words_of(column.name) + unit for column, unit in zip(answer.columns, units, strict=True)
        ]
        names = [column.name for column in answer.columns]
        width = width_of_output(output)
        told, silent = without_silent(names, answer.rows)
        text = table_of(names, headings, told, labels, width, paint_for_output(output))
        text += silence_of(names, silent, labels, width)
        deliver(text.encode("utf-8"), output)
        tell_summary(names, answer.rows, has_dash=UNKNOWN in text)
    elif form == "md":
        deliver(render(answer, form, labels_of_rows(answer.store, answer.rows)), output)
    else:
        deliver(render(answer, form), output)
    tell(str(answer.stamp))


def without_silent(
    names: Sequence[str], rows: Sequence[Row]
) -> tuple[Sequence[Row], Sequence[Row]]:
    """Take the rows that only say that a study is silent out of a table, if they are many.

    Args:
        names: The names of the columns.
        rows: The rows.

    Returns:
        The rows to show one by one, and the silent ones; none where they are few or all there is.

    Example:
        >>> from cellkg.vocabulary import STUDY
        >>> silent = [(STUDY[name], Literal("not stated")) for name in "abcdef"]
        >>> told = [(STUDY["g"], Literal("reported"))]
        >>> [len(each) for each in without_silent(["study", "answer"], told + silent)]
        [1, 6]
    """
    if not {"study", "answer"} <= set(names):
        return rows, ()
    place = names.index("answer")
    silent = [row for row in rows if spoken(row[place], {}) == _ANSWERS[-1]]
    if not _MOST_SILENT_ROWS < len(silent) < len(rows):
        return rows, ()
    return [row for row in rows if spoken(row[place], {}) != _ANSWERS[-1]], silent


def silence_of(
    names: Sequence[str], rows: Sequence[Row], labels: Mapping[str, str], width: int | None
) -> str:
    """List studies that say nothing, by where they come from and from which share events are told.

    Args:
        names: The names of the columns.
        rows: The silent rows.
        labels: Labels by IRI.
        width: The columns of the terminal; None for a pipe.

    Returns:
        A paragraph for each group of them; an empty text where there is none.
    """
    paragraphs: dict[str, list[str]] = {}
    for row in rows:
        cells = dict(zip(names, row, strict=True))
        parts = [spoken(cells[name], labels) for name in ("origin",) if cells.get(name)]
        if cells.get("threshold") is not None:
            share = spoken(cells["threshold"], labels)
            parts.append(f"events that are not serious are told only above {share} %")
        heading = ", ".join([f"{_ANSWERS[-1].capitalize()}", *parts])
        studies = paragraphs.setdefault(heading, [])
        study = spoken(cells["study"], labels)
        if study not in studies:
            studies.append(study)
    lines = []
    for heading, studies in sorted(paragraphs.items()):
        line = f"{heading} ({len(studies)}): {', '.join(studies)}."
        lines += ["", *([line] if width is None else wrap(line, width))]
    return "".join(f"{line}\n" for line in lines)


def _unit(answer: Answer, place: int) -> str:
    """Write a unit that all numbers of a column share; one that another column holds is there."""
    unit = answer.columns[place].unit
    is_column = unit in {column.name for column in answer.columns}
    return "" if unit is None or is_column else f" ({unit})"


def words_of(name: str) -> str:
    """Write the name of a column as words.

    Example:
        >>> words_of("atRisk")
        'at risk'
    """
    return "".join(f" {each.lower()}" if each.isupper() else each for each in name).strip()


def labels_of_rows(store: GraphStore, rows: Iterable[Row]) -> dict[str, str]:
    """Look up what people call the things that rows name."""
    nodes = {node for row in rows for node in row}
    return labels_of(
        store, (each for each in nodes if isinstance(each, NamedNode) and needs_label(each))
    )


def table_of(
    names: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Row],
    labels: Mapping[str, str],
    width: int | None,
    paint: Paint = plain,
) -> str:
    """Lay rows of RDF terms out for people.

    Args:
        names: The names of the columns.
        headings: What stands above them.
        rows: The rows, with a term or None in every column.
        labels: Labels by IRI.
        width: The columns of the terminal; None for a pipe.
        paint: Puts a style on a text.

    Returns:
        A table, or cards where it would be too wide. What is the same in every row, or unknown in
        every row, is said once below it instead.
    """
    columns = []
    shared = []
    unknown = []
    for place, (name, heading) in enumerate(zip(names, headings, strict=True)):
        nodes = [row[place] for row in rows]
        cells = [_cell(name, node, labels) for node in nodes]
        if not any(cells):
            unknown.append(heading)
        elif len(rows) > 1 and len(set(cells)) == 1 and name not in ALWAYS_SHOWN:
            shared.append(f"{heading}: {cells[0]}")
        else:
            prose = max(map(width_of, cells)) > PROSE_WIDTH and name != "record"
            numbers = all(_is_number(node) for node in nodes if node is not None)
            columns.append(Column(heading, cells, prose=prose, numbers=numbers))
    if not rows:
        return ""
    notes = []
    if shared:
        notes.append(f"In every row: {'; '.join(shared)}.")
    if unknown:
        notes.append(f"Not stated in any row: {', '.join(unknown)}.")
    lines = [line for note in notes for line in ([note] if width is None else wrap(note, width))]
    table = lay_out(columns, width, paint) if columns else ""
    return table + ("\n" if table and lines else "") + "".join(f"{line}\n" for line in lines)


def _cell(name: str, node: Node | None, labels: Mapping[str, str]) -> str:
    text = one_line(spoken(node, labels))
    is_quote = name == "quote" or name.endswith("Quote")
    return f"“{text}”" if is_quote and text else text


def _is_number(node: Node | None) -> bool:
    return isinstance(node, Literal) and node.datatype.value.rpartition("#")[2] in _NUMERIC


def tell_summary(names: Sequence[str], rows: Sequence[Row], *, has_dash: bool) -> None:
    """Say how many answers there are, what a dash means, and where the evidence is."""
    tell("")
    tell(counts_of(names, rows))
    if has_dash and any(node is None for row in rows for node in row):
        tell(f"{UNKNOWN} means: not stated.")
    if "record" in names:
        place = names.index("record")
        records = [spoken(row[place], {}) for row in rows if row[place] is not None]
        # A row that says "not stated" rests on the study as a whole; one with words says more.
        for record in sorted(records, key=lambda name: "#" not in name)[:1]:
            tell(f"The evidence:  cellkg why {record}")


def counts_of(names: Sequence[str], rows: Sequence[Row]) -> str:
    """Count the answers: studies by what they say, or rows.

    Example:
        >>> from cellkg.vocabulary import STUDY
        >>> rows = [(STUDY["a"], Literal("reported")), (STUDY["b"], Literal("not stated"))]
        >>> counts_of(["study", "answer"], rows)
        'Studies: 1 reported · 0 denied · 1 not stated'
        >>> counts_of(["study"], rows)
        '2 rows'
    """
    if not {"study", "answer"} <= set(names):
        return "No rows." if not rows else "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    study, answer = names.index("study"), names.index("answer")
    claims = [row for row in rows if not _of_others(names, row)]
    others = {row[study] for row in rows} - {row[study] for row in claims}
    said = [(row[study], spoken(row[answer], {})) for row in claims]
    of_studies = set(said)
    # Where a study gives several answers, adding up studies would count it twice.
    several = len(of_studies) > len({each for each, _ in of_studies})
    answers = [each for _, each in (said if several else of_studies)]
    further = sorted(set(answers) - set(_ANSWERS))
    in_other_words = bool(further) and not set(answers) & set(_ANSWERS[:2])
    told = [*further, _ANSWERS[-1]] if in_other_words else [*_ANSWERS, *further]
    counts = " · ".join(f"{answers.count(each)} {each}" for each in told)
    if others:
        counts += f" · {len(others)} only in a comparator group or one whose arm is not known"
    return f"{'Answers' if several else 'Studies'}: {counts}"


def _of_others(names: Sequence[str], row: Row) -> bool:
    """Tell whether a row counts people who are not known to have received the cells."""
    return "groupOf" in names and spoken(row[names.index("groupOf")], {}) in _NOT_OF_THE_CELLS
