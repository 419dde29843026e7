"""The main question over a relational layout in SQLite: the named peer of the benchmark.

`build` copies what the question needs out of a built store into tables with indexes; `ask`
answers it. As a script it prints the rows as tab-separated plain values, the columns in the order
of the stored question. The made-up studies have one arm and no result groups, so the columns that
tell groups apart are the same in every row.

Usage:
    python benchmarks/relational_peer.py DATABASE CELL_TYPE_IRI ROUTE_IRI EVENT_IRI
"""

from __future__ import annotations

import sqlite3
import sys

TYPE_CHECKING = False  # typing itself would take a tenth of the time that is measured here
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Final

    from cellkg.store import GraphStore

    Row = tuple[str | None, ...]

_PREFIXES: Final = """
PREFIX ckg: <https://w3id.org/cellkg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

# Table -> the columns, and the SPARQL that fills them.
_TABLES: Final = {
    "broader": (
        "term, ancestor",
        """SELECT ?term ?ancestor WHERE {
             { ?term skos:inScheme ?scheme . BIND(?term AS ?ancestor) }
             UNION { ?term skos:broaderTransitive ?ancestor } }""",
    ),
    "study": (
        "study, source_kind",
        """SELECT DISTINCT ?study ?sourceKind WHERE {
             ?study ckg:describedBy ?source ; ckg:condition ?condition .
             OPTIONAL { ?study ckg:principalEvidence/ckg:source/ckg:sourceKind ?sourceKind } }""",
    ),
    "intervention": (
        "study, route, cell_type",
        """SELECT DISTINCT ?study ?route ?cellType WHERE {
             ?study ckg:arm/ckg:receives ?intervention .
             ?intervention ckg:route ?route ; ckg:product/ckg:cellType ?cellType }""",
    ),
    "record": (
        "study, record, answer, event, count, unit, at_risk, course, scope, source_kind, quote",
        """SELECT ?study ?record ?answer ?event ?count ?unit ?atRisk ?course ?scope ?sourceKind
             ?quote WHERE {
             { VALUES (?state ?answer) { (ckg:Reported "reported") (ckg:Denied "denied") }
               ?study ckg:adverseEventFinding ?record .
               ?record ckg:reporting ?state ; ckg:event ?event }
             UNION
             { ?study ckg:statement ?record . ?record ckg:denies ?event BIND("denied" AS ?answer) }
             OPTIONAL { ?record ckg:count ?count }
             OPTIONAL { ?record ckg:countUnit ?unit }
             OPTIONAL { ?record ckg:atRisk ?atRisk }
             OPTIONAL { ?record ckg:course ?course }
             OPTIONAL { ?record ckg:scopePeriod ?scope }
             OPTIONAL { ?record ckg:principalEvidence/ckg:quote ?quote }
             OPTIONAL { ?record ckg:principalEvidence/ckg:source/ckg:sourceKind ?sourceKind } }""",
    ),
}
_INDEXES: Final = (
    "broader (ancestor, term)",
    "study (study, source_kind)",
    "intervention (route, cell_type, study)",
    "record (study, event)",
)

_QUESTION: Final = """
WITH asked AS (
  SELECT DISTINCT study, source_kind
  FROM broader AS by_route
  JOIN intervention ON intervention.route = by_route.term
  JOIN broader AS by_cell ON by_cell.term = intervention.cell_type
  JOIN study USING (study)
  WHERE by_route.ancestor = :route AND by_cell.ancestor = :cell_type
),
-- Who reports a thing reports the broader one, and who denies a thing denies the narrower one.
settling AS (
  SELECT 'reported' AS answer, term AS event FROM broader WHERE ancestor = :event
  UNION ALL
  SELECT 'denied', ancestor FROM broader WHERE term = :event
),
said AS (
  SELECT asked.study, answer, count, unit, at_risk, course, event, scope, record.source_kind,
         quote, record
  FROM asked JOIN record USING (study) JOIN settling USING (answer, event)
),
answers AS (
  SELECT * FROM said
  UNION ALL
  SELECT study, 'not stated', NULL, NULL, NULL, NULL, NULL, NULL, source_kind, NULL, study
  FROM asked WHERE study NOT IN (SELECT study FROM said)
)
SELECT study, 'https://w3id.org/cellkg/ontology#IsA', answer, NULL,
       CASE answer WHEN 'not stated' THEN NULL ELSE 'whole study' END, count, unit, at_risk, NULL,
       course, :event, event, scope, NULL, source_kind, quote, record
FROM answers ORDER BY study, answer, record
"""


def build(store: GraphStore, database: Path) -> None:
    """Copy what the main question needs into a relational layout.

    Args:
        store: A built store, closure included.
        database: The SQLite file to make; it must not exist.
    """
    with sqlite3.connect(database) as connection:
        for table, (columns, sparql) in _TABLES.items():
            marks = ", ".join("?" * len(columns.split(",")))
            connection.execute(f"CREATE TABLE {table} ({columns})")
            rows = (
                tuple(None if value is None else value.value for value in solution)
                for solution in store.query(_PREFIXES + sparql)  # type: ignore[union-attr]  # SELECT
            )
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - fixed names
        for index in _INDEXES:
            connection.execute(f"CREATE INDEX {index.split(maxsplit=1)[0]}_index ON {index}")
        connection.execute("ANALYZE")


def ask(database: str, cell_type: str, route: str, event: str) -> list[Row]:
    """Answer the main question from the tables, for products that are of the cell type.

    Args:
        database: The SQLite file.
        cell_type: The IRI of the cell type; narrower ones count too.
        route: The IRI of the route; narrower ones count too.
        event: The IRI of the adverse event; narrower ones count too.

    Returns:
        The rows of the stored question: IRIs and texts as they are, None where nothing is known.
    """
    parameters = {"cell_type": cell_type, "route": route, "event": event}
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return connection.execute(_QUESTION, parameters).fetchall()


if __name__ == "__main__":
    for row in ask(*sys.argv[1:5]):
        print("\t".join("" if value is None else value for value in row))
