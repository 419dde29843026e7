"""Files are written whole or not at all, and pipes and terminals get what they can take."""

from __future__ import annotations

import os
import pty
import subprocess
from typing import TYPE_CHECKING

import pytest

from cellkg.cli.output import write_whole
from cellkg.cli.progress import PATIENCE_SECONDS, building

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Invoke, Run

WHY = ("why", "reported")


def test_a_new_file_has_the_mode_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_whole(tmp_path / "new", b"data")
    assert (tmp_path / "new").read_bytes() == b"data"
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_an_old_file_keeps_its_mode_and_its_links(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.touch(mode=0o600)
    link = tmp_path / "link"
    link.symlink_to(old)
    write_whole(link, b"data")
    assert link.is_symlink()
    assert old.read_bytes() == b"data"
    assert old.stat().st_mode & 0o777 == 0o600


def test_a_write_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(old, b"after")
    assert old.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [old]


def test_a_device_is_written_to_directly(run: Run, graphs: str) -> None:
    result = run(*WHY, "-o", "/dev/null", "--graphs", graphs)
    assert (result.returncode, result.stdout) == (0, b"")


def test_a_folder_is_no_file(invoke: Invoke, graphs: str, tmp_path: Path) -> None:
    result = invoke(*WHY, "-o", str(tmp_path), "--graphs", graphs)
    assert result.exit_code == 3
    assert "cannot be written: Is a directory." in result.stderr


def test_a_file_and_standard_output_get_the_same(run: Run, graphs: str, tmp_path: Path) -> None:
    piped = run(*WHY, "--graphs", graphs)
    assert run(*WHY, "--graphs", graphs, "-o", "why.txt").stdout == b""
    assert (tmp_path / "why.txt").read_bytes() == piped.stdout


def test_a_pipe_takes_all_of_a_long_answer(run: Run, tmp_path: Path, project: Path) -> None:
    curated = str(project / "graphs" / "curated")
    whole = run("export", "turtle", "-o", "all.ttl", "--graphs", curated)
    assert whole.returncode == 0
    unbuffered = run("export", "turtle", "--graphs", curated, PYTHONUNBUFFERED="1")
    assert unbuffered.stdout == (tmp_path / "all.ttl").read_bytes()
    assert len(unbuffered.stdout) > 200_000


def test_a_reader_that_stops_is_no_error(command: Path, cache: Path, project: Path) -> None:
    # More than a pipe holds, so that cellkg is still writing when nobody reads any more.
    with subprocess.Popen(
        [command, "export", "turtle", "--graphs", project / "graphs" / "curated"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"CELLKG_CACHE": str(cache)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def on_a_terminal(arguments: list[str | Path], environment: dict[str, str]) -> str:
    """Run cellkg with its standard output on a terminal, and give what arrived there."""
    ours, its = pty.openpty()
    try:
        process = subprocess.Popen(
            arguments, stdout=its, stderr=subprocess.DEVNULL, env=environment
        )
        os.close(its)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # how Linux says that the other side is closed
                break
            if not piece:
                break
            shown += piece
        assert process.wait() == 0
    finally:
        os.close(ours)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("settings", "has_colour"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_a_terminal_gets_colour_unless_it_says_no(
    settings: dict[str, str], *, has_colour: bool, command: Path, cache: Path, graphs: str
) -> None:
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment = inherited | {"CELLKG_CACHE": str(cache), "COLUMNS": "100"} | settings
    shown = on_a_terminal([command, *WHY, "--graphs", graphs], environment)
    assert ("\x1b[" in shown) is has_colour
    assert "encephalopathy" in shown


def test_a_pipe_gets_no_colour_and_no_narrow_table(run: Run, graphs: str) -> None:
    piped = run("why", "reported#stated-28", "--graphs", graphs, TERM="xterm").stdout.decode()
    assert "\x1b" not in piped
    assert "participant role treated; count 24  derived: The table has 24 rows.  #rows-24" in piped


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def test_a_bar_shows_after_a_second_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    clock = Clock()
    with building(clock) as tell:
        tell("reading", 1, 10)
        assert capfd.readouterr().err == ""
        clock.now = PATIENCE_SECONDS
        tell("reading", 5, 10)
        tell("drawing conclusions", 0, None)
    shown = capfd.readouterr().err
    assert "drawing conclusions" in shown
    tell("reading", 1, 10)
    assert capfd.readouterr().err == ""


def test_a_pipe_that_is_closed_is_no_error(
    invoke: Invoke, graphs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("cellkg.cli.why_command.deliver", fail)
    monkeypatch.setattr("cellkg.cli.exit_codes._stop_writing", lambda: None)
    result = invoke(*WHY, "--graphs", graphs)
    assert (result.exit_code, result.stderr) == (141, "")


def test_no_bar_shows_in_a_pipe(capfd: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with building(clock) as tell:
        clock.now = 100.0
        tell("reading", 5, 10)
    assert capfd.readouterr() == ("", "")
