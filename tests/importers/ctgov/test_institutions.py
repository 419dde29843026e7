from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.importers.ctgov.institutions import institution_of
from cellkg.vocabulary import CKG, INSTITUTION, STUDY

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy

LUND = INSTITUTION["university-hospital-lund"]


@pytest.mark.parametrize(
    "spelling",
    [
        "University Hospital Lund",
        "The University Hospital, Lund (LUH)",
        "UNIVERSITY HOSPITAL LUND",
        "University-Hospital Lund, Inc.",
        "Un\u00edversity Hosp\u00edtal Lund",
        "\uff35niversity Hospital Lund",
    ],
)
def test_spellings_of_one_name_are_one_institution(spelling: str) -> None:
    assert institution_of(spelling) == LUND


@pytest.mark.parametrize(
    "other",
    [
        "Department of Surgery, University Hospital Lund",
        "University Hospital",
        "Lund University Hospital",
        "University Hospital Lund II",
    ],
)
def test_nothing_else_is_put_together(other: str) -> None:
    assert institution_of(other) != LUND


def test_names_of_other_scripts_and_whole_addresses_have_names_of_their_own() -> None:
    long = "Department of " + "Very Long Names and " * 9
    names = [
        "\u5317\u4eac\u5927\u5b66\u7b2c\u4e00\u533b\u9662",
        "\u5317\u4eac\u5927\u5b66\u7b2c\u4e09\u533b\u9662",
        "\u041a\u043b\u0438\u043d\u0438\u043a\u0430 1",
        "(?)",
        long,
        long + "More",
    ]
    found = [institution_of(name) for name in names]
    assert len(set(found)) == len(names)
    assert all(len(each.value.rpartition("/")[2]) <= 140 for each in found)
    assert institution_of(long.upper()) == institution_of(long)


@given(st.text(min_size=1))
def test_any_name_makes_a_plain_iri(name: str) -> None:
    slug = institution_of(name).value.removeprefix(INSTITUTION.iri)
    assert slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert institution_of(f" {name} ") == institution_of(name)


def test_sponsor_and_collaborators(imported: dict[int, ImportedStudy]) -> None:
    found = imported[6]
    sponsor, one, two, *sites = found.study.institution_roles
    assert (sponsor.iri, sponsor.institution_part) == (
        STUDY["NCT90000006#sponsor"],
        CKG["Sponsor"],
    )
    assert sponsor.institution == INSTITUTION["dr-maria-munoz"]
    assert (sponsor.sponsor_class, sponsor.printed_terms) == ("indiv", ("Dr. Maria Mu\u00f1oz",))
    assert (one.institution, two.institution) == (LUND, LUND)
    assert (one.institution_part, one.sponsor_class) == (CKG["Collaborator"], "other")
    assert two.sponsor_class is None
    assert found.not_taken["a sponsor without a name"] == 1
    assert len(sites) == 3


def test_sites_with_what_is_said_of_each(imported: dict[int, ImportedStudy]) -> None:
    found = imported[6]
    beijing, lund, department = found.study.institution_roles[3:]
    assert beijing.printed_terms == ("\u5317\u4eac\u5927\u5b66\u7b2c\u4e00\u533b\u9662",)
    assert (beijing.country, beijing.place) == ("China", "Beijing")
    assert beijing.recruitment_status == CKG["Recruiting"]
    assert (lund.institution, lund.printed_terms) == (None, ())
    assert (lund.country, lund.place) == ("Sweden", "Lund, Sk\u00e5ne")
    assert lund.recruitment_status is None  # "CLOSED" is no word of the registry
    assert (department.country, department.place) == (None, None)
    assert {each.institution_part for each in (beijing, lund, department)} == {CKG["Site"]}
    assert found.not_taken["a site without a name and a place"] == 1
