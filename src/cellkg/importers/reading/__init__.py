"""Registry records out of files of any shape: one study object after the other, memory flat."""

from cellkg.importers.reading.input_paths import read_records
from cellkg.importers.reading.raw_record import (
    Place,
    RawRecord,
    Refusal,
    RefusalKind,
    RefusedRecordError,
)
from cellkg.importers.reading.study_object import parse

__all__ = [
    "Place",
    "RawRecord",
    "Refusal",
    "RefusalKind",
    "RefusedRecordError",
    "parse",
    "read_records",
]
