from __future__ import annotations

from typing import TYPE_CHECKING

from cellkg.vocabulary import CKG, SOURCE

if TYPE_CHECKING:
    from cellkg.importers.ctgov import ImportedStudy


def test_references_are_sources_of_their_own(imported: dict[int, ImportedStudy]) -> None:
    _, *references = imported[7].sources
    found = [
        (each.iri, each.reference_kind, each.source_kind, each.identifiers) for each in references
    ]
    article = CKG["JournalArticle"]
    name = "NCT90000007-reference-"
    assert found == [
        (
            SOURCE[f"{name}0"],
            CKG["DerivedReference"],
            article,
            ("pubmed:31779196", "doi:10.3390/jcm8122102"),
        ),
        (SOURCE[f"{name}1"], CKG["BackgroundReference"], None, ()),
        (SOURCE[f"{name}2"], CKG["ResultReference"], None, ("doi:10.1002/foo_bar",)),
        (SOURCE[f"{name}3"], CKG["ResultReference"], article, ("pubmed:7",)),
    ]
    assert all(each.citation is None and each.title is None for each in references)


def test_a_study_names_its_references_and_is_described_by_the_record_alone(
    imported: dict[int, ImportedStudy],
) -> None:
    study = imported[7].study
    assert study.references == tuple(each.iri for each in imported[7].sources[1:])
    assert study.described_by == (SOURCE["NCT90000007"],)


def test_a_retraction_is_noted(imported: dict[int, ImportedStudy]) -> None:
    notes = [each.notes for each in imported[7].sources[1:]]
    assert notes == [
        *[()] * 3,
        ("The registry says that this publication was retracted.",),
    ]


def test_a_reference_of_nothing_is_left_out_and_counted(
    imported: dict[int, ImportedStudy],
) -> None:
    not_taken = imported[7].not_taken
    assert not_taken["a reference that has no kind and is not in PubMed"] == 1
    assert not_taken["a PubMed number that is none"] == 1
