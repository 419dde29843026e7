"""What an import did with every record: taken in, left out, refused, or as it was."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cellkg.importers.reading import Refusal

KEPT_REFUSALS: Final = 1000
"""So many refusals are kept with their places; those beyond are counted."""

KEPT_WORDINGS: Final = 100_000
"""So many different wordings are counted; where there are more, the rarest are forgotten."""


@dataclass(slots=True)
class IntakeReport:
    """The count of records by what became of them.

    Attributes:
        read: Records that were read.
        new: Studies that were not there before.
        replaced: Studies that were there in an older version.
        unchanged: Records that were there in this very version.
        older: Records that are older than what was there.
        left_out: Records of studies that are none of cell therapy, by the reason.
        refusals: What could not be taken in, with the place and the reason.
        refused: How often, by the kind of reason.
        not_taken: What the records say and cellkg has no place for: in how many records each.
        wordings: Wordings that name no term, by what they are of, with how often each was met.
        quads: Statements written.
    """

    read: int = 0
    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    older: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    not_taken: Counter[str] = field(default_factory=Counter)
    wordings: dict[str, Counter[str]] = field(default_factory=dict)
    quads: int = 0

    @property
    def taken(self) -> int:
        """Studies that were written."""
        return self.new + self.replaced

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Note down what could not be taken in."""
        for refusal in refusals:
            self.refused[refusal.kind] += 1
            if len(self.refusals) < KEPT_REFUSALS:
                self.refusals.append(refusal)

    def count_wordings(self, wordings: dict[str, Counter[str]]) -> None:
        """Note down wordings that name no term."""
        for kind, counts in wordings.items():
            known = self.wordings.setdefault(kind, Counter())
            known.update(counts)
            if len(known) > 2 * KEPT_WORDINGS:
                self.wordings[kind] = Counter(dict(known.most_common(KEPT_WORDINGS)))
