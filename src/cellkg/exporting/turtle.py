"""Turtle in one canonical form: the same triples give the same bytes, and a change a small diff.

A study reads from the study over its sources, arms and products to the findings; every record is
followed by the evidence it rests on; one property stands on a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    Triple,
)

from cellkg.exporting.reading_order import EVIDENCE, class_rank, node_key, property_key
from cellkg.vocabulary import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cellkg.exporting.reading_order import Node, NodeKey

    Subject = NamedNode | BlankNode | Triple
    Facts = dict[NamedNode, list[Node]]

LINE_WIDTH: Final = 100
"""Objects of one property go below each other where one line would be longer, in characters."""

_EXTERNAL_PREFIXES: Final = {
    "CL": "http://purl.obolibrary.org/obo/CL_",
    "EFO": "http://www.ebi.ac.uk/efo/EFO_",
    "HP": "http://purl.obolibrary.org/obo/HP_",
    "MONDO": "http://purl.obolibrary.org/obo/MONDO_",
    "NCIT": "http://purl.obolibrary.org/obo/NCIT_",
    "OAE": "http://purl.obolibrary.org/obo/OAE_",
    "OBI": "http://purl.obolibrary.org/obo/OBI_",
    "UBERON": "http://purl.obolibrary.org/obo/UBERON_",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "ror": "https://ror.org/",
}
_LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", re.ASCII)
_BARE: Final = {
    XSD["integer"]: re.compile(r"[+-]?[0-9]+"),
    XSD["decimal"]: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD["boolean"]: re.compile(r"true|false"),
}


def canonical_turtle(triples: Iterable[Triple], study_iri: str | None = None) -> bytes:
    """Write triples as Turtle in the canonical form.

    Args:
        triples: The triples, in any order and as often as you like.
        study_iri: The study whose file this is: its records are written ``:name``. None for a
            graph of something else.

    Returns:
        The file in UTF-8, with only the prefixes it uses. Nothing in it depends on the order of
        the triples, on labels of blank nodes, or on the machine.

    Example:
        >>> from cellkg.vocabulary import CKG, STUDY
        >>> fever = STUDY["example#fever"]
        >>> facts = [
        ...     Triple(fever, CKG["count"], Literal(4)),
        ...     Triple(fever, RDF["type"], CKG["AdverseEventFinding"]),
        ... ]
        >>> print(canonical_turtle(facts, STUDY["example"].value).decode())
        @prefix : <https://w3id.org/cellkg/study/example#> .
        @prefix ckg: <https://w3id.org/cellkg/ontology#> .
        <BLANKLINE>
        :fever a ckg:AdverseEventFinding ;
            ckg:count 4 .
        <BLANKLINE>
    """
    facts_by_subject: dict[Subject, Facts] = {}
    for triple in _with_canonical_blank_nodes(triples):
        facts = facts_by_subject.setdefault(triple.subject, {})
        facts.setdefault(triple.predicate, []).append(triple.object)
    names = _Names(study_iri)
    body = "".join(
        ("" if is_detail else "\n") + _block(subject, facts_by_subject[subject], names)
        for subject, is_detail in _in_reading_order(facts_by_subject)
    )
    return (names.declarations() + body).encode("utf-8")


def _with_canonical_blank_nodes(triples: Iterable[Triple]) -> list[Triple]:
    unique = list(dict.fromkeys(triples))
    ends = (end for each in unique for end in (each.subject, each.object))
    if not any(isinstance(end, BlankNode) for end in ends):
        return unique
    dataset = Dataset(Quad(each.subject, each.predicate, each.object) for each in unique)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return [quad.triple for quad in dataset]


class _Names:
    """Shortens IRIs and remembers which prefixes that took.

    Args:
        study_iri: The study whose records get the empty prefix, or None.
    """

    def __init__(self, study_iri: str | None) -> None:
        prefixes = {**PREFIXES, **_EXTERNAL_PREFIXES}
        if study_iri is not None:
            prefixes[""] = study_iri + "#"
        # The longest first: study: would fit what the empty prefix is for.
        self._prefixes = sorted(prefixes.items(), key=lambda item: len(item[1]), reverse=True)
        self._used: dict[str, str] = {}

    def write(self, node: Node) -> str:
        if isinstance(node, NamedNode):
            return self._iri(node)
        if not isinstance(node, Literal) or node.language is not None:
            return str(node)
        bare = _BARE.get(node.datatype)
        if bare is not None and bare.fullmatch(node.value):
            return node.value
        quoted = str(Literal(node.value))
        return quoted if node.datatype == XSD["string"] else f"{quoted}^^{self._iri(node.datatype)}"

    def _iri(self, node: NamedNode) -> str:
        for prefix, start in self._prefixes:
            local = node.value.removeprefix(start)
            if len(local) < len(node.value) and _LOCAL_NAME.fullmatch(local):
                self._used[prefix] = start
                return f"{prefix}:{local}"
        return str(node)

    def declarations(self) -> str:
        return "".join(
            f"@prefix {prefix}: <{start}> .\n" for prefix, start in sorted(self._used.items())
        )


def _in_reading_order(facts_by_subject: dict[Subject, Facts]) -> list[tuple[Subject, bool]]:
    """List every subject once, with whether it stands directly below the one before it."""
    evidence_of = {
        subject: [
            each
            for each in sorted(facts.get(EVIDENCE, []), key=node_key)
            if isinstance(each, NamedNode) and each in facts_by_subject
        ]
        for subject, facts in facts_by_subject.items()
    }
    below = {evidence for several in evidence_of.values() for evidence in several}
    ordered: dict[Subject, bool] = {}
    for subject in sorted(
        facts_by_subject, key=lambda each: _subject_key(each, facts_by_subject[each])
    ):
        if subject not in below:
            ordered[subject] = False
            for evidence in evidence_of[subject]:
                ordered.setdefault(evidence, True)
    # Evidence of evidence in a circle would otherwise be lost; no shape allows it, and nothing
    # is ever dropped.
    for subject in sorted(below, key=node_key):
        ordered.setdefault(subject, False)
    return list(ordered.items())


def _subject_key(subject: Subject, facts: Facts) -> tuple[int, NodeKey]:
    return class_rank(facts.get(RDF["type"], ())), node_key(subject)


def _block(subject: Subject, facts: Facts, names: _Names) -> str:
    lines = []
    for predicate in sorted(facts, key=lambda each: property_key(each, facts.get(RDF["type"], ()))):
        verb = "a" if predicate == RDF["type"] else names.write(predicate)
        objects = [names.write(each) for each in sorted(facts[predicate], key=node_key)]
        line = f"{verb} {', '.join(objects)}"
        if len(line) > LINE_WIDTH and len(objects) > 1:
            line = f"{verb}\n        " + ",\n        ".join(objects)
        lines.append(line)
    return f"{names.write(subject)} " + " ;\n    ".join(lines) + " .\n"
