"""Arms, what they receive, and the people counted.

Every field names its property of the ontology, where it is defined; ``None`` and the empty tuple
mean that the source is silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cellkg.records.evidence import Record
from cellkg.records.fields import one, several
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from decimal import Decimal

    from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProduct(Record):
    """The cells that are given: donor, origin, separation, characteristics."""

    type: ClassVar = CKG["CellProduct"]

    cell_types: tuple[NamedNode, ...] = several("cellType", "iri")
    derived_from: tuple[NamedNode, ...] = several("derivedFrom", "iri")
    tissues: tuple[NamedNode, ...] = several("tissue", "iri")
    donor: NamedNode | None = one("donor", "iri")
    donor_detail: str | None = one("donorDetail", "text")
    manipulations: tuple[str, ...] = several("manipulation", "text")
    preservation: NamedNode | None = one("preservation", "iri")
    passage: str | None = one("passage", "text")
    markers: tuple[str, ...] = several("marker", "text")
    viability: Decimal | None = one("viability", "decimal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose(Record):
    """How much of a product is given."""

    type: ClassVar = CKG["Dose"]

    dose_value: Decimal | None = one("doseValue", "decimal")
    dose_min: Decimal | None = one("doseMin", "decimal")
    dose_max: Decimal | None = one("doseMax", "decimal")
    dose_unit: NamedNode | None = one("doseUnit", "iri")
    dose_per: NamedNode | None = one("dosePer", "iri")
    dose_levels: int | None = one("doseLevels", "integer")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoMedication(Record):
    """Medication given along with the product."""

    type: ClassVar = CKG["CoMedication"]

    co_medication_class: NamedNode | None = one("coMedicationClass", "iri")
    reporting: NamedNode | None = one("reporting", "iri")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Record):
    """What is given to an arm, by which route, how often."""

    type: ClassVar = CKG["Intervention"]

    intervention_kind: str | None = one("interventionKind", "text")
    products: tuple[CellProduct, ...] = several("product", "record")
    routes: tuple[NamedNode, ...] = several("route", "iri")
    sites_of_delivery: tuple[NamedNode, ...] = several("siteOfDelivery", "iri")
    doses: tuple[Dose, ...] = several("dose", "record")
    administrations_min: int | None = one("administrationsMin", "integer")
    administrations_max: int | None = one("administrationsMax", "integer")
    interval_min: Decimal | None = one("intervalMin", "decimal")
    interval_max: Decimal | None = one("intervalMax", "decimal")
    co_medications: tuple[CoMedication, ...] = several("coMedication", "record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm(Record):
    """A group of participants defined by the plan of the study."""

    type: ClassVar = CKG["Arm"]

    arm_role: NamedNode | None = one("armRole", "iri")
    receives: tuple[Intervention, ...] = several("receives", "record")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGroup(Record):
    """A group that a results table counts."""

    type: ClassVar = CKG["ResultGroup"]

    results_table: NamedNode | None = one("resultsTable", "iri")
    in_arms: tuple[NamedNode, ...] = several("inArm", "iri")
