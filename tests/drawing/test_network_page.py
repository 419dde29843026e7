"""The network page, opened in a real Chromium, and the stills beside it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

import cellkg
from cellkg.drawing.network import NetworkPicture, read_network
from cellkg.drawing.network_page import draw_page
from cellkg.drawing.network_picture import DRAWN_KINDS, network_of
from cellkg.drawing.network_still import draw_still
from cellkg.drawing.network_views import views_of
from cellkg.drawing.page import stamp_of
from cellkg.drawing.stills import svg_to_pdf, svg_to_png
from cellkg.overview import RELATION_KINDS, Relation, Selection, StudyOverview, Words
from cellkg.overview.studies import People
from cellkg.terms import TermIndex
from cellkg.vocabulary import STUDY, TERM

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from cellkg import Graph

    Open = Callable[[Path], Page]

EVERYTHING = Selection(None, "all studies")
HOSTILE = "</script><script>window.ran=1</script><img src=x onerror=window.ran=1>\" ' & \u2028\x01"
SVG = "{http://www.w3.org/2000/svg}"


def overview_of(name: str, origin: str = "registry") -> StudyOverview:
    return StudyOverview(
        STUDY[name].value,
        name,
        HOSTILE,
        (HOSTILE,),
        origin,
        True,  # noqa: FBT003 - a field of a record, in its order
        (HOSTILE,),
        False,  # noqa: FBT003 - a field of a record, in its order
        HOSTILE,
        (HOSTILE,),
        HOSTILE,
        None,
        (HOSTILE,),
        (People("treated", 7, "r", HOSTILE),),
    )


def hostile_picture(number: int) -> NetworkPicture:
    studies = [overview_of(f"s{each}", "curated") for each in range(number)]
    words = (Words(HOSTILE, "stated", HOSTILE), Words(None, "inferred", "s"))
    relations = [
        Relation(
            kind, study.iri, TERM[f"{kind}-{place % 2}"].value, HOSTILE, ("r", "t"), answer, words
        )
        for kind in DRAWN_KINDS
        if kind != "overlap"
        for place, study in enumerate(studies)
        for answer in [["reported", "denied", "not counted"][place % 3]]
    ]
    relations.append(
        Relation("overlap", studies[0].iri, studies[1].iri, HOSTILE, ("r",), "0.8", ())
    )
    network = network_of(studies, relations, TermIndex.from_terms([]), DRAWN_KINDS)
    stamp = stamp_of(HOSTILE, studies)
    return NetworkPicture(network, views_of(network, None), HOSTILE, stamp, None)


@pytest.fixture(scope="module")
def curated_page(curated: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    drawn = read_network(
        curated.store, curated.terms, "4f2a", EVERYTHING, list(RELATION_KINDS), first="studies"
    )
    path = tmp_path_factory.mktemp("network") / "curated.html"
    path.write_bytes(drawn.page())
    return path


@pytest.fixture(scope="module")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All shipped studies, with the kinds that are read fast."""
    graph = cellkg.open_graph()
    kinds = ["condition", "cell-type", "route", "adverse-event", "overlap"]
    path = tmp_path_factory.mktemp("network") / "all.html"
    path.write_bytes(read_network(graph.store, graph.terms, "4f2a", EVERYTHING, kinds).page())
    return path


@pytest.fixture
def page(open_page: Open, curated_page: Path) -> Page:
    return drawn(open_page(curated_page))


def drawn(page: Page) -> Page:
    page.wait_for_selector("html[data-drawn=yes]", state="attached")
    return page


def marks(page: Page, selector: str = ".study") -> int:
    found = page.evaluate(f"cellkgNetwork.cy.nodes('{selector}').not('.gone').length")
    assert isinstance(found, int)
    return found


