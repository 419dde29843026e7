from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from cellkg.vocabulary import CKG, STUDY, TERM

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy

ARMS = "/protocolSection/armsInterventionsModule/armGroups"
INTERVENTIONS = "/protocolSection/armsInterventionsModule/interventions"


def test_arms_with_what_each_receives(imported: dict[int, ImportedStudy]) -> None:
    cells, placebo = imported[1].study.arms
    assert cells.iri == STUDY["NCT90000001#arm-0"]
    assert (cells.printed_terms, cells.arm_role) == (("MSC",), TERM["experimental-arm"])
    assert [each.printed_terms for each in cells.receives] == [
        ("Mesenchymal stromal cells",),  # the intervention names the arm
        ("Zinc",),  # the arm names the intervention
    ]
    assert placebo.printed_terms == ("Placebo Arm",)
    assert placebo.arm_role == TERM["placebo-control-arm"]
    (saline,) = placebo.receives
    assert saline.iri == STUDY["NCT90000001#arm-1-intervention-1"]
    assert (saline.printed_terms, saline.intervention_kind) == (("Saline",), "drug")
    assert (saline.products, saline.routes, saline.doses) == ((), (), ())


def test_the_words_of_an_arm_are_quoted(imported: dict[int, ImportedStudy]) -> None:
    label, role = imported[1].study.arms[1].evidence
    assert (label.json_pointer, label.quote, label.start, label.end) == (
        f"{ARMS}/1/label",
        "Placebo Arm",
        0,
        11,
    )
    assert (label.supports, label.status) == ((CKG["printedTerm"],), CKG["Stated"])
    assert (role.json_pointer, role.quote) == (f"{ARMS}/1/type", None)


def test_an_intervention_tells_cells_route_and_dose(imported: dict[int, ImportedStudy]) -> None:
    cells = imported[1].study.arms[0].receives[0]
    assert cells.iri == STUDY["NCT90000001#arm-0-intervention-0"]
    assert cells.intervention_kind == "biological"
    (product,) = cells.products
    assert product.iri == STUDY["NCT90000001#arm-0-intervention-0-product-0"]
    assert product.cell_types == (TERM["mesenchymal-stromal-cell"],)
    assert product.evidence[0].quote == "Mesenchymal stromal cells"
    assert product.evidence[0].json_pointer == f"{INTERVENTIONS}/0/name"
    assert cells.routes == (TERM["intravenous"],)
    (dose,) = cells.doses
    assert dose.dose_value == Decimal(2000000)
    assert dose.printed_terms == ("2x10^6 cells/kg",)
    assert dose.evidence[0].json_pointer == f"{INTERVENTIONS}/0/description"
    assert dose.evidence[0].status == CKG["Inferred"]


def test_what_no_arm_receives_stands_apart(imported: dict[int, ImportedStudy]) -> None:
    (pump,) = imported[1].study.unassigned_interventions
    assert pump.iri == STUDY["NCT90000001#intervention-3"]
    assert pump.printed_terms == ("Pump",)
    cells, nameless = imported[4].study.unassigned_interventions
    assert imported[4].study.arms == ()
    assert cells.products[0].cell_types == (TERM["mesenchymal-stromal-cell"],)
    assert nameless.printed_terms == ("[no name printed]",)
    assert nameless.evidence[0].json_pointer == f"{INTERVENTIONS}/1"
    assert nameless.evidence[0].quote is None


def test_an_arm_without_a_label_says_so(imported: dict[int, ImportedStudy]) -> None:
    arm = imported[3].study.arms[3]
    assert arm.printed_terms == ("[no label printed]",)
    assert arm.receives == ()
    assert [(each.json_pointer, each.supports) for each in arm.evidence] == [
        (f"{ARMS}/3", (CKG["printedTerm"],)),
        (f"{ARMS}/3/type", (CKG["armRole"],)),
    ]


def test_an_arm_without_a_type_has_no_role(imported: dict[int, ImportedStudy]) -> None:
    (arm,) = imported[2].study.arms
    assert arm.arm_role is None
    assert arm.receives[0].intervention_kind == "genetic"
