"""Documents and institutions.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """One document as it was read, or one that is known only because another cites it."""

    type: ClassVar = CKG["Source"]

    title: str | None = title()
    source_kind: NamedNode | None = one("sourceKind", "iri")
    peer_reviewed: bool | None = one("peerReviewed", "boolean")
    published: str | None = one("published", "date")
    updated: str | None = one("updated", "date")
    data_date: str | None = one("dataDate", "date")
    reference_kind: NamedNode | None = one("referenceKind", "iri")
    publishers: tuple[NamedNode, ...] = several("publisher", "iri")
    identifiers: tuple[str, ...] = several("identifier", "text")
    urls: tuple[str, ...] = several("url", "address")
    citation: str | None = one("citation", "text")
    licence: str | None = one("licence", "text")
    sha256: str | None = one("sha256", "text")
    file_name: str | None = one("fileName", "text")
    extent_read: str | None = one("extentRead", "text")
    retells: tuple[NamedNode, ...] = several("retells", "iri")
    primary_sources: tuple[NamedNode, ...] = several("primarySource", "iri")
    commercial_interests: tuple[str, ...] = several("commercialInterest", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionRole(Record):
    """The part that an institution has in a study, as a source prints it."""

    type: ClassVar = CKG["InstitutionRole"]

    institution: NamedNode | None = one("institution", "iri")
    institution_part: NamedNode | None = one("institutionPart", "iri")
    sponsor_class: str | None = one("sponsorClass", "text")
    country: str | None = one("country", "text")
    place: str | None = one("place", "text")
    recruitment_status: NamedNode | None = one("recruitmentStatus", "iri")
