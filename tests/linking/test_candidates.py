"""Candidates are symmetric, never of a study with itself, and in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cellkg.linking.candidates import find_candidates
from cellkg.linking.study_profile import Background, StudyProfile
from cellkg.linking.weights import LISTED_FROM

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TITLES = [
    "Mesenchymal Stem Cells for Knee Osteoarthritis in Adults",
    "Mesenchymal Stem Cells for Knee Osteoarthritis in Children",
    "Follow-up Study of Subjects Who Completed the CELLUMAX Phase 1 Trial",
    "Safety of CELLUMAX® in Stroke",
    "Extension of NCT00000001 and of AB-CD-001",
]


def some(values: list[str], most: int = 2) -> SearchStrategy[set[str]]:
    return st.sets(st.sampled_from(values), max_size=most)


FIELDS = st.fixed_dictionaries(
    {
        "titles": some(TITLES),
        "acronym": st.sampled_from([None, "HOPEFUL", "CELL"]),
        "numbers": some(["clinicaltrials:NCT00000001", "euclinicaltrials:2006-006163-12"]),
        "own_ids": some(["AB-CD-001", "AB-CD-001-FU", "R01HL123456 (NIH)"]),
        "documents": some(["doi:10.1/x"]),
        "results": some(["doi:10.1/x", "pubmed:1", "pubmed:2"]),
        "from_registry": st.booleans(),
        "responsible": some(["north", "south"]),
        "institutions": some(["north", "south", "hospital-of-lugano", "clinic-of-lugano"]),
        "conditions": some(["ms", "progressive-ms", "stroke"]),
        "cell_types": some(["msc", "bone-marrow-msc"]),
        "routes": some(["intrathecal"]),
        "phases": some(["phase-1", "phase-2"]),
        "people": st.sets(st.integers(0, 3), max_size=2),
        "start": st.sampled_from([None, "2010", "2010-02", "2010-02-03"]),
        "end": st.sampled_from([None, "2009", "2012-02"]),
    }
)


def found(studies: dict[str, dict[str, Any]]) -> list[object]:
    profiles = {name: StudyProfile(name, **fields) for name, fields in studies.items()}
    for profile in profiles.values():
        profile.institutions |= profile.responsible  # as in a graph
    background = Background({}, {"progressive-ms": {"ms"}, "bone-marrow-msc": {"msc"}}, set())
    return list(find_candidates(profiles, background))


@settings(max_examples=60)
@given(st.lists(FIELDS, min_size=2, max_size=6))
def test_the_order_of_studies_makes_no_difference(fields: list[dict[str, Any]]) -> None:
    studies = {f"s{number}": each for number, each in enumerate(fields)}
    candidates = found(studies)
    assert candidates == found(dict(reversed(studies.items())))
    pairs = [each.studies for each in candidates]  # type: ignore[attr-defined] # candidates
    assert pairs == sorted(set(pairs))
    assert all(first < second for first, second in pairs)
    assert all(LISTED_FROM <= each.score < 1 for each in candidates)  # type: ignore[attr-defined] # as above


@settings(max_examples=40)
@given(FIELDS, FIELDS)
def test_names_of_studies_say_nothing(one: dict[str, Any], two: dict[str, Any]) -> None:
    """Named the other way round, the pair has the same score and relation."""
    scores = [
        [(each.score, each.relation) for each in found(studies)]  # type: ignore[attr-defined] # candidates
        for studies in ({"a": one, "b": two}, {"a": two, "b": one})
    ]
    assert scores[0] == scores[1]
