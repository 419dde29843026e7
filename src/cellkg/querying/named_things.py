"""Studies, documents and institutions by the names that people type."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from cellkg.errors import UserInputError
from cellkg.querying.suggestions import did_you_mean, nearest
from cellkg.vocabulary import CKG, INSTITUTION, PREFIXES, RDF, RDFS, SKOS, SOURCE, STUDY, expand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from cellkg.store import GraphStore
    from cellkg.vocabulary import Namespace

THINGS: Final = {
    "study": (CKG["Study"], STUDY, "cellkg query studies"),
    "source": (CKG["Source"], SOURCE, "cellkg query sources"),
    "institution": (CKG["Institution"], INSTITUTION, "cellkg query institutions"),
}
"""The kinds of things with short names: their class, their namespace, and what lists them."""


class Thing(NamedTuple):
    """A study, a document or an institution.

    Attributes:
        kind: Which of them it is, a key of `THINGS`.
        iri: Its IRI.
        short_name: Its IRI without the namespace of its kind.
        names: Its labels, and its identifiers without their prefix.
    """

    kind: str
    iri: str
    short_name: str
    names: tuple[str, ...]


def list_things(kind: str, store: GraphStore) -> list[Thing]:
    """List the things of a kind that the graphs hold.

    Args:
        kind: "study", "source" or "institution".
        store: The graphs.

    Returns:
        The things in the order of their short names.
    """
    class_, namespace, _ = THINGS[kind]
    found = store.query(
        f"SELECT ?thing ?property ?name WHERE {{ ?thing {RDF['type']} {class_} OPTIONAL {{"
        f" VALUES ?property {{ {RDFS['label']} {SKOS['altLabel']} {CKG['identifier']} }}"
        " ?thing ?property ?name } }"
    )
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
    names: dict[str, set[str]] = {}
    for thing, property_, name in found:
        if isinstance(thing, NamedNode):
            several = names.setdefault(thing.value, set())
            if isinstance(name, Literal):
                is_identifier = property_ == CKG["identifier"]
                several.add(name.value.partition(":")[2] if is_identifier else name.value)
    return [
        Thing(kind, iri, iri.removeprefix(namespace.iri), tuple(sorted(several)))
        for iri, several in sorted(names.items())
    ]


def short_names(kind: str, store: GraphStore) -> list[str]:
    """List the short names of the things of a kind, in order.

    Args:
        kind: "study", "source" or "institution".
        store: The graphs.

    Returns:
        The names; `find_thing` takes each of them.
    """
    return [thing.short_name for thing in list_things(kind, store)]


def find_thing(text: str, kind: str, store: GraphStore) -> NamedNode:
    """Find a study, a document or an institution.

    Args:
        text: Its short name, its compact IRI, its IRI, its label, its identifier, or the
            beginning of one short name.
        kind: "study", "source" or "institution".
        store: The graphs.

    Returns:
        Its IRI.

    Raises:
        UserInputError: There is none, or it could be several; the message names the nearest.

    Example:
        >>> import cellkg
        >>> find_thing("als", "study", cellkg.open_graph().store)
        <NamedNode value=https://w3id.org/cellkg/study/als-intrathecal-msc-hadassah>
    """
    class_, namespace, listing = THINGS[kind]
    wanted = _in_full(text, namespace)
    node = _node_of(wanted)
    if node is not None:
        known = store.query(f"ASK {{ {node} {RDF['type']} {class_} }}")
        if isinstance(known, QueryBoolean) and known:
            return node
    things = list_things(kind, store)
    short = wanted.removeprefix(namespace.iri)
    found = [thing for thing in things if short and thing.short_name.startswith(short)]
    folded = text.casefold()
    found = found or [
        thing for thing in things if folded in {name.casefold() for name in thing.names}
    ]
    if len(found) == 1:
        return NamedNode(found[0].iri)
    if found:
        names = [thing.short_name for thing in found]
        problem = f"'{text}' could be {len(names)} of them"
    else:
        names = [thing.short_name for thing in things]
        problem = f"There is no {kind} '{text}'"
    suggested = nearest(short, names)
    message = f"{problem}; {did_you_mean(suggested, listing)}"
    raise UserInputError(message, value=text, suggestions=suggested)


def _in_full(text: str, namespace: Namespace) -> str:
    """Write what a person types as a whole IRI."""
    bare = text.removeprefix("<").removesuffix(">")
    if bare.startswith(("http://", "https://", "urn:")):
        return bare
    prefix, colon, _ = bare.partition(":")
    return expand(bare) if colon and prefix in PREFIXES else namespace.iri + bare


def _node_of(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None