def test_the_picture_holds_what_the_graphs_hold(page: Page, curated_page: Path) -> None:
    assert marks(page) == 7
    assert marks(page, ".curated") == 7
    data = json.loads(page.locator("#page-data").inner_text())
    assert len(data["studies"]) == 7
    assert len(data["relations"]) == 80
    counts = {
        box.get_attribute("value"): label.inner_text()
        for label in page.locator("fieldset[data-filter=kind] label").all()
        for box in [label.locator("input")]
    }
    assert len(counts) == 11
    assert re.search(r"study\s+7$", counts["study"])
    labels = page.evaluate("cellkgNetwork.cy.nodes().map((node) => node.data('label'))")
    assert "fever (2)" in labels
    assert "adverse events not recorded (5)" in labels
    assert b"5 studies: adverse events not recorded." in curated_page.read_bytes()


def test_search_finds_and_enter_chooses(page: Page) -> None:
    page.fill("#search", "FEVER")
    assert page.locator("#shown").inner_text() == "1 found"
    assert page.locator("#found button").all_inner_texts() == ["adverse event: fever"]
    page.press("#search", "Enter")
    facts = page.locator("#facts").inner_text()
    assert "fever" in facts
    assert "Fever 4" in facts
    assert "stated" in facts
    assert page.evaluate("cellkgNetwork.cy.nodes('.chosen').map((n) => n.data('label'))") == [
        "fever (2)"
    ]
    assert page.evaluate("cellkgNetwork.cy.edges('.focused').length") == 2
    page.fill("#search", "nothing of this name")
    assert page.locator("#shown").inner_text() == "0 found"
    assert page.locator("#pages").inner_text() == "No study fits"


def test_what_is_not_checked_is_hidden(page: Page) -> None:
    assert marks(page, ".kind-adverse-event") == 9
    page.uncheck("fieldset[data-filter=kind] input[value=adverse-event]")
    assert marks(page, ".kind-adverse-event") == 0
    page.fill("#search", "fever")
    assert page.locator("#found").is_hidden()
    page.check("fieldset[data-filter=kind] input[value=adverse-event]")
    assert marks(page, ".kind-adverse-event") == 9
    page.uncheck("fieldset[data-filter=kind] input[value=study]")
    assert marks(page) == 0


def test_the_keyboard_reaches_a_mark_its_facts_and_its_neighbours(page: Page) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "network":
            break
    else:
        pytest.fail("the picture is not in the order of the keyboard")
    page.keyboard.press("n")
    pointed = page.locator("#pointed").inner_text()
    assert pointed.startswith("condition ")
    before = page.evaluate("cellkgNetwork.cy.pan().x")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("cellkgNetwork.cy.pan().x") == before + 60
    zoom = page.evaluate("cellkgNetwork.cy.zoom()")
    page.keyboard.press("+")
    assert page.evaluate("cellkgNetwork.cy.zoom()") > zoom
    page.keyboard.press("0")
    assert page.evaluate("cellkgNetwork.cy.zoom()") == pytest.approx(zoom)
    page.keyboard.press("Enter")
    assert page.locator("#facts h3").inner_text() in pointed
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#facts') !== null"):
            break
    page.keyboard.press("Enter")
    assert page.locator("#facts h3").inner_text() not in pointed
    page.focus("#network")
    page.keyboard.press("Escape")
    assert "Nothing is chosen" in page.locator("#facts").inner_text()


def test_a_click_on_a_mark_shows_its_facts(page: Page) -> None:
    page.evaluate("document.getElementById('picture').scrollIntoView({ block: 'end' })")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    at = page.evaluate(
        "(() => { const node = cellkgNetwork.cy.nodes('.study').filter((each) =>"
        " each.data('label') === 'ms-intrathecal-msc-poster');"
        " const box = document.getElementById('network').getBoundingClientRect();"
        " const at = node.renderedPosition(); return [box.x + at.x, box.y + at.y]; })()"
    )
    page.mouse.move(*at)
    page.mouse.click(*at, delay=60)
    page.wait_for_selector("#facts h3")
    facts = page.locator("#facts").inner_text()
    assert "ms-intrathecal-msc-poster" in facts
    assert "“repeated IT MSC injections”" in facts.replace("\n", " ") or (
        "repeated IT MSC injections" in facts
    )
    assert "treated: 28" in facts
    assert "not recorded: silence, not absence" in facts
    assert page.evaluate("decodeURIComponent(location.hash)") == "#study:ms-intrathecal-msc-poster"


