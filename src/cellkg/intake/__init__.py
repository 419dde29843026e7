"""From files of a registry to stored studies: who is mapped, what is kept, and what is not."""

from cellkg.intake.counting import CountDifference, Verification, verify
from cellkg.intake.report import IntakeReport
from cellkg.intake.taking_in import Choice, into_folder, into_store, only_report

__all__ = [
    "Choice",
    "CountDifference",
    "IntakeReport",
    "Verification",
    "into_folder",
    "into_store",
    "only_report",
    "verify",
]
