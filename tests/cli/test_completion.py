"""The Tab key offers what can stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete

from cellkg.cli.completion import OFFERED
from cellkg.cli.main import cellkg

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def use_cache(shipped_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CELLKG_CACHE", str(shipped_cache))


def offered(words: str) -> list[str]:
    """Give the completions of the last of some words."""
    *before, incomplete = words.split(" ")
    completion = ShellComplete(cellkg, {}, "cellkg", "_CELLKG_COMPLETE")
    return [each.value for each in completion.get_completions(before, incomplete)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sh", "show"),
        ("query dose", "doses"),
        ("query doses --ro", "--route"),
        ("query adverse-event-answers --route intrat", "intrathecal"),
        ("query adverse-event-answers --relation der", "derived from"),
        ("query evidence-of-study --study ms-intrav", "ms-intravenous-msc-karolinska"),
        ("show ms-intrav", "ms-intravenous-msc-karolinska"),
        ("why ms-intrathecal-msc-poster#fev", "ms-intrathecal-msc-poster#fever"),
        ("export turtle --study als", "als-intrathecal-msc-hadassah"),
        ("terms --kind rou", "routes"),
        ("--store mem", "memory"),
        ("show -f m", "md"),
    ],
)
def test_what_is_offered(words: str, expected: str) -> None:
    assert expected in offered(words)
    assert len(offered(words)) <= OFFERED


@pytest.mark.parametrize(
    "words",
    ["show zzz", "query zzz --route int", "--graphs nowhere show m", "query doses --cell-type qq"],
)
def test_nothing_is_offered_where_nothing_fits_or_can_be_read(words: str) -> None:
    assert offered(words) == []


def test_bash_gets_completions_from_the_process(run: Run) -> None:
    result = run(
        _CELLKG_COMPLETE="bash_complete", COMP_WORDS="cellkg show ms-intrav", COMP_CWORD="2"
    )
    assert (result.stdout, result.stderr) == (b"plain,ms-intravenous-msc-karolinska\n", b"")
    assert b"complete -o nosort" in run(_CELLKG_COMPLETE="bash_source").stdout
