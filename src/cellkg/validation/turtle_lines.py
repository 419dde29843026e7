"""In which line of a Turtle or TriG file a record, or one of its properties, stands.

RDF libraries forget lines. This reads the text as tokens, in whatever layout it was written, and
notes where each subject and each of its properties begins. It never judges the syntax.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from cellkg.vocabulary import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(
    r'''
      (?P<blank>   \s+ | \#[^\n]* )
    | (?P<string>  """(?:"{0,2}(?:[^"\\]|\\.))*"""  |  \'\'\'(?:\'{0,2}(?:[^'\\]|\\.))*\'\'\'
                |  "(?:[^"\\\n]|\\.)*"              |  '(?:[^'\\\n]|\\.)*' )
    | (?P<iri>     <[^<>\s]*> )
    | (?P<open>    [\[(] )
    | (?P<close>   [\])] )
    | (?P<mark>    [;,{}] | \.(?!\d) )
    | (?P<word>    (?:\\.|[^\s<>"'\[\](){},;\#\\])+ )
    | (?P<other>   . )
    ''',
    re.VERBOSE | re.DOTALL,
)
_UNICODE_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NAME_ESCAPE: Final = re.compile(r"\\(.)")

_ENDS: Final = frozenset(".{}")
"""What ends a statement: a brace opens or closes a graph of TriG."""

_Token = tuple[str, str, int]


class TurtleLines:
    r"""The lines of one file.

    Args:
        text: The text of the file.

    Example:
        >>> lines = TurtleLines("@prefix : <https://e.org/#> .\n\n:fever\n  :count 4 .")
        >>> lines.line_of("https://e.org/#fever")
        3
        >>> lines.line_of("https://e.org/#fever", "https://e.org/#count")
        4
    """

    def __init__(self, text: str) -> None:
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._subjects: dict[str, int] = {}
        self._properties: dict[tuple[str, str], int] = {}
        self._read(_tokens(text))

    def line_of(self, record: str, property_: str | None = None) -> int | None:
        """Find where a record, or one of its properties, first stands.

        Args:
            record: The IRI of the record.
            property_: The IRI of a property; None for the record itself.

        Returns:
            The line, counted from 1: of the property, or of the record where it has no such
            property; None where the file has no such record.
        """
        if property_ is not None and (record, property_) in self._properties:
            return self._properties[record, property_]
        return self._subjects.get(record)

    def _read(self, tokens: Iterator[_Token]) -> None:
        for kind, text, line in tokens:
            directive = text.lower().removeprefix("@")
            if kind == "word" and directive in {"prefix", "base"}:
                self._read_directive(directive, tokens)
            elif text not in _ENDS:
                self._read_statement((kind, text, line), tokens)

    def _read_directive(self, directive: str, tokens: Iterator[_Token]) -> None:
        _, prefix, _ = next(tokens, ("", "", 0)) if directive == "prefix" else ("", "", 0)
        _, iri, _ = next(tokens, ("", "", 0))
        if directive == "prefix":
            self._prefixes[prefix.removesuffix(":")] = self._iri(iri)
        else:
            self._base = self._iri(iri)

    def _read_statement(self, first: _Token, tokens: Iterator[_Token]) -> None:
        """Note the subject and its properties, up to the full stop."""
        kind, text, line = first
        depth = 1 if kind == "open" else 0
        subject = None if depth else self._name(kind, text)
        if subject is not None:
            self._subjects.setdefault(subject, line)
        wants_property = not depth
        for kind, text, line in tokens:
            if kind in {"open", "close"}:
                depth += 1 if kind == "open" else -1
                # What stands in brackets as a subject has properties as well, but no IRI.
                wants_property = wants_property and depth > 0
            elif depth > 0:
                continue
            elif text in _ENDS:
                return
            elif text == ";":
                wants_property = True
            elif wants_property:
                wants_property = False
                property_ = RDF["type"].value if text == "a" else self._name(kind, text)
                if subject is not None and property_ is not None:
                    self._properties.setdefault((subject, property_), line)

    def _name(self, kind: str, text: str) -> str | None:
        if kind == "iri":
            return self._iri(text)
        prefix, colon, local = text.partition(":")
        if kind != "word" or not colon or prefix not in self._prefixes:
            return None
        return self._prefixes[prefix] + _NAME_ESCAPE.sub(r"\1", local)

    def _iri(self, text: str) -> str:
        iri = _UNICODE_ESCAPE.sub(lambda code: chr(int(code[1] or code[2], 16)), text[1:-1])
        return urljoin(self._base, iri) if self._base else iri


def _tokens(text: str) -> Iterator[_Token]:
    """Give the kind, the text and the line of every token that is not blank."""
    line = 1
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match.group()
        if kind == "word" and len(token) > 1 and token[-1] == "." and token[-2] != "\\":
            # A name cannot end with a bare full stop: it ends the statement.
            yield kind, token[:-1], line
            yield "mark", ".", line
        elif kind != "blank":
            yield kind, token, line
        line += token.count("\n")
