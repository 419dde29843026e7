"""The answer to a stored question: a table, and the stamp that says what it is an answer to."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, QuerySolutions

from cellkg.querying import origin
from cellkg.querying.binding import bind, with_values
from cellkg.querying.stored_question import Column
from cellkg.version import __version__
from cellkg.vocabulary import XSD, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal
    from typing import Final

    from pyoxigraph import BlankNode, Triple

    from cellkg.querying.binding import Bound, Values
    from cellkg.querying.stored_question import StoredQuestion
    from cellkg.store import GraphStore
    from cellkg.terms import TermIndex

    Node = NamedNode | BlankNode | Literal | Triple
    Row = tuple[Node | None, ...]
    PlainValue = str | int | float | bool | Decimal | date | None

_SHOWN_HASH = 12


class Stamp:
    """What an answer is an answer to: enough to get the same rows again.

    The time of asking is no part of it, so that equal answers are equal to the byte.

    Attributes:
        question: The name of the question.
        hash: SHA-256 of its text, 64 hexadecimal digits.
        bound: The parameters that were bound, as given and as RDF terms.
        data_version: Which data were asked.
        cellkg_version: Which cellkg asked.
        rows: How many rows the answer has.
        left_out: How many more rows a limit cut off.
        studies: Where no row names a study, how many were asked, by their origin; else None.
    """

    __slots__ = (
        "_asked",
        "bound",
        "cellkg_version",
        "data_version",
        "left_out",
        "rows",
        "studies",
    )

    def __init__(
        self,
        asked: StoredQuestion,
        bound: tuple[Bound, ...],
        data_version: str,
        *,
        rows: int,
        left_out: int,
        studies: Mapping[str, int] | None = None,
    ) -> None:
        self._asked = asked
        self.bound = bound
        self.data_version = data_version
        self.cellkg_version = __version__
        self.rows = rows
        self.left_out = left_out
        self.studies = studies

    @property
    def question(self) -> str:
        """The name of the question."""
        return self._asked.name

    @property
    def hash(self) -> str:
        """SHA-256 of the text of the question."""
        return self._asked.hash

    @property
    def complete(self) -> bool:
        """Whether no row was cut off."""
        return self.left_out == 0

    def as_dict(self) -> dict[str, object]:
        """Give the stamp as plain values, for JSON.

        Returns:
            ``question``, ``hash``, ``parameters`` (by name: ``given``, ``bound`` as compact IRIs
            or texts, ``default``), ``data_version``, ``cellkg_version``, ``rows``, ``complete``,
            ``left_out`` and, where no row names a study, ``studies`` by origin.
        """
        return {
            "question": self.question,
            "hash": self.hash,
            "parameters": {
                each.parameter.name: {
                    "given": list(each.given),
                    "bound": [_short(term) for term in each.terms],
                    "default": each.is_default,
                }
                for each in self.bound
            },
            "data_version": self.data_version,
            "cellkg_version": self.cellkg_version,
            "rows": self.rows,
            "complete": self.complete,
            "left_out": self.left_out,
        } | ({} if self.studies is None else {"studies": dict(self.studies)})

    def __str__(self) -> str:
        """One line for people."""
        values = "".join(
            f", {each.parameter.words} = {' or '.join(map(_short, each.terms)) or 'any'}"
            for each in self.bound
        )
        rows = "1 row" if self.rows == 1 else f"{self.rows} rows"
        extent = "complete" if self.complete else f"cut off: {self.left_out} more left out"
        counts = (self.studies or {}).items()
        asked = " + ".join(f"{number} {name}" for name, number in counts)
        of_studies = f" from {asked} studies" if asked else ""
        return (
            f"{self.question} ({self.hash[:_SHOWN_HASH]}){values}; {rows}{of_studies}, {extent}; "
            f"data {self.data_version}, cellkg {self.cellkg_version}"
        )


class Answer:
    """A table of RDF terms with its stamp.

    Attributes:
        columns: The columns: name, meaning, unit.
        rows: One tuple a row, with a term or None in every column; None says that nothing is
            known, which is neither zero nor an empty text.
        stamp: What it is an answer to.
        store: The graphs that were asked.
    """

    __slots__ = ("columns", "rows", "stamp", "store")

    def __init__(
        self,
        columns: tuple[Column, ...],
        rows: tuple[Row, ...],
        stamp: Stamp,
        store: GraphStore,
    ) -> None:
        self.columns = columns
        self.rows = rows
        self.stamp = stamp
        self.store = store

    @property
    def complete(self) -> bool:
        """Whether no row was cut off."""
        return self.stamp.complete

    def as_dicts(self) -> list[dict[str, PlainValue]]:
        """Give the rows as plain Python values.

        Returns:
            One dictionary a row, by column, as `plain_value` makes them; None where nothing is
            known.
        """
        names = [column.name for column in self.columns]
        return [dict(zip(names, map(plain_value, row), strict=True)) for row in self.rows]


def run(
    question: StoredQuestion,
    store: GraphStore,
    terms: TermIndex,
    values: Values,
    limit: int | None = None,
) -> Answer:
    """Ask a stored question.

    Args:
        question: The question.
        store: The graphs.
        terms: The terms that values are looked up in.
        values: By name of parameter, one value or several; see `bind`.
        limit: How many rows to keep at most; None for all of them. Those beyond are counted.

    Returns:
        The answer; where its rows tell of studies, its last column says where each comes from.

    Raises:
        UserInputError: A value does not exist, a required one is missing, or the question is
            malformed SPARQL.
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> from cellkg.querying import find_question
        >>> from cellkg.shipped_files import folder
        >>> graph = cellkg.open_graph()
        >>> question = find_question("adverse-event-silence", folder("queries"))
        >>> answer = run(question, graph.store, graph.terms, {"event": "fever"}, limit=2)
        >>> answer.complete, len(answer.rows), answer.stamp.left_out
        (False, 2, 1177)
    """
    bound = bind(question, values, terms, store)
    found = store.query(with_values(question, bound))
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    rows: list[Row] = []
    left_out = 0
    for solution in found:
        if limit is None or len(rows) < limit:
            rows.append(tuple(solution))
        else:
            left_out += 1
    columns = question.columns
    studies = None
    if origin.tells_of_studies((column.name for column in columns), rows):
        columns += (Column(origin.COLUMN, origin.MEANING, None),)
        rows = [
            (*row, each) for row, each in zip(rows, origin.origins_of(rows, store), strict=True)
        ]
    else:
        studies = origin.studies_by_origin(store)
    version = store.data_version
    stamp = Stamp(question, bound, version, rows=len(rows), left_out=left_out, studies=studies)
    return Answer(columns, tuple(rows), stamp, store)


_INTEGERS: Final = frozenset(
    XSD[name].value for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long")
)
_FLOATS: Final = frozenset((XSD["double"].value, XSD["float"].value))


def plain_value(node: Node | None) -> PlainValue:
    """Make a plain Python value of an RDF term.

    Args:
        node: The term; None where nothing is known.

    Returns:
        None for None; the whole IRI as a text; ``int``, ``Decimal``, ``float``, ``bool`` or
        ``date`` for literals of these types, and the text of any other literal.

    Example:
        >>> plain_value(Literal(4)), plain_value(Literal(True)), plain_value(None)
        (4, True, None)
        >>> plain_value(Literal("6.57", datatype=XSD["decimal"]))
        Decimal('6.57')
        >>> plain_value(NamedNode("https://w3id.org/cellkg/term/fever"))
        'https://w3id.org/cellkg/term/fever'
    """
    if node is None:
        return None
    if not isinstance(node, Literal):
        return node.value if isinstance(node, NamedNode) else str(node)
    try:
        return _of_type(node.value, node.datatype.value)
    except ValueError:
        return node.value  # "about 4"^^xsd:integer is what it says, and no number


def _of_type(text: str, datatype: str) -> PlainValue:
    if datatype in _INTEGERS:
        return int(text)
    if datatype in _FLOATS:
        return float(text)
    name = datatype.removeprefix(XSD.iri)
    if name == "boolean" and text in {"true", "false", "1", "0"}:
        return text in {"true", "1"}
    if name == "decimal":
        from decimal import Decimal, InvalidOperation

        try:
            return Decimal(text)
        except InvalidOperation as error:
            raise ValueError(text) from error
    if name == "date":
        from datetime import date

        return date.fromisoformat(text)
    return text


def _short(node: NamedNode | Literal) -> str:
    return shorten(node.value) if isinstance(node, NamedNode) else node.value
