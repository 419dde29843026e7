"""Edges of a KGX graph: what relates studies to things, and what is said of adverse events."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.exporting.exchange.kgx_nodes import compact
from cellkg.exporting.exchange.study_records import evidence_for
from cellkg.overview import RELATION_KINDS
from cellkg.overview.asking import only_these, rows
from cellkg.vocabulary import CKG, CTGOV_IMPORTER, CURATORS

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import NamedNode

    from cellkg.exporting.exchange.kgx_nodes import Nodes
    from cellkg.exporting.exchange.study_records import CountedGroup, StudyRecords
    from cellkg.records import AdverseEventFinding, Evidence, Statement
    from cellkg.store import GraphStore

    Edge = dict[str, object]

_OURS: Final = "infores:cellkg"
_PRIMARY: Final = {
    CURATORS.value: _OURS,
    CTGOV_IMPORTER.value: "infores:clinicaltrials",
}
"""The primary knowledge source by the agent that recorded the fact."""


class Words(NamedTuple):
    """A piece of evidence, as an edge carries it.

    Attributes:
        status: "Stated", "Inferred" or "Derived".
        source: The IRI of the document.
        agent: The IRI of who or what recorded it.
        quote: The words.
        pointer: The place in a registry record.
        reasoning: Why it follows.
    """

    status: str
    source: str
    agent: str
    quote: str
    pointer: str
    reasoning: str


class _Link(NamedTuple):
    """How a kind of relation becomes an edge.

    Attributes:
        kind: The kind, as `cellkg.overview` names it.
        predicate: The predicate of the Biolink Model.
        from_record: Whether the record that says so is the subject, instead of the study.
    """

    kind: str
    predicate: str
    from_record: bool


_LINKS: Final = (
    _Link("condition", "related_to", from_record=False),
    _Link("cell-type", "has_part", from_record=True),
    _Link("derived-from", "derives_from", from_record=True),
    _Link("tissue", "derives_from", from_record=True),
    _Link("institution", "related_to", from_record=False),
)


def link_edges(store: GraphStore, nodes: Nodes, studies: Sequence[str] | None) -> Iterator[Edge]:
    """Give the edges between studies, products and things.

    Args:
        store: The graphs.
        nodes: Where the nodes are made.
        studies: The IRIs of the studies; None for all.

    Yields:
        The edges in the order of kinds, studies, records and things.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    conditions: defaultdict[str, dict[str, tuple[Words, ...]]] = defaultdict(dict)
    products: dict[str, str] = {}
    for link in _LINKS:
        pattern = RELATION_KINDS[link.kind]
        for (study, record, thing), words in _links(store, link.kind, studies):
            target = nodes.institution(thing) if link.kind == "institution" else nodes.term(thing)
            subject = nodes.product(record) if link.from_record else nodes.study(study)
            yield _edge(
                nodes,
                f"{compact(record)}--{link.kind}--{target}",
                (subject, link.predicate, target),
                words,
                original_predicate=compact(pattern.property.value),
                study=nodes.study(study),
            )
            if link.kind == "condition":
                conditions[study][thing] = words
            elif link.from_record:
                products[record] = study
    for product, study in sorted(products.items()):
        subject = nodes.product(product)
        yield _part(nodes, nodes.study(study), subject)
        for condition, words in conditions[study].items():
            target = nodes.term(condition)
            yield _edge(
                nodes,
                f"{compact(product)}--in-trials-for--{target}",
                (subject, "in_clinical_trials_for", target),
                words,
                study=nodes.study(study),
            )


def _part(nodes: Nodes, whole: str, part: str) -> Edge:
    """Say that a record is a part of another: that is how the graphs are built, not a claim."""
    return _edge(
        nodes,
        f"{whole}--has-part--{part}",
        (whole, "has_part", part),
        (),
        knowledge_level="knowledge_assertion",
    )


def _links(
    store: GraphStore, kind: str, studies: Sequence[str] | None
) -> list[tuple[tuple[str, str, str], tuple[Words, ...]]]:
    pattern = RELATION_KINDS[kind]
    found: defaultdict[tuple[str, str, str], set[Words]] = defaultdict(set)
    for row in rows(
        store,
        "SELECT DISTINCT ?study ?record ?thing ?status ?source ?agent ?quote ?pointer ?reasoning"
        f" WHERE {{ {only_these(studies)}{pattern.where} OPTIONAL {{ ?record ckg:evidence ?words ."
        f" ?words ckg:supports {pattern.property} ; ckg:status ?status ; ckg:source ?source ;"
        " ckg:recordedBy ?agent . OPTIONAL { ?words ckg:quote ?quote }"
        " OPTIONAL { ?words ckg:jsonPointer ?pointer }"
        " OPTIONAL { ?words ckg:reasoning ?reasoning } } }",
    ):
        study, record, thing, status, *others = ("" if each is None else each.value for each in row)
        words = found[study, record, thing]
        if status:
            words.add(Words(status.removeprefix(CKG.iri), *others))
    return [(key, tuple(sorted(words))) for key, words in sorted(found.items())]


