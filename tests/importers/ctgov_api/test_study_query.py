import re

import pytest

from cellkg.errors import UserInputError
from cellkg.importers.ctgov_api import StudyQuery
from cellkg.importers.ctgov_api.study_query import MAX_IDS


def test_every_kind_of_words_has_its_parameter() -> None:
    query = StudyQuery.read(
        conditions=["ALS"],
        interventions=["stem cell", " MSC ", "MSC"],
        terms=["AREA[Phase]PHASE3"],
        ids=["NCT 00000002", "https://clinicaltrials.gov/study/NCT00000001", "nct00000002"],
        since="2024-02-29",
    )
    assert query.parameters(None) == {
        "query.cond": "ALS",
        "query.intr": "(MSC) OR (stem cell)",
        "query.term": "AREA[Phase]PHASE3",
        "filter.ids": "NCT00000001,NCT00000002",
        "filter.advanced": "AREA[LastUpdatePostDate]RANGE[2024-02-29,MAX]",
    }
    assert "RANGE[2025-01-01,MAX]" in query.parameters("2025-01-01")["filter.advanced"]


def test_the_order_of_words_makes_no_other_question() -> None:
    assert StudyQuery.read(terms=["a", "b"]) == StudyQuery.read(terms=["b", " a", "b"])
    assert StudyQuery.read(terms=["a"]) != StudyQuery.read(conditions=["a"])


def test_every_study_should_be_there_only_where_all_are_named() -> None:
    one = ["NCT00000001"]
    assert StudyQuery.read(ids=one).names_every_study
    assert not StudyQuery.read(ids=one, since="2024-01-01").names_every_study
    assert not StudyQuery.read(ids=one, terms=["a"]).names_every_study
    assert not StudyQuery.read(terms=["a"]).names_every_study


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"conditions": ["  "]}, r"--condition '  ' holds no words to search for"),
        ({"terms": ["a\x00b"]}, r"--term 'a\\x00b' holds no words"),
        ({"interventions": ["NCT00000001, nct2"]}, "holds only NCT numbers: give each with --id"),
        ({"terms": ["NCT00000001"], "since": "2024-01-01"}, "--term 'NCT00000001' holds only"),
        ({"ids": ["NCT123"]}, "'NCT123' is no identifier of ClinicalTrials.gov; those look like"),
        ({"ids": ["10.3390/jcm8122102"]}, "is no identifier of ClinicalTrials.gov"),
        ({"since": "2023-02-29"}, "--since '2023-02-29' is no day: write one like 2024-02-29"),
        ({"since": "2024"}, "is no day"),
        ({"since": "yesterday"}, "is no day"),
        ({"ids": [f"NCT{n:08}" for n in range(MAX_IDS + 1)]}, "501 NCT numbers are too many"),
    ],
)
def test_what_cannot_be_asked_is_told(given: dict[str, str | list[str]], message: str) -> None:
    with pytest.raises(UserInputError, match=message):
        StudyQuery.read(**given)  # type: ignore[arg-type] # each as its name wants it


def test_words_with_a_number_among_them_are_searched_for() -> None:
    assert StudyQuery.read(terms=["NCT00000001 extension"]).terms == ("NCT00000001 extension",)


def test_the_whole_registry_is_not_asked_for() -> None:
    with pytest.raises(UserInputError, match=re.escape("give --condition, --intervention, --term")):
        StudyQuery.read().refuse_everything()
    StudyQuery.read(since="2024-01-01").refuse_everything()
