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
        text = table_of(names, headings, answer.rows, labels, width, paint_for_output(output))
        deliver(text.encode("utf-8"), output)
        tell_summary(names, answer.rows, has_dash=UNKNOWN in text)
    elif form == "md":
        deliver(render(answer, form, labels_of_rows(answer.store, answer.rows)), output)
    else:
        deliver(render(answer, form), output)
    tell(str(answer.stamp))


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
    said = [(row[study], spoken(row[answer], {})) for row in rows]
    of_studies = set(said)
    # Where a study gives several answers, adding up studies would count it twice.
    several = len(of_studies) > len({each for each, _ in of_studies})
    answers = [each for _, each in (said if several else of_studies)]
    others = sorted(set(answers) - set(_ANSWERS))
    in_other_words = bool(others) and not set(answers) & set(_ANSWERS[:2])
    told = [*others, _ANSWERS[-1]] if in_other_words else [*_ANSWERS, *others]
    counts = " · ".join(f"{answers.count(each)} {each}" for each in told)
    return f"{'Answers' if several else 'Studies'}: {counts}"