def source_edges(store: GraphStore, nodes: Nodes, studies: Sequence[str] | None) -> Iterator[Edge]:
    """Give the edges from documents to the studies that they describe or mention.

    Args:
        store: The graphs.
        nodes: Where the nodes are made.
        studies: The IRIs of the studies; None for all.

    Yields:
        The edges in the order of studies and documents.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    found = {
        tuple(each.value for each in row)
        for row in rows(
            store,
            f"SELECT ?study ?property ?source WHERE {{ {only_these(studies)}"
            "VALUES ?property { ckg:describedBy ckg:mentionedBy } ?study ?property ?source }",
        )
    }
    for study, property_, source in sorted(found):
        yield _edge(
            nodes,
            f"{compact(source)}--mentions--{compact(study)}",
            (nodes.source(source), "mentions", nodes.study(study)),
            (),
            original_predicate=compact(property_),
        )


def event_edges(records: StudyRecords, nodes: Nodes, left_out: Counter[str]) -> Iterator[Edge]:
    """Give the edges from what was given to the adverse events that are reported or denied.

    Args:
        records: A study.
        nodes: Where the nodes are made.
        left_out: Counts what makes no edge, by why.

    Yields:
        An edge for each finding and for each event that a statement denies; then those that tie
        each treatment to its study and, where arms are known, to the products in it.
    """
    study = records.study
    groups: dict[str, CountedGroup] = {}
    for finding in study.adverse_event_findings:
        if finding.event is None:
            left_out["findings whose printed event names no term"] += 1
        elif finding.reporting is None:
            left_out["findings that neither report nor deny: nobody was counted"] += 1
        else:
            group = records.group_of(finding.in_result_group, finding.in_arms)
            groups[nodes.treatment(group)] = group
            yield _finding(finding, finding.event, group, nodes)
    for statement in study.statements:
        if not statement.denies:
            left_out["statements in words that deny no event"] += 1
        for event in statement.denies:
            group = records.group_of(None, ())
            groups[nodes.treatment(group)] = group
            yield _denial(statement, event, group, nodes)
    for kind in ("outcome_findings", "patient_observations", "discrepancies"):
        left_out[kind.replace("_", " ")] += len(getattr(study, kind))
    yield from _parts(records, groups, nodes)


def _parts(
    records: StudyRecords, groups: Mapping[str, CountedGroup], nodes: Nodes
) -> Iterator[Edge]:
    """Tie what groups were given to the study and, where arms are known, to the products."""
    study = nodes.study(records.study.iri.value)
    given = {
        arm.iri.value: {product.iri.value for each in arm.receives for product in each.products}
        for arm in records.study.arms
    }
    for treatment, group in groups.items():
        yield _part(nodes, study, treatment)
        for product in sorted({each for arm in group.arms for each in given.get(arm, ())}):
            yield _part(nodes, treatment, nodes.product(product))


def _finding(
    finding: AdverseEventFinding, event: NamedNode, group: CountedGroup, nodes: Nodes
) -> Edge:
    evidence = evidence_for(finding, "count", "reporting", "event", "atRisk")
    return _edge(
        nodes,
        compact(finding.iri.value),
        (nodes.treatment(group), "has_adverse_event", nodes.term(event.value)),
        map(_words, evidence),
        knowledge_level="observation",
        negated=finding.reporting == CKG["Denied"],
        group_of=group.of,
        affected=finding.count,
        count_unit=None if finding.count_unit is None else compact(finding.count_unit.value),
        at_risk=finding.at_risk,
        events=finding.events,
        serious=finding.serious,
        original_object="; ".join(finding.printed_terms),
    )


def _denial(statement: Statement, event: NamedNode, group: CountedGroup, nodes: Nodes) -> Edge:
    scope = (statement.scope_seriousness, statement.scope_period, statement.scope_condition)
    return _edge(
        nodes,
        f"{compact(statement.iri.value)}--denies--{nodes.term(event.value)}",
        (nodes.treatment(group), "has_adverse_event", nodes.term(event.value)),
        map(_words, evidence_for(statement, "denies", "summary")),
        knowledge_level="observation",
        negated=True,
        group_of=group.of,
        at_risk=statement.at_risk,
        scope=[each for each in scope if each],
    )


def _words(evidence: Evidence) -> Words:
    def text(node: NamedNode | None) -> str:
        return "" if node is None else node.value

    return Words(
        text(evidence.status).removeprefix(CKG.iri),
        text(evidence.source),
        text(evidence.recorded_by),
        evidence.quote or "",
        evidence.json_pointer or "",
        evidence.reasoning or "",
    )


def _edge(
    nodes: Nodes,
    identifier: str,
    triple: tuple[str, str, str],
    words: Iterable[Words],
    **known: object,
) -> Edge:
    """Make an edge with what it rests on; what is not known has no key."""
    several = sorted(set(words))
    agents = {each.agent for each in several}
    primary = min((_PRIMARY.get(each, _OURS) for each in agents), default=_OURS)
    statuses = sorted({each.status.lower() for each in several})
    level, agent = known.pop("knowledge_level", "knowledge_assertion"), "manual_agent"
    if CTGOV_IMPORTER.value in agents:
        agent = "automated_agent"
        if "inferred" in statuses:
            level, agent = "not_provided", "text_mining_agent"
    subject, predicate, target = triple
    edge: Edge = {
        "id": identifier,
        "subject": subject,
        "predicate": f"biolink:{predicate}",
        "object": target,
        "category": ["biolink:Association"],
        "primary_knowledge_source": primary,
        "aggregator_knowledge_source": [] if primary == _OURS else [_OURS],
        "knowledge_level": level,
        "agent_type": agent,
        **known,
        "publications": sorted({nodes.source(each.source) for each in several if each.source}),
        "supporting_text": sorted({each.quote for each in several if each.quote}),
        "places": sorted({each.pointer for each in several if each.pointer}),
        "reasoning": sorted({each.reasoning for each in several if each.reasoning}),
        "evidence_status": statuses,
    }
    return {key: value for key, value in edge.items() if value not in (None, "", [])}
