"""What changed between two versions, laid out for people: as text, or as Markdown."""

from __future__ import annotations

from cellkg.cli.diff_told import NOTHING, graph_title, grouped_words, home_of
from cellkg.cli.screen import one_line, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cellkg.cli.diff_told import Told
    from cellkg.cli.screen import Paint
    from cellkg.comparing import AnswerChange, GraphChange, RecordChange
    from cellkg.querying.answer import Row

    Line = tuple[int, str, str]
    """How deep a line stands, its style, and its text."""

_SIGNS = {"added": "+", "withdrawn": "-", "changed": "~"}
_STYLES = {"added": "denied", "withdrawn": "warning", "changed": "reported"}
_CELLS_ABOUT = 4
"""How many of the cells that stay the same say what a changed row is about."""
_MARKS = r"\`*_[]<>#|&~"
"""What Markdown, or HTML inside it, would take for more than text."""


def as_text(told: Told, limit: int, paint: Paint = plain) -> str:
    """Lay out what changed for a terminal.

    Args:
        told: What changed.
        limit: How many records of a graph, and rows of an answer, are shown at most.
        paint: Puts a style on a text.
    """
    return "".join(
        f"{'  ' * depth}{paint(one_line(text), style)}\n"
        for depth, style, text in _lines(told, limit)
    )


def as_markdown(told: Told, limit: int) -> str:
    """Lay out what changed as nested lists, for a message or a release note.

    Args:
        told: What changed.
        limit: As in `as_text`.
    """
    lines = []
    for depth, style, text in _lines(told, limit):
        if style == "heading":
            lines.append(f"\n## {_escaped(text)}\n\n")
        else:
            lines.append(f"{'  ' * (depth - 1)}- {_escaped(text)}\n")
    return f"# {_escaped(_title(told))}\n\n{_escaped(told.summary())}\n{''.join(lines)}"


def _escaped(text: str) -> str:
    return "".join(f"\\{each}" if each in _MARKS else each for each in one_line(text))


def _title(told: Told) -> str:
    return f"From {told.difference.before} to {told.difference.after}"


def _lines(told: Told, limit: int) -> Iterator[Line]:
    for graph in (*told.difference.studies, *told.difference.others):
        yield from _graph_lines(told, graph, limit)
    if told.answers or told.not_asked:
        yield 0, "heading", f"Answers: {len(told.answers)} of {told.asked} changed"
    for answer in told.answers:
        yield from _answer_lines(told, answer, limit)
    for missing in told.not_asked:
        reason = f"{missing.question.name} cannot be asked of {missing.version}: {missing.reason}"
        yield 1, "warning", reason


def _graph_lines(told: Told, graph: GraphChange, limit: int) -> Iterator[Line]:
    if graph.change != "changed":
        yield 0, "heading", f"{graph_title(graph)} — {graph.change}"
        yield from _kinds(told, graph)
        return
    counts = ", ".join(f"{graph.count(each)} {each}" for each in _SIGNS if graph.count(each))
    yield 0, "heading", f"{graph_title(graph)} ({counts})"
    for record in graph.records[:limit]:
        yield from _record_lines(told, record, home_of(graph))
    yield from _beyond(len(graph.records) - limit, "records")


def _kinds(told: Told, graph: GraphChange) -> Iterator[Line]:
    """Count the records of a graph that came or went as a whole by their kinds."""
    counts: dict[str, int] = {}
    for record in graph.records:
        kind = told.text(record.kind) or "without a class"
        counts[kind] = counts.get(kind, 0) + 1
    listed = ", ".join(f"{each} {counts[each]}" for each in sorted(counts))
    yield 1, _STYLES[graph.change], f"records: {listed}"


