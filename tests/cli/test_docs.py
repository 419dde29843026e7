"""`cellkg docs` writes pages that stand alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Invoke, Run


def test_pages_are_written_and_counted(run: Run, tmp_path: Path) -> None:
    outcome = run("docs", "-o", "made/docs")
    assert (outcome.returncode, outcome.stdout) == (0, b"")
    assert outcome.stderr.decode().startswith("13 pages in 'made/docs': begin at ")
    pages = sorted((tmp_path / "made" / "docs").iterdir())
    assert len(pages) == 13
    assert "cellkg query doses" in (tmp_path / "made/docs/questions.html").read_text("utf-8")
    before = [page.read_bytes() for page in pages]
    assert run("docs", "-o", "made/docs").returncode == 0
    assert [page.read_bytes() for page in pages] == before


def test_a_folder_that_cannot_be_made_is_named(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outcome = invoke("docs", "-o", str(tmp_path / "file" / "docs"))
    assert outcome.exit_code == 3
    assert "cannot be written" in outcome.stderr


def test_a_folder_has_to_be_given(invoke: Invoke) -> None:
    assert invoke("docs").exit_code == 2


def test_what_is_missing_is_named_with_its_extra(run: Run, tmp_path: Path) -> None:
    (tmp_path / "jinja2.py").write_text("raise ImportError")
    outcome = run("docs", "-o", "docs", PYTHONPATH=str(tmp_path))
    assert outcome.returncode == 2
    assert "pip install 'cellkg[docs]'" in outcome.stderr.decode()
    assert not (tmp_path / "docs").exists()
