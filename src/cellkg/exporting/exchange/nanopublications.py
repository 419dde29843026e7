"""Nanopublications: one for each finding or statement of a study, in TriG.

The form is that of https://nanopub.net/guidelines/working_draft/: a head, the assertion, its
provenance, and the publication info. They are not signed: their IRIs are stable, and the tools of
the network put a hash in their place when somebody signs them.
"""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from cellkg.exporting.exchange.nanopublications_sentences import sentence_of
from cellkg.exporting.exchange.study_records import read_study_records, studies_with
from cellkg.exporting.study_graphs import read_labels
from cellkg.records import to_triples
from cellkg.version import __version__
from cellkg.vocabulary import (
    AGENT,
    CKG,
    DCTERMS,
    PROV,
    RDF,
    RDFS,
    SOURCE,
    STUDY,
    TERM,
    XSD,
    Namespace,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cellkg.exporting.exchange.nanopublications_sentences import Citable
    from cellkg.exporting.exchange.study_records import StudyRecords
    from cellkg.store import GraphStore

_NP: Final = Namespace("np", "http://www.nanopub.org/nschema#")
_PAV: Final = Namespace("pav", "http://purl.org/pav/")
_BASE: Final = "https://w3id.org/cellkg/np/"
_LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_PREFIXES: Final = {
    each.prefix: each.iri
    for each in (AGENT, CKG, DCTERMS, _NP, _PAV, PROV, RDFS, SOURCE, STUDY, TERM, XSD)
}
_HEADER: Final = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items()).encode()
_PARTS: Final = ("Head", "assertion", "provenance", "pubinfo")
_EVIDENCE: Final = frozenset((CKG["evidence"], CKG["principalEvidence"]))
_HOLDERS: Final = {
    "adverseEventFinding": "adverse_event_findings",
    "outcomeFinding": "outcome_findings",
    "statement": "statements",
}
"""The records that are published, by the property that ties them to their study."""


_NOT_CARRIED: Final = {
    "participants": "numbers of people",
    "patient_observations": "rows of patients",
    "discrepancies": "conflicts between numbers",
}


class Nanopublication(NamedTuple):
    """One nanopublication.

    Attributes:
        name: The name of the record that it publishes, which `cellkg why` takes.
        quads: Its four graphs, in order.
    """

    name: str
    quads: tuple[Quad, ...]


class Nanopublications:
    """The nanopublications of studies, one after the other.

    Args:
        store: The graphs.
        studies: The IRIs of the studies; None for all.

    Attributes:
        published: How many there were so far.
        left_out: How many records are none of them, by why.

    Example:
        >>> import cellkg
        >>> poster = "https://w3id.org/cellkg/study/ms-intrathecal-msc-poster"
        >>> found = Nanopublications(cellkg.open_graph().store, [poster])
        >>> [each.name for each in found][:1], found.published
        (['ms-intrathecal-msc-poster#back-pain'], 24)
    """

    def __init__(self, store: GraphStore, studies: Sequence[str] | None = None) -> None:
        self.published = 0
        self.left_out: Counter[str] = Counter()
        self._store = store
        self._studies = studies

    def __iter__(self) -> Iterator[Nanopublication]:
        """Give them in the order of studies, kinds and records."""
        labels = read_labels(self._store)
        told = studies_with(self._store, tuple(_HOLDERS), self._studies)
        for records in read_study_records(self._store, told):
            for property_, field in _HOLDERS.items():
                for record in getattr(records.study, field):
                    if property_ == "adverseEventFinding" and record.reporting is None:
                        self.left_out["findings that neither report nor deny the event"] += 1
                        continue
                    self.published += 1
                    yield _nanopublication(
                        record, property_, records, labels, self._store.data_version
                    )
            for kind, what in _NOT_CARRIED.items():
                several = getattr(records.study, kind)
                if several:
                    self.left_out[what] += len(several)

    def trig(self) -> Iterator[bytes]:
        """Write all of them as one file in TriG, piece by piece."""
        yield _HEADER
        yield from map(_graphs, self)


