"""`cellkg diff` tells what changed, for people and for programs."""

from __future__ import annotations

import csv
import json
import shutil
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cellkg.shipped_files import folder

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run

HOSTILE = '=HYPERLINK("x")\x1b[2J<b>*bold*</b>'


@pytest.fixture
def versions(graphs: str, tmp_path: Path) -> tuple[str, str]:
    """Three studies; then fever 5 for 4 in other words, and one study less."""
    old = Path(shutil.copytree(graphs, tmp_path / "old"))
    new = Path(shutil.copytree(graphs, tmp_path / "new"))
    (new / "silent.ttl").unlink()
    study = new / "reported.ttl"
    text = study.read_text("utf-8").replace("ckg:count 4", "ckg:count 5")
    study.write_text(text.replace('"Fever 4"', '"Fever 5"'), "utf-8")
    return str(old), str(new)


def words(quote: str) -> str:
    """Write words as a difference shows them."""
    return f"“{quote}” (in reported)"


def changed(place: str, file: str, old: str, new: str) -> None:
    path = Path(place, file)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_same_twice_is_no_news(invoke: Invoke, graphs: str) -> None:
    outcome = invoke("diff", graphs, graphs)
    assert (outcome.exit_code, outcome.stdout) == (0, "")
    assert outcome.stderr == (
        "studies: 0 added, 0 withdrawn, 0 changed; records: 0 added, 0 withdrawn, 0 changed\n"
    )


def test_shipped_graphs_are_compared_without_being_read(run: Run) -> None:
    outcome = run("diff", "shipped", "shipped")
    assert (outcome.returncode, outcome.stdout) == (0, b"")


def test_people_read_what_changed_with_its_words(invoke: Invoke, versions: tuple[str, str]) -> None:
    outcome = invoke("diff", *versions)
    assert outcome.exit_code == 1
    lines = outcome.stdout.splitlines()
    place = lines.index("  ~ adverse event finding #fever (fever)")
    assert lines[place : place + 3] == [
        "  ~ adverse event finding #fever (fever)",
        "    count: 4 → 5",
        "    words for event, reporting, count: “Fever 4” (in reported) → “Fever 5” (in reported)",
    ]
    assert any(line.startswith("Study silent: ") and "withdrawn" in line for line in lines)
    assert any(line.startswith("Answers: ") and line.endswith(" of 74 changed") for line in lines)
    (question,) = [line for line in lines if line.startswith("  ~ adverse-event-answers: ")]
    assert "cellType = MSC, route = intrathecal, event = fever," in question
    assert "; 1 changed, 1 withdrawn" in question
    assert "count 4 → 5; quote Fever 4 → Fever 5" in outcome.stdout
    assert "studies: 0 added, 1 withdrawn, 1 changed" in outcome.stderr


def test_records_alone_need_no_build(invoke: Invoke, versions: tuple[str, str]) -> None:
    outcome = invoke("diff", *versions, "--no-answers")
    assert outcome.exit_code == 1
    assert "Answers" not in outcome.stdout
    assert "answers" not in outcome.stderr


def test_programs_read_everything_as_json(invoke: Invoke, versions: tuple[str, str]) -> None:
    found = json.loads(invoke("diff", *versions, "-f", "json", "--limit", "0").stdout)
    assert (found["news"], found["questions_asked"]) == (True, 74)
    reported, silent = found["graphs"]
    assert (reported["study"], reported["change"]) == ("reported", "changed")
    (fever,) = reported["records"]
    count = next(each for each in fever["properties"] if each["property"] == "ckg:count")
    assert (count["before"], count["after"]) == (["4"], ["5"])
    assert count["words_before"][0]["quote"] == "Fever 4"
    assert (silent["study"], silent["change"]) == ("silent", "withdrawn")
    names = {each["question"] for each in found["answers"]}
    assert {"adverse-event-answers", "studies"} <= names
    studies = next(each for each in found["answers"] if each["question"] == "studies")
    assert len(studies["withdrawn"]) == studies["rows_before"] - studies["rows_after"] == 1
    asked = {each["question"] for each in found["not_asked"]}
    assert asked == {"adverse-events-of-study", "claims-of-source", "evidence-of-study"} | asked
    assert all("ms-intrathecal-msc-poster" in each["reason"] for each in found["not_asked"])


def test_the_way_back_is_the_mirror_image(invoke: Invoke, versions: tuple[str, str]) -> None:
    old, new = versions
    there = json.loads(invoke("diff", old, new, "-f", "json").stdout)
    back = json.loads(invoke("diff", new, old, "-f", "json").stdout)
    for one, other in zip(there["answers"], back["answers"], strict=True):
        assert (one["added"], one["withdrawn"]) == (other["withdrawn"], other["added"])
    assert [each["change"] for each in back["graphs"]] == ["changed", "added"]


