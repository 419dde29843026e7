"""What a source, a study and all that a study contains *is*: frozen records.

A record holds what one document says and the evidence for it. Whatever the document is silent
about is ``None`` or an empty tuple and writes no triple.
"""

from cellkg.records.evidence import Evidence, Record
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
from cellkg.records.n_triples import to_n_triples
from cellkg.records.participants import (
    BaselineCharacteristic,
    EligibilityCriterion,
    ParticipantCount,
)
from cellkg.records.products import Arm, CellProduct, CoMedication, Dose, Intervention, ResultGroup
from cellkg.records.sources import InstitutionRole, Source
from cellkg.records.study import Study
from cellkg.records.triples import RECORD_CLASSES, RecordReader, to_triples

__all__ = [
    "RECORD_CLASSES",
    "AdverseEventCollection",
    "AdverseEventFinding",
    "Arm",
    "BaselineCharacteristic",
    "CellProduct",
    "CoMedication",
    "Discrepancy",
    "Dose",
    "EligibilityCriterion",
    "Evidence",
    "InstitutionRole",
    "Intervention",
    "OutcomeFinding",
    "OutcomeSpecification",
    "ParticipantCount",
    "PatientObservation",
    "Record",
    "RecordReader",
    "ResultGroup",
    "Source",
    "Statement",
    "StatisticalAnalysis",
    "Study",
    "to_n_triples",
    "to_triples",
]
