"""Evidence: the words, or the reasoning, that a property of a record rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cellkg.records.fields import one, several
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from decimal import Decimal

    from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """Anything that has an IRI and a class of the ontology.

    Attributes:
        type: The class of the ontology, the same for every instance.
        iri: The IRI of this one.
    """

    type: ClassVar[NamedNode]

    iri: NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Described):
    """Which words of which source support which properties of a record.

    Attributes:
        iri: The IRI of this evidence, under the IRI of its study.
        supports: The properties of the record whose values it shows.
        source: The document that holds the words.
        status: Stated, inferred or derived.
        quote: The shortest fragment that shows the value, at most 100 characters.
        start: Where the quote begins in the text as read, in code points from 0.
        end: Where the quote ends, exclusive.
        json_pointer: Where the value stands in a registry record (RFC 6901).
        reasoning: Why the value follows; required unless it is stated.
        premises: Records that a derived value was computed from.
        recorded_by: Who or what recorded it.
        recorded_on: The day it was recorded, ``YYYY-MM-DD``.

    Example:
        >>> from cellkg.vocabulary import SOURCE, STUDY
        >>> Evidence(
        ...     iri=STUDY["example#fever-count"],
        ...     supports=(CKG["count"],),
        ...     source=SOURCE["example"],
        ...     status=CKG["Stated"],
        ...     quote="Fever 4",
        ...     start=10,
        ...     end=17,
        ... ).quote
        'Fever 4'
    """

    type: ClassVar = CKG["Evidence"]

    supports: tuple[NamedNode, ...] = several("supports", "iri")
    source: NamedNode | None = one("source", "iri")
    status: NamedNode | None = one("status", "iri")
    quote: str | None = one("quote", "text")
    start: int | None = one("start", "integer")
    end: int | None = one("end", "integer")
    json_pointer: str | None = one("jsonPointer", "text")
    reasoning: str | None = one("reasoning", "text")
    premises: tuple[NamedNode, ...] = several("premise", "iri")
    recorded_by: NamedNode | None = one("recordedBy", "iri")
    recorded_on: str | None = one("recordedOn", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Described):
    """What every record has: an IRI, its evidence, and the printed form of what it describes.

    Attributes:
        iri: The IRI of the record; inside a study it is the study's IRI, ``#`` and a name.
        evidence: What the record rests on.
        principal_evidence: The one of them that answers show: the words of the main value.
        printed_terms: The wordings that the source prints for what the record describes.
        headline: True for the one of several disagreeing records that summaries show.
        notes: Remarks of a curator.
        time_label: The time point or window as printed.
        time_value: The time point, in ``time_unit``.
        time_unit: The unit of every time value of the record.
    """

    evidence: tuple[Evidence, ...] = several("evidence", "record")
    principal_evidence: NamedNode | None = one("principalEvidence", "iri")
    printed_terms: tuple[str, ...] = several("printedTerm", "text")
    headline: bool | None = one("headline", "boolean")
    notes: tuple[str, ...] = several("note", "text")
    time_label: str | None = one("timeLabel", "text")
    time_value: Decimal | None = one("timeValue", "decimal")
    time_unit: NamedNode | None = one("timeUnit", "iri")
