"""Which variables a stored SPARQL query has: its parameters, its columns, and its WHERE line."""

from __future__ import annotations

import re

from cellkg.errors import SourceFileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

TYPES = ("iri", "integer", "number", "boolean", "date", "literal")
"""The types of parameters: the last part of the name of their variable."""

WHERE_LINE = "WHERE {"

# A comment may stand in a string or an IRI, and the other way round: whichever begins first holds.
_LEXEME = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|\#[^\n]*"
    r"|[?$](?P<variable>\w+)"
    r"|(?P<bracket>[(){}])"
    r"|(?<![\w:.-])(?P<word>[A-Za-z]+)(?![\w:.-])"
    r"|(?P<star>\*)"
)
_PARAMETER = rf"(?P<marks>__?)(?P<name>[a-z][A-Za-z0-9]*)_(?P<type>{'|'.join(TYPES)})"


class QueryVariables:
    """What the text of a SELECT query tells about its variables.

    Attributes:
        parameters: Name of each parameter with its type and whether it is required, in the order
            in which they first appear.
        columns: The projected variables in their order.
        select: The number of the line that the SELECT stands on, from 1.
        where: The number of the line that reads ``WHERE {``, after which values go, from 1.
    """

    __slots__ = ("columns", "parameters", "select", "where")

    def __init__(self) -> None:
        self.parameters: dict[str, tuple[str, bool]] = {}
        self.columns: list[str] = []
        self.select = 0
        self.where = 0


def read_variables(text: str, file: Path) -> QueryVariables:
    r"""Find the parameters and the columns of a SELECT query.

    Args:
        text: The query.
        file: Its file, for messages.

    Returns:
        What was found.

    Raises:
        SourceFileError: It is no SELECT query with named columns and one line ``WHERE {``, or a
            variable is named like a parameter and is none.

    Example:
        >>> from pathlib import Path
        >>> text = "SELECT ?study (COUNT(?x) AS ?n)\nWHERE {\n  ?study ?p ?x, ?_route_iri\n}"
        >>> found = read_variables(text, Path("q.rq"))
        >>> found.columns, found.parameters, found.where
        (['study', 'n'], {'route': ('iri', True)}, 2)
    """
    found = QueryVariables()
    depth = {"()": 0, "{}": 0}
    wheres: set[int] = set()
    in_projection = False
    before = ""
    for token in re.finditer(_LEXEME, text, re.DOTALL):
        word = (token["word"] or "").upper()
        if token["bracket"]:
            depth["()" if token[0] in "()" else "{}"] += 1 if token[0] in "({" else -1
            in_projection = in_projection and token[0] in "()"
        elif word == "SELECT" and not (found.select or depth["{}"]):
            in_projection = True
            found.select = _line_of(token)
        elif word == "WHERE":
            in_projection = in_projection and bool(depth["{}"])
            wheres.add(_line_of(token))
        elif token["star"] and in_projection and not depth["()"]:
            problem = "Name the columns one by one instead of SELECT *."
            raise SourceFileError(problem, file, line=_line_of(token))
        elif token["variable"]:
            if in_projection and (not depth["()"] or (depth["()"] == 1 and before == "AS")):
                found.columns.append(token["variable"])
            if token["variable"].startswith("_"):
                _add_parameter(found, token, file)
        before = word
    if not found.columns:
        problem = "A stored question is a SELECT query with named columns."
        raise SourceFileError(problem, file, line=found.select or None)
    found.where = _where_line(text, wheres, file)
    return found


def _line_of(token: re.Match[str]) -> int:
    return token.string.count("\n", 0, token.start()) + 1


def _add_parameter(found: QueryVariables, token: re.Match[str], file: Path) -> None:
    parts = re.fullmatch(_PARAMETER, token["variable"])
    if parts is None:
        raise SourceFileError(
            "A parameter is called ?_name_type if it must be given and ?__name_type if it may be,"
            f" with a camelCase name and one of the types {', '.join(TYPES)}.",
            file,
            line=_line_of(token),
            value=token[0],
        )
    described = (parts["type"], parts["marks"] == "_")
    if found.parameters.setdefault(parts["name"], described) != described:
        raise SourceFileError(
            "The same parameter is written in two ways; give it one type, and one or two"
            " underscores everywhere.",
            file,
            line=_line_of(token),
            value=token[0],
        )


def _where_line(text: str, wheres: set[int], file: Path) -> int:
    lines = enumerate(text.split("\n"), start=1)
    numbers = [number for number, line in lines if line == WHERE_LINE]
    if len(numbers) != 1 or numbers[0] not in wheres:
        raise SourceFileError(
            f"Write one WHERE as a line that reads '{WHERE_LINE}', from its first column, and no"
            " other line so: values are inserted after it. It is the outermost one, or that of the"
            " sub-SELECT whose rows are counted.",
            file,
            line=(numbers or sorted(wheres) or [1])[-1],
        )
    return numbers[0]
