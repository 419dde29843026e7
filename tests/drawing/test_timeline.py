"""A timeline draws dates as precisely as they are given, and counts where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cellkg.drawing.page import Stamp
from cellkg.drawing.svg import InlinePicture
from cellkg.drawing.timeline import (
    MOST_BARS,
    STATES,
    Timeline,
    arrange,
    counts_by_year,
    read_timeline,
    span_of,
)
from cellkg.drawing.timeline_marks import Axis, draw_bar, draw_box
from cellkg.drawing.timeline_page import draw_page
from cellkg.drawing.timeline_still import draw_still
from cellkg.overview import Selection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from playwright.sync_api import Page

    from cellkg import Graph
    from cellkg.overview import Relation, StudyOverview

    MakeUp = Callable[[int], tuple[tuple[StudyOverview, ...], list[Relation]]]


def made_up(many_studies: MakeUp, number: int) -> Timeline:
    timeline = arrange(many_studies(number)[0], "test", "made up")
    return timeline._replace(stamp=Stamp("test", {"curated": number}, "0"))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", 2019, 2020),
        ("2019-01", 2019, 2019 + 31 / 365),
        ("2020-12", 2020 + 335 / 366, 2021),
        ("2020-12-31", 2020 + 365 / 366, 2021),
    ],
)
def test_a_date_is_as_long_as_it_is_vague(text: str, first: float, last: float) -> None:
    span = span_of(text)
    assert (span.first, span.last) == pytest.approx((first, last))
    assert span.precise is (text.count("-") == 2)


def drawn_bar(many_studies: MakeUp, start: str, end: str | None) -> list[tuple[float, float]]:
    """Draw a bar; give the left edge and the height of its rectangles."""
    study = many_studies(1)[0][0]._replace(start_date=start, end_date=end, status="completed")
    (bar,) = arrange([study], "test", "one").bars
    picture = InlinePicture(100, 20)
    draw_bar(picture, bar, Axis((2010, 2020), 0, 100), 10)
    boxes = [each.element for each in _groups(picture) if each.element.tag == "rect"]
    return [(float(each.get("x", "")), float(each.get("height", ""))) for each in boxes]


def _groups(picture: InlinePicture) -> list[InlinePicture]:
    found = []
    for element in picture.element.iter():
        each = InlinePicture(0, 0)
        each.element = element
        found.append(each)
    return found


def test_a_year_looks_different_from_a_day(many_studies: MakeUp) -> None:
    assert drawn_bar(many_studies, "2012-01-01", "2015-01-01") == [(20.0, 9.0)]
    assert drawn_bar(many_studies, "2012", "2015-01-01") == [(20.0, 3.0), (30.0, 9.0)]
    assert drawn_bar(many_studies, "2012", "2015") == [(20.0, 3.0), (50.0, 3.0), (30.0, 9.0)]
    assert drawn_bar(many_studies, "2012-01-01", None) == []


def test_states_differ_in_pattern() -> None:
    drawn = set()
    for state in STATES:
        picture = InlinePicture(50, 10)
        draw_box(picture, state, "#000000", 0, 0, 50, 10)
        drawn.add(picture.to_markup())
    assert len(drawn) == len(STATES) == 5


def test_no_study_is_lost(many_studies: MakeUp) -> None:
    timeline = made_up(many_studies, 400)
    assert timeline.folded
    assert len(timeline.bars) == 300
    assert len(timeline.undated) == 100
    counted = sum(
        number
        for by_year in counts_by_year(timeline).values()
        for by_state in by_year.values()
        for number in by_state.values()
    )
    assert counted == len(timeline.bars)
    few = made_up(many_studies, MOST_BARS)
    assert not few.folded


def test_the_still_says_what_it_folded(
    many_studies: MakeUp, parse_svg: Callable[[bytes], ET.Element]
) -> None:
    root = parse_svg(draw_still(made_up(many_studies, 400)).to_bytes())
    texts = [each.text or "" for each in root.iter() if each.tag.endswith("}text")]
    assert any("300 studies are too many for a bar each" in text for text in texts)
    assert "No date of start stated: 100 studies" in texts
    assert any("made-up-0396" in text for text in texts)


def test_the_stills_are_as_they_were(
    curated: Graph, many_studies: MakeUp, is_golden: Callable[[str, bytes], bool]
) -> None:
    silent = read_timeline(curated.store, Selection(None, "all studies"))
    silent = silent._replace(stamp=Stamp("test", {"curated": 7}, "0"))
    assert len(silent.undated) == 7
    assert is_golden("timeline-without-dates.svg", draw_still(silent).to_bytes())
    assert is_golden("timeline.svg", draw_still(made_up(many_studies, 24)).to_bytes())


@pytest.mark.parametrize("number", [60, 300])
def test_the_page_searches_filters_and_tells(
    number: int,
    many_studies: MakeUp,
    tmp_path: Path,
    open_page: Callable[[Path], Page],
    serious_violations: Callable[[Page], list[str]],
) -> None:
    path = tmp_path / "timeline.html"
    timeline = made_up(many_studies, number)
    path.write_bytes(draw_page(timeline))
    assert path.read_bytes() == draw_page(timeline)
    page = open_page(path)
    assert page.title() == timeline.title
    assert serious_violations(page) == []
    shown = page.locator("#shown")
    assert shown.inner_text() == f"{number} of {number} shown"
    page.locator("fieldset[data-filter=phase] input[value='not stated']").uncheck()
    assert shown.inner_text() == f"{number * 2 // 3} of {number} shown"
    page.fill("#search", "made-up-0004")
    assert shown.inner_text() == f"1 of {number} shown"
    page.locator("button[data-study]:visible").focus()
    page.keyboard.press("Enter")
    assert "cellkg show made-up-0004" in page.locator("#details").inner_text()
    assert "not stated" in page.locator("#details").inner_text()
    assert page.title() == timeline.title
