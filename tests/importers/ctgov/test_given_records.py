from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from cellkg.importers.ctgov.given_records import intervention_of
from cellkg.importers.ctgov.item import Item
from cellkg.importers.ctgov.recorder import Recorder
from cellkg.importers.prose import Found, Given, GroundedDose, GroundedProduct
from cellkg.records.fields import facts_of
from cellkg.vocabulary import CKG, STUDY, TERM

if TYPE_CHECKING:
    from cellkg.records import Intervention
    from cellkg.records.evidence import Record

ITEM = Item({"type": "BIOLOGICAL", "name": "Cells"}, "/interventions/0")


def found(value: str | Decimal | int, words: str = "words") -> Found:
    return Found(value, "/interventions/0/description", 4, 4 + len(words), words, "It says so.")


def term(name: str, words: str = "words") -> Found:
    return found(TERM[name].value, words)


def intervention(given: Given) -> Intervention:
    return intervention_of(ITEM, given, "arm-0-intervention-0", Recorder("NCT90000001"))


def supported(record: Record) -> set[str]:
    properties = {each for evidence in record.evidence for each in evidence.supports}
    return {name for name, fact in facts_of(type(record)).items() if fact.property in properties}


def test_nothing_found_is_nothing_said() -> None:
    plain = intervention(Given())
    assert (plain.products, plain.routes, plain.doses, plain.time_unit) == ((), (), (), None)
    assert supported(plain) == {"printed_terms", "intervention_kind"}


def test_every_field_of_an_intervention() -> None:
    record = intervention(
        Given(
            routes=(term("intravenous", "i.v."), term("intravenous", "IV"), term("intrathecal")),
            sites_of_delivery=(term("heart"),),
            administrations_min=found(2),
            administrations_max=found(4),
            interval_min=found(Decimal(1)),
            interval_max=found(Decimal(3)),
            interval_unit=TERM["week"].value,
        )
    )
    assert record.routes == (TERM["intravenous"], TERM["intrathecal"])
    assert record.sites_of_delivery == (TERM["heart"],)
    assert (record.administrations_min, record.administrations_max) == (2, 4)
    assert (record.interval_min, record.interval_max) == (Decimal(1), Decimal(3))
    assert record.time_unit == TERM["week"]
    assert supported(record) == {
        *("printed_terms", "intervention_kind", "routes", "sites_of_delivery", "time_unit"),
        *("administrations_min", "administrations_max", "interval_min", "interval_max"),
    }
    routes = [each for each in record.evidence if CKG["route"] in each.supports]
    assert [each.quote for each in routes] == ["i.v.", "words"]  # the first that names a term
    assert {each.reasoning for each in routes} == {"It says so."}
    assert {(each.start, each.end) for each in routes} == {(4, 8), (4, 9)}


def test_every_field_of_a_product() -> None:
    product = GroundedProduct(
        cell_types=(term("mesenchymal-stromal-cell"),),
        derived_from=(term("mononuclear-cell"),),
        tissues=(term("bone-marrow"),),
        donor=term("allogeneic"),
        preservation=found(CKG["Frozen"].value),
    )
    (record,) = intervention(Given(products=(product,))).products
    assert record.iri == STUDY["NCT90000001#arm-0-intervention-0-product-0"]
    assert (record.cell_types, record.derived_from, record.tissues) == (
        (TERM["mesenchymal-stromal-cell"],),
        (TERM["mononuclear-cell"],),
        (TERM["bone-marrow"],),
    )
    assert (record.donor, record.preservation) == (TERM["allogeneic"], CKG["Frozen"])
    assert supported(record) == {"cell_types", "derived_from", "tissues", "donor", "preservation"}
    assert record.principal_evidence == record.evidence[0].iri


def test_every_field_of_a_dose() -> None:
    printed = found("1-2 x 10^6 cells", "1-2 x 10^6 cells")
    one = GroundedDose(TERM["cells"].value, printed, value=Decimal(5))
    several = GroundedDose(
        TERM["cells-per-kilogram"].value,
        printed,
        minimum=Decimal(1000000),
        maximum=Decimal(2000000),
        per=CKG["PerAdministration"].value,
    )
    single, ranged = intervention(Given(doses=(one, several))).doses
    assert (single.dose_value, single.dose_min, single.dose_max) == (Decimal(5), None, None)
    assert single.dose_per is None
    assert supported(single) == {"dose_value", "dose_unit", "printed_terms"}
    assert ranged.iri == STUDY["NCT90000001#arm-0-intervention-0-dose-1"]
    assert (ranged.dose_min, ranged.dose_max) == (Decimal(1000000), Decimal(2000000))
    assert (ranged.dose_unit, ranged.dose_per) == (
        TERM["cells-per-kilogram"],
        CKG["PerAdministration"],
    )
    assert ranged.printed_terms == ("1-2 x 10^6 cells",)
    (evidence,) = ranged.evidence
    assert (evidence.quote, evidence.status) == ("1-2 x 10^6 cells", CKG["Inferred"])
