"""What people see, compared with what they saw before.

To accept a change, run the command that a failing test names and look at the difference in git.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import cellkg.cli.output

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Invoke

FEVER = ("--cell-type", "MSC", "--route", "intrathecal", "--event", "fever")
SCREENS = {
    "query-table": ("query", "adverse-event-answers", *FEVER),
    "query-csv": ("query", "adverse-event-answers", *FEVER, "-f", "csv"),
    "show": ("show", "reported"),
    "show-markdown": ("show", "reported", "-f", "md"),
    "show-json": ("show", "silent", "-f", "json"),
    "why-record": ("why", "reported#stated-28"),
    "why-inferred": ("why", "reported#fever"),
    "why-study": ("why", "reported"),
    "why-silent-study": ("why", "silent"),
    "why-json": ("why", "denied#fever", "-f", "json"),
    "terms-found": ("terms", "mesenchymal stromal cell", "--kind", "cell-types"),
    "terms-tree": ("terms", "--kind", "donors"),
    "export-turtle": ("export", "turtle", "--study", "reported"),
}
NARROW = {
    "query-cards-80": ("query", "adverse-event-answers", *FEVER),
    "show-60": ("show", "reported"),
    "why-80": ("why", "reported#stated-28"),
    "why-study-100": ("why", "reported"),
}


def assert_screen(project: Path, name: str, arguments: tuple[str, ...], shown: str) -> None:
    golden = project / "tests" / "golden" / "screens" / f"{name}.txt"
    command = f"cellkg {' '.join(arguments)} --graphs tests/data/three-answers"
    assert golden.is_file(), f"there is no {golden}: write into it what this prints: {command}"
    assert shown == golden.read_text("utf-8"), f"differs from {golden}: {command}"


@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_is_as_it_was(name: str, project: Path, graphs: str, invoke: Invoke) -> None:
    result = invoke(*SCREENS[name], "--graphs", graphs)
    assert result.exit_code == 0, result.stderr
    assert_screen(project, name, SCREENS[name], result.stdout)


@pytest.mark.parametrize("name", NARROW)
def test_the_screen_of_a_terminal_is_as_it_was(
    name: str, project: Path, graphs: str, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cellkg.cli.output, "_is_terminal", lambda output: output == "-")
    monkeypatch.setenv("COLUMNS", name.rpartition("-")[2])
    monkeypatch.setenv("NO_COLOR", "1")
    result = invoke(*NARROW[name], "--graphs", graphs)
    assert result.exit_code == 0, result.stderr
    assert_screen(project, name, NARROW[name], result.stdout)


def test_every_golden_screen_has_its_test(project: Path) -> None:
    files = {path.stem for path in (project / "tests" / "golden" / "screens").glob("*.txt")}
    assert files == SCREENS.keys() | NARROW.keys()
