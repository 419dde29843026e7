"""``cellkg import ctgov`` as people type it."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RECORD: Any = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT00000001", "briefTitle": "MSC in Stroke"},
        "statusModule": {"overallStatus": "RECRUITING"},
        "conditionsModule": {"conditions": ["Stroke"]},
        "designModule": {"studyType": "INTERVENTIONAL"},
        "armsInterventionsModule": {
            "interventions": [
                {"type": "BIOLOGICAL", "name": "Mesenchymal stem cells", "description": "IV"}
            ]
        },
    },
    "hasResults": False,
}


@pytest.fixture
def records(tmp_path: Path) -> Path:
    file = tmp_path / "records.json"
    file.write_text(json.dumps(RECORD))
    return file


def test_graph_files_are_made_and_asked(run: Callable[..., Any], records: Path) -> None:
    done = run("import", "ctgov", str(records), "-o", "made")
    assert done.returncode == 0
    assert "new studies" in done.stdout.decode()
    assert "query studies" in done.stderr.decode()
    asked = run("--graphs", "made", "query", "studies", "-f", "csv")
    assert asked.returncode == 0
    assert "NCT00000001" in asked.stdout.decode()


def test_a_store_is_made_and_asked(run: Callable[..., Any], records: Path) -> None:
    assert run("import", "ctgov", str(records), "--into-store", "made").returncode == 0
    asked = run("--store", "made", "sparql", "ASK { study:NCT00000001 a ckg:Study }")
    assert asked.stdout.decode().strip() == "yes"
    build = run("import", "ctgov", str(records), "--into-store", "made")
    assert "unchanged" in build.stdout.decode()


def packed(records: Path, how: str) -> Path:
    content = records.read_bytes()
    made = records.with_name(f"packed.{how}")
    if how == "zip":
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("a/page.json", b'{"studies": [' + content + b"]}")
    else:
        made.write_bytes(gzip.compress(b"[" + content + b"]"))
    return made


@pytest.mark.parametrize("how", ["zip", "gz"])
def test_archives_are_read(run: Callable[..., Any], records: Path, how: str) -> None:
    done = run("import", "ctgov", str(packed(records, how)), "-o", "made")
    assert done.returncode == 0
    assert done.stdout.decode().split()[:3] == ["records", "read", "1"]


def test_standard_input_is_read(run: Callable[..., Any], records: Path) -> None:
    done = run("import", "ctgov", "-", "-o", "made", stdin=records.read_bytes())
    assert done.returncode == 0
    assert Path(records.parent, "made", "NCT000.nq.gz").exists()


def test_counts_are_compared(run: Callable[..., Any], records: Path) -> None:
    done = run("import", "ctgov", str(records), "--verify")
    assert done.returncode == 0
    assert "adverse event statistics" in done.stdout.decode()
    assert "Every count is the same" in done.stderr.decode()


def test_what_names_no_term_is_listed(run: Callable[..., Any], tmp_path: Path) -> None:
    strange = json.loads(json.dumps(RECORD))
    strange["protocolSection"]["conditionsModule"]["conditions"] = ["Blue\tknee"]
    file = tmp_path / "strange.json"
    file.write_text(json.dumps(strange))
    done = run("import", "ctgov", str(file), "--report")
    assert done.returncode == 0
    assert "conditions\t1\tBlue knee" in done.stdout.decode()


WRONG: list[tuple[list[str], bytes, int, str]] = [
    (["import", "ctgov", "nowhere", "-o", "made"], b"", 2, "no file or folder 'nowhere'"),
    (["import", "ctgov", "records.json"], b"", 2, "Where should the studies go?"),
    (["import", "ctgov", "-o", "made"], b"", 2, "Missing argument"),
    (["import", "ctgov", "-", "-o", "made"], b"<html>", 1, "Refused: standard input"),
    (["import", "ctgov", "-", "-o", "made"], b'{"a": 1}', 1, "no protocolSection"),
    (["import", "ctgov", "records.json", "-o", "/proc/made"], b"", 3, "cannot be written"),
    (["import", "ctgov", "records.json", "--into-store", "full"], b"", 3, "not a complete store"),
    (["import", "ctogv", "records.json"], b"", 2, "ctogv"),
    (["--store", "nowhere", "query", "studies"], b"", 2, "There is no store 'nowhere'"),
    (["--store", "full", "query", "studies"], b"", 3, "not a complete store"),
]


@pytest.mark.parametrize(("typed", "stdin", "code", "said"), WRONG)
def test_wrong_input_is_told(
    run: Callable[..., Any], records: Path, typed: list[str], stdin: bytes, code: int, said: str
) -> None:
    full = records.parent / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    done = run(*typed, stdin=stdin)
    assert done.returncode == code
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert [path.name for path in full.iterdir()] == ["mine.txt"]


def test_there_are_ten_kinds_of_wrong_input() -> None:
    assert len(WRONG) == 10


def test_a_wrong_field_is_told_with_its_place(run: Callable[..., Any], tmp_path: Path) -> None:
    wrong = json.loads(json.dumps(RECORD))
    wrong["protocolSection"]["designModule"]["enrollmentInfo"] = {"count": "many"}
    file = tmp_path / "wrong.jsonl"
    file.write_text(json.dumps(RECORD) + "\n" + json.dumps(wrong) + "\n")
    done = run("import", "ctgov", str(file), "-o", "made")
    assert done.returncode == 1
    assert "line 2" in done.stderr.decode()
    assert "/protocolSection/designModule/enrollmentInfo/count 'many'" in done.stderr.decode()
    assert "A count is a whole number" in done.stderr.decode()
