"""What the whole is, for catalogues of data: one description that three standards read.

DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), VoID (https://www.w3.org/TR/void/), and the HCLS
community profile (https://www.w3.org/TR/hcls-dataset/), which asks for three levels: the dataset
as such, this version of it, and each form that it can be had in. Nothing in it tells when it was
written: the same graphs have the same description.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from cellkg.exporting.descriptions.dataset_statistics import DatasetStatistics, dataset_statistics
from cellkg.exporting.rdf.turtle import canonical_turtle
from cellkg.version import __version__
from cellkg.vocabulary import (
    AGENT,
    CKG,
    DCTERMS,
    INSTITUTION,
    NAMESPACES,
    RDF,
    SOURCE,
    STUDY,
    TERM,
    XSD,
    Namespace,
    shorten,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cellkg.store import GraphStore

    Said = Iterable[tuple[NamedNode, NamedNode | Literal]]

DATASET: Final = NamedNode("https://w3id.org/cellkg/dataset")
LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")
TITLE: Final = "cellkg: an evidence graph of cell therapy in people"
DESCRIPTION: Final = (
    "Studies of cell therapy in people: arms, cell products, routes, doses, conditions, outcomes"
    " and adverse events, with the words that every value rests on. An adverse event is reported,"
    " denied or not stated; silence is never zero."
)
KEYWORDS: Final = (
    "adverse events",
    "cell therapy",
    "clinical trials",
    "evidence synthesis",
    "mesenchymal stromal cells",
)

_DCAT: Final = Namespace("dcat", "http://www.w3.org/ns/dcat#")
_DCTYPE: Final = Namespace("dctype", "http://purl.org/dc/dcmitype/")
_FOAF: Final = Namespace("foaf", "http://xmlns.com/foaf/0.1/")
_FORMAT: Final = Namespace("format", "http://www.w3.org/ns/formats/")
_IDOT: Final = Namespace("idot", "http://identifiers.org/idot/")
_MEDIA_TYPE: Final = Namespace("media", "https://www.iana.org/assignments/media-types/")
_PAV: Final = Namespace("pav", "http://purl.org/pav/")
_VOID: Final = Namespace("void", "http://rdfs.org/ns/void#")

_NAMESPACES: Final = (_DCAT, _DCTYPE, _FOAF, _FORMAT, _IDOT, _PAV, _VOID)

_ENGLISH: Final = NamedNode("http://lexvo.org/id/iso639-3/eng")
_HOME: Final = NamedNode("https://w3id.org/cellkg/")
_PUBLISHER: Final = AGENT["project"]
_REGISTRY: Final = NamedNode("https://clinicaltrials.gov/")
_HASHED: Final = re.compile(r"[0-9a-f]{64}")
_SHORT: Final = 16  # digits of the data version that name a version


class _Form(NamedTuple):
    """A form that the whole can be had in."""

    command: str
    title: str
    media_type: str
    feature: str
    specification: str

    @property
    def standard(self) -> NamedNode:
        """The recommendation that says what the form is."""
        return NamedNode(f"https://www.w3.org/TR/{self.specification}/")


_FORMS: Final = (
    _Form("nquads", "N-Quads", "application/n-quads", "N-Quads", "n-quads"),
    _Form("trig", "TriG", "application/trig", "TriG", "trig"),
    _Form("jsonld", "JSON-LD", "application/ld+json", "JSON-LD", "json-ld11"),
    _Form("turtle", "Turtle", "text/turtle", "Turtle", "turtle"),
    _Form("ntriples", "N-Triples", "application/n-triples", "N-Triples", "n-triples"),
    _Form("rdfxml", "RDF/XML", "application/rdf+xml", "RDF_XML", "rdf-syntax-grammar"),
)


def dataset_description(store: GraphStore) -> bytes:
    """Describe the whole in Turtle, as DCAT 3, VoID and the HCLS community profile ask for.

    Args:
        store: The graphs.

    Returns:
        The file. The numbers stand at the form that keeps the named graphs a line a statement,
        N-Quads; the other forms hold the same statements.

    Raises:
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> b"pav:version" in dataset_description(cellkg.open_graph().store)
        True
    """
    numbers = dataset_statistics(store)
    version = version_iri(store.data_version)
    facts: list[Triple] = []
    for subject, said in (
        (_PUBLISHER, _publisher()),
        (DATASET, _summary(version)),
        (version, _version(version, store.data_version, numbers)),
    ):
        facts += (Triple(subject, predicate, value) for predicate, value in said)
    for form in _FORMS:
        iri = _form_iri(version, form)
        said = _distribution(form, store.data_version, numbers)
        facts += (Triple(iri, predicate, value) for predicate, value in said)
    facts += _numbers(_form_iri(version, _FORMS[0]), numbers)
    facts += (Triple(thing, RDF["type"], kind) for thing, kind in _kinds_of_things())
    return canonical_turtle(facts, prefixes={each.prefix: each.iri for each in _NAMESPACES})


def version_iri(data_version: str) -> NamedNode:
    """Name this version of the data.

    Example:
        >>> version_iri("0f" * 32).value
        'https://w3id.org/cellkg/dataset/0f0f0f0f0f0f0f0f'
    """
    hashed = _HASHED.fullmatch(data_version) is not None
    name = data_version[:_SHORT] if hashed else quote(data_version, safe="")
    return NamedNode(f"{DATASET.value}/{name}")


def studies_in_words(numbers: DatasetStatistics) -> str:
    """Say how many studies there are and who recorded them."""
    told = [f"{number} {origin}" for origin, number in numbers.studies_by_origin.items()]
    return f"Studies that it describes, by who recorded them: {', '.join(told) or 'none'}."


def _publisher() -> Said:
    return (
        (RDF["type"], _FOAF["Agent"]),
        (_FOAF["name"], Literal("The cellkg project", language="en")),
    )


def _summary(version: NamedNode) -> Said:
    yield from _types(_DCTYPE["Dataset"], _DCAT["Dataset"])
    yield DCTERMS["title"], Literal(TITLE, language="en")
    yield DCTERMS["description"], Literal(DESCRIPTION, language="en")
    yield DCTERMS["publisher"], _PUBLISHER
    yield DCTERMS["license"], LICENCE
    yield _FOAF["page"], _HOME
    yield _IDOT["preferredPrefix"], Literal("ckg")
    yield _PAV["hasCurrentVersion"], version
    yield _DCAT["hasVersion"], version
    for each in KEYWORDS:
        yield _DCAT["keyword"], Literal(each)


def _version(version: NamedNode, data_version: str, numbers: DatasetStatistics) -> Said:
    yield from _types(_DCTYPE["Dataset"], _DCAT["Dataset"])
    yield DCTERMS["title"], Literal(f"{TITLE}, version {data_version[:_SHORT]}", language="en")
    described = f"{DESCRIPTION} {studies_in_words(numbers)}"
    yield DCTERMS["description"], Literal(described, language="en")
    yield from _made(data_version, numbers)
    yield _DCAT["version"], Literal(data_version)
    yield DCTERMS["isVersionOf"], DATASET
    yield _DCAT["isVersionOf"], DATASET
    if "registry" in numbers.studies_by_origin:
        yield DCTERMS["source"], _REGISTRY
    for form in _FORMS:
        yield _DCAT["distribution"], _form_iri(version, form)


def _distribution(form: _Form, data_version: str, numbers: DatasetStatistics) -> Said:
    yield from _types(_DCTYPE["Dataset"], _DCAT["Distribution"], _VOID["Dataset"])
    yield DCTERMS["title"], Literal(f"{TITLE}, as {form.title}", language="en")
    how = f"Written by  cellkg export {form.command}  of cellkg {__version__}."
    lost = "" if form in _FORMS[:3] else " The names of the graphs are lost in it."
    yield DCTERMS["description"], Literal(f"{how}{lost}", language="en")
    yield from _made(data_version, numbers)
    yield DCTERMS["format"], _MEDIA_TYPE[form.media_type]
    yield _DCAT["mediaType"], _MEDIA_TYPE[form.media_type]
    yield _DCAT["accessURL"], _HOME
    yield DCTERMS["conformsTo"], form.standard
    yield _VOID["feature"], _FORMAT[form.feature]


def _made(data_version: str, numbers: DatasetStatistics) -> Said:
    """Say who made a version, or a form of it, when, and what may be done with it."""
    yield DCTERMS["creator"], _PUBLISHER
    yield DCTERMS["publisher"], _PUBLISHER
    yield DCTERMS["license"], LICENCE
    yield DCTERMS["language"], _ENGLISH
    yield _PAV["version"], Literal(data_version)
    yield _PAV["createdWith"], _HOME
    if numbers.issued is not None:
        yield DCTERMS["issued"], Literal(numbers.issued, datatype=XSD["date"])


def _kinds_of_things() -> Said:
    """Say what the things are that DCAT's profiles want to know the class of."""
    yield LICENCE, DCTERMS["LicenseDocument"]
    yield _ENGLISH, DCTERMS["LinguisticSystem"]
    yield _HOME, _FOAF["Document"]
    for form in _FORMS:
        yield form.standard, DCTERMS["Standard"]
        yield _MEDIA_TYPE[form.media_type], DCTERMS["MediaType"]
        yield _MEDIA_TYPE[form.media_type], DCTERMS["MediaTypeOrExtent"]


