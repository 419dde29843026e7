"""What was found: findings with the place in the file, and what could not be checked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cellkg.vocabulary import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    Progress = Callable[[str, int, int | None], None]
    """Told the name of the step, how much of it is done, and how much there is if known."""

_IRI_IN_TEXT: Final = re.compile(r"https?://[^\s\"<>]*[\w/#-]")


class Severity(StrEnum):
    """How bad a finding is, the worst first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, or looks wrong, and where.

    Attributes:
        severity: How bad it is.
        message: What is wrong, as a sentence for the person who edits the file.
        origin: What found it: the IRI of a shape, the name of a check, ``quotes`` or ``syntax``.
        file: The file, where the record was found in one.
        line: The line in it, counted from 1: that of the property, or else of the record.
        record: The IRI of the record.
        property: The IRI of the property that is wrong.
        value: Its value: the text of a literal, or an IRI.

    Example:
        >>> Finding(severity=Severity.WARNING, message="A time needs a unit.", origin="x").line
    """

    severity: Severity
    message: str
    origin: str
    file: Path | None = None
    line: int | None = None
    record: str | None = None
    property: str | None = None
    value: str | None = None

    def as_dict(self) -> dict[str, str | int | None]:
        """Give the finding as plain values, ready for JSON; IRIs are in full."""
        return {**asdict(self), "severity": str(self.severity), "file": _text(self.file)}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """Make a finding from what `as_dict` gave."""
        file = None if plain["file"] is None else Path(plain["file"])
        return cls(**{**plain, "severity": Severity(plain["severity"]), "file": file})


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _origin(finding: Finding) -> str:
    return finding.origin


def _reading_order(finding: Finding) -> tuple[int, str, int, str, str, str, str]:
    return (
        _RANK[finding.severity],
        str(finding.file or ""),
        finding.line or 0,
        finding.record or "",
        finding.property or "",
        finding.message,
        finding.value or "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCheck:
    """What was looked up in the documents, and what could not be.

    Attributes:
        quotes: How many quotes, and places in registry records, were looked up.
        unchecked_quotes: How many could not be, as the text of their source is not there.
        sources_without_document: The IRIs of the sources of those.
        documents_without_source: The names of the documents that no source was read from.
    """

    quotes: int
    unchecked_quotes: int
    sources_without_document: tuple[str, ...]
    documents_without_source: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """All that was found, sorted: the worst first, then by file and line.

    Args:
        findings: The findings, in any order.
        files: The files that were checked.
        values: How many stated numbers and wordings were looked for in their quotes.
        quote_check: What was looked up in documents; None where no folder was given.

    Example:
        >>> report = ValidationReport(
        ...     findings=(Finding(severity=Severity.INFO, message="Fine.", origin="x"),)
        ... )
        >>> report.conforms, report.count(Severity.INFO)
        (True, 1)
    """

    findings: tuple[Finding, ...]
    files: tuple[Path, ...] = ()
    values: int = 0
    quote_check: QuoteCheck | None = None
    _counts: Counter[Severity] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the findings and count them; what a shape and a check both found is told once."""
        by_content = {replace(each, origin=""): each for each in sorted(self.findings, key=_origin)}
        findings = tuple(sorted(by_content.values(), key=_reading_order))
        object.__setattr__(self, "findings", findings)
        object.__setattr__(self, "_counts", Counter(each.severity for each in findings))

    @property
    def conforms(self) -> bool:
        """Tell whether there is no violation; warnings and infos are allowed."""
        return not self._counts[Severity.VIOLATION]

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return self._counts[severity]

    def as_dict(self) -> dict[str, object]:
        """Give the report as plain values, ready for JSON."""
        return {
            "conforms": self.conforms,
            "files": [str(each) for each in self.files],
            "counts": {str(severity): self._counts[severity] for severity in Severity},
            "findings": [finding.as_dict() for finding in self.findings],
            "values": self.values,
            "quotes": None if self.quote_check is None else asdict(self.quote_check),
        }


def readable(text: str) -> str:
    """Shorten the IRIs inside a text, so that a person can read it.

    Args:
        text: A message, as a shape or a check composed it.

    Returns:
        The text with prefixes in place of the long beginnings of IRIs.

    Example:
        >>> readable("No evidence supports https://w3id.org/cellkg/ontology#count.")
        'No evidence supports ckg:count.'
    """
    return _IRI_IN_TEXT.sub(lambda match: shorten(match.group()), text)
