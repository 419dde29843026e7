"""The text of a query: its form, what is wrong with it, and what must not be run."""

from __future__ import annotations

import re
from itertools import product

from pyoxigraph import Store

from cellkg.errors import UserInputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
)
"""The words that a SPARQL update begins with."""

MAX_NESTING: Final = 100
MAX_OPERATORS: Final = 1000
"""Deeper or longer queries can exhaust the stack of the engine, which ends the process: from 500
brackets inside each other, or 2,000 operators in a row. People write fewer than 20."""

_SHORT: Final = 2000  # characters; nothing this short comes near those limits
_LONGEST_KEYWORD: Final = 20
_SHOWN: Final = 100  # characters of a line in a message

# A comment may stand in a string or an IRI, and the other way round: whichever begins first holds.
_NOT_CODE = (
    r"<[^<>\"{}|^`\\\x00-\x20]*>"
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\''
    r"|\#[^\n\r]*"
)
_NAME = r"(?<![\w.-])(?P<prefix>[\w.-]*+):[\w.:%\\-]*"  # its hyphens are no operators
_SYMBOLS: Final = "|&-+*/!^"
_WORDS: Final = ("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "AS", "GRAPH", "SELECT", "EXISTS")
_OPERATOR = rf"\|\||&&|[-+*/|!]|(?<!\^)\^(?!\^)|\b(?i:{'|'.join(_WORDS)})\b"


def form_of(sparql: str) -> str:
    r"""Find the first word of a query after its prefixes.

    Args:
        sparql: The text.

    Returns:
        The word in capitals, "SELECT" for example; empty where the text has none.

    Example:
        >>> form_of("# people\nPREFIX ckg: <https://w3id.org/cellkg/ontology#> ask {}")
        'ASK'
    """
    prologue = r"(?:\s|\#[^\n\r]*+|(?:BASE|PREFIX\s*[^\s:<]*:)\s*<[^>]*>)*+"
    first = re.match(prologue + r"([A-Za-z]+)", sparql, re.IGNORECASE)
    return first[1].upper() if first else ""


def refuse_updates(sparql: str) -> None:
    """Refuse a text that would change data.

    Args:
        sparql: The text.

    Raises:
        UserInputError: It is an update.

    Example:
        >>> refuse_updates("INSERT DATA {}")
        Traceback (most recent call last):
        ...
        cellkg.errors.UserInputError: INSERT begins an update, and cellkg only reads: ask with
        SELECT, ASK, CONSTRUCT or DESCRIBE.
    """
    word = form_of(sparql)
    if word in UPDATES:
        raise _update(word)


def refuse_unsafe(sparql: str) -> None:
    """Refuse a query that would reach out to the network or end the process.

    Args:
        sparql: The text.

    Raises:
        UserInputError: It asks another endpoint (SERVICE), or is nested or long beyond reason;
            or it is malformed, where that had to be found out on the way.

    Example:
        >>> refuse_unsafe("SELECT * { ?service ?p 'SERVICE' } # SERVICE <http://example.org/>")
        >>> refuse_unsafe("SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }")
        Traceback (most recent call last):
        ...
        cellkg.errors.UserInputError: SERVICE (line 1) asks another endpoint, and cellkg asks only
        the graphs it was given: take that part out.
    """
    if len(sparql) > _SHORT:
        _refuse_overlong(sparql)
    if "service" in sparql.lower():
        _refuse_service(sparql)


def explain_malformed(sparql: str, error: SyntaxError) -> UserInputError:
    r"""Say where a query is malformed, and why as far as that is known.

    Args:
        sparql: The text, which the engine refused.
        error: What the engine said.

    Returns:
        The error to raise: line, column and the line itself.

    Example:
        >>> print(explain_malformed("SELECT * WHERE {\n  ?s foo:bar }", SyntaxError("")))
        The query cannot be read at line 2, column 6, in '?s foo:bar }': the prefix 'foo:' is not
        declared.
    """
    if form_of(sparql) in UPDATES:
        return _update(form_of(sparql))
    if not sparql.strip():
        return UserInputError("The query is empty: give one in SPARQL 1.1.", value=sparql)
    place = _place_of_error(sparql)
    if place is None:
        return UserInputError(f"The query cannot be read: {error}.")
    offset, expected = place
    offset = min(offset, len(sparql.rstrip()))
    undeclared = _undeclared_prefix(sparql)
    if undeclared is not None:
        offset, prefix = undeclared
        cause = f"the prefix '{prefix}' is not declared"
    else:
        cause = _cause(sparql[offset:], expected)
    line, column, text = _line_at(sparql, offset)
    shown = text.strip()
    if len(shown) > _SHOWN:
        shown = "…" + text[max(0, column - _SHOWN // 2) : column + _SHOWN // 2].strip() + "…"
    return UserInputError(
        f"The query cannot be read at line {line}, column {column}, in '{shown}': {cause}.",
        value=text,
    )


def _update(word: str) -> UserInputError:
    return UserInputError(
        f"{word} begins an update, and cellkg only reads: ask with SELECT, ASK, CONSTRUCT or"
        " DESCRIBE.",
        value=word,
    )


def _cause(rest: str, expected: str) -> str:
    """Turn what the engine expected into words.

    Args:
        rest: The query from the place on.
        expected: What the engine expected there: tokens, and reasons in words among them.
    """
    reasons = re.findall(r"[A-Z][A-Za-z]*(?: [\w?']+){2,}", expected)
    if reasons:
        return str(reasons[0])
    return "SPARQL 1.1 does not allow what stands there" if rest.strip() else "it ends too early"


def _undeclared_prefix(sparql: str) -> tuple[int, str] | None:
    """Find the first name whose prefix is not declared: where it is, and the prefix.

    The engine names what it tried last, which often lies behind it.
    """
    declared = {"_"}
    for found in re.finditer(
        rf"{_NOT_CODE}|\bPREFIX\s+(?P<declared>[\w.-]*+):|{_NAME}",
        sparql,
        re.DOTALL | re.IGNORECASE,
    ):
        if found["declared"] is not None:
            declared.add(found["declared"])
        elif found["prefix"] is not None and found["prefix"] not in declared:
            return found.start(), found["prefix"] + ":"
    return None


def _place_of_error(sparql: str) -> tuple[int, str] | None:
    """Ask the engine where a text is malformed.

    Returns:
        The offset, and what was expected there; None where the engine names no place.
    """
    # The engine notices a wrong keyword after as many characters; it must not meet the end there.
    padded = sparql + "\n" + " " * _LONGEST_KEYWORD
    said = ""
    try:
        Store().query(padded)
    except SyntaxError as error:
        said = str(error)
    found = re.match(r"error at (\d+):(\d+): expected (.*)", said, re.DOTALL)
    if found is None:
        return None
    lines = padded.split("\n")
    line, column = int(found[1]), int(found[2])
    offset = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    expected = found[3].removeprefix("one of ")
    words = expected.split(", ")
    if all(re.fullmatch(r"[A-Za-z_]+", word) for word in words):
        offset = max(0, offset - min(map(len, words)))
    return offset, expected


def _line_at(sparql: str, offset: int) -> tuple[int, int, str]:
    """Give line and column, both from 1, and the line."""
    before = sparql[:offset]
    line = before.count("\n")
    return line + 1, offset - (before.rfind("\n") + 1) + 1, sparql.split("\n")[line].rstrip("\r")


def _refuse_service(sparql: str) -> None:
    """Let the engine itself tell whether the word is used as the keyword.

    With its letters changed everywhere, names stay names and the text stays as good as it was,
    unless the keyword was meant. No tokeniser of ours could be as sure: the engine takes
    `SERVICEex:a{}` for the keyword where `ex:` is declared and `SERVICEex:` is not.
    """
    renamed = _with_other_letters(sparql, "service")
    try:
        Store().query(renamed)
    except SyntaxError as error:
        place = _place_of_error(renamed)
        for word in re.finditer(r"service[\w:.-]*", sparql.lower()):
            if place is not None and word.start() <= place[0] <= word.end():
                line = sparql.count("\n", 0, word.start()) + 1
                raise UserInputError(
                    f"SERVICE (line {line}) asks another endpoint, and cellkg asks only the"
                    " graphs it was given: take that part out.",
                    value=sparql[word.start() : word.end()],
                ) from None
        raise explain_malformed(sparql, error) from None


def _with_other_letters(sparql: str, word: str) -> str:
    """Replace a word by one that the text does not have, capitals by capitals."""
    lowered = sparql.lower()
    candidates = map("".join, product("zqxjkvwy", repeat=len(word)))
    other = next(candidate for candidate in candidates if candidate not in lowered)

    def changed(found: re.Match[str]) -> str:
        pairs = zip(found[0], other, strict=True)
        return "".join(new.upper() if old.isupper() else new for old, new in pairs)

    return re.sub(word, changed, sparql, flags=re.IGNORECASE | re.ASCII)


def _refuse_overlong(sparql: str) -> None:
    capitals = sparql.upper()
    most_operators = sum(map(capitals.count, (*_SYMBOLS, *_WORDS)))
    if most_operators <= MAX_OPERATORS and sum(map(sparql.count, "[{(")) <= MAX_NESTING:
        return  # found without compiling any pattern, which takes as long as the engine does
    code = re.sub(f"{_NOT_CODE}|{_NAME}", " ", sparql, flags=re.DOTALL)
    depth = deepest = 0
    for bracket in re.findall(r"[][{}()]", code):
        depth += 1 if bracket in "[{(" else -1
        deepest = max(deepest, depth)
    operators = len(re.findall(_OPERATOR, code))
    if deepest > MAX_NESTING or operators > MAX_OPERATORS:
        raise UserInputError(
            f"The query has {deepest} brackets inside each other and {operators} operators, and"
            f" cellkg runs up to {MAX_NESTING} and {MAX_OPERATORS}: split it.",
            value=f"{deepest}, {operators}",
        )
