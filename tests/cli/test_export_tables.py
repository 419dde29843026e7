"""``cellkg export tables`` and ``cellkg export evidence-table``."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run


def test_tables_are_written_whole_into_a_new_folder(
    invoke: Invoke, graphs: str, tmp_path: Path
) -> None:
    done = invoke("export", "tables", "-o", str(tmp_path / "out"), "--graphs", graphs)
    assert done.exit_code == 0, done.output
    assert " rows in 25 tables in " in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    assert len(list((tmp_path / "out").iterdir())) == 27
    with (tmp_path / "out" / "studies.csv").open(newline="") as file:
        assert [row["study"] for row in csv.DictReader(file)] == ["denied", "reported", "silent"]


def test_an_earlier_export_is_replaced_and_nothing_else(
    invoke: Invoke, graphs: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    first = invoke("export", "tables", "-o", str(out), "--study", "denied", "--graphs", graphs)
    assert first.exit_code == 0
    again = invoke("export", "tables", "-o", str(out), "--study", "silent", "--graphs", graphs)
    assert again.exit_code == 0
    package = json.loads((out / "datapackage.json").read_bytes())
    assert package["selection"] == "silent"
    assert {each["name"]: each["rows"] for each in package["resources"]}["studies"] == 1
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    for other in ("mine", "mine/thesis.txt"):
        refused = invoke("export", "tables", "-o", str(tmp_path / other), "--graphs", graphs)
        assert refused.exit_code == 2
        assert "holds something else than an earlier export of tables" in refused.stderr
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_one_sentence(
    invoke: Invoke, graphs: str, tmp_path: Path
) -> None:
    done = invoke("export", "tables", "-o", str(tmp_path / "no" / "out"), "--graphs", graphs)
    assert done.exit_code == 3
    assert "cannot be written: No such file or directory." in done.stderr


def test_parquet_without_its_library_names_the_extra(
    invoke: Invoke, graphs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    out = str(tmp_path / "out")
    done = invoke("export", "tables", "--format", "parquet", "-o", out, "--graphs", graphs)
    assert done.exit_code == 2
    assert "needs the extra 'tables'" in done.stderr
    done = invoke("export", "evidence-table", "-o", f"{out}.xlsx", "--graphs", graphs)
    assert done.exit_code == 2
    assert "Writing a workbook needs the extra 'tables'" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_nothing_depends_on_the_order_of_sets(
    form: str, run: Run, graphs: str, tmp_path: Path
) -> None:
    for seed in ("1", "2"):
        out = str(tmp_path / seed)
        done = run(
            "export", "tables", "--format", form, "-o", out, "--graphs", graphs, PYTHONHASHSEED=seed
        )
        assert done.returncode == 0, done.stderr
    names = sorted(each.name for each in (tmp_path / "1").iterdir())
    assert len(names) == 27
    for name in names:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_the_evidence_table_is_markdown_unless_a_file_says_otherwise(
    invoke: Invoke, graphs: str
) -> None:
    done = invoke("export", "evidence-table", "--graphs", graphs)
    assert done.exit_code == 0, done.output
    assert "## Characteristics of included studies" in done.stdout
    assert "| silent | " in done.stdout
    assert "- **not stated**: " in done.stdout
    assert "Characteristics of included studies: 3 rows" in done.stderr


def test_a_csv_file_holds_one_table(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    refused = invoke("export", "evidence-table", "-o", str(out), "--graphs", graphs)
    assert refused.exit_code == 2
    assert "add  --table characteristics  or  --table adverse-events" in refused.stderr
    done = invoke(
        "export", "evidence-table", "--table", "adverse-events", "-o", str(out), "--graphs", graphs
    )
    assert done.exit_code == 0, done.output
    with out.open(newline="", encoding="utf-8") as file:
        answers = {(row["Study"], row["Answer"]) for row in csv.DictReader(file)}
    assert answers == {
        ("reported", "reported"),
        ("reported", "denied"),
        ("denied", "denied"),
        ("silent", "not stated"),
    }


def test_an_unknown_ending_is_refused(invoke: Invoke, graphs: str) -> None:
    done = invoke("export", "evidence-table", "-o", "a.docx", "--graphs", graphs)
    assert done.exit_code == 2
    assert "'a.docx' does not tell the form of the table; end it with .csv, .md or .xlsx." in (
        done.stderr
    )


def test_texts_like_formulas_are_told(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    file = tmp_path / "study.ttl"
    text = Path(graphs, "silent.ttl").read_text("utf-8")
    title = 'dcterms:title "'
    assert title in text
    file.write_text(text.replace(title, title + "=1+1 ", 1), "utf-8")
    done = invoke(
        "export",
        "evidence-table",
        "--table",
        "characteristics",
        "-o",
        str(tmp_path / "a.csv"),
        "--graphs",
        str(tmp_path),
    )
    assert done.exit_code == 0, done.output
    assert "1 texts begin like a formula and are written as they are" in done.stderr
    assert ",=1+1 " in (tmp_path / "a.csv").read_text("utf-8")


def test_the_workbook_is_the_same_each_time(run: Run, graphs: str, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra tables brings it")
    for seed in ("1", "2"):
        out = str(tmp_path / f"{seed}.xlsx")
        done = run("export", "evidence-table", "-o", out, "--graphs", graphs, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
