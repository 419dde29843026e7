"""How well the prose of registry records is read: precision and recall against a reference by hand.

`python benchmarks/grounding.py` prints the scores of the fresh table, which the reading was not
developed on; `--table first` those of the table that it was, with every value that is missing or
too much. `--records FILE --reference FILE` does so for other records.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import RdfFormat, parse

from cellkg.errors import UserInputError
from cellkg.importers.prose import GivenText, Passage, ProseReader
from cellkg.shipped_files import folder
from cellkg.terms import TermIndex, read_terms
from cellkg.vocabulary import TERM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cellkg.importers.prose import Given, GroundedDose

DATA: Final = Path(__file__).resolve().parent.parent / "tests" / "data" / "importers" / "grounding"
KINDS: Final = {
    "cell_type": "cell-types",
    "derived_from": "cell-types",
    "tissue": "tissues",
    "donor": "donors",
    "route": "routes",
}
FIELDS: Final = ("cell_therapy", *KINDS, "dose")
TABLES: Final = {
    "first": (DATA / "records.jsonl.gz", DATA / "reference.tsv"),
    "fresh": (DATA / "fresh-records.jsonl.gz", DATA / "fresh-reference.tsv"),
}
"""Records and references: the first is developed on; nobody looks at what the fresh one misses."""

UNITS: Final = {
    TERM["cells-count"].value: "cells",
    TERM["cells-per-kilogram-body-weight"].value: "cells/kg",
    TERM["cells-per-square-centimeter"].value: "cells/cm2",
}
Values = set[str]


@dataclass
class Score:
    """How many values of a field are right, too much and missing, and which.

    Attributes:
        right: How many values both name.
        too_much: Study and value, where only the program names it.
        missing: Study and value, where only the reference names it.
    """

    right: int = 0
    too_much: list[tuple[str, str]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what the program names that is right."""
        return self.right / max(1, self.right + len(self.too_much))

    @property
    def recall(self) -> float:
        """The share of what the reference names that the program names."""
        return self.right / max(1, self.right + len(self.missing))


def shipped_terms() -> TermIndex:
    """Read the terms as they are shipped."""
    ontology = folder("ontology")
    files = [ontology / "cellkg.ttl", *sorted((ontology / "terms").glob("*.ttl"))]
    return TermIndex.from_terms(
        read_terms(
            quad.triple
            for quad in chain.from_iterable(
                parse(path=file, format=RdfFormat.TURTLE) for file in files
            )
        )
    )


def texts_of(record: Mapping[str, Any]) -> Iterator[GivenText]:
    """Give the texts of every intervention in every arm of a record."""
    protocol = record["protocolSection"]
    module = protocol.get("armsInterventionsModule", {})
    root = "/protocolSection/armsInterventionsModule"
    titles = _passages(
        protocol["identificationModule"],
        "/protocolSection/identificationModule",
        "briefTitle",
        "officialTitle",
    )
    arms = module.get("armGroups", [])
    for number, intervention in enumerate(module.get("interventions", [])):
        place = f"{root}/interventions/{number}"
        own = (
            *_passages(intervention, place, "name"),
            *(
                Passage(f"{place}/otherNames/{each}", name)
                for each, name in enumerate(intervention.get("otherNames", []))
            ),
            *_passages(intervention, place, "description"),
        )
        tied = [
            (each, arm)
            for each, arm in enumerate(arms)
            if arm.get("label") in intervention.get("armGroupLabels", [])
            or intervention.get("name")
            in [name.partition(": ")[2] for name in arm.get("interventionNames", [])]
        ]
        for each, arm in tied or [(0, {})]:
            yield GivenText(
                intervention=own,
                arm=_passages(arm, f"{root}/armGroups/{each}", "label", "description"),
                study=titles,
                intervention_type=intervention.get("type"),
                arm_type=arm.get("type"),
            )


def values_found(givens: Iterable[Given], index: TermIndex) -> dict[str, Values]:
    """Put together what all interventions of a study give, without values that say less exactly."""
    found: defaultdict[str, Values] = defaultdict(set)
    for given in givens:
        found["cell_therapy"] |= {"yes"} if given.products else set()
        for product in given.products:
            found["cell_type"] |= {str(each.value) for each in product.cell_types}
            found["derived_from"] |= {str(each.value) for each in product.derived_from}
            found["tissue"] |= {str(each.value) for each in product.tissues}
            found["donor"] |= {str(product.donor.value)} if product.donor else set()
        found["route"] |= {str(each.value) for each in given.routes}
        found["dose"] |= set(map(dose_words, given.doses))
    for name in KINDS:
        above = {term.iri for iri in found[name] for term in index.ancestors(index[iri])}
        found[name] -= above
    return dict(found)


