"""What every record of values on a measure has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cellkg.records.evidence import Record
from cellkg.records.fields import one

if TYPE_CHECKING:
    from decimal import Decimal

    from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(Record):
    """A record of values on a measure, in its ``unit``; each is ``None`` where it is not given."""

    measure: NamedNode | None = one("measure", "iri")
    unit: NamedNode | None = one("unit", "iri")
    mean: Decimal | None = one("mean", "decimal")
    standard_deviation: Decimal | None = one("standardDeviation", "decimal")
    median: Decimal | None = one("median", "decimal")
    range_min: Decimal | None = one("rangeMin", "decimal")
    range_max: Decimal | None = one("rangeMax", "decimal")
