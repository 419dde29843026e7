"""What was found and what was said.

Every field names its property of the ontology, where it is defined; ``None`` and the empty tuple
mean that the source is silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cellkg.records.evidence import Record
from cellkg.records.fields import one, several
from cellkg.records.measured import Measured
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from decimal import Decimal

    from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseEventFinding(Record):
    """What a source says about one adverse event; an unknown count is ``None``, never 0."""

    type: ClassVar = CKG["AdverseEventFinding"]

    event: NamedNode | None = one("event", "iri")
    reporting: NamedNode | None = one("reporting", "iri")
    count: int | None = one("count", "integer")
    count_unit: NamedNode | None = one("countUnit", "iri")
    events: int | None = one("events", "integer")
    at_risk: int | None = one("atRisk", "integer")
    serious: bool | None = one("serious", "boolean")
    grade: int | None = one("grade", "integer")
    severity: str | None = one("severity", "text")
    course: str | None = one("course", "text")
    organ_system: str | None = one("organSystem", "text")
    source_vocabulary: str | None = one("sourceVocabulary", "text")
    assessment: NamedNode | None = one("assessment", "iri")
    table_row: int | None = one("tableRow", "integer")
    relatedness: tuple[NamedNode, ...] = several("relatedness", "iri")
    in_arms: tuple[NamedNode, ...] = several("inArm", "iri")
    in_result_group: NamedNode | None = one("inResultGroup", "iri")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseEventCollection(Record):
    """How a source gathers adverse events, and how rare the rarest is that it lists."""

    type: ClassVar = CKG["AdverseEventCollection"]

    frequency_threshold: Decimal | None = one("frequencyThreshold", "decimal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """What a document claims in words, with its scope."""

    type: ClassVar = CKG["Statement"]

    statement_kind: NamedNode | None = one("statementKind", "iri")
    summary: str | None = one("summary", "text")
    denies: tuple[NamedNode, ...] = several("denies", "iri")
    about: tuple[NamedNode, ...] = several("about", "iri")
    at_risk: int | None = one("atRisk", "integer")
    quantifier: str | None = one("quantifier", "text")
    result_direction: NamedNode | None = one("resultDirection", "iri")
    scope_seriousness: str | None = one("scopeSeriousness", "text")
    scope_period: str | None = one("scopePeriod", "text")
    scope_condition: str | None = one("scopeCondition", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSpecification(Record):
    """A measure that the study set out to assess."""

    type: ClassVar = CKG["OutcomeSpecification"]

    measure: NamedNode | None = one("measure", "iri")
    endpoint_role: NamedNode | None = one("endpointRole", "iri")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFinding(Measured):
    """A result on one measure at one time point; every count is out of ``analysed``."""

    type: ClassVar = CKG["OutcomeFinding"]

    endpoint_role: NamedNode | None = one("endpointRole", "iri")
    category: str | None = one("category", "text")
    criterion: str | None = one("criterion", "text")
    analysed: int | None = one("analysed", "integer")
    improved: int | None = one("improved", "integer")
    unchanged: int | None = one("unchanged", "integer")
    worsened: int | None = one("worsened", "integer")
    improved_or_unchanged: int | None = one("improvedOrUnchanged", "integer")
    patients_with: int | None = one("patientsWith", "integer")
    patients_without: int | None = one("patientsWithout", "integer")
    quantifier: str | None = one("quantifier", "text")
    result_direction: NamedNode | None = one("resultDirection", "iri")
    parameter_kind: str | None = one("parameterKind", "text")
    printed_value: str | None = one("printedValue", "text")
    printed_unit: str | None = one("printedUnit", "text")
    value: Decimal | None = one("value", "decimal")
    dispersion: Decimal | None = one("dispersion", "decimal")
    dispersion_kind: str | None = one("dispersionKind", "text")
    lower_limit: Decimal | None = one("lowerLimit", "decimal")
    upper_limit: Decimal | None = one("upperLimit", "decimal")
    baseline_mean: Decimal | None = one("baselineMean", "decimal")
    effect: Decimal | None = one("effect", "decimal")
    p_value: str | None = one("pValue", "text")
    statistical_test: str | None = one("statisticalTest", "text")
    follow_up: Decimal | None = one("followUp", "decimal")
    in_arms: tuple[NamedNode, ...] = several("inArm", "iri")
    in_result_group: NamedNode | None = one("inResultGroup", "iri")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticalAnalysis(Record):
    """An estimate or a test that a results table gives for one group or between several."""

    type: ClassVar = CKG["StatisticalAnalysis"]

    measure: NamedNode | None = one("measure", "iri")
    endpoint_role: NamedNode | None = one("endpointRole", "iri")
    compares_groups: tuple[NamedNode, ...] = several("comparesGroup", "iri")
    hypothesis: str | None = one("hypothesis", "text")
    p_value: str | None = one("pValue", "text")
    statistical_test: str | None = one("statisticalTest", "text")
    effect: Decimal | None = one("effect", "decimal")
    effect_kind: str | None = one("effectKind", "text")
    confidence_level: Decimal | None = one("confidenceLevel", "decimal")
    confidence_min: Decimal | None = one("confidenceMin", "decimal")
    confidence_max: Decimal | None = one("confidenceMax", "decimal")
    dispersion: Decimal | None = one("dispersion", "decimal")
    dispersion_kind: str | None = one("dispersionKind", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientObservation(Record):
    """The row of one numbered patient; patients are never named."""

    type: ClassVar = CKG["PatientObservation"]

    row_number: int | None = one("rowNumber", "integer")
    measure: NamedNode | None = one("measure", "iri")
    unit: NamedNode | None = one("unit", "iri")
    value_before: Decimal | None = one("valueBefore", "decimal")
    value_after: Decimal | None = one("valueAfter", "decimal")
    administrations: int | None = one("administrations", "integer")
    follow_up: Decimal | None = one("followUp", "decimal")
    result_direction: NamedNode | None = one("resultDirection", "iri")
    in_arms: tuple[NamedNode, ...] = several("inArm", "iri")


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy(Record):
    """Statements that cannot all be right, or that mix different things."""

    type: ClassVar = CKG["Discrepancy"]

    discrepancy_kind: NamedNode | None = one("discrepancyKind", "iri")
    explanation: str | None = one("explanation", "text")
    concerns: tuple[NamedNode, ...] = several("concerns", "iri")
