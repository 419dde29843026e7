"""What has to hold for the evidence of everything that is taken in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from cellkg.records import to_triples
from cellkg.records.fields import facts_of
from cellkg.validation.registry_records import value_at
from cellkg.vocabulary import CKG, CTGOV_IMPORTER, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode, Triple

    from cellkg.importers.ctgov import ImportedStudy
    from cellkg.records.evidence import Evidence, Record

NEED_NONE = {"described_by", "headline", "notes", "principal_evidence"}
"""What graphs/README.md leaves without evidence, besides links to parts, and the link of a study to
the record that describes it."""


def triples_of(found: ImportedStudy) -> list[Triple]:
    """Everything that was taken in, as triples."""
    return [triple for each in (found.study, *found.sources) for triple in to_triples(each)]


def all_records(found: ImportedStudy) -> list[Record]:
    """Everything that was taken in, record by record."""
    return [record for each in (found.study, *found.sources) for record in _with_parts(each)]


def _with_parts(record: Record) -> Iterator[Record]:
    yield record
    for name, fact in facts_of(type(record)).items():
        if fact.kind == "record" and name != "evidence":
            for part in getattr(record, name):
                yield from _with_parts(part)


def all_evidence(found: ImportedStudy) -> list[Evidence]:
    """The evidence of every record; shared evidence once for each record."""
    return [each for record in all_records(found) for each in record.evidence]


def broken_rules(record: dict[str, Any], found: ImportedStudy) -> list[str]:
    """Say what does not hold, as sentences.

    Args:
        record: The study object, as parsed.
        found: What was taken in of it.
    """
    return [*_of_values(found), *_of_places(record, found), *_of_names(found)]


def _of_values(found: ImportedStudy) -> Iterator[str]:
    """Every value has evidence, and evidence is of nothing else."""
    for record in all_records(found):
        supported = {name for each in record.evidence for name in each.supports}
        there = {
            fact.property
            for name, fact in facts_of(type(record)).items()
            if fact.kind != "record"
            and name not in NEED_NONE
            and getattr(record, name) not in (None, ())
        }
        if supported != there:
            yield f"{record.iri} has {there}, and its evidence supports {supported}"
        if not all(each.supports for each in record.evidence):
            yield f"{record.iri} has evidence of nothing"
        if record.principal_evidence not in {each.iri for each in record.evidence}:
            yield f"{record.iri} shows none of its evidence"


def _of_places(record: dict[str, Any], found: ImportedStudy) -> Iterator[str]:
    """Every pointer leads somewhere, and every quote stands there, letter by letter."""
    for each in all_evidence(found):
        value = _value_at(record, each.json_pointer)
        quote = each.quote
        if value is None:
            yield f"{each.json_pointer} leads to nothing"
        if quote is not None and not (
            isinstance(value, str)
            and value[each.start : each.end] == quote == quote.strip()
            and 1 <= len(quote) <= 100
        ):
            yield f"{quote!r} does not stand at {each.json_pointer}, or is no fragment"
        if each.source != SOURCE[found.nct_id] or each.recorded_by != CTGOV_IMPORTER:
            yield f"{each.iri} is of another source or was recorded by another"
        if (each.status == CKG["Stated"]) != (each.reasoning is None):
            yield f"{each.iri} gives reasons for what is stated, or none for what is inferred"


def _value_at(record: dict[str, Any], pointer: str | None) -> object:
    try:
        return value_at(record, pointer or "nowhere")
    except LookupError:
        return None


def _of_names(found: ImportedStudy) -> Iterator[str]:
    """Every name is the name of one thing."""
    times = Counter(each.iri for each in all_records(found))
    yield from (f"{iri} is given {number} times" for iri, number in times.items() if number > 1)
    named: dict[NamedNode, Evidence] = {}
    for each in all_evidence(found):
        if named.setdefault(each.iri, each) != each or each.iri in times:
            yield f"{each.iri} names two things"
