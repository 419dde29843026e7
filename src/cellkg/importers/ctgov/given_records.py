"""What was found in the prose of an intervention, as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from cellkg.importers.ctgov import registry_words
from cellkg.records import CellProduct, Dose, Intervention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder
    from cellkg.importers.prose import Found, Given, GroundedDose, GroundedProduct
    from cellkg.records import Evidence, Record


class _Facts:
    """The fields of one record that prose tells, with their evidence."""

    def __init__(self, record_class: type[Record], label: str, recorder: Recorder) -> None:
        self.record_class = record_class
        self.label = label
        self.recorder = recorder
        self.values: dict[str, Any] = {}
        self.evidence: list[Evidence] = []

    def terms(self, field: str, found: Iterable[Found]) -> None:
        """Add the terms of a field that may have several."""
        terms: dict[str, Found] = {}
        for each in found:
            terms.setdefault(str(each.value), each)
        if terms:
            self.values[field] = tuple(map(NamedNode, terms))
        for number, each in enumerate(terms.values()):
            self._show(f"{field}-{number}", (field,), each)

    def one(self, field: str, found: Found | None, *, is_term: bool = False) -> None:
        """Add the value of a field that has one."""
        if found is not None:
            self.values[field] = NamedNode(str(found.value)) if is_term else found.value
            self._show(field, (field,), found)

    def _show(self, what: str, fields: tuple[str, ...], found: Found) -> None:
        name = self.recorder.name(self.label, what.replace("_", "-"))
        self.evidence.append(self.recorder.inferred(name, self.record_class, fields, found))

    def show_together(self, what: str, found: Found) -> None:
        """Say that one fragment shows every field so far."""
        self._show(what, tuple(self.values), found)


def intervention_of(item: Item, given: Given, label: str, recorder: Recorder) -> Intervention:
    """Make the record of an intervention in an arm.

    Args:
        item: The intervention of the registry.
        given: What was found in its texts.
        label: The name of the record inside its study.
        recorder: Names and evidence of this record.

    Returns:
        The intervention with its products and doses.
    """
    facts = _Facts(Intervention, label, recorder)
    facts.terms("routes", given.routes)
    facts.terms("sites_of_delivery", given.sites_of_delivery)
    facts.one("administrations_min", given.administrations_min)
    facts.one("administrations_max", given.administrations_max)
    facts.one("interval_min", given.interval_min)
    facts.one("interval_max", given.interval_max)
    interval = given.interval_min or given.interval_max
    if interval is not None and given.interval_unit is not None:
        facts.one("time_unit", interval._replace(value=given.interval_unit), is_term=True)
    kind = item["type"].text()
    printed = item["name"].text()
    words = (printed or "[no name printed]",)
    name = recorder.name(label, "name")
    quoted = item["name"] if printed else None
    shown = [
        recorder.stated(name, Intervention, {"printed_terms": words}, item, quoted=quoted),
    ]
    if kind is not None:
        kind = registry_words.words_of(kind)
        shown.append(
            recorder.stated(
                recorder.name(label, "kind"),
                Intervention,
                {"intervention_kind": kind},
                item["type"],
            )
        )
    return Intervention(
        iri=recorder.name(label),
        products=tuple(
            _product(product, f"{label}-product-{number}", recorder)
            for number, product in enumerate(given.products)
        ),
        doses=tuple(
            _dose(dose, f"{label}-dose-{number}", recorder)
            for number, dose in enumerate(given.doses)
        ),
        evidence=(*shown, *facts.evidence),
        principal_evidence=name,
        printed_terms=words,
        intervention_kind=kind,
        **facts.values,
    )


def _product(product: GroundedProduct, label: str, recorder: Recorder) -> CellProduct:
    facts = _Facts(CellProduct, label, recorder)
    facts.terms("cell_types", product.cell_types)
    facts.terms("derived_from", product.derived_from)
    facts.terms("tissues", product.tissues)
    facts.one("donor", product.donor, is_term=True)
    facts.one("preservation", product.preservation, is_term=True)
    return CellProduct(
        iri=recorder.name(label),
        evidence=tuple(facts.evidence),
        principal_evidence=facts.evidence[0].iri,
        **facts.values,
    )


def _dose(dose: GroundedDose, label: str, recorder: Recorder) -> Dose:
    facts = _Facts(Dose, label, recorder)
    numbers = {
        "dose_value": dose.value,
        "dose_min": dose.minimum,
        "dose_max": dose.maximum,
        "dose_unit": NamedNode(dose.unit),
        "dose_per": None if dose.per is None else NamedNode(dose.per),
        "printed_terms": (str(dose.printed.value),),
    }
    facts.values = {name: value for name, value in numbers.items() if value is not None}
    facts.show_together("words", dose.printed)
    return Dose(
        iri=recorder.name(label),
        evidence=tuple(facts.evidence),
        principal_evidence=facts.evidence[0].iri,
        **facts.values,
    )
