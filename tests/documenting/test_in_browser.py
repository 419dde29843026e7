"""The pages in a real browser: no error, no request, and everything within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.documenting.conftest import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Open = Callable[[Path], Page]
    Check = Callable[[Page], list[str]]

EVERY_PAGE = {
    "index": "fever",
    "ontology": "count",
    "shapes": "dose",
    "questions": "doses",
    "terms-adverse-events": "fever",
    "terms-cell-types": "marrow",
    "terms-conditions": "sclerosis",
    "terms-donors": "",
    "terms-outcome-measures": "scale",
    "terms-routes": "intra",
    "terms-study-designs": "phase",
    "terms-tissues": "blood",
    "terms-units": "",
}
"""Every page, and what narrows it: axe takes a minute for all entries of one, which are alike."""

SHORT_PAGES = ("index", "terms-routes", "terms-donors")


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_is_accessible(
    name: str, pages: Path, open_page: Open, serious_violations: Check
) -> None:
    page = open_page(pages / f"{name}.html")
    page.fill("input[type=search]", EVERY_PAGE[name])
    found = page.locator("#results li, .entry:visible").count()
    assert 1 <= found <= 100
    assert serious_violations(page) == []
    assert page.title().endswith("cellkg")


@pytest.mark.parametrize("name", SHORT_PAGES)
def test_a_page_is_accessible_in_the_dark_and_on_a_telephone(
    name: str, pages: Path, open_page: Open, serious_violations: Check
) -> None:
    page = open_page(pages / f"{name}.html")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.fill("input[type=search]", EVERY_PAGE[name])
    assert serious_violations(page) == []
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(wider) is False


def test_the_first_page_finds_by_synonym_and_leads_there(pages: Path, open_page: Open) -> None:
    page = open_page(pages / "index.html")
    page.keyboard.press("/")
    page.keyboard.type("pyrexia")
    first = page.locator("#results li").first
    assert first.inner_text().split("\n")[0].startswith("fever")
    link = first.locator("a")
    assert link.get_attribute("href") == "terms-adverse-events.html#fever"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "fever"
    page.fill("#everything", "no such thing at all")
    assert page.inner_text("#found") == "Nothing is called so."
    page.fill("#everything", "cell")
    assert "the first 60 are listed" in page.inner_text("#found")
    assert page.locator("#results li").count() == 60


def test_a_search_narrows_entries_and_tree(pages: Path, open_page: Open) -> None:
    page = open_page(pages / "terms-adverse-events.html")
    page.fill("#search", "pyrexia")
    assert page.locator("article.entry:visible").count() == 1
    assert page.inner_text("#shown").startswith("1 of 9")
    assert page.locator(".tree li:visible").count() == 3  # adverse event, its kind, fever
    page.fill("#search", "")
    assert page.locator("article.entry:visible").count() > 900
    assert page.inner_text("#shown") == ""


def test_a_link_reaches_what_a_search_had_hidden(pages: Path, open_page: Open) -> None:
    page = open_page(pages / "terms-routes.html")
    page.fill("#search", "epidural")
    assert page.locator("#intrathecal").is_hidden()
    page.evaluate("location.hash = '#intrathecal'")
    page.wait_for_function("document.getElementById('intrathecal').offsetParent !== null")
    assert page.input_value("#search") == ""


def test_the_fragment_of_an_iri_is_a_deep_link(pages: Path, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto((pages / "ontology.html").as_uri() + "#reporting")
    place = page.locator("#reporting").bounding_box()
    assert place is not None
    assert 0 <= place["y"] < 200
    here = page.locator(".contents [aria-current=location]")
    assert here.inner_text() == "reporting"
    seen = here.bounding_box()
    assert seen is not None
    assert 0 <= seen["y"] < 900
    page.close()


def test_paper_shows_all_that_is_folded(pages: Path, open_page: Open) -> None:
    page = open_page(pages / "questions.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#doses details pre").is_visible()
    assert page.locator(".side").is_hidden()


def test_pages_can_be_read_without_scripts(pages: Path, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((pages / "terms-donors.html").as_uri())
    assert page.locator("article.entry:visible").count() == 5
    context.close()


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("index", "main"),
        ("ontology", "#Harm"),
        ("ontology", "#harm"),
        ("shapes", "article#harm"),
        ("questions", "#doses"),
        ("terms-donors", "#harm"),
    ],
)
def test_hostile_words_are_words(name: str, place: str, harmful: Path, open_page: Open) -> None:
    page = open_page(harmful / f"{name}.html")
    page.on("dialog", lambda _: pytest.fail("a label ran"))
    if name == "index":
        page.fill("#everything", "alert(1)")
        assert page.locator("#results li").count() >= 4
    assert HOSTILE in (page.locator(place).text_content() or "")
    assert page.locator("img").count() == 0
    assert page.locator("script:not([type])").count() == 1
    assert page.locator("a[href^='javascript' i]").count() == 0
