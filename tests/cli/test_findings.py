"""Findings and evidence are told in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cellkg.cli.findings import deliver_report, line_of
from cellkg.cli.grounds_screen import place_of
from cellkg.cli.record_screen import quoted
from cellkg.records import Evidence
from cellkg.validation import Finding, QuoteCheck, Severity, ValidationReport
from cellkg.vocabulary import CKG, STUDY

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke

WORDS = STUDY["poster#words"]


def test_a_finding_may_know_no_place() -> None:
    finding = Finding(severity=Severity.WARNING, message="Odd.\nVery.", origin="x")
    assert line_of(finding) == "warning: Odd. Very."
    here = Finding(
        severity=Severity.INFO, message="Odd.", origin="x", file=Path.cwd() / "a" / "b.ttl"
    )
    assert line_of(here) == f"{Path('a/b.ttl')}: info: Odd."


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (
            QuoteCheck(
                quotes=7,
                unchecked_quotes=2,
                sources_without_document=("https://w3id.org/cellkg/source/poster",),
                documents_without_source=("005.txt",),
            ),
            [
                "7 quotes looked up in their documents",
                "2 not, as the text of source:poster is not there",
                "no source was read from 005.txt",
            ],
        ),
        (
            QuoteCheck(
                quotes=7,
                unchecked_quotes=0,
                sources_without_document=(),
                documents_without_source=(),
            ),
            ["7 quotes looked up in their documents"],
        ),
    ],
)
def test_what_was_looked_up_is_told(
    check: QuoteCheck, told: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    finding = Finding(severity=Severity.VIOLATION, message="Odd.", origin="x")
    deliver_report(ValidationReport(findings=(finding,), quote_check=check), "table", "-")
    shown = capfd.readouterr()
    assert shown.out == "violation: Odd.\n"
    assert shown.err == f"1 violation, 0 warnings, 0 infos\n{'; '.join(told)}\n"


def test_files_are_validated(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("@prefix ckg: <https://w3id.org/cellkg/ontology#>")
    result = invoke("validate", str(tmp_path / "x.ttl"))
    assert result.exit_code == 1
    assert "x.ttl:1: violation: " in result.stdout
    report = json.loads(invoke("validate", str(tmp_path), "-f", "json").stdout)
    assert report["counts"]["violation"] == 1


def test_evidence_is_told_with_what_it_has() -> None:
    nothing = Evidence(iri=WORDS)
    assert (quoted(nothing), place_of(nothing)) == ("", "")
    pointed = Evidence(iri=WORDS, status=CKG["Stated"], json_pointer="/hasResults")
    assert (quoted(pointed), place_of(pointed)) == ("/hasResults", "/hasResults")
    derived = Evidence(iri=WORDS, status=CKG["Derived"])
    assert quoted(derived) == "derived"
