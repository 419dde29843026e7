"""``cellkg draw network`` as a whole process."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def draw(project: Path, tmp_path: Path) -> Run:
    graphs = project / "graphs"

    def run(*given: str) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name("cellkg")), "--store", "memory"]
        command += ["--graphs", str(graphs / "curated")]
        command += ["--graphs", str(graphs / "institutions.ttl"), "draw", "network", *given]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("x.html", b"<!doctype html>"),
        ("x.svg", b"<?xml"),
        ("x.png", b"\x89PNG"),
        ("x.pdf", b"%PDF"),
    ],
)
def test_the_suffix_says_what_is_drawn(draw: Run, tmp_path: Path, name: str, start: bytes) -> None:
    done = draw("-o", name)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_two_processes_write_the_same_bytes(draw: Run, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        assert draw("--around", "fever", "--view", "overview", "-o", name).returncode == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--kinds", "condition,colour"), "--kinds has no kind 'colour'; give some of condition"),
        (("--kinds", "overlap"), "Overlaps alone are nothing"),
        (("--around", "nobody"), "There is no term, study, institution or source 'nobody'"),
        (("--depth", "0"), "'--depth'"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    draw: Run, tmp_path: Path, given: tuple[str, ...], told: str
) -> None:
    done = draw(*given, "-o", "x.svg")
    assert done.returncode == 2
    assert told in done.stderr
    assert not (tmp_path / "x.svg").exists()
