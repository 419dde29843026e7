"""Write any number of made-up studies as graph files, the same bytes for the same seed.

The studies have the shape of the curated ones (arms, products, doses, counts, adverse events that
are reported, denied or not spoken of, outcomes, evidence), about 180 triples each, and terms of
the shipped vocabulary. Nothing in them is a fact.

Usage:
    python benchmarks/generated_studies.py FOLDER --studies 10000 [--seed 1]
"""

from __future__ import annotations

import argparse
import gzip
import random
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad, RdfFormat, serialize

from cellkg.records import (
    AdverseEventFinding,
    Arm,
    CellProduct,
    Dose,
    Evidence,
    Intervention,
    OutcomeFinding,
    ParticipantCount,
    Source,
    Statement,
    Study,
    to_triples,
)
from cellkg.vocabulary import CKG, CURATORS, SOURCE, STUDY, TERM, study_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

STUDIES_PER_FILE: Final = 250

CELL_TYPES: Final = (
    "bone-marrow-mesenchymal-stromal-cell",
    "adipose-derived-mesenchymal-stromal-cell",
    "umbilical-cord-mesenchymal-stromal-cell",
    "mesenchymal-stromal-cell",
    "msc-derived-neural-progenitor",
    "neural-stem-cell",
    "neural-progenitor-cell",
    "hematopoietic-stem-cell",
    "natural-killer-cell",
    "regulatory-t-cell",
    "bone-marrow-mononuclear-cell",
)
ROUTES: Final = ("intravenous", "intrathecal", "intra-articular", "intramyocardial", "subcutaneous")
CONDITIONS: Final = (
    "multiple-sclerosis",
    "progressive-multiple-sclerosis",
    "amyotrophic-lateral-sclerosis",
    "knee-osteoarthritis",
    "heart-failure",
    "crohn-disease",
    "spinal-cord-injury",
)
EVENTS: Final = (
    "fever",
    "headache",
    "back-pain",
    "nausea",
    "fatigue",
    "infection",
    "pneumonia",
    "depression",
    "vomiting",
    "chills",
)
DENIED: Final = ("serious-adverse-event", "adverse-event", "infection")
MEASURES: Final = ("expanded-disability-status-scale", "quality-of-life", "forced-vital-capacity")


