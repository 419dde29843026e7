"""Pictures from the command line: the suffix says the form, and the file is whole or not there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Invoke, Run

PICTURES = {
    "map": (),
    "forest": ("--event", "fever"),
    "timeline": (),
}
BEGINNINGS = {
    "html": b"<!doctype html>",
    "svg": b"<?xml",
    "png": b"\x89PNG",
    "pdf": b"%PDF-",
}


@pytest.mark.parametrize("form", BEGINNINGS)
@pytest.mark.parametrize("picture", PICTURES)
def test_the_suffix_says_the_form(
    picture: str, form: str, invoke: Invoke, graphs: str, tmp_path: Path
) -> None:
    path = tmp_path / f"picture.{form.upper() if form == 'svg' else form}"
    arguments = ("draw", picture, *PICTURES[picture], "--graphs", graphs, "-o", str(path))
    first = invoke(*arguments)
    assert first.exit_code == 0, first.stderr
    data = path.read_bytes()
    assert data.startswith(BEGINNINGS[form])
    assert invoke(*arguments).exit_code == 0
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("map", "-o", "map.gif"), "'map.gif' does not say which picture to make"),
        (("map",), "Missing option '-o'"),
        (("map", "--rows", "route", "--columns", "route", "-o", "m.svg"), "are both 'route'"),
        (("forest", "-o", "forest.svg"), "Missing option '--event'"),
        (("forest", "--event", "fevre", "-o", "forest.svg"), "fever"),
        (("timeline", "--study", "nothing", "-o", "t.svg"), "There is no study 'nothing'"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    arguments: tuple[str, ...], told: str, invoke: Invoke, graphs: str
) -> None:
    result = invoke("draw", *arguments, "--graphs", graphs)
    assert result.exit_code == 2
    assert told in result.stderr


def test_pictures_are_of_the_selection(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    result = invoke("draw", "map", "--study", "silent", "--graphs", graphs, "-o", str(path))
    assert result.exit_code == 0, result.stderr
    assert "Shown: silent." in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("library", "form"),
    [("resvg_py", "png"), ("typst", "pdf"), ("jinja2", "html"), ("fontTools.ttLib", "svg")],
)
def test_a_missing_library_names_the_extra(
    library: str,
    form: str,
    invoke: Invoke,
    graphs: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from cellkg.drawing import fonts, page

    for remembered in (fonts._metrics, page._environment):  # noqa: SLF001 - both keep what they loaded
        remembered.cache_clear()
    monkeypatch.setitem(sys.modules, library, None)
    path = tmp_path / f"map.{form}"
    result = invoke("draw", "map", "--graphs", graphs, "-o", str(path))
    assert result.exit_code == 2
    assert "pip install 'cellkg[draw]'" in result.stderr
    assert not path.exists()


def test_the_same_picture_in_two_processes(run: Run, graphs: str, tmp_path: Path) -> None:
    drawn = []
    for seed in ("1", "2"):
        result = run("draw", "map", "--graphs", graphs, "-o", "map.html", PYTHONHASHSEED=seed)
        assert result.returncode == 0, result.stderr
        drawn.append((tmp_path / "map.html").read_bytes())
    assert drawn[0] == drawn[1]
