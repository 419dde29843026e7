"""A forest gives exact intervals, and lists everything else with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from cellkg.drawing.forest import (
    DENIED,
    NOT_STATED,
    Estimate,
    Forest,
    axis_end,
    exact_interval,
    read_forest,
)
from cellkg.drawing.forest_page import draw_page
from cellkg.drawing.forest_still import draw_still
from cellkg.drawing.page import Stamp
from cellkg.overview import Selection
from cellkg.vocabulary import STUDY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from playwright.sync_api import Page

    from cellkg import Graph
    from cellkg.overview import Relation, StudyOverview

    MakeUp = Callable[[int], tuple[tuple[StudyOverview, ...], list[Relation]]]

POSTER = STUDY["ms-intrathecal-msc-poster"].value
DESCRIBED = 5


def curated_forest(
    graph: Graph, event: str = "fever", studies: tuple[str, ...] | None = None
) -> Forest:
    read = read_forest(graph.store, graph.terms, Selection(studies, "some studies"), event=event)
    return read._replace(stamp=Stamp("test", {"curated": 7}, "0"))


@given(st.integers(1, 400), st.data())
def test_intervals_are_those_of_clopper_and_pearson(at_risk: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, at_risk))
    ours = exact_interval(count, at_risk)
    theirs = binomtest(count, at_risk).proportion_ci(0.95, "exact")
    assert (ours.low, ours.high) == pytest.approx((100 * theirs.low, 100 * theirs.high))
    assert ours.low <= ours.share <= ours.high


def test_a_study_with_a_number_is_on_the_line(curated: Graph) -> None:
    (estimate,) = curated_forest(curated).on_line
    assert estimate.study.iri == POSTER
    assert (estimate.fraction, estimate.quote) == ("4/28", "Fever 4")
    assert str(estimate.interval) == "14.3 % [4.0; 32.7]"
    assert not estimate.certain  # the poster does not say whether it counts people
    assert estimate.group_of == "whole study"


def test_denial_and_silence_are_listed_and_told_apart(curated: Graph) -> None:
    forest = curated_forest(curated, "serious adverse event")
    assert forest.on_line == ()
    assert list(forest.below) == [DENIED, NOT_STATED]
    assert [len(several) for several in forest.below.values()] == [3, 2]
    assert all(each.quote and each.fraction.startswith("?/") for each in forest.below[DENIED])
    assert all(each.quote is None for each in forest.below[NOT_STATED])
    assert forest.not_asked == 2
    assert "2 studies" in forest.caption


def test_no_row_of_the_question_is_lost(curated: Graph) -> None:
    for event in ("fever", "headache", "death", "adverse event"):
        forest = curated_forest(curated, event)
        told = [*forest.on_line, *(each for few in forest.below.values() for each in few)]
        assert len({each.study.iri for each in told}) == DESCRIBED
        assert len({(each.study.iri, each.record) for each in told}) == len(told)


def test_a_selection_narrows_it_down(curated: Graph) -> None:
    forest = curated_forest(curated, studies=(POSTER,))
    assert len(forest.on_line) == 1
    assert forest.below == {}
    assert forest.not_asked == 0


def test_the_still_of_the_curated_studies(
    curated: Graph, is_golden: Callable[[str, bytes], bool]
) -> None:
    assert is_golden("forest.svg", draw_still(curated_forest(curated)).to_bytes())
    silent = curated_forest(curated, "serious adverse event")
    assert is_golden("forest-without-numbers.svg", draw_still(silent).to_bytes())


def made_up(many_studies: MakeUp, labels: tuple[str, ...], number: int) -> Forest:
    studies, _ = many_studies(number)
    estimates = tuple(
        Estimate(
            study=study,
            group=labels[place % len(labels)],
            group_of="cell arm",
            counted=place % 10,
            at_risk=20 + place,
            unit="patients",
            certain=bool(place % 2),
            serious=None,
            quote=labels[place % len(labels)],
            record=f"{study.iri}#fever",
            reason=None if place % 3 else "no denominator",
            interval=exact_interval(place % 10, 20 + place) if place % 3 else None,
        )
        for place, study in enumerate(studies)
    )
    below = {"no denominator": tuple(each for each in estimates if each.reason)}
    stamp = Stamp("test", {"curated": number}, "0")
    on_line = tuple(each for each in estimates if not each.reason)
    return Forest("fever <b>", on_line, below, 0, "Asked: anything", labels[0], stamp)


def test_hostile_labels_stay_text_in_a_still(
    many_studies: MakeUp,
    hostile_labels: tuple[str, ...],
    parse_svg: Callable[[bytes], ET.Element],
) -> None:
    forest = made_up(many_studies, hostile_labels, 150)
    root = parse_svg(draw_still(forest).to_bytes())
    tags = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "rect", "line", "circle", "polygon", "text"}
    texts = [each.text or "" for each in root.iter() if each.tag.endswith("}text")]
    assert "and 10 more, which the page (.html) lists" in texts
    assert axis_end(forest) in {50, 60}


def test_the_page_searches_filters_and_sorts(
    many_studies: MakeUp,
    hostile_labels: tuple[str, ...],
    tmp_path: Path,
    open_page: Callable[[Path], Page],
    serious_violations: Callable[[Page], list[str]],
) -> None:
    path = tmp_path / "forest.html"
    path.write_bytes(draw_page(made_up(many_studies, hostile_labels, 60)))
    page = open_page(path)
    assert page.title() == "How often fever <b> was counted, study by study"
    assert serious_violations(page) == []
    shown = page.locator("#shown")
    assert shown.inner_text() == "60 of 60 shown"
    page.fill("#search", "made-up-0004")
    assert shown.inner_text() == "1 of 60 shown"
    page.fill("#search", "")
    page.locator("fieldset[data-filter=origin] input[value=curated]").uncheck()
    assert shown.inner_text() == "48 of 60 shown"
    first = page.locator(".forest tbody tr").first
    button = page.locator(".forest thead th button").nth(2)
    button.focus()
    page.keyboard.press("Enter")
    assert "made-up-0001" in first.inner_text()
    page.keyboard.press("Enter")
    assert "made-up-0059" in first.inner_text()


def test_the_page_shows_the_words(
    curated: Graph, tmp_path: Path, open_page: Callable[[Path], Page]
) -> None:
    path = tmp_path / "forest.html"
    path.write_bytes(draw_page(curated_forest(curated)))
    assert path.read_bytes() == draw_page(curated_forest(curated))
    page = open_page(path)
    assert page.locator(".forest .words").all_inner_texts() == ["Fever 4"]
    assert "cellkg why ms-intrathecal-msc-poster#fever" in page.locator("main").inner_text()
