"""Records as sorted N-Triples, without a triple in between: an import writes millions of them.

The lines are those that `cellkg.records.triples.to_triples` gives, as Oxigraph writes them.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cellkg.records.fields import facts_of
from cellkg.records.triples import to_term
from cellkg.vocabulary import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cellkg.records.evidence import Described
    from cellkg.records.fields import Kind

    Blocks = dict[str, bytes]
    """From the subject, as it is written, to all its lines."""

    Names = dict[int, str]
    """From the identity of an IRI, or of a part, to its IRI as it is written."""

    Field = tuple[str, Kind, bool]
    """What stands between a subject and a value; what the value is; whether it is a tuple."""

_INTEGER: Final = str(XSD["integer"])
_NONE: Final = ()


class _Layout(NamedTuple):
    """How a record of one class is written.

    Attributes:
        type: What is said of its class.
        fields: Its fields.
        values: Gives the values of the fields, in the same order.
    """

    type: str
    fields: tuple[Field, ...]
    values: Callable[[Any], tuple[Any, ...]]


def to_n_triples(records: Iterable[Described]) -> Iterator[bytes]:
    r"""Write records, their parts and their evidence.

    Args:
        records: Any records; a study brings everything it contains.

    Yields:
        N-Triples, all lines of one subject at once: a line for each triple, and all of them in the
        order of their bytes; a part that several records share is written once.

    Raises:
        ValueError: A date has none of the forms YYYY, YYYY-MM and YYYY-MM-DD.

    Example:
        >>> from cellkg.records import Dose
        >>> from cellkg.vocabulary import STUDY
        >>> dose = Dose(iri=STUDY["example#dose"], printed_terms=('5 "units"',))
        >>> lines = b"".join(to_n_triples([dose])).decode()
        >>> print(lines.replace("https://w3id.org/cellkg/", ""), end="")
        <study/example#dose> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <ontology#Dose> .
        <study/example#dose> <ontology#printedTerm> "5 \"units\"" .
    """
    written = tuple(records)  # an identity names an object as long as that lives
    blocks: Blocks = {}
    names: Names = {}
    for record in written:
        subject = f"<{record.iri.value}>"
        if subject not in blocks:
            _write(record, subject, blocks, names)
    # Each subject ends with >, which none contains: lines sort as their subjects do.
    for subject in sorted(blocks):
        yield blocks[subject]


def _write(record: Described, subject: str, blocks: Blocks, names: Names) -> None:
    type_written, fields, values = _LAYOUTS.get(type(record)) or _layout_of(type(record))
    said: list[str] = [type_written]
    parts: list[Described] = []
    for value, field in zip(values(record), fields, strict=True):
        if value is None or value is _NONE:
            continue
        predicate, kind, several = field
        if not several:
            said.append(predicate + (names.get(id(value)) or _written(kind, value, names)))
            continue
        said += {predicate + (names.get(id(each)) or _written(kind, each, names)) for each in value}
        if kind == "record":
            parts += value
    # No value is the beginning of another, so what is said sorts as the lines do.
    said.sort()
    end = f" .\n{subject}"
    blocks[subject] = (subject + end.join(said) + " .\n").encode()
    for part in parts:
        name = names[id(part)]
        if name not in blocks:
            _write(part, name, blocks, names)


def _written(kind: Kind, value: Any, names: Names) -> str:  # noqa: ANN401 - as the kind says
    if kind in {"iri", "record"}:
        iri = value if kind == "iri" else value.iri
        name = names[id(value)] = f"<{iri.value}>"
        return name
    if kind == "integer":
        return f'"{value}"^^{_INTEGER}'
    if kind == "text" and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return str(to_term(kind, value))


def _layout_of(record_class: type[Described]) -> _Layout:
    facts = facts_of(record_class)
    layout = _Layout(
        type=f" {RDF['type']} {record_class.type}",
        fields=tuple((f" {fact.property} ", fact.kind, fact.several) for fact in facts.values()),
        values=attrgetter(*facts),
    )
    _LAYOUTS[record_class] = layout
    return layout


_LAYOUTS: Final[dict[type[Described], _Layout]] = {}
"""The layout of every class that was written before."""
