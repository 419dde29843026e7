"""Every reason on a made-up pair that it is for, and on a pair that it nearly is for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest

from cellkg.linking.context import Context
from cellkg.linking.reasons import ACCOUNT, COHORT, EXTENSION, SAME_TRIAL, reasons_for
from cellkg.linking.study_profile import Background, StudyProfile
from cellkg.linking.weights import LISTED_FROM

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

MADE_BY: Final[dict[str, Any]] = {
    "responsible": {"north"},
    "institutions": {"north"},
    "conditions": {"ms"},
    "cell_types": {"msc"},
    "routes": {"intrathecal"},
    "start": "2015-03-01",
    "end": "2018",
}
LONG: Final = "Safety of Intrathecal Mesenchymal Stem Cells in Relapsing Multiple Sclerosis"

# what the one says, what the other says, words of the reason, the suggested relation
LISTED: Final[list[tuple[dict[str, Any], dict[str, Any], str, NamedNode]]] = [
    (
        {"numbers": {"euclinicaltrials:2006-006163-12"}},
        {"numbers": {"euclinicaltrials:2006-006163-12"}},
        "both have the number 2006-006163-12",
        SAME_TRIAL,
    ),
    (
        {"titles": {"Extension of NCT00222573"}},
        {"numbers": {"clinicaltrials:NCT00222573"}},
        "a names NCT00222573, the number of b",
        EXTENSION,
    ),
    (
        {"remarks": {"Replaced by NCT00222573"}},
        {"numbers": {"clinicaltrials:NCT00222573"}},
        "a names NCT00222573, the number of b",
        EXTENSION,
    ),
    (
        {"titles": {"Patients Treated in the ALLO-ASC-101 Trial"}},
        {"own_ids": {"ALLO-ASC-101"}},
        "the title of a names ALLO-ASC-101, the number of b",
        EXTENSION,
    ),
    (
        MADE_BY | {"own_ids": {"MP-CR-006-F/U"}},
        MADE_BY | {"own_ids": {"MP-CR-006"}},
        "MP-CR-006-F/U, the number of a, begins with the one of b",
        EXTENSION,
    ),
    (
        MADE_BY | {"own_ids": {"NS-2015-7"}},
        MADE_BY | {"own_ids": {"NS-2015-7 (Ethics Committee)"}},
        "both have the number NS-2015-7",
        SAME_TRIAL,
    ),
    (
        {"documents": {"doi:10.1/x"}, "from_registry": False},
        {"results": {"doi:10.1/x"}},
        "b lists as its result 10.1/x, which describes a",
        ACCOUNT,
    ),
    (
        {"documents": {"doi:10.1/x"}, "from_registry": False},
        {"documents": {"doi:10.1/x"}, "from_registry": False},
        "one document describes both, 10.1/x",
        COHORT,
    ),
    (
        MADE_BY | {"results": {"pubmed:1"}},
        MADE_BY | {"results": {"pubmed:1"}, "start": "2016"},
        "both list as results PubMed 1",
        COHORT,
    ),
    (MADE_BY | {"acronym": "MESEMS"}, MADE_BY | {"acronym": "Mesems"}, "called MESEMS", COHORT),
    (
        MADE_BY | {"titles": {LONG}},
        MADE_BY | {"titles": {LONG + " Patients"}, "start": "2015-04"},
        "the titles are nearly equal",
        SAME_TRIAL,
    ),
    (MADE_BY, MADE_BY, "both began on 2015-03-01", SAME_TRIAL),
    (
        MADE_BY,
        MADE_BY | {"titles": {"Long-Term Follow-Up of Patients With MS"}, "start": "2017"},
        "the title of b says “long term follow up”",
        EXTENSION,
    ),
    (
        MADE_BY | {"people": {7}, "phases": {"phase-1"}},
        MADE_BY
        | {"people": {7}, "phases": {"phase-1"}, "start": None, "end": None}
        | {"from_registry": False, "conditions": {"progressive-ms"}},
        "both have 7 people",
        ACCOUNT,
    ),
]

# neither is listed: what is shared may be chance, or something tells the two apart
UNLISTED: Final[list[tuple[str, dict[str, Any], dict[str, Any]]]] = [
    ("nothing", {}, {}),
    (
        "the same condition and cell type",
        {"conditions": {"ms"}, "cell_types": {"msc"}},
        {"conditions": {"ms"}, "cell_types": {"msc"}},
    ),
    (
        "who did what to whom when",
        MADE_BY,
        MADE_BY | {"start": "2016-01-01"},
    ),
    (
        "the same grant",
        MADE_BY | {"own_ids": {"U01HL087318 (NIH)"}},
        MADE_BY | {"own_ids": {"U01HL087318 (NIH)"}, "start": "2016"},
    ),
    (
        "a number that another sponsor gave as well",
        {"own_ids": {"MSC-001"}, "conditions": {"ms"}},
        {"own_ids": {"MSC-001"}, "conditions": {"ms"}},
    ),
    (
        "a study number with another disease",
        MADE_BY | {"own_ids": {"NS-2015-7"}},
        MADE_BY | {"own_ids": {"NS-2015-7"}, "conditions": {"stroke"}},
    ),
    ("a number that is nearly the same", {"numbers": {"ctis:1"}}, {"numbers": {"ctis:2"}}),
    (
        "a publication of strangers",
        {"results": {"pubmed:1", "pubmed:2", "pubmed:3"}},
        {"results": {"pubmed:1", "pubmed:2", "pubmed:3"}},
    ),
    (
        "a publication of one sponsor on two diseases",
        MADE_BY | {"results": {"pubmed:1"}},
        MADE_BY | {"results": {"pubmed:1"}, "conditions": {"stroke"}},
    ),
    ("a title of strangers", {"titles": {LONG}}, {"titles": {LONG}}),
    (
        "a title but for the phase",
        MADE_BY | {"titles": {"Phase 1: " + LONG}},
        MADE_BY | {"titles": {"Phase 2: " + LONG}, "start": "2017"},
    ),
    (
        "a title but for the people",
        MADE_BY | {"titles": {LONG + " in Adults"}},
        MADE_BY | {"titles": {LONG + " in Children"}},
    ),
    (
        "a title but for the number of the target",
        MADE_BY | {"titles": {"CD19 and CD20 CAR T Cells in Relapsed Lymphoma"}},
        MADE_BY | {"titles": {"CD19 and CD22 CAR T Cells in Relapsed Lymphoma"}, "start": "2016"},
    ),
    (
        "a title at another time",
        MADE_BY | {"titles": {LONG}, "end": "2016"},
        MADE_BY | {"titles": {LONG}, "start": "2019", "end": "2020"},
    ),
    (
        "an acronym of a word that the vocabulary has",
        MADE_BY | {"acronym": "CAR-T"},
        MADE_BY | {"acronym": "CAR-T", "start": "2016"},
    ),
    ("an acronym with another disease", {"acronym": "HOPE"}, {"acronym": "HOPE"}),
    (
        "a length of follow-up",
        MADE_BY,
        MADE_BY | {"titles": {"Cells in MS With a Follow-up of 24 Months"}, "start": "2017"},
    ),
    (
        "a follow-up of another phase",
        MADE_BY | {"phases": {"phase-2"}},
        MADE_BY | {"titles": {"Follow-up Study of the Phase 1 Trial"}, "start": "2017"},
    ),
    (
        "a follow-up that began before",
        MADE_BY,
        MADE_BY | {"titles": {"Long-Term Follow-Up Study"}, "start": "2014"},
    ),
    (
        "a follow-up of a study with another number",
        MADE_BY | {"own_ids": {"MP-CR-006"}},
        MADE_BY | {"titles": {"Follow-up Study of MP-CR-012"}, "start": "2017"},
    ),
    (
        "a follow-up by another sponsor",
        MADE_BY,
        MADE_BY
        | {"titles": {"Long-Term Follow-Up Study"}, "start": "2017"}
        | {"responsible": {"south"}, "institutions": {"south"}},
    ),
    ("as many people at another place", {"people": {7}}, {"people": {7}, "from_registry": False}),
]


def test_all_cases_are_here() -> None:
    assert len(LISTED) == 14
    assert len(UNLISTED) == 22


@pytest.mark.parametrize(("one", "two", "words", "relation"), LISTED)
def test_the_reason_makes_a_candidate(
    pair: Any,  # noqa: ANN401 - the class of the fixture, in a file without a name
    one: dict[str, Any],
    two: dict[str, Any],
    words: str,
    relation: NamedNode,
) -> None:
    found = pair(one, two).found()
    assert found is not None
    assert any(words in reason.text for reason in found.reasons)
    assert found.relation == relation
    assert LISTED_FROM <= found.score < 1


@pytest.mark.parametrize(
    ("one", "two"), [each[1:] for each in UNLISTED], ids=[n for n, *_ in UNLISTED]
)
def test_what_may_be_chance_makes_none(
    pair: Any,  # noqa: ANN401 - as above
    one: dict[str, Any],
    two: dict[str, Any],
) -> None:
    assert pair(one, two).found() is None


def test_a_number_of_many_studies_is_one_of_a_project(pair: Any) -> None:  # noqa: ANN401 - as above
    studies = [MADE_BY | {"own_ids": {"IBCE-2015"}, "start": str(2015 + n)} for n in range(3)]
    assert pair(*studies[:2]).found() is not None
    assert pair(*studies).candidates() == []


def test_the_weights_are_shares() -> None:
    one, two = StudyProfile("a", **MADE_BY), StudyProfile("b", **MADE_BY)
    context = Context({"a": one, "b": two}, Background())
    reasons = reasons_for(one, two, context)
    assert len(reasons) == 2
    assert reasons == reasons_for(two, one, context)
    assert all(Decimal(0) < reason.weight < 1 for reason in reasons)
