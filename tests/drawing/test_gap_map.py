"""The evidence gap map loses no study, and never takes silence for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cellkg.drawing.folding import OTHER, fold_terms
from cellkg.drawing.gap_map import (
    AXES,
    MOST_COLUMNS,
    MOST_ROWS,
    NOT_STATED,
    GapMap,
    arrange,
    read_gap_map,
)
from cellkg.drawing.gap_map_page import draw_page
from cellkg.drawing.gap_map_still import Scale, cell_words, draw_still, map_notes
from cellkg.drawing.page import Stamp
from cellkg.overview import Relation, Selection
from cellkg.vocabulary import TERM

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from playwright.sync_api import Page

    from cellkg import Graph
    from cellkg.overview import StudyOverview

    MakeUp = Callable[[int], tuple[tuple[StudyOverview, ...], list[Relation]]]

EVERYTHING = Selection(None, "all studies")
CURATED = 7


def curated_map(graph: Graph, rows: str = "condition", columns: str = "cell-type") -> GapMap:
    read = read_gap_map(graph.store, graph.terms, "test", EVERYTHING, rows, columns)
    return read._replace(stamp=Stamp("test", {"curated": CURATED}, "0"))


def made_up(graph: Graph, many_studies: MakeUp, number: int) -> GapMap:
    studies, relations = many_studies(number)
    return arrange(studies, relations, graph.terms, "test", "made up", "condition", "cell-type")


@pytest.mark.parametrize("columns", AXES[1:])
def test_every_study_is_somewhere(curated: Graph, columns: str) -> None:
    drawn = curated_map(curated, columns=columns)
    placed = {
        study for bubbles in drawn.cells.values() for each in bubbles for study in each.studies
    }
    assert placed == set(range(CURATED))


def test_unknown_numbers_of_people_are_no_zeros(curated: Graph) -> None:
    drawn = curated_map(curated)
    words = {cell_words(bubbles) for bubbles in drawn.cells.values()}
    assert ("1 study", "? people") in words
    assert ("2 studies", "35 people") in words
    assert not any(people.startswith("0 ") for _, people in words)


def test_a_study_that_denies_an_event_is_told_from_one_that_reports_it(
    curated: Graph, many_studies: MakeUp
) -> None:
    studies, _ = many_studies(4)
    relations = [
        Relation("adverse-event", study.iri, TERM["fever"].value, "fever", (), answer, ())
        for study, answer in zip(studies, ("reported", "denied", "not counted"), strict=False)
    ]
    drawn = arrange(
        studies, relations, curated.terms, "test", "made up", "adverse-event", "condition"
    )
    assert {each.answer for each in drawn.cells[0, 0]} == {"reported", "denied", "not counted"}
    assert [each.answer for each in drawn.cells[1, 0]] == [""]
    assert any("draw forest" in note for note in map_notes(drawn))
    assert not any("draw forest" in note for note in map_notes(curated_map(curated)))


def test_rare_terms_are_folded_into_broader_ones(curated: Graph) -> None:
    numbers = {"progressive-multiple-sclerosis": 1, "multiple-sclerosis": 9, "heart-failure": 8}
    studies = {
        TERM[name].value: frozenset(f"{name} {place}" for place in range(number))
        for name, number in numbers.items()
    }
    labels = {iri: curated.terms[iri].label for iri in studies}
    two = fold_terms(studies, labels, curated.terms, 2)
    assert [line.label for line in two] == ["multiple sclerosis", "heart failure"]
    assert two[0].folded == ("progressive multiple sclerosis",)
    one = fold_terms(studies, labels, curated.terms, 1)
    assert [line.key for line in one] == [OTHER]
    assert one[0].members == set(studies)
    assert fold_terms({}, {}, curated.terms, 1) == []


def test_no_more_lines_than_can_be_read(curated: Graph, many_studies: MakeUp) -> None:
    drawn = made_up(curated, many_studies, 300)
    assert len(drawn.rows) == MOST_ROWS + 1
    assert len(drawn.columns) == MOST_COLUMNS + 1
    assert drawn.rows[-2].key == OTHER
    assert drawn.rows[-1].key == NOT_STATED
    assert drawn.studies_of_line(row=MOST_ROWS) == 43
    folded = [note for note in map_notes(drawn) if note.startswith("Folded into the row")]
    assert len(folded) == 1


def test_areas_grow_with_people() -> None:
    scale = Scale(400)
    assert scale.radius(400) == pytest.approx(2 * scale.radius(100))


def test_the_still_of_the_curated_studies(
    curated: Graph, is_golden: Callable[[str, bytes], bool]
) -> None:
    assert is_golden("map.svg", draw_still(curated_map(curated)).to_bytes())
    events = curated_map(curated, "route", "adverse-event")
    assert is_golden("map-of-events.svg", draw_still(events).to_bytes())


def test_hostile_labels_stay_text_in_a_still(
    curated: Graph, many_studies: MakeUp, parse_svg: Callable[[bytes], ET.Element]
) -> None:
    root = parse_svg(draw_still(made_up(curated, many_studies, 60)).to_bytes())
    tags = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "rect", "line", "circle", "polygon", "text"}
    assert max(float(each.get("x", "0")) for each in root.iter()) < float(root.get("width", "0"))


@pytest.fixture
def map_page(
    curated: Graph, many_studies: MakeUp, tmp_path: Path, open_page: Callable[[Path], Page]
) -> Page:
    path = tmp_path / "map.html"
    path.write_bytes(draw_page(made_up(curated, many_studies, 60)))
    return open_page(path)


def test_the_page_is_accessible(
    map_page: Page, serious_violations: Callable[[Page], list[str]]
) -> None:
    assert map_page.title() == "Evidence gap map: condition by cell type"
    assert serious_violations(map_page) == []


def test_search_and_filter_reach_table_and_map(map_page: Page) -> None:
    shown = map_page.locator("#shown")
    assert shown.inner_text() == "60 of 60 shown"
    map_page.fill("#search", "made-up-0003")
    assert shown.inner_text() == "1 of 60 shown"
    assert map_page.locator("[data-item]:visible").count() == 1
    assert map_page.locator("#map button:not(.none)").count() == 1
    map_page.fill("#search", "")
    map_page.locator("fieldset[data-filter=origin] input[value=registry]").uncheck()
    assert shown.inner_text() == "12 of 60 shown"
    assert map_page.locator("#map td.empty").count() > 0


def test_a_cell_leads_to_its_studies_by_keyboard(map_page: Page) -> None:
    map_page.locator("#map button[tabindex='0']").focus()
    first = map_page.evaluate("document.activeElement.dataset.cell")
    map_page.keyboard.press("ArrowRight")
    second = map_page.evaluate("document.activeElement.dataset.cell")
    assert first != second
    map_page.keyboard.press("Enter")
    assert map_page.locator("#studies article").count() >= 1
    assert map_page.evaluate("document.activeElement.id") == "details"
    assert "stated" in map_page.locator("#studies").inner_text()
    assert map_page.title() == "Evidence gap map: condition by cell type"


def test_the_same_map_gives_the_same_page(curated: Graph) -> None:
    assert draw_page(curated_map(curated)) == draw_page(curated_map(curated))
