"""Text laid out for people: tables where they fit, one card a row where they do not."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Paint = Callable[[str, str], str]

UNKNOWN = "—"
"""What a table shows where nothing is known: never a zero, never an empty cell."""

NOT_STATED = "not stated"
"""The words for it."""

MIN_PROSE_WIDTH = 28
"""Prose in a table is not wrapped into fewer characters than this; cards come first."""

_GAP = "  "
_STYLES = {
    "heading": "\x1b[1m",
    "quiet": "\x1b[2m",
    "reported": "\x1b[33m",
    "denied": "\x1b[32m",
    "warning": "\x1b[31m",
}
_PLAIN = "\x1b[0m"


def plain(text: str, style: str) -> str:  # noqa: ARG001 - it has the shape of `coloured`
    """Leave a text as it is.

    Example:
        >>> plain("fever", "heading")
        'fever'
    """
    return text


def coloured(text: str, style: str) -> str:
    r"""Put a text between the escape sequences of a style of the terminal.

    Args:
        text: What to show.
        style: "heading", "quiet", "reported", "denied", "warning"; any other leaves it as it is.

    Returns:
        The text with its escape sequences.

    Example:
        >>> coloured("fever", "heading")
        '\x1b[1mfever\x1b[0m'
    """
    start = _STYLES.get(style)
    return text if start is None or not text else f"{start}{text}{_PLAIN}"


def one_line(text: str) -> str:
    r"""Make a text safe to print: one line, no control characters.

    Quotes come from documents, and a document must not steer the terminal.

    Example:
        >>> one_line("Fever\n 4 \x1b[2J")
        'Fever 4 \\x1b[2J'
    """
    joined = " ".join(text.split())
    if joined.isprintable():
        return joined
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode("ascii")
        for each in joined
    )


def width_of(text: str) -> int:
    """Count the columns of a terminal that a text takes.

    Example:
        >>> width_of("fièvre"), width_of("発熱")
        (6, 4)
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(each) in {"Mn", "Me", "Cf"} else 1 + (east_asian_width(each) in {"W", "F"})
        for each in text
    )


