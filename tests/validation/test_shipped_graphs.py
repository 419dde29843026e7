"""Which of the shipped graphs are read beside the files that are checked."""

import gzip
from pathlib import Path

import pytest

from cellkg.store.graph_files import GraphFileReader
from cellkg.validation.shipped_graphs import referred_to
from cellkg.vocabulary import STUDY, study_graph

NAMES = ("one", "two", "three")


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    """A compressed file of three studies, one of them with a literal that looks like a graph."""
    lines = [
        f'{STUDY[name + record]} <urn:p> "a <{name}> <urn:b> .\\n" {graph} .\n'
        for name, graph in ((name, study_graph(STUDY[name].value)) for name in NAMES)
        for record in ("", "#fever")
    ]
    path = tmp_path / "shard.nq.gz"
    path.write_bytes(gzip.compress("".join(lines).encode()))
    return path


def described(path: Path, told: set[str], named: set[str]) -> set[str]:
    files = referred_to([path], GraphFileReader(), frozenset(told), frozenset(named))
    return {subject for file in files for subject in file.subjects}


def test_only_named_studies_are_read_whole(shard: Path) -> None:
    two = STUDY["two#fever"].value
    assert described(shard, set(), {two}) == {STUDY["two"].value, two}
    assert described(shard, set(), {"urn:other"}) == set()


def test_a_study_that_is_told_again_is_not_looked_up(shard: Path) -> None:
    named = {STUDY[name].value for name in NAMES}
    found = described(shard, {STUDY["two"].value}, named)
    assert found == {
        STUDY[name + record].value for name in ("one", "three") for record in ("", "#fever")
    }


def test_turtle_is_read_unless_it_tells_of_the_same(tmp_path: Path) -> None:
    path = tmp_path / "things.ttl"
    path.write_text("<urn:a> <urn:p> <urn:b> .")
    assert described(path, set(), set()) == {"urn:a"}
    assert described(path, {"urn:a"}, {"urn:a"}) == set()
