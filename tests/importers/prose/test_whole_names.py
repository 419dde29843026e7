"""Adverse events, conditions and measures as registries print them."""

import pytest

from cellkg.importers.prose import GivenText, Passage, ProseReader
from cellkg.importers.prose.reasons import REASONS
from cellkg.terms import TermIndex

EVENTS = [
    ("Pyrexia", "fever"),
    ("FEVER", "fever"),
    ("Headaches", "headache"),
    ("Diarrhoea", "diarrhea"),
    ("Anaemia", "anemia"),
    ("Injection site pain", "injection site pain"),
    ("Pain injection site", "injection site pain"),
    ("Pain in extremity", "pain in extremity"),
    ("Back pain NOS", "back pain"),
    ("Stroke", "stroke (as adverse event)"),
    ("  Nausea ", "nausea"),
    ("Oedema peripheral", "edema peripheral"),
    ("Peripheral edema", "edema peripheral"),
    ("Fever, neutropenic", None),
    ("Fever and chills", None),
    ("No fever", None),
    ("Hyperpyrexia", None),
    ("Total", None),
    ("", None),
]
CONDITIONS = [
    ("Osteoarthritis, Knee", "knee osteoarthritis"),
    ("COVID19", "COVID-19"),
    ("Alzheimer's Disease", "Alzheimer disease"),
    ("Amyotrophic Lateral Sclerosis (ALS)", "amyotrophic lateral sclerosis"),
    ("Graft vs Host Disease", "graft versus host disease"),
    ("Healthy", None),
    ("", None),
]
MEASURES = [
    ("Change in EDSS at 12 months", "Expanded Disability Status Scale"),
    ("WOMAC score", "WOMAC osteoarthritis index"),
    ("Overall survival (OS)", "overall survival"),
    ("EDSS and timed 25-foot walk", None),
    ("Blood test", None),
    ("", None),
]


def label(found: object, index: TermIndex) -> str | None:
    return index[str(found.value)].label if found else None  # type: ignore[attr-defined]  # any fact found


def test_the_suite_has_its_cases() -> None:
    assert (len(EVENTS), len(CONDITIONS), len(MEASURES)) == (19, 7, 6)


@pytest.mark.parametrize(("printed", "expected"), EVENTS)
def test_an_adverse_event_is_the_whole_string(
    reader: ProseReader, index: TermIndex, printed: str, expected: str | None
) -> None:
    assert label(reader.adverse_event(Passage("/x", printed)), index) == expected


@pytest.mark.parametrize(("printed", "expected"), CONDITIONS)
def test_a_condition_is_the_whole_string(
    reader: ProseReader, index: TermIndex, printed: str, expected: str | None
) -> None:
    assert label(reader.condition(Passage("/x", printed)), index) == expected


@pytest.mark.parametrize(("title", "expected"), MEASURES)
def test_a_title_names_one_measure(
    reader: ProseReader, index: TermIndex, title: str, expected: str | None
) -> None:
    assert label(reader.outcome_measure(Passage("/x", title)), index) == expected


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("MSC", None),
        ("PRP injection", "platelet product"),
        ("Packed red cells", "transfusion of blood"),
        ("Convalescent plasma", "plasma product"),
        ("Fecal microbiota transplantation", "transfer of microbiota"),
        ("Oocyte retrieval", "gametes or embryos"),
        ("Cell therapy", "the kind of cells is not stated"),
        ("T cell count", "cells are only a target or measurement"),
        ("Aspirin", "no intervention names cells"),
    ],
)
def test_a_study_without_cells_has_a_reason(
    reader: ProseReader, name: str, reason: str | None
) -> None:
    texts = [GivenText(intervention=(Passage("/name", name),))]
    found = reader.why_not_cell_therapy([reader.given(text) for text in texts], texts)
    assert found == reason
    assert found is None or found in REASONS


def test_a_study_without_interventions_has_a_reason(reader: ProseReader) -> None:
    assert reader.why_not_cell_therapy([], []) == (
        "the record names no intervention, only titles or groups"
    )