def wrap(text: str, width: int) -> list[str]:
    """Break a text at blanks into lines of at most `width` columns; a longer word is cut.

    Example:
        >>> wrap("no serious side effects", 12)
        ['no serious', 'side effects']
    """
    lines: list[str] = []
    for word in _cut(text.split(), width):
        if lines and width_of(lines[-1]) + 1 + width_of(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines or [""]


def _cut(words: Iterable[str], width: int) -> Iterator[str]:
    for word in words:
        rest = word
        while width_of(rest) > width:
            end = next(n for n in range(len(rest), 0, -1) if n == 1 or width_of(rest[:n]) <= width)
            yield rest[:end]
            rest = rest[end:]
        if rest:
            yield rest


class Column:
    """One column of a table for people.

    Args:
        heading: What stands above it.
        cells: One text a row; the empty text where nothing is known.
        prose: Whether its cells may be wrapped.
        numbers: Whether it is set flush right.
    """

    __slots__ = ("cells", "heading", "numbers", "prose")

    def __init__(
        self, heading: str, cells: Sequence[str], *, prose: bool = False, numbers: bool = False
    ) -> None:
        self.heading = heading
        self.cells = tuple(map(one_line, cells))
        self.prose = prose
        self.numbers = numbers

    def width(self) -> int:
        """Count the columns of the terminal that the widest cell, or the heading, takes."""
        return max(width_of(self.heading), self._width_of_cells())

    def width_with_folded_heading(self) -> int:
        """Count them with every word of the heading on a line of its own."""
        return max(self._width_of_cells(), *map(width_of, self.heading.split()))

    def _width_of_cells(self) -> int:
        return max(map(width_of, (UNKNOWN, *self.cells)))


def lay_out(columns: Sequence[Column], width: int | None, paint: Paint = plain) -> str:
    """Lay rows out as a table, or as cards where a table would have to be squeezed.

    Args:
        columns: The columns, each with as many cells.
        width: The columns of the terminal; None for a pipe, where nothing is wrapped.
        paint: Puts a style on a text: `plain` or `coloured`.

    Returns:
        The text, with a line feed at its end.

    Example:
        >>> columns = [
        ...     Column("study", ["poster", "als"]),
        ...     Column("count", ["4", ""], numbers=True),
        ... ]
        >>> print(lay_out(columns, width=80), end="")
        study   count
        ──────  ─────
        poster      4
        als         —
        >>> print(lay_out(columns, width=10), end="")
        ── 1 ─────
        study       poster
        count       4
        ── 2 ─────
        study       als
        not stated  count
    """
    widths = _fitting_widths(columns, width)
    if widths is None:
        return _cards(columns, width or 0, paint)
    return _table(columns, widths, paint)


def _fitting_widths(columns: Sequence[Column], width: int | None) -> list[int] | None:
    widths = [column.width() for column in columns]
    if width is None:
        return widths
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    least = [column.width_with_folded_heading() for column in columns]
    excess = _shrink(widths, least, excess)
    # The widest prose gives way first, and never more than it can bear.
    least = [
        MIN_PROSE_WIDTH if column.prose else own
        for column, own in zip(columns, widths, strict=True)
    ]
    return widths if _shrink(widths, least, excess) <= 0 else None


def _shrink(widths: list[int], least: Sequence[int], excess: int) -> int:
    """Make columns narrower, the widest first, until nothing is in excess; give what still is."""
    for place in sorted(range(len(widths)), key=widths.__getitem__, reverse=True):
        given = min(excess, widths[place] - least[place])
        if given > 0:
            widths[place] -= given
            excess -= given
    return excess


def _table(columns: Sequence[Column], widths: Sequence[int], paint: Paint) -> str:
    rules = [paint("─" * width, "quiet") for width in widths]
    lines = [*_headings(columns, widths, paint), _GAP.join(rules)]
    for row in zip(*(column.cells for column in columns), strict=True):
        lines.extend(_table_row(columns, row, widths, paint))
    return "".join(line.rstrip() + "\n" for line in lines)


def _headings(columns: Sequence[Column], widths: Sequence[int], paint: Paint) -> list[str]:
    """Fold the headings into lines that end just above the rule."""
    folded = [wrap(column.heading, width) for column, width in zip(columns, widths, strict=True)]
    height = max(map(len, folded))
    lines = [[""] * (height - len(parts)) + parts for parts in folded]
    return [
        _GAP.join(
            paint(_fill(parts[number], width, right=column.numbers), "heading")
            for column, parts, width in zip(columns, lines, widths, strict=True)
        )
        for number in range(height)
    ]


def _table_row(
    columns: Sequence[Column], row: Sequence[str], widths: Sequence[int], paint: Paint
) -> list[str]:
    wrapped = [
        wrap(cell, width) if column.prose else [cell]
        for column, cell, width in zip(columns, row, widths, strict=True)
    ]
    lines = []
    for number in range(max(map(len, wrapped))):
        cells = []
        for column, parts, width in zip(columns, wrapped, widths, strict=True):
            known = parts[number] if number < len(parts) else ""
            text = known or (UNKNOWN if number == 0 else "")
            style = "quiet" if text == UNKNOWN else known
            cells.append(paint(_fill(text, width, right=column.numbers), style))
        lines.append(_GAP.join(cells))
    return lines


def _fill(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - width_of(text))
    return blanks + text if right else text + blanks


def _cards(columns: Sequence[Column], width: int, paint: Paint) -> str:
    rows = zip(*(column.cells for column in columns), strict=True)
    headings = [column.heading for column in columns]
    has_gaps = not all(cell for column in columns for cell in column.cells)
    label_width = max(map(width_of, [*headings, NOT_STATED] if has_gaps else headings))
    lines = []
    for number, row in enumerate(rows, start=1):
        lines.append(paint(f"── {number} ".ljust(width, "─"), "quiet"))
        facts = list(zip(headings, row, strict=True))
        unknown = [heading for heading, cell in facts if not cell]
        for heading, cell in facts:
            if cell:
                lines.extend(labelled(heading, cell, label_width, width, paint))
        if unknown:
            lines.extend(labelled(NOT_STATED, ", ".join(unknown), label_width, width, paint))
    return "".join(line.rstrip() + "\n" for line in lines)


def labelled(
    label: str, text: str, label_width: int, width: int | None, paint: Paint = plain
) -> Iterable[str]:
    """Lay out one fact: its label, then its text with the later lines below its beginning.

    Args:
        label: What the fact is.
        text: The fact; it is painted by its own word where it is an answer.
        label_width: The columns kept for labels.
        width: The columns of the terminal; None for no wrapping.
        paint: Puts a style on a text.

    Returns:
        The lines.

    Example:
        >>> list(labelled("quote", "no serious side effects", 6, 20))
        ['quote   no serious', '        side effects']
    """
    indent = max(label_width, width_of(label))
    room = None if width is None else max(width - indent - len(_GAP), MIN_PROSE_WIDTH // 2)
    parts = [text] if room is None else wrap(text, room)
    first = paint(_fill(label, indent, right=False), "heading") + _GAP + paint(parts[0], parts[0])
    return [first, *(" " * indent + _GAP + part for part in parts[1:])]
