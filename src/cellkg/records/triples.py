"""The one place where records become triples, and triples records again.

An absent fact writes no triple, and no triple reads as an absent fact: ``None`` survives the way
through any RDF format as ``None``, never as zero.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cellkg.errors import SourceFileError
from cellkg.records.evidence import Evidence
from cellkg.records.fields import facts_of
from cellkg.records.findings import (
    AdverseEventCollection,
    AdverseEventFinding,
    Discrepancy,
    OutcomeFinding,
    OutcomeSpecification,
    PatientObservation,
    Statement,
    StatisticalAnalysis,
)
from cellkg.records.participants import (
    BaselineCharacteristic,
    EligibilityCriterion,
    ParticipantCount,
)
from cellkg.records.products import Arm, CellProduct, CoMedication, Dose, Intervention, ResultGroup
from cellkg.records.sources import InstitutionRole, Source
from cellkg.records.study import Study
from cellkg.vocabulary import RDF, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from cellkg.records.evidence import Described
    from cellkg.records.fields import Fact, Kind

RECORD_CLASSES: Final = (
    Source,
    Study,
    InstitutionRole,
    ParticipantCount,
    Arm,
    ResultGroup,
    Intervention,
    CellProduct,
    Dose,
    CoMedication,
    EligibilityCriterion,
    BaselineCharacteristic,
    AdverseEventCollection,
    AdverseEventFinding,
    Statement,
    OutcomeSpecification,
    OutcomeFinding,
    StatisticalAnalysis,
    PatientObservation,
    Discrepancy,
    Evidence,
)
"""Every class of record, in reading order."""

_TYPE: Final = RDF["type"]
_DATATYPE: Final = {
    "text": XSD["string"],
    "integer": XSD["integer"],
    "decimal": XSD["decimal"],
    "boolean": XSD["boolean"],
    "address": XSD["anyURI"],
}
_DATE_TYPE_BY_LENGTH: Final = {4: XSD["gYear"], 7: XSD["gYearMonth"], 10: XSD["date"]}

_AnyRecord = TypeVar("_AnyRecord", bound="Described")


def to_triples(
    record: Described, properties: frozenset[NamedNode] | None = None
) -> Iterator[Triple]:
    """Write a record, its parts and its evidence as triples.

    Args:
        record: Any record; a study brings everything it contains.
        properties: Where given, only triples of these properties are written.

    Returns:
        The triples, in the order of the record's definition; a part that several records share is
        written once.

    Raises:
        ValueError: A date has none of the forms YYYY, YYYY-MM and YYYY-MM-DD.

    Example:
        >>> from cellkg.records import Dose
        >>> from cellkg.vocabulary import STUDY
        >>> for triple in to_triples(Dose(iri=STUDY["example#dose"], dose_max=Decimal("1E+7"))):
        ...     print(shorten(triple.predicate.value), triple.object)
        rdf:type <https://w3id.org/cellkg/ontology#Dose>
        ckg:doseMax "10000000"^^<http://www.w3.org/2001/XMLSchema#decimal>
    """
    triples: list[Triple] = []  # several times as quick as generators inside each other
    _write(record, set(), triples, properties)
    return iter(triples)


def _write(
    record: Described,
    seen: set[NamedNode],
    triples: list[Triple],
    properties: frozenset[NamedNode] | None,
) -> None:
    iri = record.iri
    if iri in seen:
        return
    seen.add(iri)
    if properties is None or _TYPE in properties:
        triples.append(Triple(iri, _TYPE, record.type))
    for name, fact in _facts_leading_to(properties, type(record)):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        kind, predicate = fact.kind, fact.property
        wanted = properties is None or predicate in properties
        for each in value if fact.several else (value,):
            if kind == "record":
                if wanted:
                    triples.append(Triple(iri, predicate, each.iri))
                _write(each, seen, triples, properties)
            else:
                triples.append(Triple(iri, predicate, to_term(kind, each)))


def _facts_leading_to(
    properties: frozenset[NamedNode] | None, record_class: type[Described]
) -> tuple[tuple[str, Fact], ...]:
    """List the facts that hold one of the properties, or a part that may hold one."""
    facts = _LEADING.get((properties, record_class))
    if facts is None:
        of_evidence = {_TYPE, *(fact.property for fact in facts_of(Evidence).values())}
        # Evidence is half of all records, and has no parts.
        without_evidence = properties is not None and properties.isdisjoint(of_evidence)
        facts = _LEADING[properties, record_class] = tuple(
            (name, fact)
            for name, fact in facts_of(record_class).items()
            if properties is None
            or fact.property in properties
            or (fact.kind == "record" and not (without_evidence and name == "evidence"))
        )
    return facts


_LEADING: Final[
    dict[tuple[frozenset[NamedNode] | None, type[Described]], tuple[tuple[str, Fact], ...]]
] = {}
"""What was asked for before."""


def to_term(kind: Kind, value: object) -> NamedNode | Literal:
    """Give a value of a field as the term it is written as.

    Args:
        kind: What the values of the field are; no record.
        value: The value.

    Returns:
        The IRI itself, or a literal.

    Raises:
        ValueError: A date has none of the forms YYYY, YYYY-MM and YYYY-MM-DD.

    Example:
        >>> print(to_term("date", "2021-10"))
        "2021-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>
    """
    if isinstance(value, NamedNode):
        return value
    if kind == "english":
        return Literal(str(value), language="en")
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=XSD["boolean"])
    # xsd:decimal allows no exponent; the digits stay as printed.
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    if kind == "date":
        return Literal(text, datatype=_date_type(text))
    return Literal(text, datatype=_DATATYPE[kind])


def _date_type(text: str) -> NamedNode:
    datatype = _DATE_TYPE_BY_LENGTH.get(len(text))
    if datatype is None:
        raise ValueError(f"'{text}' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD.")
    return datatype


class RecordReader:
    """Reads records back from triples.

    Args:
        triples: The triples of one study, in any order.
        origin: Where they come from, for messages: a file or the name of a graph.

    Example:
        >>> from cellkg.records import Dose
        >>> from cellkg.vocabulary import STUDY
        >>> dose = Dose(iri=STUDY["example#dose"], dose_max=Decimal(10))
        >>> RecordReader(to_triples(dose), "here").read(Dose, dose.iri) == dose
        True
    """

    def __init__(self, triples: Iterable[Triple], origin: Path | str) -> None:
        self._origin = origin
        self._facts: dict[str, dict[str, list[NamedNode | Literal]]] = {}
        for triple in triples:
            subject, value = triple.subject, triple.object
            if not isinstance(subject, NamedNode) or isinstance(value, (BlankNode, Triple)):
                problem = (
                    "Blank nodes and quoted triples have no place here:"
                    " a record and its values need IRIs of their own."
                )
                raise SourceFileError(problem, origin, record=str(subject), value=str(value))
            by_property = self._facts.setdefault(subject.value, {})
            by_property.setdefault(triple.predicate.value, []).append(value)

    def subjects(self, record_class: type[Described]) -> list[NamedNode]:
        """List the records of one class, by IRI."""
        return sorted(
            (
                NamedNode(subject)
                for subject, facts in self._facts.items()
                if record_class.type in facts.get(RDF["type"].value, [])
            ),
            key=lambda node: node.value,
        )

    def read(self, record_class: type[_AnyRecord], iri: NamedNode) -> _AnyRecord:
        """Read one record with its parts.

        Args:
            record_class: The class of the record.
            iri: The IRI of the record.

        Returns:
            The record; tuples are in the order of the IRIs or texts of their members.

        Raises:
            SourceFileError: The record is absent or of another class, has a property that its
                class does not know, several values where one is allowed, or a value of the wrong
                kind. Nothing is dropped.
        """
        wanted = shorten(record_class.type.value)
        facts = dict(self._facts.get(iri.value, {}))
        types = facts.pop(RDF["type"].value, [])
        if types != [record_class.type]:
            found = ", ".join(sorted(shorten(each.value) for each in types)) or "nothing"
            raise self._error(iri, f"It should be a {wanted} and is {found}.")
        values: dict[str, object] = {
            name: self._field(iri, fact, facts.pop(fact.property.value, []))
            for name, fact in facts_of(record_class).items()
        }
        for unknown in sorted(facts):
            problem = f"A {wanted} has no such property; ontology/cellkg.ttl lists what it has."
            raise self._error(iri, problem, field=shorten(unknown))
        return record_class(iri=iri, **values)

    def _error(
        self, iri: NamedNode, problem: str, *, field: str | None = None, value: str | None = None
    ) -> SourceFileError:
        return SourceFileError(
            problem, self._origin, record=shorten(iri.value), field=field, value=value
        )

    def _field(self, iri: NamedNode, fact: Fact, found: list[NamedNode | Literal]) -> object:
        read = tuple(self._value(iri, fact, each) for each in sorted(found, key=str))
        if fact.several:
            return read
        if len(read) > 1:
            problem = f"It has {len(read)} values and may have one; give each a record of its own."
            raise self._error(iri, problem, field=shorten(fact.property.value))
        return read[0] if read else None

    def _value(self, iri: NamedNode, fact: Fact, value: NamedNode | Literal) -> object:
        if fact.kind == "record" and isinstance(value, NamedNode):
            return self.read(self._class_of(value), value)
        if fact.kind == "iri" and isinstance(value, NamedNode):
            return value
        try:
            return _from_literal(fact.kind, value)
        except (KeyError, ValueError, InvalidOperation) as error:
            field = shorten(fact.property.value)
            problem = f"This is not of the kind {fact.kind}."
            raise self._error(iri, problem, field=field, value=str(value)) from error

    def _class_of(self, iri: NamedNode) -> type[Described]:
        types = self._facts.get(iri.value, {}).get(RDF["type"].value, [])
        for record_class in RECORD_CLASSES:
            if record_class.type in types:
                return record_class
        raise self._error(iri, "It is named as a part and is not described as a record.")


def _from_literal(kind: Kind, value: NamedNode | Literal) -> object:
    if not isinstance(value, Literal):
        raise ValueError(value)  # noqa: TRY004 - the caller turns it into a sentence for a person
    text = value.value
    if kind == "english":
        fits = value.language == "en"
    elif kind == "date":
        fits = value.datatype == _date_type(text)
    else:
        fits = value.datatype == _DATATYPE[kind] and value.language is None
    if not fits or (kind == "boolean" and text not in {"true", "false"}):
        raise ValueError(text)
    return _PYTHON[kind](text)


_PYTHON: Final[dict[str, Callable[[str], object]]] = {
    "text": str,
    "english": str,
    "date": str,
    "address": str,
    "integer": int,
    "decimal": Decimal,
    "boolean": "true".__eq__,
}
"""From the lexical form of a literal to the value of a field."""