def test_an_address_leads_to_a_thing(open_page: Open, curated_page: Path) -> None:
    page = drawn(open_page(curated_page))
    page.evaluate("location.hash = '#term:intrathecal'")
    page.wait_for_selector("#facts h3:text-is('intrathecal')")
    assert "6 studies of 7" in page.locator("#facts").inner_text()
    page.evaluate("location.hash = '#%E0%A4%A'")
    page.wait_for_timeout(50)
    assert page.locator("#facts h3").inner_text() == "intrathecal"


def test_the_neighbourhood_is_drawn_alone(page: Page) -> None:
    page.click("[data-view=neighbourhood]")
    assert "Choose a mark first" in page.locator("#pointed").inner_text()
    page.fill("#search", "fever")
    page.press("#search", "Enter")
    page.click("[data-view=neighbourhood]")
    assert marks(page, "*") == 3
    page.click("#facts button >> text=ms-intrathecal-msc-poster")
    expected = page.evaluate(
        "new Set(cellkgNetwork.chosen().relations.map((each) => each.thing)).size + 1"
    )
    drawn_alone = page.evaluate("cellkgNetwork.cy.nodes().not('.heading').length")
    assert drawn_alone == expected > 10


def test_the_table_tells_the_same(page: Page) -> None:
    assert page.locator("#studies tbody tr").count() == 7
    row = page.locator("#studies tbody tr", has_text="ms-intrathecal-msc-poster")
    assert "progressive multiple sclerosis" in row.inner_text()
    assert "not recorded" in page.locator("#studies tbody").inner_text()
    page.fill("#search", "san raffaele")
    assert page.locator("#studies tbody tr").count() == 1
    page.click("#studies tbody tr button >> nth=0")
    assert "san-raffaele" in page.locator("#facts h3").inner_text()


def test_axe_finds_nothing_serious(
    page: Page, serious_violations: Callable[[Page], list[str]]
) -> None:
    assert serious_violations(page) == []
    page.fill("#search", "intrathecal")
    page.press("#search", "Enter")
    assert serious_violations(page) == []


def test_a_thousand_studies_are_drawn_with_what_is_folded(
    open_page: Open, large_page: Path, serious_violations: Callable[[Page], list[str]]
) -> None:
    page = drawn(open_page(large_page))
    assert page.locator("[data-view=overview]").get_attribute("aria-pressed") == "true"
    studies = page.evaluate("cellkgNetwork.studies.length")
    assert studies > 1000
    page.click("[data-view=studies]")
    assert marks(page) == studies
    page.fill("#search", "knee osteoarthritis")
    page.press("#search", "Enter")
    own = page.evaluate("cellkgNetwork.chosen().studies.length")
    assert own > 10
    clear = "cellkgNetwork.cy.nodes('.study').not('.faded').length"
    assert page.evaluate(clear) == own
    page.fill("#search", "asthma")
    page.press("#search", "Enter")
    assert "Drawn as a part of" in page.locator("#facts").inner_text()
    assert page.evaluate("cellkgNetwork.cy.nodes('.chosen').length") == 1
    page.fill("#search", "")
    assert page.locator("#pages").inner_text() == f"Studies 1 to 25 of {studies:,}"
    page.click("#later")
    assert page.locator("#pages").inner_text() == f"Studies 26 to 50 of {studies:,}"
    page.click("[data-view=overview]")
    page.evaluate("cellkgNetwork.choose(cellkgNetwork.byId.get('term:intravenous'))")
    assert page.evaluate("cellkgNetwork.cy.edges('.focused').length") > 10
    assert serious_violations(page) == []


