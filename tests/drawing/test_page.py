"""The frame of every page, with hostile data, in a real browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cellkg.drawing.page import Stamp, json_for_script, render_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

HOSTILE = (
    "<script>document.title = 'broken'</script>",
    "</script><img src=x onerror=\"document.title = 'broken'\">",
    "]]> --> <!-- \" ' & &amp; {{ 7 * 7 }}",
    "\u202eright to left\u202c \u2028 \u2029 \x00\x07",
    "long " * 100,
)


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(
        render_page(
            "page.html.jinja",
            title=HOSTILE[0],
            caption=HOSTILE[1],
            stamp=Stamp("4f2a", {HOSTILE[2]: 1_150, "curated": 7}),
            data={"labels": HOSTILE},
        )
    )
    return path


@pytest.mark.parametrize("text", HOSTILE)
def test_json_in_a_script_holds_any_text(text: str) -> None:
    written = json_for_script({text: text})
    assert json.loads(written) == {text: text}
    assert not set("<>&\u2028\u2029") & set(written)


def test_a_page_runs_nothing_from_data(
    page_file: Path,
    open_page: Callable[[Path], Page],
    serious_violations: Callable[[Page], list[str]],
) -> None:
    page = open_page(page_file)
    assert page.title() == HOSTILE[0]
    assert page.locator("h1").inner_text() == HOSTILE[0]
    assert page.locator("main script, main img").count() == 0
    assert page.evaluate("cellkgPage.data.labels") == list(HOSTILE)
    assert serious_violations(page) == []


def test_a_page_refuses_a_script_that_is_not_of_cellkg(
    page_file: Path, chromium: Browser, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.html"
    text = page_file.read_text("utf-8")
    added = '<script>document.title = "ran"</script><img src="https://example.org/x.png"></body>'
    changed.write_text(text.replace("</body>", added), "utf-8")
    page = chromium.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(changed.as_uri())
    assert page.title() == HOSTILE[0]
    assert len([each for each in told if "Content Security Policy" in each]) == 2
    page.close()


def test_the_same_data_give_the_same_bytes() -> None:
    pages = {
        render_page("page.html.jinja", title="a", caption="b", stamp=Stamp("4f2a", {"curated": 7}))
        for _ in range(2)
    }
    assert len(pages) == 1
