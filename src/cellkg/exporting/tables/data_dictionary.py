"""The dictionary of a folder of tables: a Frictionless Data Package, and a page for people.

https://specs.frictionlessdata.io/data-package/ (version 1, which readers of version 2 take too).
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cellkg.exporting.tables.table_columns import Column, Table
    from cellkg.exporting.tables.table_files import TableFile, TableForm

PACKAGE_NAME: Final = "cellkg-tables"
"""The name of the package, by which a folder is known as an earlier export."""

PACKAGE_FILE: Final = "datapackage.json"

_DATE_PATTERN: Final = r"\d{4}(-\d{2}(-\d{2})?)?"
_TYPES: Final = {"integer": "integer", "number": "number", "boolean": "boolean"}
_FORMATS: Final = {"address": "uri"}
_MEDIA_TYPES: Final = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def data_package(
    tables: Sequence[tuple[Table, TableFile]],
    form: TableForm,
    *,
    data_version: str,
    selection: str,
) -> bytes:
    """Describe tables that were written.

    Args:
        tables: The tables with their files, closed.
        form: What the files are.
        data_version: Which data they were made from.
        selection: Which studies were chosen, in words.

    Returns:
        The descriptor as JSON, the same for the same tables.
    """
    described = {table.name for table, _ in tables}
    descriptor = {
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "name": PACKAGE_NAME,
        "title": "Evidence of cell therapy in people, as tables",
        "description": "One table a kind of record. An empty cell means that the source is silent"
        " or the number unknown; it is never zero. Reports, denials and silence are three answers:"
        " silent studies have no row of their own. Conflicting numbers all stay, each with its"
        " evidence. What follows by the closure of the ontology is not in the tables.",
        "homepage": "https://w3id.org/cellkg",
        "version": data_version,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "selection": selection,
        "resources": [_resource(table, file, form, described) for table, file in tables],
    }
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _resource(
    table: Table, file: TableFile, form: TableForm, described: Iterable[str]
) -> dict[str, Any]:
    data = file.path.read_bytes()
    resource: dict[str, Any] = {
        "name": table.name,
        "path": file.path.name,
        "profile": "tabular-data-resource" if form == "csv" else "data-resource",
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.meaning,
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "rows": file.rows,
    }
    if form == "csv":
        resource["encoding"] = "utf-8"
        resource["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}
    return resource | {"schema": _schema(table, described)}


def _schema(table: Table, described: Iterable[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, table.key) for column in table.columns],
        "missingValues": [""],
    }
    if table.key is not None:
        schema["primaryKey"] = [table.key]
    keys = [
        {
            "fields": [column.name],
            # A table refers to itself by no name, says the specification.
            "reference": {
                "resource": "" if column.refers_to[0] == table.name else column.refers_to[0],
                "fields": [column.refers_to[1]],
            },
        }
        for column in table.columns
        if column.refers_to is not None
        and column.refers_to[0] in described
        and not column.several
        and not column.labels
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _field(column: Column, key: str | None) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.name.replace("_", " "),
        "type": "array" if column.several else _TYPES.get(column.kind, "string"),
        "description": column.meaning,
    }
    if column.several:
        field["description"] += " A list, as JSON in CSV; the table links has its values one a row."
        field["arrayItem"] = {"type": _TYPES.get(column.kind, "string")}
    elif column.kind in _FORMATS:
        field["format"] = _FORMATS[column.kind]
    if column.kind == "date":
        field["description"] += " As precise as the source: year, month or day (ISO 8601)."
        field["constraints"] = {"pattern": _DATE_PATTERN}
    if column.required:
        field["constraints"] = field.get("constraints", {}) | {"required": True}
    if column.name == key:
        field["constraints"] = field.get("constraints", {}) | {"unique": True}
    if column.property is not None and not column.labels:
        field["rdfType"] = column.property
    if column.unit:
        field["unit"] = column.unit
    return field


def reading_page(
    tables: Sequence[tuple[Table, TableFile]], form: TableForm, *, data_version: str, selection: str
) -> bytes:
    """Write the page that a person opens first.

    Args:
        tables: The tables with their files, closed.
        form: What the files are.
        data_version: Which data they were made from.
        selection: Which studies were chosen, in words.

    Returns:
        Markdown.
    """
    listed = "\n".join(
        f"| `{file.path.name}` | {file.rows} | {table.meaning} |" for table, file in tables
    )
    page = _PAGE.format(
        selection=selection, data_version=data_version, listed=listed, reading=_READING[form]
    )
    return page.encode("utf-8")


_PAGE: Final = """\
# Evidence of cell therapy in people, as tables

Selection: {selection}. Data version: `{data_version}`.
Every column is explained in `datapackage.json` (a Frictionless Data Package).

| table | rows | what a row is |
|---|---:|---|
{listed}

- An empty cell means that the source is silent, or that a number is unknown. It is never zero. A
  study without a row for an adverse event is silent about it.
- `reporting` is `ckg:Reported` or `ckg:Denied`; a row with a number of 0 is a denial.
- Numbers that contradict each other all stay; `headline` marks the one that summaries show.
- Tables join by `study` and `record`; `evidence` has the words behind a record.
- Where a cell may hold several values it is a list, and `links` has the same values one a row.
- Dates are as precise as the source: a year, a month or a day.
{reading}"""

_READING: Final[dict[str, str]] = {
    "csv": """\
- Texts are as the source prints them, also where they begin with `=`, `+`, `-` or `@`: in a
  spreadsheet program, import such columns as text.

A printed `NA` is a text here, so read the files like this:

```
pandas   pd.read_csv("arms.csv", keep_default_na=False, na_values=[""])
R        readr::read_csv("arms.csv", na = "")
DuckDB   SELECT * FROM read_csv('arms.csv', nullstr = '')
```
""",
    "parquet": """\
- Numbers that are not whole are binary numbers of double precision; CSV keeps their digits.

```
pandas   pd.read_parquet("arms.parquet")
R        arrow::read_parquet("arms.parquet")
DuckDB   SELECT * FROM 'arms.parquet'
```
""",
}
