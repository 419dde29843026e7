"""Studies made up to be drawn: some with hostile labels, or very many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from cellkg.overview import People, Relation, StudyOverview, Words
from cellkg.vocabulary import STUDY, TERM

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOSTILE_LABELS = (
    "<script>document.title = 'broken'</script>",
    "</script><img src=x onerror=\"document.title = 'broken'\">",
    "]]> --> <!-- \" ' & &amp; {{ 7 * 7 }} </title></svg>",
    "\u202eright to left\u202c \u2028 \u2029 \x00\x07 \ufffe",
    "l\u00f6ng " * 100,
    "x" * 500,
)
"""Labels that would break what does not escape, measure or wrap them."""

STATUSES = ("completed", "recruiting", "planned", "terminated", None)


@pytest.fixture
def hostile_labels() -> tuple[str, ...]:
    """Labels that would break what does not escape, measure or wrap them."""
    return HOSTILE_LABELS


@pytest.fixture(scope="session")
def parse_svg() -> Callable[[bytes], ET.Element]:
    """Read a picture that was drawn by the test."""

    def parse(svg: bytes) -> ET.Element:
        return ET.fromstring(svg)  # noqa: S314 - cellkg has just written it

    return parse


@pytest.fixture
def many_studies() -> Callable[[int], tuple[tuple[StudyOverview, ...], list[Relation]]]:
    """Make up studies with hostile labels, each with a condition, a cell type or neither."""

    def make(number: int) -> tuple[tuple[StudyOverview, ...], list[Relation]]:
        studies = tuple(_study(place) for place in range(number))
        relations = [
            Relation(
                kind,
                study.iri,
                TERM[f"{kind}-{place % terms}"].value,
                HOSTILE_LABELS[place % len(HOSTILE_LABELS)] + f" {kind} {place % terms}",
                (study.iri,),
                "",
                (Words(HOSTILE_LABELS[place % len(HOSTILE_LABELS)], "stated", study.iri),),
            )
            for kind, terms in (("condition", 40), ("cell-type", 15))
            for place, study in enumerate(studies)
            if place % 7  # every seventh study is silent
        ]
        return studies, relations

    return make


def _study(place: int) -> StudyOverview:
    label = HOSTILE_LABELS[place % len(HOSTILE_LABELS)]
    roles = ("enrolled", "planned enrolment", None)
    role = roles[place % len(roles)]
    status = STATUSES[place % len(STATUSES)]
    return StudyOverview(
        iri=STUDY[f"made-up-{place:04}"].value,
        name=f"made-up-{place:04}",
        title=f"{label} {place}",
        identifiers=(),
        origin="registry" if place % 5 else "curated",
        described=True,
        source_kinds=("registry record",) if place % 5 else ("poster", "news item"),
        peer_reviewed=False,
        status=status,
        phases=(f"phase {place % 4 + 1}",) if place % 3 else (),
        start_date=f"{2000 + place % 25}" if place % 4 else None,
        end_date=f"{2003 + place % 25}-05" if place % 2 else None,
        countries=(),
        people=() if role is None else (People(role, place, f"#{place}", label),),
    )


@pytest.fixture
def is_golden(project: Path, request: pytest.FixtureRequest) -> Callable[[str, bytes], bool]:
    """Compare bytes with a golden file, or write it anew when asked to."""

    def compare(name: str, data: bytes) -> bool:
        path = project / "tests" / "golden" / "pictures" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        return path.read_bytes() == data

    return compare
