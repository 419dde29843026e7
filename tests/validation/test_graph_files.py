import gzip
from pathlib import Path

import pytest

from cellkg.errors import UserInputError
from cellkg.validation.graph_files import read_files
from cellkg.validation.report import Severity

STUDY = """@prefix : <https://w3id.org/cellkg/study/{name}#> .
<https://w3id.org/cellkg/study/{name}> a <https://w3id.org/cellkg/ontology#Study> .

:fever :p 1 .
"""


def write(path: Path, name: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(STUDY.format(name=name))
    return path


def test_files_and_folders_are_read_once_and_in_order(tmp_path: Path) -> None:
    b, a = write(tmp_path / "x" / "b.ttl", "b"), write(tmp_path / "x" / "a.ttl", "a")
    write(tmp_path / "x" / ".hidden.ttl", "hidden")
    (tmp_path / "x" / "README.md").touch()
    files = read_files([b, tmp_path / "x", a])
    assert [file.path for file in files] == [a, b]
    assert [file.problem for file in files] == [None, None]
    assert len(files[0].quads()) == 2
    assert "https://w3id.org/cellkg/study/a#fever" in files[0].subjects


def test_a_broken_file_is_a_finding_and_the_others_are_read(tmp_path: Path) -> None:
    broken = tmp_path / "a.ttl"
    broken.write_text("@prefix : <https://e.org/> .\n:a :b :c .\n:a nothing :c .\n")
    write(tmp_path / "b.ttl", "b")
    first, second = read_files([tmp_path])
    assert first.problem is not None
    assert first.problem.severity is Severity.VIOLATION
    assert (first.problem.file, first.problem.line) == (broken, 3)
    assert first.problem.message.endswith(".")
    assert first.quads() == []
    assert second.problem is None


def test_a_study_told_twice_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path / "a.ttl", "a")
    write(tmp_path / "b.ttl", "a")
    _, second = read_files([tmp_path])
    assert second.problem is not None
    assert second.problem.record == "https://w3id.org/cellkg/study/a"


def test_lines_are_found_in_packed_files(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl.gz"
    path.write_bytes(gzip.compress(STUDY.format(name="a").encode()))
    (file,) = read_files([path])
    assert file.lines.line_of("https://w3id.org/cellkg/study/a#fever") == 4


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nothing.ttl", "There is no file"),
        ("notes.txt", "is not a graph file"),
        ("empty", "holds no graph files"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "notes.txt").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserInputError, match=sentence) as caught:
        read_files([tmp_path / name])
    assert caught.value.value == str(tmp_path / name)
