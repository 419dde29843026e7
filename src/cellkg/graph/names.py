"""From what a person types to the IRI of a study or record, and from IRIs to words."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, QuerySolutions

from cellkg.errors import UserInputError
from cellkg.querying.named_things import find_thing, list_things
from cellkg.querying.suggestions import did_you_mean, nearest
from cellkg.vocabulary import (
    DCTERMS,
    PREFIXES,
    RDFS,
    SKOS,
    SOURCE,
    STUDY,
    XSD,
    expand,
    shorten,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import BlankNode, Triple

    from cellkg.store import GraphStore

    Node = NamedNode | BlankNode | Literal | Triple

_NUMBERS = (XSD["integer"], XSD["decimal"])
_SHORT = 4
"""Numbers with more digits are written in groups of three."""

_TITLE = {DCTERMS["title"].value: "title"}
"""What the ontology has no label for, because another vocabulary defines it."""

_LABELS = (SKOS["prefLabel"], RDFS["label"], DCTERMS["title"])


def solutions(store: GraphStore, query: str) -> QuerySolutions:
    """Ask a SELECT query that cellkg wrote itself.

    Args:
        store: The graphs.
        query: A SELECT query.

    Returns:
        Its solutions.
    """
    found = store.query(query)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    return found


def values(iris: Iterable[NamedNode]) -> str:
    """Write IRIs for a VALUES block, as the RDF library writes them.

    Example:
        >>> from cellkg.vocabulary import CKG
        >>> values([CKG["count"]])
        '<https://w3id.org/cellkg/ontology#count>'
    """
    return " ".join(map(str, iris))


def find_record(store: GraphStore, text: str) -> NamedNode:
    """Find a record by what a person types.

    Args:
        store: The graphs.
        text: ``study#name``, or the CURIE or IRI of a record, source or study; the id of a study
            alone stands for the study.

    Returns:
        Its IRI.

    Raises:
        UserInputError: There is no such record; the message names the nearest of its study.
    """
    study_text, hash_sign, name = text.removeprefix("<").removesuffix(">").partition("#")
    if not hash_sign and _names_no_study(text):
        return _find_other(store, text)
    study = find_thing(study_text, "study", store)
    if not hash_sign:
        return study
    records = names_beginning(store, short_name(study.value) + "#")
    wanted = f"{short_name(study.value)}#{name}"
    if wanted in records:
        return STUDY[wanted]
    names = [each.partition("#")[2] for each in records]
    found = [f"{short_name(study.value)}#{each}" for each in nearest(name, names)]
    listing = f"cellkg show {short_name(study.value)}"
    raise UserInputError(
        f"The study '{short_name(study.value)}' has no record '{name}';"
        f" {did_you_mean(found, listing)}",
        value=text,
        suggestions=found,
    )


def _names_no_study(text: str) -> bool:
    """Tell whether a text is, or abbreviates, an IRI outside the namespace of studies."""
    prefix, colon, _ = text.removeprefix("<").partition(":")
    known = prefix in PREFIXES or prefix in {"http", "https", "urn"}
    return bool(colon) and known and prefix != STUDY.prefix and STUDY.iri not in text


def _find_other(store: GraphStore, text: str) -> NamedNode:
    bare = text.removeprefix("<").removesuffix(">")
    problem = "Nothing is known of"
    try:
        node = NamedNode(expand(bare) if bare.partition(":")[0] in PREFIXES else bare)
    except ValueError:
        problem = "No IRI looks like"
    else:
        if store.query(f"ASK {{ {node} a ?class }}"):
            return node
    raise UserInputError(
        f"{problem} '{text}'; give study#name, as the column 'record' of an answer shows it.",
        value=text,
    )


def names_beginning(store: GraphStore, text: str) -> list[str]:
    """List the short names of studies, or of the records of a study, that begin with a text.

    Args:
        store: The graphs.
        text: The beginning; with ``#`` in it the records of that study are listed.

    Returns:
        The names in order.
    """
    if "#" not in text:
        names = [study.short_name for study in list_things("study", store)]
        return [name for name in names if name.startswith(text)]
    start = Literal(STUDY.iri + text)
    condition = f"FILTER(STRSTARTS(STR(?found), {start}))"
    query = f"SELECT DISTINCT ?found WHERE {{ ?found a ?class {condition} }}"
    return sorted(row["found"].value.removeprefix(STUDY.iri) for row in solutions(store, query))


def labels_of(store: GraphStore, iris: Iterable[NamedNode]) -> dict[str, str]:
    """Look up what people call the things that IRIs name.

    Args:
        store: The graphs.
        iris: Terms, values of closed lists, properties, classes, institutions, sources, studies.

    Returns:
        The label by IRI, for those that have one.
    """
    wanted = sorted({each.value for each in iris})
    if not wanted:
        return dict(_TITLE)
    query = (
        f"SELECT ?iri ?label WHERE {{ VALUES ?iri {{ {values(map(NamedNode, wanted))} }}"
        f" VALUES ?property {{ {values(_LABELS)} }} ?iri ?property ?label }}"
    )
    found: dict[str, list[str]] = {}
    for row in solutions(store, query):
        label = row["label"]
        if isinstance(label, Literal) and label.language in {None, "en"}:
            found.setdefault(row["iri"].value, []).append(label.value)
    # Several labels are a matter for validation; here the choice only has to be the same always.
    return _TITLE | {iri: min(labels) for iri, labels in found.items()}


def needs_label(node: object) -> bool:
    """Tell whether people know a thing by its label, and not by the name in its IRI.

    Studies, sources and records are known by their short names, which the commands take.

    Example:
        >>> from cellkg.vocabulary import CKG
        >>> needs_label(CKG["Reported"]), needs_label(STUDY["poster#fever"])
        (True, False)
    """
    return isinstance(node, NamedNode) and node.value not in STUDY and node.value not in SOURCE


def short_name(iri: str, home: str = "") -> str:
    """Write the IRI of a study, record or source as short as the commands take it.

    Args:
        iri: The IRI.
        home: The IRI of the study that is spoken of; its records are written ``#name``.

    Returns:
        ``study``, ``study#name``, ``#name``, or the compact IRI of anything else.

    Example:
        >>> short_name(STUDY["poster#fever"].value), short_name(SOURCE["poster"].value)
        ('poster#fever', 'source:poster')
        >>> short_name(STUDY["poster#fever"].value, STUDY["poster"].value)
        '#fever'
    """
    if home and iri.startswith(home + "#"):
        return iri.removeprefix(home)
    return iri.removeprefix(STUDY.iri) if iri in STUDY else shorten(iri)


def spoken(node: Node | None, labels: Mapping[str, str], home: str = "") -> str:
    """Write an RDF term as people read it.

    Args:
        node: The term; None where nothing is known.
        labels: Labels by IRI, as `labels_of` gives them.
        home: The IRI of the study that is spoken of, or nothing.

    Returns:
        A label, the short name of a study, source or record, the text of a literal, or the
        empty text.

    Example:
        >>> spoken(STUDY["poster#fever"], {})
        'poster#fever'
        >>> spoken(Literal(True), {}), spoken(Literal(10000000), {}), spoken(None, {})
        ('yes', '10,000,000', '')
    """
    if isinstance(node, Literal):
        return _spoken_literal(node)
    if isinstance(node, NamedNode):
        if node.value in SOURCE:
            return node.value.removeprefix(SOURCE.iri)
        return labels.get(node.value) or short_name(node.value, home)
    return "" if node is None else str(node)


def _spoken_literal(literal: Literal) -> str:
    text = literal.value
    if literal.datatype == XSD["boolean"]:
        return {"true": "yes", "false": "no"}.get(text, text)
    if literal.datatype in _NUMBERS and len(text) > _SHORT and text.isdecimal():
        return f"{int(text):,}"
    return text