def _types(*classes: NamedNode) -> Said:
    return [(RDF["type"], each) for each in classes]


def _form_iri(version: NamedNode, form: _Form) -> NamedNode:
    return NamedNode(f"{version.value}/{form.command}")


def _numbers(dataset: NamedNode, numbers: DatasetStatistics) -> Iterator[Triple]:
    """Say in VoID how much there is of everything."""
    for name, number in (
        ("triples", numbers.statements),
        ("entities", numbers.entities),
        ("distinctSubjects", numbers.subjects),
        ("distinctObjects", numbers.objects),
        ("classes", len(numbers.things_by_class)),
        ("properties", len(numbers.statements_by_property)),
    ):
        yield Triple(dataset, _VOID[name], Literal(number))
    if numbers.example is not None:
        yield Triple(dataset, _VOID["exampleResource"], NamedNode(numbers.example))
    for space in (STUDY, SOURCE, INSTITUTION, TERM, CKG):
        yield Triple(dataset, _VOID["uriSpace"], Literal(space.iri))
    for vocabulary in NAMESPACES:
        used = numbers.statements_by_property.keys() | numbers.things_by_class.keys()
        if any(iri in vocabulary for iri in used):
            yield Triple(dataset, _VOID["vocabulary"], NamedNode(vocabulary.iri))
    for kind, counted, count in (
        ("class", numbers.things_by_class, "entities"),
        ("property", numbers.statements_by_property, "triples"),
    ):
        for iri, number in counted.items():
            part = NamedNode(f"{dataset.value}#{kind}-{quote(shorten(iri), safe=':')}")
            yield Triple(dataset, _VOID[f"{kind}Partition"], part)
            yield Triple(part, RDF["type"], _VOID["Dataset"])
            yield Triple(part, _VOID[kind], NamedNode(iri))
            yield Triple(part, _VOID[count], Literal(number))
