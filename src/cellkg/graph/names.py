"""From what a person types to the IRI of a study or record, and from IRIs to words."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, QuerySolutions

from cellkg.errors import UserInputError
from cellkg.vocabulary import (
    CKG,
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
    from collections.abc import Iterable, Sequence

    from pyoxigraph import BlankNode, Triple

    from cellkg.store import GraphStore

    Node = NamedNode | BlankNode | Literal | Triple

SUGGESTIONS = 3
"""How many near misses an error names."""

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

    Raises:
        TypeError: The query is of another form.
    """
    found = store.query(query)
    if not isinstance(found, QuerySolutions):
        raise TypeError(query)
    return found


def values(iris: Iterable[NamedNode]) -> str:
    """Write IRIs for a VALUES block, as the RDF library writes them.

    Example:
        >>> values([CKG["count"]])
        '<https://w3id.org/cellkg/ontology#count>'
    """
    return " ".join(map(str, iris))


def find_study(store: GraphStore, text: str) -> NamedNode:
    """Find a study by what a person types.

    Args:
        store: The graphs.
        text: The id of the study, its CURIE, its IRI, or the beginning of one id.

    Returns:
        Its IRI.

    Raises:
        UserInputError: There is no such study, or several begin so; the message names the nearest.
    """
    wanted = _iri_of(text) or STUDY.iri + text
    query = f"SELECT DISTINCT ?study WHERE {{ ?study a {CKG['Study']} }}"
    studies = sorted(row["study"].value for row in solutions(store, query))
    if wanted in studies:
        return NamedNode(wanted)
    beginning = [each for each in studies if each.startswith(wanted) and wanted != STUDY.iri]
    if len(beginning) == 1:
        return NamedNode(beginning[0])
    names = [each.removeprefix(STUDY.iri) for each in beginning or studies]
    if beginning:
        problem = f"{len(beginning)} studies begin with '{text}'"
    else:
        problem = f"There is no study '{text}'"
    raise _unknown(problem, text, names, "cellkg query studies", ambiguous=bool(beginning))


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
    study_text, hash_sign, name = text.strip("<>").partition("#")
    iri = _iri_of(text)
    if not hash_sign and iri is not None and iri not in STUDY:
        node = _node(iri, text)
        if store.query(f"ASK {{ {node} a ?class }}"):
            return node
        raise UserInputError(
            f"Nothing is known of '{text}'; give study#name, as the column 'record' of an answer"
            " shows it.",
            value=text,
        )
    study = find_study(store, study_text)
    if not hash_sign:
        return study
    record = _node(f"{study.value}#{name}", text)
    query = (
        "SELECT DISTINCT ?record WHERE { ?record a ?class"
        f' FILTER(STRSTARTS(STR(?record), "{study.value}#")) }}'
    )
    records = sorted(row["record"].value for row in solutions(store, query))
    if record.value in records:
        return record
    names = [each.removeprefix(study.value + "#") for each in records]
    study_name = study.value.removeprefix(STUDY.iri)
    problem = f"The study '{study_name}' has no record '{name}'"
    raise _unknown(problem, name, names, f"cellkg show {study_name}", start=f"{study_name}#")


def names_beginning(store: GraphStore, text: str) -> list[str]:
    """List the short names of studies, or of the records of a study, that begin with a text.

    Args:
        store: The graphs.
        text: The beginning; with ``#`` in it the records of that study are listed.

    Returns:
        The names in the order of the alphabet.
    """
    if "#" in text:
        kind, condition = "?class", "CONTAINS(STR(?found), '#')"
    else:
        kind, condition = str(CKG["Study"]), "true"
    start = Literal(STUDY.iri + text)
    query = (
        f"SELECT DISTINCT ?found WHERE {{ ?found a {kind}"
        f" FILTER(STRSTARTS(STR(?found), {start}) && {condition}) }}"
    )
    return sorted(row["found"].value.removeprefix(STUDY.iri) for row in solutions(store, query))


def _iri_of(text: str) -> str | None:
    """Give the IRI that a text is or abbreviates, or None where it is neither."""
    bare = text.strip("<>")
    if bare.startswith(("http://", "https://", "urn:")):
        return bare
    prefix, colon, _ = bare.partition(":")
    return expand(bare) if colon and prefix in PREFIXES else None


def _node(iri: str, text: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise UserInputError(
            f"'{text}' cannot be an IRI ({error}); give study#name, a CURIE or a whole IRI.",
            value=text,
        ) from error


def _unknown(
    problem: str,
    text: str,
    names: Sequence[str],
    listing: str,
    *,
    start: str = "",
    ambiguous: bool = False,
) -> UserInputError:
    """Say that nothing has a name, and which names are nearest.

    Args:
        problem: The beginning of the sentence.
        text: The name as given.
        names: The names there are; where it is ambiguous, those that it may mean.
        listing: The command that lists all of them.
        start: What stands before each name when it is typed.
        ambiguous: Whether the name may mean several.
    """
    from difflib import get_close_matches

    containing = [name for name in names if text.lower() in name.lower()]
    close = get_close_matches(text, names, n=SUGGESTIONS, cutoff=0.5)
    nearest = [start + name for name in dict.fromkeys([*containing, *close])][:SUGGESTIONS]
    choice = " or ".join(
        filter(None, (", ".join(map(repr, nearest[:-1])), *map(repr, nearest[-1:])))
    )
    if ambiguous:
        problem += f": which is meant, {choice}?"
    elif text and nearest:
        problem += f"; did you mean {choice}?"
    else:
        problem += f"; `{listing}` lists what there is."
    return UserInputError(problem, value=text, suggestions=nearest)


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


def spoken(node: Node | None, labels: dict[str, str], home: str = "") -> str:
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
