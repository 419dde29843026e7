"""One study object, taken in as an import does it, with a small vocabulary."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from cellkg.importers.ctgov import ImportedStudy, import_study, version_of
from cellkg.importers.prose import ProseReader
from cellkg.importers.reading import Place, RawRecord, parse
from cellkg.terms import Term, TermIndex
from cellkg.vocabulary import TERM

_TERMS: Final = (
    ("cell-types", "mesenchymal-stromal-cell", "mesenchymal stromal cell", "MSC"),
    ("donors", "autologous", "autologous", "patient's own"),
    ("donors", "allogeneic", "allogeneic", "from another person"),
    ("routes", "intravenous", "intravenous", "intravenously"),
    ("conditions", "stroke", "stroke", "brain infarction"),
    ("adverse-events", "fever", "fever", "pyrexia"),
    ("adverse-events", "headache", "headache", "cephalgia"),
    ("outcome-measures", "six-minute-walk-test", "six-minute walk test", "6MWT"),
)


@cache
def prose_reader() -> ProseReader:
    """Make a reader of a few terms, so that no test hangs on the growth of the vocabulary."""
    return ProseReader(
        TermIndex.from_terms(
            [
                Term(TERM[name].value, kind, label, (synonym,))
                for kind, name, label, synonym in _TERMS
            ]
        )
    )


def parsed(record: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Read a study object from its bytes, as an import does."""
    return parse(RawRecord(Place("made-up.json"), json.dumps(record).encode()))


def import_one(record: Any) -> ImportedStudy:  # noqa: ANN401 - JSON
    """Take in one study object."""
    study = parsed(record)
    return import_study(study, prose_reader(), "made-up.json", version_of(study, "made-up.json"))
