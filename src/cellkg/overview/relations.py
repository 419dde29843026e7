"""What studies share: conditions, cells, routes, institutions, events, documents."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from cellkg.overview.asking import labels_of, only_these, rows
from cellkg.vocabulary import CKG, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cellkg.store import GraphStore


class Pattern(NamedTuple):
    """How a kind of relation stands in the graphs.

    Attributes:
        label: What the related things are called, in the singular.
        where: The pattern that ties ``?study`` to ``?thing`` by what ``?record`` says.
        property: The property of the record whose evidence shows the relation.
    """

    label: str
    where: str
    property: NamedNode


_PRODUCT: Final = "?study ckg:intervention/ckg:product ?record . "
_STUDY_ITSELF: Final = "BIND(?study AS ?record) "

RELATION_KINDS: Final = {
    "condition": Pattern(
        "condition", "?study ckg:condition ?thing . " + _STUDY_ITSELF, CKG["condition"]
    ),
    "cell-type": Pattern("cell type", _PRODUCT + "?record ckg:cellType ?thing . ", CKG["cellType"]),
    "derived-from": Pattern(
        "derived from", _PRODUCT + "?record ckg:derivedFrom ?thing . ", CKG["derivedFrom"]
    ),
    "tissue": Pattern("tissue", _PRODUCT + "?record ckg:tissue ?thing . ", CKG["tissue"]),
    "donor": Pattern("donor", _PRODUCT + "?record ckg:donor ?thing . ", CKG["donor"]),
    "route": Pattern(
        "route of administration",
        "?study ckg:intervention ?record . ?record ckg:product ?product ; ckg:route ?thing . ",
        CKG["route"],
    ),
    "institution": Pattern(
        "institution",
        "?study ckg:institutionRole ?record . ?record ckg:institution ?thing . ",
        CKG["institution"],
    ),
    "adverse-event": Pattern(
        "adverse event",
        "?study ckg:adverseEventFinding ?record . ?record ckg:event ?thing . ",
        CKG["event"],
    ),
    "outcome-measure": Pattern(
        "outcome measure",
        "{ ?study ckg:outcomeSpecification ?record } UNION { ?study ckg:outcomeFinding ?record } "
        "?record ckg:measure ?thing . ",
        CKG["measure"],
    ),
    "source": Pattern(
        "source",
        "?study ckg:describedBy|ckg:mentionedBy ?thing . " + _STUDY_ITSELF,
        CKG["describedBy"],
    ),
    "overlap": Pattern(
        "possible overlap",
        "?record ckg:overlapStudy ?study, ?thing . FILTER(?study != ?thing) ",
        CKG["overlapStudy"],
    ),
}
"""What can relate studies, by the name it is asked for."""


class Words(NamedTuple):
    """A piece of evidence, as a person reads it.

    Attributes:
        quote: The words; None where the evidence has only a place or a reasoning.
        status: "stated", "inferred" or "derived".
        source: The IRI of the document that holds them.
    """

    quote: str | None
    status: str
    source: str


class Relation(NamedTuple):
    """A study and one thing that others may share, said by one record or several.

    Attributes:
        kind: A key of `RELATION_KINDS`.
        study: The IRI of the study.
        thing: The IRI of the term, institution, source or other study.
        label: What the thing is called, or its compact IRI.
        records: The IRIs of the records that say so, in order.
        answer: For an adverse event "reported", "denied" or "not counted", the first of them that
            any record says; for an overlap its score; empty otherwise.
        words: What the first record rests on.
    """

    kind: str
    study: str
    thing: str
    label: str
    records: tuple[str, ...]
    answer: str
    words: tuple[Words, ...]


def read_relations(
    store: GraphStore, kinds: Iterable[str], studies: Sequence[str] | None = None
) -> list[Relation]:
    """Read what relates studies.

    Args:
        store: The graphs.
        kinds: Keys of `RELATION_KINDS`.
        studies: The IRIs of the studies; None for all.

    Returns:
        One relation a kind, study and thing, in that order of kinds and then by IRI.

    Raises:
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> store = cellkg.open_graph().store
        >>> poster = "https://w3id.org/cellkg/study/ms-intrathecal-msc-poster"
        >>> [each.label for each in read_relations(store, ["route"], [poster])]
        ['intrathecal']
    """
    found: list[Relation] = []
    for kind in kinds:
        found += _of_kind(store, kind, studies)
    return found


def _of_kind(store: GraphStore, kind: str, studies: Sequence[str] | None) -> list[Relation]:
    pattern = RELATION_KINDS[kind]
    records: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    answer = _ANSWERS.get(kind, "")
    for study, thing, record, said in rows(
        store,
        f"SELECT DISTINCT ?study ?thing ?record ?said WHERE {{ {only_these(studies)}"
        f"{pattern.where}{answer} }}",
    ):
        text = said.value.removeprefix(CKG.iri) if isinstance(said, NamedNode | Literal) else ""
        records[study.value, thing.value][record.value] = text
    firsts = {min(by_record) for by_record in records.values()}
    words = _words(store, firsts, pattern.property)
    labels = labels_of(store, {thing for _, thing in records})
    return [
        Relation(
            kind,
            study,
            thing,
            labels.get(thing, shorten(thing)),
            tuple(sorted(by_record)),
            _answer(kind, by_record.values()),
            words.get(min(by_record), ()),
        )
        for (study, thing), by_record in sorted(records.items())
    ]


_ANSWERS: Final = {
    "adverse-event": "OPTIONAL { ?record ckg:reporting ?said }",
    "overlap": "?record ckg:overlapScore ?said .",
}
_REPORTING: Final = {"Reported": "reported", "Denied": "denied", "": "not counted"}


def _answer(kind: str, said: Iterable[str]) -> str:
    if kind == "adverse-event":
        return min((_REPORTING[each] for each in said), key=list(_REPORTING.values()).index)
    return max(said)


def _words(
    store: GraphStore, records: Iterable[str], property_: NamedNode
) -> dict[str, tuple[Words, ...]]:
    """Read the evidence that shows one property of records."""
    named = " ".join(str(NamedNode(each)) for each in sorted(records))
    found: defaultdict[str, list[Words]] = defaultdict(list)
    for record, quote, status, source in rows(
        store,
        f"SELECT ?record ?quote ?status ?source WHERE {{ VALUES ?record {{ {named} }}"
        f" ?record ckg:evidence ?evidence . ?evidence ckg:supports {property_} ;"
        " ckg:status ?status ; ckg:source ?source . OPTIONAL { ?evidence ckg:quote ?quote } }",
    ):
        found[record.value].append(
            Words(
                None if quote is None else quote.value,
                status.value.removeprefix(CKG.iri).lower(),
                source.value,
            )
        )
    return {
        record: tuple(sorted(set(several), key=lambda each: (each.quote or "", *each[1:])))
        for record, several in found.items()
    }
