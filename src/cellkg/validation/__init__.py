"""Whether graphs are what they should be: shapes, checks, and the words behind every number."""

from cellkg.validation.report import Finding, QuoteCheck, Severity, ValidationReport
from cellkg.validation.validator import validate

__all__ = [
    "Finding",
    "QuoteCheck",
    "Severity",
    "ValidationReport",
    "validate",
]
