"""The IRIs that Python code names, with their prefixes.

Every name used from :data:`CKG` stands in ``ontology/cellkg.ttl``; a test holds the two together.

Example:
    >>> from cellkg.vocabulary import CKG, shorten
    >>> CKG["count"].value
    'https://w3id.org/cellkg/ontology#count'
    >>> shorten("https://w3id.org/cellkg/term/fever")
    'term:fever'
"""

from pyoxigraph import NamedNode

from cellkg.errors import UserInputError


class Namespace:
    """A prefix and the IRI it stands for; indexing it gives a full IRI.

    Args:
        prefix: The prefix without its colon.
        iri: What every name of the namespace begins with.

    Example:
        >>> Namespace("term", "https://w3id.org/cellkg/term/")["fever"]
        <NamedNode value=https://w3id.org/cellkg/term/fever>
    """

    __slots__ = ("iri", "prefix")

    def __init__(self, prefix: str, iri: str) -> None:
        """Keep the prefix and its IRI."""
        self.prefix = prefix
        self.iri = iri

    def __getitem__(self, name: str) -> NamedNode:
        """Give the full IRI of a name; raises ``ValueError`` where it is no IRI."""
        return NamedNode(self.iri + name)

    def __contains__(self, iri: str) -> bool:
        """Tell whether an IRI lies in the namespace."""
        return iri.startswith(self.iri)


CKG = Namespace("ckg", "https://w3id.org/cellkg/ontology#")
TERM = Namespace("term", "https://w3id.org/cellkg/term/")
STUDY = Namespace("study", "https://w3id.org/cellkg/study/")
SOURCE = Namespace("source", "https://w3id.org/cellkg/source/")
INSTITUTION = Namespace("institution", "https://w3id.org/cellkg/institution/")
GRAPH = Namespace("graph", "https://w3id.org/cellkg/graph/")
AGENT = Namespace("agent", "https://w3id.org/cellkg/agent/")
OVERLAP = Namespace("overlap", "https://w3id.org/cellkg/overlap/")
RDF = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("owl", "http://www.w3.org/2002/07/owl#")
SKOS = Namespace("skos", "http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("dcterms", "http://purl.org/dc/terms/")
XSD = Namespace("xsd", "http://www.w3.org/2001/XMLSchema#")
PROV = Namespace("prov", "http://www.w3.org/ns/prov#")

NAMESPACES = (
    CKG,
    TERM,
    STUDY,
    SOURCE,
    INSTITUTION,
    GRAPH,
    AGENT,
    OVERLAP,
    RDF,
    RDFS,
    OWL,
    SKOS,
    DCTERMS,
    XSD,
    PROV,
)

PREFIXES: dict[str, str] = {namespace.prefix: namespace.iri for namespace in NAMESPACES}
"""Prefix to IRI, for serialising and for compact IRIs."""

ONTOLOGY_GRAPH = GRAPH["ontology"]
TERMS_GRAPH = GRAPH["terms"]
INSTITUTIONS_GRAPH = GRAPH["institutions"]
REGISTRY_INSTITUTIONS_GRAPH = GRAPH["registry-institutions"]
CLOSURE_GRAPH = GRAPH["closure"]
OVERLAPS_GRAPH = GRAPH["overlaps"]

CURATORS = AGENT["curators"]
"""The agent that evidence recorded by hand is attributed to."""

CTGOV_IMPORTER = AGENT["ctgov-importer"]
"""The agent that evidence taken from ClinicalTrials.gov records is attributed to."""


def study_graph(study_iri: str) -> NamedNode:
    """Name the graph that holds one study.

    Args:
        study_iri: The IRI of the study, in the namespace ``study:``.

    Returns:
        The IRI of its named graph.

    Raises:
        UserInputError: The IRI is not one of a study.

    Example:
        >>> study_graph("https://w3id.org/cellkg/study/als-intrathecal-msc-hadassah").value
        'https://w3id.org/cellkg/graph/study/als-intrathecal-msc-hadassah'
    """
    if study_iri not in STUDY:
        message = f"'{study_iri}' is not the IRI of a study; it has to begin with {STUDY.iri}."
        raise UserInputError(message)
    return GRAPH["study/" + study_iri.removeprefix(STUDY.iri)]


def shorten(iri: str) -> str:
    """Write an IRI with its prefix, or leave it whole where no prefix fits.

    Args:
        iri: A full IRI.

    Returns:
        The compact IRI of the longest namespace that fits.

    Example:
        >>> shorten("http://purl.obolibrary.org/obo/CL_0000134")
        'http://purl.obolibrary.org/obo/CL_0000134'
    """
    fitting = [namespace for namespace in NAMESPACES if iri in namespace]
    if not fitting:
        return iri
    namespace = max(fitting, key=lambda candidate: len(candidate.iri))
    return f"{namespace.prefix}:{iri.removeprefix(namespace.iri)}"


def expand(curie: str) -> str:
    """Write a compact IRI in full.

    Args:
        curie: ``prefix:name`` with a prefix of :data:`PREFIXES`.

    Returns:
        The full IRI.

    Raises:
        UserInputError: The prefix is not known.

    Example:
        >>> expand("term:fever")
        'https://w3id.org/cellkg/term/fever'
    """
    prefix, colon, name = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        known = ", ".join(sorted(PREFIXES))
        message = f"'{curie}' has no prefix known here; the known ones are {known}."
        raise UserInputError(message)
    return PREFIXES[prefix] + name