class _Writer:
    """Builds one study; every value gets its evidence."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.chance = chance
        self.name = f"generated-{number:06d}"
        self.iri = STUDY[self.name]
        self.source = SOURCE[self.name]

    def record(self, name: str) -> NamedNode:
        return STUDY[f"{self.name}#{name}"]

    def evidence(self, name: str, *properties: str) -> tuple[Evidence, ...]:
        start = self.chance.randrange(3000)
        quote = f"{name} {self.chance.randrange(100)}"
        evidence = Evidence(
            iri=self.record(f"{name}-words"),
            supports=tuple(CKG[each] for each in properties),
            source=self.source,
            status=CKG["Stated"],
            quote=quote,
            start=start,
            end=start + len(quote),
            recorded_by=CURATORS,
            recorded_on="2026-11-21",
        )
        return (evidence,)

    def study(self) -> Study:
        """Draw the study."""
        people = self.chance.randrange(5, 200)
        return Study(
            iri=self.iri,
            title=f"Generated study {self.name}",
            described_by=(self.source,),
            conditions=(TERM[self.chance.choice(CONDITIONS)],),
            study_status=CKG["CompletedStudy"],
            evidence=self.evidence("study", "condition"),
            participants=(
                ParticipantCount(
                    iri=self.record("treated"),
                    participant_role=CKG["Treated"],
                    count=people,
                    headline=True,
                    evidence=self.evidence("treated", "count", "participantRole"),
                ),
            ),
            arms=(self._arm(),),
            adverse_event_findings=tuple(self._findings(people)),
            statements=tuple(self._statements(people)),
            outcome_findings=tuple(self._outcomes(people)),
        )

    def _arm(self) -> Arm:
        product = CellProduct(
            iri=self.record("product"),
            cell_types=(TERM[self.chance.choice(CELL_TYPES)],),
            donor=TERM[self.chance.choice(("autologous", "allogeneic"))],
            evidence=self.evidence("product", "cellType", "donor"),
        )
        dose = Dose(
            iri=self.record("dose"),
            dose_value=Decimal(self.chance.randrange(1, 200)) * 1_000_000,
            dose_unit=TERM["cells-count"],
            evidence=self.evidence("dose", "doseValue"),
        )
        intervention = Intervention(
            iri=self.record("intervention"),
            products=(product,),
            routes=(TERM[self.chance.choice(ROUTES)],),
            doses=(dose,),
            evidence=self.evidence("intervention", "route"),
        )
        return Arm(iri=self.record("arm"), receives=(intervention,))

    def _findings(self, people: int) -> Iterator[AdverseEventFinding]:
        for event in self.chance.sample(EVENTS, self.chance.randrange(7)):
            denied = self.chance.randrange(8) == 0
            counted = not denied and self.chance.randrange(5) > 0
            yield AdverseEventFinding(
                iri=self.record(event),
                event=TERM[event],
                printed_terms=(event.capitalize(),),
                reporting=CKG["Denied" if denied else "Reported"],
                count=self.chance.randrange(people) if counted else None,
                count_unit=TERM["patients"] if counted else None,
                at_risk=people if counted else None,
                course="transient" if self.chance.randrange(6) == 0 else None,
                evidence=self.evidence(event, "reporting", "count"),
            )

    def _statements(self, people: int) -> Iterator[Statement]:
        if self.chance.randrange(2) == 0:
            denied = self.chance.choice(DENIED)
            serious = denied == "serious-adverse-event"
            yield Statement(
                iri=self.record(f"no-{denied}"),
                statement_kind=CKG["NoSeriousAdverseEvents"] if serious else None,
                denies=(TERM[denied],),
                at_risk=people,
                scope_period=None if serious else "during the infusion",
                evidence=self.evidence(f"no-{denied}", "denies"),
            )

    def _outcomes(self, people: int) -> Iterator[OutcomeFinding]:
        for measure in self.chance.sample(MEASURES, 1):
            improved = self.chance.randrange(people)
            yield OutcomeFinding(
                iri=self.record(measure),
                measure=TERM[measure],
                analysed=people,
                improved=improved,
                unchanged=people - improved,
                evidence=self.evidence(measure, "measure", "improved"),
            )


def quads_of(number: int, seed: int) -> Iterator[Quad]:
    """Give the quads of one made-up study and of the document that tells of it."""
    writer = _Writer(number, random.Random(f"{seed}-{number}"))  # noqa: S311 - not for secrets
    study = writer.study()
    source = Source(
        iri=writer.source,
        title=f"Generated document {writer.name}",
        source_kind=CKG["JournalArticle"],
        peer_reviewed=True,
        evidence=writer.evidence("source", "sourceKind"),
    )
    graph = study_graph(study.iri.value)
    for record in (study, source):
        for triple in to_triples(record):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
            if triple.predicate == CKG["evidence"]:  # each record has one, so it is the principal
                yield Quad(triple.subject, CKG["principalEvidence"], triple.object, graph)


def write_studies(folder: Path, studies: int, seed: int = 1) -> None:
    """Write made-up studies as gzipped N-Quads, 250 a file.

    Args:
        folder: Where the files go; it is made if it does not exist.
        studies: How many.
        seed: Same seed, same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, studies, STUDIES_PER_FILE):
        numbers = range(first, min(first + STUDIES_PER_FILE, studies))
        quads = (quad for number in numbers for quad in quads_of(number, seed))
        text = serialize(quads, format=RdfFormat.N_QUADS) or b""
        # No time of writing in the header: the same bytes every time.
        packed = gzip.compress(text, compresslevel=1, mtime=0)
        (folder / f"generated-{first:06d}.nq.gz").write_bytes(packed)


def main() -> None:
    """Write the studies that the command line asks for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--studies", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    write_studies(given.folder, given.studies, given.seed)


if __name__ == "__main__":
    main()
