"""The header of a question file: lines of YAML that hold JSON, so that no YAML reader is needed.

``#+ key: <JSON>`` on one line, or ``#+ key:`` and below it lines ``#+   name: <JSON>``. Within
these bounds YAML and JSON read the same values; whatever they would read differently is refused.
"""

from __future__ import annotations

import re

from cellkg.errors import SourceFileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, Final, NoReturn

NOT_KEYS: Final = frozenset(("true", "false", "yes", "no", "on", "off", "null"))
"""Words that YAML reads as something else than a text."""

_LINE = r"#\+ (?P<indent> {2})?(?P<key>[A-Za-z][A-Za-z0-9-]*):(?: (?P<json>.*\S))?\s*"
_FORM = 'write  #+ key: "value"  or, below a key,  #+   name: {"help": "…"}'


class Header:
    """What a header holds.

    Attributes:
        values: Value by key; the value of a key with lines below it is a dictionary by name.
        lines: Line number, from 1, by key, and by ``key.name`` for the lines below a key.
        length: How many lines it has.
    """

    __slots__ = ("length", "lines", "values")

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.length = 0


def read_header(text: str, file: Path) -> Header:
    r"""Read the header that a question begins with.

    Args:
        text: The text of the question.
        file: Its file, for messages.

    Returns:
        The header; an empty one where the text has none.

    Raises:
        SourceFileError: A line is not as it should be; the message shows how to write it.

    Example:
        >>> from pathlib import Path
        >>> header = read_header('#+ summary: "Who?"\nSELECT …', Path("who.rq"))
        >>> header.values, header.lines, header.length
        ({'summary': 'Who?'}, {'summary': 1}, 1)
    """
    header = Header()
    above = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.startswith("#+"):
            break
        header.length = number
        parts = re.fullmatch(_LINE, line)
        if parts is None:
            raise SourceFileError(f"This is no header line: {_FORM}.", file, line=number)
        key = parts["key"]
        if key.lower() in NOT_KEYS:
            problem = f"YAML reads '{key}' as something else than a text: choose another name."
            raise SourceFileError(problem, file, line=number)
        if parts["indent"] is None:
            above = "" if parts["json"] else key
            place, holder = key, header.values
        elif not above:
            problem = f"'{key}' is indented, and the key above has a value: {_FORM}."
            raise SourceFileError(problem, file, line=number)
        else:
            place, holder = f"{above}.{key}", header.values[above]
        if place in header.lines:
            problem = f"'{key}' stands on line {header.lines[place]} already: keep one of them."
            raise SourceFileError(problem, file, line=number)
        header.lines[place] = number
        if parts["json"]:
            holder[key] = _value(parts["json"], file, number)
        elif parts["indent"] is None:
            holder[key] = {}
        else:
            problem = f"'{key}' has no value: {_FORM}."
            raise SourceFileError(problem, file, line=number)
    return header


def _value(text: str, file: Path, line: int) -> object:
    """Read one JSON value, and refuse what YAML would read as something else."""
    import json

    if not text.isprintable() or re.search(r"(?<!\\)(?:\\\\)*\\u", text):
        problem = "Write characters as they are, without \\u and without control characters."
        raise SourceFileError(problem, file, line=line)
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except ValueError as error:
        problem = f"The value is not JSON ({error}): {_FORM}."
        raise SourceFileError(problem, file, line=line) from error


def _refuse_number(text: str) -> NoReturn:
    message = f"write {text} as a text"
    raise ValueError(message)


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        message = f"'{twice}' stands there twice"
        raise ValueError(message)
    return found
