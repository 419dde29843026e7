"""What the tests of this importer share: every made-up record, taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.importers.ctgov.made_up_records import STUDIES
from tests.importers.ctgov.one_record import import_one

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy


@pytest.fixture(scope="session")
def imported() -> dict[int, ImportedStudy]:
    """The made-up records by number, taken in."""
    return {number: import_one(record) for number, record in STUDIES.items()}