def values_annotated(row: Mapping[str, str], index: TermIndex) -> dict[str, Values]:
    """Read a row of the reference; a label that is no term stands for itself."""
    annotated = {
        name: {_as_term(label, kind, index) for label in _split(row[name])}
        for name, kind in KINDS.items()
    }
    annotated["cell_therapy"] = {row["cell_therapy"]} & {"yes"}
    annotated["dose"] = {_tidy_dose(dose) for dose in _split(row["dose"])}
    return annotated


def dose_words(dose: GroundedDose) -> str:
    """Write a dose as the reference does."""
    unit = UNITS.get(dose.unit, dose.unit)
    if dose.value is not None:
        return f"{_short(dose.value)} {unit}"
    if dose.minimum is None:
        return f"<={_short(dose.maximum or Decimal(0))} {unit}"
    if dose.maximum is None:
        return f">={_short(dose.minimum)} {unit}"
    return f"{_short(dose.minimum)}-{_short(dose.maximum)} {unit}"


def score(
    records: Iterable[Mapping[str, Any]], rows: Iterable[Mapping[str, str]], index: TermIndex
) -> tuple[dict[str, Score], float]:
    """Compare what the program reads with the reference.

    Args:
        records: The records, in any order.
        rows: The rows of the reference.
        index: All terms.

    Returns:
        The score of every field, and the seconds of processor time for a study.
    """
    reader = ProseReader(index)
    reference = {row["nct_id"]: values_annotated(row, index) for row in rows}
    scores = {name: Score() for name in FIELDS}
    seconds, studies = 0.0, 0
    for record in records:
        study = record["protocolSection"]["identificationModule"]["nctId"]
        begun = time.process_time()
        found = values_found([reader.given(text) for text in texts_of(record)], index)
        seconds, studies = seconds + time.process_time() - begun, studies + 1
        for name, sum_of_field in scores.items():
            right, read = reference[study][name], found.get(name, set())
            sum_of_field.right += len(right & read)
            sum_of_field.too_much += [(study, _named(each, index)) for each in sorted(read - right)]
            sum_of_field.missing += [(study, _named(each, index)) for each in sorted(right - read)]
    return scores, seconds / max(1, studies)


def read_records(path: Path) -> list[dict[str, Any]]:
    """Read records, one a line, compressed."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_reference(path: Path) -> list[dict[str, str]]:
    """Read the reference."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def main() -> None:
    """Print the scores, and what is missing or too much where that may be looked at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", choices=TABLES, default="fresh")
    parser.add_argument("--records", type=Path, help="other records than those of the table")
    parser.add_argument("--reference", type=Path, help="what they state")
    parser.add_argument("--quiet", action="store_true", help="print the scores only")
    arguments = parser.parse_args()
    records, reference = TABLES[arguments.table]
    scores, seconds = score(
        read_records(arguments.records or records),
        read_reference(arguments.reference or reference),
        shipped_terms(),
    )
    print(f"{'field':<14}{'right':>7}{'too much':>10}{'missing':>9}{'precision':>11}{'recall':>8}")
    for name, each in scores.items():
        counts = each.right, len(each.too_much), len(each.missing)
        shares = (
            f"{each.precision:>11.3f}{each.recall:>8.3f}" if any(counts) else f"{'-':>11}{'-':>8}"
        )
        print(f"{name:<14}{counts[0]:>7}{counts[1]:>10}{counts[2]:>9}{shares}")
    print(f"{seconds * 1000:.1f} ms of processor time for a study")
    is_fresh = arguments.table == "fresh" and arguments.records is None
    for name, each in () if arguments.quiet or is_fresh else scores.items():
        for study, value in each.too_much:
            print(f"{name}: {study} too much: {value}")
        for study, value in each.missing:
            print(f"{name}: {study} missing: {value}")


def _passages(part: Mapping[str, Any], pointer: str, *names: str) -> tuple[Passage, ...]:
    return tuple(Passage(f"{pointer}/{name}", part[name]) for name in names if part.get(name))


def _split(cell: str | None) -> list[str]:
    return [each.strip() for each in (cell or "").split(";") if each.strip()]


def _as_term(label: str, kind: str, index: TermIndex) -> str:
    try:
        return index.resolve(label, kind=kind).iri
    except UserInputError:
        return label


def _tidy_dose(dose: str) -> str:
    amount, _, unit = dose.partition(" ")
    sign = amount[:2] if amount[:2] in {"<=", ">="} else ""
    numbers = amount.removeprefix(sign).split("-")
    return sign + "-".join(_short(Decimal(number)) for number in numbers) + " " + unit.strip()


def _short(number: Decimal) -> str:
    return f"{number.normalize():E}".replace("E+", "e")


def _named(value: str, index: TermIndex) -> str:
    return index[value].label if value in index else value


if __name__ == "__main__":
    main()
