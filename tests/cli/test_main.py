"""How the process starts and ends."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from cellkg.cli import main, process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Invoke


class Ended(BaseException):
    """The process would have ended here."""


def ended_with(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """Run the main function and give the exit code."""

    def end(exit_code: int) -> None:
        raise Ended(exit_code)

    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.setattr(sys, "argv", ["cellkg", *arguments])
    with pytest.raises(Ended) as caught:
        process.main()
    return caught.value.args[0]


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [(["--version"], 0), (["shwo"], 2), (["query", "dosis"], 2), (["show", "a", "b"], 2)],
)
def test_the_process_ends_with_its_exit_code(
    arguments: list[str], exit_code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ended_with(monkeypatch, *arguments) == exit_code


def test_stopping_before_anything_was_read_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "cellkg", stop)
    assert ended_with(monkeypatch) == 130
    monkeypatch.setattr(main, "cellkg", lambda **_: None)
    assert ended_with(monkeypatch) == 70


def test_a_command_that_is_not_there_is_told(invoke: Invoke) -> None:
    result = invoke("shwo")
    assert result.exit_code == 2
    assert "There is no command 'shwo'; did you mean 'show'?" in result.stderr


def test_queries_that_cannot_be_read_are_told(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes(b"ASK { ?s ?p '\xe9' }")
    both = invoke("sparql", "ASK {}", "-F", "-")
    assert "and not both" in both.stderr
    latin = invoke("sparql", "-F", str(tmp_path / "q.rq"), "--graphs", graphs)
    assert "is not UTF-8 (at byte 13)" in latin.stderr
    form = invoke("sparql", "ASK {}", "-f", "csv", "--graphs", graphs)
    assert "ASK gives yes or no, which 'csv' cannot hold" in form.stderr
    assert [both.exit_code, latin.exit_code, form.exit_code] == [2, 2, 2]


def test_an_unknown_question_is_told(invoke: Invoke) -> None:
    assert "did you mean 'doses'?" in invoke("query", "dosis").stderr
