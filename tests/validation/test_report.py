import json
from dataclasses import replace
from pathlib import Path

from cellkg.validation import Finding, QuoteCheck, Severity, ValidationReport
from cellkg.validation.report import readable


def finding(severity: Severity, file: str | None, line: int | None, message: str) -> Finding:
    path = None if file is None else Path(file)
    return Finding(severity=severity, message=message, origin="x", file=path, line=line)


def test_findings_are_sorted_and_told_once() -> None:
    wanted = [
        finding(Severity.VIOLATION, None, None, "a"),
        finding(Severity.VIOLATION, "a.ttl", 9, "a"),
        finding(Severity.VIOLATION, "a.ttl", 10, "a"),
        finding(Severity.VIOLATION, "a.ttl", 10, "b"),
        finding(Severity.VIOLATION, "b.ttl", 1, "a"),
        finding(Severity.WARNING, "a.ttl", 1, "a"),
        finding(Severity.INFO, "a.ttl", 1, "a"),
    ]
    report = ValidationReport(findings=(*reversed(wanted), wanted[0]))
    assert list(report.findings) == wanted
    assert [report.count(severity) for severity in Severity] == [5, 1, 1]
    assert not report.conforms


def test_what_was_found_twice_is_told_once() -> None:
    once = finding(Severity.VIOLATION, "a.ttl", 9, "a")
    again = replace(once, origin="a")
    assert ValidationReport(findings=(again, once)).findings == (once,)
    assert ValidationReport(findings=(once, again)).findings == (once,)


def test_warnings_do_not_fail() -> None:
    report = ValidationReport(findings=(finding(Severity.WARNING, None, None, "a"),))
    assert report.conforms


def test_a_report_is_plain_values() -> None:
    report = ValidationReport(
        findings=(
            Finding(
                severity=Severity.VIOLATION,
                message="A.",
                origin="x",
                file=Path("a.ttl"),
                line=3,
                record="https://e.org/r",
                property="https://e.org/p",
                value="4",
            ),
        ),
        files=(Path("a.ttl"),),
        values=5,
        quote_check=QuoteCheck(
            quotes=2,
            unchecked_quotes=1,
            sources_without_document=("https://e.org/s",),
            documents_without_source=("b.txt",),
        ),
    )
    assert json.loads(json.dumps(report.as_dict())) == {
        "conforms": False,
        "files": ["a.ttl"],
        "counts": {"violation": 1, "warning": 0, "info": 0},
        "findings": [
            {
                "severity": "violation",
                "message": "A.",
                "origin": "x",
                "file": "a.ttl",
                "line": 3,
                "record": "https://e.org/r",
                "property": "https://e.org/p",
                "value": "4",
            }
        ],
        "values": 5,
        "quotes": {
            "quotes": 2,
            "unchecked_quotes": 1,
            "sources_without_document": ["https://e.org/s"],
            "documents_without_source": ["b.txt"],
        },
    }


def test_a_report_without_a_place_is_plain_values_too() -> None:
    report = ValidationReport(findings=(finding(Severity.INFO, None, None, "A."),))
    assert report.as_dict()["quotes"] is None
    assert report.findings[0].as_dict()["file"] is None


def test_messages_are_made_readable() -> None:
    text = "From https://w3id.org/cellkg/study/a#b, (https://w3id.org/cellkg/term/fever)."
    assert readable(text) == "From study:a#b, (term:fever)."
    assert readable("See https://e.org/x/.") == "See https://e.org/x/."
