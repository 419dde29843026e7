"""Studies and what relates them, as one graph of networkx: for pictures and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cellkg.vocabulary import STUDY, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from cellkg.overview.relations import Relation
    from cellkg.overview.studies import StudyOverview

OVERLAP = "overlap"
"""The kind of relation that ties a study to another study, in no direction."""

DERIVED_FROM = "derived-from"
"""The kind of relation that ties a study to the cells that its cells were made from."""

LIST_MARK = "; "
"""What stands between several values of one attribute, because attributes are scalars."""


def study_network(
    studies: Iterable[StudyOverview], relations: Iterable[Relation]
) -> nx.MultiDiGraph:
    """Make a graph of studies and what relates them.

    Nodes are keyed by IRI. A study has ``kind`` "study", ``label`` (its short name), ``title`` and
    what is known of ``origin``, ``described``, ``identifiers``, ``status``, ``phase``,
    ``begins``, ``ends``, ``countries``, ``source_kinds``, ``peer_reviewed`` and the numbers of
    people, such as ``people_treated``; another study that one may overlap with has the first three
    only. Any other thing has its ``label`` and ``kind``: that of the relation, and "cell-type" for
    what cells are derived from.

    Edges run from the study to the thing and are keyed by `relation_id`. They have ``kind``,
    ``records`` (how many say so), ``words`` (the quotes), ``status`` ("stated", "inferred",
    "derived") and ``documents``; for an adverse event ``answer`` ("reported", "denied", "not
    counted"), for an overlap ``score``. An overlap is one edge, however often it is told.

    What is not known is left out: no attribute is None, and every one is a scalar. A study's facts
    that are no relation of the given kinds are not in the graph.

    Args:
        studies: The studies, as `read_studies` gives them.
        relations: What relates them, as `read_relations` gives it.

    Returns:
        The graph, nodes and edges in the order of the studies and relations.

    Example:
        >>> import cellkg
        >>> from cellkg.overview import read_relations, read_studies
        >>> poster = ["https://w3id.org/cellkg/study/ms-intrathecal-msc-poster"]
        >>> store = cellkg.open_graph().store
        >>> network = study_network(
        ...     read_studies(store, poster), read_relations(store, ["route"], poster)
        ... )
        >>> network.number_of_nodes(), network.number_of_edges()
        (2, 1)
        >>> [facts["words"] for _, _, facts in network.edges(data=True)]
        ['“repeated IT MSC injections”']
    """
    from networkx import MultiDiGraph

    network = MultiDiGraph()
    for study in studies:
        network.add_node(study.iri, **_facts_of(study))
    for relation in relations:
        for iri in (relation.study, relation.thing):
            known = network.nodes[iri] if iri in network else {}
            network.add_node(iri, **(_bare_facts(iri, relation) | known))
        key = relation_id(relation)
        ends = relation.study, relation.thing
        if relation.kind == OVERLAP:
            ends = min(ends), max(ends)
        network.add_edge(*ends, key=key, **_words_of(relation))
    return network


def studies_near(network: nx.MultiDiGraph, starts: Iterable[str], depth: int) -> list[str]:
    """Find the studies near something.

    Args:
        network: The graph, as `study_network` makes it.
        starts: The IRIs of studies or things in it.
        depth: How many edges away a study may be, in either direction: from a thing its own
            studies are one away; from a study those that share something with it are two away.

    Returns:
        The IRIs of the studies, in order.

    Example:
        >>> from networkx import MultiDiGraph
        >>> network = MultiDiGraph([("a", "fever"), ("b", "fever"), ("b", "skin")])
        >>> for study in "ab":
        ...     network.nodes[study]["kind"] = "study"
        >>> studies_near(network, ["skin"], 1), studies_near(network, ["skin"], 3)
        (['b'], ['a', 'b'])
    """
    from networkx import single_source_shortest_path_length as distances

    both_ways = network.to_undirected(as_view=True)
    near = {node for start in starts for node in distances(both_ways, start, cutoff=depth)}
    return sorted(node for node in near if network.nodes[node].get("kind") == "study")


def relation_id(relation: Relation) -> str:
    """Name a relation, equal for equal kind, study and thing; an overlap has no direction.

    Args:
        relation: The relation.

    Returns:
        Its compact IRIs and kind in one word, unique in a graph.
    """
    ends = [shorten(relation.study), shorten(relation.thing)]
    if relation.kind == OVERLAP:
        ends.sort()
    return f"{ends[0]}--{relation.kind}--{ends[1]}"


def _facts_of(study: StudyOverview) -> dict[str, str | int | bool]:
    facts: dict[str, str | int | bool | None] = {
        "kind": "study",
        "label": study.name,
        "title": study.title,
        "origin": study.origin,
        "described": study.described,
        "identifiers": LIST_MARK.join(study.identifiers),
        "status": study.status,
        "phase": LIST_MARK.join(study.phases),
        "begins": study.start_date,
        "ends": study.end_date,
        "countries": LIST_MARK.join(study.countries),
        "source_kinds": LIST_MARK.join(study.source_kinds),
        "peer_reviewed": study.peer_reviewed,
    }
    for people in study.people:
        facts.setdefault(f"people_{people.role.replace(' ', '_')}", people.number)
    return {name: value for name, value in facts.items() if value is not None and value != ""}


def _bare_facts(iri: str, relation: Relation) -> dict[str, str]:
    """Say what is known of something that no overview was given of."""
    if iri in STUDY:
        facts = {"kind": "study", "label": iri.removeprefix(STUDY.iri)}
        return facts | ({"title": relation.label} if iri == relation.thing else {})
    kind = "cell-type" if relation.kind == DERIVED_FROM else relation.kind
    return {"kind": kind, "label": relation.label}


def _words_of(relation: Relation) -> dict[str, str | int | float]:
    facts: dict[str, str | int | float] = {
        "kind": relation.kind,
        "records": len(relation.records),
        "words": LIST_MARK.join(f"“{each.quote}”" for each in relation.words if each.quote),
        "status": LIST_MARK.join(sorted({each.status for each in relation.words})),
        "documents": LIST_MARK.join(sorted({shorten(each.source) for each in relation.words})),
    }
    if relation.kind == OVERLAP:
        facts["score"] = float(relation.answer)
    else:
        facts["answer"] = relation.answer
    return {name: value for name, value in facts.items() if value != ""}
