"""Made-up studies that share nothing unless a test says so."""

from __future__ import annotations

from typing import Any

import pytest

from cellkg.linking.candidates import Candidate, find_candidates
from cellkg.linking.study_profile import Background, StudyProfile


class Pair:
    """Two studies, the fields of each, and what comes of comparing them."""

    def __init__(self, one: dict[str, Any], two: dict[str, Any], *more: dict[str, Any]) -> None:
        names = ("a", "b", "c", "d", "e", "f")
        self.profiles = {
            name: StudyProfile(name, **({"from_registry": True} | fields))
            for name, fields in zip(names, (one, two, *more), strict=False)
        }

    def candidates(self) -> list[Candidate]:
        """Give the candidates among all studies."""
        broader = {"progressive-ms": {"ms"}, "bone-marrow-msc": {"msc"}}
        return list(find_candidates(self.profiles, Background({}, broader, {"car t", "covid 19"})))

    def found(self) -> Candidate | None:
        """Give the candidate of the first two studies."""
        return next((each for each in self.candidates() if each.studies == ("a", "b")), None)


@pytest.fixture
def pair() -> type[Pair]:
    return Pair
