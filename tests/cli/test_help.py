"""Every command says what it is about, with an example that works."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from cellkg.cli.help_text import split_example
from cellkg.cli.main import COMMANDS, cellkg
from cellkg.cli.query_command import Questions, example_of, questions_by_tag
from cellkg.querying import find_question
from cellkg.shipped_files import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Invoke

RECORD = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT00000001", "briefTitle": "MSC in Stroke"},
        "armsInterventionsModule": {"interventions": [{"type": "BIOLOGICAL", "name": "MSC"}]},
    }
}
"""All that a registry record needs to be taken in."""

QUESTIONS = sorted(path.stem for path in folder("queries").glob("*.rq"))


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Give all commands but the stored questions, each with its path."""
    context = click.Context(cellkg)
    yield "cellkg", cellkg
    for name in cellkg.list_commands(context):
        command = cellkg.get_command(context, name)
        assert command is not None
        yield f"cellkg {name}", command
        if isinstance(command, click.Group) and not isinstance(command, Questions):
            for inner in command.list_commands(context):
                each = command.get_command(context, inner)
                assert each is not None
                yield f"cellkg {name} {inner}", each


ALL = dict(every_command())
EXAMPLES = [
    pytest.param(line, marks=pytest.mark.slow if " validate" in line else ())
    for command in ALL.values()
    for line in split_example(command.help)[1]
    if " fetch " not in line  # these ask the registry; tests/cli/test_fetch.py has one of its own
]

OF_EVERYTHING = ("cellkg check", "cellkg export turtle -o everything")
"""Examples that take a minute over all shipped graphs, and are run over the curated ones."""


def test_there_are_as_many_commands_as_there_should_be() -> None:
    assert len(ALL) == 40
    assert sum(map(len, COMMANDS.values())) == 15


@pytest.mark.parametrize("path", ALL)
def test_help_says_what_a_command_is_about(path: str, invoke: Invoke) -> None:
    command = ALL[path]
    text, examples = split_example(command.help)
    assert all(example.startswith(path) for example in examples)
    assert examples
    if command.short_help is not None:
        assert text.startswith(command.short_help)
    shown = invoke(*path.split()[1:], "--help")
    assert shown.exit_code == 0
    assert "\nExample:\n  cellkg " in shown.stdout
    assert invoke(*path.split()[1:], "-h").stdout == shown.stdout


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_works(
    line: str, invoke: Invoke, graphs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(graphs, tmp_path / "my-graphs")
    shutil.copy(Path(graphs, "silent.ttl"), tmp_path / "my-graphs" / "trial.ttl")
    (tmp_path / "my-graphs" / "silent.ttl").unlink()
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "trial.txt").write_text("Intrathecal MSC are safe.")
    shutil.copy(folder("queries") / "studies.rq", tmp_path / "question.rq")
    (tmp_path / "records").mkdir()
    for file in (tmp_path / "records" / "one.json", tmp_path / "records.jsonl.gz"):
        file.write_text(json.dumps(RECORD))
    monkeypatch.chdir(tmp_path)
    arguments = shlex.split(line)[1:]
    if line.startswith(OF_EVERYTHING):
        arguments += ["--graphs", str(folder("graphs") / "curated")]
    result = invoke(*arguments)
    # A check, a validation or a comparison that finds something has worked as well.
    findings = {0, 1} if any(f" {word}" in line for word in ("validate", "check", "diff")) else {0}
    assert result.exit_code in findings, result.stderr
    assert result.stdout or " -o " in line or result.stderr.startswith("0 violations")


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_example_of_a_question_works(name: str, invoke: Invoke) -> None:
    line = example_of(find_question(name, folder("queries")))
    result = invoke(*shlex.split(line)[1:], "-f", "csv")
    assert result.exit_code == 0, result.stderr
    assert line in invoke("query", name, "--help").stdout


def test_all_questions_are_listed_once() -> None:
    listed = [name for rows in questions_by_tag().values() for name, _ in rows]
    assert sorted(listed) == QUESTIONS


def test_the_version_is_told(invoke: Invoke) -> None:
    assert invoke("--version").stdout.startswith("cellkg 0.")
