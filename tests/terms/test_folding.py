import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.terms.folding import fold, fold_with_offsets, singulars

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Intra\N{NON-BREAKING HYPHEN}arterial", "intra arterial"),
        ("bone\N{NO-BREAK SPACE}-\nmarrow", "bone marrow"),
        ("Sjögren\N{RIGHT SINGLE QUOTATION MARK}s", "sjogrens"),
        ("'fever'", "'fever'"),
        ("ﬁbroblast", "fibroblast"),
        ("mes\N{SOFT HYPHEN}enchymal", "mesenchymal"),
        ("γδ T cell", "γδ t cell"),
        ("not_stated", "not stated"),
        ("10^6/kg", "10^6/kg"),
        ("", ""),
        (" - ", ""),
    ],
)
def test_names_are_compared_in_one_form(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("stem cells", "stem cell"),
        ("injuries", "injury"),
        ("relapses", "relapse"),
        ("viruses", "virus"),
        ("biopsies", "biopsy"),
        ("approaches", "approach"),
        ("mscs", "msc"),
    ],
)
def test_a_plural_is_undone(plural: str, singular: str) -> None:
    assert singular in singulars(plural)


@pytest.mark.parametrize("word", ["its", "sclerosis", "abscess", "thymus", "fever", "is", ""])
def test_a_word_that_is_no_plural_stays(word: str) -> None:
    assert list(singulars(word)) == []


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_every_character_knows_where_it_came_from(text: str) -> None:
    folded = fold_with_offsets(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert folded.starts == sorted(folded.starts)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True)
    )


def test_an_accent_belongs_to_its_letter() -> None:
    folded = fold_with_offsets("e\N{COMBINING ACUTE ACCENT}tude")
    assert folded.text == "etude"
    assert (folded.starts[0], folded.ends[0]) == (0, 2)
