"""The tables of outcomes: every value of every group, and the analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from cellkg.importers.ctgov import registry_words
from cellkg.importers.ctgov.groups import by_id, group_named, groups_of
from cellkg.importers.prose import Passage
from cellkg.records import OutcomeFinding, StatisticalAnalysis
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from cellkg.importers.ctgov.groups import ArmLinker, Groups
    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder
    from cellkg.importers.prose import ProseReader
    from cellkg.records import Evidence, ResultGroup

    Denominators = dict[str, Item]
    """From the id of a group to the place where the number of its people stands."""

_PEOPLE: Final = "participants"
_ALL_PEOPLE: Final = 10**10


class OutcomeTable:
    """One table of an outcome, read into groups, findings and analyses.

    Args:
        item: The member of ``outcomeMeasures``.
        place: Its number in the list, from 0.
        linker: Tells which arm a group is.
        reader: Tells which measure a title names.
        recorder: Names and evidence of this record.

    Attributes:
        groups: The groups that the table counts.
    """

    def __init__(
        self, item: Item, place: int, linker: ArmLinker, reader: ProseReader, recorder: Recorder
    ) -> None:
        self._item = item
        self._label = f"outcome-{place}"
        self._recorder = recorder
        self.groups: tuple[ResultGroup, ...] = groups_of(
            item["groups"].items(), self._label, CKG["OutcomeTable"], linker, recorder
        )
        self._known: Groups = by_id(self.groups)
        self._people: dict[str, Evidence] = {}
        self._words: dict[str, Any] = {}
        self._shared: list[Evidence] = []
        self._read_title(reader)

    def _read_title(self, reader: ProseReader) -> None:
        """Take in what all values and analyses of the table share."""
        item, recorder = self._item, self._recorder
        title = item["title"]
        printed = title.text()
        self._words = {"printed_terms": (printed or "[no title printed]",)}
        name = recorder.name(self._label, "title")
        quoted = None if printed is None else title
        self._shared.append(recorder.stated(name, OutcomeFinding, self._words, item, quoted=quoted))
        rest = {
            "endpoint_role": recorder.listed(item["type"], registry_words.ENDPOINT_ROLES),
            "time_label": item["timeFrame"].text(),
        }
        if any(rest.values()):
            name = recorder.name(self._label, "record")
            self._shared.append(recorder.stated(name, OutcomeFinding, rest, item))
        self._words |= rest
        found = None
        if printed is not None:
            found = reader.outcome_measure(Passage(title.pointer, title.raw()))
        if found is not None:
            self._words["measure"] = NamedNode(str(found.value))
            name = recorder.name(self._label, "measure")
            self._shared.append(recorder.inferred(name, OutcomeFinding, ("measure",), found))

    def findings(self) -> Iterator[OutcomeFinding]:
        """Give every value of the table."""
        item = self._item
        kind = item["paramType"].text()
        values = {
            "parameter_kind": None if kind is None else registry_words.words_of(kind),
            "printed_unit": item["unitOfMeasure"].text(),
            "dispersion_kind": item["dispersionType"].text(),
        }
        words = self._words | values
        shared = list(self._shared)
        if any(values.values()):
            name = self._recorder.name(self._label, "values")
            shared.append(self._recorder.stated(name, OutcomeFinding, values, item))
        analysed = _denominators(item)
        for number, category in enumerate(self._categories()):
            parts, place, people = category
            label = f"{self._label}-value-{number}"
            texts = [each["title"].text() for each in parts]
            title = " · ".join(text for text in texts if text is not None)
            own = list(shared)
            if title:
                shown = parts[0] if texts[0] else parts[1]  # a class holds its categories
                name = self._recorder.name(label, "category")
                own.append(self._recorder.stated(name, OutcomeFinding, {"category": title}, shown))
            for each, value in enumerate(place.items()):
                if value["value"].text() is None:
                    self._recorder.not_taken["a measurement without a value"] += 1
                    continue
                yield self._finding(
                    f"{label}-{each}",
                    value,
                    words | {"category": title or None},
                    own,
                    analysed | people,
                )

    def _categories(self) -> Iterator[tuple[tuple[Item, Item], Item, Denominators]]:
        for part in self._item["classes"].items():
            people = _denominators(part)
            for category in part["categories"].items():
                yield (part, category), category["measurements"], people

    def _finding(
        self,
        label: str,
        item: Item,
        words: dict[str, Any],
        shared: list[Evidence],
        people: Denominators,
    ) -> OutcomeFinding:
        recorder = self._recorder
        group = group_named(self._known, item["groupId"])
        numbers = self._numbers(item, words["parameter_kind"], words["dispersion_kind"])
        numbers["in_result_group"] = group
        name = recorder.name(label, "numbers")
        evidence = [*shared, recorder.stated(name, OutcomeFinding, numbers, item)]
        place = people.get(item["groupId"].text() or "")
        analysed = None if place is None else place["value"].whole_number()
        if place is not None and analysed is not None:
            numbers["analysed"] = analysed
            evidence.append(self._shown_people(place, analysed))
        return OutcomeFinding(
            iri=recorder.name(label),
            evidence=tuple(evidence),
            principal_evidence=shared[0].iri,
            **words,
            **numbers,
        )

    def _numbers(self, item: Item, kind: str | None, spread: str | None) -> dict[str, Any]:
        """Read one value with its spread; one that is no number stays as printed."""
        value = item["value"].number()
        numbers: dict[str, Any] = {"printed_value": item["value"].text()}
        if kind == "mean":
            numbers["mean"] = value
        elif kind == "median":
            numbers["median"] = value
        elif kind == "count of participants" and value is not None and _counts_people(value):
            numbers["patients_with"] = int(value)
        else:
            numbers["value"] = value
        deviation = self._recorder.number(item["spread"])
        if spread is not None and spread.casefold() == "standard deviation":
            numbers["standard_deviation"] = deviation
        else:
            numbers["dispersion"] = deviation
        limits = ("lower_limit", "upper_limit")
        if spread is not None and spread.casefold() == "full range":
            limits = ("range_min", "range_max")
        for name, key in zip(limits, ("lowerLimit", "upperLimit"), strict=True):
            numbers[name] = self._recorder.number(item[key])
        return numbers

    def _shown_people(self, place: Item, analysed: int) -> Evidence:
        """Point at a denominator, once for all values that it is the denominator of."""
        if place.pointer not in self._people:
            label = place.pointer.rpartition("/outcomeMeasures/")[2].partition("/")[2]
            name = self._recorder.name(self._label, label)
            self._people[place.pointer] = self._recorder.stated(
                name, OutcomeFinding, {"analysed": analysed}, place
            )
        return self._people[place.pointer]

    def analyses(self) -> Iterator[StatisticalAnalysis]:
        """Give the estimates and tests of the table."""
        number = self._recorder.number
        for place, item in enumerate(self._item["analyses"].items()):
            groups = tuple(
                dict.fromkeys(group_named(self._known, each) for each in item["groupIds"].items())
            )
            if not groups:
                self._recorder.not_taken["an analysis without groups"] += 1
                continue
            effect, hypothesis = item["paramType"].text(), item["nonInferiorityType"].text()
            spread = item["dispersionType"].text()
            values: dict[str, Any] = {
                "compares_groups": groups,
                "hypothesis": None if hypothesis is None else registry_words.words_of(hypothesis),
                "p_value": item["pValue"].text(),
                "statistical_test": item["statisticalMethod"].text(),
                "effect": number(item["paramValue"]),
                "effect_kind": effect,
                "confidence_level": number(item["ciPctValue"]),
                "confidence_min": number(item["ciLowerLimit"]),
                "confidence_max": number(item["ciUpperLimit"]),
                "dispersion": number(item["dispersionValue"]),
                "dispersion_kind": None if spread is None else registry_words.words_of(spread),
            }
            label = f"{self._label}-analysis-{place}"
            name = self._recorder.name(label, "record")
            evidence = self._recorder.stated(name, StatisticalAnalysis, values, item)
            yield StatisticalAnalysis(
                iri=self._recorder.name(label),
                evidence=(*self._shared, evidence),
                principal_evidence=self._shared[0].iri,
                **self._words,
                **values,
            )


def _denominators(item: Item) -> Denominators:
    """Find the number of people of each group; other units, such as eyes, are not people."""
    return {
        count["groupId"].text() or "": count
        for each in item["denoms"].items()
        if (each["units"].text() or "").casefold() == _PEOPLE
        for count in each["counts"].items()
    }


def _counts_people(value: Decimal) -> bool:
    return 0 <= value <= _ALL_PEOPLE and value == int(value)
