"""The whole validation, on the shipped graphs and on edits of one of them."""

import logging
from pathlib import Path

import pytest

from cellkg.errors import UserInputError
from cellkg.validation import Severity, validate
from cellkg.vocabulary import CKG, STUDY

PLAN = "ms-intrathecal-neural-progenitors-phase-2-plan"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that knows nothing yet."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("CELLKG_CACHE", str(folder))
    return folder


@pytest.fixture(scope="module")
def plan(project: Path) -> str:
    """The smallest curated study."""
    return (project / "graphs" / "curated" / f"{PLAN}.ttl").read_text("utf-8")


@pytest.fixture
def file(tmp_path: Path, plan: str) -> Path:
    path = tmp_path / "plan.ttl"
    path.write_text(plan, "utf-8")
    return path


@pytest.mark.slow
def test_the_shipped_graphs_and_terms_are_sound(project: Path) -> None:
    steps: list[str] = []
    report = validate(progress=lambda step, *_: steps.append(step))
    # "Kellgren-Lawrence (K-L) grading" in a planned outcome is no person.
    initials = [each.record for each in report.findings if each.severity == Severity.WARNING]
    assert initials == [f"{STUDY.iri}NCT04893174#endpoint-secondary-3"]
    assert report.conforms
    assert len([path for path in report.files if path.parent.name == "curated"]) == 7
    assert len([path for path in report.files if path.parent == project / "ontology/terms"]) == 9
    assert report.values > 300
    assert set(steps) == {"checking shapes", "asking the checks"}


def test_an_edited_study_is_checked_in_its_place(file: Path) -> None:
    # It refers to a source that another of the shipped files describes.
    report = validate([file])
    assert report.findings == ()
    assert report.files == (file,)
    assert report.quote_check is None


def test_everything_is_found_at_once(file: Path, plan: str) -> None:
    study = STUDY[PLAN].value
    text = plan.replace("ckg:studyStatus ckg:Planned", "ckg:studyStatus ckg:Planed")
    text = text.replace("ckg:start ", "ckg:begin ", 1)
    text += f"""
<{study}#lost> a ckg:ParticipantCount ;
    ckg:count "four"^^<http://www.w3.org/2001/XMLSchema#integer> .
"""
    file.write_text(text, "utf-8")
    report = validate([file])
    lines = text.splitlines()
    found = {
        (finding.origin.rpartition("/")[2], lines[(finding.line or 0) - 1].strip().split(" ")[0])
        for finding in report.findings
    }
    lost = f"<{study}#lost>"
    assert found >= {
        ("study-study-status", "ckg:studyStatus"),
        ("evidence", "ckg:begin"),
        ("participant-count-count", "ckg:count"),
        ("participant-count-participant-role", lost),
        ("record-rests-on-evidence", lost),
        ("orphan-record-violation", lost),
        ("undeclared-property-violation", "ckg:begin"),
    }
    assert {finding.file for finding in report.findings} == {file}
    assert not report.conforms


def test_a_broken_file_does_not_keep_others_from_being_checked(file: Path) -> None:
    broken = file.with_name("broken.ttl")
    broken.write_text("@prefix : <https://e.org/> .\n:a :b\n")
    file.write_text(file.read_text("utf-8").replace("dcterms:title", "ckg:title"), "utf-8")
    report = validate([broken, file])
    first, *others = report.findings
    assert (first.file, first.origin, first.line) == (broken, "syntax", 3)
    assert {finding.file for finding in others} == {file}
    assert report.files == (broken, file)


def test_findings_of_other_files_are_not_told(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "poster.ttl"
    other.parent.mkdir()
    study, pilot_of = CKG["Study"], CKG["pilotOf"]
    other.write_text(f"{STUDY['x']} a {study} ; {pilot_of} {STUDY['y']} .")
    assert validate([file]).findings == ()
    origins = {finding.origin for finding in validate([other]).findings}
    assert "dangling-reference-violation" in origins


def test_quotes_are_looked_up_where_the_documents_are(file: Path, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "another.txt").write_text("another text")
    report = validate([file], sources)
    assert report.quote_check is not None
    assert report.quote_check.unchecked_quotes > 0
    assert report.quote_check.documents_without_source == ("another.txt",)
    assert report.conforms


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserInputError, match="There is no file"):
        validate([tmp_path / "nothing.ttl"])


def test_nothing_is_written_to_standard_error(
    file: Path, plan: str, capfd: pytest.CaptureFixture[str]
) -> None:
    number = '"four"^^<http://www.w3.org/2001/XMLSchema#integer>'
    file.write_text(plan.replace("ckg:studyStatus ", f"ckg:count {number} ; ckg:studyStatus "))
    loggers = [logging.getLogger("rdflib.term"), logging.getLogger("pyshacl-validate")]
    before = [logger.disabled for logger in loggers]
    assert not validate([file]).conforms
    assert capfd.readouterr() == ("", "")
    assert [logger.disabled for logger in loggers] == before


def test_a_second_validation_tells_the_same(file: Path, plan: str, cache: Path) -> None:
    file.write_text(plan.replace("ckg:studyStatus ckg:Planned", "ckg:studyStatus ckg:Planed"))
    first = validate([file])
    assert not first.conforms
    kept = {path: path.stat().st_ino for path in cache.rglob("*.json")}
    steps: list[str] = []
    second = validate([file], progress=lambda step, *_: steps.append(step))
    assert second == first
    assert second.as_dict() == first.as_dict()
    assert steps == []  # nothing was done
    assert {path: path.stat().st_ino for path in cache.rglob("*.json")} == kept

    for path in kept:
        path.write_bytes(path.read_bytes()[:-1])
    assert validate([file]) == first


def test_a_change_is_seen(file: Path, plan: str) -> None:
    assert validate([file]).findings == ()
    file.write_text(plan.replace("ckg:studyStatus ckg:Planned", "ckg:studyStatus ckg:Planed"))
    assert validate([file]).findings != ()
    file.write_text(plan)
    assert validate([file]).findings == ()
