"""The tables of the records: one a kind of record, its columns taken from the records' own fields.

What a column is called and means comes from the ontology, so a new field of a record is a new
column without a word here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from pyoxigraph import QuerySolutions

from cellkg.records import RECORD_CLASSES, Record, Study
from cellkg.records.fields import facts_of
from cellkg.vocabulary import CKG, DCTERMS, ONTOLOGY_GRAPH, PROV, shorten

if TYPE_CHECKING:
    from cellkg.records.fields import Fact
    from cellkg.store import GraphStore

ColumnKind = Literal["text", "name", "integer", "number", "boolean", "date", "address"]
"""What the values of a column are; a name is the short IRI of a thing."""


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        name: What it is called: the property of the ontology in small letters.
        kind: What its values are.
        meaning: What they say.
        property: The IRI of the property it holds; None for what is not one fact of the record.
        several: Whether a row may have several values.
        labels: Whether it holds what the values of the property are called.
        refers_to: The table and the column whose values it repeats.
        unit: What numbers are in, where that is always the same or stands in another column.
        required: Whether every row has a value.
    """

    name: str
    kind: ColumnKind
    meaning: str
    property: str | None = None
    several: bool = False
    labels: bool = False
    refers_to: tuple[str, str] | None = None
    unit: str = ""
    required: bool = False


