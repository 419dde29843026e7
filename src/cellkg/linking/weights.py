"""How sure each reason alone would make us that two studies overlap, from 0 to 1.

The weights were set by reading pairs of real registry records, see ``tests/data/linking``. What may
well be chance weighs little, so that alone, or with its like, it stays below `LISTED_FROM`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

LISTED_FROM: Final = Decimal("0.50")
"""Pairs that score less are not listed."""

# Somebody says so: a number of one study stands in the other.
SAME_REGISTRY_NUMBER: Final = Decimal("0.90")
NAMED_BY_REGISTRY_NUMBER: Final = Decimal("0.85")
NAMED_BY_STUDY_NUMBER: Final = Decimal("0.75")
DESCRIBED_BY_A_RESULT: Final = Decimal("0.85")
SAME_DOCUMENT: Final = Decimal("0.60")
SAME_STUDY_NUMBER: Final = Decimal("0.60")
STUDY_NUMBER_BEGINS_ALIKE: Final = Decimal("0.25")
SAME_STUDY_NUMBER_ELSEWHERE: Final = Decimal("0.20")
SAME_PROJECT: Final = Decimal("0.15")  # a grant, or a number that many studies have

# One publication counts the results of both: often two trials of one group, pooled.
SHARED_RESULT: Final = Decimal("0.45")
SHARED_RESULT_AT_MOST: Final = Decimal("0.70")
RESULT_OF_STRANGERS: Final = Decimal("0.20")  # a review names many trials
RESULT_OF_MANY_STRANGERS: Final = Decimal("0.10")
RESULTS_OF_STRANGERS_AT_MOST: Final = Decimal("0.35")

SAME_ACRONYM: Final = Decimal("0.40")
SAME_ACRONYM_ELSEWHERE: Final = Decimal("0.35")

FOLLOW_UP: Final = Decimal("0.50")
FOLLOW_UP_ELSEWHERE: Final = Decimal("0.30")

ALIKE_TITLE: Final = Decimal("0.40")
ALIKE_TITLE_ELSEWHERE: Final = Decimal("0.20")
ALIKE_BUT_THE_PHASE: Final = Decimal("0.15")  # or one began after the other had ended
ALIKE_BUT_THE_PEOPLE: Final = Decimal("0.05")

# Who did what to whom: what all trials of one group have in common.
SAME_SPONSOR: Final = Decimal("0.25")
SAME_SITE: Final = Decimal("0.15")
SIMILAR_INSTITUTION: Final = Decimal("0.10")
EACH_MORE_IN_COMMON: Final = Decimal("0.05")  # cell type, route, time or phase
SAME_PRODUCT_NAME: Final = Decimal("0.10")
SAME_DAY: Final = Decimal("0.25")
SAME_MONTH: Final = Decimal("0.15")
SAME_PEOPLE_IN_ACCOUNT: Final = Decimal("0.25")
SAME_PEOPLE: Final = Decimal("0.05")  # many trials have 20
