from __future__ import annotations

from typing import TYPE_CHECKING

from cellkg.importers.ctgov.known_fields import fields_not_taken

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy


def test_what_is_left_out_and_what_nobody_knows_is_named(
    imported: dict[int, ImportedStudy],
) -> None:
    assert imported[7].not_taken == {
        "a former number that is no number of a registry": 1,
        "a reference that has no kind and is not in PubMed": 1,
        "a PubMed number that is none": 1,
        "eligibility criteria": 1,
        "annotations": 1,
        "the unknown key protocolSection/brandNewModule": 1,
        "the unknown key surprise": 1,
    }


def test_what_is_taken_in_is_not_named(imported: dict[int, ImportedStudy]) -> None:
    assert imported[9].not_taken == {}
    assert not any("Module" in each for each in imported[1].not_taken)


def test_a_long_key_is_cut() -> None:
    (named,) = fields_not_taken({"x" * 1000: 1})
    assert len(named) < 130


def test_a_section_that_is_none_is_unknown() -> None:
    assert fields_not_taken({"documentSection": 5}) == {"the unknown key documentSection": 1}
