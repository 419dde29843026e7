"""Compact IRIs of our own vocabulary and of those it maps to."""

from __future__ import annotations

from cellkg.errors import UserInputError
from cellkg.vocabulary import PREFIXES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_OBO: Final = "http://purl.obolibrary.org/obo/"
_OBO_PREFIXES: Final = (
    *("CL", "CMO", "CTO", "HP", "IAO", "MAXO", "MONDO", "NCIT", "OAE"),
    *("OBI", "OGMS", "OPMI", "RO", "SEPIO", "STATO", "UBERON", "UO"),
)

ONTOLOGY_PREFIXES: Final = {
    **PREFIXES,
    **{prefix: f"{_OBO}{prefix}_" for prefix in _OBO_PREFIXES},
    "EFO": "http://www.ebi.ac.uk/efo/EFO_",
    "MESH": "http://id.nlm.nih.gov/mesh/",
    "unit": "http://qudt.org/vocab/unit/",
}
"""From the prefixes of our own vocabulary and of those it maps to, to IRIs."""

_NOT_IN_IRIS: Final = frozenset(' "<>\\^`{|}\t\n\r')


def curie_to_iri(curie: str) -> str:
    """Write a compact IRI of our vocabulary, or of one it maps to, in full.

    Args:
        curie: ``prefix:name``; the case of the prefix makes no difference.

    Returns:
        The IRI.

    Raises:
        UserInputError: The prefix is not known, or the name cannot be a part of an IRI.

    Example:
        >>> curie_to_iri("CL:0000134"), curie_to_iri("mesh:D005334")
        ('http://purl.obolibrary.org/obo/CL_0000134', 'http://id.nlm.nih.gov/mesh/D005334')
    """
    prefix, _, name = curie.partition(":")
    known = {each.lower(): iri for each, iri in ONTOLOGY_PREFIXES.items()}
    if not name or prefix.lower() not in known:
        raise UserInputError(
            f"'{curie}' has no prefix known here; the known ones are"
            f" {', '.join(sorted(ONTOLOGY_PREFIXES, key=str.lower))}.",
            value=curie,
        )
    if not _NOT_IN_IRIS.isdisjoint(name):
        raise UserInputError(
            f"'{curie}' is no compact IRI: no space and none of \"<>\\^`{{|}} may stand in it.",
            value=curie,
        )
    return known[prefix.lower()] + name


def iri_to_curie(iri: str) -> str:
    """Write an IRI of our vocabulary, or of one it maps to, with its prefix.

    Args:
        iri: A full IRI.

    Returns:
        The compact IRI of the longest prefix that fits.

    Raises:
        UserInputError: No prefix fits.

    Example:
        >>> iri_to_curie("http://purl.obolibrary.org/obo/CL_0000134")
        'CL:0000134'
    """
    fitting = [
        (len(start), prefix)
        for prefix, start in ONTOLOGY_PREFIXES.items()
        if iri.startswith(start) and iri != start
    ]
    if not fitting:
        raise UserInputError(f"'{iri}' lies in no vocabulary known here.", value=iri)
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"
