"""What every room's tests may use."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import cellkg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

settings.register_profile("cellkg", deadline=None)  # no test tells how long anything takes
settings.load_profile("cellkg")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout: the folder that holds pyproject.toml."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def curated(project: Path) -> cellkg.Graph:
    """The studies curated by hand, in memory: small, and with everything a study can have."""
    graphs = project / "graphs"
    return cellkg.open_graph([graphs / "curated", graphs / "institutions.ttl"], "memory")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium without a window, found on the path."""
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        reason = f"no browser is installed: none of {', '.join(CHROMIUM_NAMES)}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=list(CHROMIUM_OPTIONS)
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[[Path], Page]]:
    """Open page files; console errors, and requests that leave the file, fail the test."""
    problems: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900})

    def open_file(path: Path) -> Page:
        page = context.new_page()
        address = path.resolve().as_uri()
        page.on(
            "console",
            lambda message: (
                problems.append(f"console: {message.text}")
                if message.type in {"error", "warning"}
                else None
            ),
        )
        page.on("pageerror", lambda error: problems.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.partition("#")[0] == address or request.url.startswith("data:")
                else problems.append(f"request: {request.url}")
            ),
        )
        page.goto(address)
        return page

    yield open_file
    context.close()
    assert problems == []


@pytest.fixture(scope="session")
def serious_violations() -> Callable[[Page], list[str]]:
    """Check an open page with axe-core, and name what is serious or critical."""
    axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")

    def check(page: Page) -> list[str]:
        found = axe_playwright.Axe().run(page).response["violations"]
        return [
            f"{each['id']}: {each['help']} ({node['html'][:120]})"
            for each in found
            if each["impact"] in {"serious", "critical"}
            for node in each["nodes"]
        ]

    return check


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
