"""From the values that people give to RDF terms, and from those into the query.

A value never becomes part of the text of a query by itself: it is read as what its parameter
takes, made an RDF term, and written by the RDF library into a ``VALUES`` line.
"""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from cellkg.errors import UserInputError
from cellkg.querying.literal_values import EXAMPLES, read_literal
from cellkg.querying.named_things import THINGS, find_thing, short_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal
    from typing import Final

    from cellkg.querying.stored_question import Parameter, StoredQuestion
    from cellkg.store import GraphStore
    from cellkg.terms import TermIndex

    Value = str | int | float | Decimal | date | NamedNode | Literal
    Values = Mapping[str, Value | Iterable[Value] | None]

_WELL_KNOWN: Final = frozenset(
    ("mesenchymal stromal cell", "intrathecal", "fever", "multiple sclerosis", "autologous")
)
"""Terms that make good examples."""

ANY: Final = "any"
"""The word that takes the default away, so that the parameter is left open."""


class Bound(NamedTuple):
    """A parameter with what was given for it.

    Attributes:
        parameter: The parameter.
        given: The values as given, or the default.
        terms: The RDF terms they stand for, each once; none where it was left open on purpose.
        is_default: Whether nothing was given, so that the default stands here.
    """

    parameter: Parameter
    given: tuple[str, ...]
    terms: tuple[NamedNode | Literal, ...]
    is_default: bool


def bind(
    question: StoredQuestion, values: Values, terms: TermIndex, store: GraphStore
) -> tuple[Bound, ...]:
    """Find the RDF terms that values stand for.

    Args:
        question: The question.
        values: By name of parameter, one value or several. Terms by label, synonym, compact IRI
            or IRI; studies, documents and institutions by short name, compact IRI or IRI; None
            and an empty list are as if nothing was given, and ``any`` takes a default away.
        terms: The terms of the vocabulary.
        store: The graphs, for the names of studies, documents and institutions.

    Returns:
        The parameters that are bound, in the order of the header.

    Raises:
        UserInputError: A name of a parameter or a value does not exist, or a required parameter
                is missing; the message says what to type.

    Example:
        >>> import cellkg
        >>> from cellkg.querying import find_question
        >>> from cellkg.shipped_files import folder
        >>> graph = cellkg.open_graph()
        >>> question = find_question("adverse-event-silence", folder("queries"))
        >>> (event,) = bind(question, {"event": "pyrexia"}, graph.terms, graph.store)
        >>> event.given, event.terms
        (('pyrexia',), (<NamedNode value=https://w3id.org/cellkg/term/fever>,))
    """
    given = {
        question.parameter(name).name: _texts(value)
        for name, value in values.items()
        if value is not None
    }
    missing = [each for each in question.parameters if each.required and not given.get(each.name)]
    if missing:
        raise _missing(question, missing, terms, store)
    found = []
    for parameter in question.parameters:
        texts = given.get(parameter.name, ())
        is_default = not texts
        if is_default and parameter.default is not None:
            texts = (parameter.default,)
        if texts == (ANY,) and parameter.required:
            example = _example(parameter, terms, store)
            message = f"{parameter.option} cannot be left open; give it as in  {example}"
            raise UserInputError(message, value=ANY)
        if texts == (ANY,):
            found.append(Bound(parameter, texts, (), is_default))
        elif texts:
            nodes = (_term(text, parameter, terms, store) for text in texts)
            found.append(Bound(parameter, texts, tuple(dict.fromkeys(nodes)), is_default))
    return tuple(found)


def with_values(question: StoredQuestion, bound: Iterable[Bound]) -> str:
    """Write the query with its values.

    Args:
        question: The question.
        bound: What `bind` found.

    Returns:
        The text of the question with ``VALUES`` lines below the line that reads ``WHERE {``: one
        for all parameters that have one value, and one for each that has several.

    Example:
        >>> from cellkg.querying import find_question
        >>> from cellkg.shipped_files import folder
        >>> question = find_question("adverse-event-silence", folder("queries"))
        >>> fever = NamedNode("https://w3id.org/cellkg/term/fever")
        >>> bound = Bound(question.parameter("event"), ("pyrexia",), (fever,), is_default=False)
        >>> with_values(question, [bound]).splitlines()[question.where]
        '  VALUES (?_event_iri) { (<https://w3id.org/cellkg/term/fever>) }'
    """
    given = [each for each in bound if each.terms]
    single = [each for each in given if len(each.terms) == 1]
    lines = question.text.split("\n")
    # On one line they are one row: engines start from it, and bind all of them before they look
    # anything up. Lines that share no variable with each other are joined in some time later.
    lines[question.where : question.where] = [
        _values_line(together)
        for together in (single, *([each] for each in given if len(each.terms) > 1))
        if together
    ]
    return "\n".join(lines)


def _values_line(bound: list[Bound]) -> str:
    variables = " ".join(f"?{each.parameter.variable}" for each in bound)
    rows = zip(*(each.terms for each in bound), strict=True)
    cells = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return f"  VALUES ({variables}) {{ {cells} }}"


def _texts(value: Value | Iterable[Value]) -> tuple[str, ...]:
    if isinstance(value, (str, bool, NamedNode, Literal)) or not hasattr(value, "__iter__"):
        return (_text(value),)
    return tuple(map(_text, value))


def _text(value: Value) -> str:
    if isinstance(value, (NamedNode, Literal)):
        return value.value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _term(
    text: str, parameter: Parameter, terms: TermIndex, store: GraphStore
) -> NamedNode | Literal:
    try:
        if parameter.kind is None:
            return read_literal(text, parameter.type)
        if parameter.kind in THINGS:
            return find_thing(text, parameter.kind, store)
        return NamedNode(terms.resolve(text, parameter.kind).iri)
    except UserInputError as error:
        message = f"{parameter.option}: {error}"
        raise UserInputError(message, value=error.value, suggestions=error.suggestions) from error


def _missing(
    question: StoredQuestion, missing: Iterable[Parameter], terms: TermIndex, store: GraphStore
) -> UserInputError:
    from cellkg.querying.suggestions import and_list

    words = and_list([parameter.words for parameter in missing])
    options = " ".join(_example(parameter, terms, store) for parameter in missing)
    return UserInputError(
        f"The question {question.name} needs the {words}; add for example  {options}",
        suggestions=[parameter.option for parameter in missing],
    )


def _example(parameter: Parameter, terms: TermIndex, store: GraphStore) -> str:
    """Write an option with a value that it takes, ready to be typed."""
    from shlex import quote

    if parameter.kind is None:
        value = EXAMPLES[parameter.type]
    elif parameter.kind in THINGS:
        value = min(short_names(parameter.kind, store), default="NAME")
    else:
        known = {term.label for term in terms.of_kind(parameter.kind)}
        value = min(known & _WELL_KNOWN or known, default="NAME")
    return f"{parameter.option} {quote(value)}"