def _record_lines(told: Told, record: RecordChange, home: str) -> Iterator[Line]:
    sign = _SIGNS[record.change]
    yield 1, _STYLES[record.change], f"{sign} {told.record_text(record, home)}"
    for each in record.values:
        before, after = told.texts(each.before, home), told.texts(each.after, home)
        if not before and not after:
            continue
        name = told.property_text(each.property)
        if record.change != "changed":
            yield 2, "", f"{name}: {before or after}"
        elif each.kept and not (before and after):
            stays = f"{each.kept} other{'s' if each.kept > 1 else ''} stay"
            yield 2, "", f"{name}: {f'- {before}' if before else f'+ {after}'} ({stays})"
        else:
            yield 2, "", f"{name}: {before or NOTHING} → {after or NOTHING}"
    for (had, has), values in grouped_words(record).items():
        names = ", ".join(told.property_text(each.property) for each in values)
        before, after = ("; ".join(map(told.words_text, each)) for each in (had, has))
        if record.change == "changed":
            yield 2, "quiet", f"words for {names}: {before or NOTHING} → {after or NOTHING}"
        else:
            yield 2, "quiet", f"words for {names}: {before or after}"


def _answer_lines(told: Told, answer: AnswerChange, limit: int) -> Iterator[Line]:
    values = "".join(f" {name} = {value}," for name, value in answer.values.items())
    extent = f"{answer.before} → {answer.after} rows"
    pairs, withdrawn, added = _paired(answer)
    sizes = (("changed", len(pairs)), ("withdrawn", len(withdrawn)), ("added", len(added)))
    changes = ", ".join(f"{size} {change}" for change, size in sizes if size)
    yield 1, "reported", f"~ {answer.question.name}:{values} {extent}; {changes}"
    for before, after in pairs[:limit]:
        yield 2, "", f"~ {_changed_row(told, answer, before, after)}"
    for change, rows in (("withdrawn", withdrawn), ("added", added)):
        for row in rows[:limit]:
            yield 2, _STYLES[change], f"{_SIGNS[change]} {_row(told, answer, row)}"
    for change, size in sizes:
        for depth, style, text in _beyond(size - limit, f"rows {change}"):
            yield depth + 1, style, text


def _paired(answer: AnswerChange) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Put rows together that tell of one thing: of the same record, or of the same first cell.

    Returns:
        The pairs, and the rows on either side that have no partner, or several.
    """
    names = [column.name for column in answer.columns]
    place = names.index("record") if "record" in names else 0

    def by_thing(rows: Iterable[Row]) -> dict[object, Row]:
        several: dict[object, list[Row]] = {}
        for row in rows:
            several.setdefault(row[place], []).append(row)
        return {thing: found[0] for thing, found in several.items() if len(found) == 1}

    withdrawn, added = by_thing(answer.withdrawn), by_thing(answer.added)
    pairs = [(row, added[thing]) for thing, row in withdrawn.items() if thing in added]
    paired = {id(row) for pair in pairs for row in pair}
    return (
        pairs,
        [row for row in answer.withdrawn if id(row) not in paired],
        [row for row in answer.added if id(row) not in paired],
    )


def _changed_row(told: Told, answer: AnswerChange, before: Row, after: Row) -> str:
    """Write which cells of a row changed, after those that say what it is about."""
    cells = list(zip((column.name for column in answer.columns), before, after, strict=False))
    about = [told.text(was) for _, was, now in cells if was == now and was is not None]
    changed = [
        f"{name} {told.text(was) or NOTHING} → {told.text(now) or NOTHING}"
        for name, was, now in cells
        if was != now
    ]
    return f"{', '.join(about[:_CELLS_ABOUT])}: {'; '.join(changed)}"


def _row(told: Told, answer: AnswerChange, row: Row) -> str:
    """Write what is known in a row."""
    names = (column.name for column in answer.columns)
    known = [
        f"{name} {told.text(node)}"
        for name, node in zip(names, row, strict=False)
        if node is not None
    ]
    return "; ".join(known) or NOTHING


def _beyond(number: int, what: str) -> Iterator[Line]:
    if number > 0:
        yield 1, "quiet", f"… and {number} more {what}: --limit shows more, -f csv has all"
