"""The graph of overlaps: what the build concludes of studies that may be one or share people.

It is written anew whenever the studies change and never edited. For each candidate it holds the two
studies, a score, the relation that the reasons suggest, and the reasons; and ``ckg:mayOverlapWith``
between the studies, in both directions. ``owl:sameAs`` is never written: nothing is merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad, Triple

from cellkg.linking.candidates import find_candidates
from cellkg.linking.reading import read_background, read_profiles
from cellkg.vocabulary import CKG, OVERLAP, OVERLAPS_GRAPH, RDF, STUDY, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from pyoxigraph import NamedNode

    from cellkg.linking.candidates import Candidate
    from cellkg.store import LocalStore


def write_overlaps(store: LocalStore) -> int:
    """Look for studies that may overlap and write the candidates into their graph.

    Args:
        store: A store that can be written to, with the closure and without any such candidates.

    Returns:
        How many candidates there are.

    Example:
        >>> from cellkg.store import LocalStore
        >>> from cellkg.vocabulary import DCTERMS, GRAPH
        >>> study, title = CKG["Study"], DCTERMS["title"]
        >>> store = LocalStore()
        >>> store.load(
        ...     [
        ...         Quad(STUDY["a"], RDF["type"], study, GRAPH["study/a"]),
        ...         Quad(STUDY["b"], RDF["type"], study, GRAPH["study/b"]),
        ...         Quad(
        ...             STUDY["a"],
        ...             CKG["identifier"],
        ...             Literal("euclinicaltrials:2006-006163-12"),
        ...             GRAPH["study/a"],
        ...         ),
        ...         Quad(
        ...             STUDY["b"],
        ...             CKG["identifier"],
        ...             Literal("euclinicaltrials:2006-006163-12"),
        ...             GRAPH["study/b"],
        ...         ),
        ...     ]
        ... )
        >>> write_overlaps(store)
        1
        >>> next(store.quads(predicate=CKG["reasonText"])).object.value
        'both have the number 2006-006163-12'
    """
    candidates = list(_candidates(store))
    store.load(
        Quad(triple.subject, triple.predicate, triple.object, OVERLAPS_GRAPH)
        for triple in _triples(candidates)
    )
    return len(candidates)


def overlap_triples(store: LocalStore) -> Iterator[Triple]:
    """Give what the graph of overlaps is to hold for the studies of a store.

    Args:
        store: The store, with the closure; candidates that it holds already make no difference.

    Returns:
        The triples, each once. All that is compared has been read by then, and the store was opened
        anew: the comparing needs the memory that the reading took.
    """
    candidates = _candidates(store)
    store.reopen()
    return _triples(candidates)


def _candidates(store: LocalStore) -> Iterator[Candidate]:
    return find_candidates(read_profiles(store), read_background(store))


def _triples(candidates: Iterable[Candidate]) -> Iterator[Triple]:
    for candidate in candidates:
        first, second = (STUDY[name] for name in candidate.studies)
        yield Triple(first, CKG["mayOverlapWith"], second)
        yield Triple(second, CKG["mayOverlapWith"], first)
        name = "--".join(candidate.studies)
        iri = OVERLAP[name]
        yield Triple(iri, RDF["type"], CKG["OverlapCandidate"])
        yield Triple(iri, CKG["overlapStudy"], first)
        yield Triple(iri, CKG["overlapStudy"], second)
        yield Triple(iri, CKG["overlapScore"], _decimal(candidate.score))
        yield Triple(iri, CKG["overlapRelation"], candidate.relation)
        for place, reason in enumerate(candidate.reasons, start=1):
            part: NamedNode = OVERLAP[f"{name}#reason-{place}"]
            yield Triple(iri, CKG["overlapReason"], part)
            yield Triple(part, RDF["type"], CKG["OverlapReason"])
            yield Triple(part, CKG["reasonText"], Literal(reason.text))
            yield Triple(part, CKG["reasonWeight"], _decimal(reason.weight))


def _decimal(value: Decimal) -> Literal:
    return Literal(format(value, "f"), datatype=XSD["decimal"])
