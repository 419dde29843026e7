"""The Tab key offers what can stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def offered(run: Run, words: str) -> list[str]:
    """Ask for completions as bash does, after the last of some words."""
    place = len(words.split(" ")) - 1
    result = run(_CELLKG_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(place))
    assert result.stderr == b""
    if not result.stdout.strip():
        return []
    return [line.partition(",")[2] for line in result.stdout.decode().splitlines()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cellkg sh", "show"),
        ("cellkg query dose", "doses"),
        ("cellkg query doses --ro", "--route"),
        ("cellkg query adverse-event-answers --route intrat", "intrathecal"),
        ("cellkg query evidence-of-study --study ms-intrav", "ms-intravenous-msc-karolinska"),
        ("cellkg show ms-intrav", "ms-intravenous-msc-karolinska"),
        ("cellkg why ms-intrathecal-msc-poster#fev", "ms-intrathecal-msc-poster#fever"),
        ("cellkg export turtle --study als", "als-intrathecal-msc-hadassah"),
        ("cellkg terms --kind rou", "routes"),
        ("cellkg --store mem", "memory"),
        ("cellkg show -f m", "md"),
    ],
)
def test_completions(words: str, expected: str, run: Run) -> None:
    assert expected in offered(run, words)


def test_nothing_is_offered_where_nothing_fits_or_can_be_read(run: Run) -> None:
    assert offered(run, "cellkg show zzz") == []
    assert offered(run, "cellkg query zzz --route int") == []
    assert offered(run, "cellkg --graphs nowhere show m") == []
