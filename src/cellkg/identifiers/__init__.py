"""Recognise and tidy identifiers of trials, documents, people and institutions; expand CURIEs."""

from cellkg.identifiers.compact_iris import ONTOLOGY_PREFIXES, curie_to_iri, iri_to_curie
from cellkg.identifiers.recognition import Identifier, find_identifiers, recognise

__all__ = [
    "ONTOLOGY_PREFIXES",
    "Identifier",
    "curie_to_iri",
    "find_identifiers",
    "iri_to_curie",
    "recognise",
]
