"""The publications that a record lists, as sources that were not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cellkg.identifiers import find_identifiers
from cellkg.importers.ctgov import registry_words
from cellkg.records import Source
from cellkg.vocabulary import CKG, SOURCE

if TYPE_CHECKING:
    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder


def references_of(protocol: Item, recorder: Recorder) -> tuple[Source, ...]:
    """Take in the references, each as a source of its own.

    Two studies that list one article have a source each; both carry its PubMed number.

    Args:
        protocol: The section ``protocolSection``.
        recorder: Names and evidence of this record.

    Returns:
        The sources in the order of the list, without the citations themselves.
    """
    return tuple(
        _reference(place, item, recorder)
        for place, item in enumerate(protocol["referencesModule"]["references"].items())
    )


def _reference(place: int, item: Item, recorder: Recorder) -> Source:
    iri = SOURCE[f"{recorder.nct_id}-reference-{place}"]
    pmid = item["pmid"].text()
    values: dict[str, Any] = {
        "reference_kind": recorder.listed(item["type"], registry_words.REFERENCE_KINDS)
    }
    curies = []
    if pmid is not None and pmid.isascii() and pmid.isdigit() and len(pmid) <= 8:  # noqa: PLR2004 - PubMed's numbers have no more digits
        curies.append(f"pubmed:{pmid.lstrip('0')}")
        values["source_kind"] = CKG["JournalArticle"]
    elif pmid is not None:
        recorder.not_taken["a PubMed number that is none"] += 1
    curies += [
        each.curie
        for each in find_identifiers(item["citation"].raw())
        if each.prefix in {"doi", "pmc"}
    ]
    values["identifiers"] = tuple(dict.fromkeys(curies))
    if item["retractions"].items():
        values["notes"] = ("The registry says that this publication was retracted.",)
    name = SOURCE[f"{recorder.nct_id}-reference-{place}#record"]
    evidence = recorder.stated(
        name, Source, {key: each for key, each in values.items() if key != "notes"}, item
    )
    return Source(iri=iri, evidence=(evidence,), principal_evidence=name, **values)
