"""The study, which holds all other records.

Every field names its property of the ontology, where it is defined; ``None`` and the empty tuple
mean that the source is silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cellkg.records.evidence import Record
from cellkg.records.fields import one, several, title
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

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
    from cellkg.records.products import Arm, Intervention, ResultGroup
    from cellkg.records.sources import InstitutionRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Study(Record):
    """One investigation of a cell therapy in people."""

    type: ClassVar = CKG["Study"]

    title: str | None = title()
    official_title: str | None = one("officialTitle", "text")
    acronym: str | None = one("acronym", "text")
    identifiers: tuple[str, ...] = several("identifier", "text")
    former_identifiers: tuple[str, ...] = several("formerIdentifier", "text")
    other_identifiers: tuple[str, ...] = several("otherIdentifier", "text")
    described_by: tuple[NamedNode, ...] = several("describedBy", "iri")
    mentioned_by: tuple[NamedNode, ...] = several("mentionedBy", "iri")
    references: tuple[NamedNode, ...] = several("reference", "iri")
    conditions: tuple[NamedNode, ...] = several("condition", "iri")
    printed_conditions: tuple[str, ...] = several("printedCondition", "text")
    study_status: NamedNode | None = one("studyStatus", "iri")
    last_known_status: NamedNode | None = one("lastKnownStatus", "iri")
    why_stopped: str | None = one("whyStopped", "text")
    start_date: str | None = one("startDate", "date")
    start_date_kind: NamedNode | None = one("startDateKind", "iri")
    primary_end_date: str | None = one("primaryEndDate", "date")
    primary_end_date_kind: NamedNode | None = one("primaryEndDateKind", "iri")
    end_date: str | None = one("endDate", "date")
    end_date_kind: NamedNode | None = one("endDateKind", "iri")
    results_posted: str | None = one("resultsPosted", "date")
    primary_purpose: str | None = one("primaryPurpose", "text")
    phases: tuple[NamedNode, ...] = several("phase", "iri")
    masking: tuple[NamedNode, ...] = several("masking", "iri")
    allocation: tuple[NamedNode, ...] = several("allocation", "iri")
    intervention_models: tuple[NamedNode, ...] = several("interventionModel", "iri")
    temporal_direction: NamedNode | None = one("temporalDirection", "iri")
    design_features: tuple[NamedNode, ...] = several("designFeature", "iri")
    may_overlap_with: tuple[NamedNode, ...] = several("mayOverlapWith", "iri")
    follows_up: tuple[NamedNode, ...] = several("followsUp", "iri")
    pilot_of: tuple[NamedNode, ...] = several("pilotOf", "iri")
    institution_roles: tuple[InstitutionRole, ...] = several("institutionRole", "record")
    participants: tuple[ParticipantCount, ...] = several("participants", "record")
    arms: tuple[Arm, ...] = several("arm", "record")
    unassigned_interventions: tuple[Intervention, ...] = several("unassignedIntervention", "record")
    result_groups: tuple[ResultGroup, ...] = several("resultGroup", "record")
    eligibility_criteria: tuple[EligibilityCriterion, ...] = several(
        "eligibilityCriterion", "record"
    )
    baseline_characteristics: tuple[BaselineCharacteristic, ...] = several(
        "baselineCharacteristic", "record"
    )
    adverse_event_findings: tuple[AdverseEventFinding, ...] = several(
        "adverseEventFinding", "record"
    )
    adverse_event_collections: tuple[AdverseEventCollection, ...] = several(
        "adverseEventCollection", "record"
    )
    statements: tuple[Statement, ...] = several("statement", "record")
    outcome_specifications: tuple[OutcomeSpecification, ...] = several(
        "outcomeSpecification", "record"
    )
    outcome_findings: tuple[OutcomeFinding, ...] = several("outcomeFinding", "record")
    statistical_analyses: tuple[StatisticalAnalysis, ...] = several("statisticalAnalysis", "record")
    patient_observations: tuple[PatientObservation, ...] = several("patientObservation", "record")
    discrepancies: tuple[Discrepancy, ...] = several("discrepancy", "record")
