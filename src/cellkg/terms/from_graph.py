"""Terms out of the triples that say them."""

from __future__ import annotations

from collections import defaultdict

from cellkg.errors import SourceFileError
from cellkg.terms.term import Term, kind_of_class
from cellkg.vocabulary import CKG, RDF, RDFS, SKOS, TERM, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Final

    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

    Node = NamedNode | BlankNode | Literal | Triple
    Facts = Mapping[str, list[Node]]

_TYPE: Final = RDF["type"].value
_IN_SCHEME: Final = SKOS["inScheme"].value
_BROADER: Final = SKOS["broader"].value
_SUB_CLASS_OF: Final = RDFS["subClassOf"].value
_LABELS: Final = (SKOS["prefLabel"].value, RDFS["label"].value)
_SYNONYM: Final = SKOS["altLabel"].value
_RELATED_NAME: Final = SKOS["hiddenLabel"].value
_AMBIGUOUS: Final = CKG["ambiguousLabel"].value
_DERIVED_FROM: Final = CKG["derivedFrom"].value
_DEFINITION: Final = SKOS["definition"].value
_NOTE: Final = SKOS["editorialNote"].value
_MAPPINGS: Final = {
    SKOS[relation].value: relation
    for relation in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
}
_READ: Final = {
    _TYPE,
    _IN_SCHEME,
    _BROADER,
    _SUB_CLASS_OF,
    *_LABELS,
    _SYNONYM,
    _RELATED_NAME,
    _AMBIGUOUS,
    _DERIVED_FROM,
    _DEFINITION,
    _NOTE,
    *_MAPPINGS,
}


def read_terms(quads: Iterable[Quad | Triple], origin: str = "ontology/terms") -> list[Term]:
    """Read the concepts of all schemes and the values of all closed lists.

    Args:
        quads: The graph of the terms and the graph of the ontology, in any order.
        origin: Where they come from, as errors name it.

    Returns:
        The terms by kind and IRI.

    Raises:
        SourceFileError: A term has no label in English or several, or is in no scheme or several,
            or a broader term does not exist, or is broader than itself.

    Example:
        >>> from pyoxigraph import Literal, Triple
        >>> fever = TERM["fever"]
        >>> [
        ...     term.label
        ...     for term in read_terms(
        ...         [
        ...             Triple(fever, RDF["type"], SKOS["Concept"]),
        ...             Triple(fever, SKOS["inScheme"], TERM["adverse-events"]),
        ...             Triple(fever, SKOS["prefLabel"], Literal("fever", language="en")),
        ...         ]
        ...     )
        ... ]
        ['fever']
    """
    subjects: defaultdict[str, defaultdict[str, list[Node]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for quad in quads:
        if quad.predicate.value in _READ:
            subjects[_value(quad.subject)][quad.predicate.value].append(quad.object)
    closed_lists = {
        iri: kind_of_class(iri.removeprefix(CKG.iri))
        for iri, facts in subjects.items()
        if CKG["ClosedValue"] in facts[_SUB_CLASS_OF]
    }
    terms = []
    for iri, facts in subjects.items():
        types = _values(facts[_TYPE])
        kinds = [closed_lists[each] for each in types if each in closed_lists]
        if SKOS["Concept"].value in types:
            kinds += [each.removeprefix(TERM.iri) for each in _values(facts[_IN_SCHEME])]
        elif not kinds:
            continue
        if len(kinds) != 1:
            raise SourceFileError(
                f"A term belongs to one scheme, not {len(kinds)}.",
                origin,
                record=shorten(iri),
                field="skos:inScheme",
                value=", ".join(kinds) or None,
            )
        terms.append(_term(iri, kinds[0], facts, origin))
    terms.sort(key=lambda term: (term.kind, term.iri))
    _check_tree(terms, origin)
    return terms


def _term(iri: str, kind: str, facts: Facts, origin: str) -> Term:
    labels = [label for predicate in _LABELS for label in _english(facts[predicate])]
    if len(labels) != 1:
        raise SourceFileError(
            f"A term has one label in English, not {len(labels)}.",
            origin,
            record=shorten(iri),
            field="skos:prefLabel",
            value=", ".join(labels) or None,
        )
    return Term(
        iri=iri,
        kind=kind,
        label=labels[0],
        synonyms=_values(facts[_SYNONYM]),
        related_names=_values(facts[_RELATED_NAME]),
        ambiguous_labels=_values(facts[_AMBIGUOUS]),
        broader=_values(facts[_BROADER]),
        derived_from=_values(facts[_DERIVED_FROM]),
        mappings=tuple(
            (relation, other)
            for predicate, relation in _MAPPINGS.items()
            for other in _values(facts[predicate])
        ),
        definition=" ".join(_english(facts[_DEFINITION])) or None,
        note=" ".join(_english(facts[_NOTE])) or None,
    )


def _check_tree(terms: list[Term], origin: str) -> None:
    """Refuse a parent that is no term, and a circle of parents."""
    parents = {term.iri: term.broader for term in terms}
    for term in terms:
        above = list(term.broader)
        for each in above:  # grows while it is read
            if each == term.iri or each not in parents:
                problem = (
                    "A term is not broader than itself."
                    if each == term.iri
                    else "A broader term has to be a term."
                )
                record, value = shorten(term.iri), shorten(each)
                raise SourceFileError(
                    problem, origin, record=record, field="skos:broader", value=value
                )
            above += [parent for parent in parents[each] if parent not in above]


def _value(node: Node) -> str:
    """Give an IRI or a text as it is; a blank node or a quoted triple stands for nothing here."""
    return getattr(node, "value", "")


def _values(nodes: Iterable[Node]) -> tuple[str, ...]:
    """Give the values in alphabetical order, because a store keeps no other."""
    return tuple(sorted(set(map(_value, nodes))))


def _english(nodes: Iterable[Node]) -> list[str]:
    return [*_values(node for node in nodes if getattr(node, "language", None) == "en")]
