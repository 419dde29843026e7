"""What is wrong with graphs, told one finding a line, as compilers do it."""

from __future__ import annotations

from pathlib import Path

from cellkg.cli.output import deliver, paint_for_output, tell
from cellkg.cli.screen import one_line, plain
from cellkg.graph.names import short_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from cellkg.cli.screen import Paint
    from cellkg.validation import Finding, QuoteCheck, ValidationReport

FORMATS = ("table", "json", "csv")
SHOWN_NAMES = 8
"""How many documents are named; the others are counted."""

COLUMNS = ("severity", "file", "line", "record", "property", "value", "message", "origin")


def deliver_report(report: ValidationReport, form: str, output: str) -> None:
    """Write the findings, and say on standard error how many there are.

    Args:
        report: The findings.
        form: One of `FORMATS`.
        output: A file, or - for standard output.
    """
    deliver(_written(report, form, paint_for_output(output)).encode("utf-8"), output)
    from cellkg.validation import Severity

    counts = ", ".join(
        f"{report.count(severity)} {severity}{'' if report.count(severity) == 1 else 's'}"
        for severity in Severity
    )
    tell(counts)
    if report.quote_check is not None:
        tell(_about_quotes(report.quote_check))


def _written(report: ValidationReport, form: str, paint: Paint) -> str:
    if form == "json":
        import json

        return json.dumps(report.as_dict(), indent=2, ensure_ascii=False) + "\n"
    if form == "csv":
        import csv
        from io import StringIO

        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for finding in report.findings:
            facts = finding.as_dict()
            writer.writerow([facts[name] for name in COLUMNS])
        return text.getvalue()
    return "".join(line_of(finding, paint) + "\n" for finding in report.findings)


def line_of(finding: Finding, paint: Paint = plain) -> str:
    """Write one finding in one line: place, severity, message, record.

    Example:
        >>> from cellkg.validation import Finding, Severity
        >>> print(
        ...     line_of(
        ...         Finding(
        ...             severity=Severity.VIOLATION,
        ...             message="A count needs evidence.",
        ...             origin="x",
        ...             file=Path("poster.ttl"),
        ...             line=7,
        ...             record="https://w3id.org/cellkg/study/poster#fever",
        ...         )
        ...     )
        ... )
        poster.ttl:7: violation: A count needs evidence. (poster#fever)
    """
    parts = []
    if finding.file is not None:
        line = "" if finding.line is None else f":{finding.line}"
        parts.append(f"{_near(finding.file)}{line}: ")
    severity = str(finding.severity)
    style = "warning" if severity == "violation" else "quiet"
    parts.append(f"{paint(severity, style)}: {one_line(finding.message)}")
    if finding.record is not None:
        parts.append(paint(f" ({one_line(short_name(finding.record))})", "quiet"))
    return "".join(parts)


def _near(path: Path) -> Path:
    """Write a path from the current folder, if it lies inside."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _about_quotes(check: QuoteCheck) -> str:
    told = [f"{check.quotes} quotes looked up in their documents"]
    if check.unchecked_quotes:
        told.append(
            f"{check.unchecked_quotes} not, as the text of"
            f" {_some(map(short_name, check.sources_without_document))} is not there"
        )
    if check.documents_without_source:
        told.append(f"no source was read from {_some(check.documents_without_source)}")
    return "; ".join(told)


def _some(names: Iterable[str]) -> str:
    """Name the first few, and say how many more there are."""
    every = list(names)
    more = len(every) - SHOWN_NAMES
    return ", ".join(every[:SHOWN_NAMES]) + (f" and {more:,} more" if more > 0 else "")
