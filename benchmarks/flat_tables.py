"""The tables that registry records are laid out in for RML, and how a record writes its rows."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final

from cellkg.importers.ctgov.wording import quotable, tidy
from cellkg.vocabulary import CKG, DCTERMS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pyoxigraph import NamedNode

TABLES: Final = {
    "studies": "title officialTitle acronym phase status lastKnownStatus whyStopped start startKind"
    " startType primaryEnd primaryEndKind primaryEndType end endKind endType resultsPosted"
    " resultsPostedType studyType observationalModel purpose masking allocation model direction",
    "identifiers": "identifier former other",
    "conditions": "text",
    "arms": "arm label role",
    "interventions": "intervention arm unassigned name kind",
    "institution-roles": "institutionRole name institution part sponsorClass country place status",
    "endpoints": "endpoint measure timeFrame role",
    "sources": "source reference referenceKind sourceKind published publishedType updated"
    " updatedType dataDate dataDateType url sha256 note",
    "source-identifiers": "source identifier",
    "groups": "group title table",
    "counts": "participants role printed reason time count group headline",
    "event-collections": "collection threshold timeFrame",
    "events": "finding group total event term serious organSystem sourceVocabulary assessment"
    " number numAffected countUnit numEvents numAtRisk reporting",
    "outcome-values": "value group title role timeFrame parameter unit spreadKind category printed"
    " mean median patientsWith number deviation spread lower upper rangeMin rangeMax analysed",
    "analyses": "analysis title role timeFrame hypothesis pValue method effect effectKind"
    " confidence confidenceMin confidenceMax spread spreadKind",
    "compared-groups": "analysis group",
    "evidence": "evidence pointer quote start end",
    "supports": "evidence property",
    "conclusions": "evidence pointer",
    "shown-studies": "evidence",
    "shown-records": "record evidence principal",
    "source-evidence": "source evidence pointer",
    "source-supports": "source evidence property",
}
"""The columns of each table, besides the number of the record, which each begins with."""

Values = dict[str, Any]
"""Properties and what their values are; None, or nothing at all, where there is none."""


class Tables:
    """Rows for the tables, gathered record by record."""

    def __init__(self) -> None:
        self._columns = {name: ("nctId", *columns.split()) for name, columns in TABLES.items()}
        self._rows: dict[str, list[Values]] = {name: [] for name in TABLES}

    def add(self, table: str, row: Values) -> None:
        """Add a row to a table; a column that it leaves out is empty."""
        self._rows[table].append(row)

    def write(self, folder: Path) -> None:
        """Write each table as CSV; an empty cell is no value."""
        for name, rows in self._rows.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, self._columns[name])
                writer.writeheader()
                writer.writerows(rows)


class FlatRecord:
    """Writes the rows of one registry record.

    Args:
        nct_id: Its number.
        tables: Where the rows go.
    """

    def __init__(self, nct_id: str, tables: Tables) -> None:
        self.nct_id = nct_id
        self._tables = tables
        self._evidence: set[str] = set()

    def add(self, table: str, /, **values: object) -> None:
        """Add a row."""
        self._tables.add(table, {"nctId": self.nct_id} | values)

    def state(self, name: str, values: Values, pointer: str, quoted: str | None = None) -> str:
        """Add evidence that the record states some values, once under each name.

        Args:
            name: What it is called inside the study.
            values: The values by property; those that are absent are not supported.
            pointer: Where they stand.
            quoted: The text that stands there, letter by letter, if it is to be quoted.

        Returns:
            The name.
        """
        if name not in self._evidence:
            self._evidence.add(name)
            quote, start, end = quotable(quoted or "") or (None, None, None)
            self.add("evidence", evidence=name, pointer=pointer, quote=quote, start=start, end=end)
            self._support(name, values)
        return name

    def conclude(self, name: str, values: Values, pointer: str) -> str:
        """Add evidence that some values follow from what stands somewhere, and give its name."""
        self.add("conclusions", evidence=name, pointer=pointer)
        self._support(name, values)
        return name

    def _support(self, name: str, values: Values) -> None:
        for each in _present(values):
            self.add("supports", evidence=name, property=each)

    def show(self, record: str, principal: str, *others: str) -> None:
        """Tie a part of the study to its evidence."""
        for name in dict.fromkeys((principal, *others)):
            shown = principal if name == principal else None
            self.add("shown-records", record=record, evidence=name, principal=shown)

    def state_of_study(
        self, label: str, values: Values, pointer: str, quoted: str | None = None
    ) -> None:
        """Add evidence of the study itself, if there are any values."""
        if _present(values):
            name = self.state(f"study-{label}", values, pointer, quoted)
            self.add("shown-studies", evidence=name)

    def state_of_source(self, source: str, name: str, values: Values, pointer: str) -> None:
        """Add evidence of a source, if there are any values."""
        supported = _present(values)
        if supported:
            self.add("source-evidence", source=source, evidence=name, pointer=pointer)
        for each in supported:
            self.add("source-supports", source=source, evidence=name, property=each)


def _present(values: Values) -> list[str]:
    return [_iri(name) for name, value in values.items() if value not in (None, (), [])]


def _iri(name: str) -> str:
    namespace = DCTERMS if name == "title" else CKG
    return namespace.iri + name


def text(value: str | None) -> str | None:
    """Write a text as people read it; None for a blank one."""
    return tidy(value or "") or None


def words(value: str | None) -> str | None:
    """Write a word of a closed list as people do."""
    written = text(value)
    return written and written.replace("_", " ").lower()


def listed(word: str | None, table: Mapping[str, NamedNode | None]) -> str | None:
    """Give the name of the term that a word of a closed list is, if it is one."""
    found = table.get(text(word) or "")
    return None if found is None else local(found)


def local(term: NamedNode) -> str:
    """Give the name of a term inside its namespace."""
    return term.value.rpartition("#")[2].rpartition("/")[2]
