"""The publications that a record lists, as sources that were not read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from cellkg.identifiers import find_identifiers
from cellkg.importers.ctgov import registry_words
from cellkg.records import Source
from cellkg.vocabulary import CKG, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder

_PUBMED_NUMBER: Final = re.compile(r"0*[1-9][0-9]{0,7}", re.ASCII)


def references_of(protocol: Item, recorder: Recorder) -> tuple[Source, ...]:
    """Take in the references, each as a source of its own.

    Two studies that list one article have a source each; both carry its PubMed number.

    Args:
        protocol: The section ``protocolSection``.
        recorder: Names and evidence of this record.

    Returns:
        The sources in the order of the list, without the citations themselves.
    """
    return tuple(_references(protocol["referencesModule"]["references"].items(), recorder))


def _references(items: Sequence[Item], recorder: Recorder) -> Iterator[Source]:
    for place, item in enumerate(items):
        iri = SOURCE[f"{recorder.nct_id}-reference-{place}"]
        values = _values(item, recorder)
        if values["reference_kind"] is None and values["source_kind"] is None:
            recorder.not_taken["a reference that has no kind and is not in PubMed"] += 1
            continue
        name = SOURCE[f"{recorder.nct_id}-reference-{place}#record"]
        evidence = recorder.stated(name, Source, values, item)
        retracted = ("The registry says that this publication was retracted.",)
        yield Source(
            iri=iri,
            evidence=(evidence,),
            principal_evidence=name,
            notes=retracted if item["retractions"].items() else (),
            **values,
        )


def _values(item: Item, recorder: Recorder) -> dict[str, Any]:
    values: dict[str, Any] = {
        "reference_kind": recorder.listed(item["type"], registry_words.REFERENCE_KINDS),
        "source_kind": None,
    }
    curies = []
    pmid = item["pmid"].text()
    if pmid is not None and _PUBMED_NUMBER.fullmatch(pmid):
        curies.append(f"pubmed:{pmid.lstrip('0')}")
        values["source_kind"] = CKG["JournalArticle"]
    elif pmid is not None:
        recorder.not_taken["a PubMed number that is none"] += 1
    curies += [
        each.curie
        for each in find_identifiers(item["citation"].text() or "")
        if each.prefix in {"doi", "pmc"}
    ]
    values["identifiers"] = tuple(dict.fromkeys(curies))
    return values