def to_trig(nanopublication: Nanopublication) -> bytes:
    """Write one nanopublication as a file in TriG.

    Args:
        nanopublication: It.

    Returns:
        The file, in UTF-8.
    """
    return _HEADER + _graphs(nanopublication)


def file_name(nanopublication: Nanopublication) -> str:
    """Name the file of one nanopublication.

    Example:
        >>> file_name(Nanopublication("poster#fever", ()))
        'poster.fever.trig'
    """
    return quote(nanopublication.name.replace("#", "."), safe="") + ".trig"


def _graphs(nanopublication: Nanopublication) -> bytes:
    written = BytesIO()
    serialize(nanopublication.quads, written, RdfFormat.TRIG, prefixes=_PREFIXES)
    # Prefixes come in another order every time, so those at the top are ours.
    lines = written.getvalue().splitlines(keepends=True)
    return b"\n" + b"".join(lines[len(_PREFIXES) :])


def _nanopublication(
    record: Citable,
    property_: str,
    records: StudyRecords,
    labels: Mapping[str, str],
    data_version: str,
) -> Nanopublication:
    name = record.iri.value.removeprefix(STUDY.iri)
    this = NamedNode(f"{_BASE}{name.replace('#', '/')}/")
    head, assertion, provenance, pubinfo = (NamedNode(this.value + each) for each in _PARTS)
    quads = [
        Quad(this, RDF["type"], _NP["Nanopublication"], head),
        Quad(this, _NP["hasAssertion"], assertion, head),
        Quad(this, _NP["hasProvenance"], provenance, head),
        Quad(this, _NP["hasPublicationInfo"], pubinfo, head),
        Quad(records.study.iri, CKG[property_], record.iri, assertion),
    ]
    sentence = Literal(sentence_of(record, records, labels), language="en")
    grounds: list[Quad] = []
    for triple in to_triples(record):
        of_record = triple.subject == record.iri and triple.predicate not in _EVIDENCE
        graph = assertion if of_record else provenance
        quad = Quad(triple.subject, triple.predicate, triple.object, graph)
        (quads if of_record else grounds).append(quad)
    quads.append(Quad(record.iri, RDFS["comment"], sentence, assertion))
    quads += _provenance(record, assertion, provenance)
    quads += grounds
    about = [
        Quad(this, RDFS["label"], sentence, pubinfo),
        Quad(this, DCTERMS["license"], _LICENCE, pubinfo),
        Quad(this, DCTERMS["subject"], records.study.iri, pubinfo),
        Quad(this, _PAV["version"], Literal(data_version), pubinfo),
        Quad(this, _PAV["createdWith"], Literal(f"cellkg {__version__}"), pubinfo),
    ]
    about += [Quad(this, DCTERMS["creator"], each, pubinfo) for each in _agents(record)]
    created = _created(record, records)
    if created is not None:
        date = Literal(created, datatype=XSD["date"])
        about.append(Quad(this, DCTERMS["created"], date, pubinfo))
    return Nanopublication(name, (*quads, *about))


def _provenance(record: Citable, assertion: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    sources = {each.source for each in record.evidence if each.source is not None}
    for source in sorted(sources, key=str):
        yield Quad(assertion, PROV["wasDerivedFrom"], source, graph)
    for agent in _agents(record):
        yield Quad(assertion, PROV["wasAttributedTo"], agent, graph)


def _agents(record: Citable) -> list[NamedNode]:
    agents = {each.recorded_by for each in record.evidence if each.recorded_by is not None}
    return sorted(agents, key=str)


def _created(record: Citable, records: StudyRecords) -> str | None:
    """Give the day on which it was recorded, or else that of the registry's data."""
    recorded = [each.recorded_on for each in record.evidence if each.recorded_on is not None]
    if recorded:
        return max(recorded)
    sources = {each.source.value for each in record.evidence if each.source is not None}
    dates = [records.sources[each].data_date for each in sources & records.sources.keys()]
    whole = [each for each in dates if each is not None and len(each) == len("YYYY-MM-DD")]
    return max(whole, default=None)
