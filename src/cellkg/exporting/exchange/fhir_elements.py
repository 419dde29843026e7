"""Elements that FHIR resources are made from: identifiers, codings, absent values."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from cellkg.errors import UserInputError
from cellkg.identifiers.compact_iris import iri_to_curie
from cellkg.overview.asking import rows
from cellkg.vocabulary import TERM, Namespace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cellkg.store import GraphStore

    Element = dict[str, object]

FHIR: Final = Namespace("fhir", "https://w3id.org/cellkg/fhir/")
"""Where the resources would be found; the addresses only have to be unique."""

_CODE_SYSTEMS: Final = {
    # the prefix in our CURIEs: the system as FHIR knows it, and whether codes keep the prefix
    "EFO": ("http://www.ebi.ac.uk/efo/efo.owl", True),
    "HP": ("http://human-phenotype-ontology.org", True),
    "MESH": ("http://id.nlm.nih.gov/mesh", False),
    "MONDO": ("http://purl.obolibrary.org/obo/mondo.owl", True),
    "NCIT": ("http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl", False),
    "OAE": ("http://purl.obolibrary.org/obo/oae.owl", True),
}
_OUR_TERMS: Final = TERM.iri.rstrip("/")
_IDENTIFIER_SYSTEMS: Final = {
    "clinicaltrials": "http://clinicaltrials.gov",
    "doi": "https://doi.org",
    "pubmed": "http://www.ncbi.nlm.nih.gov/pubmed",
}
_NOT_IN_IDS: Final = re.compile(r"[^A-Za-z0-9\-.]")
_LONGEST_ID: Final = 64
_ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def resource_id(name: str) -> str:
    """Make the id of a resource: at most 64 letters, digits, hyphens and dots.

    Args:
        name: The name of a study, of a record as ``study#record``, or of a term.

    Returns:
        The name with a dot for the hash sign; one that does not fit ends in a digest of itself.

    Example:
        >>> resource_id("NCT01909154#other-event-18-0")
        'NCT01909154.other-event-18-0'
        >>> resource_id("a b")
        'a-b-c8687a08aa5d'
    """
    made = name.replace("#", ".", 1)
    tidy = _NOT_IN_IDS.sub("-", made)
    if tidy == made and len(made) <= _LONGEST_ID and "." not in name:
        return made
    digest = sha256(name.encode("utf-8")).hexdigest()[:12]
    return f"{tidy[: _LONGEST_ID - len(digest) - 1]}-{digest}"


def identifier(curie: str) -> Element:
    """Write a number in a registry as FHIR writes it.

    Example:
        >>> identifier("clinicaltrials:NCT01909154")
        {'system': 'http://clinicaltrials.gov', 'value': 'NCT01909154'}
    """
    prefix, _, value = curie.partition(":")
    system = _IDENTIFIER_SYSTEMS.get(prefix)
    return {"value": curie} if system is None else {"system": system, "value": value}


def absent(why: str = "unknown") -> Element:
    """Say that a value is not known, in place of a number."""
    return {"extension": [{"url": _ABSENT, "valueCode": why}]}


def code(system: str, value: str, display: str | None = None) -> Element:
    """Make a concept of one code."""
    coding = {"system": system, "code": value}
    return {"coding": [coding | ({"display": display} if display else {})]}


class Concepts:
    """Terms as coded concepts, by their exact matches in other vocabularies.

    Args:
        store: The graphs.
        labels: What terms are called, by IRI.
    """

    def __init__(self, store: GraphStore, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._matches: dict[str, list[str]] = {}
        for term, match in rows(
            store, "SELECT ?term ?match WHERE { ?term skos:exactMatch ?match }"
        ):
            self._matches.setdefault(term.value, []).append(match.value)

    def of(self, term: str) -> Element:
        """Give the concept of a term: our code, then those of other vocabularies."""
        label = self._labels.get(term, term)
        ours = {"system": _OUR_TERMS, "code": term.removeprefix(TERM.iri), "display": label}
        return {"coding": [ours, *_codings(self._matches.get(term, ()))], "text": label}


def _codings(matches: Iterable[str]) -> list[Element]:
    found: list[Element] = []
    for match in sorted(matches):
        try:
            curie = iri_to_curie(match)
        except UserInputError:
            continue  # of a vocabulary without CURIEs, which FHIR has no system for either
        prefix, _, name = curie.partition(":")
        if prefix in _CODE_SYSTEMS:
            system, whole = _CODE_SYSTEMS[prefix]
            found.append({"system": system, "code": curie if whole else name})
    return found
