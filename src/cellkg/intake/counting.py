"""Exact counts: what stands in the raw JSON against what stands in the graph, record by record.

The two sides share no code: one walks the JSON, the other counts triples.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cellkg.errors import SourceFileError
from cellkg.importers.ctgov import import_study, version_of
from cellkg.importers.reading import Refusal, RefusedRecordError, parse, read_records
from cellkg.intake.preparing import Preparer, Task
from cellkg.records import to_triples
from cellkg.shipped_files import folder
from cellkg.vocabulary import CKG, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from pyoxigraph import Triple

    from cellkg.intake.taking_in import Progress

COUNTED: Final = (
    "adverse event rows",
    "adverse event statistics",
    "people affected",
    "result groups",
    "arms",
    "facilities",
    "references",
    "planned outcomes",
    "outcome values",
    "analyses",
)
"""What is counted on both sides, in the order of the report."""


class CountDifference(NamedTuple):
    """A count that is not the same on both sides.

    Attributes:
        nct_id: The record.
        what: One of `COUNTED`.
        in_record: The count in the raw JSON.
        in_graph: The count in the graph.
    """

    nct_id: str
    what: str
    in_record: int
    in_graph: int


class Verification(NamedTuple):
    """The outcome of a comparison.

    Attributes:
        records: How many records were compared.
        totals: The sums of all counts in the raw JSON.
        differences: Every count that differs.
        refusals: What could not be taken in, and so not be compared.
    """

    records: int
    totals: Counter[str]
    differences: tuple[CountDifference, ...]
    refusals: tuple[Refusal, ...]


def verify(
    paths: Sequence[Path],
    standard_input: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Compare the counts of every record of some files with those of its graph.

    Args:
        paths: Files and folders; - is standard input.
        standard_input: What - reads.
        progress: Told how many records were compared.

    Returns:
        The sums and the differences; of studies of any kind, cell therapy or not.

    Raises:
        UserInputError: A path does not exist.
    """
    reader = Preparer(Task(folder("ontology"), {}, every_study=True)).reader
    records = 0
    totals = Counter[str]()
    differences: list[CountDifference] = []
    refusals: list[Refusal] = []
    for raw in read_records(paths, standard_input):
        if isinstance(raw, Refusal):
            refusals.append(raw)
            continue
        try:
            record = parse(raw)
            version = version_of(record, str(raw.place))
            found = import_study(record, reader, str(raw.place), version)
        except RefusedRecordError as error:
            refusals.append(error.refusal)
            continue
        except SourceFileError as error:
            refusals.append(Refusal(raw.place, str(error), "malformed"))
            continue
        records += 1
        if progress is not None:
            progress("comparing", records, None)
        raw_counts = counts_of_record(record)
        graph = counts_of_graph(
            triple for each in (found.study, *found.sources) for triple in to_triples(each)
        )
        totals.update(raw_counts)
        differences += [
            CountDifference(found.nct_id, what, raw_counts[what], graph[what])
            for what in COUNTED
            if raw_counts[what] != graph[what]
        ]
    return Verification(records, totals, tuple(differences), tuple(refusals))


def counts_of_record(record: dict[str, Any]) -> Counter[str]:
    """Count in the raw JSON of a study object."""
    protocol = record["protocolSection"]
    results = record.get("resultsSection", {})
    events = results.get("adverseEventsModule", {})
    rows = [*events.get("seriousEvents", ()), *events.get("otherEvents", ())]
    stats = [each for row in rows for each in row.get("stats", ())]
    outcomes = results.get("outcomeMeasuresModule", {}).get("outcomeMeasures", ())
    groups = [
        *results.get("participantFlowModule", {}).get("groups", ()),
        *events.get("eventGroups", ()),
        *(group for each in outcomes for group in each.get("groups", ())),
    ]
    planned = protocol.get("outcomesModule", {})
    return Counter(
        {
            "adverse event rows": len(rows),
            "adverse event statistics": len(stats),
            "people affected": sum(int(each.get("numAffected") or 0) for each in stats),
            "result groups": len(groups),
            "arms": len(protocol.get("armsInterventionsModule", {}).get("armGroups", ())),
            "facilities": len(protocol.get("contactsLocationsModule", {}).get("locations", ())),
            "references": len(protocol.get("referencesModule", {}).get("references", ())),
            "planned outcomes": sum(
                len(planned.get(f"{kind}Outcomes", ()))
                for kind in ("primary", "secondary", "other")
            ),
            "outcome values": sum(1 for each in outcomes for _ in _measurements(each)),
            "analyses": sum(len(each.get("analyses", ())) for each in outcomes),
        }
    )


def _measurements(outcome: dict[str, Any]) -> Iterator[object]:
    for part in outcome.get("classes", ()):
        for category in part.get("categories", ()):
            yield from category.get("measurements", ())


def counts_of_graph(triples: Iterable[Triple]) -> Counter[str]:
    """Count in the triples of a study and its sources, knowing only the ontology."""
    counts = Counter[str]()
    facts: dict[Any, dict[Any, Any]] = {}
    for triple in triples:
        facts.setdefault(triple.subject, {})[triple.predicate] = triple.object
    rows = set()
    for about in facts.values():
        kind = about.get(RDF["type"])
        if kind == CKG["AdverseEventFinding"] and CKG["tableRow"] in about:
            rows.add((about[CKG["serious"]], about[CKG["tableRow"]]))
            counts["adverse event statistics"] += 1
            if CKG["count"] in about:
                counts["people affected"] += int(about[CKG["count"]].value)
        elif kind == CKG["InstitutionRole"]:
            counts["facilities"] += about[CKG["institutionPart"]] == CKG["Site"]
        elif kind == CKG["Source"]:
            counts["references"] += about.get(CKG["sourceKind"]) != CKG["RegistryRecord"]
        elif kind in _BY_CLASS:
            counts[_BY_CLASS[kind]] += 1
    counts["adverse event rows"] = len(rows)
    return counts


_BY_CLASS: Final = {
    CKG["Arm"]: "arms",
    CKG["ResultGroup"]: "result groups",
    CKG["OutcomeSpecification"]: "planned outcomes",
    CKG["OutcomeFinding"]: "outcome values",
    CKG["StatisticalAnalysis"]: "analyses",
}
