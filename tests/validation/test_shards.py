"""The shapes over a file of many studies, planted violations and all."""

import gzip
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from cellkg.validation.findings_cache import FindingsCache
from cellkg.validation.graph_files import GraphFile, read_files
from cellkg.validation.report import Finding
from cellkg.validation.shapes import ShapeChecker
from cellkg.validation.shards import check_shapes, shards_of
from cellkg.vocabulary import CKG, STUDY, study_graph

PLAN = "ms-intrathecal-neural-progenitors-phase-2-plan"
STUDIES = 6
BROKEN = "study-4"


class CountingChecker(ShapeChecker):
    """Counts how often it is asked, by any thread."""

    def __init__(self, ontology: Path) -> None:
        super().__init__(ontology)
        self.given: list[bytes] = []

    def check(self, records: bytes) -> list[Finding]:  # noqa: D102 - as in the shapes
        self.given.append(records)
        return super().check(records)

    @property
    def asked(self) -> int:
        """How often."""
        return len(self.given)


@pytest.fixture(scope="module")
def checker(project: Path) -> CountingChecker:
    return CountingChecker(project / "ontology")


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shard a study."""
    monkeypatch.setattr("cellkg.validation.shards.TRIPLES_IN_A_SHARD", 1)


@pytest.fixture
def cache(tmp_path: Path) -> FindingsCache:
    return FindingsCache(tmp_path / "cache")


@pytest.fixture
def many(project: Path, tmp_path: Path) -> Path:
    """Copies of the smallest curated study, one of them broken in two places."""
    turtle = (project / "graphs" / "curated" / f"{PLAN}.ttl").read_text("utf-8")
    lines = [
        line
        for number in range(STUDIES)
        for line in n_quads(turtle.replace(PLAN, f"study-{number}"), f"study-{number}")
    ]
    study, status = STUDY[BROKEN], CKG["studyStatus"]
    place = next(n for n, line in enumerate(lines) if line.startswith(f"{study} {status} "))
    graph = study_graph(study.value)
    lines[place : place + 1] = [
        f"{study} {status} {CKG['Planed']} {graph} .",
        f'{STUDY[BROKEN + "#lost"]} {CKG["count"]} "4" {graph} .',
        f"{STUDY[BROKEN + '#lost']} a {CKG['ParticipantCount']} {graph} .".replace(
            " a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        ),
    ]
    path = tmp_path / "many.nq.gz"
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))
    return path


def n_quads(turtle: str, name: str) -> list[str]:
    graph = study_graph(STUDY[name].value)
    quads = [
        Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in parse(turtle.encode(), RdfFormat.TURTLE)
    ]
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode().splitlines()


def read(path: Path) -> list[tuple[GraphFile, Sequence[Quad]]]:
    return [(file, file.quads()) for file in read_files([path])]


def edit(path: Path, old: str, new: str) -> None:
    text = gzip.decompress(path.read_bytes()).decode()
    assert text.count(old) == 1
    path.write_bytes(gzip.compress(text.replace(old, new).encode()))


def test_planted_violations_are_found_in_their_lines(
    many: Path, checker: CountingChecker, cache: FindingsCache
) -> None:
    findings = list(check_shapes(checker, read(many), cache))
    lines = gzip.decompress(many.read_bytes()).decode().splitlines()
    assert {finding.file for finding in findings} == {many}
    assert {(finding.record or "").partition("#")[0] for finding in findings} == {
        STUDY[BROKEN].value
    }
    found = {finding.origin.rpartition("/")[2]: finding for finding in findings}
    status = lines[(found["study-study-status"].line or 0) - 1]
    assert status.startswith(f"{STUDY[BROKEN]} {CKG['studyStatus']} ")
    count = lines[(found["participant-count-count"].line or 0) - 1]
    assert count.startswith(f"{STUDY[BROKEN + '#lost']} {CKG['count']} ")


def test_many_threads_find_the_same_in_the_same_order(
    many: Path, checker: CountingChecker, tmp_path: Path
) -> None:
    alone, together = (
        list(check_shapes(checker, read(many), FindingsCache(tmp_path / str(workers)), workers))
        for workers in (1, 3)
    )
    assert len(alone) > 2
    assert alone == together


def test_only_what_changed_is_checked_again(
    project: Path, many: Path, checker: CountingChecker, cache: FindingsCache
) -> None:
    def asked_for() -> tuple[int, list[Finding]]:
        before = checker.asked
        findings = list(check_shapes(checker, read(many), cache))
        return checker.asked - before, findings

    assert checker.version == ShapeChecker(project / "ontology").version  # of another process
    first, findings = asked_for()
    assert first == STUDIES
    assert asked_for() == (0, findings)
    edit(
        many,
        f"{STUDY[BROKEN]} {CKG['studyStatus']} {CKG['Planed']} ",
        f"{STUDY[BROKEN]} {CKG['studyStatus']} {CKG['Planned']} ",
    )
    again, fewer = asked_for()
    assert again == 1
    assert 0 < len(fewer) < len(findings)


def test_a_damaged_entry_is_checked_again(
    many: Path, checker: CountingChecker, cache: FindingsCache, tmp_path: Path
) -> None:
    findings = list(check_shapes(checker, read(many), cache))
    entries = sorted((tmp_path / "cache").iterdir())
    assert len(entries) == STUDIES
    whole = [entry.read_bytes() for entry in entries]
    entries[0].write_bytes(whole[0][:-1])
    entries[1].write_bytes(b"")
    entries[2].write_bytes(whole[2] + b"[]")
    before = checker.asked
    assert list(check_shapes(checker, read(many), cache)) == findings
    assert checker.asked - before == 3
    assert [entry.read_bytes() for entry in entries] == whole


def test_records_without_an_iri_are_checked_each_time(
    checker: CountingChecker, cache: FindingsCache, tmp_path: Path
) -> None:
    path = tmp_path / "blank.ttl"
    path.write_text(f"{STUDY['s#a']} {CKG['dose']} [ a {CKG['Dose']} ] .")
    for _ in range(2):
        before = checker.asked
        findings = list(check_shapes(checker, read(path), cache))
        assert checker.asked == before + 1
        assert (STUDY["s#a"].value, 1) in {(each.record, each.line) for each in findings}
    assert not (tmp_path / "cache").exists()


def test_a_graph_is_never_torn_apart() -> None:
    def quad(graph: str, number: int) -> Quad:
        node = NamedNode(f"https://e.org/{graph}{number}")
        return Quad(node, node, node, NamedNode(f"https://e.org/{graph}"))

    mixed = [quad(graph, number) for number in range(3) for graph in "ab"]
    shards = [shard.decode().splitlines() for shard in shards_of(mixed)]
    assert [len(shard) for shard in shards] == [3, 3]
    assert all(line.count("https://e.org/a") == 3 for line in shards[0])


def test_the_key_of_an_entry_is_all_that_it_depends_on(cache: FindingsCache) -> None:
    keys = {cache.key(b"ab", b"c"), cache.key(b"a", b"bc"), cache.key(b"abc"), cache.key()}
    assert len(keys) == 4
    assert cache.key(b"ab", b"c") in keys
    assert sha256(b"abc").hexdigest() not in keys