class Table(NamedTuple):
    """A table.

    Attributes:
        name: Its name, that of its file too.
        meaning: What a row is.
        columns: Its columns.
        key: The column that names a row.
        holds: The IRI of the class whose records it holds; None for other tables.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: str | None
    holds: str | None = None


TABLE_NAMES: Final = {
    "Source": "sources",
    "Study": "studies",
    "InstitutionRole": "institution_roles",
    "ParticipantCount": "participant_counts",
    "Arm": "arms",
    "ResultGroup": "result_groups",
    "Intervention": "interventions",
    "CellProduct": "cell_products",
    "Dose": "doses",
    "CoMedication": "co_medications",
    "EligibilityCriterion": "eligibility_criteria",
    "BaselineCharacteristic": "baseline_characteristics",
    "AdverseEventCollection": "adverse_event_collections",
    "AdverseEventFinding": "adverse_event_findings",
    "Statement": "statements",
    "OutcomeSpecification": "outcome_specifications",
    "OutcomeFinding": "outcome_findings",
    "StatisticalAnalysis": "statistical_analyses",
    "PatientObservation": "patient_observations",
    "Discrepancy": "discrepancies",
    "Evidence": "evidence",
}
"""What the table of a class of record is called."""

_KEYS: Final = {"Source": "source", "Study": "study", "Evidence": "evidence"}
_SILENCE: Final = {
    "AdverseEventFinding": " A study without a row for an event is silent about it, which is no"
    " zero; a count that is missing is unknown."
}
_UNITS: Final = {
    "viability": "per cent",
    "frequencyThreshold": "per cent",
    "confidenceLevel": "per cent",
    "doseValue": "see dose_unit",
    "doseMin": "see dose_unit",
    "doseMax": "see dose_unit",
    "timeValue": "see time_unit",
    "intervalMin": "see time_unit",
    "intervalMax": "see time_unit",
    "followUp": "see time_unit",
    "count": "people, or see count_unit",
    "start": "code points",
    "end": "code points",
    "mean": "see unit",
    "standardDeviation": "see unit",
    "median": "see unit",
    "rangeMin": "see unit",
    "rangeMax": "see unit",
    "value": "see unit and printed_unit",
    "valueBefore": "see unit",
    "valueAfter": "see unit",
    "baselineMean": "see unit",
}
_KINDS: Final[dict[str, ColumnKind]] = {
    "iri": "name",
    "record": "name",
    "text": "text",
    "english": "text",
    "integer": "integer",
    "decimal": "number",
    "boolean": "boolean",
    "date": "date",
    "address": "address",
}
_OTHER_PROPERTIES: Final = {DCTERMS["title"].value: "The title."}

STUDY_COLUMN: Final = Column(
    "study",
    "name",
    "The study, by the short name that cellkg show takes.",
    refers_to=("studies", "study"),
    required=True,
)
"""The column that ties a row to its study."""

# A source that tells of a chosen study may stand in the graph of another one.
_HOME: Final = STUDY_COLUMN._replace(
    meaning="The study whose graph it stands in, which need not be among the chosen ones.",
    refers_to=None,
)

ORIGIN: Final = "origin"
"""The column that says who recorded a study."""

LINKS: Final = Table(
    "links",
    "Every value of a column that may have several, in a row of its own: to join with, where the"
    " tables hold lists.",
    (
        _HOME,
        Column("table", "text", "The table that has the column.", required=True),
        Column("record", "name", "The row of that table, by its key.", required=True),
        Column("column", "text", "The column that may have several values.", required=True),
        Column("value", "text", "One of its values.", required=True),
        Column("label", "text", "What the value is called, if it is the name of a thing."),
    ),
    None,
)
"""The table of single values."""


def record_tables(store: GraphStore) -> tuple[Table, ...]:
    """Describe the tables of the records, in reading order.

    Args:
        store: The graphs, the ontology among them.

    Returns:
        One table a class of record.

    Raises:
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> arms = next(
        ...     each for each in record_tables(cellkg.open_graph().store) if each.name == "arms"
        ... )
        >>> [column.name for column in arms.columns][:4], arms.key
        (['study', 'record', 'arm_role', 'arm_role_label'], 'record')
    """
    ontology = _Ontology(store)
    return tuple(_table(each, ontology) for each in RECORD_CLASSES)


def column_name(property_iri: str) -> str:
    """Write the name of a property in small letters.

    Example:
        >>> column_name(CKG["atRisk"].value), column_name(CKG["pValue"].value)
        ('at_risk', 'p_value')
    """
    local = re.split(r"[#/]", property_iri)[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", local).lower()


class _Ontology:
    """What the ontology says of properties: their meaning and the kind of thing they name."""

    def __init__(self, store: GraphStore) -> None:
        self.meanings = dict(_OTHER_PROPERTIES)
        self.ranges: dict[str, str] = {}
        for thing, definition, range_ in _solutions(
            store,
            "SELECT ?thing ?definition ?range WHERE {"
            f" GRAPH {ONTOLOGY_GRAPH} {{ ?thing skos:definition ?definition"
            " OPTIONAL { ?thing rdfs:range ?range } } }",
        ):
            self.meanings[thing.value] = definition.value
            if range_ is not None:
                self.ranges[thing.value] = range_.value
        self.terms = {
            kind.value
            for (kind,) in _solutions(
                store,
                "SELECT DISTINCT ?kind WHERE { VALUES ?top { ckg:Term ckg:ClosedValue }"
                f" GRAPH {ONTOLOGY_GRAPH} {{ ?kind rdfs:subClassOf* ?top }} }}",
            )
        }


_PREFIXES: Final = (
    "PREFIX ckg: <https://w3id.org/cellkg/ontology#>\n"
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
)


def _solutions(store: GraphStore, query: str) -> QuerySolutions:
    found = store.query(_PREFIXES + query)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    return found


def _table(record_class: type, ontology: _Ontology) -> Table:
    iri = record_class.type.value  # type: ignore[attr-defined] # every class of record has one
    kind = iri.removeprefix(CKG.iri)
    key = _KEYS.get(kind, "record")
    own = Column(key, "name", "The name of the row, which cellkg why takes.", required=True)
    columns = (
        [own]
        if key == STUDY_COLUMN.name
        else [_HOME if kind in {"Source", "Evidence"} else STUDY_COLUMN, own]
    )
    if record_class is Study:
        meaning = "Who recorded the study: curated by hand, or read from a registry."
        columns.append(Column(ORIGIN, "text", meaning))
    inherited = facts_of(Record)
    facts = facts_of(record_class)
    own_first = [name for name in facts if name not in inherited] + list(inherited)
    for fact in (facts[name] for name in own_first if name in facts):
        if not _stands_in_another_table(record_class, fact):
            columns += _columns_of(fact, ontology)
    meaning = ontology.meanings.get(iri, "") + _SILENCE.get(kind, "")
    return Table(TABLE_NAMES[kind], meaning, tuple(columns), key, iri)


def _stands_in_another_table(record_class: type, fact: Fact) -> bool:
    """Tell whether the parts of a study name it themselves, in their column ``study``."""
    return (
        record_class is Study
        and fact.kind == "record"
        and fact.property not in {CKG["evidence"], CKG["unassignedIntervention"]}
    )


def _columns_of(fact: Fact, ontology: _Ontology) -> list[Column]:
    iri = fact.property.value
    name = column_name(iri)
    range_ = ontology.ranges.get(iri, "")
    column = Column(
        name,
        _KINDS[fact.kind],
        ontology.meanings.get(iri, shorten(iri)),
        iri,
        fact.several,
        refers_to=_refers_to(range_, ontology) if _KINDS[fact.kind] == "name" else None,
        unit=_UNITS.get(iri.removeprefix(CKG.iri), ""),
    )
    with_label = range_ in ontology.terms | {CKG["Institution"].value, PROV["Agent"].value}
    if not with_label:
        return [column]
    label = Column(
        f"{name}_label",
        "text",
        f"What the value of {name} is called.",
        iri,
        fact.several,
        labels=True,
    )
    return [column, label]


def _refers_to(range_: str, ontology: _Ontology) -> tuple[str, str] | None:
    if range_ in ontology.terms:
        return "terms", "term"
    if range_ == CKG["Institution"].value:
        return "institutions", "institution"
    kind = range_.removeprefix(CKG.iri)
    if kind == "Study" or kind not in TABLE_NAMES:
        return None  # another study need not be among the chosen ones
    return TABLE_NAMES[kind], _KEYS.get(kind, "record")