@pytest.mark.parametrize("number", [5, 40])
def test_hostile_labels_stay_text(open_page: Open, tmp_path: Path, number: int) -> None:
    path = tmp_path / "hostile.html"
    path.write_bytes(hostile_picture(number).page())
    page = drawn(open_page(path))
    assert page.title().startswith("What relates")
    for view in ["studies", "neighbourhood"]:
        page.evaluate("cellkgNetwork.choose(cellkgNetwork.studies[1])")
        page.click(f"[data-view={view}]")
        assert "<img src=x" in page.locator("#facts").inner_text()
    page.evaluate("cellkgNetwork.choose(cellkgNetwork.groups[0])")
    page.fill("#search", "script")
    assert page.locator("#found button").count() > 0
    assert page.evaluate("window.ran") is None
    assert page.locator("main img").count() == 0
    assert page.locator("body script").count() == 7


def test_the_page_holds_no_address_that_a_browser_would_load(curated_page: Path) -> None:
    class Loads(HTMLParser):
        found: list[str]

        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            self.found += [
                f"{tag} {name}" for name, _ in attributes if name in {"src", "srcset", "action"}
            ]
            if tag in {"link", "iframe", "object"}:
                self.found.append(tag)

    loads = Loads()
    loads.found = []
    loads.feed(curated_page.read_text("utf-8"))
    assert loads.found == []


@pytest.mark.parametrize("number", [5, 40])
def test_stills_hold_hostile_labels_as_text(number: int) -> None:
    drawn = hostile_picture(number)
    for view in drawn.views:
        svg = draw_still(drawn.network, view, HOSTILE, HOSTILE, drawn.stamp).to_bytes()
        tree = ET.fromstring(svg)  # noqa: S314 - written here
        assert {each.tag.removeprefix(SVG) for each in tree.iter()} <= {
            "svg",
            "title",
            "desc",
            "g",
            "rect",
            "circle",
            "polygon",
            "path",
            "line",
            "text",
        }
        assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on")]
        assert svg_to_png(svg).startswith(b"\x89PNG")


def test_a_still_shows_labels_counts_silence_and_legend(curated: Graph) -> None:
    drawn = read_network(curated.store, curated.terms, "4f2a", EVERYTHING, DRAWN_KINDS)
    picture = drawn.still()
    svg = picture.to_bytes()
    tree = ET.fromstring(svg)  # noqa: S314 - written here
    texts = [each.text for each in tree.iter(f"{SVG}text")]
    for expected in [
        "What relates studies of cell therapy",
        "all studies",
        "7 curated studies; data 4f2a, cellkg " + cellkg.__version__,
        "fever (2)",
        "adverse events not recorded (5)",
        "ms-intrathecal-msc-poster",
        "study, curated by hand",
        "adverse event reported",
        "not recorded: silence",
        "5 studies: adverse events not recorded.",
    ]:
        assert expected in texts
    assert svg_to_pdf(svg, "A network").startswith(b"%PDF")


def test_a_still_speaks_of_the_kinds_that_it_shows(curated: Graph) -> None:
    drawn = read_network(
        curated.store, curated.terms, "4f2a", EVERYTHING, DRAWN_KINDS, first="overview"
    )
    svg = drawn.still().to_bytes()
    assert b"routes of administration" in svg
    assert b"adverse events" not in svg


def test_an_event_is_drawn_by_its_answer() -> None:
    drawn = hostile_picture(5)
    tree = ET.fromstring(drawn.still().to_bytes())  # noqa: S314 - written here
    dashes = {each.get("stroke-dasharray") for each in tree.iter(f"{SVG}path")}
    assert dashes == {None, "7 4", "2 3", "8 3 2 3"}
    texts = {each.text for each in tree.iter(f"{SVG}text")}
    assert texts >= {
        "adverse event denied",
        "adverse event neither reported nor denied",
        "two studies that may overlap",
    }


def test_the_page_opens_at_what_it_is_drawn_around(open_page: Open, tmp_path: Path) -> None:
    drawn_around = hostile_picture(5)
    path = tmp_path / "around.html"
    path.write_bytes(
        draw_page(
            drawn_around.network,
            drawn_around.views,
            "A network",
            "around s3",
            drawn_around.stamp,
            around=STUDY["s3"].value,
        )
    )
    page = drawn(open_page(path))
    assert page.locator("#facts h3").inner_text() == "s3"
    assert page.evaluate("cellkgNetwork.cy.elements('.faded').length") == 0