def test_a_table_has_a_line_for_every_change(invoke: Invoke, versions: tuple[str, str]) -> None:
    text = invoke("diff", *versions, "-f", "csv", "--limit", "0").stdout
    rows = list(csv.DictReader(StringIO(text)))
    (count,) = [row for row in rows if row["property"] == "count"]
    assert (count["where"], count["record"]) == ("reported", "study:reported#fever")
    assert (count["before"], count["after"]) == ("4", "5")
    assert count["words after"] == "“Fever 5” (in reported)"
    assert len([row for row in rows if row["where"] == "silent"]) >= 3


def test_a_limit_is_named_and_what_is_beyond_is_counted(
    invoke: Invoke, versions: tuple[str, str]
) -> None:
    _, new = versions
    changed(new, "reported.ttl", '"transient"', '"lasting"')
    shown = invoke("diff", *versions, "--limit", "1").stdout
    assert "… and 1 more records: --limit shows more, -f csv has all" in shown


def test_a_release_note_is_markdown(invoke: Invoke, versions: tuple[str, str]) -> None:
    _, new = versions
    changed(new, "reported.ttl", '"Fever" ;', '"<b>Fever</b>" ;')
    text = invoke("diff", *versions, "-f", "md").stdout
    assert text.startswith("# From ")
    assert "\n- \\~ adverse event finding \\#fever (fever)\n  - count: 4 → 5\n" in text
    assert "\\<b\\>Fever" in text


@pytest.mark.parametrize("form", ["text", "md", "json", "csv"])
def test_hostile_words_are_words(form: str, invoke: Invoke, versions: tuple[str, str]) -> None:
    _, new = versions
    hostile = json.dumps(HOSTILE)
    changed(new, "reported.ttl", 'ckg:course "transient"', f"ckg:course {hostile}")
    text = invoke("diff", *versions, "-f", form, "--no-answers").stdout
    assert "\x1b" not in text or form == "csv"
    assert "HYPERLINK" in text
    if form == "csv":
        cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith("=")]
    if form == "md":
        assert "<b>" not in text


def test_evidence_that_moved_is_counted_and_no_news(
    invoke: Invoke, versions: tuple[str, str]
) -> None:
    old, new = versions
    shutil.rmtree(new)
    shutil.copytree(old, new)
    changed(new, "reported.ttl", "ckg:start 100", "ckg:start 101")
    outcome = invoke("diff", old, new, "--no-answers")
    assert (outcome.exit_code, outcome.stdout) == (0, "")
    assert outcome.stderr.endswith("no news: 1 pieces of evidence at another place\n")


def test_a_version_may_have_terms_of_its_own(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    shutil.copytree(folder("ontology"), tmp_path / "whole" / "ontology")
    shutil.copytree(graphs, tmp_path / "whole" / "graphs")
    whole = str(tmp_path / "whole")
    changed(whole, "ontology/terms/adverse-events.ttl", 'prefLabel "fever"', 'prefLabel "heat"')
    outcome = invoke("diff", graphs, whole, "--no-answers")
    assert outcome.exit_code == 1
    assert outcome.stdout == (
        "Terms (1 changed)\n  ~ adverse event term:fever (heat)\n    label: fever → heat\n"
    )


def test_an_imported_store_is_a_version(run: Run, graphs: str, tmp_path: Path) -> None:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "MSC in Stroke"},
            "armsInterventionsModule": {"interventions": [{"type": "BIOLOGICAL", "name": "MSC"}]},
        }
    }
    (tmp_path / "one.json").write_text(json.dumps(record))
    assert run("import", "ctgov", "one.json", "--into-store", "store").returncode == 0
    outcome = run("diff", graphs, "store", "--no-answers", "-f", "json")
    studies = {each["study"]: each["change"] for each in json.loads(outcome.stdout)["graphs"]}
    assert outcome.returncode == 1
    assert studies["NCT00000001"] == "added"
    assert studies["reported"] == "withdrawn"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("diff", "nowhere", "shipped"), "There is no 'nowhere'"),
        (("diff", "shipped"), "Missing argument 'B'"),
        (("--store", "memory", "diff", "shipped", "shipped"), "leave out --graphs and --store"),
    ],
)
def test_wrong_input_is_told(arguments: tuple[str, ...], said: str, invoke: Invoke) -> None:
    outcome = invoke(*arguments)
    assert outcome.exit_code == 2
    assert said in outcome.stderr
