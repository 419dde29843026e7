"""Whose number a finding gives, by the meaning that the stored questions give to it."""

import pytest

from cellkg.exporting.exchange.study_records import StudyRecords
from cellkg.records import Arm, CellProduct, Intervention, Study
from cellkg.vocabulary import CKG, STUDY, TERM

CELLS = Intervention(
    iri=STUDY["s#cells"], products=(CellProduct(iri=STUDY["s#product"], cell_types=(CKG["x"],)),)
)
TREATED = Arm(iri=STUDY["s#treated"], receives=(CELLS,))
PLACEBO = Arm(iri=STUDY["s#placebo"], arm_role=TERM["placebo-control-arm"])
UNKNOWN = Arm(iri=STUDY["s#experimental"])


@pytest.mark.parametrize(
    ("arm", "loose", "whose"),
    [
        (TREATED, (), "cell arm"),
        (TREATED, (CELLS,), "cell arm"),
        (PLACEBO, (), "comparator"),
        (PLACEBO, (CELLS,), "not known"),
        (UNKNOWN, (), "not known"),
    ],
)
def test_an_arm_compares_only_where_all_cells_are_tied_to_arms(
    arm: Arm, loose: tuple[Intervention, ...], whose: str
) -> None:
    study = Study(iri=STUDY["s"], arms=(TREATED, PLACEBO, UNKNOWN), unassigned_interventions=loose)
    assert StudyRecords(study, {}).group_of(None, (arm.iri,)).of == whose
