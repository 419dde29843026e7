"""Names for the records of one study, and their evidence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pyoxigraph import NamedNode

from cellkg.importers.ctgov.item import Item
from cellkg.importers.ctgov.wording import quotable
from cellkg.records import Evidence
from cellkg.records.fields import facts_of
from cellkg.vocabulary import CKG, CTGOV_IMPORTER, SOURCE, STUDY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from cellkg.importers.prose import Found
    from cellkg.records import Record

    Values = Mapping[str, Any]
    """Fields of a record by name, with the values they are to have."""

Node = TypeVar("Node")

STATED: Final = CKG["Stated"]
INFERRED: Final = CKG["Inferred"]

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


class Recorder:
    """Names the records of one registry record, and writes down what shows their values.

    Args:
        nct_id: The identifier of the record.

    Attributes:
        nct_id: The identifier of the record.
        study: The IRI of the study.
        source: The IRI of the record as a source.
        not_taken: What the record says and cellkg has no place for, by what it is.
    """

    def __init__(self, nct_id: str) -> None:
        self.nct_id = nct_id
        self.study = STUDY[nct_id]
        self.source = SOURCE[nct_id]
        self._names = f"{self.study.value}#"
        self.not_taken: Counter[str] = Counter()

    def listed(self, item: Item, table: Mapping[str, Node]) -> Node | None:
        """Translate a word of one of the registry's closed lists.

        Args:
            item: The word.
            table: From the words to what they are here.

        Returns:
            What it is here; None where it is absent, or where no translation is known, which is
            noted down.
        """
        word = item.text()
        if word is None:
            return None
        if word not in table:
            field = item.pointer.rpartition("/")[2]
            self.not_taken[f"the word {word[:100]!r} of {field}"] += 1
            return None
        return table[word]

    def number(self, item: Item) -> Decimal | None:
        """Read a number.

        Args:
            item: The number, or a text in its place.

        Returns:
            The number; None where it is absent, "NA", or another text, which is noted down.

        Example:
            >>> from cellkg.importers.ctgov.item import Item
            >>> recorder = Recorder("NCT00684021")
            >>> recorder.number(Item("<0.1", "/analyses/0/ciLowerLimit")), *recorder.not_taken
            (None, 'a ciLowerLimit that is no number')
        """
        number = item.number()
        if number is None and item.text() not in {None, "NA"}:
            self.not_taken[f"a {item.pointer.rpartition('/')[2]} that is no number"] += 1
        return number

    def name(self, *parts: str | int) -> NamedNode:
        """Give the IRI of a record: the study, # and the parts with hyphens.

        Example:
            >>> Recorder("NCT00684021").name("events", "EG000").value
            'https://w3id.org/cellkg/study/NCT00684021#events-EG000'
        """
        local = "-".join(map(str, parts))
        return NamedNode(self._names + _UNSAFE.sub("-", local))

    def stated(
        self,
        name: NamedNode,
        record_class: type[Record],
        values: Values,
        item: Item,
        *,
        quoted: Item | None = None,
    ) -> Evidence:
        """Say that the record states some values.

        Args:
            name: The IRI of the evidence.
            record_class: The class of the record that has the values.
            values: The values; those that are absent are not supported.
            item: Where they stand.
            quoted: The text to quote, where they are words; it is then where they stand. One that
                is too long for a quote is pointed at.

        Returns:
            The evidence.
        """
        found = None if quoted is None else quotable(quoted.raw())
        quote, start, end = found or (None, None, None)
        return Evidence(
            iri=name,
            supports=_properties(record_class, _given(values)),
            source=self.source,
            status=STATED,
            quote=quote,
            start=start,
            end=end,
            json_pointer=item.pointer if quoted is None else quoted.pointer,
            recorded_by=CTGOV_IMPORTER,
        )

    def inferred(
        self, name: NamedNode, record_class: type[Record], fields: tuple[str, ...], found: Found
    ) -> Evidence:
        """Say that the value of fields follows from a fragment of the record's prose.

        Args:
            name: The IRI of the evidence.
            record_class: The class of the record that has the values.
            fields: The fields by name.
            found: The fragment, and why the value follows.

        Returns:
            The evidence.
        """
        item = Item(None, found.pointer)
        evidence = self.concluded(name, record_class, fields, item, found.reasoning)
        return replace(evidence, quote=found.quote, start=found.start, end=found.end)

    def concluded(
        self,
        name: NamedNode,
        record_class: type[Record],
        fields: tuple[str, ...],
        item: Item,
        reasoning: str,
    ) -> Evidence:
        """Say that the value of fields follows from what stands at an item.

        Args:
            name: The IRI of the evidence.
            record_class: The class of the record that has the values.
            fields: The fields by name.
            item: Where it stands.
            reasoning: Why the value follows, for a person.

        Returns:
            The evidence.
        """
        return Evidence(
            iri=name,
            supports=_properties(record_class, fields),
            source=self.source,
            status=INFERRED,
            json_pointer=item.pointer,
            reasoning=reasoning,
            recorded_by=CTGOV_IMPORTER,
        )


def _given(values: Values) -> tuple[str, ...]:
    # Nothing is compared with an IRI, which takes longer than all the rest.
    return tuple(
        [
            name
            for name, value in values.items()
            if value is not None and (value or not isinstance(value, tuple))
        ]
    )


def _properties(record_class: type[Record], fields: tuple[str, ...]) -> tuple[NamedNode, ...]:
    known = _PROPERTIES.get((record_class, fields))
    if known is None:
        facts = facts_of(record_class)
        known = tuple(facts[name].property for name in fields)
        _PROPERTIES[record_class, fields] = known
    return known


_PROPERTIES: Final[dict[tuple[type, tuple[str, ...]], tuple[NamedNode, ...]]] = {}
"""A few dozen sets of fields, each asked for by thousands of records."""
