"""Who took part.

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
    from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantCount(Record):
    """A number of people in one role."""

    type: ClassVar = CKG["ParticipantCount"]

    participant_role: NamedNode | None = one("participantRole", "iri")
    count: int | None = one("count", "integer")
    administrations: int | None = one("administrations", "integer")
    reason: str | None = one("reason", "text")
    in_arms: tuple[NamedNode, ...] = several("inArm", "iri")
    in_result_group: NamedNode | None = one("inResultGroup", "iri")


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineCharacteristic(Measured):
    """A property of the participants before treatment."""

    type: ClassVar = CKG["BaselineCharacteristic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityCriterion(Measured):
    """A condition for taking part."""

    type: ClassVar = CKG["EligibilityCriterion"]

    criterion: str | None = one("criterion", "text")
    exclusion: bool | None = one("exclusion", "boolean")
