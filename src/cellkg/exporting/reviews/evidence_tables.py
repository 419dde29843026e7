"""Evidence tables in the form that a systematic review prints, as CSV and Markdown."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from cellkg.exporting.reviews.characteristics import (
    CHARACTERISTICS,
    characteristics_row,
    numbers_left_out,
)
from cellkg.exporting.reviews.evidence_columns import EvidenceTable
from cellkg.exporting.reviews.harms_rows import HARMS, claims_left_out, harms_rows
from cellkg.exporting.reviews.study_reading import StudyReading
from cellkg.exporting.study_graphs import (
    graphs_of,
    name_of,
    read_facts,
    read_labels,
    sources_elsewhere,
    study_named_by,
)
from cellkg.querying.origin import origins_of
from cellkg.vocabulary import CKG, OVERLAPS_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cellkg.exporting.reviews.evidence_columns import Cell, EvidenceRow
    from cellkg.overview import Selection
    from cellkg.store import GraphStore

LEGEND: Final = (
    ("reported", "The source says that the event occurred, with or without a number."),
    ("denied", "The source says that it did not occur, within the scope given; a 0 is a denial."),
    (
        "not stated",
        "The source is silent. That is no zero: the event may have occurred or not.",
    ),
)
"""The three answers, for whoever reads a table."""


def read_evidence_tables(
    store: GraphStore, selection: Selection
) -> tuple[EvidenceTable, EvidenceTable]:
    """Make the evidence tables of studies.

    Args:
        store: The graphs.
        selection: The studies.

    Returns:
        The characteristics of the studies, and their adverse events.

    Raises:
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> graph = cellkg.open_graph()
        >>> tables = read_evidence_tables(graph.store, graph.select(studies=["als"]))
        >>> [(table.name, len(table.rows)) for table in tables]
        [('characteristics', 1), ('adverse-events', 1)]
    """
    overlaps = _overlaps(store)
    people_left_out: Counter[str] = Counter()
    harms_left_out: Counter[str] = Counter()
    about: list[EvidenceRow] = []
    harms: list[EvidenceRow] = []
    for study in _read_studies(store, selection):
        about.append(characteristics_row(study, overlaps.get(study.iri, ())))
        harms += harms_rows(study)
        people_left_out["numbers of people in an arm, a group or a part"] += numbers_left_out(study)
        harms_left_out["claims of safety that name no event"] += claims_left_out(study)
        harms_left_out[
            "studies only named in passing, whose silence says nothing"
        ] += not study.described()
    return (
        EvidenceTable(
            "characteristics",
            "Characteristics of included studies",
            CHARACTERISTICS,
            tuple(about),
            dict(+people_left_out),
        ),
        EvidenceTable(
            "adverse-events", "Adverse events", HARMS, tuple(harms), dict(+harms_left_out)
        ),
    )


def _read_studies(store: GraphStore, selection: Selection) -> Iterator[StudyReading]:
    labels = read_labels(store)
    graphs = graphs_of(store, selection.studies)
    studies = [NamedNode(study_named_by(graph)) for graph in graphs]
    origins = origins_of([(each,) for each in studies], store)
    for graph, study, origin in zip(graphs, studies, origins, strict=True):
        facts = read_facts(store, graph)
        named = {
            node.value
            for property_ in ("describedBy", "mentionedBy")
            for node in facts.get(study.value, {}).get(CKG[property_].value, ())
            if isinstance(node, NamedNode) and node.value not in facts
        }
        for source, home in sorted(sources_elsewhere(store, named).items()):
            facts[source] = read_facts(store, NamedNode(home))[source]
        yield StudyReading(study.value, facts, labels, "" if origin is None else origin.value)


def _overlaps(store: GraphStore) -> dict[str, list[str]]:
    property_ = CKG["mayOverlapWith"].value
    return {
        study: [
            name_of(node.value) for node in facts.get(property_, ()) if isinstance(node, NamedNode)
        ]
        for study, facts in read_facts(store, OVERLAPS_GRAPH).items()
    }


def evidence_csv(table: EvidenceTable) -> bytes:
    """Write a table as CSV (RFC 4180, UTF-8), every text as it is.

    Args:
        table: The table.

    Returns:
        The file.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(column.title for column in table.columns)
    writer.writerows(map(_text, row) for row in table.rows)
    return buffer.getvalue().encode("utf-8")


def formulas_in(table: EvidenceTable) -> int:
    """Count the texts that a spreadsheet program would take for formulas."""
    return sum(
        isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        for row in table.rows
        for cell in row
    )


def evidence_markdown(
    tables: Sequence[EvidenceTable], *, selection: str, data_version: str
) -> bytes:
    """Write tables as Markdown in the form of GitHub.

    Args:
        tables: The tables.
        selection: Which studies were chosen, in words.
        data_version: Which data they were made from.

    Returns:
        The file: the tables one below the other, and below them how to read them.
    """
    lines = []
    for table in tables:
        lines += [f"## {table.title}", "", _row(column.title for column in table.columns)]
        lines.append("|" + " --- |" * len(table.columns))
        lines += [_row(map(_text, row)) for row in table.rows]
        lines.append("")
    lines += [f"Selection: {markdown_text(selection)}. Data version: {data_version}.", ""]
    lines += [f"- **{answer}**: {meaning}" for answer, meaning in LEGEND]
    lines += [
        f"- Left out of the table “{table.title}”: {number:,} {what}."
        for table in tables
        for what, number in table.left_out.items()
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def markdown_text(text: str) -> str:
    r"""Escape what Markdown or HTML would read as more than text, and keep it in one cell.

    Example:
        >>> print(markdown_text("a|b\n<b>"))
        a\|b<br>\<b\>
    """
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "<br>".join(re.sub(r"([\\`*_\[\]<>|~&])", r"\\\1", line) for line in lines)


def _row(cells: Iterable[str]) -> str:
    return "|" + "".join(f" {markdown_text(cell)} |" for cell in cells)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
