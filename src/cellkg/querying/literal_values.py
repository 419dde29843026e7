"""Numbers, dates, truth values and texts as people type them, made RDF literals."""

from __future__ import annotations

import re

from pyoxigraph import Literal

from cellkg.errors import UserInputError
from cellkg.vocabulary import XSD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

EXAMPLES: Final = {
    "integer": "3",
    "number": "0.5",
    "boolean": "true",
    "date": "2024-12-31",
    "literal": "text",
}
"""A value of every type but "iri", for messages."""

_MAX_INTEGER = 2**63
_MAX_DIGITS = 18  # what the engine keeps of a decimal, before and after the point
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def read_literal(text: str, type_: str) -> Literal:
    """Make a literal of what somebody typed.

    Args:
        text: The value.
        type_: "integer", "number", "boolean", "date" or "literal".

    Returns:
        An ``xsd:integer``, ``xsd:decimal`` (``xsd:double`` where it is written with an exponent),
        ``xsd:boolean``, ``xsd:date`` or ``xsd:string``.

    Raises:
        UserInputError: It is not of that type.

    Example:
        >>> print(read_literal("3", "integer"), read_literal("yes", "boolean"))
        "3"^^<http://www.w3.org/2001/XMLSchema#integer>
        "true"^^<http://www.w3.org/2001/XMLSchema#boolean>
        >>> read_literal("31.12.2024", "date")
        Traceback (most recent call last):
        ...
        cellkg.errors.UserInputError: '31.12.2024' is no date; write it as 2024-12-31.
    """
    found = _READERS[type_](text)
    if found is None:
        name = "whole number" if type_ == "integer" else "text" if type_ == "literal" else type_
        message = f"{text!r} is no {name}; write it as {EXAMPLES[type_]}."
        raise UserInputError(message, value=text)
    return found


def _integer(text: str) -> Literal | None:
    if not re.fullmatch(r"[+-]?[0-9]{1,19}", text) or abs(int(text)) >= _MAX_INTEGER:
        return None
    return Literal(str(int(text)), datatype=XSD["integer"])


def _number(text: str) -> Literal | None:
    number = (
        r"(?P<sign>[+-]?)(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?(?P<exponent>[eE][+-]?[0-9]+)?"
    )
    parts = re.fullmatch(number, text)
    if parts is None:
        return None
    if parts["exponent"]:
        return Literal(text, datatype=XSD["double"]) if abs(float(text)) < float("inf") else None
    if len(parts["whole"]) > _MAX_DIGITS or len(parts["part"] or "") > _MAX_DIGITS:
        return None
    return Literal(text, datatype=XSD["decimal"])


def _boolean(text: str) -> Literal | None:
    truth = _TRUTH.get(text.lower())
    return None if truth is None else Literal(truth)


def _date(text: str) -> Literal | None:
    from datetime import date

    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return Literal(text, datatype=XSD["date"]) if day.isoformat() == text else None


def _text(text: str) -> Literal | None:
    try:
        return Literal(text) if text else None
    except ValueError:  # half of a surrogate pair is no character
        return None


_READERS = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "literal": _text,
}
