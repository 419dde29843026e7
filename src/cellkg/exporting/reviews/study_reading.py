"""One study as the tables of a review read it: its records, and the words for what they say."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from cellkg.exporting.study_graphs import COMPARATOR_ROLES, name_of
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cellkg.exporting.study_graphs import Facts

NOT_STATED: Final = "not stated"
"""What a cell says where the sources are silent."""

BETWEEN: Final = "; "
"""What stands between several values in a cell."""

LINES: Final = "\n"
"""What stands between the parts of a cell that are read one below the other."""

_TIMES: Final = {"minute", "hour", "day", "week", "month", "year"}
_DIGITS: Final = re.compile(r"(\d+)")


class StudyReading:
    """What the graph of a study says, by record and property.

    Args:
        iri: The IRI of the study.
        facts_by_subject: What its graph says, and what others say of its sources.
        labels: What things are called, by IRI.
        origin: Who recorded it: "curated" or "registry".
    """

    def __init__(
        self,
        iri: str,
        facts_by_subject: Mapping[str, Facts],
        labels: Mapping[str, str],
        origin: str,
    ) -> None:
        self.iri = iri
        self.name = name_of(iri)
        self.origin = origin
        self._facts = facts_by_subject
        self._labels = labels

    def things(self, subjects: Iterable[str] | str, *path: str) -> list[str]:
        """Follow properties from records to what they name, each once, in the order of numbers.

        Args:
            subjects: The IRI of a record, or several.
            *path: The names of the properties, one after the other.
        """
        found = [subjects] if isinstance(subjects, str) else list(subjects)
        for name in path:
            property_ = CKG[name].value
            found = [
                node.value
                for each in found
                for node in self._facts.get(each, {}).get(property_, ())
                if isinstance(node, NamedNode)
            ]
        return sorted(dict.fromkeys(found), key=_in_order_of_numbers)

    def texts(self, subject: str, name: str) -> list[str]:
        """Give the texts of a property of a record."""
        return self.texts_of(subject, CKG[name])

    def texts_of(self, subject: str, property_: NamedNode) -> list[str]:
        """Give the texts of a property of any vocabulary."""
        found = self._facts.get(subject, {}).get(property_.value, ())
        return [each.value for each in found if isinstance(each, Literal)]

    def text(self, subject: str, name: str) -> str:
        """Give the text of a property of a record, or nothing."""
        return BETWEEN.join(self.texts(subject, name))

    def printed(self, subject: str) -> str:
        """Give what a source prints for a record, or nothing."""
        return self.text(subject, "printedTerm")

    def integer(self, subject: str, name: str) -> int | None:
        """Give a whole number, or None where none is known."""
        found = self.texts(subject, name)
        return int(found[0]) if found else None

    def label(self, iri: str) -> str:
        """Give what a thing is called."""
        return self._labels.get(iri, name_of(iri))

    def labels(self, subjects: Iterable[str] | str, *path: str) -> str:
        """Give what the things at the end of a path are called."""
        return BETWEEN.join(map(self.label, self.things(subjects, *path)))

    def quote(self, record: str) -> str:
        """Give the words that the main value of a record rests on, or nothing."""
        return BETWEEN.join(
            text
            for evidence in self.things(record, "principalEvidence")
            for text in self.texts(evidence, "quote")
        )

    def grounds(self, record: str) -> str:
        """Give how the main value of a record is known, and the words or the reasoning."""
        told = []
        for evidence in self.things(record, "principalEvidence"):
            words = self.text(evidence, "reasoning")
            if CKG["Derived"].value not in self.things(evidence, "status") or not words:
                words = f"“{self.text(evidence, 'quote')}”"
            told.append(f"{self.labels(evidence, 'status')}: {' '.join(words.split())}")
        return BETWEEN.join(told)

    def sources_of(self, record: str) -> list[str]:
        """Give the sources of the main value of a record."""
        return self.things(record, "principalEvidence", "source")

    def gives_cells(self, arm: str) -> bool:
        """Tell whether an arm receives a cell product."""
        return bool(self.things(arm, "receives", "product"))

    def compares(self, arm: str) -> bool:
        """Tell whether an arm is there to compare with, and receives no cells for all we know."""
        return (
            not COMPARATOR_ROLES.isdisjoint(self.things(arm, "armRole"))
            and not self.gives_cells(arm)
            and not self.things(self.iri, "unassignedIntervention", "product")
        )

    def described(self) -> bool:
        """Tell whether a source describes the study, and does not only name it in passing."""
        return bool(self.things(self.iri, "describedBy"))


def grouped(digits: str) -> str:
    """Write a number so that a person can read it.

    Example:
        >>> grouped("1000000"), grouped("0.05"), grouped("2005")
        ('1,000,000', '0.05', '2,005')
    """
    number = Decimal(digits)
    return f"{int(number):,}" if number == number.to_integral_value() else digits


def in_number(unit: str, number: str) -> str:
    """Write a unit of time as it stands behind a number.

    Example:
        >>> in_number("year", "6"), in_number("year", "1"), in_number("kg", "6")
        ('years', 'year', 'kg')
    """
    return f"{unit}s" if number != "1" and unit in _TIMES else unit


def _in_order_of_numbers(iri: str) -> list[tuple[int, str]]:
    """Put arm-10 behind arm-2."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in _DIGITS.split(iri)]
