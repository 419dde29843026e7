"""The tables hold every fact of the records, join, and are read by other programs.

``pytest tests/exporting/test_tables.py --update-golden`` writes the golden files anew; read the
difference before it is committed.
"""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from cellkg.errors import SourceFileError
from cellkg.exporting.study_graphs import name_of
from cellkg.exporting.tables.record_tables import TablesReport, write_tables
from cellkg.exporting.tables.table_columns import TABLE_NAMES, Column, Table, column_name
from cellkg.exporting.tables.table_files import open_table
from cellkg.overview import Selection
from cellkg.store import LocalStore
from cellkg.vocabulary import CKG, GRAPH, RDF, STUDY

if TYPE_CHECKING:
    from pathlib import Path

    import cellkg
    from cellkg.exporting.tables.table_files import TableForm

EVERYTHING = Selection(None, "all studies")
GOLDEN_TABLES = ("adverse_event_findings", "participant_counts", "studies", "doses")


def read_csv(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(
    graph: cellkg.Graph, folder: Path, form: TableForm, selection: Selection = EVERYTHING
) -> TablesReport:
    folder.mkdir()
    return write_tables(graph.store, selection, folder, form, "of the tests")


@pytest.fixture(scope="module")
def tables(curated: cellkg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of all curated studies as CSV."""
    folder = tmp_path_factory.mktemp("tables") / "csv"
    report = written(curated, folder, "csv")
    assert report.left_out == {}
    assert len(report.rows) == 25
    return folder


@pytest.fixture(scope="module")
def package(tables: Path) -> dict[str, Any]:
    """The data dictionary of the tables."""
    found: dict[str, Any] = json.loads((tables / "datapackage.json").read_bytes())
    return found


def test_every_fact_of_a_record_is_in_its_table(
    curated: cellkg.Graph, tables: Path, package: dict[str, Any]
) -> None:
    kinds: dict[str, str] = {}
    facts = []
    for graph in curated.store.graph_names():
        if graph.value.startswith(GRAPH["study/"].value):
            for subject, predicate, value in curated.store.triples(graph):
                assert isinstance(subject, NamedNode)
                if predicate == RDF["type"]:
                    assert isinstance(value, NamedNode)
                    kinds[subject.value] = TABLE_NAMES[value.value.removeprefix(CKG.iri)]
                else:
                    facts.append((subject.value, predicate.value, value))
    rows = {
        (resource["name"], row[resource["schema"]["primaryKey"][0]]): row
        for resource in package["resources"]
        if resource["name"] in TABLE_NAMES.values()
        for row in read_csv(tables, resource["name"])
    }
    lists = {
        (resource["name"], field["name"])
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if field["type"] == "array"
    }
    parts = 0
    for subject, predicate, value in facts:
        row = rows[kinds[subject], name_of(subject)]
        column = column_name(predicate)
        text = name_of(value.value) if isinstance(value, NamedNode) else value.value
        if column not in row:  # the parts of a study name it themselves
            assert rows[kinds[value.value], text]["study"] == name_of(subject)
            parts += 1
        elif (kinds[subject], column) in lists:
            assert text in json.loads(row[column])
        else:
            assert row[column] == text
    assert len(facts) > 5000
    assert parts > 150


def test_the_table_of_links_has_each_value_of_a_list(tables: Path, package: dict[str, Any]) -> None:
    listed = set()
    for resource in package["resources"]:
        if resource["name"] in {"links", "terms", "institutions", "overlaps"}:
            continue
        key = resource["schema"]["primaryKey"][0]
        columns = [
            field["name"]
            for field in resource["schema"]["fields"]
            if field["type"] == "array" and not field["name"].endswith("_label")
        ]
        for row in read_csv(tables, resource["name"]):
            for column in columns:
                for value in json.loads(row[column] or "[]"):
                    listed.add((resource["name"], row[key], column, value))
    linked = {
        (row["table"], row["record"], row["column"], row["value"])
        for row in read_csv(tables, "links")
    }
    assert linked == listed
    assert len(linked) > 1500


def broken_keys(folder: Path) -> list[str]:
    """Follow every foreign key of a package; frictionless takes its time for that."""
    resources = {
        each["name"]: each["schema"]
        for each in json.loads((folder / "datapackage.json").read_bytes())["resources"]
    }
    known = {
        name: {row[schema["primaryKey"][0]] for row in read_csv(folder, name)}
        for name, schema in resources.items()
        if "primaryKey" in schema
    }
    keys = [
        (name, key["fields"][0], key["reference"]["resource"] or name)
        for name, schema in resources.items()
        for key in schema.get("foreignKeys", ())
    ]
    assert len(keys) > 70
    return [
        f"{name}.{column}: {row[column]}"
        for name, column, target in keys
        for row in read_csv(folder, name)
        if row[column] and row[column] not in known[target]
    ]


def test_every_key_leads_to_a_row(tables: Path) -> None:
    assert broken_keys(tables) == []


@pytest.mark.slow
def test_the_dictionary_is_a_valid_data_package(tables: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="the extra dev brings it")
    report = frictionless.validate(str(tables / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert len(report.tasks) == 25


@pytest.mark.slow
def test_the_dictionary_notices_a_broken_key(tables: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="the extra dev brings it")
    for file in tables.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    doses = tmp_path / "doses.csv"
    doses.write_text(doses.read_text("utf-8").replace("ms-intrathecal-msc-poster,", "gone,"))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert "foreign-key" in {each for (each,) in report.flatten(["type"])}


def test_every_column_is_explained(package: dict[str, Any], tables: Path) -> None:
    columns = 0
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        header = (tables / resource["path"]).read_text("utf-8").splitlines()[0]
        assert [field["name"] for field in fields] == header.split(",")
        assert all(len(field["description"]) > 5 for field in fields)
        names = [field["name"].casefold() for field in fields]
        assert len(set(names)) == len(names)
        columns += len(fields)
    assert columns > 500
    units = {
        field["name"]: field["unit"]
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if "unit" in field
    }
    assert units["viability"] == "per cent"
    assert units["dose_max"] == "see dose_unit"


def test_the_dictionary_counts_rows_and_bytes(package: dict[str, Any], tables: Path) -> None:
    for resource in package["resources"]:
        data = (tables / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
        assert resource["rows"] == len(read_csv(tables, resource["name"]))


def test_parquet_says_the_same_with_types(
    curated: cellkg.Graph, tables: Path, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra tables brings it")
    report = written(curated, tmp_path / "parquet", "parquet")
    assert report.rounded == 0
    cells = 0
    for name, number in report.rows.items():
        read = parquet.read_table(tmp_path / "parquet" / f"{name}.parquet").to_pylist()
        assert len(read) == number
        for typed, printed in zip(read, read_csv(tables, name), strict=True):
            for column, value in typed.items():
                assert same(value, printed[column]), (name, column)
                cells += value is not None
    assert cells > 15_000
    schema = parquet.read_schema(tmp_path / "parquet" / "adverse_event_findings.parquet")
    assert {
        each: str(schema.field(each).type) for each in ("count", "serious", "printed_term")
    } == {
        "count": "int64",
        "serious": "bool",
        "printed_term": "list<element: string>",
    }
    assert b"An unknown" not in schema.metadata[b"description"]
    assert b"no zero" in schema.metadata[b"description"]


def same(value: object, printed: str) -> bool:
    if value is None:
        return printed == ""
    if isinstance(value, list):
        return bool(value == json.loads(printed))
    if isinstance(value, bool):
        return printed == str(value).lower()
    return (
        Decimal(str(value)) == Decimal(printed)
        if isinstance(value, float)
        else (str(value) == printed)
    )


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_same_graphs_give_the_same_bytes(
    form: TableForm, curated: cellkg.Graph, tmp_path: Path
) -> None:
    for name in ("one", "other"):
        written(curated, tmp_path / name, form)
    files = sorted(each.name for each in (tmp_path / "one").iterdir())
    assert len(files) == 27
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


@pytest.mark.parametrize("table", GOLDEN_TABLES)
def test_the_tables_are_as_they_were(
    table: str, tables: Path, project: Path, pytestconfig: pytest.Config
) -> None:
    golden = project / "tests" / "golden" / "tables" / f"{table}.csv"
    # Git keeps text files with line feeds.
    found = (tables / f"{table}.csv").read_bytes().replace(b"\r\n", b"\n")
    if pytestconfig.getoption("--update-golden"):
        golden.write_bytes(found)
    assert found == golden.read_bytes()


def test_sources_in_the_graphs_of_other_studies_come_along(
    curated: cellkg.Graph, tmp_path: Path
) -> None:
    pilot = STUDY["ms-intrathecal-msc-pilot"].value
    written(curated, tmp_path / "pilot", "csv", Selection((pilot,), "the pilot"))
    assert [row["source"] for row in read_csv(tmp_path / "pilot", "sources")] == [
        "source:ms-intrathecal-msc-poster"
    ]
    assert [row["study"] for row in read_csv(tmp_path / "pilot", "studies")] == [
        "ms-intrathecal-msc-pilot"
    ]
    assert broken_keys(tmp_path / "pilot") == []


def store_with(*facts: tuple[str, str, NamedNode | Literal]) -> LocalStore:
    """An invented study that has these facts."""
    store = LocalStore()
    store.load(
        Quad(STUDY[subject], CKG[name] if name != "a" else RDF["type"], value, GRAPH["study/s"])
        for subject, name, value in (("s", "a", CKG["Study"]), *facts)
    )
    return store


def test_texts_like_formulas_stay_as_they_are(tmp_path: Path) -> None:
    hostile = ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\tx", "\rx", 'a,"b"\n', "</script>"]
    store = store_with(
        ("s#f", "a", CKG["AdverseEventFinding"]),
        *(("s#f", "printedTerm", Literal(each)) for each in hostile),
        ("s#f", "course", Literal("=1+1")),
    )
    write_tables(store, EVERYTHING, tmp_path, "csv", "v")
    (row,) = read_csv(tmp_path, "adverse_event_findings")
    assert row["course"] == "=1+1"
    assert json.loads(row["printed_term"]) == sorted(hostile)
    assert sorted(each["value"] for each in read_csv(tmp_path, "links")) == sorted(hostile)


def test_what_has_no_column_is_counted(tmp_path: Path) -> None:
    store = store_with(
        ("s", "count", Literal(4)),
        ("s#x", "a", CKG["Unheard"]),
        ("s#a", "a", CKG["Arm"]),
        ("s#a", "quote", Literal("x")),
    )
    report = write_tables(store, EVERYTHING, tmp_path, "csv", "v")
    assert report.left_out == {
        "records of the class ckg:Unheard": 1,
        "values of ckg:count of studies": 1,
        "values of ckg:quote of arms": 1,
    }


@pytest.mark.parametrize(
    ("name", "values", "problem"),
    [
        ("count", [Literal(4), Literal(5)], "It has 2 values and may have one"),
        ("count", [Literal("four")], "This is not of the kind integer"),
        ("count", [Literal(2**63)], "This is not of the kind integer"),
        ("serious", [Literal("yes")], "This is not of the kind boolean"),
        ("event", [Literal("fever")], "This is not of the kind name"),
        ("timeValue", [Literal("NaN")], "This is not of the kind number"),
    ],
)
def test_a_value_that_fits_no_cell_is_refused(
    name: str, values: list[NamedNode | Literal], problem: str, tmp_path: Path
) -> None:
    store = store_with(
        ("s#f", "a", CKG["AdverseEventFinding"]), *(("s#f", name, each) for each in values)
    )
    with pytest.raises(SourceFileError, match=problem):
        write_tables(store, EVERYTHING, tmp_path, "csv", "v")


def test_numbers_that_parquet_rounds_are_counted(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra tables brings it")
    digits = ["0.1", "5.10", "1234567890.12345678901"]
    for place, each in enumerate(digits):
        folder = tmp_path / str(place)
        folder.mkdir()
        store = store_with(
            ("s#d", "a", CKG["Dose"]),
            ("s#d", "doseValue", Literal(each, datatype=NamedNode("http://x.org/decimal"))),
        )
        report = write_tables(store, EVERYTHING, folder, "parquet", "v")
        assert report.rounded == (place == 2)


CELLS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
ODD = Table(
    "odd",
    "Odd texts.",
    (
        Column("text", "text", "A text."),
        Column("number", "integer", "A number."),
        Column("list", "text", "A list.", several=True),
    ),
    None,
)
ROWS = st.lists(
    st.tuples(
        CELLS,
        st.none() | st.integers(-(2**63) + 1, 2**63 - 1),
        st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
    ),
    max_size=5,
)


@given(rows=ROWS)
@example(rows=[("\rx", None, ()), ("a\r\nb", 0, ("\r",)), ('"', 1, ("",)), ("\x00", 2, ())])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cell_comes_back_from_csv(
    rows: list[tuple[str | None, int | None, tuple[str, ...]]], tmp_path: Path
) -> None:
    file = open_table(ODD, tmp_path, "csv")
    for row in rows:
        file.write(row)
    file.close()
    read = [
        (
            row["text"] or None,
            int(row["number"]) if row["number"] else None,
            tuple(json.loads(row["list"] or "[]")),
        )
        for row in read_csv(tmp_path, "odd")
    ]
    assert read == rows
    assert file.rows == len(rows)


@given(rows=ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_cell_comes_back_from_parquet(
    rows: list[tuple[str | None, int | None, tuple[str, ...]]], tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra tables brings it")
    file = open_table(ODD, tmp_path, "parquet")
    for row in rows:
        file.write(row)
    file.close()
    read = parquet.read_table(tmp_path / "odd.parquet").to_pylist()
    assert [(row["text"], row["number"], tuple(row["list"] or ())) for row in read] == rows
